"""Columns without an object for each cell hold what a list would hold, in every form they are written in."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from analysis import store
from analysis.find.columnar import Coded, Slices, joined

TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("工會é😀 ")), max_size=30)


@st.composite
def sliced(draw) -> Slices:
    text = draw(TEXT)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    starts, ends = cuts[:-1], cuts[1:]
    kept = [draw(st.booleans()) for _ in starts]
    places = [(start, end) for start, end, keep in zip(starts, ends, kept, strict=True) if keep]
    return Slices(text, np.array([s for s, _ in places], np.int64), np.array([e for _, e in places], np.int64))


@given(st.lists(sliced(), min_size=1, max_size=4))
def test_slices(parts: list[Slices]) -> None:
    expected = [part.text[s:e] for part in parts for s, e in zip(part.starts.tolist(), part.ends.tolist(), strict=True)]
    whole = joined(parts)
    assert list(whole) == expected
    assert len(whole) == len(expected)
    assert store.arrow(whole, pa.string()).to_pylist() == expected


@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 2), max_size=5)), min_size=1, max_size=4))
def test_codes(told: list[tuple[bool, list[int]]]) -> None:
    shared, own = ["工", "會", "員"], ["a", "b", "c"]  # work, meeting, member
    parts = [Coded(shared if share else own, np.array(codes, np.int32)) for share, codes in told]
    expected = [value for part in parts for value in part]
    assert list(joined(parts)) == expected
    assert store.arrow(joined(parts), pa.string()).to_pylist() == expected


def test_a_broken_character_that_no_code_names_does_no_harm() -> None:
    assert store.arrow(Coded(["\ud800", "工"], np.array([1])), pa.string()).to_pylist() == ["工"]  # work
