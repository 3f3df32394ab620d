"""P-values: how often blocks dealt out at random set a word as far apart as the texts do.

All blocks of the texts are thrown together and as many as the first text has are drawn from them. A word's log ratio is
then as far from 0 as observed, or farther, in some of the permutations (Mildenberger 2023: p = (1+#)/(1+B)).

Given the size dealt to the first text, the log ratio grows with the word's count there. So no logarithm is taken: with
the permutations in order of that size, each count is extreme up to some place in this order, or from some place on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from analysis.measure import keyness

if TYPE_CHECKING:
    from analysis.measure.contrast import Member

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Counts = npt.NDArray[np.signedinteger[Any]]

# Words compared together: 128 × 2,000 × 2 bytes stay in the processor's cache.
BATCH = 128
# Counts held at once while the blocks of all speeches are dealt out: 64 MB.
MOST_COUNTS = 16_000_000
# Tickets of so many more blocks than wanted are gathered before the smallest are picked: 2,000 × 2,000 × 12 bytes.
MORE_BLOCKS = 2_000
# Counts are whole numbers; this keeps a tie a tie in spite of rounding.
TIE = 1e-4


def of_pair(
    members: "tuple[Member, Member]", tickets: tuple[Floats, Floats], words: Integers, n: tuple[Integers, Integers]
) -> Floats:
    """P of some words of two speeches, which have `n` of them; `tickets`: a number per permutation and block."""
    from scipy.sparse import hstack

    from analysis.measure.contrast import lines, times

    a, b = members
    pool = np.hstack(tickets)
    # The largest winning ticket of each permutation, when as many blocks win as the first speech has.
    last = np.partition(pool, len(a.sizes) - 1, axis=1)[:, [len(a.sizes) - 1]]
    won = pool <= last
    sizes = won @ np.concatenate([a.sizes, b.sizes]).astype(np.float64)
    order = np.argsort(sizes, kind="stable")
    dealt = np.ascontiguousarray(won[order].T, dtype=np.result_type(a.table, b.table))
    table = hstack([_lines(m, *lines(m, words)) for m in members], format="csr")

    def counts(here: Integers) -> Counts:
        return times(table[here], dealt)

    found = exceeding(counts, sizes[order], (*n, a.size, b.size))
    return np.asarray((1 + np.minimum(found, len(pool))) / (1 + len(pool)))


def of_rests(members: "Sequence[Member]", chosen: Mapping[str, Integers], total: Integers) -> dict[str, Floats]:
    """P of each speech against the others, from one shuffle of all blocks: a speech of k blocks is dealt the first k."""
    if not members:
        return {}
    ordered = sorted(members, key=lambda m: m.speech)
    used = np.unique(np.concatenate(list(chosen.values())))
    table, sizes = _all_blocks(ordered, used)
    order = _shuffled(ordered, max(len(m.sizes) for m in ordered))
    hits = {speech: np.zeros(len(words), dtype=np.int64) for speech, words in chosen.items()}
    for start in range(0, len(order), max(1, MOST_COUNTS // max(len(used), 1))):
        for m, counts, dealt in _prefixes(ordered, order[start : start + max(1, MOST_COUNTS // max(len(used), 1))], table, sizes):
            words = chosen[m.speech]
            n, by_size, at = m.counts(words), np.argsort(dealt, kind="stable"), np.searchsorted(used, words)
            mine = np.ascontiguousarray(counts[:, at][by_size].T)
            observed = (n, total[words] - n, m.size, int(sizes.sum()) - m.size)
            hits[m.speech] += exceeding(mine.__getitem__, dealt[by_size], observed)
    return {speech: (1 + np.minimum(found, len(order))) / (1 + len(order)) for speech, found in hits.items()}


def exceeding(counts: Callable[[Integers], Counts], sizes: Floats, observed: tuple[Integers, Integers, int, int]) -> Integers:
    """In how many permutations the log ratio lies as far from 0 as observed, or farther.

    counts: n of some words (by place) in the blocks dealt to the first text, by permutation; sizes: what these blocks
    come to, in ascending order. Words with the same two counts share their limits.
    """
    a, b, *total = observed
    hits = np.zeros(len(a), dtype=np.int64)
    order = np.lexsort((b, a))
    for start in range(0, len(order), BATCH):
        here = order[start : start + BATCH]
        (n, n_ref), which = np.unique(np.array([a[here], b[here]]), axis=1, return_inverse=True)
        dealt = counts(here)
        least, most = limits(n, n_ref, total=(total[0], total[1]), sizes=sizes)
        which = which.ravel()
        hits[here] = _count(dealt >= least[which]) + _count(dealt <= most[which])
    return hits


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


def _lines(m: "Member", line: Integers, has: npt.NDArray[np.bool_]) -> Any:
    """Lines of a speech's table, empty ones for words it lacks."""
    from scipy.sparse import csr_array

    own = m.table[line[has]]
    pointers = np.concatenate([[0], np.cumsum(np.where(has, np.diff(m.table.indptr)[line], 0) if len(m.words) else has)])
    return csr_array((own.data, own.indices, pointers), shape=(len(line), len(m.sizes)))


