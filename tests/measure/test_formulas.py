"""Formulas by speech: label, spelled out in full, spelled out in part, and labels that may mean different things."""

from typing import Any

import pandas as pd
import pytest

from analysis import schema
from analysis.measure import ambiguity, formulas
from analysis.measure.spelled_out import spelled_out
from analysis.read import lexicons
from analysis.read.script import simplified
from analysis.tables import Tables


def tables(labels: list[tuple[str, str]], **texts: str) -> Any:
    """Speeches with the slogans given as (speech, text), at the first place they stand."""
    slogans = []
    for speech, label in labels:
        start = texts[speech].index(label)
        slogans.append((speech, 1, start, start + len(label), label, "numeral", simplified(label)))
    sentences = [(speech, 1, 1, 0, len(text), text) for speech, text in texts.items()]
    frames = {
        "speeches": pd.DataFrame({"speech": list(texts)}),
        "slogans": pd.DataFrame(slogans, columns=schema.columns("slogans")).astype(schema.dtypes("slogans")),
        "sentences": pd.DataFrame(sentences, columns=schema.columns("sentences")).astype(schema.dtypes("sentences")),
    }
    return Tables(frames, lexicons=lexicons.load(), texts=texts)


def states(found: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {(row.speech, row.key): row.state for row in found.itertuples()}


def test_label_full_and_part_are_told_apart() -> None:
    found = tables(
        [("c", "四化")],
        a="堅決克服機關化、行政化傾向,改進工作方法。",  # overcome the tendency to offices and administration
        b="克服“機關化、行政化、貴族化、娛樂化”等問題。",  # all four faults
        c="努力增強“三性”、去除“四化”。",  # get rid of the four faults
        d="創新幫扶機制。",  # innovate: a single part is no slogan
    )
    assert states(formulas.forms(found)) == {("a", "四化"): "part", ("b", "四化"): "full", ("c", "四化"): "label"}
    assert list(formulas.matrix(found).loc["四化"]) == ["part", "full", "label", ""]
    for row in formulas.places(found).itertuples():
        assert found.texts[row.speech][row.start : row.end] == row.text


def test_everyday_words_beside_each_other_are_no_part_of_a_list() -> None:
    """工业农业 (industry and agriculture) names no 四个现代化; three of its four do, and so does a pair nobody says otherwise."""
    told = {"四个现代化": ("工业", "农业", "国防", "科学技术"), "四化": ("机关化", "行政化", "贵族化", "娱乐化")}

    def keys(text: str) -> list[str]:
        return [stretch.key for stretch in spelled_out(text, told, lexicons.load())]

    assert keys("發展工業和農業") == []
    assert keys("工業、農業、國防") == ["四个现代化"]
    assert keys("克服機關化、行政化") == ["四化"]


def test_a_series_of_clauses_spells_out_what_a_label_counts() -> None:
    found = tables(
        [("a", "三個著力")],
        a="圍繞“三個著力”全面推進基層工會建設。",  # three focal points
        b="圍繞“著力擴大覆蓋面、增強代表性,著力強化服務意識、提高維權能力,著力加強隊伍建設、提升保障水平”的要求。",  # all three
    )
    assert states(formulas.forms(found)) == {("a", "三个着力"): "label", ("b", "三个着力"): "full"}


def test_a_list_beside_its_label_spells_it_out() -> None:
    text = "用“特別細心、特別耐心、特別熱心”這“三個心意”評價,發揚“三個心意”。"  # careful, patient, warm: three ways of the heart
    found = tables([("a", "三個心意")], a=text)
    (row,) = formulas.forms(found).itertuples()
    assert (row.state, row.parts, row.n_label, row.n_full) == ("full", 3, 1, 1)
    # The list and the label beside it are one mention; the label stands twice in the text.
    assert (row.n, row.n_text) == (1, 2)


def test_a_label_inside_a_longer_slogan_is_counted_as_a_reader_counts_it() -> None:
    text = "以“踐行新理念、建功‘十三五’”為主題,謀劃“十三五”。"  # act on the new concepts, merit in the 13th plan
    rows = [("a", "踐行新理念、建功‘十三五’"), ("a", "十三五")]
    found = tables(rows, a=text)
    found.slogans.loc[1, ["start", "end"]] = [text.rindex("十三五"), text.rindex("十三五") + 3]
    counted = formulas.forms(found).set_index("key")
    assert (counted.loc["十三五", "n_label"], counted.loc["十三五", "n_text"]) == (2, 2)
    for place in formulas.places(found).itertuples():
        assert text[place.start : place.end] == place.text


def test_words_of_a_converter_are_the_same_part() -> None:
    found = tables([("a", "三性")], a="保持政治性、先進性、民眾性,增強三性。")  # mass character: 民眾性 for 群眾性
    (row,) = formulas.forms(found).itertuples()
    assert (row.state, row.n_label) == ("full", 1)


@pytest.mark.parametrize(
    ("texts", "labels", "warning"),
    [
        # Six insistences: nobody says which.
        ({"a": "立足六個堅持。", "b": "把握六個堅持。"}, [("a", "六個堅持"), ("b", "六個堅持")], "no speech says"),
        # Three goods, two different lists.
        (
            {"a": "“甲好、乙好、丙好”這“三個好”", "b": "“丁好、戊好、己好”這“三個好”"},
            [("a", "三個好"), ("b", "三個好")],
            "spelled out differently",
        ),
        # Four faults, or the four modernisations.
        ({"a": "去除“四化”。這個會議。"}, [("a", "四化")], "another list: 工業、農業"),
    ],
)
def test_warnings(texts: dict[str, str], labels: list[tuple[str, str]], warning: str) -> None:
    found = ambiguity.warnings(tables(labels, **texts))
    assert len(found) == 1
    assert warning in found["warning"].iloc[0]


def test_no_slogan_gives_empty_tables() -> None:
    found = tables([], a="今天天氣很好。")  # fine weather today
    assert formulas.forms(found).empty
    assert formulas.matrix(found).empty
    assert ambiguity.warnings(found).empty
