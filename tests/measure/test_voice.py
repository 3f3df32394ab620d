"""Voice: directives and achievements, speakers, lengths, series, rhythm; every place is a slice of the text."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import rjieba

from analysis import schema
from analysis.measure import rhythm, series, voice
from analysis.read.script import shadow

# "We must… make sure…; last year we obtained results and solved difficulties."
TEXT = "我們必須深入基層,確保穩定。只要努力,就有辦法。去年取得成績,解決了困難。我代表縣委、縣政府,向大家致敬。"


def tables(text: str) -> Any:
    words, start = [], 0
    for word in rjieba.cut(shadow(text), False):
        end = start + len(word)
        pos = "w" if not word.isalnum() else "v" if word in ("解决", "取得", "来") else "n"
        sentence = text[:start].count("。") + 1
        words.append(("s", sentence, start, end, text[start:end], word, pos))
        start = end
    sentences, start = [], 0
    for number, part in enumerate(text.split("。")[:-1], 1):
        sentences.append(("s", number, 1, start, start + len(part) + 1, part + "。"))
        start += len(part) + 1
    outline = [
        ("s", 0, None, 0, "speech", "", None, 0, len(text), text),
        ("s", 1, 0, 1, "paragraph", "", None, 0, len(text), text),
    ]
    shaped = {"tokens": words, "sentences": sentences, "outline": outline}
    frames = {n: pd.DataFrame(rows, columns=schema.columns(n)).astype(schema.dtypes(n)) for n, rows in shaped.items()}
    return SimpleNamespace(speeches=pd.DataFrame({"speech": ["s"]}), texts={"s": text}, **frames)


def texts(found: pd.DataFrame, text: str) -> list[str]:
    assert all(text[row.start : row.end] == row.text for row in found.itertuples())
    return list(found["text"])


def test_directives_and_achievements_are_words_not_strings() -> None:
    found = voice.marks(tables(TEXT))
    assert texts(found, TEXT) == ["必須", "確保", "取得", "解決了"]  # must, make sure, obtain, solved; not the 要 of 只要
    assert list(found["kind"]) == ["directive", "directive", "achievement", "achievement"]
    (row,) = voice.directives(tables(TEXT)).itertuples()
    assert (row.n_directive, row.directive_sentences, row.of_sentences) == (2, 1, 4)
    assert row.directive_low < row.directive_share < row.directive_high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("讓我們用發展取得民心。", []),  # let us win hearts by development
        ("希望大家取得成績。", []),  # hope you all reach something
        ("一定能取得成效。", []),  # can surely take effect
        ("經過努力,取得成績。", ["取得"]),  # after efforts, something was reached
        ("努力在工作中解決了困難。", []),  # strive to have solved (a slip of the speech)
        ("讓大家解決了困難。", ["解決了"]),  # let all solve their difficulties: done
        ("落實應盡義務。", []),  # duties one owes
    ],
)
def test_what_is_only_hoped_for_was_not_done(text: str, expected: list[str]) -> None:
    assert texts(voice.marks(tables(text)), text) == expected


def test_who_speaks_and_on_whose_behalf() -> None:
    found = voice.speakers(tables(TEXT))
    assert texts(found, TEXT) == ["我們", "我"]
    assert list(found["who"]) == ["we", "self"]
    assert list(found["whom"].fillna("")) == ["", "縣委、縣政府"]  # county committee and government
    assert list(voice.speakers(tables("我省工會,我國職工。"))["who"]) == ["our", "our"]  # our province, our country


def test_lengths_in_han_characters() -> None:
    (row,) = rhythm.lengths(tables("職工滿意,企業發展。努力。")).itertuples()  # workers content, firms grow; strive
    assert (row.sentence_n, row.sentence_mean, row.sentence_longest) == (2, 5.0, 8)
    assert (row.clause_n, row.clause_mean) == (3, pytest.approx(10 / 3))


def test_rhythm_counts_clauses_of_four_and_their_runs() -> None:
    text = "振奮精神、開拓進取,為職工服務。攜手並肩。"  # rouse, forge ahead, serve workers, side by side
    (row,) = rhythm.rhythm(tables(text)).itertuples()
    assert (row.clauses, row.of_four) == (4, 3)
    runs = rhythm.four_character_runs(tables(text))
    assert texts(runs, text) == ["振奮精神、開拓進取"]


@pytest.mark.parametrize(
    ("text", "kind", "words", "n"),
    [
        ("一年來,我們甲;一年來,我們乙;一年來,我們丙。", "opening", "一年來", 3),  # over the past year, three times
        ("在著力增強三性、著力去除四化、著力做強基層上下功夫。", "opening", "著力", 3),  # focus on…, three times
        ("實現經常化、制度化、規範化。", "ending", "化", 3),  # the first item has a verb before it
        ("做到有思想、有能力。", "", "", 0),  # two members are no series
    ],
)
def test_parallel_series(text: str, kind: str, words: str, n: int) -> None:
    found = series.series(tables(text), least=min(3, n) or 3)
    assert [(row.kind, row.words, row.n) for row in found.itertuples() if row.kind == kind] == ([(kind, words, n)] if n else [])
    assert not found.empty or n == 0


def test_one_character_makes_a_series_of_four() -> None:
    text = "20xx年,是開局之年,是攻堅之年,是啟動之年,是大有作為之年。"  # year of the start, of the assault, of the launch
    (row,) = series.series(tables(text)).itertuples()
    assert (row.words, row.n, row.text) == ("是", 4, "是開局之年,是攻堅之年,是啟動之年,是大有作為之年")
    assert series.series(tables("是開局之年,是攻堅之年,是啟動之年。")).empty
    (row,) = series.series(tables("強化大局意識、責任意識、創新意識。")).itertuples()  # senses of the whole, duty, the new
    assert (row.kind, row.words, row.n) == ("ending", "意識", 3)


def test_sentences_about_one_thing_are_no_series() -> None:
    assert series.series(tables("企業完成計劃。企業增加獎金。企業繳納稅款。")).empty  # firms fulfil, raise, pay
    assert len(series.series(tables("堅持改革。堅持開放。堅持創新。"))) == 1  # insist on reform, opening, the new


def test_oneself_is_not_the_speaker() -> None:
    assert texts(voice.speakers(tables("勇於自我革新,我要講話。")), "勇於自我革新,我要講話。") == ["我"]  # renew oneself


def test_a_paragraph_ends_a_series() -> None:
    assert series.series(tables("著力增強三性。\n著力去除四化。\n著力做強基層。")).empty


def test_empty_speech() -> None:
    for function in (voice.marks, voice.directives, voice.speakers, rhythm.lengths, rhythm.rhythm, series.series):
        assert len(function(tables(""))) <= 1
