"""Artefacts: harm done by script conversion is listed with a suggestion, right spellings are left alone."""

import math
import time
from pathlib import Path

import pytest

from analysis.find import artefacts
from analysis.find.dictionary import dictionary
from analysis.find.spelling import JIEBA_TOTAL, cost, paths, spellings
from analysis.read import lexicons
from analysis.read.script import shadow
from analysis.read.speech import Speech
from analysis.schema import Artefact


def harm(text: str) -> list[tuple[str, str]]:
    """(text, suggestion) of each row."""
    return [(row.text, row.suggestion) for row in rows_of(text)]


def rows_of(text: str) -> list[Artefact]:
    speech = Speech("s", "s.txt", "", text)
    rows = list(artefacts.find(speech, {}, lexicons.load()))
    assert all(row.text == text[row.start : row.end] for row in rows)
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # From the shipped speeches.
        ("全縣各級工會、參在線上關和參聯幹部", [("在線上關", "聯機關")]),  # offices that take part (參聯機關)
        ("以“走在前列”的姿態、“乾在實處”的精神", [("乾", "幹")]),  # do it where it counts
        ("職工民眾怎么看、怎么乾的問題", [("怎么", "怎麼"), ("怎么乾", "怎麼幹")]),  # what to think and do
        ("共同交匯成激昂的時代鏇律", [("鏇律", "旋律")]),  # melody of the time
        ("緊緊圍繞這箇中心工作", [("這箇", "這個")]),  # this central task
        # One simplified character for several.
        ("加強干部隊伍建設", [("干部隊伍", "幹部隊伍")]),  # cadres
        ("經濟髮展取得成就", [("髮展", "發展")]),  # development
        ("為瞭解決職工的實際困難", [("為瞭", "為了")]),  # in order to solve
        ("我們取得瞭新的成績", [("瞭", "了")]),  # achieved
        ("聯系實際的工作方法", [("聯系實際", "聯繫實際")]),  # tie to practice
        ("皇後訪問工業園區", [("皇後", "皇后")]),  # queen
        # A converter's word across two words, in either script.
        ("嚴格職許可權制制度的落實", [("職許可權制", "職權限制")]),  # limits of office
        ("這是國記憶體在的問題嗎", [("國記憶體在", "國內存在")]),  # exist in the country
        ("参在线上关和参联干部走访了企业", [("在线上关", "联机关")]),  # offices that take part
        ("改革取得显着成效", [("显着", "显著")]),  # marked results
    ],
)
def test_harm_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert harm(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "中央為群團工作改革發展指明了方向。",  # showed the way: not 明瞭
        "省委書記點讚全省工會工作。",  # gave a like: not 贊
        "新征程凝聚著新的奮進。",  # a new march: not 徵
        "利民之事,絲髮必興",  # however fine: 髮 is right
        "台灣與臺灣、布局與佈局、占與佔、裡與裏都通行。",  # second spellings
        "使用者以資訊系統管理計畫與檔案。",  # Taiwan's own words
        "擦乾眼淚,吹乾頭髮,乾淨的三隻羊。",  # dry, hair, clean, three sheep
        "他沿着河边走,冲着名利去了。",  # 着 is right in Simplified
        "工会干部了解职工里的困难,后来发展了。",  # Simplified text has one character for several
        "",
        "123,456 abc",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert harm(text) == []


def test_places_that_touch_are_one_row_with_both_reasons() -> None:
    (row,) = rows_of("職工民眾怎么乾")  # how to do it
    assert (row.text, row.suggestion) == ("怎么乾", "怎麼幹")
    assert row.reason.count("is no spelling of") == 2


def test_shipped_speeches_give_what_a_careful_reader_finds() -> None:
    text = (lexicons.PROJECT / "data" / "speeches" / "union-meetings.txt").read_text(encoding="utf-8-sig")
    # 乾 (do), 聯機關 (offices), 這個 (this), 怎麼 (how), 怎麼幹 (how to do), 旋律 (melody)
    assert [row.suggestion for row in rows_of(text)] == ["幹", "聯機關", "這個", "怎麼", "怎麼幹", "旋律"]


def test_a_segmentation_costs_the_sum_of_its_words() -> None:
    ways = paths("参联机关")  # offices that take part
    assert ways.best() == [(0, 1), (1, 2), (2, 4)]
    assert ways.onward[0] == pytest.approx(cost(["参", "联", "机关"])) == pytest.approx(ways.to[4])


def test_costs_are_shares_of_jiebas_counts() -> None:
    assert pytest.approx(math.log(sum(count for count, _ in dictionary().values()))) == JIEBA_TOTAL


def test_a_long_word_is_spelled_as_its_parts() -> None:
    assert "製" not in spellings("分配制度")[2]  # 制度 = system, though 配製 (make up) is a word


def test_clean_speeches_raise_less_than_one_alarm_in_ten_thousand_characters(testdata: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((testdata / "speeches").glob("*.txt"))]
    alarms = sum(len(rows_of(text)) for text in texts)
    assert alarms * 10_000 < sum(map(len, texts))


@pytest.mark.parametrize("text", ["一" * 1_000_000, "1,1,1," * 170_000, "工會，乾" * 10_000, "在線上關" * 5_000])
def test_long_monotonous_text_takes_linear_time(text: str) -> None:
    speech = Speech("s", "s.txt", "", text)
    assert len(speech.shadow) == len(shadow(text))
    began = time.process_time()
    list(artefacts.find(speech, {}, lexicons.load()))
    assert time.process_time() - began < 5  # seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各單位己經完成任務", [("己經", "已經")]),  # already
        ("走向末來的道路", [("末來", "未來")]),  # future
        ("政冶工作与经济工作", [("政冶", "政治")]),  # politics
        ("每逢節曰慰問職工", [("節曰", "節日")]),  # holiday
        ("克己奉公、年末總結、未必如此", []),  # restrain oneself, end of the year, not necessarily
        ("推己及人，不能己所不欲而施於人", []),  # what one does not want for oneself
        ("未来已来，期末考试已经结束", []),  # the future is here, final examination
    ],
)
def test_look_alikes_of_a_scan_are_found_where_they_leave_no_word(text: str, expected: list[tuple[str, str]]) -> None:
    assert harm(text) == expected


def test_a_spelling_across_two_words_is_harm_unless_the_text_writes_the_character_alone() -> None:
    assert harm("各村堅持長期規劃、併發展手工業。") == [("併", "並")]  # and develop crafts
    assert harm("各機關得併發給證明；其年資併計，其費用併由機關負擔。") == []  # may issue together; are counted together
