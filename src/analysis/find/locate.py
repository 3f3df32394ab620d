"""Where offsets stand: their sentences and their nodes of the outline.

Sentences do not overlap, nor do outline rows of level 1 and more; both are sorted by start, so a bisection finds them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analysis.find import Columns, Found
from analysis.find.columnar import Offsets
from analysis.find.spans import Spans, spans_of


def sentences_at(found: Found, offsets: Sequence[int] | Offsets) -> list[int | None]:
    """Number of the sentence that holds each offset, or None between sentences."""
    return numbers_at(found.get("sentences"), "sentence", offsets)


def nodes_at(found: Found, offsets: Sequence[int] | Offsets) -> list[int | None]:
    """Number of the outline node (level 1 and more) that holds each offset, or None in the white space between them."""
    return numbers_at(found.get("outline"), "node", offsets)


class Held(NamedTuple):
    """Rows of several speeches that stand as one text: where they stand in it, and their numbers, 0 for the whole speech."""

    spans: Spans
    numbers: Offsets

    def at(self, offsets: Offsets) -> list[int | None]:
        """Number of the row that holds each offset, or None between rows."""
        if not len(self.numbers):
            return [None] * len(offsets)
        places = np.searchsorted(self.spans[:, 0], offsets, "right") - 1
        inside = (places >= 0) & (offsets < self.spans[places, 1])
        return [number or None for number in (self.numbers[places] * inside).tolist()]


def held(begins: Sequence[int], founds: Sequence[Found], table: str, name: str) -> Held:
    """The sentences, or the nodes of the outline, of speeches that begin at some places."""
    told = [(begin, found[table]) for begin, found in zip(begins, founds, strict=True) if found.get(table)]
    spans = [np.array([rows["start"], rows["end"]]).T + begin for begin, rows in told]
    return Held(
        np.concatenate([spans_of(()), *spans]), np.concatenate([np.zeros(0, np.int64), *(rows[name] for _, rows in told)])
    )


def numbers_at(rows: Columns | None, name: str, offsets: Sequence[int] | Offsets) -> list[int | None]:
    """The number of the row that holds each offset; row 0, which is the whole speech, holds none."""
    if not rows or not len(rows["start"]) or not len(offsets):
        return [None] * len(offsets)
    places = np.searchsorted(rows["start"], offsets, "right") - 1
    inside = (places >= 0) & (offsets < np.take(rows["end"], places))
    numbers = (np.take(rows[name], places) * inside).tolist()
    return [number or None for number in numbers]
