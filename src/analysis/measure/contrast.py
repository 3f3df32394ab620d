"""Pairs of texts by resampling: intervals of log ratios and permutation p-values, for all words at once.

Every speech is resampled once; its resampled rates serve against each other speech. A pair is computed once, for the
other direction the sign is swapped. Words are taken some hundred at a time, so memory does not grow with the vocabulary.
It knows words by number only; `keywords` names them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.measure import keyness
from analysis.measure.resampling import Singles, lottery, percentiles, stream, weights

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# Words taken together: 512 words × 2000 resamples × 4 bytes is 4 MB per speech.
CHUNK = 512
# A matrix with fewer than one filled cell in so many is kept sparse: from about there on sparse products are faster.
SPARSE = 12
# Random numbers held at once for the permutations of `rest`.
MOST_TICKETS = 8_000_000
TOP = 20
# Counts are whole numbers; this keeps a tie a tie in spite of rounding.
TIE = 1e-4
# Only words that rank this high by G² can reach the top 20 of a resample, near enough.
CANDIDATES = 100


@dataclass(frozen=True, eq=False)
class Member:
    """One speech: n by word, n by word and block as (word, block, n), block sizes; draws and tickets, blocks × resamples."""

    speech: str
    n: Integers
    cells: tuple[Integers, Integers, Integers] = field(repr=False)
    sizes: Integers
    drawn: Singles = field(repr=False)
    tickets: Floats = field(repr=False)

    @property
    def size(self) -> int:
        return int(self.sizes.sum())

    @cached_property
    def drawn_sizes(self) -> Floats:
        """Han characters of each resample."""
        return np.asarray(self.sizes.astype(np.float64) @ self.drawn)

    def block(self, first: int, last: int) -> Any:
        """n of the words first … last − 1 by block, sparse where most of it is 0."""
        low, high = np.searchsorted(self.cells[0], [first, last])
        word, block, n = (column[low:high] for column in self.cells)
        return _matrix(word - first, block, n.astype(np.float32), (last - first, len(self.sizes)))

    def resampled(self, first: int, last: int) -> Singles:
        """n of the words first … last − 1 in each resample."""
        return np.asarray(self.block(first, last) @ self.drawn, dtype=np.float32)

    def resampled_words(self, words: Integers) -> Singles:
        """n of any words in each resample."""
        place = np.full(len(self.n), -1, dtype=np.int64)
        place[words] = np.arange(len(words))
        at = place[self.cells[0]]
        block, n = self.cells[1][at >= 0], self.cells[2][at >= 0].astype(np.float32)
        matrix = _matrix(at[at >= 0], block, n, (len(words), len(self.sizes)))
        return np.asarray(matrix @ self.drawn, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Contrast:
    """Words compared (their numbers), with interval and p; all as seen from the first text."""

    words: Integers
    low: Floats
    high: Floats
    p: Floats

    def swapped(self) -> "Contrast":
        """The same as seen from the second text."""
        return Contrast(self.words, -self.high, -self.low, self.p)


def _matrix(word: Integers, block: Integers, n: Singles, shape: tuple[int, int]) -> Any:
    """Counts as a matrix, sparse where few cells are filled: then it multiplies faster."""
    if SPARSE * len(n) < shape[0] * shape[1]:
        from scipy.sparse import csr_array

        return csr_array((n, (word, block)), shape=shape)
    dense = np.zeros(shape, dtype=np.float32)
    dense[word, block] = n
    return dense


def member(
    speech: str, cells: tuple[Integers, Integers, Integers], sizes: Integers, *, n_words: int, resamples: int, seed: int
) -> Member:
    """A speech with its draws, from its own random stream; the first draws are those of `frequencies`."""
    order = np.argsort(cells[0], kind="stable")
    word, block, n = (column[order] for column in cells)
    rng = stream(seed, speech)
    return Member(
        speech=speech,
        n=np.bincount(word, weights=n, minlength=n_words).astype(np.int64),
        cells=(word, block, n),
        sizes=sizes,
        drawn=np.ascontiguousarray(weights(len(sizes), resamples, rng).T),
        tickets=np.ascontiguousarray(lottery(len(sizes), resamples, rng).T),
    )


def pairs(members: Sequence[Member], minimum: int) -> dict[tuple[str, str], Contrast]:
    """Each speech against each other one: words that have `minimum` occurrences in both together."""
    ordered = sorted(members, key=lambda m: m.speech)
    couples = [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]]
    cut = {(a.speech, b.speech): _deal(a, b) for a, b in couples}
    sizes = {(a.speech, b.speech): _chosen_sizes(a, b, cut[a.speech, b.speech]) for a, b in couples}
    parts: dict[tuple[str, str], list[Contrast]] = {key: [] for key in cut}
    for first, last in _chunks(len(members[0].n) if members else 0):
        logs = {m.speech: _log_rates(m.resampled(first, last), m.drawn_sizes) for m in members}
        blocks = {m.speech: m.block(first, last) for m in members}
        for a, b in couples:
            words = _shared(a.n[first:last], b.n[first:last], minimum)
            if not len(words):
                continue
            differences = logs[a.speech][words]
            differences -= logs[b.speech][words]
            low, high = _ends(differences, _varies(a) and _varies(b))
            chosen = _chosen((blocks[a.speech][words], blocks[b.speech][words]), (a, b), cut[a.speech, b.speech])
            observed = (a.n[first:last][words], b.n[first:last][words], a.size, b.size)
            p = _p_values(chosen, sizes[a.speech, b.speech], observed)
            parts[a.speech, b.speech].append(Contrast(words + first, low, high, p))
    joined = {key: _joined(found) for key, found in parts.items()}
    return joined | {(b, a): contrast.swapped() for (a, b), contrast in joined.items()}


def rests(members: Sequence[Member], minimum: int, *, least_expected: float = 0) -> dict[str, Contrast]:
    """Each speech against all others together. Words it lacks must be expected `least_expected` times."""
    total = np.sum([m.n for m in members], axis=0)
    size = sum(m.size for m in members)
    chosen = {}
    for m in members:
        lacking = (m.n == 0) & (total * (m.size / max(size, 1)) < least_expected)
        chosen[m.speech] = np.flatnonzero((total >= minimum) & ~lacking)
    ends = _rest_ends(members, chosen)
    p = _rest_p(members, chosen)
    return {speech: Contrast(words, *ends[speech], p[speech]) for speech, words in chosen.items()}


def against_fixed(m: Member, words: Integers, n_ref: Integers, size_ref: int) -> Contrast:
    """A speech against counts that have no blocks: only the speech varies, and nothing can be dealt out anew."""
    drawn_sizes = m.drawn_sizes
    fixed = np.log2(n_ref + keyness.SMOOTHING) - np.log2(size_ref + 2 * keyness.SMOOTHING)
    low, high = np.empty(len(words)), np.empty(len(words))
    for first, last in _chunks(len(m.n)):
        here = (words >= first) & (words < last)
        if here.any():
            logs = _log_rates(m.resampled(first, last)[words[here] - first], drawn_sizes)
            low[here], high[here] = _ends(logs, _varies(m))
    return Contrast(words, low - fixed, high - fixed, np.full(len(words), np.nan))


def stability(m: Member, words: Integers, other: tuple[npt.NDArray[Any], npt.NDArray[Any]]) -> Floats:
    """Share of resamples in which each of `words` is among their top 20 by signed G².

    `other`: occurrences (words × resamples, or words × 1) and size (by resample, or one) of the reference.
    """
    if not len(words):
        return np.zeros(0)
    drawn, (b, d) = m.resampled_words(words), other
    scores = keyness.signed(keyness.g2(drawn, b, m.drawn_sizes, d), drawn, b, m.drawn_sizes, d)
    nth = np.sort(scores, axis=0)[-min(TOP, len(words))]
    return np.asarray(((scores >= nth) & (scores > 0)).mean(axis=1))


def candidates(signed_g2: Floats) -> Integers:
    """Places of the words with the largest signed G², which alone can reach the top, in order of place."""
    return np.sort(np.argsort(-signed_g2, kind="stable")[:CANDIDATES]).astype(np.int64)


def _chunks(n_words: int) -> Iterator[tuple[int, int]]:
    for first in range(0, n_words, CHUNK):
        yield first, min(first + CHUNK, n_words)


def _shared(a: Integers, b: Integers, minimum: int) -> Integers:
    return np.flatnonzero(a + b >= minimum)


def _varies(m: Member) -> bool:
    """With one block every resample is the same: nothing can be said of the variation."""
    return len(m.sizes) > 1


def _log_rates(n: Singles, sizes: Floats) -> Singles:
    """log2 of smoothed rates, in single precision: seven digits, at a third of the time."""
    logs = np.log2(n + np.float32(keyness.SMOOTHING))
    logs -= np.log2(sizes + 2 * keyness.SMOOTHING).astype(np.float32)
    return np.asarray(logs, dtype=np.float32)


def _ends(differences: Singles, varies: bool) -> tuple[Floats, Floats]:
    if not varies:
        return np.full(len(differences), np.nan), np.full(len(differences), np.nan)
    return percentiles(differences)


def _joined(parts: list[Contrast]) -> Contrast:
    if not parts:
        return Contrast(np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0))
    return Contrast(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("words", "low", "high", "p")))


# --- permutation -----------------------------------------------------------------------------------------------------


def _deal(a: Member, b: Member) -> Floats:
    """For each permutation the largest winning ticket, when as many blocks win as `a` has."""
    place = len(a.sizes) - 1
    return np.asarray(np.partition(np.vstack([a.tickets, b.tickets]), place, axis=0)[place])


def _chosen(counts: tuple[Any, Any], members: tuple[Member, Member], dealt: Floats) -> Singles:
    """n of each word in the blocks dealt to the first text, by permutation."""
    in_a, in_b = (n @ _won(m, dealt) for n, m in zip(counts, members, strict=True))
    return np.asarray(in_a + in_b, dtype=np.float32)


def _chosen_sizes(a: Member, b: Member, dealt: Floats) -> Floats:
    """Han characters dealt to the first text, by permutation."""
    return np.asarray(sum(m.sizes.astype(np.float64) @ _won(m, dealt) for m in (a, b)))


def _won(m: Member, dealt: Floats) -> Singles:
    """1 for each block that goes to the first text, by block and permutation."""
    return (m.tickets <= dealt).astype(np.float32)


def _p_values(chosen: Singles, sizes: Floats, observed: tuple[Integers, Integers, int, int]) -> Floats:
    return np.asarray((1 + np.minimum(_exceeding(chosen, sizes, observed), len(sizes))) / (1 + len(sizes)))


def _exceeding(chosen: Singles, sizes: Floats, observed: tuple[Integers, Integers, int, int]) -> Integers:
    """In how many permutations the log ratio lies as far from 0 as observed, or farther.

    Given the size dealt to the first text, the log ratio grows with the word's count there; so the permutations are
    compared with a least and a most count, worked out once for all words with the same two counts.
    """
    a, b, c, d = observed
    codes, which = np.unique(a * (b.max(initial=0) + 1) + b, return_inverse=True)
    least, most = _limits(*np.divmod(codes, b.max(initial=0) + 1), total=(c, d), sizes=sizes)
    hits = np.zeros(len(chosen), dtype=np.int64)
    order = np.argsort(which.ravel(), kind="stable")
    ends = np.searchsorted(which.ravel()[order], np.arange(len(codes) + 1))
    sorted_ = chosen[order]
    for limit, beyond, compare in (
        (least, least.min(axis=1) > a.max(initial=0) + b.max(initial=0), np.greater_equal),
        (most, most.max(axis=1) < 0, np.less_equal),
    ):
        mask = np.zeros(sorted_.shape, dtype=bool)
        # Most words are rare, and rare words can be as uneven as observed on one side only.
        for group in np.flatnonzero(~beyond).tolist():
            rows = slice(ends[group], ends[group + 1])
            compare(sorted_[rows], limit[group], out=mask[rows])
        hits[order] += _count_lines(mask)
    return hits


def _count_lines(mask: npt.NDArray[np.bool_]) -> Integers:
    """How many are true in each line; packed into bits, which is several times faster than summing."""
    return np.asarray(np.bitwise_count(np.packbits(mask, axis=1)).sum(axis=1, dtype=np.int64))


def _limits(a: Integers, b: Integers, *, total: tuple[int, int], sizes: Floats) -> tuple[Singles, Singles]:
    """Least and most count in the first text with which the log ratio is as far from 0 as with (a, b).

    With x = a + ½, y = c + 1, F + 1 = a + b + 1 and T + 2 = c + d + 2 the ratio x/y ÷ (F+1−x)/(T+2−y) is r or more
    exactly where x ≥ r·y·(F+1) / (T+2 + (r−1)·y) = (F+1) / ((T+2)/y/r + 1 − 1/r).
    """
    ratio = np.exp2(np.abs(keyness.log_ratio(a, b, *total)))[:, None]
    both, share = (a + b + 1.0)[:, None], ((sum(total) + 2.0) / (sizes + 1.0))[None, :]
    limits = []
    for r, slack in ((ratio, -TIE), (1 / ratio, TIE)):
        limit = share / r
        limit += 1 - 1 / r
        np.divide(both, limit, out=limit)
        limit += slack - keyness.SMOOTHING
        limits.append(limit.astype(np.float32))
    return limits[0], limits[1]


# --- each speech against the rest ------------------------------------------------------------------------------------


def _rest_ends(members: Sequence[Member], chosen: dict[str, Integers]) -> dict[str, tuple[Floats, Floats]]:
    """Intervals of each speech against the others: their draws are added up."""
    ends = {m.speech: (np.full(len(chosen[m.speech]), np.nan), np.full(len(chosen[m.speech]), np.nan)) for m in members}
    all_sizes = np.sum([m.drawn_sizes for m in members], axis=0)
    for first, last in _chunks(len(members[0].n)):
        total = np.zeros((last - first, len(all_sizes)), dtype=np.float32)
        for m in members:
            total += m.resampled(first, last)
        for m in members:
            words = chosen[m.speech]
            here = np.flatnonzero((words >= first) & (words < last))
            if not len(here) or not _varies(m) or not any(_varies(other) for other in members if other is not m):
                continue
            own = m.resampled(first, last)[words[here] - first]
            logs = _log_rates(own, m.drawn_sizes)
            logs -= _log_rates(total[words[here] - first] - own, all_sizes - m.drawn_sizes)
            ends[m.speech][0][here], ends[m.speech][1][here] = percentiles(logs)
    return ends


def _rest_p(members: Sequence[Member], chosen: dict[str, Integers]) -> dict[str, Floats]:
    """P-values of each speech against the others, from one shuffle of all blocks.

    In each permutation the blocks stand in random order; a speech of k blocks is dealt the first k.
    """
    from scipy.sparse import csr_array

    ordered = sorted(members, key=lambda m: m.speech)
    firsts = np.concatenate([[0], np.cumsum([len(m.sizes) for m in ordered])])
    cells = [(m.cells[1] + first, m.cells[0], m.cells[2]) for m, first in zip(ordered, firsts, strict=False)]
    block, word, n = (np.concatenate(column) for column in zip(*cells, strict=True))
    table = csr_array((n.astype(np.float32), (block, word)), shape=(int(firsts[-1]), len(ordered[0].n)))
    sizes = np.concatenate([m.sizes for m in ordered])
    total, resamples = np.sum([m.n for m in members], axis=0), ordered[0].tickets.shape[1]
    hits = {m.speech: np.zeros(len(chosen[m.speech]), dtype=np.int64) for m in members}
    step = max(1, MOST_TICKETS // max(len(sizes), total.size))
    for start in range(0, resamples, step):
        order = _order([m.tickets[:, start : start + step] for m in ordered], max(len(m.sizes) for m in ordered))
        for m, counts, dealt in _prefixes(ordered, order, table, sizes):
            words = chosen[m.speech]
            observed = (m.n[words], total[words] - m.n[words], m.size, int(sizes.sum()) - m.size)
            hits[m.speech] += _exceeding(counts[words], dealt, observed)
    return {speech: (1 + np.minimum(found, resamples)) / (1 + resamples) for speech, found in hits.items()}


def _order(tickets: list[Floats], most: int) -> Integers:
    """Numbers of the first `most` blocks in each permutation, in the order of their tickets."""
    pool = np.vstack(tickets).T
    if most < pool.shape[1]:
        nearest = np.argpartition(pool, most - 1, axis=1)[:, :most]
    else:
        nearest = np.broadcast_to(np.arange(pool.shape[1]), pool.shape)
    by_ticket = np.argsort(np.take_along_axis(pool, nearest, axis=1), axis=1)
    return np.take_along_axis(nearest, by_ticket, axis=1).astype(np.int64)


def _prefixes(
    members: Sequence[Member], order: Integers, table: Any, sizes: Integers
) -> Iterator[tuple[Member, Singles, Floats]]:
    """For each speech, shortest first: n by word and size of the blocks it is dealt, by permutation."""
    from scipy.sparse import csr_array

    n_permutations = len(order)
    counts = np.zeros((n_permutations, table.shape[1]), dtype=np.float32)
    dealt, taken, by_word = np.zeros(n_permutations), 0, counts.T
    for m in sorted(members, key=lambda m: len(m.sizes)):
        more = order[:, taken : len(m.sizes)]
        if more.size:
            pointers = np.arange(n_permutations + 1) * more.shape[1]
            draw = csr_array((np.ones(more.size, np.float32), more.ravel(), pointers), shape=(n_permutations, len(sizes)))
            counts += (draw @ table).toarray()
            dealt = dealt + sizes[more].sum(axis=1)
            taken, by_word = len(m.sizes), np.ascontiguousarray(counts.T)
        yield m, by_word, dealt
