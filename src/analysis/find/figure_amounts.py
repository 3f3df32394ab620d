"""An amount at a place of a text: number and unit, fraction, tenths, money with small change; before ranges and bounds.

>>> from analysis.read.lexicons import load
>>> quantity(Text("百分之十二点五", words(load())), 0)
Candidate(start=0, end=7, kind='percent', low='12.5', high='', unit=(0, 3), bound='exact')
"""

import re
from decimal import Decimal
from typing import NamedTuple

from analysis.find.figure_numbers import Number, number_at
from analysis.find.figure_patterns import lazily
from analysis.find.figure_words import NUMERAL_CHARACTERS, Words, unit_at
from analysis.find.figure_words import words as words
from analysis.find.numerals import EXACT, VULGAR, parse, plain, quotient, times

_OF = lazily(r"[ ]*分[ ]*之[ ]*")
_CHAIN = lazily(rf"[0-9{NUMERAL_CHARACTERS}分之 ]*")
_FRACTION_BEGINS = ("分", "又", "")
_AND = lazily(r"[ ]*又[ ]*")
_SLASH = lazily(r"(?P<whole>\d+ )?(?P<top>[1-9]\d{0,3})[/／](?P<bottom>[1-9]\d{0,3})(?![\d/年月.])")
# 02/04/2009: which is the month is not told.
_SLASHES = lazily(r"\d{1,4}(?:/\d{1,4}){2,9}(?!\d)")
_VULGAR = lazily(r"(?P<whole>\d{1,9}[ ]?)?(?P<sign>[" + "".join(VULGAR) + "])")
_PER_CENT = lazily(r" ?([%‰])")
_POINTS = lazily(r"[ ]*个?[ ]*(百[ ]*分[ ]*点|基点|千分点)")
_SHARE_BEGINS = " %‰个百基千成折"
_TENTHS = lazily(r"[ ]*([成折])(?:[ ]?([一二三四五六七八九半]))?(?![立员分套熟都绩果功为本了长品人材交名效就])")
SIGN = lazily(r"(?:负|[-−](?=[\d.])|零下)[ ]?")
_HALF_UNIT = lazily(r"半(?![径数])")
MORE = lazily(r"多(?![次种个年方项层元样月国边数名家人重少于])|余(?![额地下项])|[来]?许(?![多可])")
_PARTS = {"角": "0.1", "毛": "0.1", "分": "0.01", "美分": "0.01"}
_SUB_UNIT = lazily(r"[ 零又]*(\d|[一二三四五六七八九两])(角|毛|分|美分|毫|日本[钱銭])?(?:[零]?(\d|[一二三四五六七八九])(分)?)?")
# 一米八, 五块六, 三块零四: the next place told without its unit; the share it has without and with 零.
_TENTH_UNITS = {"米": ("0.1", "0.01"), "块": ("0.1", "0.01"), "蚊": ("0.1", "0.01")}
_TENTH = lazily("(零)?([一二三四五六七八九])(?![^\\W的到至左以高长宽])")
# 7.9级地震, 12级大风: a strength, not a rank.
_FORCE = lazily("(?:以上)?(?:强?地震|大风|台风|强风|余震|阵风)")
# 三个半小时 is three and a half hours.
_AND_A_HALF = lazily("个半(?:小时|钟头|世纪|星期|学期|月)")
_GREAT_WAR = lazily("(?:世界)?大战")
# 一半 of a unit that can be halved.
HALVED = ("duration", "measure", "multiple", "money")


class Text(NamedTuple):
    """A shadow and what is known of words."""

    shadow: str
    known: Words


class Candidate(NamedTuple):
    """A figure as read: offsets, kind, values as text, the place of its unit, its bound."""

    start: int
    end: int
    kind: str
    low: str
    high: str
    unit: tuple[int, int]
    bound: str


class Unread(NamedTuple):
    """A numeral that makes no number."""

    start: int
    end: int
    reason: str


