"""No text of a chart overlaps another or leaves the sheet, whatever the size, the language and the data."""

import random
import warnings
from collections.abc import Callable
from inspect import get_annotations
from itertools import combinations, product

import pytest
from matplotlib.text import Text

from analysis import draw
from analysis.draw.chart import Chart
from analysis.draw.style import GlyphWarning, look
from analysis.tables import Tables

CHARTS: dict[str, Callable[..., Chart]] = {
    "frequency_bars": lambda t, **o: draw.frequency_bars(t, top=25, **o),
    "comparison_dots": lambda t, **o: draw.comparison_dots(t, top=25, **o),
    "dispersion_strip": lambda t, **o: draw.dispersion_strip(t, list(dict.fromkeys(t.frequencies["text"]))[:6], **o),
    "theme_sections": lambda t, **o: draw.theme_sections(t, **o),
    "theme_speeches": lambda t, **o: draw.theme_speeches(t, **o),
    "word_speeches": lambda t, **o: draw.word_speeches(t, top=20, **o),
    "figures_chart": lambda t, **o: draw.figures_chart(t, **o),
    "keyness_bars": lambda t, **o: draw.keyness_bars(t, top=19, **o),
    "word_shift": lambda t, **o: draw.word_shift(t, t.speeches["speech"].iloc[0], t.speeches["speech"].iloc[-1], **o),
    "outline_icicle": lambda t, **o: draw.outline_icicle(t, **o),
    "theme_position": lambda t, **o: draw.theme_position(t, "農民工", **o),  # "migrant workers"
    "reuse_map": lambda t, **o: draw.reuse_map(t, **o),
    "similarity_matrix": lambda t, **o: draw.similarity_matrix(t, **o),
    "slogan_matrix": lambda t, **o: draw.slogan_matrix(t, **o),
    "word_cloud": lambda t, **o: draw.word_cloud(t, **o),
}
CHOICES = {
    "preset": ("column", "report", "page", "slide"),
    "length": (1, 6, 20),
    "words": (1, 8, 25),
    "speeches": (1, 2, 3, 10),
    "language": ("en", "zh-Hant", "zh-Hans"),
    "zero": (False, True),
    "title": ("finding", "neutral", "none"),
}
TOLERANCE = 0.6  # points that boxes may share: they are a little larger than the ink
LOOSE = 0.07  # and the same for large text, in sizes


def pairwise_rows() -> list[dict[str, object]]:
    """Few combinations in which every two choices meet at least once."""
    names = list(CHOICES)
    open_pairs = {((a, x), (b, y)) for a, b in combinations(names, 2) for x, y in product(CHOICES[a], CHOICES[b])}
    chance = random.Random(1)
    rows = []
    while open_pairs:
        tries = [{name: chance.choice(CHOICES[name]) for name in names} for _ in range(60)]
        best = max(tries, key=lambda row: len(open_pairs & _pairs(row)))
        if open_pairs & _pairs(best):
            rows.append(best)
            open_pairs -= _pairs(best)
    return rows


def _pairs(row: dict[str, object]) -> set[tuple]:
    return set(combinations(row.items(), 2))


def faults(figure: object) -> list[str]:
    """What overlaps and what is clipped."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    point = figure.dpi / 72  # type: ignore[attr-defined]
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]  # type: ignore[attr-defined]
    boxes = [
        (t.get_text(), t.get_window_extent(renderer).padded(-max(TOLERANCE, LOOSE * t.get_fontsize()) * point)) for t in texts
    ]
    sheet = figure.bbox.padded(TOLERANCE * point)  # type: ignore[attr-defined]
    clipped = [f"{text!r} leaves the sheet" for text, box in boxes if not (sheet.contains(*box.p0) and sheet.contains(*box.p1))]
    return clipped + [f"{a!r} overlaps {b!r}" for (a, one), (b, other) in combinations(boxes, 2) if _meet(one, other)]


def _meet(one: object, other: object) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_overlaps_or_is_clipped(name: str, made: Callable[..., Tables]) -> None:
    found = []
    for row in pairwise_rows():
        told = {key: value for key, value in row.items() if key != "title"}
        with look(), warnings.catch_warnings():
            warnings.simplefilter("error", GlyphWarning)
            figure = CHARTS[name](made(**told), title=row["title"]).figure()
            found += [f"{row}: {fault}" for fault in faults(figure)]
    assert not found, "\n".join(found[:12])


def test_every_chart_of_the_set_is_looked_at() -> None:
    functions = {name: getattr(draw, name) for name in draw.__all__}
    charts = {name for name, made in functions.items() if get_annotations(made).get("return") == Chart}
    assert charts == set(CHARTS)


def test_every_pair_of_choices_is_met() -> None:
    rows = pairwise_rows()
    assert 12 <= len(rows) <= 24
    assert len(set.union(*map(_pairs, rows))) == len(
        {p for r in product(*CHOICES.values()) for p in _pairs(dict(zip(CHOICES, r, strict=True)))}
    )


def test_a_fault_is_seen() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 2))
    FigureCanvasAgg(figure)
    figure.text(0.2, 0.5, "one on")
    figure.text(0.25, 0.5, "the other")
    figure.text(0.9, 0.1, "over the edge")
    assert len(faults(figure)) == 2
