"""Shares with their 95 % interval (Wilson 1927).

>>> [round(end, 3) for end in wilson(3, 10)]
[0.108, 0.603]
"""


def wilson(n: int, total: int, *, level: float = 0.95) -> tuple[float, float]:
    """Lower and upper end of the interval of the share n / total; nan for a total of 0."""
    from scipy.stats import binomtest

    if total == 0:
        return float("nan"), float("nan")
    found = binomtest(n, total).proportion_ci(level, method="wilson")
    return float(found.low), float(found.high)
