"""What the parts of a speech are by their place: its title, its headings without a number, its lists, its closing.

Numbered lines that count through a list become items; short lines before a longer paragraph become headings; the
peroration becomes the closing. Each step goes over the parts of some speeches and changes their kind.
"""

import re

import numpy as np
import numpy.typing as npt

from analysis.find.addresses import ADDRESS, LONGEST_WISH, WISH
from analysis.find.markers import CODES, HEADING_STYLES, NO_MARKER, coded
from analysis.find.parts import CLOSING, HEADING, ITEM, PARAGRAPH, SALUTATION, TITLE, Parts, last_of
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
# Styles by number: none; those of titles, articles and dashes; of parts that are no points of a list; of points that come in series.
_NONE, _TITLE, _ARTICLE, _DASH = (CODES[style] for style in (NO_MARKER.style, "#", "条", "——"))
_CHAPTERS = coded(style for style in HEADING_STYLES if style[0] in "#编章节")
_SERIES = coded(("第一个", "首先", "——"))
DATELINE = re.compile(r"[(（]?[\d〇零一二三四五六七八九十xX○]{2,4}年(?:[\d一二三四五六七八九十xX]{1,2}月|$)")


def give_roles(shadow: str, parts: Parts) -> Parts:
    """The parts of some speeches with their kinds settled; what belongs to an item is joined to it."""
    parts = _mark_numbered_items(shadow, parts)
    _unmark_lone(parts)
    for first, last in parts.bounds:
        _mark_title(shadow, parts, first, last)
    _mark_plain_headings(shadow, parts)
    for text, (first, last) in zip(parts.texts, parts.bounds, strict=True):
        _mark_closing(shadow, text, parts, first, last)
    return parts


def _mark_numbered_items(shadow: str, parts: Parts) -> Parts:
    """Numbered lines that are points of a list, not headings: under an article of a statute, or closed by a semicolon."""
    numbered = (parts.kind == HEADING) & (parts.style != _NONE)
    chapters = numbered & _CHAPTERS[parts.style]
    opened = chapters | parts.begins_a_text()
    articles = (parts.kind == ITEM) & (parts.style == _ARTICLE)
    items = numbered & ~chapters & (last_of(articles) >= last_of(opened))
    series = (_NONE, 0)  # the last point of a list of such lines
    for place in ((numbered & ~items) | opened).nonzero()[0].tolist():
        if opened[place]:
            series = (_NONE, 0)
        if numbered[place] and not chapters[place] and not items[place]:
            style, number = int(parts.style[place]), int(parts.number[place])
            items[place] = shadow[parts.end[place] - 1] in ";；" or series == (style, number - 1)
            series = (style, number) if items[place] else (_NONE, 0)
    parts.kind[items] = ITEM
    return _with_rests(parts, items)


def _with_rests(parts: Parts, items: npt.NDArray[np.bool_]) -> Parts:
    """A point of a list is its whole line: give back what was cut off as running on from a heading."""
    joined = items[:-1] & ~parts.alone[:-1] & ~parts.alone[1:] & (parts.kind[1:] == PARAGRAPH)
    parts.end[:-1][joined] = parts.end[1:][joined]
    return parts.without(joined.nonzero()[0] + 1) if joined.any() else parts


def _unmark_lone(parts: Parts) -> None:
    """A list has two points at least: 第一个五年计划 (the first five-year plan), 最后 (finally), ——在会议上 alone count none."""
    lists: dict[tuple[int, int], list[int]] = {}
    places = ((parts.kind == ITEM) & _SERIES[parts.style]).nonzero()[0]
    for place, text in zip(places.tolist(), parts.texts_of(places), strict=True):
        lists.setdefault((text, int(parts.style[place])), []).append(place)
    for (_, style), points in lists.items():
        numbers = parts.number[points].tolist()
        for place, number in zip(points, numbers, strict=True):
            if len(points) < 2 or (style != _DASH and not {number - 1, number + 1} & set(numbers)):
                _unmark(parts, place)


def _unmark(parts: Parts, place: int) -> None:
    parts.kind[place], parts.style[place], parts.number[place], parts.length[place] = PARAGRAPH, _NONE, 0, 0


