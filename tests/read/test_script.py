"""The Simplified shadow: same length, one script, one spelling."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.read import script
from analysis.read.lexicons import COLUMNS, SHIPPED, load
from analysis.read.script import script_of, shadow, simplified, telling_characters

SHADOWS = [
    ("農民工入會率高達９１.73%", "农民工入会率高达91.73%"),  # 91.73 % of migrant workers have joined
    ("帶著感情，成效顯著", "带着感情，成效显著"),  # with feeling; marked results: 著 is particle here, word there
    ("带着感情，成效显著", "带着感情，成效显著"),  # the same, already Simplified
    ("著力", "着力"),  # put effort into: nothing tells the script but 著
    ("名著", "名著"),  # masterpiece keeps 著 in both scripts
    ("臺灣、台灣", "台湾、台湾"),  # Taiwan in two spellings
    ("裏面和裡面", "里面和里面"),  # inside in two spellings
    ("羣眾、群衆", "群众、群众"),  # the masses
    ("他於倫敦病逝", "他于伦敦病逝"),  # he died in London; OpenCC takes 於倫 for a name
    ("大部份身分不明，甚麼都沒有", "大部分身份不明，什么都没有"),  # words with two spellings
    ("\uf98e\u2f08", "年人"),  # compatibility ideograph and radical of 年 year, 人 person
    ("Ａ－３％＋", "A-3%+"),
    ("\ud800工會", "\ud800工会"),  # half of a broken character stays where it is
    ("工\0會", "工\0会"),  # OpenCC stops at NUL
    ("𠮷野家會議", "𠮷野家会议"),  # a character outside the basic plane
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), SHADOWS)
def test_shadow(text: str, expected: str) -> None:
    assert shadow(text) == expected


def test_each_paragraph_is_decided_by_itself() -> None:
    """工會顯著 (unions, marked) in one script beside the other."""
    assert shadow("工會帶著成績\n成效显著") == "工会带着成绩\n成效显著"


def test_a_paragraph_without_a_telling_character_follows_the_text() -> None:
    assert shadow("工會會議\n著力\n") == "工会会议\n着力\n"  # union meeting / put effort into
    assert shadow("工会会议\n著力\n") == "工会会议\n著力\n"


@given(st.text())
def test_length_is_kept_and_a_second_shadow_changes_nothing(text: str) -> None:
    once = shadow(text)
    assert len(once) == len(text)
    assert shadow(once) == once


@given(st.text(alphabet="工會会議议著着显顯力的,。\n\r\u2028 Ａ1", max_size=30))
def test_lines_do_not_reach_into_each_other(text: str) -> None:
    """The shadow of a text with one script is that of its lines joined."""
    traditional, simplified_ = telling_characters(text)
    if traditional and not simplified_ and all(telling_characters(line)[0] for line in text.splitlines()):
        assert shadow(text) == "".join(shadow(line) for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("text", "script"),
    [("工會", "traditional"), ("工会", "simplified"), ("人民", "none"), ("工會 工会", "mixed"), ("abc 12", "none")],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script


def test_variants_are_pairs_of_one_length_that_end_in_the_standard_form() -> None:
    with (SHIPPED / "variants.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        assert len(row["written"]) == len(row["standard"]), row
        assert simplified(row["standard"]) == row["standard"], row
        assert row["gloss"], row
        assert row["source"], row


def test_long_texts_take_linear_time() -> None:
    for text in ("一" * 1_000_000, "著" * 200_000, "工會著\n" * 200_000):  # one; 著; union 著
        assert len(shadow(text)) == len(text)


def test_gold_pairs_give_one_shadow(testdata) -> None:
    """Sentences published in both scripts: 98 % of those that differ in script only have the same shadow, marks aside."""
    marks = re.compile(r"\W")
    rows = (testdata / "script_pairs" / "gsd_trad_simp.dev.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [tuple(marks.sub("", text) for text in row.split("\t")[1:]) for row in rows]
    alike = [shadow(one) == shadow(other) for one, other in pairs if len(one) == len(other)]
    assert sum(alike) / len(alike) >= 0.98


def test_the_characters_that_tell_are_those_of_opencc() -> None:
    assert script.TELLING.read_text(encoding="utf-8").split() == list(script.characters_that_tell())


def test_many_words_at_once_give_what_each_gives_alone() -> None:
    words = [cell for name in COLUMNS for row in load().rows(name) for cell in row.values() if "\n" not in cell]
    script.remember(words)
    assert [word for word in words if script.simplified(word) != script.shadow(word)] == []
