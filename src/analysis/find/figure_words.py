"""The lexicons a figure is read with: units and their kinds, idioms and names that only look like figures.

>>> from analysis.read.lexicons import load
>>> unit_at(words(load()), "三个月", 1)
('个月', 'duration')

Everything is compared in its Simplified form; positions are those of the shadow of a text.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from analysis.find.numerals import DIGITS, LARGE, SMALL, TENS
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

NUMERAL_CHARACTERS = "".join([*DIGITS, *SMALL, *TENS, *LARGE])
_NUMERAL = re.compile(f"[0-9{NUMERAL_CHARACTERS}]")
# N個堅持: any small numeral, then the rest of the word.
ANY_NUMERAL = "N"
ANY_OF = "一二三四五六七八九十两"


class Words(NamedTuple):
    """Units by first character, longest first, and how many characters tell one; idioms by two characters, from their first
    numeral on or up to it; N個堅持 as a pattern, and what may follow its first character."""

    units: Mapping[str, Sequence[tuple[str, str, str]]]
    reach: Mapping[str, int]
    idioms: Mapping[str, Sequence[tuple[str, int]]]
    shapes: re.Pattern[str]
    shapes_go_on: frozenset[str]


@lru_cache(maxsize=4)
def words(lexicons: Lexicons) -> Words:
    """What the lexicons `units`, `idioms` and `slogans` say, compiled once."""
    units: dict[str, list[tuple[str, str, str]]] = {}
    barred: dict[str, str] = defaultdict(str)
    # 羣 and 群 are one unit: what may not follow the one may not follow the other.
    for row in lexicons.rows("units"):
        barred[simplified(row["unit"])] += simplified(row["not_before"])
    for row in lexicons.rows("units"):
        unit = simplified(row["unit"])
        units.setdefault(unit[0], []).append((unit, row["kind"], barred[unit]))
    for entries in units.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    # One more than the longest, for what may not follow.
    reach = {first: len(entries[0][0]) + 1 for first, entries in units.items()}
    idioms: dict[str, list[tuple[str, int]]] = {}
    written = {simplified(row["word"]) for row in lexicons.rows("idioms")}
    for word in written | _slogans(lexicons):
        numeral = _NUMERAL.search(word)
        if numeral and not word.startswith(ANY_NUMERAL):
            place = numeral.start() if len(word) > numeral.end() else max(0, numeral.start() - 1)
            idioms.setdefault(word[place : place + 2], []).append((word, numeral.start()))
    any_numeral = [word[1:] for word in written if word.startswith(ANY_NUMERAL)]
    shapes = sorted(map(re.escape, any_numeral), key=len, reverse=True)
    go_on = frozenset(ANY_OF).union(word[0] for word in any_numeral)
    return Words(units, reach, idioms, re.compile(f"[{ANY_OF}]{{1,3}}(?:{'|'.join(shapes) or '(?!)'})"), go_on)


def unit_at(known: Words, shadow: str, start: int) -> tuple[str, str] | None:
    """The longest unit that stands at `start`, with its kind."""
    first = shadow[start : start + 1]
    if first not in known.units:
        return None
    for unit, kind, not_before in known.units[first]:
        if shadow.startswith(unit, start):
            # 人 of 人口 and 台 of 台湾 are no units.
            after = start + len(unit)
            return (unit, kind) if after >= len(shadow) or shadow[after] not in not_before else None
    return None


def idiom_end(known: Words, shadow: str, start: int, first: int) -> int | None:
    """Where the idiom, name or slogan ends whose first numeral stands at `start`; None where there is none.

    It must begin at `first` or before: 一道 is none in 第一道.
    """
    last, idioms = 0, known.idioms
    for begin in (start, start - 1) if start else (start,):
        if (pair := shadow[begin : begin + 2]) in idioms:
            for word, place in idioms[pair]:
                if 0 <= start - place <= first and shadow.startswith(word, start - place):
                    last = max(last, start - place + len(word))
    if (
        shadow[start] in ANY_OF
        and shadow[start + 1 : start + 2] in known.shapes_go_on
        and (shape := known.shapes.match(shadow, start))
    ):
        last = max(last, shape.end())
    return last or None


def may_be_idiom(known: Words, wording: str, after: str) -> bool:
    """Whether an idiom, name or slogan may begin with this wording or be part of it; `after` is what follows its numeral."""
    idioms = ((word[place:], wording) for word, place in known.idioms.get(wording[:2], ()))
    return after in known.shapes_go_on or any(word.startswith(told) or told.startswith(word) for word, told in idioms)


def after_rank(shadow: str, start: int) -> int:
    """Where the numeral stands whose figure begins at `start`: after 第."""
    return start + 2 if shadow[start + 1 : start + 2] == " " else start + 1


def _slogans(lexicons: Lexicons) -> set[str]:
    """Slogans that begin with a numeral of their own (三嚴三實); longer ones may quote real figures."""
    told = {simplified(row["slogan"]) for row in lexicons.rows("slogans")}
    return {slogan for slogan in told if slogan and slogan[0] in NUMERAL_CHARACTERS and len(slogan) >= 2}
