"""The outline of a speech: its headings, items and paragraphs, each as written, tiling the text.

Rows of level 1 and more, sorted by start, cover every character but the white space between them. Nesting is only in
`parent`. A heading that runs into its paragraph is its first sentence. It does not judge whether headings are good;
odd numbering (a gap, a repeat, a jump) is reported as a leftover.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.find import Columns, Found
from analysis.find.columnar import Coded, Offsets, slices
from analysis.find.markers import CODES, HEADING_STYLES, NO_MARKER, coded
from analysis.find.paragraphs import side_by_side
from analysis.find.parts import HEADING, ITEM, KINDS, PARAGRAPH, SPEECH, Parts, last_of, parts_of
from analysis.find.roles import give_roles
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.schema import Leftover

LONGEST_LABEL = 30  # characters; a longer unnumbered heading is a sentence
_CONCLUSION = re.compile("(?:结束语|结语|结论|尾声)$")  # concluding words: as high as the first chapter
_NONE = CODES[NO_MARKER.style]
# Markdown has marks and no numbers; other styles' numbers are none or need not follow: first of all (首先) … last.
_MARKDOWN = [style for style in HEADING_STYLES if style[0] == "#"]
_UNNUMBERED, _UNCOUNTED = coded([*_MARKDOWN, NO_MARKER.style]), coded([*_MARKDOWN, NO_MARKER.style, "——", "首先"])


class _Heading(NamedTuple):
    """A heading: the number of its part, its rank by its style, whether it is numbered and as what, its length."""

    place: int
    rank: int  # outer ones first
    numbered: bool
    number: int
    size: int


def find(speech: Speech, found: Found, lexicons: Lexicons) -> tuple[Columns, list[Leftover]]:
    """Rows of the outline, the speech itself, then its parts in text order; and what is odd about their numbers."""
    return next(find_each([speech], [found], lexicons))


def find_each(
    speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons
) -> Iterator[tuple[Columns, list[Leftover]]]:
    """The columns and leftovers of each speech, as `find` gives them."""
    shadow, texts = side_by_side(speeches)
    parts = give_roles(shadow, parts_of(shadow, texts))
    parents, levels = _nest(shadow, parts)
    odd = _odd(parts, parents)
    numbers = [None if number < 0 else number for number in np.where(_UNNUMBERED[parts.style], -1, parts.number).tolist()]
    for text, (speech, (begin, _), (first, last)) in enumerate(zip(speeches, texts, parts.bounds, strict=True)):
        part = slice(first, last)
        starts, ends = parts.start[part] - begin, parts.end[part] - begin
        told = {
            "speech": Coded([speech.speech], np.zeros(last - first + 1, np.int32)),
            "node": np.arange(last - first + 1),
            "parent": [None, *np.maximum(parents[part] - first + 1, 0).tolist()],
            "level": _below(0, levels[part]),
            "kind": Coded(KINDS, _below(SPEECH, parts.kind[part])),
            "marker": ["", *_markers(speech.text, starts.tolist(), parts.length[part].tolist())],
            "number": [None, *numbers[part]],
            "start": _below(0, starts),
            "end": _below(len(speech.text), ends),
            "text": [speech.text, *slices(speech.text, starts, ends)],
        }
        yield told, [_leftover(speech, begin, parts, *each) for each in odd.get(text, ())]


def _below(whole: int, values: Offsets) -> Offsets:
    """A column: what stands in the row of the whole speech, then in those of its parts."""
    return np.concatenate([[whole], values])


def _markers(text: str, starts: list[int], lengths: list[int]) -> Iterator[str]:
    return (text[start : start + length].strip() if length else "" for start, length in zip(starts, lengths, strict=True))


def _nest(shadow: str, parts: Parts) -> tuple[Offsets, Offsets]:
    """Number of the parent of each part, or -1, and its depth: headings by style, the rest under the last heading."""
    parents, levels = np.full(len(parts), -1), np.ones(len(parts), dtype=np.int64)
    is_heading = parts.kind == HEADING
    places = is_heading.nonzero()[0]
    styles, sizes = parts.style[places], (parts.end - parts.start)[places]
    columns = (places, np.minimum(styles, len(HEADING_STYLES)), styles != _NONE, parts.number[places], sizes)
    headings = list(map(_Heading, *(column.tolist() for column in columns)))
    begins = places.searchsorted([first for first, _ in parts.bounds]).tolist()
    for first, last in pairwise([*begins, len(headings)]):
        _nest_headings(shadow, parts, headings[first:last], parents, levels)
    heading = last_of(is_heading)
    under = ((parts.kind == ITEM) | (parts.kind == PARAGRAPH)) & (heading >= last_of(parts.begins_a_text()))
    parents[under], levels[under] = heading[under], levels[heading[under]] + 1
    return parents, levels


def _nest_headings(shadow: str, parts: Parts, headings: Sequence[_Heading], parents: Offsets, levels: Offsets) -> None:
    """The same of the headings of one speech."""
    open_: list[tuple[float, int]] = []
    plain_rank, low_rank = _plain_ranks(headings)
    top_rank = min((heading.rank for heading in headings if heading.numbered), default=plain_rank)
    for place, rank, numbered, _, size in headings:
        own: float = rank
        if not numbered:
            own = low_rank if size > LONGEST_LABEL else plain_rank
            if _CONCLUSION.match(shadow, int(parts.start[place]), int(parts.end[place])):
                own = min(plain_rank, top_rank)
        while open_ and open_[-1][0] >= own:
            open_.pop()
        if open_:
            parents[place], levels[place] = open_[-1][1], len(open_) + 1
        open_.append((own, place))


def _plain_ranks(headings: Sequence[_Heading]) -> tuple[float, float]:
    """Unnumbered headings stand above the numbered ones if the numbering starts anew under them, else below them all.

    Those that are whole sentences (the second rank) stand below those that are labels, where there are both.
    """
    restarts = sum(
        not heading.numbered and following.numbered and following.number == 1 for heading, following in pairwise(headings)
    )
    numbered = [heading.rank for heading in headings if heading.numbered]
    below = max(numbered, default=0) + 0.5
    plain = -1 if restarts > 1 or not numbered else below
    labels = any(not heading.numbered and heading.size <= LONGEST_LABEL for heading in headings)
    return plain, max(plain, below) if labels else plain


def _odd(parts: Parts, parents: Offsets) -> dict[int, list[tuple[int, int]]]:
    """Text → parts whose number does not follow (a gap, a repeat, a jump back within one list), with the number expected."""
    counted = (~_UNCOUNTED[parts.style]).nonzero()[0]
    # Those of one style and parent count together; without a parent, those of one text.
    under = np.where(parents < 0, -1 - np.cumsum(parts.begins_a_text()), parents)
    lists = (under * len(CODES) + parts.style)[counted]
    order = np.argsort(lists, kind="stable")
    numbers = parts.number[counted[order]]
    expected = 1 + np.where(np.diff(lists[order], prepend=lists.min(initial=0) - 1) == 0, np.roll(numbers, 1), 0)
    odd = ((numbers != expected) & (numbers != 1)) | ((numbers == 1) & (expected == 2))
    places = counted[order[odd]]
    told: dict[int, list[tuple[int, int]]] = {}
    for place, number, text in sorted(zip(places.tolist(), expected[odd].tolist(), parts.texts_of(places), strict=True)):
        told.setdefault(text, []).append((place, number))
    return told


def _leftover(speech: Speech, begin: int, parts: Parts, place: int, expected: int) -> Leftover:
    start = int(parts.start[place]) - begin
    end = start + int(parts.length[place])
    reason = f"numbering: {parts.number[place]} where {expected} was expected"
    return Leftover(speech.speech, start, end, speech.text[start:end], "outline", reason)
