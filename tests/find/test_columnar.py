"""Columns without an object for each cell hold what a list would hold, in every form they are written in."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import store
from analysis.find.columnar import Coded, joined, piece


@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 2), max_size=5)), min_size=1, max_size=4))
def test_codes(told: list[tuple[bool, list[int]]]) -> None:
    shared, own = ["工", "會", "員"], ["員", "b", "工"]  # work, meeting, member
    parts = [Coded(shared if share else own, np.array(codes, np.int32)) for share, codes in told]
    expected = [value for part in parts for value in part]
    assert list(joined(parts)) == expected
    assert store.arrow(joined(parts), pa.string()).to_pylist() == expected


@given(st.lists(st.integers(0, 2), max_size=12), st.integers(1, 5))
def test_pieces_make_up_the_whole(codes: list[int], step: int) -> None:
    words = Coded(["工", "會", "員"], np.array(codes, np.int32))  # work, meeting, member
    for column in (words, list(words), words.codes):
        n_rows = len(column)
        pieces = [piece(column, first, min(first + step, n_rows)) for first in range(0, n_rows, step)]
        assert [value for part in pieces for value in part] == list(column)


def test_the_order_in_which_a_process_met_its_words_does_not_show() -> None:
    one, other = Coded(["員", "會", "工"], np.array([2, 0, 2])), Coded(["工", "員"], np.array([0, 1, 0]))  # work, member
    told = [store.arrow(words, store.arrow_schema("tokens").field("key").type) for words in (one, other)]
    assert told[0].dictionary.to_pylist() == told[1].dictionary.to_pylist() == ["工", "員"]
    assert told[0].indices.equals(told[1].indices)


@pytest.mark.parametrize("kind", [np.int32, np.int64])
def test_offsets_may_be_small_integers(kind: type, tmp_path: Path) -> None:
    starts, ends = np.array([0, 2], kind), np.array([2, 4], kind)
    told = {
        "speech": Coded(["s"], np.zeros(2, kind)),
        "sentence": np.ma.MaskedArray(starts, [True, False]),
        "start": starts,
        "end": ends,
        "text": Coded(["工會", "會員"], np.arange(2, dtype=kind)),  # union, member
        "key": Coded(["工会", "会员"], np.arange(2, dtype=kind)),
        "pos": Coded(["n"], np.zeros(2, kind)),
    }
    made = store.frame("tokens", told)
    for form in ("csv", "parquet"):
        with store.Writer(tmp_path, form, ["tokens"]) as writer:
            writer.add("tokens", told)
        assert store.read_table(tmp_path / f"tokens.{form}").equals(made)
    assert made["sentence"].isna().tolist() == [True, False]


def test_a_broken_character_that_no_code_names_does_no_harm() -> None:
    assert store.arrow(Coded(["\ud800", "工"], np.array([1])), pa.string()).to_pylist() == ["工"]  # work
