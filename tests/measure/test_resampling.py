"""Resampling: whole blocks, own random streams, intervals that hold their estimate."""

import numpy as np
import pytest

from analysis.measure import resampling
from analysis.measure.reliability import BLOCKS, HITS, LOG_RATIO, RATE, coverage


def test_each_resample_draws_as_many_blocks_as_there_are() -> None:
    drawn = resampling.weights(7, 500, resampling.stream(1, "a"))
    assert drawn.shape == (500, 7)
    assert (drawn.sum(axis=1) == 7).all()
    assert drawn.mean() == pytest.approx(1)


def test_streams_depend_on_seed_and_name() -> None:
    first = resampling.stream(1, "a").random(5)
    assert (first == resampling.stream(1, "a").random(5)).all()
    assert (first != resampling.stream(1, "b").random(5)).all()
    assert (first != resampling.stream(2, "a").random(5)).all()


def test_percentiles_swap_with_the_sign() -> None:
    values = np.random.default_rng(1).normal(size=(4, 2000)).astype(np.float32)
    low, high = resampling.percentiles(values.copy())
    turned_low, turned_high = resampling.percentiles(-values)
    assert (low == -turned_high).all()
    assert (high == -turned_low).all()
    inside = ((values >= low[:, None].astype(np.float32)) & (values <= high[:, None].astype(np.float32))).mean(axis=1)
    assert inside == pytest.approx(0.95, abs=0.002)


def test_interval_of_an_even_word_is_a_point_and_of_one_block_nothing() -> None:
    drawn = resampling.weights(4, 200, resampling.stream(1, "a"))
    low, high = resampling.interval(np.array([[2, 2, 2, 2]]), np.array([10, 10, 10, 10]), drawn, per=100)
    assert low == high == pytest.approx(20)
    low, high = resampling.interval(np.array([[2]]), np.array([10]), resampling.weights(1, 200, resampling.stream(1, "a")), per=1)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_bootstrap_agrees_with_scipys() -> None:
    from scipy.stats import bootstrap

    counts, sizes = np.array([3, 0, 1, 5, 2, 0, 4, 1]), np.array([50, 40, 60, 80, 30, 50, 70, 40])
    drawn = resampling.weights(8, 20_000, resampling.stream(1, "a"))
    low, high = resampling.interval(counts[None, :], sizes, drawn, per=1)
    expected = bootstrap(
        (counts, sizes),
        lambda n, size, axis: n.sum(axis=axis) / size.sum(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    assert low[0] == pytest.approx(expected.low, abs=0.001)
    assert high[0] == pytest.approx(expected.high, abs=0.001)


def test_distinct_lines() -> None:
    lines = np.array([[1, 0], [0, 1], [1, 0], [2, 2]])
    found, which = resampling.distinct(lines)
    assert (found[which] == lines).all()
    assert len(found) == 3


def test_coverage_is_quoted_for_the_next_smaller_simulation() -> None:
    assert coverage(21, 12) == LOG_RATIO[BLOCKS.index(20)][HITS.index(10)]
    assert coverage(1, 1) == LOG_RATIO[0][0]
    assert coverage(1000, 1000, of="rate") == RATE[-1][-1]
    assert all(len(row) == len(HITS) for row in LOG_RATIO + RATE)
