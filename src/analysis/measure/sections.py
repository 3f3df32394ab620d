"""Sections: the stretches of a speech under its headings, with what comes before the first and after the last.

>>> sections(tables)[["speech", "section", "title"]]                     # doctest: +SKIP

A row runs from one heading to the next, so sections lie side by side and leave nothing out. Themes and voice are told
by section. It judges no heading; where a speech has none, the whole of it is one section.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.read.speech import n_han
from analysis.stored import rows_of

if TYPE_CHECKING:
    from analysis.tables import Tables

OPENING, HEADING, CLOSING, WHOLE = "opening", "heading", "closing", "whole"
TYPES = {
    "speech": "string",
    "section": "Int64",
    "kind": "string",
    "node": "Int64",
    "level": "Int64",
    "title": "string",
    "start": "Int64",
    "end": "Int64",
    "n_han": "Int64",
}
# The columns with which a measure by section begins.
SECTION = {name: TYPES[name] for name in ("speech", "section", "kind", "title")}


class Section(NamedTuple):
    """One section; `node` is its heading's row of the outline, 0 where it has none."""

    speech: str
    section: int
    kind: str
    node: int
    level: int
    title: str
    start: int
    end: int
    n_han: int


def sections(tables: "Tables", *, depth: int = 1) -> pd.DataFrame:
    """One row per section, numbered from 1 in each speech; headings down to level `depth` begin one."""
    outline_of = rows_of(tables.outline)
    rows = [
        row for speech in tables.speeches["speech"] for row in _sections(speech, tables.texts[speech], outline_of(speech), depth)
    ]
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def section_at(sections: pd.DataFrame, speech: str, places: Sequence[int] | npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Number of the section that holds each place of one speech."""
    here = sections[sections["speech"] == speech]
    at = np.searchsorted(here["start"].to_numpy(np.int64), np.asarray(places, dtype=np.int64), side="right") - 1
    numbers: npt.NDArray[np.int64] = here["section"].to_numpy(np.int64)[np.maximum(at, 0)]
    return numbers


def _sections(speech: str, text: str, outline: pd.DataFrame, depth: int) -> Iterator[Section]:
    cuts = list(_cuts(outline, depth))
    if not cuts or cuts[0][0] > 0:
        cuts.insert(0, (0, OPENING if cuts else WHOLE, 0, 0, ""))
    # What stands before the first heading belongs to it where it is white space only.
    if len(cuts) > 1 and cuts[0][1] == OPENING and not text[: cuts[1][0]].strip():
        cuts[:2] = [(0, *cuts[1][1:])]
    for number, (cut, following) in enumerate(zip(cuts, [*cuts[1:], (len(text), "", 0, 0, "")], strict=True), 1):
        start, kind, node, level, title = cut
        yield Section(speech, number, kind, node, level, title, start, following[0], n_han(text[start : following[0]]))


def _cuts(outline: pd.DataFrame, depth: int) -> Iterator[tuple[int, str, int, int, str]]:
    """Start, kind, node, level and title of each heading that begins a section, and of the closing."""
    closed = False
    for row in outline.sort_values("start", kind="stable").itertuples():
        start, node, level = int(row.start), int(row.node), int(row.level)
        if row.kind == "heading" and 1 <= level <= depth:
            yield start, HEADING, node, level, str(row.text).strip()
        elif row.kind == "closing" and not closed:
            closed = True
            yield start, CLOSING, node, level, ""
