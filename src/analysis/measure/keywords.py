"""The table `keywords`: which words set a speech apart, how much, and how surely.

Each speech is held against `rest` (all other speeches), each other speech, and `general` (jieba's counts of Chinese).
For each word: the log ratio of the two rates with a 95 % interval from resampling blocks, G² of four cells, a p-value
from dealing the blocks out at random, and q, corrected for the number of words. Intervals come first: with three
speeches p and q are hints. A word with few hits or in one section only is marked so, never called absent.
`general` has no blocks, so it has no p and no q, and it varies only on the side of the speech.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import schema
from analysis.measure import contrast, keyness
from analysis.measure.contrast import Contrast, Member
from analysis.measure.counts import Counted, counted, text_counts
from analysis.measure.dictionary import frequent, general_counts, general_size
from analysis.measure.dispersion import dp_norm, heaped
from analysis.measure.resampling import around
from analysis.measure.stopwords import left_out
from analysis.read.speech import n_han

if TYPE_CHECKING:
    from analysis.tables import Tables

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

REST, GENERAL = "rest", "general"
# With more speeches each is compared with the rest only: n speeches make n·(n−1) lists of some thousand words.
MOST_FOR_PAIRS = 30
# An expected count below this carries no claim (the usual rule for 2×2 tables: Cochran 1954).
LEAST_EXPECTED = 5
# A text shorter than this, in Han characters, is too little to count on.
LEAST_SIZE = 300
# Columns after those of the schema.
EXTRA = {
    "n_text": "Int64",
    "dp": "Float64",
    "expected": "Float64",
    "stability": "Float64",
    "verdict": "string",
    "caution": "string",
}
MEANINGS = {
    "n_text": "occurrences as plain text in the speech; the word is absent only where this is 0",
    "dp": "dispersion DPnorm of the word over the blocks of the speech; empty where n is 0",
    "expected": "the smaller of the two counts to expect if both used the word alike",
    "stability": "share of resamples in which the word is in the top 20; for rest and general only",
    "verdict": "more, less, concentrated (in one section, so no clear difference) or unclear (no clear difference)",
    "caution": "too few, unlisted (not in the list of general Chinese), both joined by ; or empty",
}


# The columns of some rows.
Part = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Heap:
    """For each word the section of a speech that holds most of it: how much, and the section's share of the speech."""

    most: Integers
    share: Floats

    def of(self, words: Integers) -> "Heap":
        """The same for some words."""
        return Heap(self.most[words], self.share[words])


@dataclass(frozen=True, eq=False)
class Corpus:
    """The words all speeches are compared by; for each speech and word what the rows quote."""

    keys: npt.NDArray[np.object_]
    by_key: Integers
    members: list[Member]
    texts: list[npt.NDArray[np.object_]]
    n_text: list[Integers]
    dp: list[Floats]
    heaps: list[Heap]
    key_texts: list[str]


