"""The outline of a speech: its headings, items and paragraphs, each as written, tiling the text.

Rows of level 1 and more, sorted by start, cover every character but the white space between them. Nesting is only in
`parent`. A heading that runs into its paragraph is its first sentence. It does not judge whether headings are good;
odd numbering (a gap, a repeat, a jump) is reported as a leftover.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from analysis.find import Found
from analysis.find.markers import HEADING_STYLES, INLINE_STYLES, Marker, heading_marker, inline_marker, item_marker
from analysis.find.sentences import sentence_end
from analysis.read.lexicons import Lexicons
from analysis.read.speech import BLANKS, Speech, n_han
from analysis.schema import Leftover, OutlineNode

# A heading is short: the longest numbered first sentence in the shipped speeches has 38 characters.
# Government work reports go up to about 60.
LONGEST_HEADING = 80
LONGEST_PLAIN_HEADING = 30
LONGEST_ITEM_HEADING = 50
ENDS_A_SENTENCE = "。！？!?；;，,、：:…"
ENDS_A_LINE = "。！？!?；;：:…”’」』)）】."
CONTINUES = "》〉”’」』)）】，,。、；;：:"
# What may stand before an item inside a paragraph.
BEFORE_ITEM = "。！？!?；;：:，,”’」』)）…"
# An address to the audience with more than this (and a quarter of the speech) behind it is an aside, not the peroration.
LONGEST_CLOSING = 400
AUDIENCE = "同志们|各位[^，,。:：!！]{1,30}?|[^，,。:：!！]{0,20}?(?:同胞|朋友|代表|委员|来宾|先生|女士)(?:们)?"
SALUTATION = re.compile(
    rf"(?:(?:尊敬的|亲爱的|全体)?(?:{AUDIENCE})[、，, ]{{0,2}}){{1,6}}(?:大家好|你们好|早上好|上午好|下午好|晚上好|午安)?[:：!！。,，]?$"
)
ADDRESS = re.compile(
    r"(?:各位[^，,。:：!！]{1,30}|同志们|朋友们|同胞们|女士们|先生们|亲爱的[^，,。:：!！]{1,20})(?:、(?:同志们|朋友们))?[，,!！:：]"
)
THANKS = re.compile(
    r"(?:我的(?:讲话|报告|演讲|致辞)(?:到此)?(?:就到这里|完了|结束)?[，,。]?)?(?:最后[，,].{0,40})?(?:再次)?(?:谢谢|感谢)(?:大家|各位|你们)?[^，,。]{0,8}[!！。]?$"
)
DATELINE = re.compile(r"[(（]?[\d〇零一二三四五六七八九十xX○]{2,4}年.{0,30}[)）]?$")


@dataclass
class _Part:
    kind: str
    start: int
    end: int
    marker: Marker | None = None
    parent: "_Part | None" = None
    node: int = 0
    level: int = 1
    alone: bool = False  # it is a whole line


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[OutlineNode | Leftover]:
    """Rows of the outline: the speech itself, then its parts in text order."""
    text = speech.text
    parts = [part for start, end in _paragraphs(speech.shadow) for part in _parts(speech.shadow, start, end)]
    _mark_numbered_items(speech.shadow, parts)
    _unmark_lone(parts)
    _mark_title(speech.shadow, parts)
    _mark_plain_headings(speech.shadow, parts)
    _mark_closing(speech.shadow, parts)
    _nest(parts)
    yield OutlineNode(speech.speech, 0, None, 0, "speech", "", None, 0, len(text), text)
    for node, part in enumerate(parts, 1):
        part.node = node
        marker = text[part.start : part.start + part.marker.length].strip() if part.marker else ""
        number = part.marker.number if part.marker and not part.marker.style.startswith("#") else None
        parent = part.parent.node if part.parent else 0
        yield OutlineNode(
            speech.speech, node, parent, part.level, part.kind, marker, number, part.start, part.end, text[part.start : part.end]
        )
    yield from _audit(speech, parts)


def _paragraphs(shadow: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that is not blank, white space on both sides left out."""
    position = 0
    for line in shadow.splitlines(keepends=True):
        body = line.strip(BLANKS)
        if body:
            start = position + line.index(body)
            yield start, start + len(body)
        position += len(line)


