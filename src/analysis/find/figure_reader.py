"""One figure at a place of a text: number, unit, range, kind and bound, put together.

>>> from analysis.read.lexicons import load
>>> figure_at(Text("约22万名困难职工", words(load())), 1)
Candidate(start=0, end=5, kind='count', low='220000', high='', unit=(4, 5), bound='about')

What it gives still may be no figure (an idiom, a list marker): `figures` decides that, and says what is measured.
"""

import re
from decimal import Decimal

from analysis.find import figure_bounds as bounds
from analysis.find.figure_amounts import MORE, SIGN, Candidate, Text, Unread, quantity
from analysis.find.figure_dates import date_at
from analysis.find.figure_numbers import Number, number_at
from analysis.find.figure_patterns import lazily
from analysis.find.figure_words import unit_at
from analysis.find.figure_words import words as words
from analysis.find.numerals import LARGE, parse, plain, times

_AND_NEXT = lazily(r"[ ]?[、和][ ]?(?=[0-9一二三四五六七八九十])")
TO = lazily(r"[ ]?(?:至|到|—{1,2}|–{1,2}|-|~|～|─{1,2}|－|／|/)[ ]?(?:百分之)?")
RANGE_BEGINS = " 至到—–-~～─－／/"
_ORDINAL_GOES_ON = RANGE_BEGINS + "、和"
_CURRENCY_SIGN = lazily(r"(?:US|HK|NT|A|C)?[$¥￥€£₩₽]|RMB|USD|NTD|人民币[ ]?|港币[ ]?|新台币[ ]?|台币[ ]?|美金[ ]?|欧元[ ]?")
_CURRENCY_BEGINS = "UHNAC$¥￥€£₩₽R人港新台美欧"
_REDACTED = lazily(r"\d{0,4}[xX×＊*]{2,4}(?![xX×＊*])\d{0,2}(?:[.,][xX×]+)?")
_REDACTED_DATE = lazily(r"年(?:[xX×\d]{1,4}月(?:[xX×\d]{1,4}日)?)?|月(?:[xX×\d]{1,4}日)?|日")
_SCALES = tuple("万亿千百")
_INSERTED = lazily(r"-\d{1,2}(?=[ ]?[条章节款项])")
_ORDINAL_UNITS = tuple("号条章节编册卷页大季楼")
_HALF = lazily(r"(?:一半|半数)(?![径])")
_HALF_OF = lazily(
    r"(?<![上下前后])半(?=(?:个?多?(?:年|月|小时|世纪|钟头|天|学期|星期|个月|分钟|里|斤|公里|成|亩|米|吨|个世纪|日)))个?"
)


def figure_at(text: Text, start: int) -> Candidate | Unread | None:
    """The figure whose number begins at `start`, widened by what touches it; None where there is none."""
    one = unbounded_at(text, start)
    if not isinstance(one, Candidate) or one.kind == "date" or text.shadow[start] == "第":
        return one
    return with_bounds(text.shadow, one)


def unbounded_at(text: Text, start: int) -> Candidate | Unread | None:
    """The same without the words beside it that say about, over or under."""
    shadow = text.shadow
    first = shadow[start]
    if first == "第":
        return _ordinal(text, start, start + 2 if shadow[start + 1 : start + 2] == " " else start + 1)
    if first < "〇" and (redacted := _REDACTED.match(shadow, start)):
        return _redacted(text, redacted)
    if date := date_at(shadow, start):
        return Candidate(date.start, date.end, "date", date.low, date.high, (date.end, date.end), "exact")
    if first in "一半" and shadow[start + 1 : start + 2] in ("半", "数") and (half := _HALF.match(shadow, start)):
        return Candidate(start, half.end(), "fraction", "0.5", "", (half.end(), half.end()), "exact")
    if first == "半" and (half := _HALF_OF.match(shadow, start)):
        return _half_of(text, half)
    return _numeral(text, start)


def _numeral(text: Text, start: int) -> Candidate | Unread | None:
    sign = SIGN.match(text.shadow, start) if text.shadow[start] in "负-−零" else None
    first = sign.end() if sign else start
    currency = _CURRENCY_SIGN.match(text.shadow, first) if text.shadow[first] in _CURRENCY_BEGINS else None
    number_start = currency.end() if currency else first
    one = quantity(text, number_start)
    if not isinstance(one, Candidate):
        return one
    whole = _range(text, one) or one
    if sign:
        whole = whole._replace(start=start, low=_negative(whole.low), high=_negative(whole.high))
    if currency:
        whole = _in_currency(whole, currency)
    return whole


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


def _range(text: Text, one: Candidate) -> Candidate | None:
    """10%至15%, 5—6亿, 30到40万人: the second number directly after the first."""
    shadow = text.shadow
    to = TO.match(shadow, one.end) if shadow[one.end : one.end + 1] in RANGE_BEGINS else None
    if not to or one.high or not one.low or one.bound != "exact":
        return None
    two = quantity(text, to.end())
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
    """5 of 5—6亿, 三到四亿五千万, 三到四千: a first number that is bare and smaller than the second before its 亿 shares the 亿."""
    low = Decimal(one.low)
    number = number_at(text.shadow, second)
    if number is None or number.bare is None or not number.low or text.shadow[one.end - 1] in LARGE:
        return low
    bare = number.bare
    # 一至二百 counts from one, as lists do; 一至二百万 does not.
    if text.shadow[second + 1 : number.end].startswith(("百", "千")) and (low >= 2 or number.bare != number.low):
        head = parse(text.shadow[second])
        bare = head if head and low < head else bare
    return times(low, Decimal(10) ** (number.low.adjusted() - bare.adjusted())) if low < bare != number.low else low


