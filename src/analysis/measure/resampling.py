"""Resampling of blocks: bootstrap weights, percentile intervals, random labels.

Each speech draws from its own random stream, named after the seed and the speech, so that adding, removing or
reordering other speeches leaves its numbers alone. Intervals: Efron & Tibshirani 1993, ch. 13 (percentile), with whole
blocks drawn because words come in clusters (Lijffijt et al. 2016). P-values: Mildenberger 2023, (1+#)/(1+B).
"""

import hashlib

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

LEVEL = 0.95
# Words whose rates are resampled together: 256 × 2,000 × 4 bytes are 2 MB.
BATCH = 256


def stream(seed: int, *names: str) -> np.random.Generator:
    """Random numbers that depend on the seed and the names only."""
    digest = hashlib.sha256("\x00".join(names).encode("utf-8", "surrogatepass")).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])


def weights(n_blocks: int, resamples: int, rng: np.random.Generator) -> Singles:
    """How often each block is drawn in each resample, resamples × blocks; each line sums to the number of blocks."""
    drawn = rng.integers(0, n_blocks, size=(resamples, n_blocks)) + np.arange(resamples)[:, None] * n_blocks
    return np.bincount(drawn.ravel(), minlength=resamples * n_blocks).reshape(resamples, n_blocks).astype(np.float32)


def lottery(n_blocks: int, resamples: int, rng: np.random.Generator) -> Floats:
    """A random number per block and permutation: the k smallest of several speeches are a random draw of k blocks."""
    return rng.random((resamples, n_blocks))


def percentiles(values: npt.NDArray[np.floating], level: float = LEVEL) -> tuple[Floats, Floats]:
    """Lower and upper percentile of each line of `values`; sorts `values`, which saves a copy.

    The k-th smallest and the k-th largest, k = 2.5 % of the resamples rounded up, so that swapping the sign swaps the ends.
    """
    resamples = values.shape[1]
    k = max(0, int(np.ceil((1 - level) / 2 * resamples)) - 1)
    # Sorting whole lines is faster than picking out two places: numpy sorts with vector instructions.
    values.sort(axis=1)
    return values[:, k].astype(np.float64), values[:, resamples - 1 - k].astype(np.float64)


def around(estimate: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The interval, stretched where it has to be to hold the estimate.

    A percentile interval of a skewed statistic from few blocks can miss its own estimate.
    """
    return np.minimum(low, estimate), np.maximum(high, estimate)


def interval(
    counts: npt.NDArray[np.integer], sizes: npt.NDArray[np.integer], drawn: Singles, *, per: float
) -> tuple[Floats, Floats]:
    """95 % interval of the rate of each word: counts (words × blocks) over sizes (blocks), times `per`.

    Empty (nan) with fewer than two blocks: nothing varies then, and a point is not a sure thing.
    """
    n_words, n_blocks = counts.shape
    if n_blocks < 2:
        return np.full(n_words, np.nan), np.full(n_words, np.nan)
    profiles, which = distinct(counts)
    totals = np.maximum(drawn @ sizes.astype(np.float32), 1)
    low, high = np.zeros(len(profiles)), np.zeros(len(profiles))
    for start in range(0, len(profiles), BATCH):
        here = slice(start, start + BATCH)
        low[here], high[here] = percentiles((profiles[here].astype(np.float32) @ drawn.T) / totals * np.float32(per))
    estimate = counts.sum(axis=1) / max(int(sizes.sum()), 1) * per
    return around(estimate, low[which], high[which])


def distinct(lines: npt.NDArray[np.integer]) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.intp]]:
    """The different lines of an array, and which of them each line is: words with the same counts are resampled once."""
    seen: dict[bytes, int] = {}
    lines = np.ascontiguousarray(lines)
    which = np.array([seen.setdefault(line.tobytes(), len(seen)) for line in lines], dtype=np.intp)
    first = np.full(len(seen), -1, dtype=np.intp)
    first[which[::-1]] = np.arange(len(lines))[::-1]
    return lines[first], which
