"""Counts of words, and the laws they keep."""

from typing import Any

import pandas as pd
import pytest

from analysis import schema
from analysis.measure import frequencies
from analysis.measure.dictionary import inside


def rows(found: pd.DataFrame, key: str) -> pd.DataFrame:
    return found[found["key"] == key]


# "The union goes deep into the grass roots. / Union organisations serve the grass roots of the union." and so on
TEXTS = {
    "a": "工會要深入基層。\n工會組織服務工會的基層。",
    "b": "會員服務。人人為我，我為人人。\n人工會說話。",  # members serve; all for one, one for all; machines talk
}


@pytest.fixture(scope="module")
def found(make_tables: Any) -> pd.DataFrame:
    return frequencies.measure(make_tables(TEXTS))


def test_columns_and_types(found: pd.DataFrame) -> None:
    assert list(found.columns) == schema.columns("frequencies")
    kinds = schema.dtypes("frequencies")
    assert all(found[name].dtype == pd.Series([], dtype=kind).dtype for name, kind in kinds.items())
    assert isinstance(found.index, pd.RangeIndex)


@pytest.mark.parametrize(
    ("key", "speech", "n", "n_own", "n_text"),
    [
        ("基层", "a", 2, 1, 2),  # grass roots: once inside 深入基層
        ("深入基层", "a", 1, 1, 1),  # go deep into the grass roots
        ("人人", "b", 2, 0, 2),  # everybody: inside 人人為我 and 我為人人
    ],
)
def test_a_word_counts_inside_longer_words(found: pd.DataFrame, key: str, speech: str, n: int, n_own: int, n_text: int) -> None:
    row = rows(found[found["speech"] == speech], key).iloc[0]
    assert (row["n"], row["n_own"], row["n_text"]) == (n, n_own, n_text)


def test_plain_text_sees_what_the_cut_hides(make_tables: Any) -> None:
    tables = make_tables({"a": "工會很好。人工會說話。"})  # the union is good; machines will talk
    cut = [["a", 1, 0, 2, "工會", "工会", "n"], ["a", 1, 5, 7, "人工", "人工", "n"], ["a", 1, 7, 8, "會", "会", "v"]]
    tokens = pd.DataFrame(cut, columns=schema.columns("tokens")).astype(schema.dtypes("tokens"))
    tables = tables.with_frames(tokens=tokens)
    row = rows(frequencies.measure(tables), "工会").iloc[0]
    assert (row["n_own"], row["n"], row["n_text"]) == (1, 1, 2)


def test_text_is_the_form_of_the_speech(found: pd.DataFrame) -> None:
    assert set(rows(found, "基层")["text"]) == {"基層"}


def test_scripts_count_alike(make_tables: Any) -> None:
    traditional = frequencies.measure(make_tables({"a": "工會組織服務職工。"}))
    simplified = frequencies.measure(make_tables({"a": "工会组织服务职工。"}))
    columns = [name for name in traditional.columns if name not in ("text", "pos")]
    pd.testing.assert_frame_equal(traditional[columns], simplified[columns])


def test_order_of_counts(shipped: Any) -> None:
    found = frequencies.measure(shipped)
    assert (found["n_own"] <= found["n"]).all()
    assert (found["n"] <= found["n_text"]).all()
    assert (found["n"] >= 1).all()
    assert not found.duplicated(["speech", "key"]).any()


def test_union_in_the_shipped_speeches(shipped: Any) -> None:
    union = rows(frequencies.measure(shipped), "工会")
    assert union["n_text"].tolist() == [37, 29, 120]


def test_interval_holds_the_rate(shipped: Any) -> None:
    found = frequencies.measure(shipped)
    assert (found["per_10k_low"] <= found["per_10k"]).all()
    assert (found["per_10k"] <= found["per_10k_high"]).all()
    assert found["dp"].between(0, 1 + 1e-9).all()


def test_adding_and_reordering_speeches_changes_nothing_else(make_tables: Any) -> None:
    both = frequencies.measure(make_tables(TEXTS))
    turned = frequencies.measure(make_tables(dict(reversed(TEXTS.items()))))
    alone = frequencies.measure(make_tables({"a": TEXTS["a"]}))
    pd.testing.assert_frame_equal(both[both["speech"] == "a"].reset_index(drop=True), alone)
    pd.testing.assert_frame_equal(turned[turned["speech"] == "a"].reset_index(drop=True), alone)


def test_doubling_a_speech_doubles_counts_and_leaves_rates(make_tables: Any) -> None:
    once = frequencies.measure(make_tables({"a": TEXTS["a"]})).set_index("key")
    twice = frequencies.measure(make_tables({"a": f"{TEXTS['a']}\n{TEXTS['a']}"})).set_index("key")
    for column in ("n", "n_own", "n_text", "n_paragraphs"):
        assert (twice[column] == 2 * once[column]).all()
    assert (twice["per_10k"] - once["per_10k"]).abs().max() < 1e-9


def test_one_block_has_no_interval(make_tables: Any) -> None:
    found = frequencies.measure(make_tables({"a": "工會服務職工。"}))
    assert found["per_10k_low"].isna().all()
    assert found["per_10k"].notna().all()


def test_nothing_to_count(make_tables: Any) -> None:
    for texts in ({}, {"a": ""}, {"a": "，。"}):
        found = frequencies.measure(make_tables(texts))
        assert found.empty
        assert list(found.columns) == schema.columns("frequencies")


def test_a_speech_without_han_characters_has_counts_but_no_rates(make_tables: Any) -> None:
    found = frequencies.measure(make_tables({"a": "OK OK"}))
    assert found["n"].tolist() == [2]
    assert found["per_10k"].isna().all()


def test_inside_as_search_mode_cuts() -> None:
    known = {"人民": "n", "民工": "n", "农民": "n", "农民工": "n", "哈哈": "o"}
    assert inside("农民工", known) == {"农民": [0], "民工": [1]}  # peasant workers; not itself
    assert inside("农民工人民", known)["农民工"] == [0]
    assert inside("哈哈哈哈", known) == {"哈哈": [0, 2]}  # not overlapping
    assert inside("农民", known) == {}
