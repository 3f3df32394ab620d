"""A word cloud of one speech: size shows frequency, colour shows what sets the speech apart, position means nothing.

>>> word_cloud(tables, "union-meetings-1")                                # doctest: +SKIP

The frequency table belongs beside it. Words are placed by the package wordcloud with the seed of the settings, then drawn
as text, so that they stay sharp and can be selected. Stop words are left out.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.finds import find
from analysis.draw.fonts.build import FILE
from analysis.draw.rows import content_words, one_speech
from analysis.draw.sheet import MIDDLE, Sheet
from analysis.draw.style import BLUE, GREY, VERMILLION, inert
from analysis.draw.words import Phrase, listed, phrase

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 120  # words
GRID = 700  # places are sought on a grid of this many dots across; more takes longer and looks the same
SHAPE = 0.56  # height of the cloud for its width
OTHERS = ("#004a75", BLUE, "#3387b8")  # blues from dark to light, all over 4:1 on white, for words that are not set apart


def word_cloud(tables: "Tables", speech: str | None = None, *, top: int = 80, **options: Unpack[Options]) -> Chart:
    """Cloud of the `top` words of one speech (the first, if none is named).

    Needs the tables speeches and frequencies; with keywords, words used clearly more here than in the rest are marked.
    """
    speech = one_speech(tables, speech)
    found = tables.frequencies[tables.frequencies["speech"] == speech]
    rows = content_words(tables, found).sort_values(["n", "key"], ascending=[False, True], kind="stable").head(min(top, MOST))
    marked = _set_apart(tables, speech)
    rows = rows.assign(set_apart=[key in marked for key in rows["key"]])
    label = labels(tables, [speech])[0]
    return compose(
        tables,
        "cloud",
        f"word-cloud-{speech}",
        rows[["key", "text", "n", "per_10k", "set_apart"]],
        story=Story(
            neutral=phrase("cloud_neutral", speech=label),
            finding=_finding(rows, label),
            subtitle=phrase("cloud_subtitle_marked" if marked else "cloud_subtitle"),
            method=phrase("method_n"),
            notes=[phrase("stop_words")],
        ),
        speeches=[speech],
        headers={"text": "word", "n": "n", "per_10k": "per_10k_n", "set_apart": "set_apart"},
        options=options,
        empty=phrase("no_data"),
    )


def _set_apart(tables: "Tables", speech: str) -> frozenset[str]:
    """Keys whose log ratio against the other speeches is above 0 with its whole interval."""
    if "keywords" not in tables:
        return frozenset()
    rows = tables.keywords
    rows = rows[(rows["speech"] == speech) & (rows["reference"] == "rest") & (rows["log_ratio_low"] > 0)]
    return frozenset(rows["key"])


def _finding(rows: "pd.DataFrame", label: str) -> Phrase:
    if rows.empty:
        return phrase("no_data")
    words = [f"{row.text} ({row.n})" for row in rows.head(3).itertuples()]
    return phrase("cloud_finding", speech=label, words=listed(words))


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """Each word where the package wordcloud puts it."""
    height = SHAPE * sheet.width if sheet.room is None else sheet.room
    sheet.open(height)
    data = data[data["n"] > 0]
    if data.empty:
        sheet.write(0, sheet.line, parameters["empty"], colour=GREY)
        return
    rank = {inert(row.text): (place, row.set_apart, row.key) for place, row in enumerate(data.itertuples())}
    for word, points, x, y in _placed(data, sheet, height, parameters["seed"]):
        place, marked, key = rank[word]
        colour = VERMILLION if marked else OTHERS[min(len(OTHERS) - 1, 3 * place // max(1, len(rank)))]
        sheet.write(x, y - MIDDLE * points, word, size=points / sheet.size, colour=colour)
        sheet.area(x, y - 0.9 * points, points * sheet.widest([word]) / sheet.size, points, find(parameters, {"key": key}))


def _placed(data: "pd.DataFrame", sheet: Sheet, height: float, seed: int) -> list[tuple[str, float, float, float]]:
    """Word, size in points, left edge and baseline; the longest of the commonest words decides how large the first may be."""
    counts = {inert(row.text): int(row.n) for row in data.itertuples()}
    longest = max(sheet.widest([word]) / sheet.size for word, n in counts.items() if n >= max(counts.values()) / 2)
    fine = GRID / sheet.width
    sizes = (sheet.size * fine, min(0.26 * height, 0.8 * sheet.width / longest, 8 * sheet.size) * fine)
    layout = _layout(tuple(counts.items()), (GRID, int(height * fine)), sizes, seed)
    return [(word, pixels / fine, left / fine, baseline / fine) for word, pixels, left, baseline in layout]


@lru_cache(maxsize=8)
def _layout(
    counts: tuple[tuple[str, int], ...], grid: tuple[int, int], sizes: tuple[float, float], seed: int
) -> list[tuple[str, int, int, int]]:
    """Word, size, left edge and baseline in dots of the grid. The same chart is drawn for the page and for its bundle."""
    from PIL import ImageFont
    from wordcloud import WordCloud

    cloud = WordCloud(
        font_path=str(FILE),
        width=grid[0],
        height=grid[1],
        margin=round(0.5 * sizes[0]),
        prefer_horizontal=1.0,
        relative_scaling=0.6,
        min_font_size=math.ceil(sizes[0]),
        max_font_size=int(sizes[1]),
        random_state=seed,
        max_words=MOST,
    ).generate_from_frequencies(dict(counts))
    placed = []
    for (word, _), pixels, (top, left), _, _ in cloud.layout_:
        # wordcloud draws from the top of the font's ascent; the baseline is that much lower.
        ascent = ImageFont.truetype(str(FILE), pixels).getmetrics()[0]
        placed.append((word, pixels, left, top + ascent))
    return placed
