"""The table `keywords`: which words set a speech apart, how much, and how surely.

Each speech is held against `rest` (all other speeches), each other speech, and `general` (jieba's counts of Chinese, or
the user's own list, which then gives the reference its name: `general: mylist.csv`). For each word: the log ratio of the
two rates with a 95 % interval from resampling blocks, G² of four cells, a p-value from dealing the blocks out at random,
and q, corrected for the number of words. Intervals come first: with three speeches p and q are hints. A word with few
hits or in one section only is marked so, never called absent. `general` has no blocks, so it has no p and no q, and it
varies only on the side of the speech. Its size in Han characters is the sum, over its words, of count times length.

With more than 30 speeches each is compared with the rest and general only; a word it lacks is listed where it would be
expected five times; and for `stability` the rest stays as it is, while the speech is resampled.

verdict: more, less (the interval says so); concentrated (it does not, and one section holds most of the word);
unclear (no clear difference). caution: too few (under 5 expected), cutting (plain text has far more of the word than
the cut finds), inside (only inside longer words), unlisted (the general list lacks the word); joined by `;`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import schema
from analysis.measure import contrast, keyness
from analysis.measure.contrast import Contrast, Member
from analysis.measure.corpus import Corpus, Heap, corpus, widened
from analysis.measure.dictionary import frequent, general_counts, general_size
from analysis.measure.dispersion import heaped
from analysis.measure.resampling import around
from analysis.measure.stopwords import left_out
from analysis.read.speech import n_han

if TYPE_CHECKING:
    from analysis.tables import Tables

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
# The columns of some rows.
Part = dict[str, npt.NDArray[Any]]

REST, GENERAL = "rest", "general"
# With more speeches each is compared with the rest only: n speeches make n·(n−1) lists of some thousand words.
MOST_FOR_PAIRS = 30
# An expected count below this carries no claim (the usual rule for 2×2 tables: Cochran 1954).
LEAST_EXPECTED = 5
# A text shorter than this, in Han characters, is too little to count on.
LEAST_SIZE = 300
# Plain text with this many times the occurrences as a word: the count hangs on where words are cut.
CUTTING = 1.5
# Only words that rank this high can reach the top 20 of a resample, near enough.
CANDIDATES = 100


def measure(tables: "Tables", *, general: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per speech, reference and word, by rank; `general` is a list of counts to use in place of jieba's."""
    made = list(parts(tables, general=general))
    return pd.concat(made, ignore_index=True) if made else _table([])


def parts(tables: "Tables", *, general: Mapping[str, int] | None = None) -> Iterator[pd.DataFrame]:
    """The rows of each speech, one speech after the other, so that no more than one list has to be held."""
    words = corpus(tables)
    listed = General.of(words, tables, general)
    words = widened(words, listed.added)
    members, minimum = words.members, tables.settings.minimum_count
    pairs, rests = {}, None
    if 1 < len(members) <= MOST_FOR_PAIRS:
        pairs = contrast.pairs(members, words.n_words, minimum)
    if len(members) > 1:
        rests = Rests.of(words, minimum)
    for here, m in enumerate(members):
        cases = [rests.case(here)] if rests else []
        cases += [_pair(words, here, there, pairs) for there, o in enumerate(members) if (m.speech, o.speech) in pairs]
        yield _table(_rows(words, here, [*cases, listed.case(words, here, minimum)]))


def _table(found: list[Part]) -> pd.DataFrame:
    dtypes = schema.dtypes("keywords")
    if not found:
        return pd.DataFrame(columns=list(dtypes)).astype(dtypes)
    return pd.DataFrame({name: np.concatenate([part[name] for part in found]) for name in dtypes}).astype(dtypes)


# --- the three kinds of reference ------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Reference:
    """What a speech is held against: its name, n of each word, its size, and where it heaps them."""

    name: str
    n: Integers
    size: int
    heap: Heap | None = None


@dataclass(frozen=True, eq=False)
class Case:
    """One speech against one reference: the words with their intervals, and how steady their ranks are."""

    found: Contrast
    reference: Reference
    steady: Floats | None = None


