"""Dots side by side: how often up to five speeches use the same words, per 10,000 characters, with intervals.

>>> comparison_dots(tables, words=["職工", "權益"])                         # doctest: +SKIP

Words stand in groups by the speech that uses them most, then by gap. More than five speeches make a heatmap instead:
see `heat.word_speeches`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.finds import find
from analysis.draw.rows import above, content_words, intervals_note, some_speeches, word_rows
from analysis.draw.sheet import Sheet, round_ticks
from analysis.draw.style import BAND, GREY, INK, MARKERS, PALETTE, wrap
from analysis.draw.words import Phrase, listed, phrase

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST_SPEECHES, MOST_WORDS = 5, 25
HEADING = 2.1  # height of a group's heading, in sizes of text
FEW = 5  # a word with fewer hits is drawn hollow; a rule of the house style


def comparison_dots(
    tables: "Tables", *, words: Sequence[str] | None = None, top: int = 15, speeches: Sequence[str] | None = None,
    **options: Unpack[Options],
) -> Chart:  # fmt: skip
    """Chart of chosen words, or of the `top` words whose rates differ most, in up to five speeches (the largest).

    Needs the tables speeches and frequencies.
    """
    chosen = some_speeches(tables, speeches, MOST_SPEECHES)
    rows = word_rows(tables, words or _widest_gaps(tables, chosen, min(top, MOST_WORDS)), chosen)
    named = dict(zip(chosen, labels(tables, chosen), strict=True))
    rows["label"] = rows["speech"].map(named)
    rows = _grouped(rows, chosen)
    columns = ["key", "text", "speech", "label", "n", "n_text", "per_10k", "per_10k_low", "per_10k_high"]
    return compose(
        tables,
        "dots",
        "comparison-dots",
        rows[columns],
        story=Story(
            neutral=phrase(
                "dots_neutral" if len(chosen) > 1 else "dots_one", speeches=listed(named.values()), speech=named[chosen[0]]
            ),
            finding=clearest(rows, list(named.values())),
            subtitle=phrase("per_10k_n"),
            method=phrase("method_n"),
            notes=[phrase("dots_note"), intervals_note(rows), *([] if words or len(chosen) == 1 else [phrase("dots_chosen")])],
        ),
        speeches=chosen,
        headers={
            "text": "word",
            "label": "speech",
            "n": "n",
            "per_10k": "per_10k_n",
            "per_10k_low": "low",
            "per_10k_high": "high",
        },
        options=options,
        key=list(named.values()),
        leaders=[phrase("dots_leader", speech=label) for label in named.values()],
        empty=phrase("no_data"),
    )


def _widest_gaps(tables: "Tables", speeches: Sequence[str], top: int) -> list[str]:
    """Keys of the content words with the widest gap between their rates; with one speech, its most frequent words.

    The higher rate must come from FEW hits or more, where any does: in a very short speech each single hit is a high rate.
    """
    found = content_words(tables, tables.frequencies[tables.frequencies["speech"].isin(speeches)])
    often = found[found["n"] >= FEW] if (found["n"] >= FEW).any() else found
    wide = found.pivot(index="key", columns="speech", values="per_10k").reindex(columns=list(speeches)).fillna(0.0)
    gap = often.groupby("key")["per_10k"].max() - (wide.min(axis=1) if len(speeches) > 1 else 0.0)
    return [str(key) for key in gap.dropna().sort_values(ascending=False, kind="stable").head(top).index]


def _grouped(rows: "pd.DataFrame", speeches: Sequence[str]) -> "pd.DataFrame":
    """Rows sorted by the leading speech of each word, then by its gap, then by key; within a word by speech."""
    import pandas as pd

    by_word = rows.groupby("key", sort=True)["per_10k"]
    gap = by_word.max() - by_word.min() if len(speeches) > 1 else by_word.max()
    leader = {
        key: speeches.index(part.loc[part["per_10k"].astype(float).idxmax(), "speech"]) for key, part in rows.groupby("key")
    }
    order = pd.DataFrame({"leader": rows["key"].map(leader), "gap": -rows["key"].map(gap).astype("Float64"), "key": rows["key"]})
    order["speech"] = rows["speech"].map({speech: place for place, speech in enumerate(speeches)})
    return rows.loc[order.sort_values(["leader", "gap", "key", "speech"], kind="stable").index].reset_index(drop=True)


def clearest(rows: "pd.DataFrame", named: Sequence[str]) -> Phrase:
    """The word whose rates differ most among those whose intervals do not overlap; `named`: the speeches' labels."""
    if rows.empty:
        return phrase("no_data")
    if len(named) == 1:
        return phrase("dots_one", speech=named[0])
    best = None
    for key, part in rows.groupby("key", sort=True):
        high, low = part.loc[part["per_10k"].astype(float).idxmax()], part.loc[part["per_10k"].astype(float).idxmin()]
        gap = float(high["per_10k"] - low["per_10k"])
        if above(high["per_10k_low"], low["per_10k_high"]) and high["n"] >= FEW and (best is None or gap > best[0]):
            best = (gap, key, high, low)
    if best is None:
        return phrase("dots_unclear", speeches=listed(named))
    _, _, high, low = best
    rates = {"rate": f"{high['per_10k']:.1f}", "rate_other": f"{low['per_10k']:.1f}"}
    return phrase("dots_finding", word=high["text"], speech=high["label"], other=low["label"], **rates)


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """One stripe per word, one lane in it per speech: whisker, dot and count; a heading where the leading speech changes."""
    size = sheet.size
    words = data.drop_duplicates("key")
    names = sheet.labels([_commonest(data, key) for key in words["key"]], 0.3)
    leaders = [_leader(data, key) for key in words["key"]] if len(parameters["key"]) > 1 else [""] * len(words)
    begins = [bool(leader) and leader != before for leader, before in zip(leaders, ["", *leaders], strict=False)]
    lanes = max(1, len(parameters["key"])) * 1.3 * size
    heights = sheet.pitch([max(lanes, len(lines) * sheet.line) + 0.6 * size for lines in names], 2 * sheet.line + 6 * sheet.line)
    height = sum(heights) + sum(begins) * HEADING * size
    left = sheet.widest([line for lines in names for line in lines]) + size
    sheet.open((height or sheet.line) + 1.6 * sheet.line)
    if data.empty:
        sheet.write(0, sheet.line, parameters["empty"], colour=GREY)
        return
    width = sheet.width - left - sheet.widest([f"{n:,}" for n in data["n"]]) - 1.3 * size
    stripes = sheet.axes(left=0, top=0, width=sheet.width, height=height)
    axes = sheet.axes(left=left, top=0, width=width, height=height)
    highest = float(data[["per_10k", "per_10k_high"]].max().max() or 0) or 1.0
    axes.set_xlim(0, highest * 1.02)
    top = 0.0
    for place, key in enumerate(words["key"]):
        if begins[place]:
            heading = parameters["leaders"][parameters["key"].index(leaders[place])]
            sheet.write(0, top + HEADING * size * 0.55, wrap(heading, sheet.width, size, 1)[0], colour=GREY)
            axes.axhspan(top, top + HEADING * size, color="white", linewidth=0, zorder=1)
            top += HEADING * size
        stripes.axhspan(top, top + heights[place] - 1.5, color=BAND, linewidth=0)
        axes.plot([0, 0], [top, top + heights[place] - 1.5], color=INK, linewidth=0.8, clip_on=False)
        sheet.block(left - size, top + heights[place] / 2, names[place], align="right")
        _lanes(sheet, axes, data[data["key"] == key], parameters["key"], (left, top, width, heights[place], highest * 1.02))
        sheet.area(0, top, sheet.width, heights[place], find(parameters, {"key": key}))
        top += heights[place]
    sheet.scale(axes, left, height + 0.8 * sheet.line, [(t, f"{t:g}") for t in round_ticks(0, highest, width, size)], height)


