"""Themes: each row a term in its place, conditions on its sentence, the longest term first."""

import time

import pytest

from analysis.find import themes
from analysis.find.themes import read_rule
from analysis.read import lexicons
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.schema import Sentence


def themes_of(text: str, *terms: tuple[str, str]) -> list[tuple[str, str]]:
    """(text, theme) of each row; sentences end at 。 here."""
    speech = Speech("s", "s.txt", "", text)
    lexicon = Lexicons({"themes": tuple({"theme": theme, "term": term} for theme, term in terms)}, "test")
    rows = list(themes.find(speech, {"sentences": sentences_of(text)}, lexicon))
    assert all(row.text == text[row.start : row.end] for row in rows)
    return [(row.text, row.theme) for row in rows]


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
    assert list(themes.find(speech, {"sentences": rows}, lexicon)) == []


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
    list(themes.find(speech, {"sentences": [Sentence("s", 1, 1, 0, len(text), text)]}, lexicons.load()))
    assert time.process_time() - began < 5  # seconds; quadratic would take minutes
