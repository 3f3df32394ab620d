"""Tables for readers: a choice of columns with headers in words, numbers rounded, text only ever text.

>>> speeches_view(tables)                                                 # doctest: +SKIP

In a notebook a View shows itself as a plain HTML table, without the network and without widgets. Nothing is counted
here; every number comes from a table.
"""

import html
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.draw.words import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.draw.chart import Chart
    from analysis.tables import Tables

# More rows than this are a page to scroll, not a table to read; the rest is counted and found in data/tables.
LONGEST = 40
# With however many speeches each is told with so many rows.
LEAST_EACH = 3
_CELL = "padding:.25em .5em;text-align:{align};vertical-align:top;border-bottom:1px solid #d0d0d0;white-space:normal;min-width:{width}em"
# Characters shown on each side of a number or a name: about one clause.
AROUND = 32
# Widths in em: a column is as wide as its longest cell wants, up to a line that reads well.
_WIDEST, _NARROWEST = 15.0, 2.5


@dataclass(frozen=True, eq=False)
class View:
    """A table to read: `frame` with headers in words; below it a note, and in small print what its numbers rest on."""

    frame: "pd.DataFrame"
    note: str = ""
    longest: int = LONGEST
    language: str = "en"
    basis: str = ""

    def _repr_html_(self) -> str:
        # The two classes keep JupyterLab from typesetting a $ in a speech as mathematics.
        shown = self.frame.head(self.longest)
        columns = [cells(shown.iloc[:, place]) for place in range(shown.shape[1])]
        aligned = ["right" if is_numeric(shown.iloc[:, place]) else "left" for place in range(shown.shape[1])]
        styles = [_CELL.format(align=align, width=_width(cells)) for align, cells in zip(aligned, columns, strict=True)]
        head = _row("th", list(shown), styles)
        body = "".join(_row("td", cells, styles) for cells in zip(*columns, strict=True))
        notes = [say("view_nothing", self.language)] if self.frame.empty else []
        notes += [self.note] if self.note else []
        if len(self.frame) > self.longest:
            notes.append(say("view_more", self.language, n=len(self.frame) - self.longest))
        below = "".join(f'<p style="color:#595959">{html.escape(note)}</p>' for note in notes)
        below += f'<p style="color:#595959;font-size:.8em">{html.escape(self.basis)}</p>' if self.basis else ""
        table = f'<table style="border-collapse:collapse;font-size:.92em"><thead>{head}</thead><tbody>{body}</tbody></table>'
        return f'<div class="tex2jax_ignore mathjax_ignore" tabindex="0" style="overflow-x:auto">{table}{below}</div>'

    def __repr__(self) -> str:
        return "\n".join([self.frame.head(self.longest).to_string(index=False), self.note, self.basis]).strip()


class Prose(str):
    """A text that a notebook shows as paragraphs, escaped; everywhere else it is a plain string."""

    def _repr_html_(self) -> str:
        paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in self.split("\n\n"))
        return f'<div class="tex2jax_ignore mathjax_ignore" style="max-width:46em;font-size:1.05em">{paragraphs}</div>'


def chart_view(chart: "Chart", language: str = "en") -> View:
    """The data a chart draws, for the cell below it; they rest on what the chart's source line says."""
    return View(chart.table, "", 60, chart.parameters.get("language", language), chart.parameters.get("source", ""))


def view(
    frame: "pd.DataFrame", headers: Mapping[str, str], language: str, *, note: str = "", longest: int = LONGEST, basis: str = ""
) -> View:
    """Columns of a table under headers in words: column → key of words.csv, in the order given."""
    chosen = frame[list(headers)].reset_index(drop=True)
    named = chosen.rename(columns={name: say(key, language) for name, key in headers.items()})
    return View(named, note, longest, language, basis)


