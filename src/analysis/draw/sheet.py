"""The sheet a chart is drawn on: title above, notes and source below, and room between them measured in points.

>>> sheet = Sheet(parameters)                                             # doctest: +SKIP
>>> sheet.open(200)                                                       # doctest: +SKIP
>>> axes = sheet.axes(left=80, top=0, width=200, height=180)              # doctest: +SKIP

Every text is measured before it is placed, so nothing overlaps and nothing is clipped. It knows nothing of speeches.
"""

from collections.abc import Callable, Sequence
from typing import Any

from analysis.draw.style import GREY, INCH, INK, MARKERS, PALETTE, PRESETS, RULE, balanced, inert, measure, wrap

LEADING = 1.42  # distance of two lines of text, in sizes: Chinese fills the em box and needs more than Latin
MIDDLE = 0.37  # from the middle of a line to its baseline, in sizes: half the height of a digit or a Chinese character


class TooTall(Exception):
    """The body does not fit a sheet of fixed height."""


class Sheet:
    """Figure of one chart; x and y are points from the top left corner of the body."""

    def __init__(self, parameters: dict[str, Any], scale: float = 1.0) -> None:
        preset = PRESETS[parameters["preset"]]
        self.size = preset.size
        self.margin = preset.size
        self.width = preset.width * scale - 2 * self.margin
        self._outer = preset.width * scale
        self._height = preset.height * scale if preset.height else None
        self._dpi = preset.dpi / scale
        self._header = self._lines(parameters.get("title"), 1.36 * self.size, INK, gap=0.25, break_at=balanced)
        self._header += self._lines(parameters.get("subtitle"), self.size, GREY, gap=0.15)
        self._key = list(parameters.get("key", ()))
        self._footer = self._lines(parameters.get("notes"), self.size, GREY)
        self._footer += self._lines(parameters.get("source"), self.size, GREY)
        self._above = sum(height for *_, height in self._header) + self._key_height()
        self._above += 0.7 * self.size if self._above else 0
        self._below = sum(height for *_, height in self._footer) + 0.9 * self.size
        self.figure: Any = None
        self.areas: list[tuple[float, float, float, float, dict[str, Any]]] = []

    @property
    def room(self) -> float | None:
        """Height the body may have, where the sheet is of fixed height."""
        return None if self._height is None else self._height - self._above - self._below - 2 * self.margin

    def pitch(self, heights: Sequence[float], extra: float = 0.0) -> list[float]:
        """Row heights, stretched to fill a sheet of fixed height (by half at most) or as they are."""
        if self.room is None or not sum(heights):
            return list(heights)
        factor = min(1.5, max(1.0, (self.room - extra) / sum(heights)))
        return [height * factor for height in heights]

    def open(self, height: float) -> None:
        """Begin the figure with a body of `height` points."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        if self.room is not None and height > self.room + 0.01:
            raise TooTall
        self._total = self._height or self._above + height + self._below + 2 * self.margin
        self.figure = Figure(figsize=(self._outer / INCH, self._total / INCH), dpi=self._dpi)
        FigureCanvasAgg(self.figure)
        self._write_block(self._header, -self._above)
        self._write_key(-self._key_height() - 0.7 * self.size)
        bottom = self._total - 2 * self.margin - self._above - self._below
        self._write_block(self._footer, bottom + 0.9 * self.size)

    def axes(self, *, left: float, top: float, width: float, height: float) -> Any:
        """Bare axes at a place of the body; their y runs from 0 at the top to `height`, in points."""
        box = (
            (self.margin + left) / self._outer,
            1 - (self.margin + self._above + top + height) / self._total,
            width / self._outer,
            height / self._total,
        )
        axes = self.figure.add_axes(box)
        axes.set_axis_off()
        axes.set_ylim(height, 0)
        return axes

    def write(self, x: float, y: float, text: str, *, size: float = 1.0, colour: str = INK, align: str = "left") -> None:
        """One line of text, its middle at `y`; `size` is relative to the sheet's."""
        points = size * self.size
        self.figure.text(
            (self.margin + x) / self._outer,
            1 - (self.margin + self._above + y + MIDDLE * points) / self._total,
            inert(text),
            fontsize=points,
            color=colour,
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def area(self, left: float, top: float, width: float, height: float, find: dict[str, Any] | None) -> None:
        """Remember what stands behind a part of the body, for the page; kept as shares of the figure's size."""
        if find:
            x, y = (self.margin + left) / self._outer, (self.margin + self._above + top) / self._total
            box = (x, y, width / self._outer, height / self._total)
            self.areas.append((*(round(share, 4) for share in box), find))  # type: ignore[arg-type]

    def block(self, x: float, y: float, lines: Sequence[str], *, colour: str = INK, align: str = "left") -> None:
        """Some lines, their middle at `y`."""
        step = self.line
        for place, line in enumerate(lines):
            self.write(x, y + (place - (len(lines) - 1) / 2) * step, line, colour=colour, align=align)

    @property
    def line(self) -> float:
        """Distance of two lines of text, in points."""
        return LEADING * self.size

    def widest(self, texts: Sequence[str], size: float = 1.0) -> float:
        """Width of the widest text, in points."""
        return max((measure(inert(text), size * self.size) for text in texts), default=0.0)

    def labels(self, texts: Sequence[str], share: float = 0.34) -> list[list[str]]:
        """Each text in lines no wider than a share of the sheet."""
        return [wrap(text, share * self.width, self.size) for text in texts]

    def whisker(self, axes: Any, ends: tuple[Any, Any], y: float, colour: str = INK) -> None:
        """The thin line of an interval; nothing where there is none."""
        import pandas as pd

        if not any(pd.isna(end) for end in ends):
            axes.plot([float(end) for end in ends], [y, y], color=colour, linewidth=0.9, solid_capstyle="butt", zorder=2)

    def scale(self, axes: Any, left: float, y: float, ticks: Sequence[tuple[float, str]], height: float) -> None:
        """Thin lines across the axes at `ticks`, with their labels at `y` of the body; labels that would touch are left out."""
        width = axes.get_position().width * self._outer
        share = (axes.transData + axes.transAxes.inverted()).transform
        last = float("-inf")
        for value, label in ticks:
            axes.plot([value, value], [0, height], color=RULE, linewidth=0.6, zorder=0.5, solid_capstyle="butt")
            x = left + float(share((value, 0))[0]) * width
            half = measure(label, self.size) / 2
            if x - half > last + 0.4 * self.size and x + half <= self.width + self.margin:
                self.write(x, y, label, colour=GREY, align="center")
                last = x + half

    def _lines(
        self, text: str | None, size: float, colour: str, *, gap: float = 0.0, break_at: Callable[..., list[str]] = wrap
    ) -> list[tuple[str, float, str, float]]:
        """Text, size, colour and height of each line of a paragraph over the whole width; the last has a gap below."""
        if not text:
            return []
        lines = break_at(text, self.width, size)
        heights = [LEADING * size] * len(lines)
        heights[-1] += gap * size
        return [(line, size, colour, height) for line, height in zip(lines, heights, strict=True)]

    def _write_block(self, block: Sequence[tuple[str, float, str, float]], y: float) -> None:
        for text, size, colour, height in block:
            self.write(0, y + LEADING * size / 2, text, size=size / self.size, colour=colour)
            y += height

    def _key_rows(self) -> list[list[tuple[float, str, int]]]:
        """The key's entries (x, label, number of the speech), in as many rows as they need."""
        rows: list[list[tuple[float, str, int]]] = []
        x = self.width
        for place, label in enumerate(self._key):
            label = wrap(label, self.width - 2 * self.size, self.size, lines=1)[0]
            need = 1.5 * self.size + measure(label, self.size)
            if not rows or x + need > self.width:
                rows.append([])
                x = 0.0
            rows[-1].append((x, label, place))
            x += need + 1.8 * self.size
        return rows

    def _key_height(self) -> float:
        return len(self._key_rows()) * self.line if self._key else 0.0

    def _write_key(self, y: float) -> None:
        """Marker and label of each speech, in its colour."""
        if not self._key:
            return
        axes = self.axes(left=0, top=y, width=self.width, height=self._key_height())
        axes.set_xlim(0, self.width)
        for row, entries in enumerate(self._key_rows()):
            middle = (row + 0.5) * self.line
            for x, label, place in entries:
                colour, marker = PALETTE[place % len(PALETTE)], MARKERS[place % len(MARKERS)]
                axes.plot([x + 0.45 * self.size], [middle], marker, color=colour, markersize=0.8 * self.size, clip_on=False)
                self.write(x + 1.4 * self.size, y + middle, label)


def round_ticks(low: float, high: float, width: float, size: float) -> list[float]:
    """Round values for a scale of `width` points, about one per seven sizes of text."""
    from matplotlib.ticker import MaxNLocator

    count = max(2, min(6, int(width / (7 * size))))
    ticks = MaxNLocator(nbins=count, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return [float(tick) for tick in ticks if low - 1e-9 <= tick <= high * (1 + 1e-9) + 1e-9]
