"""Themes: each row a term in its place, conditions on its sentence, the longest term first."""

import time

import pytest

from analysis.find import themes
from analysis.find.themes import read_rule
from analysis.measure.themes import shares
from analysis.read import intake, lexicons
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.schema import Sentence
from analysis.store import columns
from analysis.tables import found

SHIPPED = lexicons.PROJECT / "data" / "speeches"


def themes_of(text: str, *terms: tuple[str, str]) -> list[tuple[str, str]]:
    """(text, theme) of each row; sentences end at 。 here."""
    speech = Speech("s", "s.txt", "", text)
    lexicon = Lexicons({"themes": tuple({"theme": theme, "term": term} for theme, term in terms)}, "test")
    told = themes.find(speech, {"sentences": columns("sentences", sentences_of(text))}, lexicon)
    assert told["text"] == [text[start:end] for start, end in zip(told["start"], told["end"], strict=True)]
    return list(zip(told["text"], told["theme"], strict=True))


def sentences_of(text: str) -> list[Sentence]:
    rows, start = [], 0
    for number, part in enumerate((p for p in text.split("。") if p), 1):
        rows.append(Sentence("s", number, 1, start, start + len(part) + 1, part + "。"))
        start += len(part) + 1
    return rows


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("幫扶", "幫扶困難職工。", ["幫扶"]),  # help workers in hardship
        ("幫扶", "帮扶困难职工。", ["帮扶"]),  # the same in Simplified
        ("欠薪|拖欠工資", "追討欠薪。拖欠工資。", ["欠薪", "拖欠工資"]),  # either word
        ("培訓 & 職工|工人", "職工參加培訓。幹部參加培訓。", ["培訓"]),  # training of workers, not of cadres
        ("改革 -改革發展", "改革發展。改革。", ["改革"]),  # not inside the longer word
        ("四化 -現代化", "實現四化,建設現代化。去除四化。", ["四化"]),  # not where the sentence says modernisation
        ("創新 -技術創新 -創新型", "技術創新、創新型、創新。", ["創新"]),  # only the bare word
    ],
)
def test_conditions(term: str, text: str, expected: list[str]) -> None:
    assert [found for found, _ in themes_of(text, ("t", term))] == expected


def test_the_longest_term_wins_within_a_theme_and_themes_may_share_a_place() -> None:
    terms = [("a", "困難職工"), ("a", "困難"), ("b", "職工")]  # workers in hardship, hardship, workers
    assert themes_of("困難職工有困難。", *terms) == [("困難職工", "a"), ("職工", "b"), ("困難", "a")]


def test_a_term_does_not_reach_over_the_end_of_a_sentence() -> None:
    speech = Speech("s", "s.txt", "", "工會會員")  # union member
    lexicon = Lexicons({"themes": ({"theme": "t", "term": "會會"},)}, "test")
    rows = [Sentence("s", 1, 1, 0, 2, "工會"), Sentence("s", 2, 1, 2, 4, "會員")]
    assert themes.find(speech, {"sentences": columns("sentences", rows)}, lexicon)["text"] == []


@pytest.mark.parametrize("term", ["", "培訓 & ", "a||b", "a -"])
def test_an_empty_word_is_an_error_that_shows_the_term(term: str) -> None:
    with pytest.raises(ValueError, match="empty word"):
        read_rule(term)


def test_shipped_lexicon_is_well_formed() -> None:
    rows = lexicons.load().rows("themes")
    assert 10 <= len({row["theme"] for row in rows}) <= 14
    assert len({(row["theme"], row["term"]) for row in rows}) == len(rows)
    assert all(row["gloss"] and row["source"] and row["theme_en"] for row in rows)
    assert len({(row["theme"], row["theme_en"]) for row in rows}) == 14
    assert themes.rules_by_theme(lexicons.load())


@pytest.mark.parametrize("text", ["一" * 500_000, "改革" * 125_000, "就業培訓" * 50_000])
def test_long_monotonous_text_takes_linear_time(text: str) -> None:
    speech = Speech("s", "s.txt", "", text)
    began = time.process_time()
    themes.find(speech, {"sentences": columns("sentences", [Sentence("s", 1, 1, 0, len(text), text)])}, lexicons.load())
    assert time.process_time() - began < 5  # seconds; quadratic would take minutes


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("清除精神污染,治理大氣污染。", ["污染"]),  # spiritual pollution; air pollution
        ("所有者權益增加,維護職工權益。", ["權益"]),  # owners' equity; workers' rights
        ("面向人民生命健康,改善居民生活。", []),  # life and health; the life of residents: no 民生 (livelihood)
        ("列入會議議程,推動農民工入會。", ["農民工", "入會"]),  # on the agenda of the meeting; join the union
        ("由公安民警執行,滿足最低保障。", []),  # police; minimum guarantee
        ("防範工作風險,轉變工作作風。", ["作風"]),  # risks at work; style of work
        ("處理改革、發展、穩定的關係,深化改革。", ["改革"]),  # reform, development, stability; deepen reform
        ("中國人民武裝警察部隊。用理論武裝頭腦。", ["理論武裝"]),  # armed police; arm the mind with theory
    ],
)
def test_shipped_terms_do_not_count_across_words_and_in_fixed_phrases(text: str, terms: list[str]) -> None:
    sentences = [Sentence("s", 1, 1, 0, len(text), text)]
    told = themes.find(Speech("s", "s.txt", "", text), {"sentences": columns("sentences", sentences)}, lexicons.load())
    assert told["text"] == terms


# What a reader wrote down for each section of the three speeches before looking at any row: its main theme first.
READING = {
    "union-meetings-1": (
        "服務發展",
        "服務發展 思想政治引領 技能與勞動競賽",
        "維護權益 和諧穩定 困難幫扶 民主管理",
        "基層組織建設 改革創新",
        "困難幫扶 和諧穩定 服務發展",
        "隊伍作風 聯繫群眾",
        "服務發展",
    ),
    "union-meetings-2": (
        "服務發展 技能與勞動競賽 困難幫扶",
        "思想政治引領",
        "技能與勞動競賽 服務發展",
        "維護權益 困難幫扶 和諧穩定",
        "基層組織建設 隊伍作風",
        "服務發展",
    ),
    "union-meetings-3": (
        "農民工 困難幫扶 服務發展",
        "思想政治引領 服務發展",
        "改革創新 農民工 困難幫扶 基層組織建設",
        "隊伍作風",
        "服務發展",
    ),
}


def test_sections_have_the_themes_a_reader_gave_them() -> None:
    rows = shares(found(speech for read in intake.read((SHIPPED,)) for speech in read.speeches))
    main = read = 0
    for speech, sections in READING.items():
        for section, told in enumerate(map(str.split, sections), 1):
            here = rows[(rows["speech"] == speech) & (rows["section"] == section) & (rows["n_sentences"] > 0)]
            ranks = here.set_index("theme")["n_sentences"].rank(method="min", ascending=False).to_dict()
            main += ranks.get(told[0], 99) <= 2
            read += sum(ranks.get(theme, 99) <= len(told) + 1 for theme in told)
    assert main >= 16  # of 18 main themes among the two commonest of their section
    assert read >= 35  # of 39 themes among the commonest, one more than the reader named