def intake_view(tables: "Tables") -> View:
    """What became of each file that was found."""
    rows = tables.intake
    rows = rows[rows["code"] != "S_IGNORED"]
    side = 0 if tables.settings.language == "en" else 1
    messages = [_half(told, side) for told in rows["message"]]
    headers = {
        "file": "view_file",
        "status": "view_status",
        "code": "view_code",
        "message": "view_message",
        "encoding": "view_encoding",
    }
    headers |= {"n_chars": "view_characters", "n_speeches": "view_speeches"}
    return view(rows.assign(message=messages), headers, tables.settings.language)


def speeches_view(tables: "Tables") -> View:
    """The speeches with their sizes."""
    headers = {"label": "speech", "title": "view_title", "script": "view_script", "n_han": "view_han", "n_tokens": "view_words"}
    headers |= {"n_sentences": "view_sentences", "n_paragraphs": "view_paragraphs", "n_redacted": "view_redacted"}
    return view(tables.speeches, headers, tables.settings.language, note=say("view_speeches_note", tables.settings.language))


def outline_view(tables: "Tables", *, longest: int = LONGEST) -> View:
    """The headings of every speech with the share of the speech that stands under each."""
    rows = tables.outline
    headings = rows[(rows["kind"] == "heading") & (rows["level"] <= 2)]
    shares = [_share_under(tables, row) for row in headings.itertuples()]
    made = headings.assign(speech=labelled(tables, headings["speech"]), share=shares, text=_indented(headings))
    headers = {"speech": "speech", "text": "view_heading", "share": "view_share"}
    return view(made, headers, tables.settings.language, longest=longest)


def figures_view(tables: "Tables", *, kinds: Sequence[str] = (), longest: int = LONGEST) -> View:
    """Quoted numbers with what they are said of and what stands around them; without dates, order and durations, unless asked."""
    rows = tables.figures
    rows = rows[rows["kind"].isin(kinds)] if kinds else rows[~rows["kind"].isin(["date", "duration", "ordinal"])]
    made = rows.assign(speech=labelled(tables, rows["speech"]), sentence=excerpts(tables, rows))
    headers = {"speech": "speech", "text": "view_as_written", "value": "view_value", "unit": "view_unit", "bound": "view_bound"}
    headers |= {"measures": "view_measures", "status": "view_claimed", "sentence": "view_sentence"}
    return view(made, headers, tables.settings.language, longest=longest)


def names_view(tables: "Tables", kind: str, *, longest: int = LONGEST) -> View:
    """The names of one kind with how often each speech mentions them, and the first sentence that does."""
    rows = tables.names[tables.names["kind"] == kind]
    counted = rows.groupby("name", sort=False).agg(n=("name", "size"), role=("role", "max"), text=("text", "first"))
    first = rows.drop_duplicates("name").set_index("name")
    counted["sentence"] = dict(zip(first.index, excerpts(tables, first), strict=True))
    counted["speech"] = [
        ", ".join(dict.fromkeys(labelled(tables, rows.loc[rows["name"] == name, "speech"]))) for name in counted.index
    ]
    made = counted.sort_values(["n"], ascending=False, kind="stable").reset_index()
    headers = {"text": "view_name", "n": "view_mentions", "speech": "speech"} | (
        {"role": "view_role"} if kind == "person" else {}
    )
    return view(made, headers | {"sentence": "view_sentence"}, tables.settings.language, longest=longest)


def places_view(tables: "Tables", table: str, columns: Mapping[str, str], *, longest: int = LONGEST) -> View:
    """Rows of any found table with some of its columns, the label of the speech and where the row stands."""
    rows = tables[table]
    made = rows.assign(speech=labelled(tables, rows["speech"]))
    return view(made, {"speech": "speech", **columns, "start": "view_offset"}, tables.settings.language, longest=longest)


def labelled(tables: "Tables", speeches_: Sequence[str]) -> list[str]:
    """Short names for ids of speeches."""
    named = dict(zip(tables.speeches["speech"], tables.speeches["label"], strict=True))
    return [named.get(speech) or speech for speech in speeches_]


