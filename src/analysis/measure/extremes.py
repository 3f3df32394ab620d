"""How often counts that are dealt out at random are as extreme as those observed.

Given the size dealt to the first text, the log ratio grows with the word's count there. So no logarithm is taken: with
the permutations in order of that size, each count is extreme up to some place in this order, or from some place on.
It deals nothing out: that is `permutation`.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.measure import keyness

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Counts = npt.NDArray[np.signedinteger[Any]]
Unsigned = npt.NDArray[np.unsignedinteger[Any]]

# Words compared together: 256 × 2,000 × 2 bytes stay in the processor's cache.
BATCH = 256
# Counts are whole numbers; this keeps a tie a tie in spite of rounding.
TIE = 1e-4


def exceeding(
    counts: Callable[[slice], Counts],
    sizes: Floats,
    observed: tuple[Integers, Integers, int, int],
    *,
    back: Integers | None = None,
    over: Callable[[Callable[[slice], Integers], list[slice]], Iterable[Integers]] = map,
) -> Integers:
    """In how many permutations the log ratio lies as far from 0 as observed, or farther.

    counts: n of a slice of the words in the blocks dealt to the first text, by permutation, to be written over; sizes:
    what these blocks come to, in ascending order; back: the place of each permutation in this order, where `counts` has
    another one; over: how the slices are gone through.
    Words with the same two counts share their limits; they are quickest where such words stand together.
    """
    a, b, *total = observed

    def hits(here: slice) -> Integers:
        new = np.append(True, (np.diff(a[here]) != 0) | (np.diff(b[here]) != 0))
        first, width = between(a[here][new], b[here][new], total=(total[0], total[1]), sizes=sizes)
        if back is not None:
            first, width = first[:, back], width[:, back]
        above, which = counts(here), np.cumsum(new) - 1
        above -= first[which].astype(above.dtype, copy=False)
        # As a number without sign, a count below the first one is larger than any width.
        return len(sizes) - _count(_unsigned(above) < width[which])

    slices = [slice(start, min(start + BATCH, len(a))) for start in range(0, len(a), BATCH)]
    return np.concatenate([*over(hits, slices), np.zeros(0, dtype=np.int64)])


def between(a: Integers, b: Integers, *, total: tuple[int, int], sizes: Floats) -> tuple[Counts, Unsigned]:
    """The first count that is not extreme, and how many follow it up to the next extreme one, by word and size dealt."""
    least, most = limits(a, b, total=total, sizes=sizes)
    most += 1
    return most, _unsigned(np.maximum(least - most, 0))


def _unsigned(counts: Counts) -> Unsigned:
    return counts.view(np.dtype(f"u{counts.itemsize}"))


def limits(a: Integers, b: Integers, *, total: tuple[int, int], sizes: Floats) -> tuple[Counts, Counts]:
    """Least and most count in the first text, by word and size dealt, with which the log ratio is as far from 0 as with (a, b).

    With x = k + ½ for a count k, y = size + 1, F + 1 = a + b + 1 and T + 2 = c + d + 2 the ratio x/y ÷ (F+1−x)/(T+2−y) is
    r or more exactly where y ≤ x·(T+2) / (x + r·(F+1−x)). So each count is enough up to some place among the sizes.
    """
    ratio = np.exp2(np.abs(keyness.log_ratio(a, b, *total)))
    runs = a + b + 1
    word = np.repeat(np.arange(len(a)), runs)
    k = np.arange(len(word)) - np.repeat(np.cumsum(runs) - runs, runs)
    both, r, t = (a + b + 1.0)[word], ratio[word], sum(total) + 2.0

    def largest(x: Floats, r: Floats) -> Floats:
        return np.asarray(x * t / (x + r * (both - x)) - 1)

    enough_until = np.searchsorted(sizes, largest(k + keyness.SMOOTHING + TIE, r), side="right")
    little_from = np.searchsorted(sizes, largest(k + keyness.SMOOTHING - TIE, 1 / r), side="left")
    return _steps(enough_until, runs, len(sizes)), _steps(little_from, runs, len(sizes)) - 1


def _steps(places: Integers, runs: Integers, width: int) -> Counts:
    """For each word (`runs` ascending places of its own) how many of them lie at or before each of `width` columns."""
    first = np.cumsum(runs + 1) - runs - 1
    value = np.arange(int(runs.sum()) + len(runs)) - np.repeat(first, runs + 1)
    ends = np.full(len(value), width)
    ends[value < np.repeat(runs, runs + 1)] = places
    starts = np.roll(ends, 1)
    starts[first] = 0
    small = np.int16 if int(runs.max(initial=0)) < 2**14 else np.int32
    return np.repeat(value.astype(small), ends - starts).reshape(len(runs), width)


def _count(mask: npt.NDArray[np.bool_]) -> Integers:
    """How many are true in each line; packed into bits, which is several times faster than summing."""
    return np.asarray(np.bitwise_count(np.packbits(mask, axis=1)).sum(axis=1, dtype=np.int64))
