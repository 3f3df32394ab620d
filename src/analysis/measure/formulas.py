"""Formulas by speech: which slogan each speech names by its label, spells out in full, or spells out in part.

四化 ("four faults") is a label; 機關化、行政化、貴族化、娛樂化 spells it out, 機關化、行政化 does so in part. Parts come from the
lexicon of slogans, or from a list beside the label in one of the speeches (特別用情、特別用心、特別用力”這“三個特別”), or from a
series of as many clauses that all hold the counted word (三個著力: 著力…, 著力…, 著力…).

It warns where one label may mean different things; it does not decide what a label means.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from analysis.read.lexicons import Lexicons
from analysis.read.script import shadow, simplified

if TYPE_CHECKING:
    from analysis.tables import Tables

LABEL, FULL, PART = "label", "full", "part"
# Letters that may stand between two parts of one list: a mark, 和, 以及, 着力.
BETWEEN = 4
# Where the parts begin alike (着力…, 着力…) each of them may go on: 着力扩大覆盖面、增强代表性，着力强化服务意识.
BETWEEN_SERIES = 16
# A single part counts where it is so long that it is hardly met by chance (普遍建立工会组织), and the list is short.
LONG_PART, SHORT_LIST = 6, 2
NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "双": 2}
PLACES = {
    "speech": "string",
    "key": "string",
    "how": "string",
    "start": "Int64",
    "end": "Int64",
    "text": "string",
    "parts_found": "Int64",
    "parts": "Int64",
}
_COUNTED = re.compile("([二两三四五六七八九十双])(?:个|大|项|条|种)?(.{1,4})")
_SPLIT = re.compile("[、，；,;|]")
_BRACKET = re.compile("[(（][^)）]*[)）]")
_CLAUSE = re.compile("[^、，,；;。：:！!？?“”‘’「」『』()（）\n]+")


class Place(NamedTuple):
    """One place where a slogan is named or spelled out; `parts` are the parts said there."""

    speech: str
    key: str
    how: str
    start: int
    end: int
    text: str
    parts_found: int
    parts: int


def places(tables: "Tables") -> pd.DataFrame:
    """One row per place where a slogan is named (label), spelled out (full) or spelled out in part (part)."""
    return pd.DataFrame(_places(tables), columns=list(PLACES)).astype(PLACES)


def forms(tables: "Tables") -> pd.DataFrame:
    """One row per slogan and speech that names or spells it out: how often each way, the state, one receipt.

    state: label (named only), full or part (spelled out, with or without its label; the fullest counts).
    """
    types = {
        "speech": "string",
        "key": "string",
        "text": "string",
        "n": "Int64",
        "state": "string",
        "parts": "Int64",
        "parts_found": "Int64",
        "n_label": "Int64",
        "n_full": "Int64",
        "n_part": "Int64",
        "start": "Int64",
        "end": "Int64",
    }
    found: dict[tuple[str, str], list[Place]] = {}
    for place in _places(tables):
        found.setdefault((place.speech, place.key), []).append(place)
    rows = []
    for (speech, key), here in found.items():
        n = Counter(place.how for place in here)
        fullest = min(here, key=lambda place: (-place.parts_found, place.start))
        state = FULL if n[FULL] else PART if n[PART] else LABEL
        counts = (n[LABEL], n[FULL], n[PART])
        told = (fullest.parts, fullest.parts_found, *counts, fullest.start, fullest.end)
        rows.append((speech, key, fullest.text, len(here), state, *told))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def matrix(tables: "Tables", *, shared: bool = False) -> pd.DataFrame:
    """State by slogan (rows) and speech (columns): label, full, part or empty; slogans of most speeches first.

    `shared`: only slogans that at least two speeches have.
    """
    found = forms(tables)
    wide = found.pivot(index="key", columns="speech", values="state").reindex(columns=list(tables.speeches["speech"]))
    n = found.groupby("key")["n"].sum()
    order = sorted(wide.index, key=lambda key: (-int(wide.loc[key].notna().sum()), -int(n[key]), key))
    wide = wide.reindex(order).astype(object)
    wide = wide.where(wide.notna(), "")
    return wide[(wide != "").sum(axis=1) > 1] if shared else wide


def warnings(tables: "Tables") -> pd.DataFrame:
    """One row per label that may mean different things in different speeches: key, speeches, warning."""
    found = forms(tables)
    labels = found[found["n_label"] > 0]
    told = told_parts(tables)
    beside = _beside_by_speech(tables)
    rows = []
    for key, here in labels.groupby("key", sort=True):
        speeches = list(here["speech"])
        lists = {parts for speech in speeches if (parts := beside.get((speech, str(key))))}
        listed = ";".join(speeches)
        if len(lists) > 1:
            rows.append((key, listed, "spelled out differently: " + " / ".join("、".join(parts) for parts in sorted(lists))))
        elif len(told.get(str(key), ())) > 1:
            rows += [
                (key, listed, f"also the name of another list: {'、'.join(_as_listed(tables.lexicons).get(p, p) for p in other)}")
                for other in _namesakes(tables, str(key), told)
            ]
        elif len(speeches) > 1 and _COUNTED.fullmatch(str(key)) and str(key) not in _explained(tables.lexicons):
            rows.append((key, listed, "no speech says what it counts: it may not be the same list in all of them"))
    types = {"key": "string", "speeches": "string", "warning": "string"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


# A matrix, its notes and the views ask for the same; in many speeches it takes seconds to find.
@lru_cache(maxsize=1)
def _places(tables: "Tables") -> tuple[Place, ...]:
    told = told_parts(tables)
    labels = _labels(tables, told)
    forms_of = _forms_of_parts(tables.lexicons)
    return tuple(
        place
        for speech in tables.speeches["speech"]
        for place in sorted({*labels.get(speech, ()), *_spelled_out(tables, speech, told, forms_of)}, key=_order)
    )


@lru_cache(maxsize=1)
def told_parts(tables: "Tables") -> Mapping[str, tuple[str, ...]]:
    """Key → its parts in Simplified: from the lexicon, else from a list beside it, else from a series of clauses."""
    told = dict(_lexicon_parts(tables.lexicons))
    for key, lists in _lists(_beside_by_speech(tables)).items():
        told.setdefault(key, lists[0])
    missing = [str(key) for key in tables.slogans["key"].drop_duplicates() if str(key) not in told]
    sentences = [simplified(str(sentence)) for sentence in tables.sentences["text"]] if missing else []
    whole = "\n".join(sentences)
    for key in missing:
        if series := _series_anywhere(sentences, whole, key):
            told[key] = series
    return told


def _order(place: Place) -> tuple[int, int, str, str]:
    return place.start, place.end, place.key, place.how


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


@lru_cache(maxsize=8)
def _as_listed(lexicons: Lexicons) -> dict[str, str]:
    """Part of a slogan in Simplified → as the lexicon writes it."""
    parts = (part.strip() for row in lexicons.rows("slogans") for part in _SPLIT.split(row.get("expansion") or ""))
    return {simplified(part): part for part in parts if part}


@lru_cache(maxsize=8)
def _explained(lexicons: Lexicons) -> frozenset[str]:
    """Labels the lexicon explains, whether or not by a list."""
    return frozenset(simplified(row["slogan"]) for row in lexicons.rows("slogans") if row.get("expansion"))


def _labels(tables: "Tables", told: Mapping[str, Sequence[str]]) -> dict[str, list[Place]]:
    """By speech the places of the table `slogans` that name a slogan and do not spell it out themselves."""
    registered = {simplified(row["slogan"]) for row in tables.lexicons.rows("slogans")}
    lists = {"、".join(parts) for parts in told.values()}
    found: dict[str, list[Place]] = {}
    for row in tables.slogans.itertuples():
        speech, key, written = str(row.speech), str(row.key), simplified(str(row.text))
        parts = told.get(key, ())
        # 创新、协调、绿色、开放、共享 has the key 五大发展理念: it is no label but the list. So is a quoted list of parts.
        is_list = sum(part in written for part in parts) > 1 or (key in lists and key not in registered)
        if not is_list:
            place = Place(speech, key, LABEL, int(row.start), int(row.end), str(row.text), 0, len(parts))
            found.setdefault(speech, []).append(place)
    return found


def _spelled_out(
    tables: "Tables", speech: str, told: Mapping[str, Sequence[str]], forms_of: Callable[[str], Iterable[str]]
) -> Iterator[Place]:
    """Stretches where two parts of a slogan or more stand together."""
    text = tables.texts[speech]
    plain = shadow(text)
    for key, parts in told.items():
        hits = sorted(hit for number, part in enumerate(parts) for hit in _hits(plain, forms_of(part), number))
        for group in _together(plain, hits, between=BETWEEN_SERIES if len({part[:2] for part in parts}) == 1 else BETWEEN):
            said = len({number for _, _, number in group})
            if said > 1 or (len(parts) <= SHORT_LIST and group[0][1] - group[0][0] >= LONG_PART):
                start, end = group[0][0], max(end for _, end, _ in group)
                yield Place(speech, key, FULL if said == len(parts) else PART, start, end, text[start:end], said, len(parts))


def _forms_of_parts(lexicons: Lexicons) -> Callable[[str], tuple[str, ...]]:
    """A function that gives a part and its forms in a converter's vocabulary: 群众性 is 民众性 in converted text."""
    pairs = [(simplified(row["word"]), simplified(row["converted"])) for row in lexicons.rows("equivalents")]

    def forms_of(part: str) -> tuple[str, ...]:
        return (part, *dict.fromkeys(part.replace(word, converted) for word, converted in pairs if word in part))

    return lru_cache(maxsize=4096)(forms_of)


