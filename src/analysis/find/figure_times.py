"""Decades, centuries, times of day, short years and days by themselves: 九十年代, 二十一世纪, 上午9点半, 101年, 30日.

>>> decade("二十世纪八十年代", 0)
Date(start=0, end=8, low='198X', high='')

Full dates are read in `figure_dates`, which asks here for what is none.
"""

from functools import lru_cache
from typing import NamedTuple

from analysis.find.figure_patterns import lazily
from analysis.find.numerals import parse

DAY = r"(?:[12]\d|3[01]|0?[1-9]|二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|初?[一二三四五六七八九])"
TO = r"[ ]?(?:至|到|—{1,2}|–|-|~|─{1,2}|／|/)[ ]?"
# Years of the Republic of China count from 1912; words of texts that do so.
REPUBLIC = 1911
REPUBLIC_WORDS = ("民国", "行政院", "立法院", "新台币", "国人同胞")
_TOLD_YEAR = lazily(
    r"[去今前明本上][（(](?:[89]\d|1[0-2]\d|[八九]十[一二三四五六七八九]?|一百[零一二三四五六七八九十]{0,3})[)）]年"
)
_CENTURY = lazily(
    r"(?:(?P<century>\d{1,2}|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])[ ]?世纪(?P<first>[一二三四五六七八九](?:十|(?=[二三四五六七八九]十年代))|\d0)?"
    r"(?:(?:[、至到—-]|和)?(?P<last>[一二三四五六七八九]十|\d0))?(?P<decade>年代)?)"
)
_DECADE = lazily(
    r"(?P<full>[12]\d\d0)[ ]?年代|(?P<first>[二三四五六七八九]十?|\d0|[二三四五六七八九](?=[○〇零])[○〇零])(?:[、至到—-]?(?P<last>[三四五六七八九]十|\d0))?[ ]?年代"
)
_TIME = lazily(
    r"(?P<h>[01]?\d|2[0-4])[:：](?P<m>[0-5]\d)(?:[:：](?P<s>[0-5]\d))?(?!\d)"
    r"|(?P<hour>[12]?\d|[一二两三四五六七八九]|二?十[一二三四五六七八九]?)[ ]?(?:时|点钟?)(?:[ ]?(?P<minute>[0-5]?\d|零?[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)[ ]?分(?!钟)|(?P<half>半)|整)?"
)
# What makes 3点 a time of day and not three points.
_DAYTIME = (
    "上午",
    "下午",
    "早上",
    "晚上",
    "凌晨",
    "中午",
    "夜里",
    "傍晚",
    "清晨",
    "北京时间",
    "当地时间",
    "早晨",
    "晚",
    "早",
    "时间",
    "日",
    "午夜",
    "深夜",
)
_DAY_ALONE = lazily(rf"(?P<d1>{DAY})[ ]?日(?:{TO}(?P<d2>{DAY})[ ]?日)?(?![内间游元圆本用常均报子程夜之])")
_SHORT_DIGITS = lazily(r"(?P<tens>[四五六七八九])(?P<ones>[〇零一二三四五六七八九])年(?![级龄轻])")
_REPUBLIC_YEAR = lazily(
    r"(?P<year>[89]\d|1[0-2]\d|[四五六七八九]十[一二三四五六七八九])(?P<unit>[ ]?年)(?![来以多内之期级间前后])(?P<of>的)?"
)
# 從96年的近70萬: a word that dates makes a year of it; 九十五年 is read as one only after such a word.
_DATED = tuple("从自在至到较比于")
_LENGTH_BEFORE = tuple("近约过这多逾满达每隔第余来历")
_DAYS_BEFORE = ("第", "近", "每", "前", "后", "这", "多", "逾", "约", "过", "足")


class Date(NamedTuple):
    """A date as found: its place, its value, the value a range ends with."""

    start: int
    end: int
    low: str
    high: str


@lru_cache(maxsize=1 << 8)
def two(text: str | None) -> str:
    """Month or day in two digits."""
    if not text:
        return ""
    value = 1 if text in "元正" else parse(text.removeprefix("初"))
    return f"{int(value or 0):02d}"


def decade(shadow: str, start: int) -> Date | None:
    if match := _CENTURY.match(shadow, start):
        number = int(parse(match["century"]) or 0)
        if match["decade"] and match["first"]:
            return Date(start, match.end(), f"{number - 1}{_tens(match['first'])}X", _tens_of(number - 1, match["last"]))
        end = match.end("century") + (1 if shadow[match.end("century")] == " " else 0) + len("世纪")
        return Date(start, end, f"{number - 1:02d}XX", "") if 0 < number <= 30 else None
    if match := _DECADE.match(shadow, start):
        if match["full"]:
            return Date(start, match.end(), match["full"][:3] + "X", "")
        if len(match["first"]) == 2 or match["last"]:
            century = 20 if match["first"] in ("二十", "20") and shadow[start - 2 : start] == "世纪" else 19
            return Date(start, match.end(), f"{century}{_tens(match['first'])}X", _tens_of(century, match["last"]))
    return None


def _tens(text: str) -> str:
    return str(int(parse(text[0]) or 0))


def _tens_of(century: int, text: str | None) -> str:
    return f"{century}{_tens(text)}X" if text else ""


def time_of_day(shadow: str, start: int) -> Date | None:
    match = _TIME.match(shadow, start)
    if not match:
        return None
    if match["h"]:
        return Date(start, match.end(), f"T{int(match['h']):02d}:{match['m']}" + (f":{match['s']}" if match["s"] else ""), "")
    told = match["minute"] or match["half"] or match.group().endswith("钟")
    if not told and not shadow[max(0, start - 4) : start].rstrip().endswith(_DAYTIME):
        return None
    minute = int(parse(match["minute"]) or 0) if match["minute"] else 30 if match["half"] else 0
    return Date(start, match.end(), f"T{int(parse(match['hour']) or 0):02d}:{minute:02d}", "")


@lru_cache(maxsize=8)
def counts_by_republic(shadow: str) -> bool:
    """Whether short years are those of the Republic: the text speaks of it, or tells such a year as 去（103）年."""
    if any(word in shadow for word in REPUBLIC_WORDS):
        return True
    return (")年" in shadow or "）年" in shadow) and bool(_TOLD_YEAR.search(shadow))


def short_year(shadow: str, start: int) -> Date | None:
    """五八年 (1958): two digits strung together; next to each other in value they are a range of years (五六年).

    Where a text speaks of 民國, 101年 is a year of the Republic.
    """
    roc = _REPUBLIC_YEAR.match(shadow, start)
    left = shadow[start - 1 : start] if start else ""
    if (
        roc
        and left not in _LENGTH_BEFORE
        and (left in _DATED or not roc["of"])
        and (left in _DATED or roc["year"].isdecimal())
        and counts_by_republic(shadow)
    ):
        return Date(start, roc.end("unit"), str(int(parse(roc["year"]) or 0) + REPUBLIC), "")
    match = _SHORT_DIGITS.match(shadow, start)
    if not match:
        return None
    tens, ones = parse(match["tens"]), parse(match["ones"])
    if tens is None or ones is None or ones == tens + 1:
        return None
    return Date(start, match.end(), f"19{tens}{ones}", "")


def day_alone(shadow: str, start: int) -> Date | None:
    match = _DAY_ALONE.match(shadow, start)
    if not match or shadow[max(0, start - 1) : start] in _DAYS_BEFORE or match["d1"] == "一":
        return None
    return Date(start, match.end(), f"---{two(match['d1'])}", f"---{two(match['d2'])}" if match["d2"] else "")