def interval(low: Any, high: Any, told: Callable[[float], str]) -> str:
    """An interval in a cell; a dash where there is none, as in a speech of one paragraph."""
    import pandas as pd

    return "–" if pd.isna(low) or pd.isna(high) else f"{told(low)} – {told(high)}"


def share(tables: "Tables", top: int) -> int:
    """How many rows each speech gets: `top`, and fewer where many speeches share one table."""
    return max(LEAST_EACH, min(top, 6 * top // max(1, len(tables.speeches))))


def excerpts(tables: "Tables", rows: "pd.DataFrame", around: int = AROUND) -> list[str]:
    """What stands around each row, within its sentence, with the row's own characters between ‹ and ›."""
    found = tables.sentences
    spans = dict(
        zip(zip(found["speech"], found["sentence"], strict=True), zip(found["start"], found["end"], strict=True), strict=True)
    )
    made = []
    for row in rows.itertuples():
        text = tables.texts[row.speech]
        first, last = spans.get((row.speech, row.sentence), (row.start, row.end))
        left, right = max(first, row.start - around), min(last, row.end + around)
        before = ("…" if left > first else "") + text[left : row.start]
        after = text[row.end : right] + ("…" if right < last else "")
        made.append(" ".join(f"{before}‹{row.text}›{after}".split()))
    return made


def _share_under(tables: "Tables", heading: Any) -> str:
    """How much of the speech stands between a heading and the next of its level or above."""
    rows = tables.outline[tables.outline["speech"] == heading.speech]
    later = rows[(rows["start"] > heading.start) & (rows["level"] <= heading.level) & (rows["level"] > 0)]
    end = later["start"].min() if len(later) else len(tables.texts[heading.speech])
    return f"{(end - heading.start) / max(1, len(tables.texts[heading.speech])):.0%}"


def _indented(headings: "pd.DataFrame") -> list[str]:
    return ["\u3000" * (row.level - 1) + row.text for row in headings.itertuples()]


def _half(message: str, side: int) -> str:
    """The English or the Chinese half of a message."""
    halves = message.split(" / ")
    return halves[side] if len(halves) == 2 else message


def _row(tag: str, cells: Sequence[str], styles: Sequence[str]) -> str:
    """One line of an HTML table."""
    filled = "".join(
        f'<{tag} style="{style}">{html.escape(str(cell))}</{tag}>' for cell, style in zip(cells, styles, strict=True)
    )
    return f"<tr>{filled}</tr>"


def _width(cells: Sequence[str]) -> float:
    """Room in em that a column asks for: less than half of its longest cell, so that a long text takes three lines."""
    longest = max(map(n_columns, cells), default=0)
    return round(min(_WIDEST, max(_NARROWEST, longest / 5)), 1)


def n_columns(text: str) -> int:
    """Width of a text in half-width columns: a Chinese character takes two.

    >>> n_columns("工會 ab")
    7
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def is_numeric(values: "pd.Series[Any]") -> bool:
    """Whether a column is set flush right."""
    import pandas as pd

    return bool(pd.api.types.is_numeric_dtype(values.dtype))


def cells(values: "pd.Series[Any]") -> list[str]:
    """The cells of a column as text: whole numbers with separators, other numbers with the same decimals throughout."""
    import pandas as pd

    kept = [None if pd.isna(value) else value for value in values]
    if not is_numeric(values):
        return ["" if value is None else str(value) for value in kept]
    if pd.api.types.is_integer_dtype(values.dtype):
        return ["" if value is None else f"{int(value):,}" for value in kept]
    largest = max((abs(float(value)) for value in kept if value is not None and abs(float(value)) != float("inf")), default=0.0)
    decimals = 1 if largest >= 10 else 2
    return ["" if value is None else f"{float(value):,.{decimals}f}" for value in kept]
