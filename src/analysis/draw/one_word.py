"""One word in all speeches: how often, where, and every line or sentence with it; text is only ever text.

>>> concordance_view(tables, "權益")                                       # doctest: +SKIP

The word may be given in either script. Counts are those of `frequencies`; nothing is drawn as a picture.
"""

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from analysis.draw.rows import Section, all_sections
from analysis.draw.style import BAND, BLUE, GREY, PALE, RULE
from analysis.draw.views import labelled
from analysis.draw.words import say
from analysis.read.script import shadow, simplified

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

# As many lines as a reader looks through on a page; analysis.concordance gives all.
MOST_LINES = 40
# More sentences than this are a text to search, not a list; a word like 的 (of) has hundreds.
MOST_SENTENCES = 300
# Characters shown on either side of a hit that stands in no sentence: those of a concordance line.
AROUND = 20
# Characters of a heading beside a concordance line: the outer ones, and the one the hit stands under.
OUTER, INNER = 2, 10
# Keeps JupyterLab from typesetting a $ in a speech as mathematics.
INERT = 'class="tex2jax_ignore mathjax_ignore"'
_CELL = f"padding:.25em .6em;vertical-align:top;line-height:1.45;border-bottom:1px solid {RULE};text-align:"
# Cells that hold a few words stay on one line: a concordance is read down the column of the hit.
_SHORT = ";white-space:nowrap"
_COUNTED = "background-color:#ffe08a;color:#000000;font-weight:normal"
_AS_TEXT = f"border-bottom:2px solid {BLUE}"


@dataclass(frozen=True, eq=False)
class Lines:
    """Concordance lines to read: the hit in the middle column, what stands left of it pushed against it."""

    frame: "pd.DataFrame"
    note: str
    headers: dict[str, str]

    def _repr_html_(self) -> str:
        sides = {"left": "right" + _SHORT, "hit": "center" + _SHORT, "path": "left"}
        columns = [(told, sides.get(name, "left" + _SHORT)) for name, told in self.headers.items()]
        shown = self.frame.assign(path=[_short_path(path) for path in self.frame["path"]])
        rows = [[html.escape(str(cell)) for cell in row] for row in shown[list(self.headers)].itertuples(index=False)]
        return f'<div {INERT} tabindex="0" style="overflow-x:auto">{_table(columns, rows)}{_note(self.note)}</div>'

    def __repr__(self) -> str:
        return f"{self.frame[list(self.headers)].to_string(index=False)}\n{self.note}"


def concordance_view(tables: "Tables", word: str, *, longest: int = MOST_LINES) -> Lines:
    """Every hit of a word, with what stands left and right of it, its speech and the headings above it."""
    from analysis.measure.concordance import concordance

    language = tables.settings.language
    hits = concordance(tables, word)
    note = say("lines_note", language, n=len(hits), word=word)
    if len(hits) > longest:
        note += " " + say("lines_more", language, n=longest, word=word)
    shown = hits.head(longest)
    headers = {"left": "lines_left", "hit": "word", "right": "lines_right", "speech": "speech", "path": "lines_path"}
    return Lines(
        shown.assign(speech=labelled(tables, shown["speech"])), note, {name: say(key, language) for name, key in headers.items()}
    )


class Hit(NamedTuple):
    """One place of a word; `counted` where it is a word on its own or inside a longer one, as `n` counts it."""

    start: int
    end: int
    counted: bool


