"""How far the intervals can be trusted: their simulated coverage.

Percentile intervals from few blocks are too narrow. How much was simulated (tests/benchmarks/coverage.py: invented
speeches with clustered words); this module quotes the result. It says nothing about a single word.
"""

from bisect import bisect_right
from typing import Literal

# Below this a nominal 95 % interval is called a rough guide.
ROUGH = 0.90
# tests/benchmarks/coverage.py of 2026-11-22: share of intervals that held the true value, by blocks and hits.
BLOCKS = (5, 9, 13, 20, 26, 40, 80)
HITS = (3, 5, 10, 20, 50)
LOG_RATIO = (
    (0.858, 0.835, 0.845, 0.860, 0.845),
    (0.853, 0.895, 0.928, 0.880, 0.892),
    (0.875, 0.897, 0.915, 0.923, 0.893),
    (0.903, 0.898, 0.925, 0.928, 0.920),
    (0.912, 0.922, 0.947, 0.915, 0.907),
    (0.910, 0.932, 0.938, 0.918, 0.940),
    (0.922, 0.945, 0.928, 0.940, 0.928),
)
RATE = (
    (0.763, 0.785, 0.775, 0.775, 0.730),
    (0.810, 0.847, 0.875, 0.818, 0.820),
    (0.843, 0.845, 0.850, 0.848, 0.853),
    (0.893, 0.872, 0.890, 0.880, 0.883),
    (0.897, 0.878, 0.915, 0.885, 0.883),
    (0.887, 0.897, 0.893, 0.922, 0.920),
    (0.918, 0.925, 0.900, 0.927, 0.925),
)


def coverage(n_blocks: int, hits: int | None = None, *, of: Literal["log_ratio", "rate"] = "log_ratio") -> float:
    """Share of nominal 95 % intervals that held the true value, for the next smaller number of blocks (and hits) simulated.

    >>> coverage(21, 12)
    0.925
    >>> coverage(21)  # the mean over 3 to 50 hits
    0.915
    """
    table = LOG_RATIO if of == "log_ratio" else RATE
    row = table[max(bisect_right(BLOCKS, n_blocks) - 1, 0)]
    return round(sum(row) / len(row), 3) if hits is None else row[max(bisect_right(HITS, hits) - 1, 0)]
