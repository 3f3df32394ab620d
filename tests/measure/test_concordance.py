"""The concordance shows exactly the hits that are counted."""

from typing import Any

import pytest

from analysis.measure import frequencies
from analysis.measure.concordance import TYPES, concordance

# Comrades: / I. The union / The union serves workers. Union organisations reach the grass roots. / II. Firms / Firms have unions.
TEXT = "同志們:\n一、工會\n工會服務職工。工會組織深入基層。\n二、企業\n企業有工會。"


def test_hits_by_word(make_tables: Any) -> None:
    tables = make_tables({"a": TEXT})
    found = concordance(tables, "工會")
    assert list(found.columns) == list(TYPES)
    assert (found["hit"] == "工會").all()
    assert found["path"].tolist() == ["一、工會"] * 3 + ["二、企業"]
    assert [TEXT[a:b] for a, b in zip(found["start"], found["end"], strict=True)] == ["工會"] * 4
    assert concordance(tables, "基層")["right"].tolist() == ["。 二、企業 企業有工會。"]


def test_either_script(make_tables: Any) -> None:
    tables = make_tables({"a": TEXT})
    assert concordance(tables, "工会").equals(concordance(tables, "工會"))


def test_sorting(make_tables: Any) -> None:
    found = concordance(make_tables({"a": TEXT}), "工會", sort="right1")
    nearest = [row.right.strip()[:1] for row in found.itertuples()]
    assert nearest == ["。", "工", "服", "组".replace("组", "組")]  # by key: 。 工会 服务 组织
    found = concordance(make_tables({"a": TEXT}), "工會", sort="left2")
    assert [row.left[-1:] for row in found.itertuples()] == ["、", "。", " ", "有"]  # by key: 、 。 工会 有


def test_one_section(make_tables: Any) -> None:
    tables = make_tables({"a": TEXT})
    heading = int(tables.outline[tables.outline["text"] == "二、企業"]["node"].iloc[0])
    assert len(concordance(tables, "工會", speech="a", section=heading)) == 1
    assert len(concordance(tables, "工會", speech="a", section=0)) == 4


def test_counts_are_those_of_frequencies(shipped: Any) -> None:
    found = frequencies.measure(shipped)
    for key in [*found.sort_values("n", ascending=False)["key"].unique()[:25], "基层", "参", "新"]:
        rows = found[found["key"] == key]
        assert len(concordance(shipped, key)) == rows["n"].sum(), key
        hits = concordance(shipped, key, by="text")
        # n_text is only listed where n is at least 1
        assert hits["speech"].isin(rows["speech"]).sum() == rows["n_text"].sum(), key
        assert all(shipped.texts[h.speech][h.start : h.end] == h.hit for h in hits.itertuples())


def test_an_erratum_hits_the_whole_token(make_tables: Any) -> None:
    tables = make_tables({"a": "參在線上關"})  # damaged 参联机关, participating offices
    damaged = tables.tokens.iloc[:1].assign(text="參在線上關", key="参联机关", start=0, end=5)
    tables = tables.with_frames(tokens=damaged)
    assert concordance(tables, "机关", by="text")[["start", "end"]].values.tolist() == [[0, 5]]
    assert concordance(tables, "参联机关")["hit"].tolist() == ["參在線上關"]


def test_nothing_found(make_tables: Any) -> None:
    assert concordance(make_tables({"a": TEXT}), "太空").empty  # outer space
    assert concordance(make_tables({}), "太空").empty
    with pytest.raises(ValueError, match="by is"):
        concordance(make_tables({"a": TEXT}), "工會", by="letter")  # type: ignore[arg-type]
