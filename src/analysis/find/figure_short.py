"""Figures that a few characters tell, as 第三条 or 二人: each wording is read once and kept.

>>> from analysis.read.lexicons import load
>>> short_at(Text("依第三条规定", words(load())), 1, reader(load()))
(Candidate(start=1, end=4, kind='ordinal', low='3', high='', unit=(3, 4), bound='exact'), True)

Only what nothing around it can change is kept: no word of a date, a range or a share may follow; words like 以上 (at least)
are added at the place. All else is read there by `figure_reader`.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from analysis.find.figure_amounts import Candidate, Text, Unread
from analysis.find.figure_dates import MONTH
from analysis.find.figure_guards import MEETING_UNITS, is_figure
from analysis.find.figure_patterns import lazily
from analysis.find.figure_reader import RANGE_BEGINS, figure_at, unbounded_at, with_bounds
from analysis.find.figure_words import NUMERAL_CHARACTERS as _N
from analysis.find.figure_words import Words, after_rank, may_be_idiom, unit_at, words
from analysis.read.lexicons import Lexicons

Reading = Candidate | Unread | None
_HAN_OR_MARK = r"[\u3400-\u9fff，。；）」\r\n]"
# What goes on a number itself: 三十多, 三点五, 三至五, 三和四.
_ON = f"0-9{_N}多余来几数点至到和"
# What may make a date, a share or another unit of it.
_OTHER = "年月日世时与及初分又之半下个百基千成折级次季"
# 千 and 两 at the end may be the unit's; 两 by itself is two.
_NUMERAL = rf"[0-9{_N}]{{1,8}}(?:(?<![千兆两])|(?<=千)(?=元)|(?<=[^0-9{_N}]两))"
_RUN = rf"{_NUMERAL}(?:(?<=[0-9])[ ])?"
# Beyond several blanks stands no unit, but what goes on a number may.
_BLANKS = rf"(?<=[0-9][ ])[ ](?=[ ]*[^{_ON}{_OTHER}.,%‰A-Za-z\u3000 ])"
_ORDINAL = lazily(rf"第[ ]?{_RUN}(?:(?![{_ON}]){_HAN_OR_MARK}|{_BLANKS})")
# So few years are no date, and 日内 (within days) is none.
_FEW = "(?:[一二两三四五六七八九]|[一二三四五六七八九]?十|[一二三]十[一二三四五六七八九])"
# What begins a list in figures, but for 1、2月 and 80、90年代.
_LISTED = rf"(?!{MONTH}(?:、{MONTH})*[、和与]{MONTH}月|[1-9]0、[1-9]0[ ]?年代)\d{{1,3}}、"
_NUMBER = lazily(
    rf"(?:{_RUN}|{_NUMERAL}分之{_NUMERAL})(?![{_ON}{_OTHER}]){_HAN_OR_MARK}|{_RUN}(?:{_BLANKS}|个(?![百基千半多 ])|日(?=[内间])|级(?![以强地大台余阵])|次(?![世大]))"
    rf"|{_FEW}年(?![0-9{_N}月代初（( ])|{_LISTED}"
)
# What may go on after a unit.
_AFTER_UNIT = frozenset(f"/半多余来许零又0123456789{_N}{RANGE_BEGINS}")

# A date with its year, month and day is one wherever a word stands before it.
_WHOLE_DATE = len("2015-03-10")


class Kept(NamedTuple):
    """A figure as its wording tells it, begun at 0; `sure`: one wherever a word stands before it (三十日, but 一次 and 三级 may be none)."""

    one: Candidate
    sure: bool


Short = Callable[[str, int], Kept | None]


@lru_cache(maxsize=4)
def reader(lexicons: Lexicons) -> Short:
    """What reads the figure a short stretch of text begins with, and keeps it; a unit stands at `last`."""
    known = words(lexicons)

    @lru_cache(maxsize=1 << 14)
    def read(stretch: str, last: int) -> Kept | None:
        # Without 内 (within) ten days were the tenth.
        shadow = stretch + ("内" if stretch[-1] == "日" else "。")
        one = unbounded_at(Text(shadow, known), 0)
        if not isinstance(one, Candidate) or not (stretch[0] == "第" or _ends_at(stretch, last, one)):
            return None
        return Kept(one, _sure(known, shadow, last, one))

    return read


def _ends_at(stretch: str, last: int, one: Candidate) -> bool:
    """Whether a figure ends with the unit at `last` or, where it has none, with the number before it."""
    end = len(stretch[:last].rstrip(" "))
    return one.unit == (last, one.end) or (one.end == end and (one.kind in ("percent", "fraction") or one.unit == (end, end)))


def _sure(known: Words, shadow: str, last: int, one: Candidate) -> bool:
    """Whether nothing around a figure can make it an idiom, a meeting, a manner of speaking, a rank or an article.

    At `last` stands its unit or, where it has none, what follows.
    """
    numeral = after_rank(shadow, 0) if shadow[0] == "第" else 0
    number, begun = shadow[numeral:last].strip(), shadow[last]
    if not is_figure(shadow, one, 0) or may_be_idiom(known, shadow[numeral : max(one.end, last + 1)], begun):
        return False
    if numeral:
        return True
    told = number[0].isascii() or one.kind in ("percent", "fraction") or (last < one.unit[1] and number != "一")
    return told and begun not in MEETING_UNITS and number.strip("百千万亿") != ""


def short_at(text: Text, start: int, read: Short) -> tuple[Reading, bool]:
    """The figure at `start`, as `figure_at` reads it, and whether it is surely one; `read` keeps the short ones."""
    shadow = text.shadow
    ordinal = shadow[start] == "第"
    if match := _ORDINAL.match(shadow, start) if ordinal else _NUMBER.match(shadow, start):
        last = match.end() - 1
        unit = unit_at(text.known, shadow, last)
        # Where no unit follows, as many characters as may tell why.
        kept = read(shadow[start : last + (len(unit[0]) if unit else text.known.reach.get(shadow[last], 1))], last - start)
        if kept:
            (_, end, kind, low, high, (begin, stop), bound), sure = kept
            one = Candidate(start, start + end, kind, low, high, (start + begin, start + stop), bound)
            if ordinal:
                return one, sure
            # What goes on without a unit is told by the pattern.
            after = max(one.end, last)
            if after < len(shadow) and (shadow[after] not in _AFTER_UNIT or shadow[after - 1 : after + 1] == "  "):
                return with_bounds(shadow, one), sure
    longer = figure_at(text, start)
    return longer, isinstance(longer, Candidate) and longer.kind == "date" and len(longer.low) == _WHOLE_DATE