def _hits(plain: str, forms_of_part: Iterable[str], number: int) -> Iterator[tuple[int, int, int]]:
    for form in forms_of_part:
        start = plain.find(form)
        while start >= 0:
            yield start, start + len(form), number
            start = plain.find(form, start + len(form))


def _together(plain: str, hits: Sequence[tuple[int, int, int]], *, between: int) -> Iterator[list[tuple[int, int, int]]]:
    """Parts that follow each other with few letters between, each said once."""
    group: list[tuple[int, int, int]] = []
    for hit in hits:
        if group and hit[0] < group[-1][1]:
            continue
        gap = plain[group[-1][1] : hit[0]] if group else ""
        again = any(hit[2] == number for _, _, number in group)
        if group and (len(gap) > between or "。" in gap or "\n" in gap or again):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


@lru_cache(maxsize=1)
def _beside_by_speech(tables: "Tables") -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(speech, key) → the list of as many items that stands right before or after a counted label."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in tables.slogans.itertuples():
        speech, key = str(row.speech), str(row.key)
        counted = _COUNTED.fullmatch(key)
        if counted and (speech, key) not in found:
            plain = shadow(tables.texts[speech][max(0, int(row.start) - 120) : int(row.end) + 120])
            label = simplified(str(row.text))
            if parts := _list_beside(plain, label, NUMBERS[counted[1]]):
                found[speech, key] = parts
    return found


