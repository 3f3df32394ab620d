"""Characters that were read wrongly from a scan, or typed for one another: 自已 for 自己 (oneself), 末来 for 未来 (future).

>>> from analysis.read.lexicons import load
>>> list(places("他自已不知道", load()))  # he does not know it himself
[(1, 3, '自己')]

A place is told where the character of data/lexicons/lookalikes.csv is no word with its neighbours, the one it looks like is,
and the text is far dearer as it is written. It knows nothing of sense: a slip that leaves words (未 for 末 before 尾) stays.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from analysis.find.dictionary import dictionary
from analysis.find.spelling import cheapest, window
from analysis.read.codes import codes_of
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

# How much dearer the text must be as it is written, in nats; see tests/benchmarks/artefacts.py.
DEARER = 5.5
# Words as rare as this in jieba's counts are no evidence.
LEAST = 30
# A word of the dictionary so many times as rare as the one it looks like is a slip there.
SLIP = 20
# What stands in quotation marks and is this short is a label that somebody made up: “徽动”, “引客入豫”.
_LABEL = re.compile("[“「『‘][^“”「」『』‘’\n]{2,8}[”」』’]")


def places(shadow: str, lexicons: Lexicons) -> Iterator[tuple[int, int, str]]:
    """Start and end of a wrong word of two characters, and the right one; in Simplified."""
    flags, meant = _pairs(lexicons)
    for at in np.flatnonzero(flags.take(codes_of(shadow), mode="clip")).tolist():
        for shift, mended, usual in _candidates(shadow[at - 1 : at], shadow[at : at + 2], meant[shadow[at]]):
            start = at - shift
            if not _is_word(shadow, at, usual) and not _in_label(shadow, at) and _is_dearer(shadow, start, mended):
                yield start, start + 2, mended


@lru_cache(maxsize=65536)
def _candidates(before: str, here: str, meant: tuple[str, ...]) -> tuple[tuple[int, str, int], ...]:
    """How far before the character a usual word with a right one begins, the word and how often jieba's corpus has it."""
    words = [(shift, word) for shift, word in ((1, before + here[0]), (0, here)) if len(word) == 2]
    mended = ((shift, word.replace(here[0], right)) for right in meant for shift, word in words)
    return tuple((shift, word, _count(word)) for shift, word in mended if _count(word) >= LEAST)


@lru_cache(maxsize=65536)
def _count(word: str) -> int:
    return dictionary().get(word, (0, ""))[0]


def _is_word(shadow: str, at: int, rival: int) -> bool:
    """Whether the character is a word with one or two of its neighbours; jieba's dictionary has slips, too (自已, 3 times)."""
    reaches = ((1, 1), (0, 2), (1, 2), (2, 1), (0, 3))
    return any(_count(shadow[max(0, at - back) : at + ahead]) * SLIP >= rival for back, ahead in reaches)


def _in_label(shadow: str, at: int) -> bool:
    """Whether the character stands in short quotation marks."""
    first = max(0, at - 10)
    return any(match.start() < at - first < match.end() for match in _LABEL.finditer(shadow[first : at + 11]))


def _is_dearer(shadow: str, start: int, mended: str) -> bool:
    left, right = window(shadow, start)[0], window(shadow, start + 1)[1]
    run = shadow[left:right]
    as_meant = run[: start - left] + mended + run[start - left + 2 :]
    return cheapest(run) - cheapest(as_meant) > DEARER


@lru_cache(maxsize=8)
def _pairs(lexicons: Lexicons) -> tuple[npt.NDArray[np.bool_], dict[str, tuple[str, ...]]]:
    """By code point whether a character is looked for, and what each may stand for; in Simplified."""
    meant: dict[str, tuple[str, ...]] = {}
    for row in lexicons.rows("lookalikes"):
        meant[simplified(row["written"])] = (*meant.get(simplified(row["written"]), ()), simplified(row["meant"]))
    flags = np.zeros(max(map(ord, meant), default=0) + 2, dtype=np.bool_)
    flags[list(map(ord, meant))] = True
    return flags, meant