def quantity(text: Text, start: int) -> Candidate | Unread | None:
    """Number and unit, before ranges and bounds."""
    shadow = text.shadow
    if not shadow[start : start + 1] > "〇":  # what only begins with 0 to 9, or is one character like ½
        if slashes := _SLASHES.match(shadow, start):
            return Unread(start, slashes.end(), "numbers between slashes that make no date")
        if (slash := _SLASH.match(shadow, start)) and (fraction := _slash_fraction(slash)):
            return fraction
        if vulgar := _VULGAR.match(shadow, start):
            return _vulgar(text, vulgar)
    number = number_at(shadow, start)
    if number is None:
        return None
    if number.form == "unread":
        return Unread(number.start, number.end, "not a numeral: its digits and units do not fit together")
    after = shadow[number.end : number.end + 2].lstrip(" ")[:1]
    return (after in _FRACTION_BEGINS and _fraction(text, number)) or _with_unit(text, number)


def _slash_fraction(match: re.Match[str]) -> Candidate | None:
    top, bottom = int(match["top"]), int(match["bottom"])
    if not bottom or (top >= bottom and not match["whole"]):
        return None
    value = EXACT.add(Decimal((match["whole"] or "0").strip()), quotient(Decimal(top), Decimal(bottom)))
    return Candidate(match.start(), match.end(), "fraction", plain(value), "", (match.end(), match.end()), "exact")


def _vulgar(text: Text, match: re.Match[str]) -> Candidate:
    """½, 1½小时."""
    top, bottom = VULGAR[match["sign"]]
    value = EXACT.add(Decimal((match["whole"] or "0").strip()), quotient(Decimal(top), Decimal(bottom)))
    one = _with_unit(text, Number(match.start(), match.end(), value, None, "exact", value, "arabic"))
    return one._replace(kind="fraction") if one.kind == "count" and one.unit[0] == one.unit[1] else one


def _fraction(text: Text, number: Number) -> Candidate | Unread | None:
    """百分之十二点五, 三分之一, 三又五分之一."""
    shadow = text.shadow
    whole = Decimal(0)
    bottom: Number | None = number
    if joint := _AND.match(shadow, number.end):
        bottom = number_at(shadow, joint.end())
        whole = number.low or Decimal(0)
    if bottom is None or not bottom.low or not (of := _OF.match(shadow, bottom.end)):
        return None
    sign = SIGN.match(shadow, of.end())
    top = number_at(shadow, sign.end() if sign else of.end())
    if top is None or top.low is None:
        return None
    if _OF.match(shadow, top.end):
        return Unread(number.start, _CHAIN.match(shadow, top.end).end(), "a chain of 分之")  # type: ignore[union-attr]
    lows = [-value if sign else value for value in (top.low, top.high) if value is not None]
    if bottom.low == 100 and not joint and shadow[bottom.start] in "百佰":
        values = [plain(value) for value in lows]
        return Candidate(
            number.start, top.end, "percent", values[0], values[1] if len(values) > 1 else "", (number.start, of.end()), top.bound
        )
    values = [plain(EXACT.add(whole, quotient(value, bottom.low))) for value in lows]
    return Candidate(
        number.start, top.end, "fraction", values[0], values[1] if len(values) > 1 else "", (top.end, top.end), top.bound
    )


