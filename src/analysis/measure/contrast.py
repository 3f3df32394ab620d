"""Pairs of texts by resampling: the intervals of their log ratios, for all words at once.

Every speech is resampled once; its resampled rates serve against each other speech. A pair is computed once, for the
other direction the sign is swapped. It knows words by number only; `keywords` names them, `permutation` finds p.

Words are taken some thousand at a time, so that memory does not grow with the corpus; each pair, or each speech against
the rest, is a thread's work.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.measure import keyness
from analysis.measure.member import Member, resampled, times, totals
from analysis.measure.resampling import Singles, percentiles
from analysis.measure.threads import threaded

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# Lines of 2,000 resampled numbers held at once while words are compared: 16,384 × 2,000 × 4 bytes are 131 MB.
LINES = 16_384
# Lines worked on together, which then stay in the processor's cache: 64 × 2,000 × 4 bytes are 512 kB.
BATCH = 64


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

    def contrast(couple: tuple[int, int]) -> Contrast:
        (i, j), chosen = couple, words[couple]
        p = permutation.of_pair((ordered[i], ordered[j]), (tickets[i], tickets[j]), chosen, (n[i][chosen], n[j][chosen]))
        return Contrast(chosen, *ends[couple], p)

    found: dict[tuple[str, str], Contrast] = {}
    for (i, j), one in zip(couples, threaded(contrast, couples), strict=True):
        a, b = ordered[i].speech, ordered[j].speech
        found[a, b], found[b, a] = one, one.swapped()
    return found


Ends = dict[tuple[int, int], tuple[Floats, Floats]]


def _pair_ends(members: Sequence[Member], words: Mapping[tuple[int, int], Integers], n_words: int) -> Ends:
    ends = {couple: _no_ends(len(chosen)) for couple, chosen in words.items()}
    couples = [(i, j) for i, j in words if members[i].varies and members[j].varies]
    drawn = [m.drawn() for m in members]

    def compare(stretch: tuple[int, int]) -> None:
        rates = threaded(lambda here: _own_log_rates(members[here], drawn[here], stretch), range(len(members)))

        def compare_two(couple: tuple[int, int]) -> None:
            (line, rate), (other_line, other_rate) = rates[couple[0]], rates[couple[1]]
            low, high = ends[couple]
            for here, chosen in _batches(words[couple], stretch):
                at = chosen - stretch[0]
                differences = rate[line[at]]
                differences -= other_rate[other_line[at]]
                low[here], high[here] = percentiles(differences)

        threaded(compare_two, couples)

    for stretch in _stretches(members, n_words):
        compare(stretch)
    return ends


def _no_ends(n_words: int) -> tuple[Floats, Floats]:
    return np.full(n_words, np.nan), np.full(n_words, np.nan)


def _batches(chosen: Integers, stretch: tuple[int, int]) -> Iterator[tuple[slice, Integers]]:
    """Those of the chosen words that lie in a stretch of the vocabulary, some at a time, and their places."""
    low, high = np.searchsorted(chosen, stretch).tolist()
    for start in range(low, high, BATCH):
        here = slice(start, min(start + BATCH, high))
        yield here, chosen[here]


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
    ends = {speech: _no_ends(len(words)) for speech, words in chosen.items()}
    varying = [m for m in members if m.varies]

    def compare(stretch: Integers) -> None:
        total, sizes = all_draws(members, stretch)

        def compare_one(m: Member) -> None:
            drawn, (low, high) = m.drawn(), ends[m.speech]
            own_sizes = m.drawn_sizes(drawn)
            for here, words in _batches(chosen[m.speech], (int(stretch[0]), int(stretch[-1]) + 1)):
                own = resampled(m, words, drawn)
                others = total[np.searchsorted(stretch, words)] - own
                logs = _log_rates(own, own_sizes)
                logs -= _log_rates(others, sizes - own_sizes)
                low[here], high[here] = percentiles(logs)

        threaded(compare_one, varying)

    # The others must vary too: with one varying speech there is nothing to compare.
    for first in range(0, len(listed) if len(varying) > 1 else 0, LINES):
        compare(listed[first : first + LINES])
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
    low, high = _no_ends(len(words))
    drawn = m.drawn()
    sizes = m.drawn_sizes(drawn)
    for start in range(0, len(words) if m.varies else 0, BATCH):
        here = slice(start, start + BATCH)
        low[here], high[here] = percentiles(_log_rates(resampled(m, words[here], drawn), sizes))
    return Contrast(words, low - fixed, high - fixed, np.full(len(words), np.nan))
