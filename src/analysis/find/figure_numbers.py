"""The number at a place of a text, before its unit is known: 4950多万, 三四百, 十几亿, 数百万, 308 000, 一千五百零几万.

>>> number_at("4950多万元", 0)
Number(start=0, end=6, low=Decimal('49500000'), high=None, bound='over', bare=Decimal('4950'), form='mixed')

`low` is None where the number is indefinite (几千). What is counted, and whether it is a figure at all, is found elsewhere.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from analysis.find.figure_patterns import lazily
from analysis.find.figure_words import NUMERAL_CHARACTERS
from analysis.find.numerals import DIGITS, LARGE, SMALL, parse, times

_N = f"0-9{NUMERAL_CHARACTERS}"
_UNITS = "十百千拾佰仟万亿兆"
# Longer than any numeral; what goes on after it is noise and is read over in one go.
LONGEST_RUN = 100
_RUN = lazily(
    rf"(?:[{_N}]|(?<=[{_N}])(?:[.点][ ]?|[ ]点[ ]?)(?=[{_N}])|(?<=\d),(?=\d)|(?<=[{_N}])[ \u3000]{{1,4}}(?=[{_N}])){{1,{LONGEST_RUN}}}"
)
_NOISE = lazily(rf"[{_N}.,点 ]*")
_SEPARATOR = lazily("[ \u3000.,点]+")
# 1,2,3,4 is a list or noise; a chain of more separators than this is not taken apart.
MOST_SEPARATORS = 6
_POWER = lazily(r"\d+(?:\.\d+)?(?:[eE][+-]?\d{1,4}|\^[+-]?\d{1,3})(?![A-Za-z0-9])")
# 6G is a generation of networks.
_SUFFIXED = lazily(r"(?!\dG)\d{0,12}\.?\d{1,12} ?[kKMGw](?![A-Za-z0-9²³])")
# 7 4 7 7 2 亿元, 1 1 ％: digits set apart by a converter.
_SPACED = lazily(r"(?:\d(?: \d)+(?: ?\. ?\d(?: \d)*)?|\d{1,3} \. ?\d(?: \d)*)(?![ ]?\d)(?: ?([万亿]{1,2}))?")
_POINT_FIRST = lazily(r"\.\d+(?![\d.])")
# 2.1.3: a version or an address, no number.
_CHAIN_OF_POINTS = lazily(r"\d{1,9}(?:\.\d{1,9}){2,100}")
# 12千米: 千 belongs to the unit (GB 3100 prefixes).
_PREFIXED_UNIT = lazily("[千兆](?:米|克(?!拉)|瓦|伏|焦|卡|赫|字节|比特|帕)")
# 4950多万, 十余亿, 二十几万; and 十多, 三百余 before a unit.
_MORE_AND_SCALE = lazily(rf" ?(多|余|来|几|数)(?: ?([{_UNITS}]+))? ?")
_MORE_BEGINS = " 多余来几数"
_MORE_BOUND = {"多": "over", "余": "over", "来": "about", "几": "over", "数": "over"}
_INDEFINITE = lazily(rf"(?:好几|几|数)[{_UNITS}]+")
_INDEFINITE_BEGINS = "好几数"
# A run without blanks, points, commas or letters in it or after it, and no 五、 of 五、六千: most numbers, read at once.
_PLAIN = lazily(rf"[{_N}]{{1,40}}(?![ \u3000]{{0,4}}[{_N}.,点A-Za-z])(?!\^|(?<=[一二三四五六七八])、)")
# The last character of a run that may be the unit's: 12千米, 九两.
_MAY_BE_UNIT = "千兆两"
_SYSTEMATIC = "".join([*SMALL, *LARGE])
_NEIGHBOURS = lazily(rf"([^一二两三四五六七八九]*|.*[十百千万亿零])([一二两三四五六七八九])([二两三四五六七八九])([{_UNITS}]*)")
_LARGE = re.compile("[万亿兆]")
# 亿元以上, 突破千列: one of the scale; a figure only beside a word like 以上.
_BARE_SCALE = lazily("[百千]?[万亿兆][万亿]?|[百千]")
_PAIR_WITH_MARK = lazily(rf"([一二三四五六七八])、([二三四五六七八九])(?=[{_UNITS}]|[倍年天次名岁斤元季]|[个种](?!人))")


class Number(NamedTuple):
    """A number as read; `bare` is what stands before its first 万 or 亿 (4 of 四亿五千万), for ranges like 三到四亿五千万."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    bound: str
    bare: Decimal | None
    form: str  # arabic, mixed, chinese (counted: 十二), digits (strung together: 一二), indefinite, scale, unread


def number_at(shadow: str, start: int) -> Number | None:
    """The number that begins at `start`; its form is `unread` where a numeral stands there that makes no number."""
    first = shadow[start : start + 1]
    if first in _INDEFINITE_BEGINS and (indefinite := _INDEFINITE.match(shadow, start)):
        return Number(start, indefinite.end(), None, None, "exact", None, "indefinite")
    if plain_run := _PLAIN.match(shadow, start):
        digits = plain_run[0]
        if digits[-1] in _MAY_BE_UNIT:
            digits = _without_unit(digits, shadow, plain_run.end())
        return _with_more(shadow, _placed(start, _read_run(digits)))
    if first.isdecimal() or first == ".":
        if (spaced := _SPACED.match(shadow, start)) and spaced.end() - start < LONGEST_RUN:
            together = _read(spaced.group().replace(" ", ""))
            return _with_more(shadow, together._replace(start=start, end=spaced.end()))  # type: ignore[union-attr]
        for pattern in (_POWER, _SUFFIXED, _POINT_FIRST):
            if match := pattern.match(shadow, start):
                value = parse(match.group())
                return Number(start, match.end(), value, None, "exact", value, "arabic" if value is not None else "unread")
        if chain := _CHAIN_OF_POINTS.match(shadow, start):
            return _unread(start, chain.end())
    elif (pair := _PAIR_WITH_MARK.match(shadow, start)) and DIGITS[pair[2]] == DIGITS[pair[1]] + 1:
        return _range_in_words(shadow, pair)
    run = _RUN.match(shadow, start)
    if not run:
        return None
    if run.end() - start >= LONGEST_RUN - 1:
        end = _NOISE.match(shadow, run.end()).end()  # type: ignore[union-attr]
        return _unread(start, max(end, run.end()))
    return _with_more(shadow, _placed(start, _read_run(_without_unit(run.group(), shadow, run.end()))))


