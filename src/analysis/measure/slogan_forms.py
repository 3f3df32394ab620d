"""How far each speech spells out its slogans: the label alone, all of its parts, or some of them.

>>> slogan_forms(tables).head()                                           # doctest: +SKIP

The parts are those of the lexicon of slogans (四個全面, "Four Comprehensives": four parts). Parts have to stand together, in
two sentences on end, since single ones (創新, "innovation") occur everywhere. It does not say what a local label means.
"""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from analysis.read.script import shadow, simplified

if TYPE_CHECKING:
    from analysis.tables import Tables

TYPES = {
    "speech": "string",
    "key": "string",
    "text": "string",
    "n": "Int64",
    "state": "string",
    "parts": "Int64",
    "parts_found": "Int64",
}
FEWEST = 2  # parts that have to stand together before a slogan counts as spelled out in part


def slogan_forms(tables: "Tables") -> pd.DataFrame:
    """One row per slogan and speech that uses it: n, state (label, part or full), and how many of its parts are said."""
    parts = _parts(tables)
    rows = []
    for speech in tables.speeches["speech"]:
        found = tables.slogans[tables.slogans["speech"] == speech]
        windows = _windows(tables, speech) if len(found) else []
        for key, uses in found.groupby("key", sort=True):
            wanted = parts.get(str(key), ())
            said = max((sum(part in window for part in wanted) for window in windows), default=0) if wanted else 0
            rows.append((speech, key, uses["text"].mode().iloc[0], len(uses), _state(said, len(wanted)), len(wanted), said))
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def _state(said: int, parts: int) -> str:
    if parts >= FEWEST and said == parts:
        return "full"
    return "part" if said >= FEWEST else "label"


def _parts(tables: "Tables") -> dict[str, tuple[str, ...]]:
    """Simplified parts of each slogan that the lexicon spells out; remarks in brackets left out."""
    found = {}
    for row in tables.lexicons.rows("slogans"):
        told = re.sub(r"[(（][^)）]*[)）]", "", row.get("expansion") or "")
        found[simplified(row["slogan"])] = tuple(simplified(part) for part in re.split("[、，；,;|]", told) if part.strip())
    return found


def _windows(tables: "Tables", speech: str) -> list[str]:
    """Simplified text of each two sentences on end."""
    plain = shadow(tables.texts[speech])
    rows = tables.sentences[tables.sentences["speech"] == speech]
    spans = [(int(row.start), int(row.end)) for row in rows.itertuples()]  # type: ignore[arg-type]
    if len(spans) == 1:
        return [plain[spans[0][0] : spans[0][1]]]
    return [plain[first[0] : second[1]] for first, second in pairwise(spans)]
