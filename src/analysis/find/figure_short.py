"""Figures that a few characters tell, as 第三条 or 二人: each wording is read once and kept.

>>> from analysis.read.lexicons import load
>>> short_at(Text("依第三条规定", words(load())), 1, reader(load()))
Candidate(start=1, end=4, kind='ordinal', low='3', high='', unit=(3, 4), bound='exact')

Only what nothing around it can change is kept: no word of a date, a range or a share may follow; words like 以上 (at least)
are added at the place. All else is read there by `figure_reader`.
"""

from collections.abc import Callable
from functools import lru_cache

from analysis.find.figure_amounts import Candidate, Text, Unread
from analysis.find.figure_dates import MONTH
from analysis.find.figure_patterns import lazily
from analysis.find.figure_reader import RANGE_BEGINS, figure_at, unbounded_at, with_bounds
from analysis.find.figure_words import NUMERAL_CHARACTERS as _N
from analysis.find.figure_words import unit_at, words
from analysis.read.lexicons import Lexicons

Reading = Candidate | Unread | None
Short = Callable[[str, int], Candidate | None]
_HAN_OR_MARK = r"[\u3400-\u9fff，。；）」]"
# What goes on a number itself: 三十多, 三点五, 三至五, 三和四.
_ON = f"0-9{_N}多余来几数点至到和"
# What may make a date, a share or another unit of it.
_OTHER = "年月日世时与及初分又之半下个百基千成折级次季"
# 千 and 两 at the end may be the unit's.
_RUN = rf"[0-9{_N}]{{1,8}}(?:(?<![千兆两])|(?<=千)(?=元))(?:(?<=[0-9])[ ])?"
_ORDINAL = lazily(rf"第[ ]?{_RUN}(?:(?![{_ON}]){_HAN_OR_MARK}|[\r\n])")
# So few years are no date, and 日内 (within days) is none.
_FEW = "(?:[一二两三四五六七八九]|[一二三四五六七八九]?十|[一二三]十[一二三四五六七八九])"
# What begins a list in figures, but for 1、2月 and 80、90年代.
_LISTED = rf"(?!{MONTH}(?:、{MONTH})*[、和与]{MONTH}月|[1-9]0、[1-9]0[ ]?年代)\d{{1,3}}、"
_NUMBER = lazily(
    rf"{_RUN}(?:(?![{_ON}{_OTHER}]){_HAN_OR_MARK}|个(?![百基千半多 ])|日(?=[内间]))|{_FEW}年(?![0-9{_N}月代初（( ])|{_LISTED}"
)
# What may go on after a unit.
_AFTER_UNIT = frozenset(f"/半多余来许零又0123456789{_N}{RANGE_BEGINS}")


@lru_cache(maxsize=4)
def reader(lexicons: Lexicons) -> Short:
    """What reads the figure a short stretch of text begins with, and keeps it; it must end with the unit at `last`."""
    known = words(lexicons)

    @lru_cache(maxsize=1 << 14)
    def read(stretch: str, last: int) -> Candidate | None:
        one = unbounded_at(Text(stretch, known), 0)
        if not isinstance(one, Candidate):
            return None
        return one if stretch[0] == "第" or (one.unit == (last, one.end)) else None

    return read


def short_at(text: Text, start: int, read: Short) -> Reading:
    """The figure at `start`, as `figure_at` reads it; `read` keeps the short ones."""
    shadow = text.shadow
    ordinal = shadow[start] == "第"
    if match := _ORDINAL.match(shadow, start) if ordinal else _NUMBER.match(shadow, start):
        last = match.end() - 1
        unit = unit_at(text.known, shadow, last)
        # Where no unit follows, as many characters as may tell why.
        stretch = f"{shadow[start:last]}{unit[0]}。" if unit else shadow[start : last + text.known.reach.get(shadow[last], 1)]
        if one := read(stretch, last - start):
            _, end, kind, low, high, (begin, _), bound = one
            end += start
            if ordinal:
                return Candidate(start, end, kind, low, high, (start + begin, end), bound)
            if end < len(shadow) and shadow[end] not in _AFTER_UNIT:
                return with_bounds(shadow, Candidate(start, end, kind, low, high, (last, end), bound))
    return figure_at(text, start)
