"""Keyness: the words one speech uses more, and less, than the others, as log ratios with their intervals.

>>> keyness_bars(tables, "union-meetings-3")                               # doctest: +SKIP

Grey where the interval crosses 0, hatched where the word stands in one part of the speech only. It tests nothing itself:
verdicts come from the table keywords.
"""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.finds import find
from analysis.draw.rows import one_speech, own_words
from analysis.draw.sheet import Sheet
from analysis.draw.style import BLUE, GREY, INK, PALE, VERMILLION
from analysis.draw.words import Phrase, phrase, plain
from analysis.measure.compare import reference as usual_reference
from analysis.measure.findings import clear

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 25
LEAST_HITS = 5  # a rule of the house style
BEYOND = 1.5  # how far past the longest bar the scale goes, in doublings; a longer whisker runs to the edge


def keyness_bars(
    tables: "Tables", speech: str | None = None, *, reference: str | None = None, top: int = 12, less: int = 6, **options: Unpack[Options]
) -> Chart:  # fmt: skip
    """Chart of the `top` words one speech uses more and the `less` it uses less than `reference`.

    `reference` is rest (default), the id of another speech, or general (default where there is one speech).
    Needs the tables speeches and keywords.
    """
    import pandas as pd

    speech = one_speech(tables, speech)
    reference = reference or usual_reference(tables)
    general = reference.startswith("general")
    rows = tables.keywords[(tables.keywords["speech"] == speech) & (tables.keywords["reference"] == reference)].sort_values(
        "rank"
    )
    # Beside a large reference a word of two hits would pass by the hits there: those count that make it more frequent.
    hits = rows["n"].where(rows["log_ratio"] > 0, rows["n_ref"])
    enough = rows[(hits >= LEAST_HITS) & rows["key"].isin(own_words(tables))]
    more = enough[enough["log_ratio"] > 0].head(top)
    fewer = enough[enough["log_ratio"] < 0].tail(less)
    data = pd.concat([more, fewer]).head(MOST).reset_index(drop=True)
    data["verdict"] = _verdicts(data)
    label = labels(tables, [speech])[0]
    other = _reference_label(tables, reference)
    sizes = {"size": f"{int(rows['size'].iloc[0]):,}", "size_ref": f"{int(rows['size_ref'].iloc[0]):,}"} if len(rows) else {}
    columns = ["key", "text", "n", "n_ref", "log_ratio", "log_ratio_low", "log_ratio_high", "verdict"]
    return compose(
        tables,
        "keyness",
        f"keyness-{speech}" + ("" if general or reference == "rest" else f"-{reference}"),
        data[columns],
        story=Story(
            neutral=phrase("keyness_neutral", speech=label, other=other),
            finding=_finding(more, label, other),
            subtitle=phrase("keyness_subtitle", speech=label, other=other, **sizes) if sizes else phrase("no_data"),
            method=phrase("method_keyness"),
            notes=[phrase("keyness_note"), phrase("keyness_least", n=LEAST_HITS)],
        ),
        speeches=[speech] if general else list(tables.speeches["speech"]) if reference == "rest" else [speech, reference],
        headers={
            "text": "word",
            "n": "n",
            "n_ref": "n_ref",
            "log_ratio": "log_ratio",
            "log_ratio_low": "low",
            "log_ratio_high": "high",
        },
        options=options,
        count_header=phrase("keyness_counts"),
        more_label=phrase("keyness_more", speech=label),
        less_label=phrase("keyness_less", speech=label),
        empty=phrase("no_data"),
    )


def _reference_label(tables: "Tables", reference: str) -> Phrase:
    if reference == "rest" or (reference == "general" and tables.settings.general is None):
        return phrase(f"reference_{reference}")
    if reference.startswith("general") and tables.settings.general is not None:
        return phrase("reference_own", file=tables.settings.general.name)
    return plain(labels(tables, [reference])[0])


def _verdicts(rows: "pd.DataFrame") -> list[str]:
    """The table's verdict; where it has none, more, less or unclear by the interval."""
    ends = zip(rows["log_ratio_low"].fillna(0), rows["log_ratio_high"].fillna(0), strict=True)
    by_interval = ["more" if low > 0 else "less" if high < 0 else "unclear" for low, high in ends]
    told = rows["verdict"].fillna("") if "verdict" in rows else [""] * len(rows)
    return [verdict or other for verdict, other in zip(told, by_interval, strict=True)]


