"""Figures that a few characters tell, as 第三条 or 二人: each wording is read once and kept.

>>> from analysis.read.lexicons import load
>>> short_at(Text("依第三条规定", words(load())), 1, reader(load()))
Candidate(start=1, end=4, kind='ordinal', low='3', high='', unit=(3, 4), bound='exact')

Only what nothing around it can change is kept: no word of a date, a range, a bound or a share may follow. All else is read at
its place by `figure_reader`.
"""

from collections.abc import Callable
from functools import lru_cache

from analysis.find.figure_amounts import Candidate, Text, Unread
from analysis.find.figure_bounds import AFTER_BEGINS, ENDS
from analysis.find.figure_patterns import lazily
from analysis.find.figure_reader import RANGE_BEGINS, figure_at
from analysis.find.figure_words import NUMERAL_CHARACTERS as _N
from analysis.find.figure_words import words
from analysis.read.lexicons import Lexicons

Reading = Candidate | Unread | None
_HAN_OR_MARK = r"[\u3400-\u9fff，。；）」]"
# What goes on a number itself: 三十多, 三点五, 三至五, 三和四.
_ON = f"{_N}多余来几数点至到和"
# What may make a date, a share, a bound or another unit of it.
_OTHER = "年月日世时与及初分又之半下个百基千成折级次季左上以或开有出稍略还强弱"
# 千 and 两 at the end may be the unit's.
_RUN = rf"[0-9{_N}]{{1,8}}(?<![千兆两])"
_ORDINAL = lazily(rf"第[ ]?{_RUN}(?:(?<=[0-9])[ ])?(?![{_ON}]){_HAN_OR_MARK}")
_NUMBER = lazily(rf"{_RUN}(?![{_ON}{_OTHER}]){_HAN_OR_MARK}")
# What may go on after a unit.
_AFTER_UNIT = frozenset(f"/半多余来许零又0123456789{_N}{RANGE_BEGINS}{AFTER_BEGINS}")


@lru_cache(maxsize=4)
def reader(lexicons: Lexicons) -> Callable[[str], Reading]:
    """What reads the figure a short stretch of text begins with, and keeps it."""
    known = words(lexicons)

    @lru_cache(maxsize=1 << 14)
    def read(stretch: str) -> Reading:
        return figure_at(Text(stretch, known), 0)

    return read


def short_at(text: Text, start: int, read: Callable[[str], Reading]) -> Reading:
    """The figure at `start`, as `figure_at` reads it; `read` keeps the short ones."""
    shadow = text.shadow
    ordinal = shadow[start] == "第"
    match = _ORDINAL.match(shadow, start) if ordinal else _NUMBER.match(shadow, start)
    if not match or (not ordinal and start and shadow[start - 1] in ENDS):
        return figure_at(text, start)
    last = match.end() - 1
    one = read(shadow[start : last + text.known.reach.get(shadow[last], 1)])
    if not isinstance(one, Candidate):
        return figure_at(text, start)
    _, end, kind, low, high, (unit, unit_end), bound = one
    after = shadow[start + end : start + end + 1]
    # A number must end with the unit that follows it, and nothing may go on after that.
    if not ordinal and (start + unit != last or end != unit_end or not after or after in _AFTER_UNIT):
        return figure_at(text, start)
    return Candidate(start, start + end, kind, low, high, (start + unit, start + unit_end), bound)
