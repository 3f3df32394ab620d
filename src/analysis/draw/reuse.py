"""Passages that two speeches share: two bars joined by bands, or a dot plot where there are many passages.

>>> reuse_map(tables, "union-meetings-1", "union-meetings-2")              # doctest: +SKIP

Passages come from the table reuse; nothing is searched for here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.rows import one_speech
from analysis.draw.sheet import Sheet, round_ticks
from analysis.draw.style import BAND, BLUE, GREY, INK, RULE, shorten
from analysis.draw.words import phrase
from analysis.read.speech import n_han

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MANY = 40  # passages; more bands than this hide one another
SHORTEST = 8  # Han characters: the n-grams that passages grow from


def reuse_map(tables: "Tables", speech_a: str | None = None, speech_b: str | None = None, **options: Unpack[Options]) -> Chart:
    """Chart of the shared passages of two speeches; of the pair that shares most, if none is named.

    Needs the tables speeches and reuse, and the texts. With one speech there is nothing to compare and the chart says so.
    """
    import pandas as pd

    a, b = _pair(tables, speech_a, speech_b)
    first, second = labels(tables, [a, b])
    found = tables.reuse
    straight = found[(found["speech_a"] == a) & (found["speech_b"] == b)]
    turned = found[(found["speech_a"] == b) & (found["speech_b"] == a)]
    turned = turned.rename(columns={f"{c}_{s}": f"{c}_{o}" for c in ("speech", "start", "end", "text") for s, o in ("ab", "ba")})
    data = pd.concat([straight, turned]).sort_values(["start_a", "start_b"], kind="stable")
    lengths = {s: max(1, len(tables.texts[s])) for s in (a, b)}
    data = data.assign(
        from_a=100 * data["start_a"] / lengths[a],
        to_a=100 * data["end_a"] / lengths[a],
        from_b=100 * data["start_b"] / lengths[b],
        to_b=100 * data["end_b"] / lengths[b],
    )
    many = len(data) > MANY
    columns = ["text_a", "text_b", "n_han", "similarity", "start_a", "start_b", "from_a", "to_a", "from_b", "to_b"]
    return compose(
        tables,
        "reuse",
        f"reuse-{a}-{b}",
        data[columns],
        story=Story(
            neutral=phrase("reuse_neutral", a=first, b=second),
            finding=_finding(tables, data, (a, b), (first, second)),
            subtitle=phrase("reuse_subtitle_dots", a=first, b=second) if many else phrase("reuse_subtitle"),
            method=phrase("method_reuse"),
        ),
        speeches=list(dict.fromkeys([a, b])),
        headers={"text_a": "text", "text_b": "speech_b", "n_han": "n_han", "similarity": "similarity"},
        options=options,
        label_a=first,
        label_b=second,
        many=many,
        empty=phrase("no_data"),
    )


def _pair(tables: "Tables", a: str | None, b: str | None) -> tuple[str, str]:
    if a and b:
        return one_speech(tables, a), one_speech(tables, b)
    pairs = tables.reuse.groupby(["speech_a", "speech_b"], sort=True)["n_han"].sum()
    if len(pairs):
        best = pairs.sort_values(ascending=False, kind="stable").index[0]
        return str(best[0]), str(best[1])
    known = tables.speeches["speech"].tolist()
    return one_speech(tables, a), str(known[1] if len(known) > 1 else known[0])


def _finding(tables: "Tables", data: "pd.DataFrame", pair: tuple[str, str], named: tuple[str, str]) -> dict[str, str]:
    a, b = named
    if data.empty:
        return phrase("reuse_none", a=a, b=b, n=SHORTEST)
    sizes = tables.speeches.set_index("speech")["n_han"]
    side = "a" if sizes[pair[0]] <= sizes[pair[1]] else "b"
    text = tables.texts[pair[side == "b"]]
    spans = sorted(zip(data[f"start_{side}"].astype(int), data[f"end_{side}"].astype(int), strict=True))
    share = 100 * _covered(text, spans) / max(1, n_han(text))
    return phrase(
        "reuse_finding",
        a=a,
        b=b,
        n=len(data),
        share=f"{share:.0f}" if share >= 1 else f"{share:.1f}",
        longest=int(data["n_han"].max()),
    )


def _covered(text: str, spans: list[tuple[int, int]]) -> int:
    """Han characters inside some spans, sorted by start; where spans overlap they count once."""
    covered = reached = 0
    for start, end in spans:
        covered += n_han(text[max(start, reached) : max(end, reached)])
        reached = max(reached, end)
    return covered


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """Bands between two bars, or lines in a square."""
    if parameters["many"]:
        _dots(sheet, data, parameters)
    else:
        _bands(sheet, data, parameters)


def _bands(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    from matplotlib.patches import Polygon

    size = sheet.size
    bar, label = 1.2 * size, 1.3 * sheet.line
    between = sheet.pitch([13 * size if len(data) else 3 * size], 2 * (label + bar) + 1.4 * sheet.line)[0]
    sheet.open(2 * (label + bar) + between + 1.4 * sheet.line)
    height = 2 * bar + between
    sheet.write(0, label / 2, shorten(parameters["label_a"], sheet.width, size))
    sheet.write(0, label + height + label / 2, shorten(parameters["label_b"], sheet.width, size))
    axes = sheet.axes(left=0, top=label, width=sheet.width, height=height)
    axes.set_xlim(0, 100)
    for top in (0, bar + between):
        axes.axhspan(top, top + bar, color=RULE, linewidth=0)
    if data.empty:
        sheet.write(sheet.width / 2, label + height / 2, parameters["empty"], colour=GREY, align="center")
    for row in data.itertuples():
        upper, lower = bar, bar + between
        corners = [(row.from_a, upper), (row.to_a, upper), (row.to_b, lower), (row.from_b, lower)]
        axes.add_patch(Polygon(corners, closed=True, facecolor=BLUE, edgecolor=BLUE, alpha=0.35, linewidth=0.5))
        for start, end, top in ((row.from_a, row.to_a, 0.0), (row.from_b, row.to_b, lower)):
            corners = [(start, top), (end, top), (end, top + bar), (start, top + bar)]
            axes.add_patch(Polygon(corners, closed=True, facecolor=BLUE, edgecolor=BLUE, linewidth=0.5))
    y = 2 * label + height + 0.6 * sheet.line
    for tick in (0, 25, 50, 75, 100):
        sheet.write(tick / 100 * sheet.width, y, f"{tick} %", colour=GREY, align={0: "left", 100: "right"}.get(tick, "center"))


def _dots(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    size = sheet.size
    left = sheet.widest(["100 %"]) + 0.8 * size
    side = min(sheet.width - left, 60 * size) if sheet.room is None else min(sheet.width - left, sheet.room - 1.5 * sheet.line)
    if side < 12 * size:
        side = 12 * size
    sheet.open(side + 1.5 * sheet.line)
    axes = sheet.axes(left=left, top=1.5 * sheet.line, width=side, height=side)
    axes.set_xlim(0, 100)
    axes.set_ylim(100, 0)
    axes.axhspan(0, 100, color=BAND, linewidth=0)
    for row in data.itertuples():
        line = {"color": BLUE, "linewidth": max(1.2, size / 6), "solid_capstyle": "round"}
        axes.plot([row.from_a, row.to_a], [row.from_b, row.to_b], **line)
    for tick in round_ticks(0, 100, side, size):
        axes.plot([tick, tick], [0, 100], color="white", linewidth=0.6, zorder=0.5)
        axes.plot([0, 100], [tick, tick], color="white", linewidth=0.6, zorder=0.5)
        align = {0: "left", 100: "right"}.get(int(tick), "center")
        sheet.write(left + tick / 100 * side, 0.8 * sheet.line, f"{tick:g} %", colour=GREY, align=align)
        shift = {0: 0.5, 100: -0.5}.get(int(tick), 0.0) * sheet.line
        sheet.write(left - 0.6 * size, 1.5 * sheet.line + tick / 100 * side + shift, f"{tick:g} %", colour=INK, align="right")
