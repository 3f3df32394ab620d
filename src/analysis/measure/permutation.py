"""P-values: how often blocks dealt out at random set a word as far apart as the texts do.

All blocks of the texts are thrown together and as many as the first text has are drawn from them. A word's log ratio is
then as far from 0 as observed, or farther, in some of the permutations (Mildenberger 2023: p = (1+#)/(1+B)).
`extremes` says which counts are as far; this module deals the blocks out and counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.measure.extremes import exceeding
from analysis.measure.member import Member, lines, times
from analysis.measure.threads import threaded

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Counts = npt.NDArray[np.signedinteger[Any]]

# Counts held at once while the blocks of all speeches are dealt out: 64 MB.
MOST_COUNTS = 16_000_000
# Tickets of so many more blocks than wanted are gathered before the smallest are picked: 2,000 × 2,000 × 12 bytes.
MORE_BLOCKS = 2_000


def of_pair(
    members: tuple[Member, Member], tickets: tuple[Floats, Floats], words: Integers, n: tuple[Integers, Integers]
) -> Floats:
    """P of some words of two speeches, which have `n` of them; `tickets`: a number per permutation and block."""
    from scipy.sparse import hstack

    a, b = members
    pool = np.hstack(tickets)
    # The largest winning ticket of each permutation, when as many blocks win as the first speech has.
    last = np.partition(pool, len(a.sizes) - 1, axis=1)[:, [len(a.sizes) - 1]]
    won = pool <= last
    sizes = np.asarray(won @ np.concatenate([a.sizes, b.sizes]), dtype=np.float64)
    in_order = np.argsort(sizes, kind="stable")
    dealt = np.ascontiguousarray(won[in_order].T, dtype=np.result_type(a.table, b.table))
    order = np.lexsort(n)
    table = hstack([_lines(m, *lines(m, words[order])) for m in members], format="csr")
    observed = (n[0][order], n[1][order], a.size, b.size)
    hits = np.empty(len(words), dtype=np.int64)
    hits[order] = exceeding(lambda here: times(table[here], dealt), sizes[in_order], observed)
    return np.asarray((1 + np.minimum(hits, len(pool))) / (1 + len(pool)))


def of_rests(members: Sequence[Member], chosen: Mapping[str, Integers], total: Integers) -> dict[str, Floats]:
    """P of each speech against the others, from one shuffle of all blocks: a speech of k blocks is dealt the first k."""
    if not members:
        return {}
    ordered = sorted(members, key=lambda m: m.speech)
    used = np.unique(np.concatenate(list(chosen.values())))
    table, sizes = _all_blocks(ordered, used)
    shuffled = _shuffled(ordered, max(len(m.sizes) for m in ordered))
    hits = {speech: np.zeros(len(words), dtype=np.int64) for speech, words in chosen.items()}
    step = max(1, MOST_COUNTS // max(len(used), 1))
    for start in range(0, len(shuffled), step):
        for m, counts, dealt in _prefixes(ordered, shuffled[start : start + step], table, sizes):
            hits[m.speech] += _rest_hits(m, (chosen[m.speech], total, int(sizes.sum())), (used, counts, dealt))
    return {speech: (1 + np.minimum(found, len(shuffled))) / (1 + len(shuffled)) for speech, found in hits.items()}


def _rest_hits(m: Member, observed: tuple[Integers, Integers, int], dealt: tuple[Integers, Counts, Floats]) -> Integers:
    """Permutations as uneven as observed, for the words of one speech against the others."""
    (words, total, size), (used, counts, sizes) = observed, dealt
    n = m.counts(words)
    n_ref = total[words] - n
    order = np.lexsort((n, n_ref))
    line = np.searchsorted(used, words[order])
    in_order = np.argsort(sizes, kind="stable")
    hits = np.empty(len(words), dtype=np.int64)
    back = np.empty_like(in_order)
    back[in_order] = np.arange(len(in_order))
    observed_ = (n[order], n_ref[order], m.size, size - m.size)
    hits[order] = exceeding(lambda here: counts[line[here]], sizes[in_order], observed_, back=back, over=threaded)
    return hits


def _lines(m: Member, line: Integers, has: npt.NDArray[np.bool_]) -> Any:
    """Lines of a speech's table, empty ones for words it lacks."""
    from scipy.sparse import csr_array

    own = m.table[line[has]]
    pointers = np.concatenate([[0], np.cumsum(np.where(has, np.diff(m.table.indptr)[line], 0) if len(m.words) else has)])
    return csr_array((own.data, own.indices, pointers), shape=(len(line), len(m.sizes)))


# --- one shuffle for all speeches ------------------------------------------------------------------------------------


def _all_blocks(members: Sequence[Member], used: Integers) -> tuple[Any, Integers]:
    """n by word and block of the corpus, and the sizes of the blocks."""
    from scipy.sparse import csr_array

    words, blocks, counts, first = [], [], [], 0
    for m in members:
        kept = np.flatnonzero(np.isin(m.words, used, assume_unique=True))
        cells = m.table[kept].tocoo()
        words.append(np.searchsorted(used, m.words[kept]).astype(np.int32)[cells.coords[0]])
        blocks.append((cells.coords[1] + first).astype(np.int32))
        counts.append(cells.data.astype(np.int32))
        first += len(m.sizes)
    where = np.concatenate(words), np.concatenate(blocks)
    table = csr_array((np.concatenate(counts), where), shape=(len(used), first))
    return table, np.concatenate([m.sizes for m in members])


def _shuffled(members: Sequence[Member], most: int) -> npt.NDArray[np.int32]:
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


def _smallest(tickets: Floats, blocks: npt.NDArray[np.int32], most: int) -> tuple[Floats, npt.NDArray[np.int32]]:
    nearest = np.argpartition(tickets, most - 1, axis=1)[:, :most]
    return np.take_along_axis(tickets, nearest, axis=1), np.take_along_axis(blocks, nearest, axis=1)


def _prefixes(
    members: Sequence[Member], order: npt.NDArray[np.int32], table: Any, sizes: Integers
) -> Iterator[tuple[Member, Counts, Floats]]:
    """For each speech, shortest first: n by word and permutation, and size, of the blocks it is dealt."""
    from scipy.sparse import csc_array

    n_permutations = len(order)
    counts = np.zeros((table.shape[0], n_permutations), dtype=np.int32)
    dealt, taken = np.zeros(n_permutations), 0
    for m in sorted(members, key=lambda m: len(m.sizes)):
        more = order[:, taken : len(m.sizes)]
        if more.size:
            pointers = np.arange(n_permutations + 1) * more.shape[1]
            draw = csc_array((np.ones(more.size, np.int32), more.ravel(), pointers), shape=(len(sizes), n_permutations))
            drawn = (table @ draw).tocoo()
            # The product names each cell once; where few blocks are added it fills a small part of all.
            counts[drawn.coords[0], drawn.coords[1]] += drawn.data
            dealt, taken = dealt + sizes[more].sum(axis=1), len(m.sizes)
        yield m, counts, dealt
