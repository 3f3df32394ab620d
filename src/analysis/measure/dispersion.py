"""Dispersion: how evenly a word is spread over the parts of a text, parts of unequal size included.

>>> round(float(dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])), 2)  # Gries 2008
0.18

Every function takes counts per part (one line per word, or a single line) and, where parts may differ, their sizes.
Names and scale are the published ones: DP and D_KL are 0 for an even spread, D, D2 and S are 1.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.ArrayLike


def _shares(counts: Numbers) -> Floats:
    """Share of each part in a word's occurrences; nan for a word that never occurs."""
    v = np.asarray(counts, dtype=np.float64)
    total = v.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(v, total, out=np.full_like(v, np.nan), where=total > 0))


def densest(places: Numbers, width: float) -> int:
    """Most of the places that lie within one stretch of `width`.

    >>> densest([1, 40, 42, 45, 90], 10)
    3
    """
    p = np.sort(np.asarray(places, dtype=np.float64))
    return int((np.searchsorted(p, p + width, side="right") - np.arange(len(p))).max(initial=0))


def _expected(sizes: Numbers) -> Floats:
    s = np.asarray(sizes, dtype=np.float64)
    return np.asarray(s / s.sum())


def dp(counts: Numbers, sizes: Numbers) -> Floats:
    """Deviation of proportions, ½·Σ|v/f − s| (Gries 2008): 0 even, towards 1 uneven."""
    return np.asarray(0.5 * np.abs(_shares(counts) - _expected(sizes)).sum(axis=-1))


def dp_norm(counts: Numbers, sizes: Numbers) -> Floats:
    """DP divided by its largest value, 1 − min s (Lijffijt & Gries 2012); nan with a single part."""
    most = 1 - _expected(sizes).min()
    return np.asarray(dp(counts, sizes) / most if most > 0 else np.full(np.shape(dp(counts, sizes)), np.nan))


def d_kl(counts: Numbers, sizes: Numbers) -> Floats:
    """Kullback-Leibler divergence of the word's shares from the parts' shares, in bits (Gries 2020)."""
    from scipy.special import rel_entr

    return np.asarray(rel_entr(_shares(counts), _expected(sizes)).sum(axis=-1) / np.log(2))


def juilland_d(counts: Numbers, sizes: Numbers | None = None) -> Floats:
    """Juilland's D = 1 − VC/√(n−1), VC with the population's standard deviation (Gries 2008); rates where sizes are given."""
    v = np.asarray(counts, dtype=np.float64)
    rates = v if sizes is None else v / np.asarray(sizes, dtype=np.float64)
    variation = rates.std(axis=-1) / rates.mean(axis=-1)
    return np.asarray(1 - variation / np.sqrt(rates.shape[-1] - 1))


def carroll_d2(counts: Numbers, sizes: Numbers | None = None) -> Floats:
    """Carroll's D2: entropy of the word's rates over the parts, divided by its maximum (Carroll 1970)."""
    from scipy.stats import entropy

    v = np.asarray(counts, dtype=np.float64)
    rates = v if sizes is None else v / np.asarray(sizes, dtype=np.float64)
    return np.asarray(entropy(rates, axis=-1) / np.log(rates.shape[-1]))


def rosengren_s(counts: Numbers, sizes: Numbers | None = None) -> Floats:
    """Rosengren's S = (Σ√(s·v))²/f; equal parts where no sizes are given (Rosengren 1971; Gries 2008)."""
    v = np.asarray(counts, dtype=np.float64)
    s = np.full(v.shape[-1], 1 / v.shape[-1]) if sizes is None else _expected(sizes)
    return np.asarray(np.sqrt(s * v).sum(axis=-1) ** 2 / v.sum(axis=-1))


def parts_with(counts: Numbers) -> npt.NDArray[np.int64]:
    """Range: number of parts that hold the word."""
    return np.asarray((np.asarray(counts) > 0).sum(axis=-1), dtype=np.int64)


def heaped(most: Numbers, n: Numbers, share: Numbers) -> npt.NDArray[np.bool_]:
    """Whether a word stands mostly in one part: `most` of its `n` occurrences in a part that is `share` of the text.

    True where one part holds at least two thirds of at least three occurrences, and at least twice its share.
    A rule of thumb of this project: DPnorm cannot say it for rare words, which are uneven by necessity.
    """
    m, f, s = (np.asarray(value, dtype=np.float64) for value in (most, n, share))
    return np.asarray((f >= 3) & (3 * m >= 2 * f) & (m >= 2 * s * f))
