"""Labels that may mean different things in different speeches: 四化 (four faults, or four modernisations).

>>> warnings(tables)                                                      # doctest: +SKIP

A label is told where two speeches list different things beside it, where it could be short for the name of another list,
and where speeches share it and none says what it counts. It does not decide what a label means.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from analysis.find.spelling import traditional
from analysis.measure.formulas import forms
from analysis.measure.slogan_lists import COUNTED, beside, told_parts
from analysis.read.lexicons import Lexicons
from analysis.read.script import script_of, simplified

if TYPE_CHECKING:
    from analysis.tables import Tables


def warnings(tables: "Tables") -> pd.DataFrame:
    """One row per label that may mean different things in different speeches: key, speeches, warning."""
    found = forms(tables)
    rows = [
        (key, ";".join(here["speech"]), warning)
        for key, here in found[found["n_label"] > 0].groupby("key", sort=True)
        for warning in _warnings(tables, str(key), list(here["speech"]))
    ]
    types = {"key": "string", "speeches": "string", "warning": "string"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def _warnings(tables: "Tables", key: str, speeches: Sequence[str]) -> Iterator[str]:
    told, listed = told_parts(tables), beside(tables)
    lists = {listed[speech, key].parts: listed[speech, key].written for speech in speeches if (speech, key) in listed}
    if len(lists) > 1:
        yield "spelled out differently: " + " / ".join("、".join(lists[parts]) for parts in sorted(lists))
    elif len(told.get(key, ())) > 1:
        for other in _namesakes(key, told):
            yield f"also the name of another list: {_as_written('、'.join(other), tables, speeches)}"
    elif len(speeches) > 1 and COUNTED.fullmatch(key) and key not in _explained(tables.lexicons):
        yield "no speech says what it counts: it may not be the same list in all of them"


def _namesakes(key: str, told: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """Lists of other slogans that the label could be short for: 四化 for 四个现代化."""
    counted = COUNTED.fullmatch(key)
    if counted:
        longer = re.compile(f"{counted[1]}(?:个|大|项)?.*{re.escape(counted[2])}")
        for other, parts in told.items():
            if other != key and longer.fullmatch(other):
                yield parts


def _as_written(words: str, tables: "Tables", speeches: Sequence[str]) -> str:
    """Words of the lexicon in the characters of the speeches that have the label."""
    return traditional(words) if any(script_of(tables.texts[speech]) == "traditional" for speech in speeches) else words


@lru_cache(maxsize=8)
def _explained(lexicons: Lexicons) -> frozenset[str]:
    """Labels the lexicon explains, whether or not by a list."""
    return frozenset(simplified(row["slogan"]) for row in lexicons.rows("slogans") if row.get("expansion"))