def _mark_title(shadow: str, parts: Parts, first: int, last: int) -> None:
    """Short lines without a sentence end before the text begins: the title, its subtitle, its date."""
    if last - first > 1 and parts.style[first] == _TITLE:
        others = slice(first + 1, last)
        if not ((parts.style[others] == _TITLE) & (parts.length[others] == parts.length[first])).any():
            parts.kind[first] = TITLE
            return
    for place in range(first, min(first + 4, last)):
        if parts.style[place] == _DASH and place > first:
            _unmark(parts, place)  # a subtitle: ——在…会议上
        longest = 40 if place > first else 60
        if parts.kind[place] != PARAGRAPH or not _is_short_line(shadow, parts, place, longest) or last - first == 1:
            break
        rest = slice(place + 1, last)
        if not ((parts.kind[rest] != PARAGRAPH) | (parts.end[rest] - parts.start[rest] > 60)).any():
            break
        parts.kind[place] = TITLE


def _mark_plain_headings(shadow: str, parts: Parts) -> None:
    """Short lines without sentence end that stand before a longer paragraph, unnumbered or numbered like an item (第一、…)."""
    items = (parts.kind == ITEM) & (parts.style != _ARTICLE) & (parts.style != _DASH)
    longest = np.where(items, LONGEST_ITEM_HEADING, LONGEST_PLAIN_HEADING)
    short = parts.alone & (parts.end - parts.start <= longest) & (items | (parts.kind == PARAGRAPH))
    begins = parts.begins_a_text()
    short &= ~np.append(begins[1:], True)[: len(parts)]  # something follows
    for place in short.nonzero()[0].tolist():
        if shadow[parts.end[place] - 1] in ENDS_A_SENTENCE:
            continue
        if items[place]:
            heading = bool(parts.style[place + 1] == _NONE)
        else:
            before = None if begins[place] else place - 1
            heading = _is_plain_heading(shadow[parts.start[place] : parts.end[place]]) and _stands_apart(
                shadow, parts, before, place + 1
            )
        if heading:
            parts.kind[place] = HEADING


def _stands_apart(shadow: str, parts: Parts, before: int | None, following: int) -> bool:
    """A heading is no piece of a sentence that a web page broke into lines: 《 / 告台湾同胞书 / 》的号召."""
    ended = before is None or parts.kind[before] in (HEADING, TITLE, SALUTATION) or shadow[parts.end[before] - 1] in ENDS_A_LINE
    start, end, kind = parts.start[following], parts.end[following], parts.kind[following]
    text = end - start > SHORTEST_TEXT or (kind == PARAGRAPH and shadow[end - 1] in "。！？!?")
    # 结束语 (closing words) / 各位代表！ (delegates!)
    greets = kind == SALUTATION and before is not None and parts.kind[before] in (PARAGRAPH, ITEM)
    return bool(ended and (text or greets) and shadow[start] not in CONTINUES)


def _is_plain_heading(line: str) -> bool:
    """Whether a short line that does not end like a sentence may be one."""
    return (
        line[0] not in NO_HEADING_BEGINS
        and n_han(line) >= 3
        and not DATELINE.match(line)
        and "http" not in line
        and "。" not in line
        and not WISH.search(line)
    )


def _is_short_line(shadow: str, parts: Parts, place: int, longest: int) -> bool:
    """A line of its own, short, that does not end like a sentence."""
    start, end = parts.start[place], parts.end[place]
    return bool(parts.alone[place] and end - start <= longest) and shadow[end - 1] not in ENDS_A_SENTENCE


def _mark_closing(shadow: str, text: tuple[int, int], parts: Parts, first: int, last: int) -> None:
    """The peroration, to the end: the last paragraphs if they wish or thank, and what comes from the last address on."""
    if first == last or parts.kind[last - 1] not in (PARAGRAPH, SALUTATION):
        return
    begin, end = text
    first_text = next((place for place in range(first, last) if parts.kind[place] in (PARAGRAPH, ITEM)), last)
    earliest = end - max(LONGEST_CLOSING, (end - begin) / 10)
    closing = last
    for place in range(last - 1, max(first_text, first), -1):
        if parts.kind[place] not in (PARAGRAPH, SALUTATION) or parts.start[place] < earliest:
            break
        line = shadow[parts.start[place] : parts.end[place]]
        wishes = place + 1 == closing and len(line) <= LONGEST_WISH and WISH.search(line)
        addresses = parts.kind[place] == SALUTATION or ADDRESS.match(line)
        closing = place if wishes or addresses else closing
        if addresses and not wishes:
            break
    parts.kind[closing:last] = CLOSING