@dataclass(frozen=True, eq=False)
class Explorer:
    """Answers about any word, quickly: the speeches are converted to one script once."""

    tables: "Tables"
    memory: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def shadows(self) -> dict[str, str]:
        """The texts in one script, character for character."""
        return {speech: shadow(self.tables.texts[speech]) for speech in self.tables.speeches["speech"]}

    @cached_property
    def _tokens(self) -> Callable[[str], "pd.DataFrame"]:
        from analysis.stored import rows_of

        return rows_of(self.tables.tokens)

    @cached_property
    def _parts(self) -> dict[str, list[Section]]:
        return all_sections(self.tables)

    def page(self, word: str) -> str:
        """HTML with the counts of a word per speech, where it stands, and every sentence with it."""
        language = self.tables.settings.language
        key = simplified(word.strip())
        hits = {speech: list(self.hits(speech, key)) for speech in self.shadows} if key else {}
        if not key:
            return f"<div {INERT}>{_note(say('explore_prompt', language))}</div>"
        if not any(hits.values()):
            return f"<div {INERT}>{_note(say('explore_absent', language, word=word.strip()))}</div>"
        return f"<div {INERT}>{self._counts(key, hits)}{self._sentences(hits)}{_note(_legend(language), escape=False)}</div>"

    def hits(self, speech: str, key: str) -> Iterator[Hit]:
        """Places of a key in one speech, not overlapping."""
        text = self.shadows[speech]
        as_words = self._spans(speech, key)
        start = text.find(key)
        while start >= 0:
            end = start + len(key)
            yield Hit(start, end, any(low <= start and end <= high for low, high in as_words))
            start = text.find(key, end)

    def _spans(self, speech: str, key: str) -> list[tuple[int, int]]:
        """Words of a speech that are the key or hold it, as n counts them."""
        from analysis.measure.counts import PUNCTUATION, holders

        rows = self._tokens(speech)
        held = holders(key, rows["key"].unique(), self.tables.lexicons)
        rows = rows[rows["key"].isin(held) & (rows["pos"] != PUNCTUATION)]
        return list(zip(rows["start"].tolist(), rows["end"].tolist(), strict=True))

    def _counts(self, key: str, hits: dict[str, list[Hit]]) -> str:
        language = self.tables.settings.language
        names = ("speech", "view_n", "view_own", "view_as_text", "per_10k", "view_interval", "explore_where")
        columns = [(say(name, language), ("right" if 0 < place < 6 else "left") + _SHORT) for place, name in enumerate(names)]
        rows = self.tables.frequencies
        known = {row.speech: row for row in rows[rows["key"] == key].itertuples()}
        body = []
        for speech, label in zip(hits, labelled(self.tables, list(hits)), strict=True):
            row = known.get(speech)
            n_text = max(len(hits[speech]), int(row.n_text) if row else 0)
            told = [f"{row.n:,}", f"{row.n_own:,}"] if row else ["0", "0"]
            rates = [f"{row.per_10k:,.1f}", f"{row.per_10k_low:,.1f} – {row.per_10k_high:,.1f}"] if row else ["0.0", ""]
            body.append([html.escape(label), *told, f"{n_text:,}", *rates, self._strip(speech, hits[speech])])
        return _table(columns, body)

    def _strip(self, speech: str, hits: Sequence[Hit]) -> str:
        """One tick per hit from the first character to the last; a pale line where a section begins."""
        length = max(1, len(self.tables.texts[speech]))
        marks = [(100 * part.start / length, PALE, 1) for part in self._parts[speech] if part.start]
        ticks = [(100 * hit.start / length, BLUE, 2) for hit in hits]
        drawn = "".join(
            f'<span style="position:absolute;left:{place:.1f}%;top:0;height:100%;width:{width}px;background-color:{colour}"></span>'
            for place, colour, width in [*marks, *ticks]
        )
        return f'<div style="position:relative;width:16em;height:1.1em;background-color:{BAND}">{drawn}</div>'

    def _sentences(self, hits: dict[str, list[Hit]]) -> str:
        """Every sentence with a hit, the hits marked, in a box that scrolls."""
        language = self.tables.settings.language
        labels = dict(zip(hits, labelled(self.tables, list(hits)), strict=True))
        found = [(speech, marked) for speech, own in hits.items() for marked in self._marked(speech, own)]
        columns = [(say("speech", language), "left" + _SHORT), (say("view_sentence", language), "left")]
        body = [[html.escape(labels[speech]), marked] for speech, marked in found[:MOST_SENTENCES]]
        told = say("explore_sentences", language, n=len(found))
        if len(found) > MOST_SENTENCES:
            told += " " + say("explore_more", language, n=MOST_SENTENCES)
        return f'<p style="margin:.8em 0 .3em 0">{html.escape(told)}</p><div tabindex="0" style="max-height:26em;overflow:auto">{_table(columns, body)}</div>'

    def _marked(self, speech: str, hits: Sequence[Hit]) -> Iterator[str]:
        """Sentences of one speech with hits; a hit outside sentences gets some characters around it."""
        import numpy as np

        text = self.tables.texts[speech]
        rows = self.tables.sentences[self.tables.sentences["speech"] == speech]
        starts, ends = rows["start"].to_numpy(np.int64), rows["end"].to_numpy(np.int64)
        spans: dict[tuple[int, int], list[Hit]] = {}
        for hit in hits:
            at = int(np.searchsorted(starts, hit.start, side="right")) - 1
            inside = at >= 0 and hit.start < ends[at]
            span = (int(starts[at]), int(ends[at])) if inside else (max(0, hit.start - AROUND), hit.end + AROUND)
            spans.setdefault(span, []).append(hit)
        for (start, end), own in spans.items():
            yield _with_marks(text, start, end, own)


def _short_path(path: str) -> str:
    """Headings above a hit, cut so that a line of a concordance stays low: the outer ones to their numbers, about."""
    *outer, last = path.split(" › ")
    return " › ".join([*(_cut(part, OUTER) for part in outer), _cut(last, INNER)])


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def _with_marks(text: str, start: int, end: int, hits: Sequence[Hit]) -> str:
    """Escaped characters of a span; a hit that counts as a word is shaded, one as text only is underlined."""
    parts, at = [], start
    for hit in hits:
        style = _COUNTED if hit.counted else _AS_TEXT
        parts += [html.escape(text[at : hit.start]), f'<span style="{style}">{html.escape(text[hit.start : hit.end])}</span>']
        at = hit.end
    return "".join([*parts, html.escape(text[at:end])])


def _legend(language: str) -> str:
    counted, as_text = html.escape(say("explore_counted", language)), html.escape(say("explore_as_text", language))
    return f'<span style="{_COUNTED}">{counted}</span> · <span style="{_AS_TEXT}">{as_text}</span> · {html.escape(say("explore_strip", language))}'


def _table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are HTML already, under headers that are not: (header, CSS of its cells)."""
    head = "".join(f'<th style="{_CELL}{css}">{html.escape(name)}</th>' for name, css in columns)
    cells = (
        "".join(f'<td style="{_CELL}{css}">{cell}</td>' for cell, (_, css) in zip(row, columns, strict=True)) for row in rows
    )
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _note(text: str, *, escape: bool = True) -> str:
    return f'<p style="color:{GREY};line-height:1.45">{html.escape(text) if escape else text}</p>'