def _leader(data: "pd.DataFrame", key: str) -> str:
    """Label of the speech with the highest rate; none where no speech has the word."""
    rows = data[data["key"] == key]
    best = rows.loc[rows["per_10k"].astype(float).idxmax()]
    return str(best["label"]) if best["per_10k"] else ""


def _commonest(data: "pd.DataFrame", key: str) -> str:
    """The word as the speech that uses it most writes it."""
    rows = data[data["key"] == key]
    return str(rows.loc[rows["n"].astype(int).idxmax(), "text"])


def _lanes(
    sheet: Sheet, axes: Any, rows: "pd.DataFrame", order: Sequence[str], box: tuple[float, float, float, float, float]
) -> None:
    left, top, width, height, highest = box
    step = min((height - 0.6 * sheet.size) / len(order), 2.2 * sheet.size)
    first = top + height / 2 - step * (len(order) - 1) / 2
    for row in rows.itertuples():
        place = order.index(row.label)
        y, colour = first + place * step, PALETTE[place]
        sheet.whisker(axes, (row.per_10k_low, row.per_10k_high), y, colour)
        face = colour if row.n >= FEW else "white"
        marker = {"marker": MARKERS[place], "markersize": 0.72 * sheet.size, "markeredgewidth": 0.9, "linestyle": "none"}
        axes.plot([row.per_10k], [y], color=colour, markerfacecolor=face, clip_on=False, zorder=3, **marker)
        end = left + rows.loc[row.Index, ["per_10k", "per_10k_high"]].max() / highest * width
        sheet.write(end + 0.75 * sheet.size, y, f"{row.n:,}", colour=GREY)
