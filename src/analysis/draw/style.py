"""How charts look: palette, sizes, font, and text that is only ever text.

>>> with look():                                                          # doctest: +SKIP
...     figure = draw(data, parameters)

Settings of matplotlib hold inside `look()` only; nothing is changed for the user's own drawings.
"""

import logging
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from analysis.draw.fonts.build import FAMILY, FILE

MM = 72 / 25.4  # points in a millimetre
INCH = 72  # points in an inch


class Preset(NamedTuple):
    """A size to draw for; lengths in points."""

    width: float
    height: float | None
    size: float
    dpi: int


# Widths of a journal's column and page, of the text of an A4 report, and of a slide of 1920 × 1080 pixels.
# Text is never smaller than `size`, and Chinese needs 7 pt in print to stay legible.
PRESETS = {
    "column": Preset(89 * MM, None, 7.0, 300),
    "report": Preset(160 * MM, None, 7.5, 300),
    "page": Preset(183 * MM, None, 8.0, 300),
    "slide": Preset(960.0, 540.0, 14.0, 144),
}

# Okabe & Ito 2008 as in matplotlib's `okabe_ito`, without the three that are too pale on white (under 3:1). Green is a shade
# lighter and purple far darker than theirs: so all five also stay apart in grey and for the colour-blind (a test says how far).
BLUE, VERMILLION, BLACK, GREEN, PURPLE = "#0072b2", "#d55e00", "#000000", "#00a87b", "#7a2a63"
PALETTE = (BLUE, VERMILLION, BLACK, GREEN, PURPLE)
MARKERS = ("o", "s", "D", "^", "v")  # tell the speeches apart without colour
INK, GREY, RULE, BAND = "#1a1a1a", "#595959", "#d0d0d0", "#f1f1f1"  # text, quiet text, lines, shaded stripes
PALE, LIGHT = "#858585", "#3f8fbf"  # a mark that is not to stand out, and a paler blue: both over 3:1 on white
TINTS = ("#cfe3f0", "#e6f1f8")  # two pale blues, in turn, for the sections of a speech

# Lines may not begin with the first, nor end with the second (the rule 避頭尾, "no stop at the head, no bracket at the tail").
NO_START = frozenset("，。、；：？！）」』》〉】〕”’…—·,.;:!?)]}%％‰")
NO_END = frozenset("（「『《〈【〔“‘([{")


class GlyphWarning(UserWarning):
    """W_GLYPH: a character that the font lacks was drawn as U+XXXX."""


@contextmanager
def look() -> Iterator[None]:
    """The settings of matplotlib under which charts are drawn and saved; a glyph that is missing after all is an error."""
    import matplotlib as mpl

    _register()
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "font.family": [FAMILY, "DejaVu Sans"],
                "text.parse_math": False,
                "text.hinting": "none",  # else small text is wider than measured
                "text.color": INK,
                "axes.unicode_minus": True,
                "pdf.fonttype": 42,
                "svg.fonttype": "path",
                "svg.hashsalt": "analysis",
                "hatch.linewidth": 0.6,
                "hatch.color": "white",
                "path.simplify": False,
                "savefig.facecolor": "white",
            }
        )
        warnings.filterwarnings("error", message="Glyph .* missing from")
        yield


@cache
def _register() -> None:
    # The first time on a machine it lists the fonts there and says so in red on the notebook's page; nobody need read that.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    from matplotlib import font_manager

    font_manager.fontManager.addfont(FILE)


def inert(text: str) -> str:
    """The text as it can be drawn: control and format characters blank, a missing glyph as U+XXXX with W_GLYPH.

    >>> inert("工會\\u200b\\n組織")
    '工會 組織'
    """
    text = re.sub(r"\s+", " ", text)
    if all(map(_plain, text)):
        return text
    return "".join(char if _plain(char) else _stand_in(char) for char in text)


@lru_cache(maxsize=65536)
def _plain(char: str) -> bool:
    return char == " " or (unicodedata.category(char) not in ("Cc", "Cf") and ord(char) in _covered())


@cache
def _covered() -> frozenset[int]:
    """Code points of our font and of the one behind it."""
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    behind = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return frozenset(FT2Font(str(FILE)).get_charmap()) | frozenset(FT2Font(str(behind)).get_charmap())


