"""What a speech is held against: all other speeches, one of them, or general Chinese.

Each kind gives a `Case`: the words compared with their intervals and p-values, their counts there, where the reference
heaps them, and how steady their ranks are. `keywords` writes cases as rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from analysis.measure import contrast
from analysis.measure.contrast import Contrast
from analysis.measure.corpus import Corpus, Heap
from analysis.measure.dictionary import frequent, general_counts, general_size
from analysis.measure.member import Member, resampled, totals
from analysis.measure.ranks import candidates, stability
from analysis.measure.resampling import Singles
from analysis.measure.stopwords import left_out
from analysis.read.speech import n_han

if TYPE_CHECKING:
    from analysis.tables import Tables

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

REST, GENERAL = "rest", "general"
# With more speeches each is compared with the rest only: n speeches make n·(n−1) lists of some thousand words, and 132
# are more than anybody reads. The rest is then so large that it hardly varies: it stays as it is, and a word it has is
# listed for a speech that lacks it only where it would be expected.
MOST_FOR_PAIRS = 12
# An expected count below this carries no claim (the usual rule for 2×2 tables: Cochran 1954).
LEAST_EXPECTED = 5


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
    drawn: tuple[Integers, Singles, Floats] | None

    @classmethod
    def of(cls, words: Corpus, minimum: int) -> "Rests":
        """All speeches against their rests."""
        members, many = words.members, len(words.members) > MOST_FOR_PAIRS
        n, size = totals(members, words.n_words), sum(m.size for m in members)
        found = contrast.rests(members, words.n_words, minimum, least_expected=LEAST_EXPECTED if many else 0)
        tops = {}
        for m in members:
            own = found[m.speech].words
            tops[m.speech] = candidates(words, m, own, n[own] - m.counts(own), size - m.size)
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
        steady[at] = stability(m, top, self._drawn_elsewhere(m, top) or (n_ref[at, None], np.array([size])))
        most, han = self.heaps.elsewhere(here, found.words)
        return Case(found, Reference(REST, n_ref, size, Heap(most, han / size)), steady)

    def _drawn_elsewhere(self, m: Member, words: Integers) -> tuple[Singles, Floats] | None:
        if self.drawn is None:
            return None
        every, n, sizes = self.drawn
        drawn = m.drawn()
        return n[np.searchsorted(every, words)] - resampled(m, words, drawn), sizes - m.drawn_sizes(drawn)


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


def pair(words: Corpus, here: int, there: int, pairs: Mapping[tuple[str, str], Contrast]) -> Case:
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
        return cls(general_name(tables), np.array([listed.get(key, 0) for key in keys], dtype=np.int64), size, added)

    def words(self, words: Corpus, here: int, minimum: int) -> Integers:
        """The words a speech is compared by. Those it lacks are listed where they would be expected five times."""
        m = words.members[here]
        listed = self.n >= _expected_from(m.size, self.size)
        listed[m.words] = m.n + self.n[m.words] >= minimum
        return np.flatnonzero(listed)

    def case(self, words: Corpus, here: int, minimum: int) -> Case:
        """One speech against general Chinese."""
        m, own = words.members[here], self.words(words, here, minimum)
        n, steady = self.n[own], np.zeros(len(own))
        top = candidates(words, m, own, n, self.size)
        at = np.searchsorted(own, top)
        steady[at] = stability(m, top, (n[at, None], np.array([self.size])))
        found = contrast.against_fixed(m, own, n, self.size)
        return Case(found, Reference(self.name, n, self.size), steady)


def general_name(tables: "Tables") -> str:
    """What the column reference calls general Chinese: `general`, or `general: FILE` for a list of the user's own."""
    own = tables.settings.general
    return GENERAL if own is None else f"{GENERAL}: {own.name}"


def _expected_from(size: int, size_ref: int) -> int:
    """From which count in the reference on a speech of this size would be expected to have a word five times."""
    return int(np.ceil(LEAST_EXPECTED * (size + size_ref) / size))