def _parts(shadow: str, start: int, end: int) -> Iterator[_Part]:
    """One paragraph cut into its heading, its text and its items."""
    line = shadow[start:end]
    if SALUTATION.match(line) and len(line) <= 60:
        yield _Part("salutation", start, end)
        return
    marker = heading_marker(line)
    whole = True
    if marker and (length := _heading_length(line, marker)):
        yield _Part("heading", start, start + length, marker, alone=start + length == end)
        rest = shadow[start + length : end]
        start += length + len(rest) - len(rest.lstrip())
        whole = False
    if start < end:
        yield from _items(shadow, start, end, whole)


def _heading_length(line: str, marker: Marker) -> int:
    """Length of the heading a numbered line begins with; 0 where the number opens no heading."""
    if len(line) > marker.length and line[marker.length] in "，,。":
        return 0
    end = sentence_end(line, marker.length)
    return len(line) if marker.style[0] == "#" else end


def _items(shadow: str, start: int, end: int, whole: bool) -> Iterator[_Part]:
    """A stretch of text cut where a list inside it begins its items."""
    starts = _item_starts(shadow, start, end)
    cuts = sorted({start, *starts, end})
    for left, right in pairwise(cuts):
        stop = left + len(shadow[left:right].rstrip())
        yield _Part("item" if left in starts else "paragraph", left, stop, starts.get(left), alone=whole and len(cuts) == 2)


def _item_starts(shadow: str, start: int, end: int) -> dict[int, Marker]:
    """Offset → marker of each item that begins at `start` or inside; inside, a list needs its first two numbers."""
    found: dict[int, Marker] = {}
    if marker := item_marker(shadow[start:end]):
        found[start] = marker
    for style, pattern in INLINE_STYLES.items():
        if style not in ("条", "——", "第一个"):
            found.update(_series(shadow, start, end, style, pattern))
    return found


def _series(shadow: str, start: int, end: int, style: str, pattern: re.Pattern[str]) -> dict[int, Marker]:
    """The markers of one style that count 1, 2, 3 … within a paragraph (or go on from the one it begins with)."""
    candidates = []
    for match in pattern.finditer(shadow, start, end):
        before = shadow[max(start, match.start() - 8) : match.start()].rstrip()
        if not before or before[-1] in BEFORE_ITEM or style == "①":
            candidates.append((match.start(), inline_marker(style, match)))
    series: dict[int, Marker] = {}
    expected = 1
    for place, marker in candidates:
        if marker.number == expected or (place == start and not series) or (style == "首先" and marker.number > expected - 1):
            series[place] = marker
            expected = marker.number + 1
        elif marker.number == 1:
            expected = 2
            series[place] = marker
    return series if len(series) > 1 else {}


def _mark_numbered_items(shadow: str, parts: list[_Part]) -> None:
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
    parts[:] = [part for part in parts if part.kind != "joined"]


def _unmark_lone(parts: list[_Part]) -> None:
    """A list has two points at least: 第一个五年计划 (the first five-year plan), 最后 (finally), ——在会议上 alone count none."""
    for style in ("第一个", "首先", "——"):
        points = [part for part in parts if part.kind == "item" and part.marker and part.marker.style == style]
        numbers = [part.marker.number for part in points if part.marker]
        for part, number in zip(points, numbers, strict=True):
            if len(points) < 2 or (style != "——" and not {number - 1, number + 1} & set(numbers)):
                part.kind, part.marker = "paragraph", None


def _join_rest(parts: list[_Part], place: int) -> None:
    """A point of a list is its whole line: give back what was cut off as running on from a heading."""
    following = parts[place + 1] if place + 1 < len(parts) else None
    if following and following.kind == "paragraph" and not following.alone and not parts[place].alone:
        parts[place].end = following.end
        following.kind = "joined"


def _mark_title(shadow: str, parts: list[_Part]) -> None:
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


def _mark_plain_headings(shadow: str, parts: list[_Part]) -> None:
    """Short lines without sentence end that stand before a longer paragraph, unnumbered or numbered like an item (第一、…)."""
    for before, part, following in zip([None, *parts], parts, parts[1:], strict=False):
        if part.kind == "item" and part.marker and part.marker.style not in ("条", "——"):
            if _is_short_line(shadow, part, LONGEST_ITEM_HEADING) and not following.marker:
                part.kind = "heading"
        elif part.kind == "paragraph" and _is_plain_heading(shadow, part) and _stands_apart(shadow, before, following):
            part.kind = "heading"


