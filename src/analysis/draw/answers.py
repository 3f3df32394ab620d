"""The answer of a notebook in two sentences, from the tables and in the language of the charts.

>>> read_answer(tables)                                                   # doctest: +SKIP
3 speeches were read, 11,572 Han characters in all. 1 file needs a look: union-meetings.txt.

The sentences choose and compare rows; they compute no statistic. Where there is nothing to say, they say so.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.draw.views import Prose, labelled
from analysis.draw.words import joined, listed, phrase, say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

# Kinds of figures that make a claim; dates and ordinals only place things.
CLAIMS = ("count", "money", "percent", "fraction", "multiple", "measure")


def read_answer(tables: "Tables") -> Prose:
    """What was read, and which files need a look."""
    language = tables.settings.language
    looked = tables.intake[tables.intake["status"].isin(["warning", "failed"])]
    first = phrase("answer_read", n=len(tables.speeches), n_han=f"{int(tables.speeches['n_han'].sum()):,}")
    second = phrase("answer_look", n=len(looked), files=listed(looked["file"])) if len(looked) else phrase("answer_clean")
    return Prose(joined([first, second])[language])


def built_answer(tables: "Tables") -> Prose:
    """Which speech is longest, and what share of all headings each has."""
    language = tables.settings.language
    sizes = tables.speeches.sort_values("n_han", ascending=False, kind="stable")
    named = labelled(tables, sizes["speech"])
    first = phrase("answer_longest", speech=named[0], n=f"{int(sizes['n_han'].iloc[0]):,}")
    if len(sizes) > 1:
        first = phrase(
            "answer_longest_of",
            speech=named[0],
            n=f"{int(sizes['n_han'].iloc[0]):,}",
            other=named[-1],
            m=f"{int(sizes['n_han'].iloc[-1]):,}",
        )
    top = tables.outline[(tables.outline["kind"] == "heading") & (tables.outline["level"] == 1)]
    counts = [(name, int((top["speech"] == speech).sum())) for name, speech in zip(named, sizes["speech"], strict=True)]
    second = phrase("answer_headings", counts=_counted(counts)) if len(top) else phrase("answer_no_headings")
    return Prose(joined([first, second])[language])


def figures_answer(tables: "Tables") -> Prose:
    """Which speech quotes most numbers, and the largest sums of money."""
    language = tables.settings.language
    rows = tables.figures[tables.figures["kind"].isin(CLAIMS)]
    if not len(rows):
        return Prose(say("answer_no_figures", language))
    counts = (
        rows["speech"].value_counts().reindex(tables.speeches["speech"], fill_value=0).sort_values(ascending=False, kind="stable")
    )
    first = phrase("answer_figures", counts=_counted(zip(labelled(tables, list(counts.index)), counts.astype(int), strict=True)))
    money = _largest(rows[(rows["kind"] == "money") & (rows["value"] != "")])
    told = listed([f"{row.text} ({row.measures})" if row.measures else str(row.text) for row in money.itertuples()])
    second = phrase("answer_money", sums=told) if len(money) else phrase("answer_no_money")
    return Prose(joined([first, second])[language])


def trace(tables: "Tables") -> Prose:
    """One number followed back: its row, its offsets, and the characters there."""
    language = tables.settings.language
    rows = tables.figures[tables.figures["kind"].isin(CLAIMS)]
    if not len(rows):
        return Prose(say("answer_no_figures", language))
    row = next(rows.itertuples())
    around = tables.texts[row.speech][max(0, row.start - 20) : row.end + 20].replace("\n", " ")
    receipt = {"speech": row.speech, "start": row.start, "end": row.end, "text": row.text}
    return Prose(say("answer_trace", language, **receipt, value=row.value or "–", unit=row.unit, around=around))


def _largest(rows: "pd.DataFrame") -> "pd.DataFrame":
    from decimal import Decimal

    order = sorted(range(len(rows)), key=lambda place: -Decimal(rows["value"].iloc[place]))
    return rows.iloc[order[:3]]


def _counted(pairs: Iterable[tuple[str, int]]) -> dict[str, str]:
    """label n, label n: at most six of them."""
    return listed([f"{label} {n}" for label, n in pairs], most=6)
