"""The numbers a speech quotes, one panel per unit, largest first, each with the phrase it stands in.

>>> figures_chart(tables, "union-meetings-3")                       # doctest: +SKIP

Units are never mixed in a panel. Dates and ordinals are not drawn; what does not fit is counted in the note.
"""

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.finds import find
from analysis.draw.rows import some_speeches
from analysis.draw.sheet import Sheet, round_ticks
from analysis.draw.style import BAND, GREY, INK, MARKERS, PALETTE, wrap
from analysis.draw.words import Phrase, listed, phrase, plain

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

# Numbers that claim an amount; dates, durations and ordinals only place or order things.
KINDS = ("count", "money", "percent", "fraction", "multiple", "measure")
MOST_SPEECHES = 5
SCALES = {
    "en": ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k")),
    "zh-Hant": ((1e12, "萬億"), (1e8, "億"), (1e4, "萬")),  # million million, hundred million, ten thousand
    "zh-Hans": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
}
CONTEXT = 10  # characters shown before a number of which the table does not say what it measures
DECADES = 1000  # a scale that spans more than three powers of ten is logarithmic; a rule of the house style


def figures_chart(
    tables: "Tables", speech: str | None = None, *, units: Sequence[str] | None = None, panels: int = 4, rows: int = 8,
    **options: Unpack[Options],
) -> Chart:  # fmt: skip
    """Chart of the numbers of one speech, or of all (five at most): the `rows` largest of each of the `panels` commonest units.

    Needs the tables speeches and figures. `units` names the units to draw, in this order.
    """
    chosen = some_speeches(tables, [speech] if speech else None, MOST_SPEECHES)
    named = dict(zip(chosen, labels(tables, chosen), strict=True))
    found = _numbers(tables, chosen)
    shown_units = list(units) if units is not None else _richest(found)[:panels]
    # The same number said of the same thing again is one point; the table figures has every place.
    again = found.duplicated(["speech", "unit", "number", "number_high", "measures", "bound"]) & (found["measures"] != "")
    once = found[~again]
    parts = [once[once["unit"] == unit].head(rows) for unit in shown_units]
    data = _stack(parts, found).assign(label=lambda d: d["speech"].map(named))
    shown = [label for label in named.values() if label in set(data["label"])]
    data["phrase"] = [row.measures or _before(tables, row.speech, row.start) for row in data.itertuples()]
    left_out = len(found) - len(data)
    columns = [
        "speech",
        "label",
        "unit",
        "measures",
        "phrase",
        "text",
        "number",
        "number_high",
        "bound",
        "status",
        "start",
        "end",
    ]
    return compose(
        tables,
        "figures",
        f"figures-{speech}" if speech else "figures",
        data[columns],
        story=Story(
            neutral=phrase("figures_neutral", speeches=listed(named.values())),
            finding=_finding(data, found, named),
            subtitle=phrase("figures_subtitle"),
            method=phrase("method_figures"),
            notes=[phrase("figures_note"), *([phrase("figures_left_out", n=left_out)] if left_out else [])],
        ),
        speeches=chosen,
        headers={"label": "speech", "measures": "measures", "text": "text", "number": "value", "unit": "unit", "bound": "bound"},
        options=options,
        key=shown if len(chosen) > 1 else [],
        order=shown,
        heads=[_head(tables, str(unit)) for unit in dict.fromkeys(data["unit"])],
        log_note=phrase("log_scale"),
        empty=phrase("no_data"),
    )


def _numbers(tables: "Tables", speeches: Sequence[str]) -> "pd.DataFrame":
    """Rows with a number that can be placed on a scale, largest first."""
    found = tables.figures
    found = found[found["speech"].isin(speeches) & found["kind"].isin(KINDS)].fillna(
        {"unit": "", "measures": "", "value_high": ""}
    )
    found = found.assign(number=found["value"].map(_number), number_high=found["value_high"].map(_number))
    found = found[found["number"].notna()].astype({"number": "Float64", "number_high": "Float64"})
    order = {speech: place for place, speech in enumerate(speeches)}
    found = found.assign(_order=found["speech"].map(order))
    return found.sort_values(["number", "_order", "start"], ascending=[False, True, True], kind="stable")


def _richest(found: "pd.DataFrame") -> list[str]:
    """Units by how many different numbers they have: 一年, 一年, 一年 ("one year") says little."""
    groups = [(-rows["number"].nunique(), -len(rows), str(unit)) for unit, rows in found.groupby("unit", sort=True)]
    return [unit for *_, unit in sorted(groups)]


def _before(tables: "Tables", speech: str, start: int) -> str:
    """The end of the clause before a number that says of nothing by itself; a comma inside a number ends no clause."""
    before = tables.texts[speech][max(0, start - 3 * CONTEXT) : start].rstrip(" ,，、:：（(「『《“‘")
    return "…" + re.split(r"[\n。!！?？;；:：、]|(?<!\d)[,，]|[,，](?!\d)", before)[-1][-CONTEXT:]


def _head(tables: "Tables", unit: str) -> Phrase:
    """What stands above a panel: the unit, and in English what it counts."""
    if not unit:
        return phrase("no_unit")
    gloss = next((row["gloss"] for row in tables.lexicons.rows("units") if row["unit"] == unit), "")
    return {**plain(unit), "en": f"{unit} ({gloss})" if gloss else unit}


def _number(value: object) -> float | None:
    try:
        return float(Decimal(str(value)))
    except InvalidOperation:
        return None


