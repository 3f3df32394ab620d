"""Words in order of their signed G², and how steady this order is when the blocks are resampled."""

from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.measure import keyness
from analysis.measure.corpus import Corpus
from analysis.measure.member import Member, resampled

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

TOP = 20
# Only words that rank this high can reach the top 20 of a resample, near enough.
CANDIDATES = 100
# Words worked on together, so that the intermediate results stay in the processor's cache.
BATCH = 10


def by_rank(words: Corpus, listed: Integers, n: Integers, score: Floats) -> Integers:
    """Places of words by signed G², then n, then key."""
    return np.lexsort((words.by_key[listed], -n, -score))


def signed_g2(m: Member, words: Integers, n_ref: Integers, size_ref: int) -> Floats:
    n = m.counts(words)
    return keyness.signed(keyness.g2(n, n_ref, m.size, size_ref), n, n_ref, m.size, size_ref)


def candidates(words: Corpus, m: Member, listed: Integers, n_ref: Integers, size_ref: int) -> Integers:
    """The first words by rank, in the order of their numbers."""
    first = by_rank(words, listed, m.counts(listed), signed_g2(m, listed, n_ref, size_ref))[:CANDIDATES]
    return np.sort(listed[first])


def stability(m: Member, words: Integers, other: tuple[npt.NDArray[Any], npt.NDArray[Any]]) -> Floats:
    """Share of resamples in which each of `words` is among their top 20 by signed G².

    `other`: occurrences (words × resamples, or words × 1) and size (by resample, or one) of the reference.
    """
    if not len(words):
        return np.zeros(0)
    drawn, (b, d) = m.drawn(), other
    a, c = resampled(m, words, drawn), m.drawn_sizes(drawn)
    scores = np.empty(a.shape)
    for start in range(0, len(words), BATCH):
        here = slice(start, start + BATCH)
        scores[here] = keyness.signed(keyness.g2(a[here], b[here], c, d), a[here], b[here], c, d)
    nth = np.sort(scores, axis=0)[-min(TOP, len(words))]
    return np.asarray(((scores >= nth) & (scores > 0)).mean(axis=1))