def _with_unit(text: Text, number: Number) -> Candidate:
    shadow, end = text.shadow, number.end
    low, high = number.low, number.high
    if shadow[end : end + 1] in _SHARE_BEGINS:
        if match := _PER_CENT.match(shadow, end) or _POINTS.match(shadow, end):
            return _candidate(number, match.end(), "percent", match.span(1))
        if (tenths := _TENTHS.match(shadow, end)) and (low is None or low <= 10 or tenths[1] == "折"):
            return _tenths(number, tenths)
    place = end + 1 if shadow[end : end + 1] == " " else end
    found, first = unit_at(text.known, shadow, place), shadow[place : place + 1]
    if place > end and number.form not in ("arabic", "mixed") and found and found[1] not in HALVED:
        place, found, first = end, None, ""
    if first == "个" and (half := _AND_A_HALF.match(shadow, place)):
        found = (half.group(), "duration")
    if first == "号" and number.form != "digits":
        found = ("号", "ordinal")
    if not found:
        return _candidate(number, end, "count", (end, end))
    unit, kind = found
    if shadow[place + len(unit) : place + len(unit) + 1] == "/" and (per := _per(text, place + len(unit))):
        unit, kind = shadow[place:per], "measure" if kind != "money" else kind
    if unit == "级" and ((low is not None and low != int(low)) or _FORCE.match(shadow, place + 1)):
        kind = "measure"
    if (unit == "次" and _GREAT_WAR.match(shadow, place + 1)) or (unit == "季度" and _is_quarter(shadow, number)):
        kind = "ordinal"
    if low is not None and unit.startswith("个半"):
        number = number._replace(low=EXACT.add(low, Decimal("0.5")))
    if kind == "duration" and ("多" in unit[1:] or "余" in unit[1:]):
        number = number._replace(bound="over")
    one = _candidate(number, place + len(unit), kind, (place, place + len(unit)))
    if unit in _TENTH_UNITS and high is None and low is not None and (told := _TENTH.match(shadow, one.end)):
        tenth = Decimal(_TENTH_UNITS[unit][bool(told[1])])
        low = EXACT.add(low, times(tenth, parse(told[2]) or 0))
        one = one._replace(end=told.end(), low=plain(low), kind="money" if kind == "count" else kind)
    elif kind == "money" and high is None and low is not None:
        one = _with_small_change(shadow, one, unit)
    if kind in HALVED and low is not None and (half := _HALF_UNIT.match(shadow, one.end)):
        one = one._replace(end=half.end(), low=plain(EXACT.add(low, Decimal("0.5"))))
    if kind in HALVED and number.bound == "exact" and (more := MORE.match(shadow, one.end)):
        one = one._replace(end=more.end(), bound="over")
    return one


def _is_quarter(shadow: str, number: Number) -> bool:
    """二季度 is the second quarter of a year, 两季度 and 前三季度 are several."""
    return shadow[number.start] in "一二三四" and shadow[max(0, number.start - 1) : number.start] not in tuple("前后近这每头")


def _per(text: Text, end: int) -> int | None:
    """Where 克/千克 ends, a unit per another one; `end` is where the stroke stands."""
    other = unit_at(text.known, text.shadow, end + 1)
    return end + 1 + len(other[0]) if other else None


def _candidate(number: Number, end: int, kind: str, unit: tuple[int, int]) -> Candidate:
    low = "" if number.low is None else plain(number.low)
    return Candidate(number.start, end, kind, low, "" if number.high is None else plain(number.high), unit, number.bound)


def _tenths(number: Number, match: re.Match[str]) -> Candidate:
    """七成, 三成半, 七成六, 六五折 → a fraction."""
    told = match[2] or ""
    extra = Decimal("0.05") if told == "半" else times(parse(told) or Decimal(0), 1) / 100 if told else Decimal(0)

    def share(value: Decimal | None) -> str:
        if value is None:
            return ""
        tenths = value / 100 if match[1] == "折" and value > 10 and value == int(value) else value / 10
        return plain(EXACT.add(tenths, extra))

    return Candidate(number.start, match.end(), "fraction", share(number.low), share(number.high), match.span(1), number.bound)


def _with_small_change(shadow: str, one: Candidate, unit: str) -> Candidate:
    """五元三角八分 → 5.38 in the main unit."""
    match = _SUB_UNIT.match(shadow, one.end)
    if not match or not match[2] or unit in _PARTS:
        return one
    change = times(Decimal(_PARTS.get(match[2], "0.1" if match[2] == "毫" else "0.01")), parse(match[1]) or 0)
    end = match.end(2)
    if match[4]:
        change, end = EXACT.add(change, times(Decimal("0.01"), parse(match[3]) or 0)), match.end(4)
    return one._replace(end=end, low=plain(EXACT.add(Decimal(one.low), change)))
