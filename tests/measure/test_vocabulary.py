"""Vocabulary of converters: a notice where speeches differ in it, and no merging unasked."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from analysis import schema
from analysis.measure import vocabulary
from analysis.read import lexicons


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


def test_merging_is_a_choice_of_the_caller() -> None:
    assert vocabulary.merged(lexicons.load())["民众"] == "群众"
    assert "群众" not in vocabulary.merged(lexicons.load())