# --- one shuffle for all speeches ------------------------------------------------------------------------------------


def _all_blocks(members: "Sequence[Member]", used: Integers) -> tuple[Any, Integers]:
    """n by block of the corpus and word, and the sizes of the blocks."""
    from scipy.sparse import csr_array, vstack

    parts = []
    for m in members:
        kept = np.isin(m.words, used, assume_unique=True)
        by_word = m.table[np.flatnonzero(kept)].tocoo()
        column = np.searchsorted(used, m.words[kept])[by_word.coords[0]]
        shape = (len(m.sizes), len(used))
        parts.append(csr_array((by_word.data.astype(np.int32), (by_word.coords[1], column)), shape=shape))
    return vstack(parts, format="csr"), np.concatenate([m.sizes for m in members])


def _shuffled(members: "Sequence[Member]", most: int) -> npt.NDArray[np.int32]:
    """Numbers of the first `most` blocks of the corpus in each permutation, in the order of their tickets."""
    tickets: list[Floats] = []
    blocks: list[npt.NDArray[np.int32]] = []
    first, held = 0, 0
    for m in members:
        tickets.append(m.tickets())
        number = np.arange(first, first + len(m.sizes), dtype=np.int32)
        blocks.append(np.broadcast_to(number, tickets[-1].shape))
        first, held = first + len(m.sizes), held + len(m.sizes)
        if held > most + MORE_BLOCKS:
            one, other = _smallest(np.hstack(tickets), np.hstack(blocks), most)
            tickets, blocks, held = [one], [other], most
    pool, numbers = np.hstack(tickets), np.hstack(blocks)
    if most < pool.shape[1]:
        pool, numbers = _smallest(pool, numbers, most)
    return np.take_along_axis(numbers, np.argsort(pool, axis=1), axis=1)


def _smallest(
    tickets: Floats, blocks: npt.NDArray[np.int32], most: int
) -> tuple[Floats, npt.NDArray[np.int32]]:
    nearest = np.argpartition(tickets, most - 1, axis=1)[:, :most]
    return np.take_along_axis(tickets, nearest, axis=1), np.take_along_axis(blocks, nearest, axis=1)


def _prefixes(
    members: "Sequence[Member]", order: npt.NDArray[np.int32], table: Any, sizes: Integers
) -> "Iterator[tuple[Member, Counts, Floats]]":
    """For each speech, shortest first: n by permutation and word, and size, of the blocks it is dealt."""
    from scipy.sparse import csr_array

    n_permutations = len(order)
    counts = np.zeros((n_permutations, table.shape[1]), dtype=np.int32)
    dealt, taken = np.zeros(n_permutations), 0
    for m in sorted(members, key=lambda m: len(m.sizes)):
        more = order[:, taken : len(m.sizes)]
        if more.size:
            pointers = np.arange(n_permutations + 1) * more.shape[1]
            draw = csr_array((np.ones(more.size, np.int32), more.ravel(), pointers), shape=(n_permutations, len(sizes)))
            drawn = (draw @ table).tocoo()
            # The product names each cell once; where blocks are few it fills a small part of all words.
            counts[drawn.coords[0], drawn.coords[1]] += drawn.data
            dealt, taken = dealt + sizes[more].sum(axis=1), len(m.sizes)
        yield m, counts, dealt
