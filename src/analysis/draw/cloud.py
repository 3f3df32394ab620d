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
from analysis.draw.sheet import MIDDLE, Sheet, TooTall
from analysis.draw.style import BLUE, GREY, VERMILLION, inert
from analysis.draw.words import Phrase, listed, phrase

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 120  # words
GRID = 400  # places are sought on a grid of this many dots across; more takes longer and looks the same
SHAPES = (0.48, 0.75, 1.1, 1.7, 2.5)  # height of the cloud for its width: the first in which the words fit
ROUND = 2.6  # exponent of the outline |x|^r + |y|^r = 1: between an ellipse (2) and a rectangle
GROWTH = 0.8  # size = n to this power; with 0.5 a word's area would grow as its count does, with 1 its height
# The largest word in sizes of text, how often 7 % of it may be taken off until all words fit, and tries at each size.
LARGEST, STEPS, THROWS = 13.0, 40, 3
MARGIN = 2  # dots between words
FULL, ASCENT = "\u2588", 0.88  # the full block fills the em box of our font, which reaches 0.88 em above the baseline
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


class Block(str):
    """A word as solid squares of its width: the package then keeps whole words apart, and none lands inside another's strokes.

    Two words of one width are two, as dictionaries go.
    """

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """Each word where the package wordcloud puts it, in the lowest cloud that holds them all."""
    data = data[data["n"] > 0]
    heights = [shape * sheet.width for shape in SHAPES] if sheet.room is None else [sheet.room]
    for height in heights:
        placed = _placed(data, sheet, height, parameters["seed"])
        if placed or data.empty:
            break
    else:
        raise TooTall
    sheet.open(height)
    if data.empty:
        sheet.write(0, sheet.line, parameters["empty"], colour=GREY)
    for rank, (row, (points, x, y)) in enumerate(zip(data.itertuples(), placed, strict=True)):
        word = inert(row.text)
        colour = VERMILLION if row.set_apart else OTHERS[min(len(OTHERS) - 1, len(OTHERS) * rank // len(data))]
        sheet.write(x, y - MIDDLE * points, word, size=points / sheet.size, colour=colour)
        width = points * sheet.widest([word]) / sheet.size
        sheet.area(x, y - 0.9 * points, width, points, find(parameters, row._asdict()))


def _placed(data: "pd.DataFrame", sheet: Sheet, height: float, seed: int) -> list[tuple[float, float, float]]:
    """Size in points, left edge and baseline of each word, as large as all of them fit; none where they do not."""
    ems = [sheet.widest([inert(text)]) / sheet.size for text in data["text"]]
    shares = [(n / data["n"].iloc[0]) ** GROWTH for n in data["n"]]
    fine = GRID / sheet.width
    for step in range(STEPS):
        largest = LARGEST * sheet.size * 0.93**step
        sizes = [max(sheet.size, min(largest * share, 0.85 * sheet.width / em)) for share, em in zip(shares, ems, strict=True)]
        words = tuple((math.ceil(em), round(size * fine)) for em, size in zip(ems, sizes, strict=True))
        # Some throws of the dice pack more tightly than others.
        throws = (_layout(words, (GRID, int(height * fine)), seed + throw) for throw in range(THROWS))
        layout = next(filter(None, throws), [])
        if layout or largest < sheet.size:
            return [(pixels / fine, left / fine, baseline / fine) for pixels, left, baseline in layout]
    return []


@lru_cache(maxsize=64)
def _layout(words: tuple[tuple[int, int], ...], grid: tuple[int, int], seed: int) -> list[tuple[int, int, int]]:
    """Size, left edge and baseline in dots of the grid, for words of a width in ems and a size; none if one does not fit."""
    import numpy as np
    from wordcloud import WordCloud

    if not words:
        return []
    width, height = grid
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    cloud = WordCloud(
        font_path=str(FILE),
        mask=np.where(abs(x) ** ROUND + abs(y) ** ROUND > 1, 255, 0).astype(np.uint8),
        margin=MARGIN,
        prefer_horizontal=1.0,
        relative_scaling=1,  # the sizes are settled before
        max_font_size=words[0][1],
        min_font_size=2,
        font_step=10_000,  # a word that does not fit is not made smaller than its count says
        random_state=seed,
        max_words=MOST,
    )
    cloud.generate_from_frequencies({Block(FULL * ems): float(size) for ems, size in words})
    if len(cloud.layout_) < len(words):
        return []
    # wordcloud draws from the top of the em box, which the font makes the line; the baseline is that much lower.
    return [(pixels, left, top + round(ASCENT * pixels)) for _, pixels, (top, left), _, _ in cloud.layout_]
