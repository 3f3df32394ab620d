"""Rhythm: how long sentences and clauses are, and how many clauses have four characters (求真務實、開拓進取).

>>> rhythm(tables)[["speech", "section", "of_four", "share"]]             # doctest: +SKIP

Clauses are cut at every mark, also 、. Four characters are counted, whether or not they are an idiom.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.measure.sections import SECTION, sections
from analysis.measure.shares import wilson
from analysis.read.speech import n_han
from analysis.stored import rows_of

if TYPE_CHECKING:
    from analysis.tables import Tables

CLAUSE = re.compile("[^，,。；;：:！!？?、\n“”‘’「」『』()（）《》…—]+")
# Marks that may part two clauses of one run.
JOINING = frozenset("、，,；;")
_FOUR = 4


def lengths(tables: "Tables", *, depth: int = 1) -> pd.DataFrame:
    """One row per section: sentences and clauses, their mean and median length and the longest, in Han characters."""
    names = ("n", "mean", "median", "longest")
    types = SECTION | {
        f"{unit}_{name}": "Int64" if name in ("n", "longest") else "Float64" for unit in ("sentence", "clause") for name in names
    }
    sentences = rows_of(tables.sentences)
    rows = []
    for part in sections(tables, depth=depth).itertuples():
        of_speech = sentences(str(part.speech))
        here = of_speech[(of_speech["start"] >= part.start) & (of_speech["start"] < part.end)]
        text = tables.texts[str(part.speech)][int(part.start) : int(part.end)]
        clauses = [n_han(text[start:end]) for start, end in _clauses(text, (0, len(text)))]
        rows.append(
            [part.speech, part.section, part.kind, part.title, *_lengths([n_han(t) for t in here["text"]]), *_lengths(clauses)]
        )
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def rhythm(tables: "Tables", *, depth: int = 1) -> pd.DataFrame:
    """One row per section: clauses (cut at every mark, also 、), those of four characters, their share with Wilson's interval."""
    types = SECTION | {
        "clauses": "Int64",
        "of_four": "Int64",
        "share": "Float64",
        "share_low": "Float64",
        "share_high": "Float64",
    }
    rows = []
    for part in sections(tables, depth=depth).itertuples():
        text = tables.texts[str(part.speech)]
        clauses = _clauses(text, (int(part.start), int(part.end)))
        four = sum(_is_four(text[start:end]) for start, end in clauses)
        low, high = wilson(four, len(clauses))
        share = four / len(clauses) if clauses else None
        rows.append((part.speech, part.section, part.kind, part.title, len(clauses), four, share, low, high))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def four_character_runs(tables: "Tables", *, least: int = 2) -> pd.DataFrame:
    """One row per run of `least` or more clauses of four characters on end: 求真務實、開拓進取; longest first."""
    types = {"speech": "string", "start": "Int64", "end": "Int64", "text": "string", "n": "Int64"}
    rows = []
    for speech in tables.speeches["speech"]:
        text = tables.texts[speech]
        for run in _runs_of_four(text):
            if len(run) >= least:
                rows.append((speech, run[0][0], run[-1][1], text[run[0][0] : run[-1][1]], len(run)))
    rows.sort(key=lambda row: (-row[4], row[0], row[1]))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def _clauses(text: str, within: tuple[int, int]) -> list[tuple[int, int]]:
    """Start and end of each clause that holds a Han character, blanks on both sides left out."""
    found = []
    for match in CLAUSE.finditer(text, *within):
        body = match[0].strip()
        if n_han(body):
            start = match.start() + match[0].index(body)
            found.append((start, start + len(body)))
    return found


def _is_four(clause: str) -> bool:
    return len(clause) == _FOUR and n_han(clause) == _FOUR


def _runs_of_four(text: str) -> Iterator[list[tuple[int, int]]]:
    """Clauses of four characters that only one mark parts."""
    run: list[tuple[int, int]] = []
    for start, end in _clauses(text, (0, len(text))):
        if not _is_four(text[start:end]) or (run and text[run[-1][1] : start] not in JOINING):
            if run:
                yield run
            run = []
        if _is_four(text[start:end]):
            run.append((start, end))
    if run:
        yield run


def _lengths(values: Sequence[int]) -> list[float | int | None]:
    if not values:
        return [0, None, None, None]
    return [len(values), float(np.mean(values)), float(np.median(values)), max(values)]
