"""Formulas by speech: which slogan each speech names by its label, spells out in full, or spells out in part.

四化 ("four faults") is a label; 機關化、行政化、貴族化、娛樂化 spells it out, 機關化、行政化 does so in part. What a label counts
is told by `slogan_lists`; `ambiguity` warns where one label may mean different things.

Labels are those of the table `slogans` and those inside a longer slogan of that table (十三五 in 踐行新理念、建功‘十三五’), so
that a reader who searches the text finds as many; `n_text` counts the label as plain text, whatever it is part of.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from analysis.find.slogans import register
from analysis.measure.slogan_lists import told_parts
from analysis.measure.spelled_out import spelled_out
from analysis.read.script import shadow, simplified

if TYPE_CHECKING:
    from analysis.tables import Tables

LABEL, FULL, PART = "label", "full", "part"
# Characters between a list and the label right beside it: ”這“.
BESIDE = 4
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
FORMS = {
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
    "n_text": "Int64",
}


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

    state: label (named only), full or part (spelled out, with or without its label; the fullest counts). `n` counts a list
    and the label right beside it once; `n_text` is the label as plain text.
    """
    found: dict[tuple[str, str], list[Place]] = {}
    for place in _places(tables):
        found.setdefault((place.speech, place.key), []).append(place)
    labels, plain = _label_forms(tables), {speech: shadow(text) for speech, text in tables.texts.items()}
    rows = []
    for (speech, key), here in found.items():
        n = Counter(place.how for place in here)
        fullest = min(here, key=lambda place: (-place.parts_found, place.start))
        state = FULL if n[FULL] else PART if n[PART] else LABEL
        counts = (n[LABEL], n[FULL], n[PART])
        told = (fullest.parts, fullest.parts_found, *counts, fullest.start, fullest.end)
        as_text = len(_any_of(labels.get(key, (key,))).findall(plain[speech]))
        rows.append((speech, key, fullest.text, _mentions(here), state, *told, as_text))
    return pd.DataFrame(rows, columns=list(FORMS)).astype(FORMS)


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


# A matrix, its notes and the views ask for the same; in many speeches it takes seconds to find.
@lru_cache(maxsize=1)
def _places(tables: "Tables") -> tuple[Place, ...]:
    told = told_parts(tables)
    labels = _labels(tables, told)
    return tuple(
        place
        for speech in tables.speeches["speech"]
        for place in sorted({*labels.get(speech, ()), *_stretches(tables, speech, told)}, key=_order)
    )


def _stretches(tables: "Tables", speech: str, told: Mapping[str, Sequence[str]]) -> Iterator[Place]:
    """Places where a slogan is spelled out."""
    text = tables.texts[speech]
    for key, start, end, said in spelled_out(text, told, tables.lexicons):
        n = len(told[key])
        yield Place(speech, key, FULL if said == n else PART, start, end, text[start:end], said, n)


def _order(place: Place) -> tuple[int, int, str, str]:
    return place.start, place.end, place.key, place.how


def _mentions(here: Sequence[Place]) -> int:
    """Places, where a list and the label beside it are one: 創新、協調、綠色、開放、共享”五大發展理念."""
    n, reached, before = 0, -BESIDE - 1, ""
    for place in sorted(here, key=_order):
        beside = place.start - reached <= BESIDE and (place.how == LABEL) != (before == LABEL)
        n += not beside
        reached, before = max(reached, place.end), "" if beside else place.how
    return n


def _labels(tables: "Tables", told: Mapping[str, Sequence[str]]) -> dict[str, list[Place]]:
    """By speech the places that name a slogan: rows of the table `slogans` that do not spell it out, and labels inside rows."""
    lists = {"、".join(parts) for parts in told.values()}
    registered = {simplified(row["slogan"]) for row in tables.lexicons.rows("slogans")}
    key_of = {form: key for key, labels in _label_forms(tables).items() for form in labels}
    inner = _any_of(tuple(key_of))
    found: dict[str, list[Place]] = {}
    for row in tables.slogans.itertuples():
        speech, key, text = str(row.speech), str(row.key), str(row.text)
        start, written, parts = int(row.start), simplified(text), told.get(key, ())
        here = found.setdefault(speech, [])
        # 创新、协调、绿色、开放、共享 has the key 五大发展理念: it is no label but the list. So is a quoted list of parts.
        if sum(part in written for part in parts) <= 1 and (key in registered or key not in lists):
            here.append(Place(speech, key, LABEL, start, int(row.end), text, 0, len(parts)))
        for first, last in _inside(inner, shadow(text)):
            within = key_of[shadow(text)[first:last]]
            if within != key:
                n_parts = len(told.get(within, ()))
                here.append(Place(speech, within, LABEL, start + first, start + last, text[first:last], 0, n_parts))
    return found


def _inside(inner: re.Pattern[str], written: str) -> set[tuple[int, int]]:
    """Where shorter labels stand inside a slogan, which is one itself."""
    return {
        match.span()
        for stop, first in ((len(written), 1), (len(written) - 1, 0))
        for match in inner.finditer(written, first, stop)
    }


@lru_cache(maxsize=65536)
def _any_of(labels: Iterable[str]) -> re.Pattern[str]:
    """A pattern of all the labels, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(labels, key=len, reverse=True))) or "(?!)")


@lru_cache(maxsize=1)
def _label_forms(tables: "Tables") -> Mapping[str, tuple[str, ...]]:
    """Key → the ways its label is written, in Simplified: those of the register and those of the speeches, no lists."""
    told = told_parts(tables)
    written = zip(tables.slogans["key"].tolist(), (simplified(str(text)) for text in tables.slogans["text"]), strict=True)
    forms: dict[str, dict[str, None]] = {}
    for form, key in [*((form, key) for form, key in register(tables.lexicons).forms.items()), *((f, k) for k, f in written)]:
        if sum(part in form for part in told.get(key, ())) <= 1:
            forms.setdefault(key, {})[form] = None
    return {key: tuple(labels) for key, labels in forms.items()}