def _stand_in(char: str) -> str:
    if unicodedata.category(char) in ("Cc", "Cf"):
        return ""
    warnings.warn(f"W_GLYPH: the font has no U+{ord(char):04X}; it is drawn as its number", GlyphWarning, stacklevel=4)
    return f"U+{ord(char):04X}"


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, 720)


@lru_cache(maxsize=65536)
def measure(text: str, size: float) -> float:
    """Width of one line of text in points, when drawn at `size` points."""
    if not text:
        return 0.0
    _register()
    from matplotlib.font_manager import FontProperties

    font = FontProperties(family=[FAMILY, "DejaVu Sans"], size=size)
    # Measured ten times too large and divided, so that whole pixels do not round it.
    return float(_renderer().get_text_width_height_descent(text, font, False)[0]) / 10


def wrap(text: str, width: float, size: float, lines: int | None = None) -> list[str]:
    """The text in lines no wider than `width` points; with `lines`, what does not fit ends in ….

    Chinese breaks between any two characters, other text at blanks; no line begins with 。 or ends with 「.
    """
    done: list[str] = []
    line = ""
    for unit in _units(inert(text).strip(), width, size):
        if line and measure((line + unit).rstrip(), size) > width:
            done.append(line.rstrip())
            line = unit.lstrip()
        else:
            line += unit
    done.append(line.rstrip())
    if lines is not None and len(done) > lines:
        done = [*done[: lines - 1], shorten("".join(done[lines - 1 :]), width, size, force=True)]
    return done


def balanced(text: str, width: float, size: float) -> list[str]:
    """The text in as few lines as `width` allows, of about the same length: no word alone on a last line."""
    lines = wrap(text, width, size)
    narrow, wide = width / len(lines), width
    while len(lines) > 1 and wide - narrow > size:
        middle = (narrow + wide) / 2
        fits = len(wrap(text, middle, size)) == len(lines)
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return wrap(text, wide, size)


def shorten(text: str, width: float, size: float, *, force: bool = False) -> str:
    """One line no wider than `width` points; what does not fit ends in …."""
    # No character is narrower than an eighth of its size: what lies beyond that need not be measured.
    longest = int(8 * width / size) + 1
    text = inert(text[: 2 * longest])
    if not force and len(text) <= longest and measure(text, size) <= width:
        return text
    kept, over = 0, min(len(text), longest) + 1
    while over - kept > 1:
        middle = (kept + over) // 2
        kept, over = (middle, over) if measure(text[:middle] + "…", size) <= width else (kept, middle)
    return text[:kept].rstrip("，、；：,;: “‘「『《（(") + "…"


def _units(text: str, width: float, size: float) -> Iterator[str]:
    """Pieces that may not be broken: a word, or a Chinese character with the marks that cling to it."""
    unit = ""
    for piece in re.findall(r"[!-~\u00a0-\u024f\u2010-\u2015]+ ?|.", text):
        for part in _broken(piece, width, size):
            opens = unit and unit.rstrip()[-1:] in NO_END
            if unit and not opens and part[0] not in NO_START:
                yield unit
                unit = ""
            # A run of marks longer than the line has to break after all.
            if unit and measure(unit + part, size) > width:
                yield unit
                unit = ""
            unit += part
    if unit:
        yield unit


def _broken(piece: str, width: float, size: float) -> list[str]:
    """A long unbroken word cut where it passes the width."""
    if measure(piece, size) <= width:
        return [piece]
    parts, part = [], ""
    for char in piece:
        if part and measure(part + char, size) > width:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]


def shades(values: Sequence[float], top: float | None = None) -> list[str]:
    """One colour per value, the palest grey for 0, then viridis from pale to dark at `top` (the highest value)."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    top = top or max(values, default=0) or 1
    scale = colormaps["viridis_r"]
    return [BAND if value <= 0 else to_hex(scale(0.04 + 0.96 * value / top)) for value in values]


def ink_on(colour: str) -> str:
    """Black or white, whichever is easier to read on `colour`: at least 4.5:1."""
    return "#000000" if contrast("#000000", colour) >= contrast("#ffffff", colour) else "#ffffff"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, section 1.4.3): 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    from matplotlib.colors import to_rgb

    parts = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
