"""The numbers that Word writes before headings and items: they stand on the page, but not in the text of the paragraph.

>>> render(12, "chineseCounting"), render(3, "decimal"), render(2, "upperRoman")
('十二', '3', 'II')

Bullets give nothing. A format it does not know is written in digits.
"""

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from analysis.read.wordxml import attribute, child_of, family, name_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DIGITS = "〇一二三四五六七八九"
# Formats of Word's w:numFmt (ECMA-376, 17.18.59) that count in Chinese numerals.
COUNTING = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting",
    "ideographDigital", "taiwaneseDigital", "koreanCounting",
}  # fmt: skip
LEGAL = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"  # heavenly stems, earthly branches
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def render(number: int, form: str) -> str:
    """A number as Word writes it in the format `form`; empty for a bullet."""
    if form in ("bullet", "none"):
        return ""
    if form in COUNTING | LEGAL and 0 < number < 100:
        return _counted(number, "零壹貳參肆伍陸柒捌玖" if form in LEGAL else DIGITS, "拾" if form in LEGAL else "十")
    for names in {"ideographTraditional": [STEMS], "ideographZodiac": [BRANCHES]}.get(form, []):
        if number <= len(names):
            return names[number - 1]
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letters = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters[:50] if form == "upperLetter" else letters[:50].lower()
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _counted(number: int, digits: str, ten: str) -> str:
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + (ten if tens else "") + (digits[ones] if ones else "")


def _roman(number: int) -> str:
    written = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


class Numbering:
    """Counts the numbered paragraphs of a document as they come."""

    def __init__(self, numbering: "Element | None", styles: "Element | None") -> None:
        self._levels: dict[str, dict[int, dict[str, str]]] = {}  # numId → level → start, form, text
        self._abstract: dict[str, str] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            self._read_styles(styles)

    def marker(self, paragraph: "Element") -> str:
        """What Word writes before a paragraph: 一、 or (1); empty where it is not numbered."""
        number_id, level = self._place(paragraph)
        levels = self._levels.get(number_id, {})
        if level not in levels:
            return ""
        counts = self._counts[self._abstract[number_id]]
        counts[level] = counts.get(level, int(levels[level]["start"]) - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level]["form"] in ("bullet", "none"):
            return ""
        written = re.sub(r"%([1-9])", lambda m: self._written(levels, counts, int(m[1]) - 1), levels[level]["text"][:50])
        return written + ("" if not written or written[-1] in "、．。，)）】〕" else " ")

    def _written(self, levels: dict[int, dict[str, str]], counts: dict[int, int], level: int) -> str:
        if level not in levels:
            return ""
        return render(counts.get(level, int(levels[level]["start"])), levels[level]["form"])

    def _place(self, paragraph: "Element") -> tuple[str, int]:
        """numId and level of a paragraph, its own or its style's."""
        properties = child_of(paragraph, "pPr")
        if properties is None:
            return "", 0
        style = value_of(properties, "pStyle")
        of_style = self._of_style.get(style, ("", 0))
        own = child_of(properties, "numPr")
        if own is None:
            return of_style
        return value_of(own, "numId") or of_style[0], _integer(value_of(own, "ilvl"), of_style[1])

    def _read(self, numbering: "Element") -> None:
        abstract = {attribute(node, "abstractNumId"): node for node in numbering if name_of(node) == "abstractNum"}
        for node in numbering:
            if name_of(node) != "num":
                continue
            number_id, of = attribute(node, "numId"), value_of(node, "abstractNumId")
            if of in abstract and number_id:
                # Two lists of the same kind count on unless one of them says where it starts anew.
                restarts = any(name_of(child) == "lvlOverride" for child in node)
                self._abstract[number_id] = f"{of}/{number_id}" if restarts else of or ""
                self._levels[number_id] = dict(_level(each) for each in abstract[of] if name_of(each) == "lvl")
                self._override(number_id, [child for child in node if name_of(child) == "lvlOverride"])

    def _override(self, number_id: str, overrides: "list[Element]") -> None:
        """What one list says otherwise than its kind: another first number, or another look."""
        levels = self._levels[number_id]
        for each in overrides:
            if (own := child_of(each, "lvl")) is not None:
                levels.update([_level(own)])
            level = _integer(attribute(each, "ilvl"), 0)
            if level in levels and (start := value_of(each, "startOverride")):
                levels[level] = {**levels[level], "start": str(_integer(start, 1))}

    def _read_styles(self, styles: "Element") -> None:
        """Numbering that comes with a style, its own or that of the style it is based on."""
        known = {attribute(node, "styleId") or "": node for node in styles if name_of(node) == "style"}
        for name in known:
            for style in family(name, known):
                own = child_of(child_of(style, "pPr"), "numPr")
                if number_id := value_of(own, "numId"):
                    self._of_style[name] = number_id, _integer(value_of(own, "ilvl"), 0)
                    break


def _level(node: "Element") -> tuple[int, dict[str, str]]:
    told = {
        "start": value_of(node, "start") or "1",
        "form": value_of(node, "numFmt") or "decimal",
        "text": value_of(node, "lvlText") or "",
    }
    told["start"] = str(_integer(told["start"], 1))
    return _integer(attribute(node, "ilvl"), 0), told


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else otherwise
