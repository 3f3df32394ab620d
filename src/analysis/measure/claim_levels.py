"""Levels and their growth within one sentence: 由X增加到Y, 增长Z%; Y, 比上年增加D, 增长Z%.

Silent where the base may be another one (年均, 不变价), where a figure is not exact, or where rounding explains the difference.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from analysis.find.numerals import plain
from analysis.measure.claim_figures import LEVELS, Problem, Quoted, alike, rounding

# Percentage points by which growth may miss before rounding is no excuse; and the share of itself a multiple may.
SLACK = Decimal("0.5")
_RISE = "增加|增长|提高|上升|扩大|提升|跃升|攀升|拓展|成长|升|增|增至|升至"
_FALL = "减少|下降|降低|缩小|压减|压缩|缩短|精简|回落|滑落|跌|减|降"
_FROM = re.compile(r"[由从][^，,；;。]{0,14}$")
_TO = re.compile(
    rf"^(?:[^，,；;。]{{0,6}}?)(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))了?(?:到|至|为)"
    r"(?:(?:[^，,；;。0-9]{0,3}(?:\d{4}|[一二]\S{3})?年|现在|目前|当前|同期)的?)?$"
)
# A place in an order, which rises as its number falls; a ratio 2.9∶1; one of several: 209元、280元提高到….
_RANKS = ("位", "名")
_RATIO = tuple("∶:：比")
_SEVERAL = re.compile("分别|[0-9元%人个吨][、和]$")
_GROWTH = re.compile(rf"^[^；;。]{{0,14}}?(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))了?$")
# Growth of another base than the two levels.
_OTHER_BASE = re.compile("年均|平均|每年|实际|可比|不变价|名义|同比|比上年|递增|年递|扣除|其中")
_DIFFERENCE = re.compile(
    r"^(?:[（(][^）)]*[）)])?[，,、]?(?:比|较)(?:去年|上年|上一年|前年)(?:同期|同口径|预算|执行数|预计数|实际)*(?:(?P<rise>增加|增长|增|多)|(?P<fall>减少|下降|减|少))了?$"
)
_SO_MUCH = re.compile(rf"^[，,、](?:同比|同口径)?(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))了?$")


def levels(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """Levels against their direction, their difference and their growth."""
    for place, (first, last) in enumerate(pairwise(figures)):
        if not (alike(first, last) and first.bound == last.bound == "exact" and first.value > 0):
            continue
        after = figures[place + 2] if place + 2 < len(figures) and figures[place + 2].sentence == last.sentence else None
        told = _TO.match(text[first.end : last.start])
        before = text[max(0, first.start - 16) : first.start]
        if told and _FROM.search(before) and not _SEVERAL.search(before) and not _in_ratio(text, first, last):
            yield from _direction(first, last, bool(told["rise"]))
            if after and not _OTHER_BASE.search(text[first.end : after.start]):
                yield from _growth(text, (first, last), after)
        elif (told := _DIFFERENCE.match(text[first.end : last.start])) and first.kind in LEVELS:
            yield from _difference(text, (first, last), after, bool(told["rise"]))


def _in_ratio(text: str, first: Quoted, last: Quoted) -> bool:
    return text[first.start - 1] in _RATIO or text[last.end : last.end + 1] in _RATIO


def _direction(first: Quoted, last: Quoted, rise: bool) -> Iterator[Problem]:
    """由60增加到50."""
    words = "rise" if rise else "fall"
    if first.kind == "ordinal":
        rise = not rise
    elif first.per in _RANKS:
        return  # 369位上升到235位: a rank; 3位增加到5位: persons
    if last.value != first.value and (last.value > first.value) != rise:
        yield Problem(first, last, f"said to {words} from {plain(first.value)} to {plain(last.value)}")


def _growth(text: str, ends: tuple[Quoted, Quoted], growth: Quoted) -> Iterator[Problem]:
    """Z of 由X增加到Y，增长Z: per cent, percentage points, a multiple, or the difference itself."""
    first, last = ends
    told = _GROWTH.match(text[last.end : growth.start])
    if not told or growth.bound != "exact":
        return
    said = growth.value if told["rise"] else -growth.value
    low, high = _allowed(first, last)
    if growth.kind == "percent" and growth.unit == "%" and first.kind in LEVELS:
        wrong = not low - SLACK <= said <= high + SLACK
    elif growth.kind == "multiple" and growth.unit == "倍" and first.kind in LEVELS:
        # 增长2倍 is said both of three times and, loosely, of twice as much.
        slack = rounding(growth.value, growth.text) + Decimal("0.05")
        wrong = not any(low / 100 + loose - slack <= said <= high / 100 + loose + slack for loose in (0, 1))
    elif (growth.unit == "百分点" and first.kind == "percent") or (
        (growth.kind, growth.unit) == (last.kind, last.unit) and first.kind in LEVELS
    ):
        slack = sum((rounding(one.value, one.text) for one in (first, last, growth)), Decimal(0))
        wrong = abs(last.value - first.value - said) > slack
    else:
        return
    if wrong:
        unit = "%" if growth.kind == "percent" else growth.unit
        words = f"growth of {plain(said)} {unit} contradicts the levels: {first.text} to {last.text}"
        computed = (last.value / first.value - 1) * 100
        yield Problem(growth, last, f"{words} is {computed:.1f} %" if growth.unit == "%" else words)


def _allowed(first: Quoted, last: Quoted) -> tuple[Decimal, Decimal]:
    """Per cent of growth that the two levels allow, each being rounded to its last digit."""
    one, two = rounding(first.value, first.text), rounding(last.value, last.text)
    low = ((last.value - two) / (first.value + one) - 1) * 100
    high = ((last.value + two) / (first.value - one) - 1) * 100 if first.value > one else Decimal("Infinity")
    return low, high


def _difference(text: str, ends: tuple[Quoted, Quoted], growth: Quoted | None, rise: bool) -> Iterator[Problem]:
    """Y，比上年增加D，增长Z%: D is less than Y, and Z follows from both."""
    level, change = ends
    if rise and change.value > level.value:
        yield Problem(level, change, f"increase larger than the level reached: {plain(change.value)} > {plain(level.value)}")
        return
    told = _SO_MUCH.match(text[change.end : growth.start]) if growth else None
    if not growth or not told or growth.unit != "%" or growth.bound != "exact" or bool(told["rise"]) != rise:
        return
    one, two = rounding(level.value, level.text), rounding(change.value, change.text)
    sign = 1 if rise else -1
    bases = [level.value - sign * change.value + slack for slack in (-one - two, one + two)]
    if min(bases) <= 0:
        return
    low, high = (change.value - two) / max(bases) * 100, (change.value + two) / min(bases) * 100
    if not low - SLACK <= growth.value <= high + SLACK:
        base = level.value - sign * change.value
        words = f"{plain(growth.value)} % contradicts the amounts: {change.text} of {plain(base)} is"
        yield Problem(growth, change, f"{words} {change.value / base * 100:.1f} %")
