"""Rebuilds the font of the charts: a subset of Noto Sans CJK TC Regular as TrueType, byte for byte.

    python -m analysis.draw.fonts.build NotoSansCJK-Regular.ttc

The source is version 2.004 of the font, as Debian's package fonts-noto-cjk 20220127 holds it. Only maintainers need this;
everyone else uses the AnalysisSansTC.ttf beside it. The font is renamed so that it cannot clash with an installed Noto; its
copyright and licence (OFL.txt) stay. Hinting, layout rules and vertical metrics are left out: charts do not use them.
"""

import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FAMILY = "Analysis Sans TC"
FILE = Path(__file__).with_name("AnalysisSansTC.ttf")
MEMBER = "Noto Sans CJK TC"  # the collection holds ten fonts; Traditional Chinese shapes are the third
# How far a quadratic curve may stray from the cubic one, in 1/1000 em: invisible, and cu2qu's own default.
TOLERANCE = 1.0
# Blocks of signs beside the two character sets: Latin, Greek, Cyrillic, punctuation, arrows, maths, circled numbers, boxes,
# shapes, CJK signs, kana, bopomofo, the whole basic ideograph block, compatibility forms, full-width forms.
SIGNS = (
    (0x20, 0x24F), (0x2B0, 0x2FF), (0x370, 0x45F), (0x1E00, 0x1EFF), (0x2000, 0x27BF), (0x3000, 0x33FF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0xFE10, 0xFE1F), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF), (0xFFFD, 0xFFFD),
)  # fmt: skip
# Name records: 0 copyright, 13 and 14 licence are kept from the source.
NAMES = {
    1: FAMILY,
    2: "Regular",
    3: "Analysis Sans TC Regular, from Noto Sans CJK TC 2.004",
    4: FAMILY,
    6: "AnalysisSansTC-Regular",
    10: "Subset of Noto Sans CJK TC Regular: Big5, GBK and signs, as TrueType without hinting and layout.",
}


def characters() -> set[int]:
    """Code points the font is to cover: Big5, GBK and `SIGNS`."""
    wanted = {code for first, last in SIGNS for code in range(first, last + 1)}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            for codec in ("big5", "cp950", "gbk"):
                wanted.update(map(ord, bytes((lead, trail)).decode(codec, errors="ignore")))
    return wanted


def build(source: Path, target: Path = FILE, wanted: Iterable[int] | None = None) -> None:
    """Write the subset of `source` (a .ttc) to `target`."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTCollection

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    collection = TTCollection(str(source), lazy=True)
    font = next(f for f in collection.fonts if f["name"].getDebugName(1) == MEMBER)
    font.recalcTimestamp = False
    options = Options(layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True, glyph_names=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    options.name_IDs = [0, 5, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(characters() if wanted is None else wanted))
    subsetter.subset(font)
    _to_truetype(font)
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font.save(str(target), reorderTables=True)


def _to_truetype(font: Any) -> None:
    """Replace the cubic outlines by quadratic ones."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    del font["CFF "]
    font["hmtx"].metrics = {name: (font["hmtx"][name][0], _left(font, name)) for name in order}
    font["maxp"].tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"):
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["maxp"].maxSizeOfInstructions = font["maxp"].maxComponentElements = 0
    font["maxp"].compile(font)
    # Named glyphs and one table of characters: a program that takes a few glyphs for a PDF then need not work through all of them.
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
    font["cmap"].tables = [table for table in font["cmap"].tables if (table.platformID, table.platEncID) == (3, 1)]
    # The em box as the line's height: the source's roomy lines make the word cloud leave gaps above its words and overlap below.
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = 880, -120, 0
    font.sfntVersion = "\x00\x01\x00\x00"


def _left(font: Any, name: str) -> int:
    """Left edge of a glyph's outline."""
    glyph = font["glyf"][name]
    glyph.recalcBounds(font["glyf"])
    return int(getattr(glyph, "xMin", 0) or 0)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
