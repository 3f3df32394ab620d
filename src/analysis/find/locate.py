"""Where offsets stand: their sentences and their nodes of the outline.

Sentences do not overlap, nor do outline rows of level 1 and more; both are sorted by start, so a bisection finds them.
"""

from collections.abc import Sequence

import numpy as np

from analysis.find import Columns, Found
from analysis.find.columnar import Offsets


def sentences_at(found: Found, offsets: Sequence[int]) -> list[int | None]:
    """Number of the sentence that holds each offset, or None between sentences."""
    return numbers_at(found.get("sentences"), "sentence", offsets)


def nodes_at(found: Found, offsets: Sequence[int] | Offsets) -> list[int | None]:
    """Number of the outline node (level 1 and more) that holds each offset, or None in the white space between them."""
    return numbers_at(found.get("outline"), "node", offsets)


def sentence_spans(found: Found) -> tuple[list[int], list[int]]:
    """Where the sentences begin, and where they end."""
    rows = found.get("sentences") or {"start": [], "end": []}
    return np.asarray(rows["start"]).tolist(), np.asarray(rows["end"]).tolist()


def numbers_at(rows: Columns | None, name: str, offsets: Sequence[int] | Offsets) -> list[int | None]:
    """The number of the row that holds each offset; row 0, which is the whole speech, holds none."""
    if not rows or not len(rows["start"]) or not len(offsets):
        return [None] * len(offsets)
    places = np.searchsorted(rows["start"], offsets, "right") - 1
    inside = (places >= 0) & (offsets < np.take(rows["end"], places))
    numbers = (np.take(rows[name], places) * inside).tolist()
    return [number or None for number in numbers]
