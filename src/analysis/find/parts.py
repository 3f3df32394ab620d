"""Paragraphs cut into parts: a heading that runs into its paragraph, the items of a list inside it, the text.

A part is what becomes one row of the outline. What a part is by its place in the speech (title, unnumbered heading,
closing) is decided in `roles`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from analysis.find.addresses import salutes
from analysis.find.markers import HEADING_STYLES, INLINE_STYLES, Marker, inline_markers, inline_places, marker
from analysis.find.paragraphs import paragraphs
from analysis.find.sentences import sentence_end

_STYLES = list(INLINE_STYLES)


@dataclass(slots=True)
class Part:
    """A stretch of the text that becomes one row."""

    kind: str
    start: int
    end: int
    marker: Marker | None = None
    alone: bool = False  # it is a whole line
    parent: "Part | None" = None
    node: int = 0
    level: int = 1


def parts_of(shadow: str) -> list[Part]:
    """The parts of a text in order; together they cover all of it but blanks."""
    places = inline_places(shadow)
    parts: list[Part] = []
    for start, end in paragraphs(shadow):
        inside = places[bisect_right(places, start) : bisect_left(places, end)] if places else places
        parts += _cut(shadow, start, end, inside)
    return parts


def _cut(shadow: str, start: int, end: int, places: list[int]) -> list[Part]:
    """One paragraph cut into its heading, its text and its items, which may begin at `places`."""
    line = shadow[start:end]
    opening = marker(line)
    if not opening:
        return [Part("salutation", start, end)] if salutes(line) else _items(shadow, start, end, None, places)
    if opening.style not in HEADING_STYLES:
        return _items(shadow, start, end, opening, places)
    if not (length := _heading_length(line, opening)):
        return _items(shadow, start, end, None, places)
    heading = Part("heading", start, start + length, opening, start + length == end)
    if heading.alone:
        return [heading]
    rest = line[length:].lstrip()
    following = marker(rest)
    in_rest = following if following and following.style not in HEADING_STYLES else None
    begin = end - len(rest)
    parts = _items(shadow, begin, end, in_rest, [place for place in places if place > begin])
    parts[0].alone = False
    return [heading, *parts]


def _heading_length(line: str, opening: Marker) -> int:
    """Length of the heading a numbered line begins with; 0 where the number opens no heading."""
    if len(line) > opening.length and line[opening.length] in "，,。":
        return 0
    return len(line) if opening.style[0] == "#" else sentence_end(line, opening.length)


def _items(shadow: str, start: int, end: int, opening: Marker | None, places: list[int]) -> list[Part]:
    """A stretch of text cut where a list inside it begins its items; `opening` is the item it begins with."""
    inside = _inside(shadow, start, end, places) if places else None
    if not inside:
        return [Part("item" if opening else "paragraph", start, end, opening, True)]
    starts = {start: opening, **inside} if opening else inside
    return [
        Part("item" if left in starts else "paragraph", left, left + len(shadow[left:right].rstrip()), starts.get(left))
        for left, right in pairwise(sorted({start, *starts, end}))
    ]


def _inside(shadow: str, start: int, end: int, places: list[int]) -> Mapping[int, Marker]:
    """Offset → marker of each item of a list inside a stretch of text; a list has two numbers at least."""
    candidates: dict[str, list[tuple[int, Marker]]] = {}
    for place in (start, *places):
        for each in inline_markers(shadow, place, end):
            candidates.setdefault(each.style, []).append((place, each))
    found: dict[int, Marker] = {}
    for style in sorted(candidates, key=_STYLES.index):
        found.update(_series(start, style, candidates[style]))
    return found


def _series(start: int, style: str, candidates: list[tuple[int, Marker]]) -> dict[int, Marker]:
    """The markers of one style that count 1, 2, 3 … within a paragraph (or go on from the one it begins with)."""
    lists: list[dict[int, Marker]] = [{}]
    expected = 1
    for place, each in candidates:
        if each.number == 1 and expected != 1:
            lists.append({})
        elif each.number != expected and place != start and (style != "首先" or each.number < expected):
            continue
        lists[-1][place] = each
        expected = each.number + 1
    return {place: each for points in lists if len(points) > 1 for place, each in points.items()}
