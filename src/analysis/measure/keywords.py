"""The table `keywords`: which words set a speech apart, how much, and how surely.

Each speech is held against `rest` (all other speeches), each other speech, and `general` (jieba's counts of Chinese).
For each word: the log ratio of the two rates with a 95 % interval from resampling blocks, G² of four cells, a p-value
from dealing the blocks out at random, and q, corrected for the number of words. Intervals come first: with three
speeches p and q are hints. A word with few hits or in one section only is marked so, never called absent.
`general` has no blocks, so it has no p and no q, and it varies only on the side of the speech.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, eq=False)
class Corpus:
    """The words all speeches are compared by, and each speech's share in them."""

    keys: list[str]
    texts: list[str]
    counted: list[Counted]
    members: list[Member]
    n_text: list[Integers]
    dp: list[Floats]
    heaps: list["Heap"]


@dataclass(frozen=True, eq=False)
class Heap:
    """For each word the section of a speech that holds most of it: how much, and the section's share of the speech."""

    most: Integers
    share: Floats


def measure(tables: "Tables", *, general: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per speech, reference and word, by rank; `general` is a list of counts to use in place of jieba's."""
    corpus = _corpus(tables)
    minimum, several = tables.settings.minimum_count, len(corpus.members) > 1
    many = len(corpus.members) > MOST_FOR_PAIRS
    pairs = contrast.pairs(corpus.members, minimum) if several and not many else {}
    rests = contrast.rests(corpus.members, minimum, least_expected=LEAST_EXPECTED if many else 0) if several else {}
    forbidden = left_out(tables)
    frames = []
    for here in range(len(corpus.members)):
        if several:
            frames.append(_rest(corpus, here, rests[corpus.members[here].speech]))
        for there in range(len(corpus.members)):
            if (corpus.members[here].speech, corpus.members[there].speech) in pairs:
                frames.append(_pair(corpus, here, there, pairs))
        frames.append(_general(corpus, here, minimum, forbidden=forbidden, own_list=general))
    frames = [frame for frame in frames if len(frame)]
    dtypes = schema.dtypes("keywords") | EXTRA
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(dtypes))
    return whole[list(dtypes)].astype(dtypes)


def _corpus(tables: "Tables") -> Corpus:
    """Words that are not left out, the commonest first, so that words with like counts are worked on together."""
    settings, skip = tables.settings, left_out(tables)
    speeches = [words for words in counted(tables) if words.size]
    total: dict[str, int] = {}
    for words in speeches:
        for key, n in zip(words.keys, words.n.tolist(), strict=True):
            if key not in skip:
                total[key] = total.get(key, 0) + n
    keys = sorted(total, key=lambda key: (-total[key], key))
    number = {key: i for i, key in enumerate(keys)}
    members, n_texts, dps, heaps = [], [], [], []
    for words in speeches:
        cells = _renumbered(words, number)
        m = contrast.member(
            words.speech, cells, words.sizes, n_words=len(keys), resamples=settings.resamples, seed=settings.seed
        )
        members.append(m)
        found = text_counts(words.key_text, keys)
        n_texts.append(np.array([found[key] for key in keys], dtype=np.int64))
        dps.append(_dispersion(words, number))
        heaps.append(_heap(m, words.sections))
    return Corpus(keys, _texts(speeches, keys), speeches, members, n_texts, dps, heaps)


def _renumbered(words: Counted, number: Mapping[str, int]) -> tuple[Integers, Integers, Integers]:
    """n by word and block, in the numbers of the common vocabulary."""
    to = np.array([number.get(key, -1) for key in words.keys], dtype=np.int64)
    word = to[words.cells[0]] if len(to) else words.cells[0]
    keep = word >= 0
    return word[keep], words.cells[1][keep], words.cells[2][keep]


def _dispersion(words: Counted, number: Mapping[str, int]) -> Floats:
    found = np.full(len(number), np.nan)
    dp = dp_norm(words.matrix(), words.sizes)
    for key, value in zip(words.keys, dp.tolist(), strict=True):
        if key in number:
            found[number[key]] = value
    return found


