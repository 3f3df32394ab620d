"""Dates in a text, as ISO-like values of what is written: 2015年, 1994年3月10日, 二〇二四年, 民國九十七年, 九十年代.

>>> date_at("一九九四年三月十日,", 0)
Date(start=0, end=9, low='1994-03-10', high='')

`--10` is a month, `---30` a day, `199X` a decade, `20XX` a century, `T08:30` a time of day. A year of the Republic (民國)
is converted. What 今年 or 去年 means is not worked out: they hold no numeral.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from analysis.find.figure_patterns import lazily
from analysis.find.figure_times import (
    DAY,
    REPUBLIC,
    TO,
    Date,
    counts_by_republic,
    day_alone,
    decade,
    short_year,
    time_of_day,
    two,
)
from analysis.find.numerals import parse

_DIGIT = "[0-9〇○零一二三四五六七八九]"
# A year as digits (2015, 1 9 9 3, 二〇一五) or counted (两千零五).
_YEAR = rf"(?:[12](?:[ ]?\d){{3}}(?!\d)|[一二][〇○零一二三四五六七八九]{{3}}(?!{_DIGIT})|(?:[二两]千|一千九百)[零〇]?[一二三四五六七八九十]{{0,3}})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元正])"
_SHORT = r"(?:\d{1,3}|[一二三四五六七八九][〇零一二三四五六七八九]|[一二三四五六七八九十百零]{1,6}|元)"
ERAS = {"公元前": "BC", "西元前": "BC", "纪元前": "BC", "公元": "", "西元": "", "纪元": "", "中华民国": "ROC", "民国": "ROC"}
_ERA = "|".join(ERAS)

# What a date begins with: 2015年, 民國九十七年, 去（2017）年, 88年, 本（6）月; what follows is read by itself.
_YEAR_HEAD = lazily(rf"(?P<era>{_ERA})?[ ]?(?P<y1>{_YEAR})[ ]?年(?!代)")
_ERA_HEAD = lazily(rf"(?P<era>{_ERA})[ ]?(?P<y1>{_SHORT})[ ]?年(?!代)")
_TOLD_YEAR = lazily(rf"[去今前明本上][ ]?[（(][ ]?(?P<y1>{_YEAR}|{_SHORT})[ ]?[）)][ ]?年")
_TOLD_MONTH = lazily(rf"[本上下去今前明][ ]?[（(][ ]?(?P<m1>{MONTH})[ ]?[）)][ ]?月(?:[ ]?(?P<d1>{DAY})[ ]?[日号])?")
_SHORT_HEAD = lazily(rf"(?P<short>{_SHORT})[ ]?年")
# 民國35年（1946年）3月30日: the same year told twice.
_TOLD_AGAIN = lazily(rf"[ ]?[（(][ ]?(?:公元|西元|民国)?[ ]?(?:\d{{2,4}}|{_YEAR})[ ]?年?[ ]?[)）]")
_MONTH_DAY = lazily(rf"[ ]?(?P<m>{MONTH})[ ]?月(?:份|[ ]?(?P<d>{DAY})[ ]?[日号])?|(?P<newyear>元旦)")
# 2011—2015年, 1994／1995年; 1—9月
_YEARS = lazily(rf"(?P<era>{_ERA})?[ ]?(?P<y1>{_YEAR}){TO}(?P<y2>{_YEAR}|\d\d)[ ]?年")
_MONTHS = lazily(rf"(?P<m1>{MONTH}){TO}(?P<m2>{MONTH})[ ]?月(?:份)?(?![ ]?{DAY}[日号])")
# 三、四月; 1981和1982兩年; 1998、1999年: one of several that the last one tells the unit of
_OF_MONTHS = lazily(rf"(?P<m1>{MONTH})(?=(?:、{MONTH})*[、和与]{MONTH}月)")
_OF_YEARS = lazily(rf"(?P<y1>{_YEAR})(?=(?:[、和与及]{_YEAR})*(?:[、和与及]{_YEAR})?[两三四]?年(?!代))")
# What a range of dates ends with: 至2015年, 至民國28年, 至9月30日, —7日.
_TO_YEAR = lazily(rf"{TO}(?P<y2>{_YEAR})[ ]?年")
_TO_ERA = lazily(rf"{TO}(?P<era2>{_ERA})[ ]?(?P<y2>{_SHORT})[ ]?年")
_TO_DAY = lazily(rf"{TO}(?:(?P<m2>{MONTH})[ ]?月(?:份|[ ]?(?P<d2>{DAY})[ ]?[日号])?|(?P<d3>{DAY})[ ]?[日号])")
_TO_BEGINS = " 至到—–-~─／/"
# 2008-08-08, 2008/8/8, 2008.08.08, 2008-08 and 97/8/8; 08-08-2008 is not read
_WITH_MARKS = (
    lazily(r"(?P<y1>[12]\d{3})(?P<dash>[-/.·])(?P<m1>1[0-2]|0?[1-9])(?:(?P=dash)(?P<d1>[12]\d|3[01]|0?[1-9]))(?![\d.%])"),
    lazily(r"(?P<y1>(?:19|20)\d\d)[-/](?P<m1>1[0-2]|0[1-9])(?![\d.%年/-])"),
    lazily(r"(?P<roc>\d{2,3})/(?P<m1>1[0-2]|0?[1-9])/(?P<d1>[12]\d|3[01]|0?[1-9])(?![\d/])"),
)
# Most dates: 2015年3月10日, 民國九十七年三月十日, 88年9月21日, with nothing that may go on after them.
_FULL = lazily(
    rf"(?:(?P<year>{_YEAR})|(?:中华)?民国(?P<roc>{_SHORT})|(?P<short>{_SHORT}))年(?P<month>{MONTH})月(?P<day>{DAY})日(?![ ]?[至到—–~─／/-])"
)
# The numeral a date begins with, and what follows it; a date may begin with a word instead.
_BEGINS = lazily(r"[0-9〇○零一二两三四五六七八九十百千廿初 ]{1,16}(.)")
_ERA_BEGINS = "民中公西纪"
_NO_DATE_AFTER = "第个几数"
_WORDS = f"去今前明本上下{_ERA_BEGINS}"


class Read(NamedTuple):
    """The parts of a date by name (era, y1, m1, d1, …), and where it ends."""

    parts: dict[str, str]
    end: int


def date_at(shadow: str, start: int) -> Date | None:
    """The date that begins at `start`."""
    if start and shadow[start - 1] in _NO_DATE_AFTER:
        return None
    if full := _FULL.match(shadow, start):
        year, roc, short, month, day = full.groups()
        if whole := _year(year, "") or _year(roc, "ROC") or _short_year(short, shadow):
            return Date(start, full.end(), f"{whole}-{two(month)}-{two(day)}", "")
    if shadow[start] in _WORDS:
        after = "民" if shadow[start] in _ERA_BEGINS else "去"
    elif begins := _BEGINS.match(shadow, start):
        after = begins[1]
    else:
        return None
    for case in _CASES.get(after, ()):
        for read in case(shadow, start):
            date = _from_parts(shadow, start, read)
            if date and not _not_a_date(shadow, date, read.parts):
                return date
    if after == "年":
        return decade(shadow, start) or short_year(shadow, start)
    if after == "日":
        return day_alone(shadow, start)
    return decade(shadow, start) if after in "世、至到—-" else time_of_day(shadow, start) if after in "时点:：" else None


def _year_date(shadow: str, start: int) -> Iterator[Read]:
    """2015年3月10日, and the date a range ends with."""
    if head := _YEAR_HEAD.match(shadow, start):
        parts, end = _rest(shadow, head)
        if shadow[end : end + 1] in _TO_BEGINS:
            if last := _TO_YEAR.match(shadow, end):
                day = _MONTH_DAY.match(shadow, last.end())
                parts |= last.groupdict() | ({"m2": day["m"], "d2": day["d"]} if day and day["m"] else {})
                end = day.end() if day and day["m"] else last.end()
            elif last := _TO_DAY.match(shadow, end):
                parts, end = parts | last.groupdict(), last.end()
        yield Read(parts, end)


def _era_date(shadow: str, start: int) -> Iterator[Read]:
    """民國九十七年, 民國元年, 公元前221年."""
    if head := _ERA_HEAD.match(shadow, start):
        parts, end = _rest(shadow, head)
        if shadow[end : end + 1] in _TO_BEGINS and (last := _TO_ERA.match(shadow, end)):
            parts |= last.groupdict()
            again = _TOLD_AGAIN.match(shadow, last.end())
            end = again.end() if again else last.end()
            if (day := _MONTH_DAY.match(shadow, end)) and day["m"]:
                parts, end = parts | {"m2": day["m"], "d2": day["d"]}, day.end()
        yield Read(parts, end)


def _rest(shadow: str, head: re.Match[str]) -> tuple[dict[str, str], int]:
    """The parts of a year and of the month and day that follow it."""
    parts, end = head.groupdict(), head.end()
    if shadow[end : end + 1] in " （(" and (again := _TOLD_AGAIN.match(shadow, end)):
        end = again.end()
    if day := _MONTH_DAY.match(shadow, end):
        parts |= {"m1": day["m"], "d1": day["d"], "newyear": day["newyear"]}
        end = day.end()
    return parts, end


def _years(shadow: str, start: int) -> Iterator[Read]:
    if match := _YEARS.match(shadow, start):
        yield Read(match.groupdict(), match.end())


def _told(shadow: str, start: int) -> Iterator[Read]:
    """去（2017）年6月, 本（6）月7日."""
    if head := _TOLD_YEAR.match(shadow, start):
        day = _MONTH_DAY.match(shadow, head.end())
        month = {"m1": day["m"], "d1": day["d"]} if day and day["m"] else {}
        yield Read(head.groupdict() | month, day.end() if day and month else head.end())
    if match := _TOLD_MONTH.match(shadow, start):
        yield Read(match.groupdict(), match.end())


def _with_marks(shadow: str, start: int) -> Iterator[Read]:
    for pattern in _WITH_MARKS:
        if match := pattern.match(shadow, start):
            yield Read(match.groupdict(), match.end())


def _short_year_date(shadow: str, start: int) -> Iterator[Read]:
    """88年9月21日, 八十八年九月: a short year is known by the month that follows."""
    if (head := _SHORT_HEAD.match(shadow, start)) and (day := _MONTH_DAY.match(shadow, head.end())) and day["m"]:
        yield Read({"short": head["short"], "m1": day["m"], "d1": day["d"]}, day.end())


def _month_date(shadow: str, start: int) -> Iterator[Read]:
    """10月, 10月1日, 10月1日至7日, 1月至9月."""
    if (head := _MONTH_DAY.match(shadow, start)) and head["m"]:
        parts = {"m1": head["m"], "d1": head["d"]}
        if last := _TO_DAY.match(shadow, head.end()):
            yield Read(parts | last.groupdict(), last.end())
        else:
            yield Read(parts, head.end())


def _of_years(shadow: str, start: int) -> Iterator[Read]:
    if match := _OF_YEARS.match(shadow, start):
        yield Read(match.groupdict(), match.end())


def _of_months(shadow: str, start: int) -> Iterator[Read]:
    if match := _OF_MONTHS.match(shadow, start):
        yield Read(match.groupdict(), match.end())


def _months(shadow: str, start: int) -> Iterator[Read]:
    if match := _MONTHS.match(shadow, start):
        yield Read(match.groupdict(), match.end())


_Case = Callable[[str, int], Iterator[Read]]
# What a date can be, by the character after the numeral it begins with, in the order tried; 民 and 去: it begins with such a word.
_CASES: dict[str, tuple[_Case, ...]] = {
    "民": (_era_date, _year_date, _years),
    "去": (_told,),
    "年": (_year_date, _short_year_date, _of_years),
    **dict.fromkeys("、和与及两三四", (_of_years, _of_months)),
    "月": (_month_date,),
    **dict.fromkeys("至到—–~─／", (_years, _months)),
    **dict.fromkeys("-/", (_years, _with_marks, _months)),
    **dict.fromkeys(".·", (_with_marks,)),
}


def _from_parts(shadow: str, start: int, read: Read) -> Date | None:
    parts = {name: value for name, value in read.parts.items() if value}
    era = ERAS.get(parts.get("era", ""), "")
    year = _year(parts.get("y1"), era) or _short_year(parts.get("short"), shadow)
    if "roc" in parts:
        year = str(int(parts["roc"]) + REPUBLIC) if 20 < int(parts["roc"]) < 200 and counts_by_republic(shadow) else ""
        if not year:
            return None
    month, day = ("01", "01") if "newyear" in parts else (two(parts.get("m1")), two(parts.get("d1")))
    low = _iso(year, month, day)
    if not low:
        return None
    high = ""
    if "y2" in parts:
        last = parts["y2"] if len(parts["y2"]) > 2 or "era2" in parts else year[:2] + parts["y2"]
        high = _iso(_year(last, era), two(parts.get("m2")), two(parts.get("d2")))
    elif "m2" in parts:
        high = _iso(year, two(parts["m2"]), two(parts.get("d2")))
    elif "d3" in parts:
        high = _iso(year, month, two(parts["d3"]))
    return Date(start, read.end, low, high)


def _not_a_date(shadow: str, date: Date, parts: dict[str, str]) -> bool:
    """2000年的歷史 is a length of time; 一月一匯報 is a manner of speaking."""
    text, after = shadow[date.start : date.end], shadow[date.end : date.end + 4]
    if text.endswith("年") and not parts.get("era"):
        whole = parse(text.replace(" ", "").replace("年", "")) if text[-2] in "0十百千万 零〇" else None
        if after.startswith(("的历史", "历史", "以上", "左右", "来的", "多")) and whole is not None and whole % 100 == 0:
            return True
        if text[1:2] == "千" and text[0] in "二两一" and not set("零〇月") & set(text):
            return whole is None or whole != 2000 or after.startswith(("来", "前", "历"))
    return text == "一月" and after.startswith("一")


@lru_cache(maxsize=1 << 10)
def _year(text: str | None, era: str) -> str:
    if not text:
        return ""
    value = 1 if text == "元" else int(parse(text.replace(" ", "")) or 0)
    if era == "ROC" or (value < 200 and not era):
        value += REPUBLIC
    return f"-{value:04d}" if era == "BC" else f"{value:04d}"


def _short_year(text: str | None, shadow: str) -> str:
    """88年9月: of the Republic where it is counted (八十八年) or the text says so, else of the 1900s."""
    return _short_year_by(text, counts_by_republic(shadow)) if text and text != "元" else ""


@lru_cache(maxsize=1 << 10)
def _short_year_by(text: str, republic: bool) -> str:
    value = parse(text)
    if value is None or value != int(value) or (int(value) >= 100 and not republic):
        return ""
    counted = republic or re.search("[十百]", text)
    return str(int(value) + (REPUBLIC if counted else 2000 if value < 40 else 1900))


def _iso(year: str, month: str, day: str) -> str:
    if year:
        return "-".join(part for part in (year, month, day) if part)
    if month:
        return f"--{month}" + (f"-{day}" if day else "")
    return f"---{day}" if day else ""
