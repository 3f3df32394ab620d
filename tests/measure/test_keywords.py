"""Keywords: formulas by hand, laws, and the columns of the contract."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.measure import contrast, extremes, keyness, keywords, permutation, references
from analysis.measure.member import member
from analysis.read.settings import Settings
from analysis.read.speech import n_han

# Workers, peasants and enterprises, paragraph by paragraph.
TEXTS = {
    "a": "工會服務職工。\n職工建功立業。\n工會維護職工權益。\n工會工作很好。",
    "b": "農民工進城務工。\n工會服務農民工。\n農民工參加培訓。\n企業發展生產。",
    "c": "企業改革創新。\n企業發展生產。\n深化企業改革。\n改革發展穩定。",
}


@pytest.fixture(scope="module")
def found(make_tables: Any) -> pd.DataFrame:
    return keywords.measure(make_tables(TEXTS))


def one(found: pd.DataFrame, speech: str, reference: str, key: str) -> pd.Series:
    rows = found[(found["speech"] == speech) & (found["reference"] == reference) & (found["key"] == key)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_columns_and_types(found: pd.DataFrame) -> None:
    assert list(found.columns) == schema.columns("keywords")
    kinds = schema.dtypes("keywords")
    assert all(found[name].dtype == pd.Series([], dtype=kind).dtype for name, kind in kinds.items())


def test_references(found: pd.DataFrame) -> None:
    assert found[found["speech"] == "a"]["reference"].unique().tolist() == ["rest", "b", "c", "general"]


@pytest.mark.parametrize("speeches", ["abc", "a"])
def test_leaders_are_the_first_rows_by_rank(make_tables: Any, speeches: str) -> None:
    tables = make_tables({speech: TEXTS[speech] for speech in speeches})
    rows = keywords.measure(tables)
    rows = rows[(rows["reference"] == ("rest" if len(speeches) > 1 else "general")) & (rows["log_ratio"] > 0)]
    rows = rows[~rows["caution"].str.contains("inside")].sort_values("rank")
    expected = {speech: rows.loc[rows["speech"] == speech, "text"].head(5).tolist() for speech in speeches}
    assert keywords.leaders(tables, 5) == expected


def test_one_word_by_hand(found: pd.DataFrame) -> None:
    row = one(found, "a", "rest", "工会")  # 工會 union: 3 here, 1 in the others
    size, size_ref = n_han(TEXTS["a"]), n_han(TEXTS["b"]) + n_han(TEXTS["c"])
    assert (row["n"], row["n_ref"], row["size"], row["size_ref"]) == (3, 1, size, size_ref)
    assert row["log_ratio"] == pytest.approx(np.log2((3.5 / (size + 1)) / (1.5 / (size_ref + 1))))
    observed = [[3, 1], [size - 3, size_ref - 1]]
    from scipy.stats import chi2_contingency

    assert row["g2"] == pytest.approx(chi2_contingency(observed, correction=False, lambda_="log-likelihood").statistic)


def test_negative_keywords_have_n_0(found: pd.DataFrame) -> None:
    row = one(found, "a", "rest", "企业")  # 企業 enterprise
    assert (row["n"], row["n_ref"], row["n_text"]) == (0, 4, 0)
    assert row["log_ratio"] < 0 < row["g2"]
    assert row["text"] == "企業"


def test_ranks(shipped: Any) -> None:
    found = keywords.measure(shipped)
    for _, rows in found.groupby(["speech", "reference"], sort=False):
        assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
        score = keyness.signed(rows["g2"], rows["n"], rows["n_ref"], rows["size"], rows["size_ref"])
        order = sorted(zip(-score, -rows["n"], rows["key"], strict=True))
        assert [key for _, _, key in order] == rows["key"].tolist()


def test_what_is_listed(shipped: Any) -> None:
    found = keywords.measure(shipped)
    assert (found["n"] + found["n_ref"] >= 3).all()
    assert not found["key"].isin(["的", "要", "我们", "和", "不", "这"]).any()  # stop words
    assert (found["n"] <= found["n_text"]).all()
    assert ((found["log_ratio_low"] <= found["log_ratio"]) & (found["log_ratio"] <= found["log_ratio_high"])).all()
    shuffled = found[found["reference"] != "general"]
    assert shuffled["p"].between(1 / 201, 1).all()
    assert (shuffled["p"] <= shuffled["q"] + 1e-12).all()
    assert found[found["reference"] == "general"]["p"].isna().all()


def test_both_directions_of_a_pair_mirror_each_other(found: pd.DataFrame) -> None:
    there = found[(found["speech"] == "a") & (found["reference"] == "b")].set_index("key")
    back = found[(found["speech"] == "b") & (found["reference"] == "a")].set_index("key").loc[there.index]
    assert np.allclose(there["log_ratio_low"].astype(float), -back["log_ratio_high"].astype(float))
    assert (there["p"] == back["p"]).all()
    assert np.allclose(there["g2"].astype(float), back["g2"].astype(float))


def test_reordering_changes_only_the_order(make_tables: Any, found: pd.DataFrame) -> None:
    turned = keywords.measure(make_tables(dict(reversed(TEXTS.items()))))
    order = ["speech", "reference", "rank"]
    pd.testing.assert_frame_equal(
        found.sort_values(order).reset_index(drop=True),
        turned.sort_values(order).reset_index(drop=True),
        check_exact=False,
        rtol=1e-6,
    )


def test_adding_a_speech_leaves_the_pairs_alone(make_tables: Any, found: pd.DataFrame) -> None:
    two = keywords.measure(make_tables({name: TEXTS[name] for name in "ab"}))
    kept = found[(found["speech"] == "a") & (found["reference"].isin(["b", "general"]))]
    again = two[(two["speech"] == "a") & (two["reference"].isin(["b", "general"]))]
    columns = [name for name in kept.columns if name not in ("text",)]
    # Words against general Chinese that only the added speech has are no longer listed as lacking.
    pd.testing.assert_frame_equal(kept[columns].reset_index(drop=True), again[columns].reset_index(drop=True), rtol=1e-6)


def test_one_speech_is_held_against_general_chinese_only(make_tables: Any) -> None:
    found = keywords.measure(make_tables({"a": TEXTS["a"]}))
    assert found["reference"].unique().tolist() == ["general"]
    assert found["p"].isna().all()
    assert keywords.measure(make_tables({})).empty


def test_a_list_of_the_users_own(make_tables: Any) -> None:
    found = keywords.measure(make_tables({"a": TEXTS["a"]}), general={"职工": 2, "生活": 98})  # workers; life
    row = one(found, "a", "general", "职工")
    assert (row["n_ref"], row["size_ref"]) == (2, 200)
    assert one(found, "a", "general", "生活")["n"] == 0
    assert one(found, "a", "general", "工会")["caution"].endswith("unlisted")


def test_names_can_be_hidden(make_tables: Any) -> None:
    tables = make_tables(TEXTS, hide_names=True)
    mention = ("a", 1, 0, 2, "工會", "organisation", "工會", "")
    names = pd.DataFrame([mention], columns=schema.columns("names")).astype(schema.dtypes("names"))
    tables = tables.with_frames(names=names)
    assert "工会" not in set(keywords.measure(tables)["key"])
    tables = replace(tables, settings=Settings(resamples=20))
    assert "工会" in set(keywords.measure(tables)["key"])


def test_a_word_in_one_section_is_concentrated_not_alike(make_tables: Any) -> None:
    # Ten paragraphs here and there; 企業 (enterprise) stands four times in one of them and once in the other speech.
    plain = "\n".join(["今天天氣很好。"] * 9)  # the weather is fine today
    found = keywords.measure(make_tables({"a": f"{plain}\n企業企業、企業、企業。", "b": f"{plain}\n企業很好。"}))
    row = one(found, "a", "b", "企业")
    assert row["log_ratio_low"] <= 0
    assert (row["verdict"], row["caution"]) == ("concentrated", "too few;short")


def test_p_by_full_enumeration() -> None:
    """With four blocks and two dealt out, each of the six ways is equally likely; three words of known p."""
    sizes = np.full(2, 100)
    cells = {"a": [(0, 0, 5), (0, 1, 5), (1, 0, 1), (2, 0, 3)], "b": [(1, 0, 1), (2, 1, 3)]}
    members = [
        member(name, tuple(np.array(rows, dtype=np.int64).T), sizes, resamples=20_000, seed=1)  # type: ignore[arg-type]
        for name, rows in cells.items()
    ]
    found = contrast.pairs(members, 3, 1)["a", "b"]
    # All ten in a: 2 of 6 deals are as uneven. One in each, or three in each: every deal is.
    assert found.words.tolist() == [0, 1, 2]
    assert found.p == pytest.approx([2 / 6, 1, 1], abs=0.015)
    rest = contrast.rests(members, 3, 1)["a"]
    assert rest.p == pytest.approx([2 / 6, 1, 1], abs=0.015)
    assert np.allclose(rest.low, found.low)


def test_limits_agree_with_the_log_ratio() -> None:
    """A count is within the limits exactly where its log ratio is as far from 0 as the observed one."""
    a, b, total = np.array([7, 0, 2]), np.array([3, 5, 2]), (400, 900)
    sizes = np.array([300.0, 400.0, 555.0, 1200.0])
    least, most = extremes.limits(a, b, total=total, sizes=sizes)
    for word, observed in enumerate(np.abs(keyness.log_ratio(a, b, *total))):
        for i, size in enumerate(sizes):
            for x in range(a[word] + b[word] + 1):
                ratio = keyness.log_ratio(x, a[word] + b[word] - x, size, sum(total) - size)
                assert (ratio >= observed - 1e-12) == (x >= least[word, i])
                assert (ratio <= -observed + 1e-12) == (x <= most[word, i])


def test_many_speeches_are_held_against_the_rest_as_few_are(make_tables: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the limit the pairs go; what is left has the same numbers, but for stability and rare words a speech lacks."""
    tables = make_tables(TEXTS)
    few = keywords.measure(tables)
    monkeypatch.setattr(references, "MOST_FOR_PAIRS", 2)
    many = keywords.measure(tables)
    assert set(many["reference"]) == {"rest", "general"}
    key, numbers = ["speech", "reference", "key"], ["n", "n_ref", "log_ratio", "log_ratio_low", "log_ratio_high", "g2", "p"]
    both = many.merge(few, on=key, suffixes=("", "_few"))
    assert len(both) == len(many)
    for name in numbers:
        assert np.allclose(both[name].astype(float), both[f"{name}_few"].astype(float), equal_nan=True)


def test_stretches_and_batches_change_nothing(shipped: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is held at once: the numbers stay."""
    found = keywords.measure(shipped)
    monkeypatch.setattr(contrast, "LINES", 100)
    monkeypatch.setattr(contrast, "BATCH", 7)
    monkeypatch.setattr(extremes, "BATCH", 11)
    monkeypatch.setattr(permutation, "MOST_COUNTS", 50_000)
    monkeypatch.setattr(permutation, "MORE_BLOCKS", 3)
    pd.testing.assert_frame_equal(found, keywords.measure(shipped), rtol=1e-5)
