"""Where a theme stands: each speech as a bar cut into its sections, with a tick for each term of the theme.

>>> theme_position(tables, "農民工")                                       # doctest: +SKIP

Stubs of the headings and per cent of the length stand inside the bars, counts at the side.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.rows import all_sections, some_speeches
from analysis.draw.sheet import Sheet
from analysis.draw.style import GREY, INK, PALE, TINTS, VERMILLION, shorten
from analysis.draw.words import Phrase, listed, phrase

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 10


def theme_position(tables: "Tables", theme: str, *, speeches: Sequence[str] | None = None, **options: Unpack[Options]) -> Chart:
    """Chart of the places of one theme's terms in each speech (ten at most).

    Needs the tables speeches, outline and themes, and the texts.
    """
    import pandas as pd

    from analysis.draw.heat import theme_names, theme_shares

    known = sorted({str(name) for name in tables.themes["theme"]} | {row["theme"] for row in tables.lexicons.rows("themes")})
    if theme not in known:
        raise ValueError(f"there is no theme {theme!r}; themes are {', '.join(known)}")
    chosen = some_speeches(tables, speeches, MOST)
    named = dict(zip(chosen, labels(tables, chosen), strict=True))
    language = options.get("language", tables.settings.language)
    found = tables.themes[tables.themes["theme"] == theme]
    rows, parts = [], all_sections(tables)
    counted = theme_shares(tables, chosen, by="section")
    counted = counted[counted["theme"] == theme]
    counts = {s: counted.loc[counted["speech"] == s, "n"].tolist() for s in chosen}
    for s in chosen:
        length = max(1, len(tables.texts[s]))
        mine = found[found["speech"] == s]
        for part, n in zip(parts[s], counts[s], strict=True):
            name = part.name[language]
            rows.append(
                (s, named[s], "section", name, part.start, part.end, 100 * part.start / length, 100 * part.end / length, n)
            )
        for hit in mine.itertuples():
            rows.append(
                (
                    s,
                    named[s],
                    "hit",
                    str(hit.text),
                    int(hit.start),
                    int(hit.end),
                    100 * hit.start / length,
                    100 * hit.end / length,
                    1,
                )
            )
    columns = ["speech", "label", "kind", "text", "start", "end", "from", "to", "n"]
    title = theme_names(tables, [theme])[theme]
    return compose(
        tables,
        "position",
        "theme-position",
        pd.DataFrame(rows, columns=columns).astype(
            {"from": "float64", "to": "float64", "start": "int64", "end": "int64", "n": "int64"}
        ),
        story=Story(
            neutral=phrase("position_neutral", theme=title, speeches=listed(named.values())),
            finding=_finding(counts, {s: [part.name for part in parts[s]] for s in chosen}, named, title),
            subtitle=phrase("position_subtitle"),
            method=phrase("method_themes"),
        ),
        speeches=chosen,
        headers={"label": "speech", "kind": "kind", "text": "text", "start": "start", "from": "position", "n": "n"},
        options=options,
        count_header=phrase("n"),
        empty=phrase("no_data"),
    )


def _finding(
    counts: Mapping[str, Sequence[int]], names: Mapping[str, Sequence[Phrase]], named: Mapping[str, str], theme: Phrase
) -> dict[str, str]:
    totals = {s: sum(counts[s]) for s in named}
    if not any(totals.values()):
        return phrase("position_none", theme=theme, speeches=listed(named.values()))
    speech = max(totals, key=lambda s: totals[s])
    most = max(counts[speech])
    if len(counts[speech]) == 1:
        return phrase("position_whole", theme=theme, speech=named[speech], n=totals[speech])
    section = {language: shorten(text, 130, 8) for language, text in names[speech][counts[speech].index(most)].items()}
    return phrase("position_finding", theme=theme, speech=named[speech], n=totals[speech], m=most, section=section)


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """A bar per speech, its name above it, stubs inside, ticks below the stubs."""
    size = sheet.size
    speeches = list(dict.fromkeys(data["label"]))
    count = sheet.widest([parameters["count_header"], "0,000"]) + 0.8 * size
    width = sheet.width - count
    head, stub, ticks, gap = 1.25 * sheet.line, 2.1 * sheet.line, 1.5 * sheet.line, 0.9 * size
    ticks = sheet.pitch([ticks] * len(speeches), len(speeches) * (head + stub + gap))[0] if speeches else ticks
    step = head + stub + ticks + gap
    sheet.open(max(1, len(speeches)) * step)
    if not speeches:
        sheet.write(0, sheet.line, parameters["empty"], colour=GREY)
        return
    for place, label in enumerate(speeches):
        top = place * step
        rows = data[data["label"] == label]
        sheet.write(0, top + head / 2, shorten(label, width, size))
        if not place:
            sheet.write(sheet.width, head / 2, parameters["count_header"], colour=GREY, align="right")
        axes = sheet.axes(left=0, top=top + head, width=width, height=stub + ticks)
        axes.set_xlim(0, 100)
        for number, part in enumerate(rows[rows["kind"] == "section"].itertuples()):
            start, end = float(rows.at[part.Index, "from"]), float(rows.at[part.Index, "to"])
            axes.axvspan(start, end, color=TINTS[number % 2], linewidth=0)
            if number:
                axes.plot([start, start], [0, stub + ticks], color=PALE, linewidth=0.6)
            _stub(sheet, part.text, (start / 100 * width, top + head, (end - start) / 100 * width), f"{end - start:.0f} %")
        hits = rows[rows["kind"] == "hit"]
        axes.vlines(hits["from"].astype(float), stub, stub + ticks, color=VERMILLION, linewidth=max(0.7, size / 9))
        n = len(hits)
        sheet.write(sheet.width, top + head + stub + ticks / 2, f"{n:,}", colour=INK if n else GREY, align="right")


def _stub(sheet: Sheet, text: str, box: tuple[float, float, float], share: str) -> None:
    """Beginning of a heading over its per cent, where the section is wide enough for them."""
    x, top, width = box
    room = width - 0.7 * sheet.size
    if room >= 2.2 * sheet.size:
        sheet.write(x + 0.35 * sheet.size, top + 0.6 * sheet.line, shorten(text, room, sheet.size))
    if room >= sheet.widest([share]):
        sheet.write(x + 0.35 * sheet.size, top + 1.55 * sheet.line, share, colour=GREY)
