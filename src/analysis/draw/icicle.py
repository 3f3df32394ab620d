"""The outline of a speech as indented bars: each part with its length in characters.

>>> outline_icicle(tables, "union-meetings-2")                             # doctest: +SKIP

A part's bar holds all that stands under it; bars of one level add up to the bar above, bar for what stands between.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.finds import find
from analysis.draw.rows import one_speech, sections
from analysis.draw.sheet import Sheet
from analysis.draw.style import BLUE, GREY, INK, LIGHT, shorten
from analysis.draw.words import phrase
from analysis.read.speech import n_han

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 30
SHADES = (BLUE, LIGHT)  # a speech's parts, and what stands under them
INDENT = 1.4  # of a level, in sizes of text


def outline_icicle(
    tables: "Tables", speech: str | None = None, *, top: int = MOST, levels: int = 2, **options: Unpack[Options]
) -> Chart:
    """Chart of the parts of one speech down to `levels`; where there are more than `top`, the deepest are left out.

    Needs the tables speeches and outline, and the texts.
    """
    import pandas as pd

    speech = one_speech(tables, speech)
    rows = _parts(tables, speech, levels)
    while len(rows) > min(top, MOST) and levels > 1:
        levels -= 1
        rows = _parts(tables, speech, levels)
    whole = _parts(tables, speech, 99)
    rows = rows[: min(top, MOST)]
    total = n_han(tables.texts[speech])
    label = labels(tables, [speech])[0]
    columns = ["node", "level", "part", "start", "end", "n_han", "share"]
    language = options.get("language", tables.settings.language)
    shown = [
        (node, level, told[language], start, end, n, 100 * n / total if total else 0.0)
        for node, level, told, start, end, n in rows
    ]
    left = len(whole) - len(rows)
    return compose(
        tables,
        "icicle",
        f"outline-{speech}",
        pd.DataFrame(shown, columns=columns).astype({"share": "float64"}),
        story=Story(
            neutral=phrase("icicle_neutral", speech=label),
            finding=_finding(rows, label, total),
            subtitle=phrase("icicle_subtitle"),
            method=phrase("method_outline"),
            notes=[phrase("icicle_left_out", n=left)] if left > 0 else [],
        ),
        speeches=[speech],
        headers={"part": "part", "level": "level", "n_han": "n_han", "share": "share"},
        options=options,
        count_header=phrase("n_han"),
        empty=phrase("no_data"),
    )


def _parts(tables: "Tables", speech: str, levels: int) -> list[tuple[int, int, dict[str, str], int, int, int]]:
    """Node, level, name, start, end and characters of each part, in order; opening and closing are parts of level 1."""
    text = tables.texts[speech]
    outline = tables.outline[(tables.outline["speech"] == speech) & tables.outline["kind"].isin(["heading", "item"])]
    rows: list[tuple[int, int, dict[str, str], int, int, int]] = []
    for section in sections(tables, speech):
        name = dict(section.name)
        rows.append((section.node, 1, name, section.start, section.end, section.n_han))
        inner = outline[(outline["start"] > section.start) & (outline["start"] < section.end) & (outline["level"] > 1)]
        nodes = [(int(r.node), int(r.level), str(r.text), int(r.start)) for r in inner.itertuples() if r.level <= levels]
        for place, (node, level, told, start) in enumerate(nodes):
            end = next((s for _, deep, _, s in nodes[place + 1 :] if deep <= level), section.end)
            rows.append((node, level, dict.fromkeys(("en", "zh-Hant", "zh-Hans"), told), start, end, n_han(text[start:end])))
    return rows


def _finding(rows: list[Any], label: str, total: int) -> dict[str, str]:
    tops = [row for row in rows if row[1] == 1]
    if not tops or not total:
        return phrase("no_data")
    longest = max(tops, key=lambda row: row[5])
    stub = {language: shorten(told, 130, 8) for language, told in longest[2].items()}
    return phrase("icicle_finding", speech=label, part=stub, n=f"{total:,}", share=f"{100 * longest[5] / total:.0f}")


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """Name of the part, indented by its level, and its bar with the number of characters."""
    size = sheet.size
    if data.empty:
        sheet.open(2 * sheet.line)
        sheet.write(0, sheet.line, parameters["empty"], colour=GREY)
        return
    names_width = 0.5 * sheet.width
    counts = [f"{n:,}" for n in data["n_han"]]
    right = sheet.widest([*counts, parameters["count_header"]]) + 0.8 * size
    heights = sheet.pitch([1.75 * size] * len(data), 1.4 * sheet.line)
    head = 1.2 * sheet.line
    sheet.open(head + sum(heights) + 0.4 * size)
    width = sheet.width - names_width - right
    axes = sheet.axes(left=names_width, top=head, width=width, height=sum(heights))
    axes.set_xlim(0, float(data["n_han"].max()) or 1.0)
    sheet.write(sheet.width, head - 0.7 * sheet.line, parameters["count_header"], colour=GREY, align="right")
    middle = 0.0
    for place, row in enumerate(data.itertuples()):
        middle += heights[place] / 2
        indent = (row.level - 1) * INDENT * size
        sheet.write(
            indent, head + middle, shorten(row.part, names_width - indent - size, size), colour=INK if row.level == 1 else GREY
        )
        shade = SHADES[min(row.level, len(SHADES)) - 1]
        axes.barh(middle, row.n_han, height=min(1.15 * size, 0.62 * heights[place]), color=shade, linewidth=0)
        sheet.write(sheet.width, head + middle, counts[place], colour=INK if row.level == 1 else GREY, align="right")
        sheet.area(0, head + middle - heights[place] / 2, sheet.width, heights[place], find(parameters, row._asdict()))
        middle += heights[place] / 2
    axes.plot([0, 0], [0, sum(heights)], color=INK, linewidth=0.8, clip_on=False)
