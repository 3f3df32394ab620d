"""One number everywhere: what a shipped chart draws is what the tables hold, and what the concordance and the text show."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analysis import tables as tables_module
from analysis.draw.export import read_bundle
from analysis.measure.concordance import concordance
from analysis.tables import Tables

ROOT = Path(__file__).resolve().parents[2]
SPEECHES = ("union-meetings-1", "union-meetings-2", "union-meetings-3")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return tables_module.load(ROOT / "data" / "tables")


@cache
def bundle(name: str) -> pd.DataFrame:
    return read_bundle(ROOT / "figures" / f"{name}.json")[0]


def drawn() -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Chart, speech, and the words drawn for it with their counts, of every shipped chart that draws counts of words."""
    for kind in ("frequency-bars", "word-cloud", "keyness"):
        yield from ((kind, speech, bundle(f"{kind}-{speech}")) for speech in SPEECHES)
    for name, columns in (("comparison-dots", {}), ("word-speeches", {"row": "key", "column": "speech"})):
        data = bundle(name).rename(columns=columns)
        yield from ((name, speech, data[data["speech"] == speech]) for speech in SPEECHES)


DRAWN = list(drawn())


@pytest.mark.parametrize(("chart", "speech", "rows"), DRAWN, ids=[f"{chart} {speech}" for chart, speech, _ in DRAWN])
def test_bar_table_and_concordance_have_one_number(chart: str, speech: str, rows: pd.DataFrame, tables: Tables) -> None:
    assert len(rows)
    counted = tables.frequencies[tables.frequencies["speech"] == speech].set_index("key")
    for row in rows.itertuples():
        hits = concordance(tables, row.key, speech=speech)
        places = concordance(tables, row.key, speech=speech, by="text")
        n, n_text = counted.loc[row.key, ["n", "n_text"]] if row.key in counted.index else (0, len(places))
        assert row.n == n == len(hits), row.key
        assert getattr(row, "n_text", n_text) == n_text == len(places), row.key
        assert all(tables.texts[speech][hit.start : hit.end] == hit.hit for hit in (*hits.itertuples(), *places.itertuples()))


@pytest.mark.parametrize("speech", SPEECHES)
def test_the_other_side_of_a_keyword_is_the_sum_of_the_others(speech: str, tables: Tables) -> None:
    """n_ref of the chart and of the table are the hits in the other speeches; both name the same log ratio."""
    rest = tables.keywords[(tables.keywords["speech"] == speech) & (tables.keywords["reference"] == "rest")].set_index("key")
    for row in bundle(f"keyness-{speech}").itertuples():
        hits = concordance(tables, row.key)
        assert row.n == rest.loc[row.key, "n"]
        assert row.n_ref == rest.loc[row.key, "n_ref"] == (hits["speech"] != speech).sum(), row.key
        assert row.log_ratio == rest.loc[row.key, "log_ratio"]


def test_a_strip_has_a_tick_for_every_hit(tables: Tables) -> None:
    data = bundle("dispersion-strip")
    ticks = data[data["kind"] == "hit"]
    for (speech, word), rows in ticks.groupby(["speech", "word"]):
        assert rows["start"].tolist() == concordance(tables, word, speech=speech)["start"].tolist()
    for word in ticks["word"].unique():
        assert (ticks["word"] == word).sum() == len(concordance(tables, word)), word