def _texts(speeches: Sequence[Counted], keys: Sequence[str]) -> list[str]:
    """How each word is written: the form of the speech that uses it most."""
    best: dict[str, tuple[int, str]] = {}
    for words in speeches:
        for key, text, n in zip(words.keys, words.texts, words.n.tolist(), strict=True):
            if key not in best or (-n, text) < best[key]:
                best[key] = (-n, text)
    return [best[key][1] for key in keys]


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


def _rest(corpus: Corpus, here: int, found: Contrast) -> pd.DataFrame:
    m, words = corpus.members[here], found.words
    others = [i for i in range(len(corpus.members)) if i != here]
    n_ref = np.sum([corpus.members[i].n[words] for i in others], axis=0)
    size_ref = sum(corpus.members[i].size for i in others)
    score = keyness.signed(keyness.g2(m.n[words], n_ref, m.size, size_ref), m.n[words], n_ref, m.size, size_ref)
    top = contrast.candidates(score)
    drawn = np.sum([corpus.members[i].resampled_words(words[top]) for i in others], axis=0)
    steady = np.zeros(len(words))
    steady[top] = contrast.stability(m, words[top], (drawn, np.sum([corpus.members[i].drawn_sizes for i in others], axis=0)))
    heaps = [corpus.heaps[i] for i in others]
    most = np.stack([heap.most[words] for heap in heaps])
    which = most.argmax(axis=0)
    shares = np.stack([heap.share[words] * corpus.members[i].size / size_ref for heap, i in zip(heaps, others, strict=True)])
    picked = np.take_along_axis(shares, which[None], 0)[0]
    heap = Heap(most.max(axis=0), picked)
    return _frame(corpus, here, REST, found, n_ref=n_ref, size_ref=size_ref, steady=steady, ref_heap=heap)


def _pair(corpus: Corpus, here: int, there: int, pairs: Mapping[tuple[str, str], Contrast]) -> pd.DataFrame:
    m, other = corpus.members[here], corpus.members[there]
    found = pairs[m.speech, other.speech]
    heap = Heap(corpus.heaps[there].most[found.words], corpus.heaps[there].share[found.words])
    return _frame(corpus, here, other.speech, found, n_ref=other.n[found.words], size_ref=other.size, ref_heap=heap)


def _general(
    corpus: Corpus, here: int, minimum: int, *, forbidden: frozenset[str], own_list: Mapping[str, int] | None
) -> pd.DataFrame:
    """A speech against general Chinese. Words the speech lacks are listed where they would be expected five times."""
    m = corpus.members[here]
    size_ref = general_size() if own_list is None else sum(n * n_han(word) for word, n in own_list.items())
    least = int(np.ceil(LEAST_EXPECTED * (m.size + size_ref) / m.size))
    common = frequent(least) if own_list is None else sorted(word for word, n in own_list.items() if n >= least)
    lacking = [key for key in common if key not in forbidden and key not in set(corpus.keys)]
    wider = _widened(corpus, here, lacking)
    m = wider.members[here]
    n_ref = _general_n(tuple(wider.keys)) if own_list is None else np.array([own_list.get(key, 0) for key in wider.keys], dtype=np.int64)
    words = np.flatnonzero(np.where(m.n > 0, m.n + n_ref >= minimum, n_ref >= least))
    found = contrast.against_fixed(m, words, n_ref[words], size_ref)
    score = keyness.signed(keyness.g2(m.n[words], n_ref[words], m.size, size_ref), m.n[words], n_ref[words], m.size, size_ref)
    top = contrast.candidates(score)
    steady = np.zeros(len(words))
    steady[top] = contrast.stability(m, words[top], (n_ref[words[top], None], np.array([size_ref])))
    return _frame(wider, here, GENERAL, found, n_ref=n_ref[words], size_ref=size_ref, steady=steady)


