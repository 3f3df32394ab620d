"""Heatmaps: which themes a speech treats in which section, and how speeches differ in themes or words.

>>> theme_sections(tables, "union-meetings-3")                             # doctest: +SKIP
>>> theme_speeches(tables)                                                # doctest: +SKIP
>>> word_speeches(tables, words=["職工", "權益"])                            # doctest: +SKIP

Colour shows the rate per 10,000 characters, since sections differ in length; the number in a cell is what was found.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.dots import clearest
from analysis.draw.finds import find
from analysis.draw.rows import content_words, one_speech, sections, some_speeches, word_rows
from analysis.draw.sheet import Sheet
from analysis.draw.style import GREY, balanced, ink_on, shades, shorten, wrap
from analysis.draw.words import Phrase, listed, phrase, plain

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 20  # rows and columns; a rule of the house style
SHORT = 300  # Han characters; below, a rate says little
COLUMNS = ["row", "row_label", "column", "column_label", "n", "size", "rate"]


def theme_sections(tables: "Tables", speech: str | None = None, **options: Unpack[Options]) -> Chart:
    """Chart of the terms of each theme in each section of one speech (the first, if none is named).

    Needs the tables speeches, outline and themes.
    """
    speech = one_speech(tables, speech)
    parts = sections(tables, speech)[:MOST]
    counts = theme_counts(theme_shares(tables, [speech], by="section"), [speech]).iloc[:, : len(parts)]
    heads = [(str(place), part.name) for place, part in enumerate(parts, 1)]
    data = _cells(theme_names(tables, list(counts.index)), heads, counts.values.tolist(), [part.n_han for part in parts])
    label = labels(tables, [speech])[0]
    short = [phrase("heat_short", n=SHORT)] if any(part.n_han < SHORT for part in parts) else []
    return _heatmap(
        tables,
        f"theme-sections-{speech}",
        data,
        story=Story(
            neutral=phrase("themes_sections_neutral", speech=label),
            finding=_section_finding(data, label),
            subtitle=phrase("heat_subtitle"),
            method=phrase("method_themes"),
            notes=short,
        ),
        speeches=[speech],
        options=options,
        headers={"row_label": "theme", "column_label": "section", "n": "n", "size": "n_han", "rate": "per_10k_n"},
        shown="n",
        cells="theme sections",
        spans={str(place): [part.start, part.end] for place, part in enumerate(parts, 1)},
    )


def theme_speeches(tables: "Tables", *, speeches: Sequence[str] | None = None, **options: Unpack[Options]) -> Chart:
    """Chart of the terms of each theme in each speech, per 10,000 characters.

    Needs the tables speeches and themes.
    """
    chosen = some_speeches(tables, speeches, MOST)
    found = theme_shares(tables, chosen, by="speech")
    counts = theme_counts(found, chosen)
    data = _speech_cells(tables, theme_names(tables, list(counts.index)), chosen, counts.values.tolist())
    named = labels(tables, chosen)
    return _heatmap(
        tables,
        "theme-speeches",
        data,
        story=Story(
            neutral=phrase("themes_speeches_neutral", speeches=listed(named)),
            finding=_clearest_theme(data, found, named),
            subtitle=phrase("per_10k_n_in"),
            method=phrase("method_themes"),
            notes=[phrase("themes_clear")] if len(chosen) > 1 else [],
        ),
        speeches=chosen,
        options=options,
        headers={"row_label": "theme", "column_label": "speech", "n": "n", "rate": "per_10k_n"},
        shown="rate",
        cells="theme speeches",
    )


def word_speeches(
    tables: "Tables", *, words: Sequence[str] | None = None, top: int = 15, speeches: Sequence[str] | None = None,
    **options: Unpack[Options],
) -> Chart:  # fmt: skip
    """Chart of the rates of chosen words, or of the `top` most frequent ones, in many speeches: dots for more than five.

    Needs the tables speeches and frequencies.
    """
    chosen = some_speeches(tables, speeches, MOST)
    found = content_words(tables, tables.frequencies[tables.frequencies["speech"].isin(chosen)])
    leading = found.groupby("key", sort=True)["n"].sum().sort_values(ascending=False, kind="stable")
    rows = word_rows(tables, words or list(leading.head(min(top, MOST)).index), chosen)
    keys = list(rows.drop_duplicates("key")["key"])[:MOST]
    n = rows.set_index(["key", "speech"])["n"]
    texts = rows.sort_values("n", kind="stable").drop_duplicates("key", keep="last").set_index("key")["text"]
    data = _speech_cells(tables, {k: plain(str(texts[k])) for k in keys}, chosen, [[int(n[k, s]) for s in chosen] for k in keys])
    named = labels(tables, chosen)
    return _heatmap(
        tables,
        "word-speeches",
        data,
        story=Story(
            neutral=phrase("dots_neutral", speeches=listed(named)),
            finding=clearest(rows.assign(label=rows["speech"].map(dict(zip(chosen, named, strict=True)))), named),
            subtitle=phrase("per_10k_n"),
            method=phrase("method_n"),
        ),
        speeches=chosen,
        options=options,
        headers={"row_label": "word", "column_label": "speech", "n": "n", "rate": "per_10k_n"},
        shown="rate",
        cells="key speeches",
    )


def theme_shares(tables: "Tables", speeches: Sequence[str], *, by: str) -> "pd.DataFrame":
    """Rows of `measure.themes.shares` for some speeches, in their order."""
    from analysis.measure.themes import shares

    return shares(tables.with_frames(speeches=tables.speeches[tables.speeches["speech"].isin(speeches)]), by=by)


def theme_counts(found: "pd.DataFrame", speeches: Sequence[str]) -> "pd.DataFrame":
    """Terms of each theme (rows, those with most first) in each speech or each of its sections (columns)."""
    by_section = bool(found["section"].notna().any())
    wide = found.pivot(index="theme", columns=["speech", "section"] if by_section else "speech", values="n")
    wide = wide.reindex(columns=list(speeches), level=0 if by_section else None).astype("int64")
    order = wide.sum(axis=1).sort_index().sort_values(ascending=False, kind="stable")
    return wide.loc[order[order > 0].index].head(MOST)


def theme_names(tables: "Tables", themes: Sequence[str]) -> dict[str, Phrase]:
    """Name of each theme in each language: as the lexicon has it, and in English its `theme_en`."""
    from analysis.read.script import simplified

    english = {row["theme"]: row.get("theme_en") or row["theme"] for row in tables.lexicons.rows("themes")}
    return {t: {"en": english.get(t, t), "zh-Hant": t, "zh-Hans": simplified(t)} for t in themes}


def _cells(
    rows: Mapping[str, Phrase], columns: Sequence[tuple[str, Phrase]], hits: Sequence[Sequence[int]], sizes: Sequence[int]
) -> list[tuple[str, Phrase, str, Phrase, int, int, float]]:
    """One cell per row and column: n, the size it was counted in, and n per 10,000 of it."""
    return [
        (row, label, column, head, n, size, 10000 * n / size if size else 0.0)
        for (row, label), counts in zip(rows.items(), hits, strict=True)
        for (column, head), n, size in zip(columns, counts, sizes, strict=True)
    ]


def _speech_cells(tables: "Tables", rows: Mapping[str, Phrase], speeches: Sequence[str], hits: Sequence[Sequence[int]]) -> Any:
    sizes = tables.speeches.set_index("speech")["n_han"]
    heads = [(s, plain(label)) for s, label in zip(speeches, labels(tables, speeches), strict=True)]
    return _cells(rows, heads, hits, [int(sizes[s]) for s in speeches])


def _section_finding(cells: Any, speech: str) -> Phrase:
    """The theme with most terms, and the section that holds most of them."""
    totals: dict[str, int] = {}
    for row, *_, n, _, _ in cells:
        totals[row] = totals.get(row, 0) + n
    if not any(totals.values()):
        return phrase("themes_none", speech=speech)
    theme = max(totals, key=lambda t: totals[t])
    _, label, _, head, n, _, _ = max((cell for cell in cells if cell[0] == theme), key=lambda cell: cell[4])
    if len({cell[2] for cell in cells}) == 1:
        return phrase("themes_whole_finding", speech=speech, theme=label, n=totals[theme])
    stub = {language: shorten(text, 130, 8) for language, text in head.items()}
    return phrase("themes_sections_finding", speech=speech, theme=label, n=totals[theme], m=n, section=stub)


def _clearest_theme(cells: Any, found: "pd.DataFrame", named: Sequence[str]) -> Phrase:
    """The theme with the widest gap between two speeches whose shares of sentences are surely different."""
    ends = {(r.theme, r.speech): (r.share_low, r.share_high) for r in found.dropna(subset=["share_low"]).itertuples()}
    best = None
    for theme in dict.fromkeys(cell[0] for cell in cells):
        mine = [cell for cell in cells if cell[0] == theme]
        high, low = max(mine, key=lambda c: c[6]), min(mine, key=lambda c: c[6])
        apart = (theme, high[2]) in ends and (theme, low[2]) in ends and ends[theme, high[2]][0] > ends[theme, low[2]][1]
        if (apart or len(named) == 1) and (best is None or high[6] - low[6] > best[1][6] - best[2][6]):
            best = (theme, high, low)
    if best is None:
        return phrase("themes_unclear", speeches=listed(named)) if cells else phrase("no_data")
    _, high, low = best
    told = {"theme": high[1], "rate": f"{high[6]:.1f}", "speech": high[3]}
    if len(named) == 1:
        return phrase("themes_one", **told)
    return phrase("themes_speeches_finding", **told, other=low[3], rate_other=f"{low[6]:.1f}")


def _heatmap(tables: "Tables", name: str, made: Any, *, story: Story, options: Options, shown: str, **rest: Any) -> Chart:
    import pandas as pd

    language = options.get("language", tables.settings.language)
    rows = [(r, label[language], c, head[language], n, size, rate) for r, label, c, head, n, size, rate in made]
    data = pd.DataFrame(rows, columns=COLUMNS).astype({"n": "int64", "size": "int64", "rate": "float64"})
    high = phrase("heat_high", rate=f"{data['rate'].max():.0f}" if len(data) else 0)
    rest |= {"low_label": phrase("heat_low"), "high_label": high, "empty": phrase("no_data")}
    return compose(tables, "heat", name, data, story=story, options=options, shown=shown, **rest)


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """Cells with their numbers, heads above, row names at the left, and the scale of colours below."""
    size = sheet.size
    rows, columns = data.drop_duplicates("row"), data.drop_duplicates("column")
    if data.empty:
        sheet.open(2 * sheet.line)
        sheet.write(0, sheet.line, parameters["empty"], colour=GREY)
        return
    names = sheet.labels(rows["row_label"].tolist(), 0.26)
    left = sheet.widest([line for lines in names for line in lines]) + 0.8 * size
    width = min((sheet.width - left) / len(columns), 16 * size)
    told = [_told(value) for value in data[parameters["shown"]]]
    heads = [_column_head(text, width - 0.5 * size, size) for text in columns["column_label"]]
    cramped = any(sheet.widest(re.findall(r"[!-~]+", text)) > width - 0.5 * size for text in columns["column_label"])
    lettered = cramped or (any(len(line) < 3 for lines in heads for line in lines[:1]) and width < 4 * size)
    letters = [chr(ord("A") + place) for place in range(len(heads))]
    if lettered:  # too narrow for words: letters, spelled out below (numbers would clash with 一、二、)
        heads = [[letter] for letter in letters]
    head = max(len(lines) for lines in heads) * sheet.line + 0.4 * size
    spelled = [f"{letter}  {text}" for letter, text in zip(letters, columns["column_label"], strict=True)] if lettered else []
    foot = [shorten(text, sheet.width, size) for text in spelled]
    abreast = max(1, int((sheet.width + 2 * size) / (sheet.widest(foot) + 2 * size)))
    below = (2.3 + math.ceil(len(foot) / abreast)) * sheet.line
    heights = sheet.pitch([max(2 * size, len(lines) * sheet.line + 0.3 * size) for lines in names], head + below)
    sheet.open(head + sum(heights) + below)
    axes = sheet.axes(left=left, top=head, width=width * len(columns), height=sum(heights))
    axes.set_xlim(0, len(columns))
    colours = shades(data["rate"].fillna(0.0).astype(float).tolist(), parameters.get("darkest"))
    place = {row: number for number, row in enumerate(rows["row"])}
    across = {column: number for number, column in enumerate(columns["column"])}
    tops = [sum(heights[:number]) for number in range(len(heights))]
    for cell, colour, text in zip(data.itertuples(), colours, told, strict=True):
        if not text:  # nothing is compared there
            continue
        row, column = place[cell.row], across[cell.column]
        _cell(axes, (column, tops[row], 1.0, heights[row]), colour)
        y = head + tops[row] + heights[row] / 2
        ink = GREY if text == "0" else ink_on(colour)
        # Where there is no room for the mark behind a number, the number stands alone; a number is never cut.
        fitting = text if sheet.widest([text]) <= width else text.split()[0]
        sheet.write(left + (column + 0.5) * width, y, fitting, colour=ink, align="center")
        sheet.area(left + column * width, head + tops[row], width, heights[row], find(parameters, cell._asdict()))
    for number, lines in enumerate(heads):
        sheet.block(
            left + (number + 0.5) * width, head - 0.4 * size - len(lines) * sheet.line / 2, lines, colour=GREY, align="center"
        )
    for number, lines in enumerate(names):
        sheet.block(left - 0.8 * size, head + tops[number] + heights[number] / 2, lines, align="right")
    _legend(sheet, head + sum(heights) + 0.5 * sheet.line, left, parameters)
    for number, line in enumerate(foot):
        down, right = divmod(number, abreast)
        x, y = right * (sheet.width + 2 * size) / abreast, head + sum(heights) + (2.6 + down) * sheet.line
        sheet.write(x, y, line, colour=GREY)


def _column_head(text: str, width: float, size: float) -> list[str]:
    """Four lines at most, of about one length."""
    lines = balanced(text, width, size)
    return lines if len(lines) <= 4 else wrap(text, width, size, lines=4)


def _told(value: Any) -> str:
    """What a cell says: text as it is, counts whole, rates with one decimal."""
    if isinstance(value, str):
        return value
    return f"{value:.1f}" if isinstance(value, float) and value else f"{value:,.0f}"


def _cell(axes: Any, box: tuple[float, float, float, float], colour: str) -> None:
    from matplotlib.patches import Rectangle

    x, y, width, height = box
    axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor="white", linewidth=0.8))


def _legend(sheet: Sheet, top: float, left: float, parameters: Mapping[str, Any]) -> None:
    """The colours from none to most."""
    low, high = parameters["low_label"], parameters["high_label"]
    steps, side = shades([0, 1, 2, 3, 4, 5, 6]), 1.6 * sheet.size
    start = min(left, sheet.width - sheet.widest([low]) - sheet.widest([high]) - len(steps) * side - sheet.size)
    x = max(0.0, start) + sheet.widest([low]) + 0.5 * sheet.size
    axes = sheet.axes(left=x, top=top, width=side * len(steps), height=0.9 * sheet.size)
    axes.set_xlim(0, len(steps))
    for place, colour in enumerate(steps):
        _cell(axes, (place, 0, 1, 0.9 * sheet.size), colour)
    sheet.write(x - 0.5 * sheet.size, top + 0.45 * sheet.size, low, colour=GREY, align="right")
    sheet.write(x + side * len(steps) + 0.5 * sheet.size, top + 0.45 * sheet.size, high, colour=GREY)
