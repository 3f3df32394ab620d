"""Blocks: the unit that is shuffled and resampled, a paragraph with the heading above it.

A sentence is too small a unit (its neighbours say the same thing again) and three whole speeches are too few.
A list item on a line of its own is a paragraph; an item inside a paragraph belongs to it. Salutation and closing are
blocks of their own. Blocks do not overlap and leave nothing out, so their sizes add up to the size of the speech.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from analysis.read.speech import n_han

if TYPE_CHECKING:
    from analysis.tables import Tables

# Kinds of outline rows that stand above what follows, and that stand alone.
ABOVE = ("heading", "title")
ALONE = ("salutation", "closing")


class Block(NamedTuple):
    """One row per block; `section` is the node of the top heading it stands under, 0 before the first."""

    speech: str
    block: int
    start: int
    end: int
    n_han: int
    section: int


TYPES = {"speech": "string", "block": "Int64", "start": "Int64", "end": "Int64", "n_han": "Int64", "section": "Int64"}


def blocks(tables: "Tables") -> pd.DataFrame:
    """One row per block of each speech, numbered from 1, with its size in Han characters and its section."""
    outlines = dict(iter(tables.outline.groupby("speech", sort=False)))
    rows = [
        row
        for speech in tables.speeches["speech"]
        for row in blocks_of(speech, tables.texts[speech], outlines.get(speech, tables.outline.iloc[:0]))
    ]
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def blocks_of(speech: str, text: str, outline: pd.DataFrame) -> Iterator[Block]:
    """Blocks of one speech from its rows of the outline; one block where it has none."""
    starts, sections = _starts(text, outline)
    for number, (start, end, section) in enumerate(zip(starts, [*starts[1:], len(text)], sections, strict=True), 1):
        yield Block(speech, number, start, end, n_han(text[start:end]), section)


def _starts(text: str, outline: pd.DataFrame) -> tuple[list[int], list[int]]:
    """Where each block starts, and its section. The first starts with the text, so that nothing is left out."""
    starts: list[int] = []
    sections: list[int] = []
    section_of = _sections(outline)
    before, end_before = "", 0
    # The rows of level 1 and more tile the text in order of start.
    for row in outline[outline["level"] >= 1].sort_values("start").itertuples():
        start, kind = int(row.start), str(row.kind)
        if not starts or _begins(before, kind, on_new_line="\n" in text[end_before:start] or "\r" in text[end_before:start]):
            starts.append(start)
            sections.append(section_of[int(row.node)])
        before, end_before = kind, int(row.end)
    return [0, *starts[1:]], sections or [0]


def _begins(before: str, kind: str, *, on_new_line: bool) -> bool:
    """Whether a row begins a block, given the kind of the row before it."""
    if before in ABOVE:
        return False
    return on_new_line or kind in ALONE or before in ALONE


def _sections(outline: pd.DataFrame) -> dict[int, int]:
    """Node of the top heading above each node; 0 where there is none."""
    section: dict[int, int] = {}
    for row in outline.sort_values("start", kind="stable").itertuples():
        node, level = int(row.node), int(row.level)
        if level <= 1:
            section[node] = node if level == 1 and row.kind == "heading" else 0
        else:
            section[node] = section.get(int(row.parent), 0)
    return section