def _placed(start: int, number: Number) -> Number:
    """A number read by itself, at its place in the text."""
    _, length, low, high, bound, bare, form = number
    return Number(start, start + length, low, high, bound, bare, form)


def _unread(start: int, end: int) -> Number:
    return Number(start, end, None, None, "exact", None, "unread")


def _without_unit(run: str, shadow: str, end: int) -> str:
    """A run of numeral characters without the last one where that is part of a unit.

    千 of 12千米; 两 at the end of a numeral is the weight (九两), unless it begins another number (一两个) or stands alone.
    """
    if len(run) > 1 and run[-1] in "千兆" and _PREFIXED_UNIT.match(shadow, end - 1):
        return run[:-1]
    if len(run) < 2 or run[-1] != "两":
        return run
    return run if run[-2] in "一三" and shadow[end : end + 1] not in ("", "半", "重", "白", "银") and len(run) == 2 else run[:-1]


@lru_cache(maxsize=1 << 14)
def _read_run(run: str) -> Number:
    """The longest reading of a run of numeral characters that begins where it begins."""
    cuts = [len(run), *[match.start() for match in _SEPARATOR.finditer(run)][::-1]]
    if run.count(",") > 2 and parse(run) is None and len(cuts) > MOST_SEPARATORS:
        return _unread(0, len(run))
    for end in cuts:
        if number := _read(run[:end]):
            return number
    return _unread(0, cuts[-1])


def _read(text: str) -> Number | None:
    if text.isdecimal():
        whole = Decimal(text)
        return Number(0, len(text), whole, None, "exact", whole, "arabic")
    if low_high := _neighbours(text):
        low, high = low_high
        return Number(0, len(text), low, high, "exact", low, "chinese")
    if not _joins(text):
        return None
    if _BARE_SCALE.fullmatch(text):
        return Number(0, len(text), parse("一" + text), None, "exact", None, "scale")
    value = parse(text)
    if value is None:
        return None
    head = _LARGE.split(text, maxsplit=1)[0]
    return Number(0, len(text), value, None, "exact", value if head == text else parse(head), _form(text))


def _joins(text: str) -> bool:
    """Blanks join a numeral only in 308 000 and between counted parts (三千 八百); a comma only before three digits."""
    if " " not in text and "\u3000" not in text:
        return True
    if re.fullmatch(r"\d{1,3}( \d{3})+", text):
        return True
    return not re.search(r"\d[ \u3000]+\d|[.点]\d+[ \u3000]|[万亿兆百千][ \u3000]+\d+[万亿]", text) and any(
        c in _SYSTEMATIC or c == "点" for c in text
    )


def _form(text: str) -> str:
    if text[-1].isascii() and all(c.isascii() for c in text):
        return "arabic"
    if any(c.isdecimal() and c.isascii() for c in text):
        return "mixed"
    return "chinese" if any(c in _SYSTEMATIC or c in "廿卅卌点" for c in text) else "digits"


def _neighbours(text: str) -> tuple[Decimal, Decimal] | None:
    """两三, 三四百, 十七八, 七百三四十, 三五万: a range told by two digits side by side."""
    match = _NEIGHBOURS.fullmatch(text)
    if not match or "点" in text:
        return None
    before, first, last, after = match.groups()
    step = DIGITS[last] - DIGITS[first]
    if step != 1 and not (before + first + last == "三五" or (first + last == "三五" and after and not before)):
        return None
    if before and not (before[-1] in _UNITS or before[-1] == "零"):
        return None
    low, high = parse(before + first + after), parse(before + last + after)
    return (low, high) if low is not None and high is not None and low < high else None


def _range_in_words(shadow: str, pair: re.Match[str]) -> Number | None:
    """五、六千: five or six thousand."""
    rest = number_at(shadow, pair.end() - 1)
    if rest is None or rest.low is None or rest.high is not None:
        return None
    scale = shadow[pair.end() : rest.end]
    low = parse(pair[1] + scale)
    return rest if low is None else rest._replace(start=pair.start(), low=low, high=rest.low, bare=low)


def _with_more(shadow: str, number: Number) -> Number:
    """4950多万, 十多, 二十几: more than the number, told inside it."""
    if shadow[number.end : number.end + 1] not in _MORE_BEGINS or number.low is None or number.high is not None:
        return number
    match = _MORE_AND_SCALE.match(shadow, number.end)
    if not match:
        return number
    word, scale = match[1], match[2] or ""
    last = shadow[number.end - 1]
    if word in "来几数" and last not in _UNITS + "零0":
        return number
    if word in "数" and not scale:
        return number
    if word == "来" and not scale and last not in "十百千":
        return number
    factor = Decimal(1)
    for unit in scale:
        factor = times(factor, 10 ** (SMALL.get(unit) or LARGE[unit]))
    end = match.end(2) if scale else match.end(1)
    form = "mixed" if number.form == "arabic" and scale else number.form
    return number._replace(end=end, low=times(number.low, factor), bound=_MORE_BOUND[word], form=form)
