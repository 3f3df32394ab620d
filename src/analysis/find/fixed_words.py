"""What the dictionary has no say in when a text is cut: damaged places, list markers, names, numeral slogans, figures.

(一)四個全面 ("(1) the four comprehensives") gives the marker's pieces (, 一, ), and 四個全面 as one word.

They come from what was found before. It cuts nothing.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from analysis.find import Columns, Found
from analysis.find.columnar import Offsets
from analysis.find.cutter import NUMERALS
from analysis.find.spans import Span, Spans, apart, none_of, spans_of
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified
from analysis.read.speech import Speech

# Tag of a name by its kind, as jieba's: nr person, nt organisation, ns place.
NAME_TAGS = {"person": "nr", "organisation": "nt", "place": "ns"}
# Of a numeral slogan: jieba's of abbreviations.
SLOGAN_TAG = "j"
# Pieces of a list marker: a numeral, or one mark, or the rest of a word (一|是, 第一|,).
_MARKER_PIECES = re.compile(rf"第?[{NUMERALS}\d]+|\w+|[^\w\s]")
# The number in a figure; what stands beside it is cut like any text.
_NUMBER = re.compile(rf"第?[\d{NUMERALS}][\d{NUMERALS}.,/xX×]*(?:[多余][万亿千百十]+)?|百分之[{NUMERALS}点]+")
_SOLID = re.compile(r"\S+")


class Placed(NamedTuple):
    """A speech, the rows found in it so far, and where it begins among the speeches that are cut together."""

    begin: int
    speech: Speech
    found: Found


class Fixed(NamedTuple):
    """Words that are told beforehand."""

    spans: Spans  # all of them, sorted and apart, without blanks
    keys: Mapping[Span, str]  # of damaged places: the key each should have had
    tagged: Mapping[str, Spans]  # tag that no dictionary gives → names, or slogans


def fixed_words(placed: Sequence[Placed], shadow: str, blanks: Offsets, lexicons: Lexicons) -> Fixed:
    """The words of speeches that make up one shadow, with white space at `blanks`: of two that overlap the first told is kept."""
    keys, tagged = _repaired(placed, lexicons), _tagged(placed)
    spans = np.concatenate([spans_of(keys), _markers(placed, shadow), *tagged.values(), _figures(placed, shadow)])
    return Fixed(apart(_without_blanks(shadow, spans, blanks)), keys, tagged)


def of_each(placed: Sequence[Placed], table: str) -> list[tuple[int, Columns]]:
    """Where each speech begins, with the columns of a table where it has some."""
    return [(begin, found[table]) for begin, _, found in placed if table in found]


def _repaired(placed: Sequence[Placed], lexicons: Lexicons) -> dict[Span, str]:
    """Damaged places by errata.csv: span → the key it should have had."""
    rows: dict[str, list[Mapping[str, str]]] = {}
    for row in lexicons.rows("errata"):
        rows.setdefault(row["speech"], []).append(row)
    repaired = {}
    for begin, speech, _ in placed:
        for row in rows.get(speech.speech, ()):
            start, end = int(row["start"]), int(row["end"])
            if speech.text[start:end] == row["text"]:
                repaired[begin + start, begin + end] = simplified(row["key"])
    return repaired


def _markers(placed: Sequence[Placed], shadow: str) -> Spans:
    """Pieces of the list markers: numeral and marks apart."""
    rows = [
        (begin + start, marker)
        for begin, told in of_each(placed, "outline")
        for start, marker in zip(np.asarray(told["start"]).tolist(), told["marker"], strict=True)
        if marker
    ]
    return _inside([start for start, _ in rows], [_pieces(shadow[start : start + len(marker)]) for start, marker in rows])


@lru_cache(maxsize=4096)
def _pieces(marker: str) -> tuple[Span, ...]:
    return tuple(piece.span() for piece in _MARKER_PIECES.finditer(marker))


def _inside(starts: Sequence[int], parts: Sequence[Sequence[Span]]) -> Spans:
    """Spans that are told from a start of their own as spans of the whole."""
    sizes = np.fromiter(map(len, parts), np.int64)
    moved: Spans = spans_of(chain.from_iterable(parts)) + np.repeat(np.array(starts, np.int64), sizes)[:, np.newaxis]
    return moved


def _tagged(placed: Sequence[Placed]) -> dict[str, Spans]:
    """Names and numeral slogans by their tags."""
    tagged: dict[str, list[Span]] = {tag: [] for tag in (*NAME_TAGS.values(), SLOGAN_TAG)}
    for begin, told in of_each(placed, "names"):
        for start, end, kind in zip(told["start"].tolist(), told["end"].tolist(), told["kind"], strict=True):
            if kind in NAME_TAGS:
                tagged[NAME_TAGS[kind]].append((begin + start, begin + end))
    for begin, _, found in placed:
        # Without the parts of a longer slogan such as 四個全面戰略布局.
        slogans = [row for row in found.get("slogans", ()) if row.form == "numeral"]
        tagged[SLOGAN_TAG] += [(begin + row.start, begin + row.end) for row in slogans]
    return {tag: spans_of(spans) for tag, spans in tagged.items()}


def _figures(placed: Sequence[Placed], shadow: str) -> Spans:
    """Number and unit of each figure; each row's other characters are left to the dictionary."""
    rows = [
        (begin + start, begin + end - (len(unit) if unit and text.endswith(unit) else 0), begin + end)
        for begin, told in of_each(placed, "figures")
        for start, end, text, unit in zip(told["start"].tolist(), told["end"].tolist(), told["text"], told["unit"], strict=True)
    ]
    places = np.array(rows, np.int64).reshape(-1, 3)
    numbers = _inside([start for start, _, _ in rows], [_numbers(shadow[start:stop]) for start, stop, _ in rows])
    return np.concatenate([places[:, 1:], numbers])


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[Span, ...]:
    """Where the numbers stand in a figure's text without its unit."""
    return tuple(number.span() for number in _NUMBER.finditer(text))


def _without_blanks(text: str, spans: Spans, blanks: Offsets) -> Spans:
    """The spans, cut at white space, which stands at `blanks`: no token spans any."""
    solid = none_of(blanks, spans)
    if solid.all():
        return spans
    cut = [[match.span() for match in _SOLID.finditer(text, start, end)] for start, end in spans[~solid].tolist()]
    # In their places, since the earlier of two that overlap is kept.
    places = np.repeat(np.flatnonzero(~solid), [len(pieces) for pieces in cut])
    order = np.argsort(np.concatenate([np.flatnonzero(solid), places]), kind="stable")
    return np.concatenate([spans[solid], spans_of(chain.from_iterable(cut))])[order]
