"""Small tables for the tests of the measure floor, cut from texts that are visible in the test."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import rjieba

from analysis import schema
from analysis.read import lexicons
from analysis.read.script import shadow
from analysis.read.settings import Settings
from analysis.read.speech import n_han
from analysis.tables import Tables

HEADING = re.compile(r"[一二三四五六七八九十]+、")
TOKEN = re.compile(r"\S+")


def table(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=schema.columns(name)).astype(schema.dtypes(name))


def outline_of(speech: str, text: str) -> list[tuple[Any, ...]]:
    """Lines that begin with 一、 are headings; the others are paragraphs below them."""
    rows: list[tuple[Any, ...]] = [(speech, 0, None, 0, "speech", "", None, 0, len(text), text)]
    above = 0
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        node, heading = len(rows), bool(HEADING.match(line[0]))
        kind = "heading" if heading else "salutation" if line[0].endswith("們:") else "paragraph"
        rows.append(
            (speech, node, 0 if heading else above, 1 if heading or not above else 2, kind, "", None, *line.span(), line[0])
        )
        above = node if heading else above
    return rows


def tokens_of(speech: str, text: str) -> list[tuple[Any, ...]]:
    keys = shadow(text)
    rows: list[tuple[Any, ...]] = []
    for run in TOKEN.finditer(keys):
        start = run.start()
        for word in rjieba.cut(run[0], False):
            pos = "n" if re.search(r"\w", word) else "w"
            rows.append((speech, 1, start, start + len(word), text[start : start + len(word)], word, pos))
            start += len(word)
    return rows


@pytest.fixture(scope="session")
def make_tables() -> Callable[..., Any]:
    def make(texts: dict[str, str], **settings: Any) -> Any:
        speeches = [
            (name, f"{name}.txt", name, name, "traditional", 0, len(text), n_han(text), 0, 0, 0, 0, "")
            for name, text in texts.items()
        ]
        frames = {
            "speeches": table("speeches", speeches),
            "outline": table("outline", [row for name, text in texts.items() for row in outline_of(name, text)]),
            "tokens": table("tokens", [row for name, text in texts.items() for row in tokens_of(name, text)]),
            "sentences": table(
                "sentences",
                [
                    (name, i, None, *found.span(), found[0])
                    for name, text in texts.items()
                    for i, found in enumerate(re.finditer(r"[^。\n]+。?", text), 1)
                ],
            ),
            "names": table("names", []),
        }
        return Tables(frames, Settings(**{"resamples": 200, **settings}), lexicons.load(), texts=dict(texts))

    return make


@pytest.fixture(scope="session")
def shipped(make_tables: Callable[..., Any]) -> Any:
    """The three shipped speeches, cut roughly: enough to count on."""
    text = (lexicons.PROJECT / "data" / "speeches" / "union-meetings.txt").read_text(encoding="utf-8-sig")
    parts = re.split(r"在工會會議上的講話\([一二三]\):", text)[1:]
    return make_tables({f"union-meetings-{i}": part for i, part in enumerate(parts, 1)})