def _widened(corpus: Corpus, here: int, lacking: list[str]) -> Corpus:
    """The corpus with words added that no speech has as a word (but may have as plain text)."""
    words, m, k = corpus.counted[here], corpus.members[here], len(lacking)
    found = text_counts(words.key_text, lacking)
    wider = Member(m.speech, np.append(m.n, np.zeros(k, np.int64)), m.cells, m.sizes, m.drawn, m.tickets)
    n_text = np.append(corpus.n_text[here], np.array([found[key] for key in lacking], dtype=np.int64))
    heap = Heap(np.append(corpus.heaps[here].most, np.zeros(k, np.int64)), np.append(corpus.heaps[here].share, np.ones(k)))

    def put(old: list, new: object) -> list:  # type: ignore[type-arg]
        return [new if i == here else value for i, value in enumerate(old)]

    return Corpus(
        keys=corpus.keys + lacking,
        texts=corpus.texts + lacking,
        counted=corpus.counted,
        members=put(corpus.members, wider),
        n_text=put(corpus.n_text, n_text),
        dp=put(corpus.dp, np.append(corpus.dp[here], np.full(k, np.nan))),
        heaps=put(corpus.heaps, heap),
    )


# --- rows ------------------------------------------------------------------------------------------------------------


def _frame(
    corpus: Corpus,
    here: int,
    reference: str,
    found: Contrast,
    *,
    n_ref: Integers,
    size_ref: int,
    steady: Floats | None = None,
    ref_heap: Heap | None = None,
) -> pd.DataFrame:
    """Rows of one speech and one reference, by rank."""
    m, words = corpus.members[here], found.words
    n = m.n[words]
    ratio = keyness.log_ratio(n, n_ref, m.size, size_ref)
    low, high = around(ratio, found.low, found.high)
    g2 = keyness.g2(n, n_ref, m.size, size_ref)
    least = np.minimum(*keyness.expected(n, n_ref, m.size, size_ref))
    keys = np.array(corpus.keys, dtype=object)[words]
    heap = Heap(corpus.heaps[here].most[words], corpus.heaps[here].share[words])
    frame = pd.DataFrame(
        {
            "speech": m.speech,
            "reference": reference,
            "key": keys,
            "text": _written(corpus, here, words),
            "n": n,
            "n_ref": n_ref,
            "size": m.size,
            "size_ref": size_ref,
            "log_ratio": ratio,
            "log_ratio_low": low,
            "log_ratio_high": high,
            "g2": g2,
            "p": found.p,
            "q": _q(found.p),
            "n_text": corpus.n_text[here][words],
            "dp": corpus.dp[here][words],
            "expected": least,
            "stability": np.full(len(words), np.nan) if steady is None else steady,
            "verdict": _verdict((low, ratio, high), (n, n_ref), heap, ref_heap),
            "caution": _caution(least, low, n_ref, m.size, size_ref, listed=reference != GENERAL),
        }
    )
    by_key = np.argsort(np.argsort(keys.astype(str)))
    order = np.lexsort((by_key, -n, -keyness.signed(g2, n, n_ref, m.size, size_ref)))
    frame = frame.iloc[order]
    frame.insert(2, "rank", np.arange(1, len(frame) + 1))
    return frame


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
    least: Floats, low: Floats, n_ref: Integers, size: int, size_ref: int, *, listed: bool
) -> npt.NDArray[np.object_]:
    """Why a row is to be read with care."""
    few = (least < LEAST_EXPECTED) | np.isnan(low) | (min(size, size_ref) < LEAST_SIZE)
    unlisted = (n_ref == 0) & (not listed)
    both = np.where(few & unlisted, "too few;unlisted", np.where(few, "too few", np.where(unlisted, "unlisted", "")))
    return np.asarray(both, dtype=object)


def _written(corpus: Corpus, here: int, words: Integers) -> list[str]:
    """How the speech itself writes each word; as the others do where it lacks the word."""
    own = dict(zip(corpus.counted[here].keys, corpus.counted[here].texts, strict=True))
    return [own.get(corpus.keys[i], corpus.texts[i]) for i in words.tolist()]


def _general_n(keys: tuple[str, ...]) -> Integers:
    found = general_counts(keys)
    return np.array([found[key] for key in keys], dtype=np.int64)
