"""Columns without an object for each cell hold what a list would hold, in every form they are written in."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import store
from analysis.find.columnar import Coded, Slices, joined, piece

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


@given(sliced(), st.lists(st.integers(0, 2), max_size=12), st.integers(1, 5))
def test_pieces_make_up_the_whole(texts: Slices, codes: list[int], step: int) -> None:
    words = Coded(["工", "會", "員"], np.array(codes, np.int32))  # work, meeting, member
    for column in (texts, words, list(words), words.codes):
        n_rows = len(column)
        pieces = [piece(column, first, min(first + step, n_rows)) for first in range(0, n_rows, step)]
        assert [value for part in pieces for value in part] == list(column)


def test_the_order_in_which_a_process_met_its_words_does_not_show() -> None:
    one, other = Coded(["員", "工", "會", "工"], np.array([1, 0, 3])), Coded(["工", "員"], np.array([0, 1, 0]))  # work, member
    told = [store.arrow(words, store.arrow_schema("tokens").field("key").type) for words in (one, other)]
    assert told[0].dictionary.to_pylist() == told[1].dictionary.to_pylist() == ["員", "工"]
    assert told[0].indices.equals(told[1].indices)


@pytest.mark.parametrize("kind", [np.int32, np.int64])
def test_offsets_may_be_small_integers(kind: type, tmp_path: Path) -> None:
    text, starts, ends = "工會會員", np.array([0, 2], kind), np.array([2, 4], kind)  # union, member
    told = {
        "speech": Coded(["s"], np.zeros(2, kind)),
        "sentence": np.ma.MaskedArray(starts, [True, False]),
        "start": starts,
        "end": ends,
        "text": Slices(text, starts, ends),
        "key": Coded(["工会", "会员"], np.arange(2, dtype=kind)),
        "pos": Coded(["n"], np.zeros(2, kind)),
    }
    made = store.frame("tokens", told)
    for form in ("csv", "parquet"):
        with store.Writer(tmp_path, form, ["tokens"]) as writer:
            writer.add("tokens", told)
        assert store.read_table(tmp_path / f"tokens.{form}").equals(made)
    assert made["sentence"].isna().tolist() == [True, False]
    assert joined([told["text"], told["text"]]).starts.tolist() == [0, 2, 4, 6]


def test_a_broken_character_that_no_code_names_does_no_harm() -> None:
    assert store.arrow(Coded(["\ud800", "工"], np.array([1])), pa.string()).to_pylist() == ["工"]  # work
