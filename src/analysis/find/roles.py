"""What the parts of a speech are by their place: its title, its headings without a number, its lists, its closing.

Numbered lines that count through a list become items; short lines before a longer paragraph become headings; the
peroration becomes the closing. Each step reads the parts in order and changes their kind.
"""

import re

from analysis.find.addresses import ADDRESS, LONGEST_WISH, WISH
from analysis.find.markers import Marker
from analysis.find.parts import Part
from analysis.read.speech import n_han

# A heading is short: the longest numbered first sentence in the shipped speeches has 38 characters.
# Government work reports go up to about 60.
LONGEST_HEADING = 80
LONGEST_PLAIN_HEADING = 60  # characters, without a full stop inside
SHORTEST_TEXT = 30  # what follows a heading is longer, or a sentence
LONGEST_ITEM_HEADING = 50
ENDS_A_SENTENCE = "。！？!?；;，,、：:…"
ENDS_A_LINE = "。！？!?；;：:…”’」』)）】."
CONTINUES = "》〉”’」』)）】，,。、；;：:"
NO_HEADING_BEGINS = "(（[［<【—-*#"
# An address to the audience with more than this (and a tenth of the speech) behind it is an aside, not the peroration.
LONGEST_CLOSING = 400
DATELINE = re.compile(r"[(（]?[\d〇零一二三四五六七八九十xX○]{2,4}年(?:[\d一二三四五六七八九十xX]{1,2}月|$)")


def give_roles(shadow: str, parts: list[Part]) -> list[Part]:
    """The parts with their kinds settled; what belongs to an item is joined to it."""
    parts = _mark_numbered_items(shadow, parts)
    _unmark_lone(parts)
    _mark_title(shadow, parts)
    _mark_plain_headings(shadow, parts)
    _mark_closing(shadow, parts)
    return parts


def _mark_numbered_items(shadow: str, parts: list[Part]) -> list[Part]:
    """Numbered lines that are points of a list, not headings: under an article of a statute, or closed by a semicolon."""
    article = False
    series: Marker | None = None  # the last point of a list of such lines
    for place, part in enumerate(parts):
        marker = part.marker
        if part.kind == "item":
            article = article or bool(marker and marker.style == "条")
        if part.kind != "heading" or not marker:
            continue
        if marker.style in ("编", "章", "节") or marker.style[0] == "#":
            article, series = False, None
        elif article or shadow[part.end - 1] in ";；" or (series and (series.style, series.number + 1) == marker[:2]):
            part.kind = "item"
            series = marker
            _join_rest(parts, place)
        else:
            series = None
    return [part for part in parts if part.kind != "joined"]


def _unmark_lone(parts: list[Part]) -> None:
    """A list has two points at least: 第一个五年计划 (the first five-year plan), 最后 (finally), ——在会议上 alone count none."""
    lists: dict[str, list[Part]] = {"第一个": [], "首先": [], "——": []}
    for part in parts:
        if part.marker and part.marker.style in lists and part.kind == "item":
            lists[part.marker.style].append(part)
    for style, points in lists.items():
        numbers = [part.marker.number for part in points if part.marker]
        for part, number in zip(points, numbers, strict=True):
            if len(points) < 2 or (style != "——" and not {number - 1, number + 1} & set(numbers)):
                part.kind, part.marker = "paragraph", None


def _join_rest(parts: list[Part], place: int) -> None:
    """A point of a list is its whole line: give back what was cut off as running on from a heading."""
    following = parts[place + 1] if place + 1 < len(parts) else None
    if following and following.kind == "paragraph" and not following.alone and not parts[place].alone:
        parts[place].end = following.end
        following.kind = "joined"


def _mark_title(shadow: str, parts: list[Part]) -> None:
    """Short lines without a sentence end before the text begins: the title, its subtitle, its date."""
    if (
        len(parts) > 1
        and parts[0].marker
        and parts[0].marker.style == "#"
        and sum(p.marker == parts[0].marker for p in parts) == 1
    ):
        parts[0].kind = "title"
        return
    for place, part in enumerate(parts[:4]):
        line = shadow[part.start : part.end]
        if part.marker and part.marker.style == "——" and place:
            part.kind, part.marker = "paragraph", None  # a subtitle: ——在…会议上
        if part.kind != "paragraph" or not _is_short_line(shadow, part, 60) or len(parts) == 1:
            break
        if place and len(line) > 40:
            break
        if not any((p.kind == "paragraph" and p.end - p.start > 60) or p.kind != "paragraph" for p in parts[place + 1 :]):
            break
        part.kind = "title"


def _mark_plain_headings(shadow: str, parts: list[Part]) -> None:
    """Short lines without sentence end that stand before a longer paragraph, unnumbered or numbered like an item (第一、…)."""
    for before, part, following in zip([None, *parts], parts, parts[1:], strict=False):
        if part.kind == "item" and part.marker and part.marker.style not in ("条", "——"):
            if _is_short_line(shadow, part, LONGEST_ITEM_HEADING) and not following.marker:
                part.kind = "heading"
        elif part.kind == "paragraph" and _is_plain_heading(shadow, part) and _stands_apart(shadow, before, following):
            part.kind = "heading"


def _stands_apart(shadow: str, before: Part | None, following: Part) -> bool:
    """A heading is no piece of a sentence that a web page broke into lines: 《 / 告台湾同胞书 / 》的号召."""
    ended = before is None or before.kind in ("heading", "title", "salutation") or shadow[before.end - 1] in ENDS_A_LINE
    text = following.end - following.start > SHORTEST_TEXT or (
        following.kind == "paragraph" and shadow[following.end - 1] in "。！？!?"
    )
    greets = following.kind == "salutation" and before is not None and before.kind in ("paragraph", "item")  # 结束语 / 各位代表！
    return ended and (text or greets) and shadow[following.start] not in CONTINUES


def _is_plain_heading(shadow: str, part: Part) -> bool:
    if not _is_short_line(shadow, part, LONGEST_PLAIN_HEADING):
        return False
    line = shadow[part.start : part.end]
    return (
        line[0] not in NO_HEADING_BEGINS
        and n_han(line) >= 3
        and not DATELINE.match(line)
        and "http" not in line
        and "。" not in line
        and not WISH.search(line)
    )


def _is_short_line(shadow: str, part: Part, longest: int) -> bool:
    """A line of its own, short, that does not end like a sentence."""
    return part.alone and part.end - part.start <= longest and shadow[part.end - 1] not in ENDS_A_SENTENCE


def _mark_closing(shadow: str, parts: list[Part]) -> None:
    """The peroration, to the end: the last paragraphs if they wish or thank, and what comes from the last address on."""
    last_heading = next((n for n in reversed(range(len(parts))) if parts[n].kind == "heading"), -1)
    first_text = next((n for n, part in enumerate(parts) if part.kind in ("paragraph", "item")), len(parts))
    earliest = len(shadow) - max(LONGEST_CLOSING, len(shadow) / 10)
    first = len(parts)
    for place in range(len(parts) - 1, max(last_heading, first_text, 0), -1):
        part = parts[place]
        if part.kind not in ("paragraph", "salutation") or part.start < earliest:
            break
        line = shadow[part.start : part.end]
        wishes = place + 1 == first and len(line) <= LONGEST_WISH and WISH.search(line)
        addresses = part.kind == "salutation" or ADDRESS.match(line)
        first = place if wishes or addresses else first
        if addresses and not wishes:
            break
    for part in parts[first:]:
        part.kind = "closing"
