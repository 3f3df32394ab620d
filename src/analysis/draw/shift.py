"""Word shift: the words that make two speeches differ, each with its part in their Jensen-Shannon divergence.

>>> word_shift(tables, "union-meetings-1", "union-meetings-3")             # doctest: +SKIP

After Gallagher et al. 2021. The parts are counted in `measure.similarity`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.finds import find
from analysis.draw.rows import one_speech
from analysis.draw.sheet import Sheet, round_ticks
from analysis.draw.style import BLUE, GREY, INK, VERMILLION, shorten, wrap
from analysis.draw.words import phrase

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 30


def word_shift(tables: "Tables", speech_a: str, speech_b: str, *, top: int = MOST, **options: Unpack[Options]) -> Chart:
    """Chart of the `top` words with the largest part in the divergence of two speeches, to the side that uses them more.

    Needs the tables speeches and frequencies.
    """
    from analysis.measure.similarity import word_shift as shift

    a, b = one_speech(tables, speech_a), one_speech(tables, speech_b)
    data = shift(tables, a, b).head(min(top, MOST)).copy()
    data["contribution"] = data["contribution"] * 1000
    first, second = labels(tables, [a, b])
    columns = ["key", "text", "n_a", "n_b", "contribution"]
    return compose(
        tables,
        "shift",
        f"word-shift-{a}-{b}",
        data[columns],
        story=Story(
            neutral=phrase("shift_neutral", a=first, b=second),
            finding=_finding(data, first, second),
            subtitle=phrase("shift_subtitle"),
            method=phrase("method_similarity"),
            notes=[phrase("shift_note", a=first, b=second)],
        ),
        speeches=[a, b],
        headers={"text": "word", "n_a": phrase("n_a", a=first), "n_b": phrase("n_a", a=second), "contribution": "contribution"},
        options=options,
        left_label=phrase("shift_side", speech=second),
        right_label=phrase("shift_side", speech=first),
        empty=phrase("no_data"),
    )


def _finding(data: "pd.DataFrame", a: str, b: str) -> dict[str, str]:
    if data.empty:
        return phrase("no_data")
    first = data.iloc[0]
    return phrase("shift_finding", word=first["text"], a=a, b=b, n_a=first["n_a"], n_b=first["n_b"])


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """Bars from the middle, each word at the outer end of its bar."""
    size = sheet.size
    if data.empty:
        sheet.open(2 * sheet.line)
        sheet.write(0, sheet.line, parameters["empty"], colour=GREY)
        return
    names = [f"{shorten(row.text, 0.2 * sheet.width, size)} {row.n_a:,}:{row.n_b:,}" for row in data.itertuples()]
    values = data["contribution"].astype(float)
    sides = [sheet.widest([n for n, v in zip(names, values, strict=True) if (v < 0) == left]) for left in (True, False)]
    left, right = (side + 0.8 * size for side in sides)
    width = sheet.width - left - right
    low, high = min(0.0, values.min()), max(0.0, values.max()) or 1.0
    zero = left + width * -low / (high - low)
    heads = _heads(sheet, parameters, zero)
    head = max(len(lines) for lines, *_ in heads) * sheet.line + 0.5 * size
    heights = sheet.pitch([1.7 * size] * len(data), head + 1.6 * sheet.line)
    height = sum(heights)
    sheet.open(head + height + 1.6 * sheet.line)
    axes = sheet.axes(left=left, top=head, width=width, height=height)
    axes.set_xlim(low, high)
    ticks = [(tick, f"{tick:g}".replace("-", "−")) for tick in round_ticks(low, high, width, size)]
    sheet.scale(axes, left, head + height + 0.75 * sheet.line, ticks, height)
    for lines, x, align in heads:
        sheet.block(x, head - 0.5 * size - len(lines) * sheet.line / 2, lines, colour=GREY, align=align)
    middle = 0.0
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        middle += heights[place] / 2
        axes.barh(
            middle, value, height=min(1.1 * size, 0.62 * heights[place]), color=BLUE if value >= 0 else VERMILLION, linewidth=0
        )
        end = left + width * (value - low) / (high - low)
        sheet.write(end + (0.5 if value >= 0 else -0.5) * size, head + middle, name, align="left" if value >= 0 else "right")
        sheet.area(
            0, head + middle - heights[place] / 2, sheet.width, heights[place], find(parameters, {"key": data["key"].iloc[place]})
        )
        middle += heights[place] / 2
    axes.plot([0, 0], [0, height], color=INK, linewidth=0.8, clip_on=False)


def _heads(sheet: Sheet, parameters: Mapping[str, Any], zero: float) -> list[tuple[list[str], float, str]]:
    """Which speech each side belongs to, beside the middle, as far as there is room."""
    gap = 0.8 * sheet.size
    middle = min(max(zero, 0.3 * sheet.width), 0.7 * sheet.width)
    left = wrap(parameters["left_label"], middle - gap, sheet.size)
    right = wrap(parameters["right_label"], sheet.width - middle - gap, sheet.size)
    return [(left, middle - gap, "right"), (right, middle + gap, "left")]
