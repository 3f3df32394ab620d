"""The ways a speech numbers its parts: 一、 (一) 1. (1) 第一章 第X條 一是 第一, ① 其一 ——.

>>> heading_marker("(二)夯實基層").number
2

It reads markers; whether a marker opens a heading or an item is decided in `outline`.
"""

import re
import unicodedata
from typing import NamedTuple

from analysis.find.numerals import parse

NUMERAL = "[〇零一二三四五六七八九十百千]"
# Round, square, curly and vertical brackets, half and full width.
OPEN, CLOSE = "[(（\\[［【〔﹙︵〈]", "[)）\\]］】〕﹚︶〉]"


class Marker(NamedTuple):
    """A numbering at the start of a paragraph: its style, its integer, how long it is."""

    style: str
    number: int
    length: int


# Outer styles first: a heading belongs to the nearest earlier heading of an outer style.
HEADING_STYLES = {
    **{"#" * depth: re.compile(rf"{'#' * depth}[ \t]+(?=\S)") for depth in range(1, 7)},  # Markdown
    "编": re.compile(rf"第\s*({NUMERAL}+|\d+)\s*[编編篇](?![是])"),
    "章": re.compile(rf"第\s*({NUMERAL}+|\d+)\s*章"),
    "节": re.compile(rf"第\s*({NUMERAL}+|\d+)\s*[节節](?![课目日])"),
    "一、": re.compile(rf"({NUMERAL}{{1,3}})\s*[、.．](?!\s*{NUMERAL}{{1,3}}\s*[、.．]|[一二三四五六七八九]线)"),
    "(一)": re.compile(rf"{OPEN}\s*({NUMERAL}{{1,3}})\s*{CLOSE}\s*[、.]?|[\u3220-\u3229]"),
    "1.": re.compile(r"(\d{1,2})\s*(?:[.．](?!\d)|、|[)）](?!\d))"),
    "(1)": re.compile(rf"{OPEN}\s*(\d{{1,2}})\s*{CLOSE}|[\u2474-\u2487]"),
}

# Items of a list: at the start of a paragraph or inside one, after a mark that ends a clause.
ITEM_STYLES = {
    "条": re.compile(rf"第\s*({NUMERAL}+|\d+)\s*条(?:之{NUMERAL}+)?(?=[\s:：、,，]|$)"),
    "一是": re.compile(rf"([一二三四五六七八九十]{{1,3}})(?:个)?是(?!{NUMERAL})"),
    "一要": re.compile(rf"([一二三四五六七八九十]{{1,3}})要(?!{NUMERAL})"),
    "一靠": re.compile(rf"([一二三四五六七八九十]{{1,3}})(?:靠|抓|看|则)(?!{NUMERAL})"),
    "第一,": re.compile(rf"第({NUMERAL}{{1,3}})\s*(?=[,，、:：])[,，、:：]"),
    "首先": re.compile(r"(首先|其次|再次|再者|最后)(?=[,，:：、]|是|要|就是)"),
    "第一个": re.compile(rf"第({NUMERAL}{{1,2}})(?:个|项|点|方面|大)[^，,。:：；;、]{{0,8}}(?=[，,:：是])"),
    "其一": re.compile(r"其([一二三四五六七八九十]{1,2})\s*(?=[,，:：是])"),
    "①": re.compile("[\u2460-\u2473\u2776-\u277f]"),
    "——": re.compile(r"(?:——|──|—-|--)(?=\S)"),
}
# Headings when they open a line, items when they count through a paragraph: …三条:(1)…;(2)…;(3)…
INLINE_STYLES = ITEM_STYLES | {style: HEADING_STYLES[style] for style in ("(一)", "(1)")}
_ORDER_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4}


def heading_marker(line: str) -> Marker | None:
    """The numbering a Simplified `line` begins with, if it is one of a heading."""
    return _first(HEADING_STYLES, line)


def item_marker(line: str) -> Marker | None:
    """The numbering a Simplified `line` begins with, if it is one of an item."""
    return _first(ITEM_STYLES, line)


def inline_marker(style: str, match: re.Match[str]) -> Marker:
    """The numbering that one of INLINE_STYLES matched inside a paragraph."""
    return Marker(style, _number(style, match), match.end() - match.start())


def integer(numeral: str) -> int:
    """Integer of a plain numeral: 十二 → 12, 二〇 → 20, 12 → 12.

    >>> [integer(n) for n in ("十", "二十一", "一百零三", "12", "二〇")]
    [10, 21, 103, 12, 20]
    """
    return int(parse(numeral) or 0)


def _first(styles: dict[str, re.Pattern[str]], line: str) -> Marker | None:
    for style, pattern in styles.items():
        if match := pattern.match(line):
            return Marker(style, _number(style, match), match.end())
    return None


def _number(style: str, match: re.Match[str]) -> int:
    told = match.group(match.lastindex) if match.lastindex else ""
    if told in _ORDER_WORDS:
        return _ORDER_WORDS[told]
    if told:
        return integer(told)
    return int(unicodedata.numeric(match.group()[0], 0))
