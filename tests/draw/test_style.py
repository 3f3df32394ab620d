"""Palette, wrapping, font: what every chart rests on."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from analysis.draw.chart import KINDS
from analysis.draw.cloud import OTHERS
from analysis.draw.icicle import SHADES
from analysis.draw.style import (
    BAND,
    GREY,
    INK,
    LIGHT,
    PALE,
    PALETTE,
    RULE,
    TINTS,
    balanced,
    contrast,
    inert,
    ink_on,
    measure,
    shades,
    shorten,
    wrap,
)

# Machado, Oliveira & Fernandes 2009, table of severity 1.0: protanopia, deuteranopia, tritanopia (linear RGB).
BLINDNESS = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB (IEC 61966-2-1, D65)."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(rgb, 0, 1)
    f = np.array([v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz / np.array([0.9505, 1.0, 1.089])])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_every_colour_of_a_mark_or_a_text_shows_on_white() -> None:
    for colour in (*PALETTE, *OTHERS, *SHADES, INK, GREY, PALE, LIGHT):
        assert contrast(colour, "#ffffff") >= 3, colour  # WCAG 2.2, section 1.4.11
    assert min(contrast(GREY, ground) for ground in ("#ffffff", BAND, *TINTS)) >= 4.5


def apart(palette: tuple[str, ...], kind: str) -> float:
    """The smallest distance between two colours, as one with this colour-blindness sees them."""
    seen = [lab(np.array(BLINDNESS[kind]) @ linear(colour)) for colour in palette]
    return float(min(np.linalg.norm(a - b) for place, a in enumerate(seen) for b in seen[place + 1 :]))


def apart_in_grey(palette: tuple[str, ...]) -> float:
    greys = sorted(lab(linear(colour))[0] for colour in palette)
    return float(min(b - a for a, b in pairwise(greys)))


@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_colours_differ_for_the_colour_blind(kind: str) -> None:
    assert apart(PALETTE, kind) > 20  # about ten times the smallest difference one notices


def test_the_colours_differ_in_grey() -> None:
    assert apart_in_grey(PALETTE) > 6.9  # three times the smallest difference one notices


def test_a_palette_that_is_hard_to_tell_apart_is_seen() -> None:
    usual = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd")  # the default colours of matplotlib
    assert max(apart(usual, kind) for kind in BLINDNESS) < 20
    assert apart_in_grey(usual) < 6.9


def test_no_chart_has_a_colour_of_its_own() -> None:
    folder = Path(__file__).parents[2] / "src" / "analysis" / "draw"
    known = {c.lower() for c in (*PALETTE, *OTHERS, *SHADES, *TINTS, INK, GREY, PALE, LIGHT, RULE, BAND, "#ffffff")}
    for module in (*KINDS, "sheet"):
        told = re.findall(r"#[0-9a-fA-F]{6}", folder.joinpath(f"{module}.py").read_text(encoding="utf-8"))
        assert not {colour.lower() for colour in told} - known, module


def test_cells_can_be_read_on_every_shade() -> None:
    for colour in shades(list(range(40))):
        assert contrast(ink_on(colour), colour) >= 4.5


def test_shades_read_in_grey_from_light_to_dark() -> None:
    light = [lab(linear(colour))[0] for colour in shades([1, 2, 3, 4, 5, 6, 7, 8])]
    assert light == sorted(light, reverse=True)


def test_no_line_begins_with_a_stop_or_ends_with_a_bracket() -> None:
    text = "各級工會組織，要緊扣縣委、縣政府的（決策）部署。「找準」工作的切入點、著力點！"  # "union bodies at all levels …"
    for width in range(20, 200, 7):
        lines = wrap(text, width, 8)
        assert "".join(lines) == text
        assert not any(line[0] in "，。、）」！" for line in lines[1:])
        assert not any(line[-1] in "（「" for line in lines[:-1])


def test_lines_keep_to_the_width() -> None:
    text = "data/lexicons/slogans.csv 依引號、數字式 https://example.org/aVeryLongWordThatHasToBreakSomewhere"
    for width in range(30, 200, 11):
        assert all(measure(line, 7) <= width for line in wrap(text, width, 7))


def test_lines_that_are_too_many_end_in_dots() -> None:
    assert wrap("工人階級主力軍作用" * 5, 60, 8, lines=2)[-1].endswith("…")  # "role as main force of the working class"
    assert measure(shorten("工人階級主力軍作用", 30, 8), 8) <= 30


def test_the_lines_of_a_title_are_of_about_one_length() -> None:
    text = (
        "組織 differs most clearly: 106.9 per 10,000 characters in Inner Mongolia banner, 36.1 in Hainan Province"  # "organise"
    )
    for width in range(120, 500, 23):
        lines = balanced(text, width, 10)
        assert " ".join(lines) == text
        assert len(lines) == len(wrap(text, width, 10))
        assert max(measure(line, 10) for line in lines) <= width
    assert min(len(line) for line in balanced(text, 470, 10)) > 40  # wrapped plainly, the last line is one word


def test_shortening_a_long_text_keeps_as_much_as_fits() -> None:
    text = "工人階級主力軍作用abc,，" * 2000  # "role as main force of the working class"
    for width in (20, 77, 300):
        kept = shorten(text, width, 8)
        more = text[: len(kept) + 1]  # one character more, in place of the …
        assert measure(kept, 8) <= width < measure(more + "…", 8) + 16
    assert shorten("工人", 100, 8) == "工人"


def test_control_and_format_characters_are_not_drawn() -> None:
    assert inert("工\u202e會\x00\u200b") == "工會"


def test_the_font_covers_the_shipped_speeches_and_lexicons() -> None:
    from analysis.draw.style import _covered

    root = Path(__file__).parents[2] / "data"
    files = [
        *root.joinpath("speeches").glob("*.txt"),
        *root.joinpath("lexicons").glob("*.csv"),
        *(Path(__file__).parents[2] / "src" / "analysis" / "draw").glob("*.csv"),
    ]
    text = set("".join(file.read_text(encoding="utf-8-sig") for file in files))
    assert not {sign for sign in text if ord(sign) > 0x20 and ord(sign) not in _covered()}


def test_the_font_is_renamed_and_keeps_its_licence() -> None:
    from fontTools.ttLib import TTFont

    from analysis.draw.fonts.build import FAMILY, FILE, characters

    font = TTFont(FILE, lazy=True)
    assert font["name"].getDebugName(1) == FAMILY
    assert "Noto" not in font["name"].getDebugName(4)
    assert "Adobe" in font["name"].getDebugName(0)
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "SIL OPEN FONT LICENSE" in FILE.with_name("OFL.txt").read_text(encoding="utf-8")
    big5 = {ord(c) for c in "工會農民幹部鏇鎔堃"}  # signs of Big5, the last two of them rare
    gbk = {ord(c) for c in "工会农民干部镕赟"}  # signs of GBK that GB2312 lacks at the end
    assert big5 | gbk <= set(font.getBestCmap()) & characters()


def test_every_phrase_is_said_in_every_language() -> None:
    import csv
    import re

    for row in csv.DictReader(
        (Path(__file__).parents[2] / "src" / "analysis" / "draw" / "words.csv").open(encoding="utf-8-sig", newline="")
    ):
        holes = [sorted(re.findall(r"\{(\w*)\}", row[language])) for language in ("en", "zh-Hant", "zh-Hans")]
        assert all(row[language].strip() for language in ("en", "zh-Hant", "zh-Hans")), row["key"]
        assert holes[1] == holes[2], row["key"]
        assert set(holes[1]) <= set(holes[0]) or set(holes[0]) <= set(holes[1]), row["key"]
