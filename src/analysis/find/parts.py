"""Paragraphs cut into parts: a heading that runs into its paragraph, the items of a list inside it, the text.

A part is what becomes one row of the outline. What a part is by its place in the speech (title, unnumbered heading,
closing) is decided in `roles`. Parts are columns, those of several speeches one after the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain, pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find.addresses import salutes
from analysis.find.columnar import Offsets
from analysis.find.markers import CODES, HEADING_STYLES, INLINE_STYLES, NO_MARKER, Marker, inline_markers, inline_places, marker
from analysis.find.paragraphs import Span, paragraphs
from analysis.find.sentences import sentence_end

KINDS = ("speech", "title", "salutation", "heading", "item", "paragraph", "closing")
SPEECH, TITLE, SALUTATION, HEADING, ITEM, PARAGRAPH, CLOSING = range(len(KINDS))
_STYLES = list(INLINE_STYLES)
_NO_HEADING = ("，", ",", "。")  # a number before one of these opens no heading


class _Part(NamedTuple):
    """A stretch of the text that becomes one row; `alone`: it is a whole line."""

    kind: int
    start: int
    end: int
    marker: Marker = NO_MARKER
    alone: bool = False


@dataclass(eq=False)
class Parts:
    """The parts of some texts in order, as columns: place in KINDS, start and end, the marker's style, number and length.

    `texts` tells where each text begins and ends; `style` is a number of CODES; `alone`: the part is a whole line.
    """

    texts: Sequence[Span]
    kind: npt.NDArray[np.int64]
    start: Offsets
    end: Offsets
    style: npt.NDArray[np.int64]
    number: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]
    alone: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.kind)

    def without(self, places: Offsets) -> "Parts":
        """The same without the parts at some places."""
        kept = np.ones(len(self), dtype=np.bool_)
        kept[places] = False
        return Parts(self.texts, *(column[kept] for column in self.columns()))

    def columns(self) -> Iterator[npt.NDArray[Any]]:
        """Its columns in order."""
        return (getattr(self, field.name) for field in fields(self)[1:])

    def with_pieces(self, pieces: Mapping[int, Sequence["_Part"]]) -> "Parts":
        """The same with some parts, by their places, replaced by their pieces."""
        left = self.without(np.array(list(pieces), dtype=np.int64))
        kinds, starts, ends, markers, alone = zip(*chain.from_iterable(pieces.values()), strict=True)
        added = map(np.array, (kinds, starts, ends, *_numerals(markers), alone))
        both = [np.concatenate(columns) for columns in zip(left.columns(), added, strict=True)]
        order = both[1].argsort(kind="stable")
        return Parts(self.texts, *(column[order] for column in both))

    @cached_property
    def bounds(self) -> list[Span]:
        """First part of each text, and the one after its last."""
        return list(pairwise([*self.start.searchsorted([begin for begin, _ in self.texts]).tolist(), len(self)]))

    def begins_a_text(self) -> npt.NDArray[np.bool_]:
        """Which parts are the first of their text."""
        begins = np.zeros(len(self), dtype=np.bool_)
        begins[[first for first, last in self.bounds if first < last]] = True
        return begins

    def texts_of(self, places: Offsets) -> list[int]:
        """Numbers of the texts that some parts stand in."""
        begins = np.array([begin for begin, _ in self.texts])
        numbers: list[int] = (begins.searchsorted(self.start[places], "right") - 1).tolist()
        return numbers


def last_of(flags: npt.NDArray[np.bool_]) -> Offsets:
    """At each place the last one up to it that is flagged, or -1."""
    last: Offsets = np.maximum.accumulate(np.where(flags, np.arange(len(flags)), -1))
    return last


def parts_of(shadow: str, texts: Sequence[Span]) -> Parts:
    """The parts of some texts, which begin and end at `texts`; together they cover all but blanks."""
    starts, ends, whole, openings = paragraphs(shadow, tuple(texts))
    spans = starts.tolist(), ends.tolist()
    kinds = list(map(_kind, repeat(shadow), *spans, openings))
    markers = [opening if kind != PARAGRAPH else NO_MARKER for opening, kind in zip(openings, kinds, strict=True)]
    kind = np.array(kinds, dtype=np.int64)
    parts = Parts(tuple(texts), kind, starts, ends.copy(), *_numerals(markers), np.ones(len(kind), dtype=np.bool_))
    inside = _inside_of(inline_places(shadow, starts), starts)
    pieces = {}
    for place in {*inside, *((kind == HEADING) & ~whole).nonzero()[0].tolist()}:
        line = _Part(kinds[place], spans[0][place], spans[1][place], markers[place], alone=True)
        pieces[place] = _cut(shadow, line, inside.get(place, []))
    return parts.with_pieces(pieces) if pieces else parts


def _numerals(markers: Sequence[Marker]) -> tuple[Offsets, Offsets, Offsets]:
    """Columns of the markers: their styles by code, their numbers, their lengths."""
    styles = [CODES[one.style] for one in markers]
    numbers, lengths = [one.number for one in markers], [one.length for one in markers]
    return np.array(styles, dtype=np.int64), np.array(numbers, dtype=np.int64), np.array(lengths, dtype=np.int64)


def _kind(shadow: str, start: int, end: int, opening: Marker) -> int:
    """What a paragraph is by its beginning."""
    if not opening.style:
        return SALUTATION if salutes(shadow[start:end]) else PARAGRAPH
    if opening.style not in HEADING_STYLES:
        return ITEM
    return PARAGRAPH if shadow.startswith(_NO_HEADING, start + opening.length, end) else HEADING


def _inside_of(places: Sequence[int], starts: Offsets) -> dict[int, list[int]]:
    """Paragraph → the places inside it."""
    inside: dict[int, list[int]] = {}
    for number, place in zip((starts.searchsorted(places, "right") - 1).tolist(), places, strict=True):
        inside.setdefault(number, []).append(place)
    return inside


def _cut(shadow: str, line: _Part, places: list[int]) -> list[_Part]:
    """A paragraph cut into its heading, its text and its items, which may begin at `places`."""
    if line.kind == SALUTATION:
        return [line]
    if line.kind != HEADING:
        return _items(shadow, line, places)
    length = _heading_length(shadow[line.start : line.end], line.marker)
    if line.start + length == line.end:
        return [line]
    rest = shadow[line.start + length : line.end].lstrip()
    begin = line.end - len(rest)
    following = marker(rest)
    in_rest = following if following.style not in HEADING_STYLES else NO_MARKER
    text = _Part(ITEM if in_rest.style else PARAGRAPH, begin, line.end, in_rest)
    behind = [place for place in places if place > begin]
    return [line._replace(end=line.start + length, alone=False), *_items(shadow, text, behind)]


def _heading_length(line: str, opening: Marker) -> int:
    """Length of the heading a numbered line begins with."""
    return len(line) if opening.style[0] == "#" else sentence_end(line, opening.length)


def _items(shadow: str, text: _Part, places: list[int]) -> list[_Part]:
    """A stretch of text, or the item it begins with, cut where a list inside it begins its items."""
    inside = _inside(shadow, text.start, text.end, places) if places else None
    if not inside:
        return [text]
    starts = {text.start: text.marker, **inside} if text.marker.style else inside
    return [
        _Part(ITEM if left in starts else PARAGRAPH, left, left + len(shadow[left:right].rstrip()), starts.get(left, NO_MARKER))
        for left, right in pairwise(sorted({text.start, *starts, text.end}))
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