def _list_beside(plain: str, label: str, n: int) -> tuple[str, ...]:
    item = "[^、，,；;。：:！!？?“”‘’「」『』()（）\n]{2,14}"
    if plain.count("、") < n - 1:
        return ()
    listed = f"({item}(?:、{item}){{{n - 1}}})"
    name = re.escape(label)
    for pattern in (
        f"[“「『]{listed}[”」』](?:这|的|等)?[“「『]?{name}",
        f"{name}[”」』]?(?:,|，|:|：|即|\\(|（|[“「『]|——)+{listed}[”」』)）,，。;；]",
    ):
        if match := re.search(pattern, plain):
            return tuple(match[1].split("、"))
    return ()


def _lists(beside: Mapping[tuple[str, str], tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    lists: dict[str, list[tuple[str, ...]]] = {}
    for (_, key), parts in beside.items():
        if parts not in lists.setdefault(key, []):
            lists[key].append(parts)
    return lists


def _series_anywhere(sentences: Sequence[str], whole: str, key: str) -> tuple[str, ...]:
    """Clauses of one sentence that begin with the counted word, where there are exactly as many as the label counts."""
    counted = _COUNTED.fullmatch(key)
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


def _namesakes(tables: "Tables", key: str, told: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """Lists of other slogans that the label could be short for: 四化 for 四个现代化."""
    counted = _COUNTED.fullmatch(key)
    if counted:
        longer = re.compile(f"{counted[1]}(?:个|大|项)?.*{re.escape(counted[2])}")
        for other, parts in told.items():
            if other != key and longer.fullmatch(other):
                yield parts
