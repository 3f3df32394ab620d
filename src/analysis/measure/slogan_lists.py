"""What a slogan counts: the parts of a list that a label such as 四化 (four faults) is short for.

Parts come from the lexicon of slogans, or from a list beside the label in one of the speeches (特別用情、特別用心、特別用力”這
“三個特別”), or from a series of as many clauses that all begin with the counted word (三個著力: 著力…, 著力…, 著力…).

>>> told_parts(tables)["四化"]                                             # doctest: +SKIP
('机关化', '行政化', '贵族化', '娱乐化')

Parts are in Simplified. It does not decide which of two lists a label means; `ambiguity` warns of those.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.read.lexicons import Lexicons
from analysis.read.script import shadow, simplified

if TYPE_CHECKING:
    from analysis.tables import Tables

NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "双": 2}
# A numeral, perhaps a measure word, and what is counted: 三个着力, 四化; not 九二共识 (1992 consensus).
COUNTED = re.compile("([二两三四五六七八九十双])(?![一二三四五六七八九十百千])(?:个|大|项|条|种)?(.{1,4})")
# How far from its label a list may begin or end, in characters.
NEAR = 120
_SPLIT = re.compile("[、，；,;|]")
_BRACKET = re.compile("[(（][^)）]*[)）]")
_CLAUSE = re.compile("[^、，,；;。：:！!？?“”‘’「」『』()（）\n]+")


class Listed(NamedTuple):
    """A list beside a label: its parts in Simplified, and as the speech writes them."""

    parts: tuple[str, ...]
    written: tuple[str, ...]


@lru_cache(maxsize=1)
def told_parts(tables: "Tables") -> Mapping[str, tuple[str, ...]]:
    """Key → its parts in Simplified: from the lexicon, else from a list beside it, else from a series of clauses."""
    told = dict(_lexicon_parts(tables.lexicons))
    for (_, key), listed in beside(tables).items():
        told.setdefault(key, listed.parts)
    missing = [str(key) for key in tables.slogans["key"].drop_duplicates() if str(key) not in told]
    sentences = [simplified(str(sentence)) for sentence in tables.sentences["text"]] if missing else []
    whole = "\n".join(sentences)
    for key in missing:
        if series := _series_anywhere(sentences, whole, key):
            told[key] = series
    return told


@lru_cache(maxsize=8)
def _lexicon_parts(lexicons: Lexicons) -> dict[str, tuple[str, ...]]:
    """Parts of each slogan that the lexicon spells out, remarks in brackets left out."""
    found = {}
    for row in lexicons.rows("slogans"):
        plain = _BRACKET.sub("", simplified(row.get("expansion") or ""))
        parts = tuple(part.strip() for part in _SPLIT.split(plain) if part.strip())
        if len(parts) > 1:
            found[simplified(row["slogan"])] = parts
    return found


@lru_cache(maxsize=1)
def beside(tables: "Tables") -> Mapping[tuple[str, str], Listed]:
    """(speech, key) → the list of as many items that stands right before or after a counted label."""
    found: dict[tuple[str, str], Listed] = {}
    for row in tables.slogans.itertuples():
        speech, key = str(row.speech), str(row.key)
        counted = COUNTED.fullmatch(key)
        if counted and (speech, key) not in found:
            around = tables.texts[speech][max(0, int(row.start) - NEAR) : int(row.end) + NEAR]
            if listed := _list_beside(around, simplified(str(row.text)), NUMBERS[counted[1]]):
                found[speech, key] = listed
    return found


def _list_beside(around: str, label: str, n: int) -> Listed | None:
    plain = shadow(around)
    if plain.count("、") < n - 1:
        return None
    item = "[^、，,；;。：:！!？?“”‘’「」『』()（）\n]{2,14}"
    listed = f"({item}(?:、{item}){{{n - 1}}})"
    name = re.escape(label)
    for pattern in (
        f"[“「『]{listed}[”」』](?:这|的|等)?[“「『]?{name}",
        f"{name}[”」』]?(?:,|，|:|：|即|\\(|（|[“「『]|——)+{listed}[”」』)）,，。;；]",
    ):
        if match := re.search(pattern, plain):
            return Listed(tuple(match[1].split("、")), tuple(around[slice(*match.span(1))].split("、")))
    return None


def _series_anywhere(sentences: Sequence[str], whole: str, key: str) -> tuple[str, ...]:
    """Clauses of one sentence that begin with the counted word, where there are exactly as many as the label counts."""
    counted = COUNTED.fullmatch(key)
    if not counted or len(counted[2]) < 2 or NUMBERS[counted[1]] < 3:
        return ()
    # Looking for the word first is many times faster than cutting every sentence.
    if whole.count(counted[2]) < NUMBERS[counted[1]]:
        return ()
    for sentence in sentences:
        if sentence.count(counted[2]) < NUMBERS[counted[1]]:
            continue
        clauses = [clause for clause in _CLAUSE.findall(sentence) if counted[2] in clause]
        if len(clauses) == NUMBERS[counted[1]] and all(clause.startswith(counted[2]) for clause in clauses):
            return tuple(clauses)
    return ()
