"""One figure at a place of a text: number, unit, range, kind and bound, put together.

>>> from analysis.read.lexicons import load
>>> figure_at(Text("约22万名困难职工", words(load())), 1)
Candidate(start=0, end=5, kind='count', low='220000', high='', unit=(4, 5), bound='about')

What it gives still may be no figure (an idiom, a list marker): `figures` decides that, and says what is measured.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from analysis.find import figure_bounds as bounds
from analysis.find.figure_dates import date_at
from analysis.find.figure_numbers import Number, number_at
from analysis.find.figure_words import NUMERAL_CHARACTERS, Words, unit_at
from analysis.find.figure_words import words as words
from analysis.find.numerals import EXACT, LARGE, parse, plain, quotient, times

TO = re.compile(r"[ ]?(?:至|到|—{1,2}|–{1,2}|-|~|～|─{1,2}|－|／|/)[ ]?(?:百分之)?")
_OF = re.compile(r"[ ]*分[ ]*之[ ]*")
_CHAIN = re.compile(rf"[0-9{NUMERAL_CHARACTERS}分之 ]*")
_AND = re.compile(r"[ ]*又[ ]*")
_SLASH = re.compile(r"(?P<whole>\d+ )?(?P<top>[1-9]\d{0,3})[/／](?P<bottom>[1-9]\d{0,3})(?![\d/年月.])")
# 02/04/2009: which is the month is not told.
_SLASHES = re.compile(r"\d{1,4}(?:/\d{1,4}){2,9}(?!\d)")
_PER_CENT = re.compile(r" ?([%‰])")
_POINTS = re.compile(r"[ ]*个?[ ]*(百[ ]*分[ ]*点|基点|千分点)")
_TENTHS = re.compile(r"[ ]*([成折])(?:[ ]?([一二三四五六七八九半]))?(?![立员分套熟都绩果功为本了长品人材交名效就])")
_SIGN = re.compile(r"(?:负|[-−](?=[\d.])|零下)[ ]?")
_HALF_UNIT = re.compile(r"半(?![径数])")
_MORE = re.compile(r"多(?![次种个年方项层元样月国边数名家人重少于])|余(?![额地下项])|[来]?许(?![多可])")
_CURRENCY_SIGN = re.compile(r"(?:US|HK|NT|A|C)?[$¥￥€£₩₽]|RMB|USD|NTD|人民币[ ]?|港币[ ]?|新台币[ ]?|台币[ ]?|美金[ ]?|欧元[ ]?")
_PARTS = {"角": "0.1", "毛": "0.1", "分": "0.01", "美分": "0.01"}
_SUB_UNIT = re.compile(
    r"[ 零又]*(\d|[一二三四五六七八九两])(角|毛|分|美分|毫|日本[钱銭])?(?:[零]?(\d|[一二三四五六七八九])(分)?)?"
)
_REDACTED = re.compile(r"\d{0,4}[xX×＊*]{2,4}\d{0,2}(?:[.,][xX×]+)?")
_ORDINAL = re.compile(r"第[ ]?")
_HALF = re.compile(r"(?:一半|半数)(?![径])")
_HALF_OF = re.compile(
    r"(?<![上下前后])半(?=(?:个?多?(?:年|月|小时|世纪|钟头|天|学期|星期|个月|分钟|里|斤|公里|成|亩|米|吨|个世纪|日)))个?"
)
# 7.9级地震, 12级大风: a strength, not a rank.
_FORCE = re.compile("(?:以上)?(?:强?地震|大风|台风|强风|余震|阵风)")
_GREAT_WAR = re.compile("(?:世界)?大战")
# 一半 of a unit that can be halved.
HALVED = ("duration", "measure", "multiple", "money")


class Text(NamedTuple):
    """A shadow and what is known of words; `republic`: it speaks of 民國."""

    shadow: str
    known: Words
    republic: bool = False


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


def figure_at(text: Text, start: int) -> Candidate | Unread | None:
    """The figure whose number begins at `start`, widened by what touches it; None where there is none."""
    shadow = text.shadow
    if redacted := _REDACTED.match(shadow, start):
        return _redacted(text, redacted)
    if date := date_at(shadow, start, republic=text.republic):
        return Candidate(date.start, date.end, "date", date.low, date.high, (date.end, date.end), "exact")
    if first := _ORDINAL.match(shadow, start):
        return _ordinal(text, start, first.end())
    if half := _HALF.match(shadow, start):
        return _bounded(shadow, Candidate(start, half.end(), "fraction", "0.5", "", (half.end(), half.end()), "exact"))
    if half := _HALF_OF.match(shadow, start):
        return _half_of(text, half)
    return _numeral(text, start)


def _numeral(text: Text, start: int) -> Candidate | Unread | None:
    sign = _SIGN.match(text.shadow, start)
    first = sign.end() if sign else start
    currency = _CURRENCY_SIGN.match(text.shadow, first)
    number_start = currency.end() if currency else first
    one = _quantity(text, number_start)
    if not isinstance(one, Candidate):
        return one
    whole = _range(text, one) or one
    if sign:
        whole = whole._replace(start=start, low=_negative(whole.low), high=_negative(whole.high))
    if currency:
        whole = _in_currency(whole, currency)
    return _bounded(text.shadow, whole)


def _negative(value: str) -> str:
    return plain(-Decimal(value)) if value else ""


def _in_currency(one: Candidate, sign: re.Match[str]) -> Candidate:
    """$100, 人民币50元: the sign is the unit where no other is told, and belongs to the figure only then."""
    if one.kind == "money":
        return one
    if one.kind != "count" or one.unit[0] < one.unit[1]:
        return one
    unit = (sign.start(), sign.start() + len(sign.group().rstrip()))
    return one._replace(start=sign.start(), kind="money", unit=unit)


def _quantity(text: Text, start: int) -> Candidate | Unread | None:
    """Number and unit, before ranges and bounds."""
    shadow = text.shadow
    if slashes := _SLASHES.match(shadow, start):
        return Unread(start, slashes.end(), "numbers between slashes that make no date")
    if (slash := _SLASH.match(shadow, start)) and (fraction := _slash_fraction(slash)):
        return fraction
    number = number_at(shadow, start)
    if number is None:
        return None
    if number.form == "unread":
        return Unread(number.start, number.end, "not a numeral: its digits and units do not fit together")
    return _fraction(text, number) or _with_unit(text, number)


def _slash_fraction(match: re.Match[str]) -> Candidate | None:
    top, bottom = int(match["top"]), int(match["bottom"])
    if not bottom or (top >= bottom and not match["whole"]):
        return None
    value = EXACT.add(Decimal((match["whole"] or "0").strip()), quotient(Decimal(top), Decimal(bottom)))
    return Candidate(match.start(), match.end(), "fraction", plain(value), "", (match.end(), match.end()), "exact")


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
    sign = _SIGN.match(shadow, of.end())
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
    if match := _PER_CENT.match(shadow, end) or _POINTS.match(shadow, end):
        return _candidate(number, match.end(), "percent", match.span(1))
    if (tenths := _TENTHS.match(shadow, end)) and (low is None or low <= 10 or tenths[1] == "折"):
        return _tenths(number, tenths)
    place = end + 1 if shadow[end : end + 1] == " " and number.form in ("arabic", "mixed") else end
    found = unit_at(text.known, shadow, place)
    if shadow[place : place + 1] == "号" and number.form != "digits":
        found = ("号", "ordinal")
    if not found:
        return _candidate(number, end, "count", (end, end))
    unit, kind = found
    if per := _per(text, place + len(unit)):
        unit, kind = shadow[place:per], "measure" if kind != "money" else kind
    if unit == "级" and ((low is not None and low != int(low)) or _FORCE.match(shadow, place + 1)):
        kind = "measure"
    if unit == "次" and _GREAT_WAR.match(shadow, place + 1):
        kind = "ordinal"
    one = _candidate(number, place + len(unit), kind, (place, place + len(unit)))
    if kind == "money" and high is None and low is not None:
        one = _with_small_change(shadow, one, unit)
    if kind in HALVED and low is not None and (half := _HALF_UNIT.match(shadow, one.end)):
        one = one._replace(end=half.end(), low=plain(EXACT.add(low, Decimal("0.5"))))
    if kind in HALVED and number.bound == "exact" and (more := _MORE.match(shadow, one.end)):
        one = one._replace(end=more.end(), bound="over")
    return one


def _per(text: Text, end: int) -> int | None:
    """Where 克/千克 ends, a unit per another one."""
    if text.shadow[end : end + 1] != "/":
        return None
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


def _range(text: Text, one: Candidate) -> Candidate | None:
    """10%至15%, 5—6亿, 30到40万人: the second number directly after the first."""
    shadow = text.shadow
    to = TO.match(shadow, one.end)
    if not to or one.high or not one.low or one.bound != "exact":
        return None
    two = _quantity(text, to.end())
    if not isinstance(two, Candidate) or not two.low or two.high:
        return None
    bare_first = one.unit[0] == one.unit[1]
    per_cent = to.group().endswith("百分之")
    if per_cent and one.kind != "percent":
        return None
    if one.kind == "percent" and two.kind == "count" and two.unit[0] == two.unit[1]:
        two = two._replace(kind="percent", unit=one.unit)
    elif bare_first and one.kind == "count":
        if "/" in to.group() or "／" in to.group():
            return None
    elif shadow[slice(*one.unit)] != shadow[slice(*two.unit)] and one.kind != two.kind:
        return None
    low = _with_scale_of(text, one, to.end(), Decimal(two.low)) if bare_first else Decimal(one.low)
    if low >= Decimal(two.low):
        return None
    return two._replace(start=one.start, low=plain(low), high=two.low)


def _with_scale_of(text: Text, one: Candidate, second: int, high: Decimal) -> Decimal:
    """5 of 5—6亿: where the first number is bare and smaller than the second before its 亿, it shares the 亿."""
    low = Decimal(one.low)
    number = number_at(text.shadow, second)
    if number is None or number.bare is None or not number.low or text.shadow[one.end - 1] in LARGE:
        return low
    return times(low, EXACT.divide(number.low, number.bare)) if low < number.bare != number.low else low


def _ordinal(text: Text, start: int, number_start: int) -> Candidate | None:
    number = number_at(text.shadow, number_start)
    if number is None or number.low is None:
        return None
    low, high = plain(number.low), "" if number.high is None else plain(number.high)
    if (
        (to := TO.match(text.shadow, number.end))
        and (last := number_at(text.shadow, to.end()))
        and last.low
        and last.low > number.low
    ):
        number, high = last, plain(last.low)
    unit = unit_at(text.known, text.shadow, number.end) or _ordinal_unit(text.shadow, number.end)
    end = number.end + len(unit[0]) if unit else number.end
    return Candidate(start, end, "ordinal", low, high, (number.end, end), "exact")


def _ordinal_unit(shadow: str, end: int) -> tuple[str, str] | None:
    return (shadow[end], "ordinal") if shadow[end : end + 1] in tuple("号条章节编册卷页大") else None


def _half_of(text: Text, half: re.Match[str]) -> Candidate | None:
    """半年, 半个月, 半个世纪: half of the unit."""
    end = half.end()
    place = end - 1 if text.shadow[end - 1] == "个" else end
    found = unit_at(text.known, text.shadow, place) or unit_at(text.known, text.shadow, end)
    if not found:
        return None
    begin = place if unit_at(text.known, text.shadow, place) else end
    one = Candidate(half.start(), begin + len(found[0]), found[1], "0.5", "", (begin, begin + len(found[0])), "exact")
    if more := _MORE.match(text.shadow, one.end):
        one = one._replace(end=more.end(), bound="over")
    return _bounded(text.shadow, one)


def _redacted(text: Text, match: re.Match[str]) -> Candidate | None:
    """20xx年, xx万元: a number someone blacked out; kept without a value where a unit tells that it is one."""
    shadow, end = text.shadow, match.end()
    if date := re.compile(r"年(?:[xX×\d]{1,4}月(?:[xX×\d]{1,4}日)?)?|月(?:[xX×\d]{1,4}日)?|日").match(shadow, end):
        return Candidate(match.start(), date.end(), "date", "", "", (date.end(), date.end()), "exact")
    scale = re.compile("[万亿千百]*").match(shadow, end)
    place = scale.end() if scale else end
    found = unit_at(text.known, shadow, place)
    if shadow[place : place + 1] == "%":
        found = ("%", "percent")
    if not found or found[0] in ("届", "次", "级", "县", "市", "口", "站", "班", "队", "组", "场", "部", "部门", "重", "道"):
        return None
    return _bounded(
        shadow, Candidate(match.start(), place + len(found[0]), found[1], "", "", (place, place + len(found[0])), "exact")
    )


def _bounded(shadow: str, one: Candidate) -> Candidate:
    """The figure with the approximators that touch it."""
    start, told_before = bounds.before(shadow, one.start)
    if (
        one.kind == "duration"
        and told_before == "under"
        and shadow[start : one.start].strip() == "近"
        and not _round_years(shadow, one)
    ):
        start, told_before = one.start, ""  # 近三年: the last three years
    end, told_after = bounds.after(shadow, one.end)
    bound = told_before or told_after or one.bound
    return one._replace(start=start, end=end, bound=bound)


def _round_years(shadow: str, one: Candidate) -> bool:
    """近30年 is nearly thirty years, 近三年 and 近10年来 the last ones."""
    if shadow.startswith(("来", "最", "间", "内", "里", "以来"), one.end):
        return False
    return bool(one.low) and Decimal(one.low) >= 10 and Decimal(one.low) % 10 == 0
