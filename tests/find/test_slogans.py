"""Slogans: labels in quotation marks, numeral abbreviations, and those of the register."""

import csv
from pathlib import Path

import pytest

from analysis.find import slogans
from analysis.read.lexicons import PROJECT, load
from analysis.read.script import shadow
from analysis.read.speech import Speech


def found(text: str) -> list[tuple[str, str, str]]:
    return [(row.text, row.form, row.key) for row in slogans.find(Speech("s", "s.txt", "", text), {}, load())]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("推進“四個全面”戰略布局", [("四個全面", "numeral", "四个全面")]),  # Four Comprehensives, quoted
        ("按照三嚴三實要求", [("三嚴三實", "numeral", "三严三实")]),  # three stricts, three honests, unquoted
        ("“強基固本、實幹興縣”不動搖", [("強基固本、實幹興縣", "quoted", "强基固本、实干兴县")]),  # a county's slogan
        ("十三五規劃", [("十三五", "numeral", "十三五")]),  # 13th five-year plan
        ("積極投身大眾創業、萬眾創新", [("大眾創業、萬眾創新", "listed", "大众创业、万众创新")]),  # from the register
        ("「九二共識」", [("九二共識", "quoted", "九二共识")]),  # consensus of 1992: a year, not an abbreviation
        ("推行“一业一查”", [("一业一查", "quoted", "一业一查")]),  # one trade, one check
        ("提出「東海和平倡議」", [("東海和平倡議", "quoted", "东海和平倡议")]),  # a peace initiative put forward
        ("推进“厕所革命”", [("厕所革命", "quoted", "厕所革命")]),  # everyday words, but something to be advanced
        ("发展“26条”", [("26条", "quoted", "26条")]),  # a programme by the number of its articles
        ("聚焦“1+2+4+N”体系", [("1+2+4+N", "quoted", "1+2+4+N")]),  # a formula of figures
        ("落實“三保”,三保支出", [("三保", "numeral", "三保"), ("三保", "numeral", "三保")]),  # again without marks
        (
            "“創新、協調、綠色、開放、共享”五大發展理念",
            [("創新、協調、綠色、開放、共享", "quoted", "五大发展理念"), ("五大發展理念", "numeral", "五大发展理念")],
        ),
    ],
)
def test_found(text, rows):
    assert found(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "他強調:“時代在發展,事業在創新,工會工作也要發展。”",  # a quotation of a sentence
        "在“xx”圓滿收官之際",  # redacted
        "三個月、四個人、兩岸",  # three months, four persons, both sides
        "第十五五金店",  # a hardware shop
        "真正擁有“合法身份”",  # lawful status, everyday words
        "突出解決“基層工會組建難”問題",  # the name of a problem
        "要人写“效忠信”",  # letters of loyalty, quoted with distance
        "所谓“新变动”的谬论",  # so-called
    ],
)
def test_not_found(text):
    assert found(text) == []


def test_both_scripts_give_the_same_rows():
    traditional, simplified = found("“三區兩園”建設和供給側結構性改革"), found("“三区两园”建设和供给侧结构性改革")
    assert [row[1:] for row in traditional] == [row[1:] for row in simplified]


def test_rows_do_not_overlap():
    text = "“踐行新理念、建功‘十三五’”和全面建成小康社會"
    rows = list(slogans.find(Speech("s", "s.txt", "", text), {}, load()))
    assert [row.text for row in rows] == ["踐行新理念、建功‘十三五’", "全面建成小康社會"]


def test_register_is_large_and_explained():
    rows = load().rows("slogans")
    assert len(rows) >= 120
    assert len({row["slogan"] for row in rows}) == len(rows)
    assert all(row["gloss"] and row["source"] for row in rows)


def occurs(row: dict[str, str], text: str) -> bool:
    return any(shadow(form) in text for form in (row["slogan"], *row["variants"].split("|")) if form)


def test_entries_from_the_shipped_speeches_occur_there():
    text = shadow((PROJECT / "data" / "speeches" / "union-meetings.txt").read_text(encoding="utf-8-sig"))
    missing = [
        row["slogan"] for row in load().rows("slogans") if row["source"].startswith("union-meetings") and not occurs(row, text)
    ]
    assert not missing


def test_entries_from_other_texts_occur_there(testdata: Path):
    texts = {path.stem: shadow(path.read_text(encoding="utf-8-sig")) for path in (testdata / "speeches").glob("*.txt")}
    with (PROJECT / "data" / "lexicons" / "slogans.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not row["source"].startswith("union-meetings")]
    assert not [row["slogan"] for row in rows if not occurs(row, texts[row["source"].split(";")[0]])]


def test_proposals_recur_and_are_not_in_the_register():
    speeches = [Speech(name, "", "", "落實“雙聯共建”和“四個全面”,“雙聯共建”") for name in ("a", "b")]
    assert slogans.propose(speeches, load()) == [("双联共建", 4, 2)]  # joint work in pairs


def test_long_text_takes_no_square_of_time():
    for piece in ("一", "“", "三个", "1,1,"):
        assert found(piece * 50_000) == []
