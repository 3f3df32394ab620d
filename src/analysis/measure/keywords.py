"""The table `keywords`: which words set a speech apart, how much, and how surely.

Each speech is held against `rest` (all other speeches), each other speech, and `general` (jieba's counts of Chinese).
For each word: the log ratio of the two rates with a 95 % interval from resampling blocks, G² of four cells, a p-value
from dealing the blocks out at random, and q, corrected for the number of words. Intervals come first: with three
speeches p and q are hints. A word with few hits or in one section only is marked so, never called absent.
`general` has no blocks, so it has no p and no q, and it varies only on the side of the speech. Its size in Han
characters is the sum, over jieba's words, of count times length.

verdict: more, less (the interval says so); concentrated (it does not, and one section holds most of the word);
unclear (no clear difference). caution: too few (under 5 expected), cutting (plain text has far more of the word than
the cut finds), inside (only inside longer words), unlisted (the general list lacks the word); joined by `;`.
"""

from collections.abc import Mapping, Sequence
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


def measure(tables: "Tables", *, general: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per speech, reference and word, by rank; `general` is a list of counts to use in place of jieba's."""
    words, minimum = corpus(tables), tables.settings.minimum_count
    usual = _generals(words, minimum, skip=left_out(tables), counts=general)
    if len(words.members) < 2:
        return _table(usual)
    many = len(words.members) > MOST_FOR_PAIRS
    pairs = {} if many else contrast.pairs(words.members, minimum)
    rests = _rests(words, contrast.rests(words.members, minimum, least_expected=LEAST_EXPECTED if many else 0))
    parts = []
    for here, m in enumerate(words.members):
        others = [there for there, other in enumerate(words.members) if (m.speech, other.speech) in pairs]
        parts += [rests[here], *(_pair(words, here, there, pairs) for there in others), usual[here]]
    return _table(parts)


def _table(parts: Sequence[Part]) -> pd.DataFrame:
    dtypes = schema.dtypes("keywords")
    if not parts:
        return pd.DataFrame(columns=list(dtypes)).astype(dtypes)
    return pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in dtypes}).astype(dtypes)


# --- the three kinds of reference ------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Reference:
    """What a speech is held against: its name, n of each word, its size, and where it heaps them."""

    name: str
    n: Integers
    size: int
    heap: Heap | None = None


def _rests(words: Corpus, found: Mapping[str, Contrast]) -> list[Part]:
    """Rows of each speech against all others; what the speeches add up to is worked out once."""
    n, size = np.sum([m.n for m in words.members], axis=0), sum(m.size for m in words.members)
    tops = {m.speech: _top(m, found[m.speech].words, n - m.n, size - m.size) for m in words.members}
    at_top = np.unique(np.concatenate(list(tops.values())))
    drawn = np.sum([m.resampled_words(at_top) for m in words.members], axis=0)
    drawn_sizes = np.sum([m.drawn_sizes for m in words.members], axis=0)
    heaps = _heaps_elsewhere(words)
    parts = []
    for here, m in enumerate(words.members):
        own, top = found[m.speech].words, tops[m.speech]
        steady = np.zeros(len(own))
        other = drawn[np.searchsorted(at_top, top)] - m.resampled_words(top)
        steady[np.searchsorted(own, top)] = contrast.stability(m, top, (other, drawn_sizes - m.drawn_sizes))
        heap = Heap(heaps[here].most[own], heaps[here].share[own] / (size - m.size))
        reference = Reference(REST, (n - m.n)[own], size - m.size, heap)
        parts.append(_part(words, here, found[m.speech], reference, steady=steady))
    return parts


def _top(m: Member, words: Integers, n_ref: Integers, size_ref: int) -> Integers:
    return words[contrast.candidates(_signed_g2(m, words, n_ref[words], size_ref))]