@dataclass(frozen=True, eq=False)
class Rests:
    """Each speech against all others; what the speeches add up to is worked out once."""

    words: Corpus
    found: Mapping[str, Contrast]
    n: Integers
    size: int
    heaps: "Heaps"
    tops: Mapping[str, Integers]
    # The words in some top with their draws in all speeches together; none where the speeches are many.
    drawn: tuple[Integers, Floats, Floats] | None

    @classmethod
    def of(cls, words: Corpus, minimum: int) -> "Rests":
        """All speeches against their rests."""
        members, many = words.members, len(words.members) > MOST_FOR_PAIRS
        n, size = contrast.totals(members, words.n_words), sum(m.size for m in members)
        found = contrast.rests(members, words.n_words, minimum, least_expected=LEAST_EXPECTED if many else 0)
        tops = {}
        for m in members:
            own = found[m.speech].words
            tops[m.speech] = _top(words, m, own, n[own] - m.counts(own), size - m.size)
        every = np.unique(np.concatenate(list(tops.values())))
        drawn = None if many else (every, *contrast.all_draws(members, every))
        return cls(words, found, n, size, Heaps.of(words), tops, drawn)

    def case(self, here: int) -> Case:
        """One speech against the others."""
        m = self.words.members[here]
        found, top, size = self.found[m.speech], self.tops[m.speech], self.size - m.size
        n_ref = self.n[found.words] - m.counts(found.words)
        at = np.searchsorted(found.words, top)
        steady = np.zeros(len(found.words))
        steady[at] = contrast.stability(m, top, self._drawn_elsewhere(m, top) or (n_ref[at, None], np.array([size])))
        most, han = self.heaps.elsewhere(here, found.words)
        return Case(found, Reference(REST, n_ref, size, Heap(most, han / size)), steady)

    def _drawn_elsewhere(self, m: Member, words: Integers) -> tuple[Floats, Floats] | None:
        if self.drawn is None:
            return None
        every, n, sizes = self.drawn
        drawn = m.drawn()
        return n[np.searchsorted(every, words)] - contrast.resampled(m, words, drawn), sizes - m.drawn_sizes(drawn)


@dataclass(frozen=True, eq=False)
class Heaps:
    """For each word the two speeches with the fullest section: how much it holds, its Han characters; and whose the first is."""

    holder: Integers
    most: tuple[Integers, Integers]
    han: tuple[Floats, Floats]

    @classmethod
    def of(cls, words: Corpus) -> "Heaps":
        """The fullest sections of all speeches."""
        holder = np.full(words.n_words, -1)
        most = (np.zeros(words.n_words, np.int64), np.zeros(words.n_words, np.int64))
        han = (np.ones(words.n_words), np.ones(words.n_words))
        for here, one in enumerate(words.speeches):
            m = one.member
            n, word = one.heap.most, m.words
            first, second = n > most[0][word], n > most[1][word]
            for values, new in ((most, n), (han, one.heap.share * m.size)):
                values[1][word] = np.where(first, values[0][word], np.where(second, new, values[1][word]))
                values[0][word] = np.where(first, new, values[0][word])
            holder[word[first]] = here
        return cls(holder, most, han)

    def elsewhere(self, here: int, words: Integers) -> tuple[Integers, Floats]:
        """The fullest section outside one speech: how much of each word it holds, and its size."""
        own = self.holder[words] == here
        return np.where(own, self.most[1][words], self.most[0][words]), np.where(own, self.han[1][words], self.han[0][words])


def _top(words: Corpus, m: Member, listed: Integers, n_ref: Integers, size_ref: int) -> Integers:
    """The first words by rank, in the order of their numbers."""
    by_rank = _by_rank(words, listed, m.counts(listed), _signed_g2(m, listed, n_ref, size_ref))
    return np.sort(listed[by_rank[:CANDIDATES]])


def _by_rank(words: Corpus, listed: Integers, n: Integers, score: Floats) -> Integers:
    """Places of words by signed G², then n, then key."""
    return np.lexsort((words.by_key[listed], -n, -score))


def _pair(words: Corpus, here: int, there: int, pairs: Mapping[tuple[str, str], Contrast]) -> Case:
    m, other = words.members[here], words.members[there]
    found = pairs[m.speech, other.speech]
    reference = Reference(other.speech, other.counts(found.words), other.size, words.speeches[there].heap_of(found.words))
    return Case(found, reference)


@dataclass(frozen=True, eq=False)
class General:
    """Counts of general Chinese: by word of the corpus, and the words it has that no speech has."""

    name: str
    n: Integers
    size: int
    added: list[str]

    @classmethod
    def of(cls, words: Corpus, tables: "Tables", counts: Mapping[str, int] | None) -> "General":
        """jieba's counts, or those of a list; words no speech has where some speech would be expected to have five."""
        size = general_size() if counts is None else sum(n * n_han(word) for word, n in counts.items())
        rarest = min((_expected_from(m.size, size) for m in words.members), default=0)
        common = frequent(rarest) if counts is None else [word for word, n in counts.items() if n >= rarest]
        added = sorted(set(common) - left_out(tables) - set(words.keys))
        keys = [*words.keys, *added]
        listed = general_counts(keys) if counts is None else counts
        own = tables.settings.general
        name = GENERAL if counts is None or own is None else f"{GENERAL}: {own.name}"
        return cls(name, np.array([listed.get(key, 0) for key in keys], dtype=np.int64), size, added)

    def case(self, words: Corpus, here: int, minimum: int) -> Case:
        """One speech against general Chinese. Words it lacks are listed where they would be expected five times."""
        m = words.members[here]
        listed = self.n >= _expected_from(m.size, self.size)
        listed[m.words] = m.n + self.n[m.words] >= minimum
        own = np.flatnonzero(listed)
        n, steady = self.n[own], np.zeros(len(own))
        top = _top(words, m, own, n, self.size)
        at = np.searchsorted(own, top)
        steady[at] = contrast.stability(m, top, (n[at, None], np.array([self.size])))
        found = contrast.against_fixed(m, own, n, self.size)
        return Case(found, Reference(self.name, n, self.size), steady)