def measure(tables: "Tables", *, general: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per speech, reference and word, by rank; `general` is a list of counts to use in place of jieba's."""
    corpus = _corpus(tables)
    minimum, several = tables.settings.minimum_count, len(corpus.members) > 1
    many = len(corpus.members) > MOST_FOR_PAIRS
    pairs = contrast.pairs(corpus.members, minimum) if several and not many else {}
    rests = contrast.rests(corpus.members, minimum, least_expected=LEAST_EXPECTED if many else 0) if several else {}
    rest = Rest(corpus, rests)
    usual = General(corpus, minimum, skip=left_out(tables), counts=general)
    parts: list[Part] = []
    for here in range(len(corpus.members)):
        if several:
            parts.append(rest.part(here))
        for there in range(len(corpus.members)):
            if (corpus.members[here].speech, corpus.members[there].speech) in pairs:
                parts.append(_pair(corpus, here, there, pairs))
        parts.append(usual.part(here))
    return _table(parts)


def _table(parts: Sequence[Part]) -> pd.DataFrame:
    dtypes = schema.dtypes("keywords") | EXTRA
    joined = {name: np.concatenate([part[name] for part in parts]) if parts else [] for name in dtypes}
    return pd.DataFrame({name: pd.array(joined[name], dtype=dtype) for name, dtype in dtypes.items()})


def _corpus(tables: "Tables") -> Corpus:
    """Words that are not left out, the commonest first, so that words with like counts are worked on together."""
    settings, skip = tables.settings, left_out(tables)
    speeches = [words for words in counted(tables) if words.size]
    total: Counter[str] = Counter()
    for words in speeches:
        total.update({key: n for key, n in zip(words.keys, words.n.tolist(), strict=True) if key not in skip})
    keys = sorted(total, key=lambda key: (-total[key], key))
    number = {key: i for i, key in enumerate(keys)}
    members = [
        contrast.member(
            words.speech,
            _renumbered(words, number),
            words.sizes,
            n_words=len(keys),
            resamples=settings.resamples,
            seed=settings.seed,
        )
        for words in speeches
    ]
    texts = _texts(speeches, keys)
    return Corpus(
        keys=_objects(keys),
        by_key=np.argsort(np.argsort(np.array(keys, dtype=str))).astype(np.int64),
        members=members,
        texts=[_spread(words.keys, _objects(words.texts), number, texts) for words in speeches],
        n_text=[_plain_counts(words, keys) for words in speeches],
        dp=[_spread(words.keys, dp_norm(words.matrix(), words.sizes), number, np.full(len(keys), np.nan)) for words in speeches],
        heaps=[_heap(m, words.sections) for m, words in zip(members, speeches, strict=True)],
        key_texts=[words.key_text for words in speeches],
    )


def _objects(values: Sequence[str]) -> npt.NDArray[np.object_]:
    return np.array([*values, None], dtype=object)[:-1]


def _renumbered(words: Counted, number: Mapping[str, int]) -> tuple[Integers, Integers, Integers]:
    """n by word and block, in the numbers of the common vocabulary."""
    to = np.array([number.get(key, -1) for key in words.keys], dtype=np.int64)
    word = to[words.cells[0]] if len(to) else words.cells[0]
    keep = word >= 0
    return word[keep], words.cells[1][keep], words.cells[2][keep]


def _spread(
    keys: Sequence[str], values: npt.NDArray[Any], number: Mapping[str, int], default: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Values of a speech's words in the numbers of the common vocabulary; `default` for words it lacks."""
    spread = default.copy()
    at = [(number[key], i) for i, key in enumerate(keys) if key in number]
    to, source = np.array(at, dtype=np.int64).reshape(-1, 2).T
    spread[to] = values[source]
    return spread


def _texts(speeches: Sequence[Counted], keys: Sequence[str]) -> npt.NDArray[np.object_]:
    """How each word is written: the form of the speech that uses it most."""
    best: dict[str, tuple[int, str]] = {}
    for words in speeches:
        for key, text, n in zip(words.keys, words.texts, words.n.tolist(), strict=True):
            if key not in best or (-n, text) < best[key]:
                best[key] = (-n, text)
    return _objects([best[key][1] for key in keys])


def _plain_counts(words: Counted, keys: Sequence[str]) -> Integers:
    found = text_counts(words.key_text, keys)
    return np.array([found[key] for key in keys], dtype=np.int64)


def _heap(m: Member, sections: Integers) -> Heap:
    """By sections, or by blocks where the speech has fewer than two sections."""
    part = np.unique(sections, return_inverse=True)[1]
    if part.max(initial=0) < 1:
        part = np.arange(len(m.sizes))
    n_parts = int(part.max()) + 1
    word, block, n = m.cells
    sums = np.bincount(word * n_parts + part[block], weights=n, minlength=len(m.n) * n_parts).reshape(-1, n_parts)
    top = sums.argmax(axis=1) if len(sums) else np.zeros(0, np.int64)
    sizes = np.bincount(part, weights=m.sizes, minlength=n_parts)
    most = np.take_along_axis(sums, top[:, None], 1)[:, 0] if len(sums) else np.zeros(0)
    return Heap(most.astype(np.int64), sizes[top] / m.size)


# --- the three kinds of reference ------------------------------------------------------------------------------------


class Rest:
    """Each speech against all others: what they add up to is worked out once."""

    def __init__(self, corpus: Corpus, found: Mapping[str, Contrast]) -> None:
        self.corpus, self.found = corpus, found
        self.n = np.sum([m.n for m in corpus.members], axis=0)
        self.size = sum(m.size for m in corpus.members)
        self.top = {m.speech: self._top(m) for m in corpus.members} if found else {}
        # Draws of all speeches added up, for the words that are at the top somewhere.
        self.words = np.unique(np.concatenate(list(self.top.values()))) if self.top else np.zeros(0, np.int64)
        self.drawn = np.sum([m.resampled_words(self.words) for m in corpus.members], axis=0) if found else np.zeros(0)
        self.drawn_sizes = np.sum([m.drawn_sizes for m in corpus.members], axis=0)
        self.largest, self.second, self.holder = self._heaps()

    def _top(self, m: Member) -> Integers:
        words = self.found[m.speech].words
        return words[contrast.candidates(_signed_g2(m, words, (self.n - m.n)[words], self.size - m.size))]

    def _heaps(self) -> tuple[Heap, Heap, Integers]:
        """The section with most of each word in all speeches, the largest of another speech, and whose the first is."""
        heaps = [Heap(h.most, h.share * m.size) for h, m in zip(self.corpus.heaps, self.corpus.members, strict=True)]
        nothing = Heap(np.zeros(len(self.n), np.int64), np.ones(len(self.n)))
        largest, second, holder = nothing, nothing, np.full(len(self.n), -1)
        for i, heap in enumerate(heaps):
            more, next_ = heap.most > largest.most, heap.most > second.most
            second = _either(more, largest, _either(next_, heap, second))
            largest, holder = _either(more, heap, largest), np.where(more, i, holder)
        return largest, second, holder

    def part(self, here: int) -> Part:
        """Rows of one speech."""
        m = self.corpus.members[here]
        words, size_ref, top = self.found[m.speech].words, self.size - m.size, self.top[m.speech]
        steady = np.zeros(len(words))
        other = self.drawn[np.searchsorted(self.words, top)] - m.resampled_words(top)
        steady[np.searchsorted(words, top)] = contrast.stability(m, top, (other, self.drawn_sizes - m.drawn_sizes))
        heap = _either(self.holder == here, self.second, self.largest).of(words)
        reference = Reference(REST, (self.n - m.n)[words], size_ref, heap=Heap(heap.most, heap.share / size_ref))
        return _part(self.corpus, here, self.found[m.speech], reference, steady=steady)


def _either(condition: npt.NDArray[np.bool_], one: Heap, other: Heap) -> Heap:
    return Heap(np.where(condition, one.most, other.most), np.where(condition, one.share, other.share))


def _pair(corpus: Corpus, here: int, there: int, pairs: Mapping[tuple[str, str], Contrast]) -> Part:
    m, other = corpus.members[here], corpus.members[there]
    found = pairs[m.speech, other.speech]
    reference = Reference(other.speech, other.n[found.words], other.size, heap=corpus.heaps[there].of(found.words))
    return _part(corpus, here, found, reference)


class General:
    """Each speech against general Chinese. Words it lacks are listed where they would be expected five times."""

    def __init__(self, corpus: Corpus, minimum: int, *, skip: frozenset[str], counts: Mapping[str, int] | None) -> None:
        self.minimum = minimum
        self.size = general_size() if counts is None else sum(n * n_han(word) for word, n in counts.items())
        least = min((self._least(m) for m in corpus.members), default=0)
        common = frequent(least) if counts is None else sorted(word for word, n in counts.items() if n >= least)
        self.corpus = _widened(corpus, sorted(set(common) - skip - set(corpus.keys)))
        found = general_counts(self.corpus.keys) if counts is None else counts
        self.n = np.array([found.get(key, 0) for key in self.corpus.keys], dtype=np.int64)

    def _least(self, m: Member) -> int:
        """The count at which a word is expected five times in a speech of this size."""
        return int(np.ceil(LEAST_EXPECTED * (m.size + self.size) / m.size))

    def part(self, here: int) -> Part:
        """Rows of one speech."""
        m = self.corpus.members[here]
        words = np.flatnonzero(np.where(m.n > 0, m.n + self.n >= self.minimum, self.n >= self._least(m)))
        n_ref = self.n[words]
        top = contrast.candidates(_signed_g2(m, words, n_ref, self.size))
        steady = np.zeros(len(words))
        steady[top] = contrast.stability(m, words[top], (n_ref[top, None], np.array([self.size])))
        found = contrast.against_fixed(m, words, n_ref, self.size)
        return _part(self.corpus, here, found, Reference(GENERAL, n_ref, self.size), steady=steady)


def _widened(corpus: Corpus, keys: list[str]) -> Corpus:
    """The corpus with words added that no speech has as a word (but may have as plain text)."""
    k = len(keys)
    zeros, added = np.zeros(k, np.int64), _objects(keys)
    return replace(
        corpus,
        keys=np.append(corpus.keys, added),
        by_key=np.argsort(np.argsort(np.append(corpus.keys, added).astype(str))).astype(np.int64),
        members=[replace(m, n=np.append(m.n, zeros)) for m in corpus.members],
        texts=[np.append(texts, added) for texts in corpus.texts],
        n_text=[
            np.append(n, np.array(list(text_counts(text, keys).values()), dtype=np.int64))
            for n, text in zip(corpus.n_text, corpus.key_texts, strict=True)
        ],
        dp=[np.append(dp, np.full(k, np.nan)) for dp in corpus.dp],
        heaps=[Heap(np.append(heap.most, zeros), np.append(heap.share, np.ones(k))) for heap in corpus.heaps],
    )


# --- rows ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Reference:
    """What a speech is held against: its name, n of each word, its size, and where it heaps them."""

    name: str
    n: Integers
    size: int
    heap: Heap | None = None


def _signed_g2(m: Member, words: Integers, n_ref: Integers, size_ref: int) -> Floats:
    n = m.n[words]
    return keyness.signed(keyness.g2(n, n_ref, m.size, size_ref), n, n_ref, m.size, size_ref)


def _part(corpus: Corpus, here: int, found: Contrast, reference: Reference, *, steady: Floats | None = None) -> Part:
    """Rows of one speech and one reference, by rank."""
    m, words = corpus.members[here], found.words
    n, n_ref, size, size_ref = m.n[words], reference.n, m.size, reference.size
    ratio = keyness.log_ratio(n, n_ref, size, size_ref)
    low, high = around(ratio, found.low, found.high)
    score = _signed_g2(m, words, n_ref, size_ref)
    least = np.minimum(*keyness.expected(n, n_ref, size, size_ref))
    rows: Part = {
        "key": corpus.keys[words],
        "text": corpus.texts[here][words],
        "n": n,
        "n_ref": n_ref,
        "log_ratio": ratio,
        "log_ratio_low": low,
        "log_ratio_high": high,
        "g2": np.abs(score),
        "p": found.p,
        "q": _q(found.p),
        "n_text": corpus.n_text[here][words],
        "dp": corpus.dp[here][words],
        "expected": least,
        "stability": np.full(len(words), np.nan) if steady is None else steady,
        "verdict": _verdict((low, ratio, high), (n, n_ref), corpus.heaps[here].of(words), reference.heap),
        # Beside a huge reference every expectation is small; there the hits themselves decide.
        "caution": _caution(np.maximum(n, least) if reference.name == GENERAL else least, low, reference, size),
    }
    order = np.lexsort((corpus.by_key[words], -n, -score))
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


def _caution(least: Floats, low: Floats, reference: Reference, size: int) -> npt.NDArray[np.object_]:
    """Why a row is to be read with care."""
    few = (least < LEAST_EXPECTED) | np.isnan(low) | (min(size, reference.size) < LEAST_SIZE)
    unlisted = (reference.n == 0) & (reference.name == GENERAL)
    both = np.where(few & unlisted, "too few;unlisted", np.where(few, "too few", np.where(unlisted, "unlisted", "")))
    return np.asarray(both, dtype=object)