def _heaps_elsewhere(words: Corpus) -> list[Heap]:
    """For each speech the section of any other speech that holds most of each word; its share in Han characters."""
    heaps = [Heap(heap.most, heap.share * m.size) for heap, m in zip(words.heaps, words.members, strict=True)]
    first = second = Heap(np.zeros(len(words.keys), np.int64), np.ones(len(words.keys)))
    holder = np.full(len(words.keys), -1)
    for i, heap in enumerate(heaps):
        more, next_ = heap.most > first.most, heap.most > second.most
        second = _either(more, first, _either(next_, heap, second))
        first, holder = _either(more, heap, first), np.where(more, i, holder)
    return [_either(holder == i, second, first) for i in range(len(heaps))]


def _either(condition: npt.NDArray[np.bool_], one: Heap, other: Heap) -> Heap:
    return Heap(np.where(condition, one.most, other.most), np.where(condition, one.share, other.share))


def _pair(words: Corpus, here: int, there: int, pairs: Mapping[tuple[str, str], Contrast]) -> Part:
    m, other = words.members[here], words.members[there]
    found = pairs[m.speech, other.speech]
    reference = Reference(other.speech, other.n[found.words], other.size, words.heaps[there].of(found.words))
    return _part(words, here, found, reference)


def _generals(words: Corpus, minimum: int, *, skip: frozenset[str], counts: Mapping[str, int] | None) -> list[Part]:
    """Rows of each speech against general Chinese. Words it lacks are listed where they would be expected five times."""
    size = general_size() if counts is None else sum(n * n_han(word) for word, n in counts.items())
    least = [int(np.ceil(LEAST_EXPECTED * (m.size + size) / m.size)) for m in words.members]
    rarest = min(least, default=0)
    common = frequent(rarest) if counts is None else [word for word, n in counts.items() if n >= rarest]
    wider = widened(words, sorted(set(common) - skip - set(words.keys)))
    listed = general_counts(wider.keys) if counts is None else counts
    n = np.array([listed.get(key, 0) for key in wider.keys], dtype=np.int64)
    return [
        _general(wider, here, (n, size), listed=np.where(m.n > 0, m.n + n >= minimum, n >= least[here]))
        for here, m in enumerate(wider.members)
    ]


def _general(words: Corpus, here: int, general: tuple[Integers, int], *, listed: npt.NDArray[np.bool_]) -> Part:
    m, own, (n, size) = words.members[here], np.flatnonzero(listed), general
    top = _top(m, own, n, size)
    steady = np.zeros(len(own))
    steady[np.searchsorted(own, top)] = contrast.stability(m, top, (n[top, None], np.array([size])))
    return _part(words, here, contrast.against_fixed(m, own, n[own], size), Reference(GENERAL, n[own], size), steady=steady)


# --- rows ------------------------------------------------------------------------------------------------------------


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
        "caution": _caution(
            # Beside a huge reference every expectation is small; there the hits themselves decide.
            few=(np.maximum(n, least) if reference.name == GENERAL else least) < LEAST_EXPECTED,
            unsure=np.isnan(low) | (min(size, size_ref) < LEAST_SIZE),
            cutting=corpus.n_text[here][words] > CUTTING * n,
            inside=(n > 0) & (corpus.n_own[here][words] == 0),
            unlisted=(n_ref == 0) & (reference.name == GENERAL),
        ),
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


def _caution(
    *, few: npt.NDArray[np.bool_], unsure: npt.NDArray[np.bool_], **marks: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    """Why a row is to be read with care: the names of the marks that apply, joined by `;`; empty where none does."""
    named = {"too few": few | unsure, **marks}
    # One bit a mark: each combination is spelled once.
    code = sum(mark.astype(np.int64) << bit for bit, mark in enumerate(named.values()))
    told = [";".join(name for bit, name in enumerate(named) if number >> bit & 1) for number in range(1 << len(named))]
    return np.asarray(np.array(told, dtype=object)[code])
