"""Concordance: every hit of a word with what stands left and right of it (KWIC).

By word it shows the hits that `frequencies.n` counts, by text those of `n_text`; the numbers of rows are the same.
The word may be given in either script. It counts nothing new and leaves no hit out.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd

from analysis.measure.counts import BLANK, PUNCTUATION
from analysis.measure.dictionary import inside, words
from analysis.measure.vocabulary import counted_as
from analysis.read.script import simplified
from analysis.stored import rows_of

if TYPE_CHECKING:
    from analysis.tables import Tables

By = Literal["word", "text"]
Sort = Literal["place", "left1", "left2", "right1", "right2"]
# Characters shown on either side: about half a line of print.
WIDTH = 20


class Hit(NamedTuple):
    """One row per hit; `path` is the headings above it, `sentence` the number of its sentence."""

    left: str
    hit: str
    right: str
    speech: str
    sentence: int | None
    path: str
    start: int
    end: int


TYPES = {
    "left": "string",
    "hit": "string",
    "right": "string",
    "speech": "string",
    "sentence": "Int64",
    "path": "string",
    "start": "Int64",
    "end": "Int64",
}


def concordance(
    tables: "Tables",
    word: str,
    *,
    by: By = "word",
    sort: Sort = "place",
    speech: str | None = None,
    section: int | None = None,
    width: int = WIDTH,
) -> pd.DataFrame:
    """One row per hit of `word`: left, hit, right, speech, sentence, path, start, end.

    sort: by place, or by the one or two words to the left (nearest first) or right. section: only hits within this node
    of the outline of `speech`. Texts start and end are half-open offsets; texts[speech][start:end] is the hit.
    """
    if by not in ("word", "text"):
        raise ValueError(f"by is {by!r}; it must be word (as n counts) or text (as n_text counts)")
    key = counted_as(tables, simplified(word))
    tokens, outlines = rows_of(tables.tokens), rows_of(tables.outline)
    rows: list[Hit] = []
    near: list[tuple[str, ...]] = []
    for name in tables.speeches["speech"] if speech is None else [speech]:
        own, outline, text = tokens(name), outlines(name), tables.texts[name]
        headings = paths(outline)
        starts = own["start"].to_numpy(np.int64)
        for start, end in _places(own, key, by=by, tables=tables):
            if section is None or _within(outline, start, section):
                token = max(int(np.searchsorted(starts, start, side="right")) - 1, 0)
                sentence = own["sentence"].iloc[token]
                left, right = text[max(0, start - width) : start], text[end : end + width]
                number = None if pd.isna(sentence) else int(sentence)
                rows.append(
                    Hit(
                        _line(left),
                        text[start:end],
                        _line(right),
                        name,
                        number,
                        headings.get(_node(outline, start) or 0, ""),
                        start,
                        end,
                    )
                )
                near.append(_neighbours(own, token, end, sort))
    order = range(len(rows)) if sort == "place" else sorted(range(len(rows)), key=lambda i: (near[i], i))
    return pd.DataFrame([rows[i] for i in order], columns=list(TYPES)).astype(TYPES)


def paths(outline: pd.DataFrame) -> dict[int, str]:
    """Node → the headings above it and itself, from the top, joined by ›; empty where there is none."""
    found: dict[int, str] = {}
    for row in outline.itertuples():  # a parent stands before its children
        above = "" if pd.isna(row.parent) else found.get(int(row.parent), "")
        own = _line(str(row.text)).strip() if row.kind == "heading" else ""
        found[int(row.node)] = " › ".join(part for part in (above, own) if part)
    return found


def _places(tokens: pd.DataFrame, key: str, *, by: By, tables: "Tables") -> Iterator[tuple[int, int]]:
    """Offsets of each hit in the text of the speech."""
    columns = (tokens[name].tolist() for name in ("key", "start", "end", "pos"))
    spans = list(zip(*columns, strict=True))
    return _by_word(spans, key, tables) if by == "word" else _by_text(spans, key)


def _by_word(spans: list[tuple[str, int, int, str]], key: str, tables: "Tables") -> Iterator[tuple[int, int]]:
    known = words(tables.lexicons)
    for token, start, end, pos in spans:
        if pos == PUNCTUATION or key not in token:
            continue
        for at in [0] if token == key else inside(token, known).get(key, []):
            yield _span(token, start, end, at, len(key))


def _by_text(spans: list[tuple[str, int, int, str]], key: str) -> Iterator[tuple[int, int]]:
    """Hits in the keys joined at their places, as `counts.key_text` joins them; mapped back token by token."""
    parts: list[str] = []
    firsts: list[int] = []
    length, before = 0, None
    for token, start, end, _ in spans:
        gap = BLANK if before is not None and start != before else ""
        part = gap + (token or BLANK)
        firsts.append(length + len(gap))
        parts.append(part)
        length, before = length + len(part), end
    for found in re.finditer(re.escape(key), "".join(parts)) if key else ():
        first = int(np.searchsorted(firsts, found.start(), side="right")) - 1
        last = int(np.searchsorted(firsts, found.end() - 1, side="right")) - 1
        token, start, end, _ = spans[first]
        begin = _span(token, start, end, found.start() - firsts[first], 1)[0]
        token, start, end, _ = spans[last]
        yield begin, _span(token, start, end, found.end() - 1 - firsts[last], 1)[1]


def _span(token: str, start: int, end: int, at: int, length: int) -> tuple[int, int]:
    """Place of a part of a token; the whole token where an erratum gives it a key of another length."""
    return (start + at, start + at + length) if len(token) == end - start else (start, end)


def _neighbours(tokens: pd.DataFrame, token: int, end: int, sort: Sort) -> tuple[str, ...]:
    """Keys of the words to sort by, the nearest first."""
    if sort == "place":
        return ()
    many = int(sort[-1])
    if sort.startswith("left"):
        return tuple(tokens["key"].iloc[max(0, token - many) : token].tolist()[::-1])
    after = int(np.searchsorted(tokens["start"].to_numpy(np.int64), end, side="left"))
    return tuple(tokens["key"].iloc[after : after + many].tolist())


def _node(outline: pd.DataFrame, offset: int) -> int | None:
    rows = outline[(outline["level"] >= 1) & (outline["start"] <= offset)]
    return None if rows.empty else int(rows.loc[rows["start"].idxmax(), "node"])


def _within(outline: pd.DataFrame, offset: int, section: int) -> bool:
    """Whether an offset stands in a node or below it."""
    parents = dict(zip(outline["node"], outline["parent"], strict=True))
    node = _node(outline, offset)
    while node is not None and not pd.isna(node) and node != section:
        node = parents.get(node)
    return node is not None and not pd.isna(node) and int(node) == section


def _line(text: str) -> str:
    """Without line breaks, so that a hit stays on one line."""
    return re.sub(r"[\r\n\t]+", " ", text)
