"""Pairs of texts by resampling: the intervals of their log ratios, for all words at once.

Every speech is resampled once; its resampled rates serve against each other speech. A pair is computed once, for the
other direction the sign is swapped. It knows words by number only; `keywords` names them, `permutation` finds p.

Memory does not grow with the corpus: a speech keeps its counts, its draws are made again from its own random stream
where they are wanted, and words are taken some thousand at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.measure import keyness
from analysis.measure.resampling import Singles, lottery, percentiles, stream, weights

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# Lines of 2,000 resampled numbers held at once while words are compared: 16,384 × 2,000 × 4 bytes are 131 MB.
LINES = 16_384
# Lines worked on together, which then stay in the processor's cache: 64 × 2,000 × 4 bytes are 512 kB.
BATCH = 64
# A matrix with fewer than one filled cell in so many is kept sparse: from about there on sparse products are faster.
SPARSE = 12
TOP = 20


@dataclass(frozen=True, eq=False)
class Member:
    """One speech: the numbers of its words in order, n by word and block, the sizes of its blocks."""

    speech: str
    words: Integers
    table: Any = field(repr=False)
    sizes: Integers = field(repr=False)
    resamples: int
    seed: int

    @cached_property
    def size(self) -> int:
        """Han characters of the speech."""
        return int(self.sizes.sum())

    @cached_property
    def n(self) -> Integers:
        """Occurrences of its words."""
        return np.asarray(self.table.sum(axis=1), dtype=np.int64).ravel()

    @property
    def varies(self) -> bool:
        """With one block every resample is the same: nothing can be said of the variation."""
        return len(self.sizes) > 1

    def counts(self, words: Integers) -> Integers:
        """Occurrences of any words; 0 for those it lacks."""
        return spread(self, self.n, words)

    def drawn(self) -> npt.NDArray[Any]:
        """How often each block is drawn, blocks × resamples; the same draws as those of `frequencies`."""
        drawn = weights(len(self.sizes), self.resamples, stream(self.seed, self.speech))
        return np.ascontiguousarray(drawn.T, dtype=self.table.dtype)

    def tickets(self) -> Floats:
        """A lottery ticket per permutation and block; they come after the draws in the random stream."""
        rng = stream(self.seed, self.speech)
        weights(len(self.sizes), self.resamples, rng)
        return lottery(len(self.sizes), self.resamples, rng)

    def drawn_sizes(self, drawn: npt.NDArray[Any]) -> Floats:
        """Han characters of each resample."""
        return np.asarray(self.sizes.astype(np.float64) @ drawn)


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


def member(speech: str, cells: tuple[Integers, Integers, Integers], sizes: Integers, *, resamples: int, seed: int) -> Member:
    """A speech from its cells (word, block, n), each word and block once."""
    from scipy.sparse import csr_array

    word, block, n = cells
    words, line = np.unique(word, return_inverse=True)
    table = csr_array((n.astype(_whole(n, sizes)), (line.ravel(), block)), shape=(len(words), len(sizes)))
    return Member(speech, words, table, sizes, resamples, seed)


def _whole(n: Integers, sizes: Integers) -> type[np.signedinteger[Any]]:
    """Whole numbers that hold any sum a resample or a permutation can give; short ones are added several times faster."""
    return np.int16 if int(n.sum()) < 2**14 and int(n.max(initial=0)) * len(sizes) < 2**14 else np.int32


def spread(m: Member, values: npt.NDArray[Any], words: Integers, default: float = 0) -> npt.NDArray[Any]:
    """Values of the words of a speech at any words; `default` at those it lacks."""
    found = np.full(len(words), default, dtype=values.dtype)
    line, has = lines(m, words)
    found[has] = values[line[has]]
    return found


def lines(m: Member, words: Integers) -> tuple[Integers, npt.NDArray[np.bool_]]:
    """The line of each word in the speech's own table, and whether it has the word."""
    line = np.minimum(np.searchsorted(m.words, words), max(len(m.words) - 1, 0))
    return line, (m.words[line] == words) if len(m.words) else np.zeros(len(words), dtype=bool)


