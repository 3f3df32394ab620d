"""Keyness formulas: how much more, and how surely, a word is used here than there.

>>> round(float(g2(10, 5, 100, 200)), 4), round(float(g2(10, 5, 100, 200, cells=2)), 4)
(7.3298, 6.9315)

a, b = occurrences in the speech and in the reference; c, d = their sizes. All functions take numbers or arrays.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.ArrayLike

# The one smoothing rule (Haldane 1956, Anscombe 1956; so Hardie 2014 for zero counts).
SMOOTHING = 0.5


def _floats(*values: Numbers) -> list[Floats]:
    return [np.asarray(value, dtype=np.float64) for value in values]


def expected(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> tuple[Floats, Floats]:
    """Occurrences to expect in the speech and in the reference if the word were used alike."""
    a_, b_, c_, d_ = _floats(a, b, c, d)
    return (a_ + b_) * c_ / (c_ + d_), (a_ + b_) * d_ / (c_ + d_)


def g2(a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, cells: Literal[2, 4] = 4) -> Floats:
    """Log-likelihood ratio G² = 2·Σ O ln(O/E), with 0·ln 0 = 0.

    Four cells (Dunning 1993) by default: the words of the 2×2 table that are not this word count too.
    `cells=2` is the form of Rayson & Garside 2000, printed as "LL" by several programs.
    """
    a_, b_, c_, d_ = _floats(a, b, c, d)
    e1, e2 = expected(a_, b_, c_, d_)
    total = _part(a_, e1) + _part(b_, e2)
    if cells == 4:
        # A text with more Latin words than Han characters would make these cells negative.
        total = total + _part(np.maximum(c_ - a_, 0), c_ - e1) + _part(np.maximum(d_ - b_, 0), d_ - e2)
    return np.asarray(np.maximum(2 * total, 0))


def signed(statistic: Numbers, a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """The statistic, negative where the word is used less here."""
    a_, b_, c_, d_ = _floats(a, b, c, d)
    return np.asarray(np.where(a_ * d_ < b_ * c_, -1.0, 1.0) * np.asarray(statistic, dtype=np.float64))


def log_ratio(a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, smoothing: float = SMOOTHING) -> Floats:
    """log2 of the ratio of the rates, ((a+.5)/(c+1)) / ((b+.5)/(d+1)): 1 means twice as often (Hardie 2014)."""
    a_, b_, c_, d_ = _floats(a, b, c, d)
    return np.asarray(np.log2((a_ + smoothing) / (c_ + 2 * smoothing)) - np.log2((b_ + smoothing) / (d_ + 2 * smoothing)))


def percent_diff(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """%DIFF: by how many per cent the rate here exceeds the rate there (Gabrielatos & Marchi 2011); inf where b is 0."""
    a_, b_, c_, d_ = _floats(a, b, c, d)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((a_ / c_ - b_ / d_) / (b_ / d_) * 100)


def bic(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """Bayes factor approximated as G² − ln T (Wilson 2013): above 2 positive evidence, above 10 very strong."""
    c_, d_ = _floats(c, d)
    return np.asarray(g2(a, b, c, d) - np.log(c_ + d_))


def weighted_log_odds(a: Numbers, b: Numbers, *, prior: float) -> Floats:
    """z of the log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eqs. 15, 16, 22).

    a, b: counts of the whole vocabulary; the prior's `prior` occurrences are shared out like a + b.
    Variance of two terms, 1/(a+α) + 1/(b+α). A word that is all of the vocabulary is no more typical of one: 0.
    """
    a_, b_ = _floats(a, b)
    alpha = prior * (a_ + b_) / (a_ + b_).sum()
    n_a, n_b = a_.sum() + prior, b_.sum() + prior
    if a_.size == 1:
        return np.zeros(1)
    delta = np.log((a_ + alpha) / (n_a - a_ - alpha)) - np.log((b_ + alpha) / (n_b - b_ - alpha))
    return np.asarray(delta / np.sqrt(1 / (a_ + alpha) + 1 / (b_ + alpha)))


def specificity(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """Lafon's specificity, ±log10 P(X ≥ a) with X hypergeometric; negative, with P(X ≤ a), below the expectation (Lafon 1980)."""
    from scipy.stats import hypergeom

    a_, b_, c_, d_ = _floats(a, b, c, d)
    above = hypergeom.logsf(a_ - 1, c_ + d_, a_ + b_, c_) / np.log(10)
    below = hypergeom.logcdf(a_, c_ + d_, a_ + b_, c_) / np.log(10)
    return np.asarray(np.where(a_ * d_ >= b_ * c_, -above, below))


def _part(observed: Floats, expected_: Floats) -> Floats:
    """O·ln(O/E), 0 where O is 0; where E is 0, O is 0 too."""
    # scipy's xlogy does the same, several times slower, and resampling asks for millions of these.
    ratio = np.divide(observed, expected_, out=np.ones(np.broadcast(observed, expected_).shape), where=expected_ > 0)
    return np.asarray(observed * np.log(np.where(observed > 0, ratio, 1.0)))