def _expected_from(size: int, size_ref: int) -> int:
    """From which count in the reference on a speech of this size would be expected to have a word five times."""
    return int(np.ceil(LEAST_EXPECTED * (size + size_ref) / size))


# --- rows ------------------------------------------------------------------------------------------------------------


def _signed_g2(m: Member, words: Integers, n_ref: Integers, size_ref: int) -> Floats:
    n = m.counts(words)
    return keyness.signed(keyness.g2(n, n_ref, m.size, size_ref), n, n_ref, m.size, size_ref)


def _rows(corpus: Corpus, here: int, cases: list[Case]) -> list[Part]:
    """Rows of one speech, reference by reference; its text is searched once."""
    every = np.unique(np.concatenate([case.found.words for case in cases]))
    n_text = corpus.n_text(here, every)
    return [_part(corpus, here, case, n_text[np.searchsorted(every, case.found.words)]) for case in cases]


def _part(corpus: Corpus, here: int, case: Case, n_text: Integers) -> Part:
    """Rows of one speech and one reference, by rank."""
    one, words, found, reference = corpus.speeches[here], case.found.words, case.found, case.reference
    m = one.member
    n, n_ref, size, size_ref = m.counts(words), reference.n, m.size, reference.size
    ratio = keyness.log_ratio(n, n_ref, size, size_ref)
    low, high = around(ratio, found.low, found.high)
    score = _signed_g2(m, words, n_ref, size_ref)
    least = np.minimum(*keyness.expected(n, n_ref, size, size_ref))
    general = reference.name.startswith(GENERAL)
    rows: Part = {
        "key": corpus.keys[words],
        "text": corpus.texts(here, words),
        "n": n,
        "n_ref": n_ref,
        "log_ratio": ratio,
        "log_ratio_low": low,
        "log_ratio_high": high,
        "g2": np.abs(score),
        "p": found.p,
        "q": _q(found.p),
        "n_text": n_text,
        "dp": contrast.spread(m, one.dp, words, np.nan),
        "expected": least,
        "stability": np.full(len(words), np.nan) if case.steady is None else case.steady,
        "verdict": _verdict((low, ratio, high), (n, n_ref), one.heap_of(words), reference.heap),
        "caution": _caution(
            # Beside a huge reference every expectation is small; there the hits themselves decide.
            few=(np.maximum(n, least) if general else least) < LEAST_EXPECTED,
            unsure=np.isnan(low) | (min(size, size_ref) < LEAST_SIZE),
            cutting=n_text > CUTTING * n,
            inside=(n > 0) & (contrast.spread(m, one.n_own, words) == 0),
            unlisted=(n_ref == 0) & general,
        ),
    }
    order = _by_rank(corpus, words, n, score)
    fixed: Part = {
        "speech": np.full(len(words), m.speech, dtype=object),
        "reference": np.full(len(words), reference.name, dtype=object),
        "rank": np.arange(1, len(words) + 1),
        "size": np.full(len(words), size),
        "size_ref": np.full(len(words), size_ref),
    }
    return fixed | {name: values[order] for name, values in rows.items()}


def _q(p: Floats) -> Floats:
    """p adjusted for the number of words compared (Benjamini & Hochberg 1995); empty where p is."""
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p)) if len(p) and not np.isnan(p).any() else np.full(len(p), np.nan)


def _verdict(
    interval: tuple[Floats, Floats, Floats], n: tuple[Integers, Integers], heap: Heap, ref_heap: Heap | None
) -> npt.NDArray[np.object_]:
    """more, less, concentrated or unclear: an interval across 0 can also mean that one section has nearly all of it."""
    low, ratio, high = interval
    here = heaped(heap.most, n[0], heap.share)
    there = heaped(ref_heap.most, n[1], ref_heap.share) if ref_heap else np.zeros(len(ratio), dtype=bool)
    across = np.where(np.where(ratio >= 0, here, there), "concentrated", "unclear")
    return np.where(low > 0, "more", np.where(high < 0, "less", across)).astype(object)


def _caution(
    *, few: npt.NDArray[np.bool_], unsure: npt.NDArray[np.bool_], **marks: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    """Why a row is to be read with care: the names of the marks that apply, joined by `;`; empty where none does."""
    named = {"too few": few | unsure, **marks}
    # One bit a mark: each combination is spelled once.
    code = sum(mark.astype(np.int64) << bit for bit, mark in enumerate(named.values()))
    told = [";".join(name for bit, name in enumerate(named) if number >> bit & 1) for number in range(1 << len(named))]
    return np.asarray(np.array(told, dtype=object)[code])
