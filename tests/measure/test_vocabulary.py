"""Vocabulary of converters: a notice where speeches differ in it, and no merging unasked."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd

from analysis import schema
from analysis.measure import frequencies, vocabulary
from analysis.measure.concordance import concordance
from analysis.measure.notes import note
from analysis.read import lexicons
from analysis.read.settings import Settings
from analysis.read.speech import Speech
from analysis.tables import Tables, found, frame


def tables(**words: list[str]) -> Any:
    rows = [(speech, 1, n, n + 1, key, key, "n") for speech, keys in words.items() for n, key in enumerate(keys)]
    tokens = pd.DataFrame(rows, columns=schema.columns("tokens")).astype(schema.dtypes("tokens"))
    return SimpleNamespace(tokens=tokens, speeches=pd.DataFrame({"speech": list(words)}), lexicons=lexicons.load())


def test_a_pair_that_sets_speeches_apart_is_told() -> None:
    found = vocabulary.notice(
        tables(a=["民众", "民众", "契约"], b=["群众"], c=["群众", "民众"])
    )  # the people, contract, the masses
    (row,) = found.itertuples()
    assert (row.converted, row.word, row.speeches_converted, row.speeches_word) == ("民眾", "群眾", "a", "b")
    assert (row.n_converted, row.n_word) == (2, 1)


def test_no_notice_where_all_speeches_use_the_same_word() -> None:
    found = vocabulary.notice(tables(a=["民众"], b=["民众"]))
    assert found.empty
    assert list(found.columns) == ["converted", "word", "speeches_converted", "speeches_word", "n_converted", "n_word"]


def test_merging_is_off_unless_the_settings_ask_for_it() -> None:
    speeches = [Speech("a", "a.txt", "", "工會聯繫民眾。民眾滿意。"), Speech("b", "b.txt", "", "工會聯繫群眾。")]  # the masses
    off = found(speeches)
    on = vocabulary.applied(replace(off, settings=Settings(equivalents=True)))
    assert vocabulary.applied(off) is off
    assert counts(off) == {("a", "民众", "民眾", 2), ("b", "群众", "群眾", 1)}
    assert counts(on) == {("a", "群众", "民眾", 2), ("b", "群众", "群眾", 1)}
    assert vocabulary.met(on) == [("民眾", "群众")]
    assert vocabulary.met(off) == []
    assert list(concordance(on, "民眾")["hit"]) == list(concordance(on, "群衆")["hit"]) == ["民眾", "民眾", "群眾"]
    assert vocabulary.notice(on).empty
    assert not vocabulary.notice(off).empty
    assert "民眾 = 群众" in vocabulary_note(on)
    assert "民眾" not in vocabulary_note(off)


def counts(of: Tables) -> set[tuple[str, str, str, int]]:
    rows = frequencies.measure(of)
    return {(r.speech, r.key, r.text, r.n) for r in rows[rows["key"].isin(["民众", "群众"])].itertuples()}


def vocabulary_note(of: Tables) -> str:
    return note(of.with_frames(keywords=frame("keywords", [])), "en")


def test_ordinary_words_of_converters_are_not_merged() -> None:
    assert "资料" not in vocabulary.merged(lexicons.load())  # material; data


def test_the_usual_word_is_the_key() -> None:
    assert vocabulary.merged(lexicons.load())["民众"] == "群众"
    assert "群众" not in vocabulary.merged(lexicons.load())
