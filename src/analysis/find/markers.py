"""The ways a speech numbers its parts: 一、 (一) 1. (1) 第一章 第X條 一是 第一, ① 其一 ——.

>>> marker("(二)夯實基層").number
2

It reads markers; whether a marker opens a heading or an item is decided in `outline`.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find.numerals import parse
from analysis.read.codes import Offsets, looked_up, marked
from analysis.read.speech import BLANKS

NUMERAL = "[〇零一二三四五六七八九十百千]"
# Round, square, curly and vertical brackets, half and full width.
OPEN, CLOSE = "[(（\\[［【〔﹙︵〈]", "[)）\\]］】〕﹚︶〉]"


class Marker(NamedTuple):
    """A numbering at the start of a paragraph: its style, its integer, how long it is."""

    style: str
    number: int
    length: int


NO_MARKER = Marker("", 0, 0)


# Each pattern has one group, the numeral. Outer styles first: a heading belongs to the nearest earlier heading of an outer style.
HEADING_STYLES = {
    **{"#" * depth: re.compile(rf"{'#' * depth}[ \t]+()(?=\S)") for depth in range(1, 7)},  # Markdown
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
    "①": re.compile("[\u2460-\u2473\u2776-\u277f]()"),
    "——": re.compile(r"[—─-]{2,}()(?=[^\s—─-])"),
}
# Headings when they open a line, items when they count through a paragraph: …三条:(1)…;(2)…;(3)…
INLINE_STYLES = {style: pattern for style, pattern in ITEM_STYLES.items() if style not in ("条", "——", "第一个")}
INLINE_STYLES |= {style: HEADING_STYLES[style] for style in ("(一)", "(1)")}
# Styles by number, outer ones first; none comes last.
CODES = {style: code for code, style in enumerate((*HEADING_STYLES, *ITEM_STYLES, NO_MARKER.style))}
_ORDER_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4}

# What a style can begin with, so that the patterns are tried only there.
_BRACKETS = OPEN.replace("\\", "")[1:-1]
_FIRST = {
    **dict.fromkeys(("一、", "一是", "一要", "一靠"), NUMERAL[1:-1]),
    **dict.fromkeys(("编", "章", "节", "条", "第一,", "第一个"), "第"),
    "(一)": _BRACKETS + "".join(map(chr, range(0x3220, 0x322A))),
    "1.": "0123456789",
    "(1)": _BRACKETS + "".join(map(chr, range(0x2474, 0x2488))),
    "首先": "首其再最",
    "其一": "其",
    "①": "".join(map(chr, (*range(0x2460, 0x2474), *range(0x2776, 0x2780)))),
    "——": "—─-",
}
# What may stand before an item inside a paragraph.
BEFORE_ITEM = "。！？!?；;：:，,”’」』)）…"
_MARKS = frozenset(BEFORE_ITEM)
MOST_BLANKS = 8  # between that and the item
# What a character may be to an item: one that it begins with, a mark or a blank that stands before it, or ①.
_BEGINS, _BEFORE, _CIRCLED = 1, 2, 4
# 其一 (the first of them) and 其次 (next) are items; 其他 (other) and 其中 (of which) are what nearly always stands there.
_IDLE = re.compile("其[^一二三四五六七八九十次]")


def _by_first(styles: Mapping[str, re.Pattern[str]]) -> dict[str, re.Pattern[str]]:
    """First character → one pattern of the styles that can begin with it, each in a group of its name."""
    table: dict[str, list[str]] = {}
    for style, pattern in styles.items():
        for character in _FIRST.get(style, "#"):
            table.setdefault(character, []).append(f"(?P<{_GROUPS[style]}>{pattern.pattern})")
    return {character: re.compile("|".join(patterns)) for character, patterns in table.items()}


_GROUPS = {style: f"s{place}" for place, style in enumerate(HEADING_STYLES | ITEM_STYLES)}
_STYLES = {group: style for style, group in _GROUPS.items()}
# Articles first, of which a law has hundreds: what stands behind the number tells them from the others with 第.
_LINE = _by_first({"条": ITEM_STYLES["条"], **HEADING_STYLES, **ITEM_STYLES})
_INLINE = {
    character: [(style, INLINE_STYLES[style]) for style in INLINE_STYLES if character in _FIRST[style]]
    for character in "".join(_FIRST[style] for style in INLINE_STYLES)
}


def marker(text: str, start: int = 0, end: int = sys.maxsize) -> Marker:
    """The numbering a line of a Simplified text begins with, if any; headings come before items."""
    pattern = _LINE.get(text[start])
    match = pattern.match(text, start, end) if pattern else None
    return _marker(_STYLES[match.lastgroup or ""], *match.group(0, (match.lastindex or 0) + 1)) if match else NO_MARKER


def coded(styles: Iterable[str]) -> npt.NDArray[np.bool_]:
    """A table by code: whether it is that of one of some styles."""
    table = np.zeros(len(CODES), dtype=np.bool_)
    table[list(map(CODES.__getitem__, styles))] = True
    return table


def inline_places(shadow: str, starts: Offsets) -> list[int]:
    """Where an item may begin inside a paragraph, all of which begin at `starts`: behind a mark that ends a clause, and at ①."""
    signs = looked_up(shadow, _signs())
    signs[starts] &= _BEFORE
    begins, before = signs[1:] & _BEGINS != 0, signs[:-1] & _BEFORE != 0
    places = ((begins & before).nonzero()[0] + 1).tolist()
    circled = (signs & _CIRCLED).nonzero()[0].tolist()
    return sorted([*(place for place in places if _after_mark(shadow, place)), *circled])


def _after_mark(shadow: str, place: int) -> bool:
    """Whether a mark stands before a place, perhaps with blanks between, and more than 其他 (other) behind it."""
    left = shadow[max(0, place - MOST_BLANKS - 1) : place].rstrip()
    return left[-1:] in _MARKS and not _IDLE.match(shadow, place)


@cache
def _signs() -> npt.NDArray[np.uint8]:
    begins = "".join(_FIRST[style] for style in INLINE_STYLES if style != "①")
    return marked((_BEGINS, begins), (_BEFORE, BEFORE_ITEM + BLANKS), (_CIRCLED, _FIRST["①"]))


def inline_markers(shadow: str, place: int, end: int) -> list[Marker]:
    """The numberings that stand at `place` inside a paragraph that ends at `end`, each in another style."""
    tried = [(style, pattern.match(shadow, place, end)) for style, pattern in _INLINE.get(shadow[place], ())]
    return [_marker(style, *match.group(0, 1)) for style, match in tried if match]


@lru_cache(maxsize=1000)
def integer(numeral: str) -> int:
    """Integer of a plain numeral: 十二 → 12, 二〇 → 20, 12 → 12.

    >>> [integer(n) for n in ("十", "二十一", "一百零三", "12", "二〇")]
    [10, 21, 103, 12, 20]
    """
    return int(parse(numeral) or 0)


@lru_cache(maxsize=4096)
def _marker(style: str, written: str, told: str | None) -> Marker:
    """The marker of a style as it is written, with its numeral where it has one."""
    number = (_ORDER_WORDS.get(told) or integer(told)) if told else int(unicodedata.numeric(written[0], 0))
    return Marker(style, number, len(written))