def _stands_apart(shadow: str, before: _Part | None, following: _Part) -> bool:
    """A heading is no piece of a sentence that a web page broke into lines: 《 / 告台湾同胞书 / 》的号召."""
    ended = before is None or before.kind in ("heading", "title", "salutation") or shadow[before.end - 1] in ENDS_A_LINE
    return ended and following.end - following.start > LONGEST_PLAIN_HEADING and shadow[following.start] not in CONTINUES


def _is_plain_heading(shadow: str, part: _Part) -> bool:
    line = shadow[part.start : part.end]
    return (
        _is_short_line(shadow, part, LONGEST_PLAIN_HEADING)
        and n_han(line) >= 3
        and not DATELINE.match(line)
        and not line.startswith(tuple("(（[［<【—-*#"))
        and "http" not in line
    )


def _is_short_line(shadow: str, part: _Part, longest: int) -> bool:
    """A line of its own, short, that does not end like a sentence."""
    return part.alone and part.end - part.start <= longest and shadow[part.end - 1] not in ENDS_A_SENTENCE


def _mark_closing(shadow: str, parts: list[_Part]) -> None:
    """The peroration: from the last paragraph that addresses the audience, if nothing but text follows, to the end."""
    last_heading = max((n for n, part in enumerate(parts) if part.kind == "heading"), default=-1)
    first_text = next((n for n, part in enumerate(parts) if part.kind in ("paragraph", "item")), len(parts))
    for place in range(len(parts) - 1, max(last_heading, 0), -1):
        part = parts[place]
        line = shadow[part.start : part.end]
        if part.kind == "salutation" or (part.kind == "paragraph" and (ADDRESS.match(line) or THANKS.match(line))):
            if place > first_text and len(shadow) - part.start < max(LONGEST_CLOSING, len(shadow) / 4):
                for later in parts[place:]:
                    if later.kind in ("paragraph", "salutation"):
                        later.kind = "closing"
        elif part.kind != "paragraph":
            break


def _nest(parts: list[_Part]) -> None:
    """Give each part its parent and depth: headings by style, the rest under the last heading."""
    rank = {style: n for n, style in enumerate(HEADING_STYLES)}
    ranks: list[tuple[float, _Part]] = []
    plain_rank = _plain_rank(parts, rank)
    for part in parts:
        if part.kind == "heading":
            own = rank.get(part.marker.style, len(rank)) if part.marker else plain_rank
            while ranks and ranks[-1][0] >= own:
                ranks.pop()
            _adopt(ranks[-1][1] if ranks else None, part)
            ranks.append((own, part))
        elif part.kind in ("item", "paragraph"):
            _adopt(ranks[-1][1] if ranks else None, part)
        elif part.kind == "closing":
            ranks = []


def _plain_rank(parts: list[_Part], rank: dict[str, int]) -> float:
    """Unnumbered headings stand above the numbered ones if the numbering starts anew under them, else below them all."""
    restarts = sum(
        1
        for part, following in pairwise([p for p in parts if p.kind == "heading"])
        if part.marker is None and following.marker and following.marker.number == 1
    )
    numbered = [rank.get(p.marker.style, len(rank)) for p in parts if p.kind == "heading" and p.marker]
    return -1 if restarts > 1 or not numbered else max(numbered) + 0.5


def _adopt(parent: _Part | None, part: _Part) -> None:
    part.parent, part.level = parent, parent.level + 1 if parent else 1


def _audit(speech: Speech, parts: list[_Part]) -> Iterator[Leftover]:
    """Numbers that do not follow: a gap, a repeat, a jump back within one list of headings or items."""
    last: dict[tuple[int, str], int] = {}
    for part in parts:
        if not part.marker or part.marker.style in ("——", "首先") or part.marker.style[0] == "#":
            continue
        group = (part.parent.node if part.parent else 0, part.marker.style)
        expected, number = last.get(group, 0) + 1, part.marker.number
        if number not in (expected, 1) or (number == 1 and last.get(group) == 1):
            end = part.start + part.marker.length
            yield Leftover(
                speech.speech,
                part.start,
                end,
                speech.text[part.start : end],
                "outline",
                f"numbering: {number} where {expected} was expected",
            )
        last[group] = number
