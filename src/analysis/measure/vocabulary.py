"""Vocabulary changed by script converters: 民眾 in one speech may be 群眾 (the masses) in another.

`notice` lists the pairs of data/lexicons/equivalents.csv that set speeches apart, so that a keyness of 民眾 against 群眾 is
not taken for a choice of words. `applied` counts the two as one, key of the usual word, where the setting `equivalents`
says so; it is off by default, for 民眾 is a good word of its own, and whether a text was converted cannot be read off it for
sure. Pairs whose column `notice` is "no" are left out of both: 指標 (indicator; pointer) is an ordinary word everywhere, and
stands in the list only to find it where a converter put it across two words.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified
from analysis.stored import rows_of

if TYPE_CHECKING:
    from analysis.tables import Tables


def uses(tables: "Tables") -> pd.DataFrame:
    """One row per speech and pair of which it has a word: n_converted and n_word, words of the table `tokens`."""
    types = {"speech": "string", "converted": "string", "word": "string", "n_converted": "Int64", "n_word": "Int64"}
    tokens = rows_of(tables.tokens)
    rows = []
    for speech in tables.speeches["speech"]:
        n = tokens(speech)["key"].value_counts().to_dict()
        for row in tables.lexicons.rows("equivalents"):
            if row.get("notice") == "no":
                continue
            converted, word = n.get(simplified(row["converted"]), 0), n.get(simplified(row["word"]), 0)
            if converted or word:
                rows.append((speech, row["converted"], row["word"], converted, word))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def notice(tables: "Tables") -> pd.DataFrame:
    """One row per pair that sets speeches apart: some use only the converter's word, others only the usual one."""
    types = {"converted": "string", "word": "string", "speeches_converted": "string", "speeches_word": "string"}
    types |= {"n_converted": "Int64", "n_word": "Int64"}
    rows = []
    for (converted, word), here in uses(tables).groupby(["converted", "word"], sort=False):
        changed = here[(here["n_converted"] > 0) & (here["n_word"] == 0)]
        usual = here[(here["n_word"] > 0) & (here["n_converted"] == 0)]
        if len(changed) and len(usual):
            names = ";".join(changed["speech"]), ";".join(usual["speech"])
            rows.append((converted, word, *names, int(changed["n_converted"].sum()), int(usual["n_word"].sum())))
    rows.sort(key=lambda row: (-row[4] - row[5], row[0]))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def applied(tables: "Tables") -> "Tables":
    """The tables with the keys of converter's words replaced in `tokens`, if the settings ask for it.

    Only whole words are: 民眾 in 市民民眾 is none. `text` and offsets stay, so that each count still leads to what was written.
    """
    if not tables.settings.equivalents:
        return tables
    pairs = merged(tables.lexicons)
    keys = tables.tokens["key"].map(lambda key: pairs.get(key, key)).astype("string")
    return tables.with_frames(tokens=tables.tokens.assign(key=keys))


def met(tables: "Tables") -> list[tuple[str, str]]:
    """Pairs that are counted as one in these tables: the word as written and its key; commonest first, none where it is off."""
    if not tables.settings.equivalents:
        return []
    texts = tables.tokens[tables.tokens["key"].isin(set(merged(tables.lexicons).values()))]
    pairs = texts.groupby(["text", "key"], sort=True).size().sort_values(ascending=False, kind="stable").index
    return [(text, key) for text, key in pairs if merged(tables.lexicons).get(simplified(text)) == key]


def counted_as(tables: "Tables", key: str) -> str:
    """The key a word is counted under: that of the usual word, where the settings ask for it."""
    return merged(tables.lexicons).get(key, key) if tables.settings.equivalents else key


@lru_cache(maxsize=8)
def merged(lexicons: Lexicons) -> Mapping[str, str]:
    """Key of each converter's word → key of the word it stands for; of several the first in the lexicon."""
    pairs: dict[str, str] = {}
    for row in lexicons.rows("equivalents"):
        if row.get("notice") != "no":
            pairs.setdefault(simplified(row["converted"]), simplified(row["word"]))
    return pairs
