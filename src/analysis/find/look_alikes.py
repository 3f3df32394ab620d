"""Characters that were read wrongly from a scan, or typed for one another: 自已 for 自己 (oneself), 末来 for 未来 (future).

>>> from analysis.read.lexicons import load
>>> list(places("他自已不知道", load()))  # he does not know it himself
[(1, '自己')]

A place is told where the character of data/lexicons/lookalikes.csv is no word with its neighbours, the one it looks like is,
and the text is far dearer as it is written. It knows nothing of sense: a slip that leaves words (未 for 末 before 尾) stays.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from analysis.find.dictionary import dictionary, from_dictionary
from analysis.find.pairs import Marks, marks_of_pairs, pair_table
from analysis.find.spelling import cheapest, window
from analysis.read.codes import codes_in, text_of
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


def places(shadow: str, lexicons: Lexicons) -> Iterator[tuple[int, str]]:
    """Start of a wrong word of two characters, and the right one; in Simplified."""
    pairs, slips = _slips(lexicons)
    for start in np.flatnonzero(marks_of_pairs(shadow, pairs)[: len(shadow)] != 0).tolist():
        for at, mended in slips.get(shadow[start : start + 2], ()):
            wrong = start + at
            if not _is_word(shadow, wrong, _count(mended)) and not _in_label(shadow, wrong) and _is_dearer(shadow, start, mended):
                yield start, mended


@lru_cache(maxsize=8)
def _slips(lexicons: Lexicons) -> tuple[Marks, dict[str, list[tuple[int, str]]]]:
    """Each usual word of two characters, one of them mistaken for another: which of the two, and the word; in Simplified."""
    usual = codes_in(_usual_words()).reshape(-1, 2).T.copy()
    slips: dict[str, list[tuple[int, str]]] = {}
    for row in lexicons.rows("lookalikes"):
        written, meant = simplified(row["written"]), simplified(row["meant"])
        for at, other in ((0, 1), (1, 0)):
            for beside in text_of(usual[other, usual[at] == ord(meant)]):
                wrong, word = (written + beside, meant + beside) if at == 0 else (beside + written, beside + meant)
                slips.setdefault(wrong, []).append((at, word))
    return pair_table([(1, slips)]), slips


@from_dictionary("usual_pairs")
def _usual_words() -> str:
    """The usual words of two characters, one after the other."""
    return "".join(word for word, (count, _) in dictionary().items() if len(word) == 2 and count >= LEAST)


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
