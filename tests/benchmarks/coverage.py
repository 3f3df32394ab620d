"""How often the 95 % bootstrap intervals hold the true value, by simulation.

    python tests/benchmarks/coverage.py

Speeches are invented: blocks of uneven size (log-normal, as in the shipped speeches), a word whose rate varies from
block to block (gamma with shape 1, so that it comes in clusters), and the given number of hits on average. For each
cell of the table two such speeches with the same true rate are drawn SPEECHES times, and the interval of the log ratio
is checked against its true value, 0; likewise the interval of the rate of one of them. The table that comes out
stands in analysis.measure.reliability, which quotes it in notes.
"""

import sys
import time

import numpy as np

from analysis.measure import resampling

BLOCKS = (5, 9, 13, 20, 26, 40, 80)
HITS = (3, 5, 10, 20, 50)
SPEECHES, RESAMPLES = 600, 400
SPREAD, SHAPE, SIZE = 0.7, 1.0, 150
SEED = 20160118


def draw(n_blocks: int, hits: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Counts and sizes by block of SPEECHES invented speeches, and the true rate."""
    sizes = np.maximum(20, rng.lognormal(np.log(SIZE), SPREAD, size=(SPEECHES, n_blocks))).astype(np.int64)
    mean_size = np.maximum(20, rng.lognormal(np.log(SIZE), SPREAD, size=100_000)).mean()
    rate = hits / (n_blocks * mean_size)
    return rng.poisson(sizes * rate * rng.gamma(SHAPE, 1 / SHAPE, size=sizes.shape)), sizes, rate


def cell(n_blocks: int, hits: int, rng: np.random.Generator) -> tuple[float, float]:
    """Share of intervals that hold the true log ratio, and the true rate."""
    (a, size_a, rate), (b, size_b, _) = draw(n_blocks, hits, rng), draw(n_blocks, hits, rng)
    held = np.zeros(2)
    for one in range(SPEECHES):
        drawn = [resampling.weights(n_blocks, RESAMPLES, rng) for _ in range(2)]
        logs = [
            np.log2((w @ n + 0.5) / (w @ size + 1))
            for w, n, size in ((drawn[0], a[one], size_a[one]), (drawn[1], b[one], size_b[one]))
        ]
        estimate = np.log2((a[one].sum() + 0.5) / (size_a[one].sum() + 1)) - np.log2(
            (b[one].sum() + 0.5) / (size_b[one].sum() + 1)
        )
        low, high = resampling.around(np.array([estimate]), *resampling.percentiles((logs[0] - logs[1])[None, :]))
        held[0] += low[0] <= 0 <= high[0]
        low, high = resampling.interval(a[one][None, :], size_a[one], drawn[0], per=1)
        held[1] += low[0] <= rate <= high[0]
    return float(held[0] / SPEECHES), float(held[1] / SPEECHES)


def main() -> int:
    rng, started = np.random.default_rng(SEED), time.perf_counter()
    print("blocks  " + "".join(f"{hits:>6} hits  " for hits in HITS) + "(log ratio / rate)")
    for n_blocks in BLOCKS:
        cells = [cell(n_blocks, hits, rng) for hits in HITS]
        print(f"{n_blocks:>6}  " + "".join(f"{ratio:5.3f}/{rate:5.3f} " for ratio, rate in cells), flush=True)
    print(f"{SPEECHES} speeches a cell, {RESAMPLES} resamples, {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
