"""What may stand before the word of an area as the name of an unknown place: 宁陕 in 宁陕县.

>>> from analysis.read.lexicons import load
>>> before_area("来到德钦", load()), before_area("管理本", load())  # came to Deqin; manage this …
(True, False)
"""

from functools import lru_cache

from analysis.find.cutter import cutter
from analysis.find.dictionary import dictionary
from analysis.find.name_lists import AREAS, GENERIC, LAND, listed
from analysis.find.name_marks import FUNCTION
from analysis.read.lexicons import Lexicons

# Parts of speech of a word that may be the stem of an unknown place, and of a character that may be part of one.
_STEMS = ("ns", "nr", "nrt", "nz", "nrfg")
LETTERS = ("n", "ns", "nr", "nz", "g", "zg", "ng", "j", "nrt", "nrfg", "ag", "")


@lru_cache(maxsize=8192)
def is_letter(piece: str) -> bool:
    """Whether a piece is one character that may be part of an unknown name."""
    if len(piece) != 1 or not "\u4e00" <= piece <= "\u9fff" or piece in FUNCTION:
        return False
    return dictionary().get(piece, (0, ""))[1] in LETTERS


@lru_cache(maxsize=8192)
def is_stem(word: str, lexicons: Lexicons) -> bool:
    """Whether a word may be the name of an unknown place: used as a name, and not a place that has its area elsewhere."""
    if not 2 <= len(word) <= 3 or word in GENERIC or word in listed(lexicons) or FUNCTION & set(word):
        return False
    return dictionary().get(word, (0, ""))[1] in _STEMS and word[-1] not in AREAS and word[0] not in LAND


@lru_cache(maxsize=8192)
def before_area(before: str, lexicons: Lexicons) -> bool:
    """Whether two letters or a stem end there, if they are words of their own."""
    letters = all(map(is_letter, before[-2:])) and _two_words(before[-2:], lexicons)
    return letters or is_stem(before[-2:], lexicons) or is_stem(before[-3:], lexicons)


def _two_words(pair: str, lexicons: Lexicons) -> bool:
    """Whether two characters may be a word each, side by side: what the cutter takes for one word it never takes apart."""
    return len(cutter(lexicons).cut(pair, False)) > 1
