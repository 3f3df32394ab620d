"""Sorted bars: the most frequent words of one speech, per 10,000 characters, with their intervals.

>>> frequency_bars(tables, "union-meetings-1", top=15)              # doctest: +SKIP

Function words of the stop list are left out, since they lead every speech. It counts nothing itself.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.finds import find
from analysis.draw.rows import above, content_words, intervals_note, one_speech, word_rows
from analysis.draw.sheet import Sheet, round_ticks
from analysis.draw.style import BLUE, GREY, INK
from analysis.draw.words import Phrase, phrase

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 25  # bars; a rule of the house style


def frequency_bars(
    tables: "Tables", speech: str | None = None, *, top: int = 20, words: Sequence[str] | None = None, **options: Unpack[Options]
) -> Chart:
    """Chart of the `top` words of one speech (the first, if none is named), or of the `words` given.

    Needs the tables speeches and frequencies.
    """
    speech = one_speech(tables, speech)
    found = tables.frequencies[tables.frequencies["speech"] == speech]
    rows = content_words(tables, found) if words is None else word_rows(tables, words, [speech])
    rows = rows.sort_values(["n", "key"], ascending=[False, True], kind="stable").head(min(top, MOST))
    columns = ["key", "text", "n", "n_text", "per_10k", "per_10k_low", "per_10k_high"]
    return compose(
        tables,
        "bars",
        f"frequency-bars-{speech}",
        rows[columns],
        story=_story(labels(tables, [speech])[0], rows, chosen=words is not None),
        speeches=[speech],
        headers={"text": "word", "n": "n", "per_10k": "per_10k_n", "per_10k_low": "low", "per_10k_high": "high"},
        options=options,
        rate_header=phrase("per_10k_head"),
        count_header=phrase("n"),
        empty=phrase("no_data"),
    )


def _story(speech: str, rows: "pd.DataFrame", *, chosen: bool) -> Story:
    return Story(
        neutral=phrase("bars_neutral_words" if chosen else "bars_neutral", speech=speech),
        finding=_finding(speech, rows),
        subtitle=phrase("per_10k_n"),
        method=phrase("method_n"),
        notes=[intervals_note(rows), *([] if chosen else [phrase("stop_words")])],
    )


def _finding(speech: str, rows: "pd.DataFrame") -> Phrase:
    if rows.empty or not rows["n"].iloc[0]:
        return phrase("no_data")
    first = rows.iloc[0]
    told = {"speech": speech, "word": first["text"], "n": first["n"], "rate": f"{first['per_10k']:.1f}"}
    if len(rows) == 1:
        return phrase("bars_one", **told)
    second = rows.iloc[1]
    if above(first["per_10k_low"], second["per_10k_high"]):
        return phrase("bars_finding", **told)
    return phrase("bars_unclear", **told, other=second["text"], rate_other=f"{second['per_10k']:.1f}")


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """Label, bar with whisker, rate and count in aligned columns."""
    size = sheet.size
    names = sheet.labels(data["text"].tolist())
    heights = sheet.pitch([max(1.75 * size, len(lines) * sheet.line + 0.35 * size) for lines in names], 3.4 * sheet.line)
    rates = [f"{rate:.1f}" for rate in data["per_10k"].fillna(0.0)]
    counts = [f"{n:,}" for n in data["n"]]
    left = sheet.widest([line for lines in names for line in lines]) + 0.7 * size
    count_width = sheet.widest([*counts, parameters["count_header"]])
    rate_width = sheet.widest([*rates, parameters["rate_header"]])
    right = count_width + rate_width + 2.2 * size
    head, height = 1.1 * sheet.line, sum(heights)
    sheet.open(head + (height or sheet.line) + 1.6 * sheet.line)
    if data.empty:
        sheet.write(0, head, parameters["empty"], colour=GREY)
        return
    sheet.write(sheet.width, head / 2 - 0.2 * size, parameters["count_header"], colour=GREY, align="right")
    sheet.write(sheet.width - count_width - size, head / 2 - 0.2 * size, parameters["rate_header"], colour=GREY, align="right")
    axes = sheet.axes(left=left, top=head, width=sheet.width - left - right, height=height)
    highest = float(data[["per_10k", "per_10k_high"]].max().max() or 0)
    axes.set_xlim(0, highest * 1.02 or 1)
    ticks = [(tick, f"{tick:g}") for tick in round_ticks(0, highest or 1, sheet.width - left - right, size)]
    sheet.scale(axes, left, head + height + 0.75 * sheet.line, ticks, height)
    middle = 0.0
    for place, row in enumerate(data.itertuples()):
        middle += heights[place] / 2
        thick = min(1.15 * size, 0.62 * heights[place])
        axes.barh(middle, row.per_10k, height=thick, color=BLUE, linewidth=0)
        sheet.whisker(axes, (row.per_10k_low, row.per_10k_high), middle)
        sheet.block(left - 0.7 * size, head + middle, names[place], align="right")
        sheet.write(sheet.width - count_width - size, head + middle, rates[place], align="right")
        sheet.write(sheet.width, head + middle, counts[place], colour=GREY, align="right")
        sheet.area(0, head + middle - heights[place] / 2, sheet.width, heights[place], find(parameters, row._asdict()))
        middle += heights[place] / 2
    axes.plot([0, 0], [0, height], color=INK, linewidth=0.8, clip_on=False)
