"""Signs of a collection in a file: lines that may be titles of its speeches, and rules between them. Most files have none.

>>> signs_in("講話(一)\\n同志們\\n講話(二)\\n", 0)  # talk (1); comrades; talk (2)
Signs(titles=[0, 10], ruled=False)

Characters are looked up all at once, and only lines that have a word for a speech are read. It cuts nothing: see `split`.
"""

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.read.codes import codes_of
from analysis.read.kinds import met
from analysis.read.lines import lines_with
from analysis.read.titles import GENRE, marked, titled

RULE = re.compile(r"^(?:[=＝]{3,}|[-－]{3,}|[*＊]{3,}|[_＿]{3,}|[—─━]{3,}|(?:[-=*_] ){2,}[-=*_])$")
RULES = "=＝-－*＊_＿—─━"
# The characters that begin and end a word for a speech; 篇 (piece) is one alone.
_TWO = [re.findall(r"\[.+?\]|.", word) for word in f"{GENRE}|[范範例]文".split("|")]
_FIRST, _SECOND = ("".join(pair[place].strip("[]") for pair in _TWO) for place in (0, 1))
# What a character may be; SECOND is one bit above FIRST.
FIRST, SECOND, ALONE, OF_RULE = 1, 2, 4, 8


class Signs(NamedTuple):
    """Where lines begin that may be titles, and whether there may be a rule."""

    titles: list[int]
    ruled: bool


def signs_in(text: str, begin: int) -> Signs:
    """The signs behind the front matter, which ends at `begin`."""
    marks = _marks().take(codes_of(text)[: len(text) + 2], mode="clip")
    here, second, third = marks[:-2], marks[1:-1], marks[2:]
    hints = np.flatnonzero(here & (second >> 1 | ALONE) & (FIRST | ALONE) != 0).tolist()
    lines = lines_with(text, (hint for hint in hints if hint >= begin))
    # Of a rule, spaced or not, every second character is one of these.
    ruled = bool(met(here & third) & OF_RULE)
    return Signs([start for start, line in lines if titled(line) or marked(line)], ruled)


@cache
def _marks() -> npt.NDArray[np.uint8]:
    """What each character of the basic plane may be, by code point."""
    marks = np.zeros(0x10000, dtype=np.uint8)
    for mark, characters in ((FIRST, _FIRST), (SECOND, _SECOND), (ALONE, "篇"), (OF_RULE, RULES)):
        marks[list(map(ord, characters))] |= mark
    return marks