def _finding(more: "pd.DataFrame", label: str, other: Phrase) -> Phrase:
    """The first word that is clearly more frequent; else the first that may be; else that there is none."""
    sure, maybe = clear(more), more[more["verdict"] == "more"]
    if maybe.empty:
        return phrase("keyness_unclear", speech=label, other=other)
    first = (maybe if sure.empty else sure).iloc[0]
    told = {"word": first["text"], "n": first["n"], "n_ref": first["n_ref"], "speech": label}
    if sure.empty:
        return phrase("keyness_hint", **told)
    if not first["n_ref"]:
        return phrase("keyness_only", speech=label, other=other, word=first["text"], n=first["n"])
    return phrase("keyness_finding", other=other, times=f"{2 ** float(first['log_ratio']):.1f}", **told)


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """Bars to both sides of 0, whiskers, and the two counts in a column."""
    size = sheet.size
    names = sheet.labels(data["text"].tolist())
    heights = sheet.pitch([max(1.75 * size, len(lines) * sheet.line + 0.35 * size) for lines in names], 3.4 * sheet.line)
    counts = [f"{a:,} : {b:,}" for a, b in zip(data["n"], data["n_ref"], strict=True)]
    left = sheet.widest([line for lines in names for line in lines]) + 0.9 * size
    right = sheet.widest([*counts, parameters["count_header"]]) + size
    sides = sheet.labels(
        [parameters["less_label"], parameters["more_label"]], 0.5 * (sheet.width - left - right) / sheet.width - 0.02
    )
    head, height = max(len(lines) for lines in sides) * sheet.line + 0.5 * size, sum(heights)
    sheet.open(head + (height or sheet.line) + 1.6 * sheet.line)
    if data.empty:
        sheet.write(0, head, parameters["empty"], colour=GREY)
        return
    width = sheet.width - left - right
    ends = data[["log_ratio", "log_ratio_low", "log_ratio_high"]].astype(float).fillna(0.0)
    shortest, longest = min(0.0, ends["log_ratio"].min()), max(0.0, ends["log_ratio"].max())
    low = min(-1.0, shortest, max(shortest - BEYOND, ends.min().min()))
    high = max(1.0, longest, min(longest + BEYOND, ends.max().max()))
    axes = sheet.axes(left=left, top=head, width=width, height=height)
    axes.set_xlim(low, high)
    zero = left + width * -low / (high - low)
    _sides(sheet, sides, zero, (left, head, left + width))
    sheet.write(sheet.width, head - 0.5 * size - sheet.line / 2, parameters["count_header"], colour=GREY, align="right")
    every = math.ceil((high - low) / 8)
    steps = [step for step in range(math.ceil(low), int(high) + 1) if not step % every]
    sheet.scale(axes, left, head + height + 0.75 * sheet.line, [(s, _times(s)) for s in steps], height)
    middle = 0.0
    for place, row in enumerate(data.itertuples()):
        middle += heights[place] / 2
        _bar(axes, row, middle, min(1.15 * size, 0.62 * heights[place]))
        sheet.whisker(axes, (row.log_ratio_low, row.log_ratio_high), middle)
        sheet.block(left - 0.9 * size, head + middle, names[place], align="right")
        sheet.write(sheet.width, head + middle, counts[place], colour=GREY, align="right")
        sheet.area(0, head + middle - heights[place] / 2, sheet.width, heights[place], find(parameters, row._asdict()))
        middle += heights[place] / 2
    axes.plot([0, 0], [0, height], color=INK, linewidth=0.8, clip_on=False)


def _sides(sheet: Sheet, sides: list[list[str]], zero: float, box: tuple[float, float, float]) -> None:
    """What each side of 0 means, as near to it as there is room."""
    left, head, right = box
    less, more = sheet.widest(sides[0]), sheet.widest(sides[1])
    gap = 0.8 * sheet.size
    middle = min(max(zero, left + less + gap), right - more - gap)
    for place, (lines, align, shift) in enumerate(zip(sides, ("right", "left"), (-gap, gap), strict=True)):
        sheet.block(middle + shift, head - 0.5 * sheet.size - len(sides[place]) * sheet.line / 2, lines, colour=GREY, align=align)


def _bar(axes: Any, row: Any, middle: float, thick: float) -> None:
    colour = PALE if row.verdict == "unclear" else BLUE if row.log_ratio > 0 else VERMILLION
    hatch = "////" if row.verdict == "concentrated" else None
    axes.barh(middle, row.log_ratio, height=thick, color=colour, hatch=hatch, edgecolor="white", linewidth=0)


def _times(step: int) -> str:
    """How many times a step of the binary logarithm is: ×8 for 3 and for −3, whose side says less."""
    return "1" if step == 0 else f"×{2 ** abs(step)}"