def _ordinal(text: Text, start: int, number_start: int) -> Candidate | None:
    number = number_at(text.shadow, number_start)
    if number is None or number.low is None:
        return None
    shadow = text.shadow
    low, high, place = plain(number.low), "" if number.high is None else plain(number.high), number.end
    if shadow[place : place + 1] in _ORDINAL_GOES_ON:
        number, high = _last_ordinal(text, number, high)
        place = number.end + (shadow[number.end : number.end + 1] == " " and number.form == "arabic")
    unit = unit_at(text.known, shadow, place) or _ordinal_unit(shadow, place)
    place, end = (place, place + len(unit[0])) if unit else (number.end, number.end)
    return Candidate(start, end, "ordinal", low, high, (place, end), "exact")


def _last_ordinal(text: Text, number: Number, high: str) -> tuple[Number, str]:
    """第三至五条, 第 7-1 條, 第一、二季度: where the numbers end, and the value of the last one."""
    shadow, low = text.shadow, number.low
    to = TO.match(shadow, number.end)
    if to and low is not None and (last := number_at(shadow, to.end())) and last.low and last.low > low:
        number, high = last, plain(last.low)
    elif inserted := _INSERTED.match(shadow, number.end):  # 第 7-1 條 stands after article 7
        number = number._replace(end=inserted.end())
    return _next_ordinals(text, number, high)


def _next_ordinals(text: Text, number: Number, high: str) -> tuple[Number, str]:
    """第一、二季度: numbers in a row before one unit."""
    last, shadow = number, text.shadow
    while (
        shadow[last.end : last.end + 1] in " 、和"
        and (joint := _AND_NEXT.match(shadow, last.end))
        and (other := number_at(shadow, joint.end()))
    ):
        if last.low is None or other.low != last.low + 1 or other.high is not None:
            break
        last = other
    if last is number or last.low is None or not (unit_at(text.known, shadow, last.end) or _ordinal_unit(shadow, last.end)):
        return number, high
    return last, plain(last.low)


def _ordinal_unit(shadow: str, end: int) -> tuple[str, str] | None:
    return (shadow[end], "ordinal") if shadow[end : end + 1] in _ORDINAL_UNITS else None


def _half_of(text: Text, half: re.Match[str]) -> Candidate | None:
    """半年, 半个月, 半个世纪: half of the unit."""
    end = half.end()
    place = end - 1 if text.shadow[end - 1] == "个" else end
    found = unit_at(text.known, text.shadow, place) or unit_at(text.known, text.shadow, end)
    if not found:
        return None
    begin = place if unit_at(text.known, text.shadow, place) else end
    bound = "over" if "多" in found[0] else "exact"
    one = Candidate(half.start(), begin + len(found[0]), found[1], "0.5", "", (begin, begin + len(found[0])), bound)
    if more := MORE.match(text.shadow, one.end):
        one = one._replace(end=more.end(), bound="over")
    return one


def _redacted(text: Text, match: re.Match[str]) -> Candidate | None:
    """20xx年, xx万元: a number someone blacked out; kept without a value where a unit tells that it is one."""
    shadow, end = text.shadow, match.end()
    if date := _REDACTED_DATE.match(shadow, end):
        return Candidate(match.start(), date.end(), "date", "", "", (date.end(), date.end()), "exact")
    place = end
    while shadow[place : place + 1] in _SCALES and place < len(shadow):
        place += 1
    found = unit_at(text.known, shadow, place)
    if shadow[place : place + 1] == "%":
        found = ("%", "percent")
    if not found or found[0] in ("届", "次", "级", "县", "市", "口", "站", "班", "队", "组", "场", "部", "部门", "重", "道"):
        return None
    return Candidate(match.start(), place + len(found[0]), found[1], "", "", (place, place + len(found[0])), "exact")


def with_bounds(shadow: str, one: Candidate) -> Candidate:
    """The figure with the approximators that touch it."""
    if not (
        shadow[one.end : one.end + 1] in bounds.AFTER_BEGINS or shadow[one.start - 1] in bounds.ENDS or one.kind == "fraction"
    ):
        return one
    start, told_before = bounds.before(shadow, one.start)
    if (
        one.kind == "duration"
        and told_before == "under"
        and shadow[start : one.start].strip() == "近"
        and not _round_years(shadow, one)
    ):
        start, told_before = one.start, ""  # 近三年: the last three years
    if one.kind == "duration" and told_before == "over" and shadow.startswith("前的", one.end):
        start, told_before = one.start, ""  # 超过七年前的16倍: more than that of seven years ago
    end, told_after = bounds.after(shadow, one.end)
    if one.kind == "fraction" and not told_before:
        told_before = bounds.before_share(shadow, one.start)
    if not told_before and not told_after and start == one.start and end == one.end:
        return one
    return one._replace(start=start, end=end, bound=told_before or told_after or one.bound)


def _round_years(shadow: str, one: Candidate) -> bool:
    """近30年 is nearly thirty years, 近三年 and 近10年来 the last ones."""
    if shadow.startswith(("来", "最", "间", "内", "里", "以来"), one.end):
        return False
    return bool(one.low) and Decimal(one.low) >= 10 and Decimal(one.low) % 10 == 0