def times(table: Any, drawn: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """n by word and resample, of n by word and block and how often each block is drawn."""
    if SPARSE * table.nnz < table.shape[0] * table.shape[1]:
        return np.asarray(table @ drawn)
    product = table.toarray().astype(np.float32) @ drawn.astype(np.float32)
    return np.asarray(product, dtype=drawn.dtype)


def resampled(m: Member, words: Integers, drawn: npt.NDArray[Any]) -> Singles:
    """n of any words in each resample."""
    found = np.zeros((len(words), drawn.shape[1]), dtype=np.float32)
    line, has = lines(m, words)
    found[has] = times(m.table[line[has]], drawn)
    return found


def totals(members: Sequence[Member], n_words: int) -> Integers:
    """Occurrences of each word in all speeches."""
    total = np.zeros(n_words, dtype=np.int64)
    for m in members:
        total[m.words] += m.n
    return total


# --- each speech against each other ----------------------------------------------------------------------------------


def pairs(members: Sequence[Member], n_words: int, minimum: int) -> dict[tuple[str, str], Contrast]:
    """Each speech against each other one: words that have `minimum` occurrences in both together."""
    from analysis.measure import permutation

    ordered = sorted(members, key=lambda m: m.speech)
    n = np.array([m.counts(np.arange(n_words)) for m in ordered]).reshape(len(ordered), n_words)
    tickets = [m.tickets() for m in ordered]
    couples = [(i, j) for i in range(len(ordered)) for j in range(i + 1, len(ordered))]
    words = {(i, j): np.flatnonzero(n[i] + n[j] >= minimum) for i, j in couples}
    ends = _pair_ends(ordered, words, n_words)
    found: dict[tuple[str, str], Contrast] = {}
    for i, j in couples:
        a, b = ordered[i], ordered[j]
        p = permutation.of_pair((a, b), (tickets[i], tickets[j]), words[i, j], (n[i][words[i, j]], n[j][words[i, j]]))
        found[a.speech, b.speech] = Contrast(words[i, j], *ends[i, j], p)
        found[b.speech, a.speech] = found[a.speech, b.speech].swapped()
    return found


Ends = dict[tuple[int, int], tuple[Floats, Floats]]


def _pair_ends(members: Sequence[Member], words: Mapping[tuple[int, int], Integers], n_words: int) -> Ends:
    ends = {couple: (np.full(len(chosen), np.nan), np.full(len(chosen), np.nan)) for couple, chosen in words.items()}
    drawn = [m.drawn() for m in members]
    for first, last in _stretches(members, n_words):
        rates = [_own_log_rates(m, draw, (first, last)) for m, draw in zip(members, drawn, strict=True)]
        for (i, j), chosen in words.items():
            if not (members[i].varies and members[j].varies):
                continue
            low, high = np.searchsorted(chosen, [first, last])
            for start in range(int(low), int(high), BATCH):
                here = slice(start, min(start + BATCH, int(high)))
                at = chosen[here] - first
                differences = rates[i][1][rates[i][0][at]]
                differences -= rates[j][1][rates[j][0][at]]
                ends[i, j][0][here], ends[i, j][1][here] = percentiles(differences)
    return ends


def _stretches(members: Sequence[Member], n_words: int) -> Iterator[tuple[int, int]]:
    """Stretches of the vocabulary of which the speeches together have no more than LINES words, each its own."""
    held = np.zeros(n_words, dtype=np.int64)
    for m in members:
        held[m.words] += 1
    which = np.cumsum(held) // LINES
    if n_words:
        yield from pairwise(np.flatnonzero(np.diff(which, prepend=-1, append=-1)).tolist())


def _own_log_rates(m: Member, drawn: Any, stretch: tuple[int, int]) -> tuple[Integers, Singles]:
    """The line of each word of a stretch, and the lines of log rates; all words the speech lacks share the last line."""
    low, high = np.searchsorted(m.words, stretch)
    at = np.full(stretch[1] - stretch[0], high - low, dtype=np.int64)
    at[m.words[low:high] - stretch[0]] = np.arange(high - low)
    n = np.zeros((high - low + 1, drawn.shape[1]), dtype=np.float32)
    for start in range(0, high - low, BATCH):
        stop = min(start + BATCH, high - low)
        n[start:stop] = times(m.table[low + start : low + stop], drawn)
    return at, _log_rates(n, m.drawn_sizes(drawn))


def _log_rates(n: Singles, sizes: Floats) -> Singles:
    """log2 of smoothed rates, in single precision: seven digits, at a third of the time; writes over `n`."""
    n += np.float32(keyness.SMOOTHING)
    np.log2(n, out=n)
    n -= np.log2(sizes + 2 * keyness.SMOOTHING).astype(np.float32)
    return n


# --- each speech against the rest, and against fixed counts ----------------------------------------------------------


def rests(members: Sequence[Member], n_words: int, minimum: int, *, least_expected: float = 0) -> dict[str, Contrast]:
    """Each speech against all others together. Words it lacks must be expected `least_expected` times."""
    from analysis.measure import permutation

    total = totals(members, n_words)
    chosen = rest_words(members, n_words, minimum, least_expected=least_expected)
    ends = _rest_ends(members, chosen, np.flatnonzero(total >= minimum))
    p = permutation.of_rests(members, chosen, total)
    return {speech: Contrast(words, *ends[speech], p[speech]) for speech, words in chosen.items()}


def rest_words(members: Sequence[Member], n_words: int, minimum: int, *, least_expected: float = 0) -> dict[str, Integers]:
    """The words each speech is compared by with all others: those of `minimum` occurrences in all speeches together."""
    total, size = totals(members, n_words), sum(m.size for m in members)
    listed = np.flatnonzero(total >= minimum)
    chosen = {}
    for m in members:
        missed = listed[total[listed] * (m.size / max(size, 1)) >= least_expected]
        chosen[m.speech] = np.union1d(m.words[total[m.words] >= minimum], missed)
    return chosen


def _rest_ends(members: Sequence[Member], chosen: Mapping[str, Integers], listed: Integers) -> dict[str, tuple[Floats, Floats]]:
    """Intervals of each speech against the others: the draws of all are added up, and its own taken off again."""
    ends = {speech: (np.full(len(words), np.nan), np.full(len(words), np.nan)) for speech, words in chosen.items()}
    for first in range(0, len(listed), LINES):
        stretch = listed[first : first + LINES]
        total, sizes = all_draws(members, stretch)
        for m in members:
            low, high = np.searchsorted(chosen[m.speech], [stretch[0], stretch[-1] + 1])
            if low == high or not m.varies or not any(other.varies for other in members if other is not m):
                continue
            drawn = m.drawn()
            own_sizes = m.drawn_sizes(drawn)
            for start in range(int(low), int(high), BATCH):
                here = slice(start, min(start + BATCH, int(high)))
                words = chosen[m.speech][here]
                own = resampled(m, words, drawn)
                others = total[np.searchsorted(stretch, words)] - own
                logs = _log_rates(own, own_sizes)
                logs -= _log_rates(others, sizes - own_sizes)
                ends[m.speech][0][here], ends[m.speech][1][here] = percentiles(logs)
    return ends


def all_draws(members: Sequence[Member], words: Integers) -> tuple[Singles, Floats]:
    """n of some words in each resample of all speeches together, and the size of each resample."""
    resamples = members[0].resamples if members else 0
    total, sizes = np.zeros((len(words), resamples), dtype=np.float32), np.zeros(resamples)
    for m in members:
        drawn = m.drawn()
        sizes += m.drawn_sizes(drawn)
        own = m.words[np.isin(m.words, words, assume_unique=True)]
        for start in range(0, len(own), BATCH):
            batch = own[start : start + BATCH]
            total[np.searchsorted(words, batch)] += resampled(m, batch, drawn)
    return total, sizes


def against_fixed(m: Member, words: Integers, n_ref: Integers, size_ref: int) -> Contrast:
    """A speech against counts that have no blocks: only the speech varies, and nothing can be dealt out anew."""
    fixed = np.log2(n_ref + keyness.SMOOTHING) - np.log2(size_ref + 2 * keyness.SMOOTHING)
    low, high = np.full(len(words), np.nan), np.full(len(words), np.nan)
    drawn = m.drawn()
    sizes = m.drawn_sizes(drawn)
    for start in range(0, len(words) if m.varies else 0, BATCH):
        here = slice(start, start + BATCH)
        low[here], high[here] = percentiles(_log_rates(resampled(m, words[here], drawn), sizes))
    return Contrast(words, low - fixed, high - fixed, np.full(len(words), np.nan))


# --- how steady a rank is --------------------------------------------------------------------------------------------


def stability(m: Member, words: Integers, other: tuple[npt.NDArray[Any], npt.NDArray[Any]]) -> Floats:
    """Share of resamples in which each of `words` is among their top 20 by signed G².

    `other`: occurrences (words × resamples, or words × 1) and size (by resample, or one) of the reference.
    """
    if not len(words):
        return np.zeros(0)
    drawn, (b, d) = m.drawn(), other
    a, c = resampled(m, words, drawn), m.drawn_sizes(drawn)
    scores = keyness.signed(keyness.g2(a, b, c, d), a, b, c, d)
    nth = np.sort(scores, axis=0)[-min(TOP, len(words))]
    return np.asarray(((scores >= nth) & (scores > 0)).mean(axis=1))
