"""Words that keyword lists leave out: the stop list, and names where the settings hide them.

Both are compared by key, so a list may be written in either script. Nothing is left out of `frequencies`.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.read.csvfile import read_rows
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

if TYPE_CHECKING:
    from analysis.tables import Tables

# Kinds of names that say where a speech was given and by whom, and so crowd out what it says.
HIDDEN_KINDS = ("place", "organisation")


def left_out(tables: "Tables") -> frozenset[str]:
    """Keys that keyword lists leave out, by the settings of `tables`."""
    keys = stop_words(tables.lexicons, tables.settings.stopwords)
    return keys | name_keys(tables) if tables.settings.hide_names else keys


@lru_cache(maxsize=8)
def stop_words(lexicons: Lexicons, path: Path | None = None) -> frozenset[str]:
    """Keys of the stop list: the lexicon `stopwords`, or the CSV at `path` with a column `word` in its place."""
    if path is None:
        return frozenset(simplified(row["word"]) for row in lexicons.rows("stopwords"))
    return frozenset(simplified(row["word"]) for row in read_rows(path, ["word"]) if row["word"])


def name_keys(tables: "Tables") -> frozenset[str]:
    """Keys of the names of places and organisations, as mentioned and in their canonical form."""
    keys: set[str] = set()
    for _, rows in tables.each_speech("names", "tokens"):
        names, tokens = rows["names"], rows["tokens"]
        names = names[names["kind"].isin(HIDDEN_KINDS)]
        keys.update(simplified(name) for column in ("text", "name") for name in names[column].dropna().unique())
        # The token that is the name may have a key of its own, by an erratum.
        at = names[["start", "end"]].drop_duplicates()
        keys.update(tokens.merge(at, on=["start", "end"])["key"].dropna().unique())
    return frozenset(keys)
