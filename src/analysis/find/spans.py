"""Spans of a text as arrays of shape (n, 2), start and end of each: a law has a hundred thousand of them.

>>> apart(spans_of([(4, 6), (0, 2), (1, 3)])).tolist()                    # (1, 3) overlaps (0, 2), which comes first
[[0, 2], [4, 6]]

It knows no finder and reads no text.
"""

from bisect import bisect
from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.find.columnar import Offsets

Span = tuple[int, int]
Spans = npt.NDArray[np.int64]  # of shape (n, 2)
Flags = npt.NDArray[np.bool_]


def spans_of(spans: Iterable[Span]) -> Spans:
    """Spans as an array."""
    return np.fromiter(chain.from_iterable(spans), dtype=np.int64).reshape(-1, 2)


def apart(spans: Spans) -> Spans:
    """The spans sorted by start, without empty ones and those that overlap an earlier one of the array."""
    told = spans[spans[:, 0] < spans[:, 1]]
    order = np.lexsort((told[:, 1], told[:, 0]))
    kept: Spans = told[order]
    if not len(kept):
        return kept
    # Alone is who begins after all before have ended, and ends before the next begins.
    reached = np.maximum.accumulate(kept[:, 1])
    clear = np.concatenate([[True], reached[:-1] <= kept[1:, 0], [True]])
    alone = clear[:-1] & clear[1:]
    alone[~alone] = _chosen(kept[~alone], order[~alone])
    chosen: Spans = kept[alone]
    return chosen


def _chosen(spans: Spans, ranks: Offsets) -> Flags:
    """Which of spans that overlap are kept: by rank, each that overlaps none kept before."""
    chosen = np.zeros(len(spans), dtype=np.bool_)
    kept: list[Span] = []
    pairs: list[Span] = list(map(tuple, spans.tolist()))
    for place in np.argsort(ranks).tolist():
        start, end = pairs[place]
        at = bisect(kept, (start, end))
        if (not at or kept[at - 1][1] <= start) and (at == len(kept) or end <= kept[at][0]):
            kept.insert(at, (start, end))
            chosen[place] = True
    return chosen


def spread(values: Any, spans: Spans, size: int) -> npt.NDArray[Any]:
    """For each of so many places the value of the span, sorted and apart, that holds it; 0 or False where none does."""
    held = np.zeros(2 * len(spans) + 1, np.asarray(values).dtype)
    held[1::2] = values
    edges = np.concatenate([[0], spans.ravel(), [size]])
    return np.repeat(held, np.diff(edges))


def none_of(places: Offsets, spans: Spans) -> Flags:
    """For each span, whether none of the places, which are sorted, stands in it."""
    free: Flags = np.searchsorted(places, spans[:, 0]) == np.searchsorted(places, spans[:, 1])
    return free


def none_in(spans: Spans, others: Spans) -> Flags:
    """For each of the others, whether it overlaps none of the spans, which are sorted and apart."""
    free: Flags = np.searchsorted(spans[:, 0], others[:, 1]) == np.searchsorted(spans[:, 1], others[:, 0], "right")
    return free