def _stack(parts: Sequence["pd.DataFrame"], like: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    return pd.concat(parts).reset_index(drop=True) if parts else like.iloc[:0].reset_index(drop=True)


def _finding(data: "pd.DataFrame", found: "pd.DataFrame", named: Mapping[str, str]) -> Phrase:
    """How many numbers there are, and the largest of the commonest unit."""
    if data.empty:
        return phrase("figures_none", speeches=listed(named.values()))
    first = data.iloc[0]
    what = {"measures": first["measures"], "text": first["text"]}
    told = phrase("figures_of", **what) if first["measures"] else plain(str(first["text"]))
    said = {"n": len(found), "largest": told, "unit": first["unit"] or "–", "speeches": listed(named.values())}
    if len(named) == 1:
        return phrase("figures_finding", **said)
    by_speech = found["speech"].value_counts(sort=False).reindex(list(named), fill_value=0)
    most, m = str(by_speech.idxmax()), int(by_speech.max())
    if m == len(found):
        return phrase("figures_finding_all", **said, speech=named[most])
    return phrase("figures_finding_many", **said, most=named[most], m=m, speech=first["label"])


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """A panel per unit: what is counted at the left, the dot on its scale, the phrase beside it."""
    size = sheet.size
    if data.empty:
        sheet.open(2 * sheet.line)
        sheet.write(0, sheet.line, parameters["empty"], colour=GREY)
        return
    units = list(dict.fromkeys(data["unit"]))
    names = dict(zip(data.index, sheet.labels(data["phrase"].tolist(), 0.3), strict=True))
    phrases = dict(zip(data.index, [wrap(text, 0.22 * sheet.width, size, lines=2) for text in data["text"]], strict=True))
    lines = [max(len(names[i]), len(phrases[i])) for i in data.index]
    needs = sheet.pitch([max(1.8 * size, n * sheet.line + 0.4 * size) for n in lines], len(units) * 3.6 * sheet.line)
    heights = dict(zip(data.index, needs, strict=True))
    left = sheet.widest([line for i in data.index for line in names[i]]) + 0.9 * size
    right = sheet.widest([line for i in data.index for line in phrases[i]]) + size
    head, foot = 1.7 * sheet.line, 1.9 * sheet.line
    sheet.open(sum(heights.values()) + len(units) * (head + foot))
    top = 0.0
    for unit, name in zip(units, parameters["heads"], strict=True):
        rows = data[data["unit"] == unit]
        height = sum(heights[i] for i in rows.index)
        box = (left, top + head, sheet.width - left - right, height)
        log = _panel(sheet, rows, box, (names, phrases, heights), parameters)
        title = name + (f"  {parameters['log_note']}" if log else "")
        sheet.write(0, top + 0.5 * head, wrap(title, sheet.width / 1.15, size, 1)[0], size=1.15)
        top += head + height + foot


def _panel(
    sheet: Sheet, rows: "pd.DataFrame", box: tuple[float, float, float, float], told: Any, parameters: Mapping[str, Any]
) -> bool:
    """One unit; says whether its scale is logarithmic."""
    import pandas as pd

    left, top, width, height = box
    names, phrases, heights = told
    values = [float(v) for v in [*rows["number"], *rows["number_high"].dropna()]]
    log = min(values) > 0 and max(values) / min(values) > DECADES
    axes = sheet.axes(left=left, top=top, width=width, height=height)
    low = 10 ** math.floor(math.log10(min(values))) if log else min(0.0, *values)
    high = max(values) * (1.6 if log else 1.04) if max(values) > 0 else (0.0 if low < 0 else 1.0)
    axes.set_xscale("log" if log else "linear")
    axes.set_axis_off()
    axes.set_xlim(low, high)
    middle = 0.0
    for row in rows.itertuples():
        step = heights[row.Index]
        y = middle + step / 2
        axes.axhspan(middle + 1, middle + step - 1, color=BAND, linewidth=0, zorder=0)
        order = parameters["order"].index(row.label)
        colour, marker = PALETTE[order], MARKERS[order]
        if pd.notna(row.number_high):
            axes.plot([row.number, row.number_high], [y, y], color=colour, linewidth=1.6, zorder=2)
            axes.plot([row.number_high], [y], marker="|", color=colour, markersize=0.8 * sheet.size, zorder=3)
        face = colour if row.bound == "exact" else "white"
        style: dict[str, Any] = {"marker": marker, "markersize": 0.78 * sheet.size, "markeredgewidth": 1.1, "linestyle": "none"}
        axes.plot([row.number], [y], color=colour, markerfacecolor=face, clip_on=False, zorder=3, **style)
        sheet.block(left - 0.9 * sheet.size, top + y, names[row.Index], align="right")
        sheet.block(left + width + sheet.size, top + y, phrases[row.Index], colour=INK)
        sheet.area(0, top + middle, sheet.width, step, find(parameters, row._asdict()))
        middle += step
    ticks = [10.0**power for power in range(round(math.log10(low)), int(math.log10(high)) + 1)] if log else None
    labelled = [(tick, compact(tick, parameters["language"])) for tick in ticks or round_ticks(low, high, width, sheet.size)]
    sheet.scale(axes, left, top + height + 0.65 * sheet.line, labelled, height)
    return log


def compact(value: float, language: str) -> str:
    """A round number as its readers write it.

    >>> compact(25_000_000, "en"), compact(25_000_000, "zh-Hant"), compact(0.5, "en")
    ('25M', '2,500萬', '0.5')
    """
    for unit, sign in SCALES[language]:
        if abs(value) >= unit:
            return f"{_plain(value / unit)}{sign}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
