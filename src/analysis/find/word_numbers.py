"""Words by number: each gets one when it is first met, so that a column of many words is an array.

>>> from analysis.read.lexicons import load
>>> vocabulary = Vocabulary(load())
>>> numbers = vocabulary.numbers_of("工会的会员", np.array([0, 3]), np.array([2, 5]))  # union, member
>>> [vocabulary.words[number] for number in numbers], [vocabulary.tags[tag] for tag in vocabulary.tags_of(numbers)]
(['工会', '会员'], ['n', 'n'])

It does not tell homographs apart: the tag is the one a dictionary gives the word, or one by rule.
"""

import re
from array import array
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from analysis.find.columnar import Offsets
from analysis.find.cutter import NUMERALS, tag
from analysis.read.codes import codes_in
from analysis.read.lexicons import Lexicons
from analysis.read.speech import HAN

Numbers = npt.NDArray[np.int32]
Packed = npt.NDArray[np.uint64]

# Words remembered from speech to speech: some 10 MB, more than a long book has.
MOST_REMEMBERED = 60_000
# Up to three characters, which nineteen words of twenty have, fit in one integer: a code point, and 1 more, takes 21 bits.
BITS = 21
_MASKS = np.array([0, *((1 << BITS * size) - 1 for size in (1, 2, 3)), 0], np.uint64)
# Places of such words in a table, by their integer times an odd number (2**64 over the golden ratio; D. Knuth, The Art of
# Computer Programming, volume 3, 6.4).
PLACES_BITS, SPREAD = 18, np.uint64(0x9E3779B97F4A7C15)
FREE = np.uint64(2**64 - 1)
UNTOLD = -1

_IS_HAN = re.compile(f"[{HAN}]")
_IS_NUMBER = re.compile(rf"第?[\d{NUMERALS}.,/xX×多余分之点]*[\d{NUMERALS}][\d{NUMERALS}.,/xX×多余分之点]*")


class Vocabulary:
    """The words met so far and their tags, each by its number."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.words: list[str] = []
        self.tags: list[str] = []
        self._lexicons = lexicons
        self._number_of: dict[str, int] = {}
        self._tag_of = array("i")
        # The short words once more, by place.
        self._short: Packed = np.full(1 << PLACES_BITS, FREE)
        self._number_at: Numbers = np.zeros(1 << PLACES_BITS, np.int32)

    def number(self, word: str) -> int:
        """Number of a word."""
        number = self._number_of.get(word)
        if number is None:
            number = self._number_of[word] = len(self.words)
            self.words.append(word)
            self._tag_of.append(UNTOLD)
        return number

    def numbers_of(self, text: str, starts: Offsets, ends: Offsets) -> Numbers:
        """Numbers of the words that stand in a text; no object is made for most of them."""
        short = _packed(text).take(starts) & _MASKS.take(ends - starts, mode="clip")
        places = (short * SPREAD >> np.uint64(64 - PLACES_BITS)).astype(np.int64)
        numbers = self._number_at.take(places)
        others = np.flatnonzero(self._short.take(places) != short)
        spans = zip(starts[others].tolist(), ends[others].tolist(), strict=True)
        numbers[others] = [self.number(text[start:end]) for start, end in spans]
        # The first of the words that share a place keeps it: the usual ones come early.
        placed = others[(short[others] > 0) & (self._short[places[others]] == FREE)]
        self._short[places[placed]] = short[placed]
        self._number_at[places[placed]] = numbers[placed]
        return numbers

    def tag(self, name: str) -> int:
        """Number of a tag."""
        if name not in self.tags:
            self.tags.append(name)
        return self.tags.index(name)

    def tags_of(self, numbers: Numbers) -> Numbers:
        """Numbers of the tags of words; a word's tag is worked out when it is first asked for."""
        if not len(numbers):
            return numbers.copy()
        tag_of = np.frombuffer(self._tag_of, np.int32)
        for number in set(numbers[tag_of.take(numbers) == UNTOLD].tolist()):
            word = self.words[number]
            self._tag_of[number] = self.tag(tag(word, self._lexicons) or unknown_tag(word))
        return tag_of.take(numbers)


def _packed(text: str) -> Packed:
    """The three characters from each place on as one integer."""
    codes = codes_in(text).astype(np.uint64) + np.uint64(1)
    packed = codes.copy()
    packed[:-1] |= codes[1:] << np.uint64(BITS)
    packed[:-2] |= codes[2:] << np.uint64(2 * BITS)
    return packed


@lru_cache(maxsize=4)
def _vocabularies(lexicons: Lexicons) -> list[Vocabulary]:
    return [Vocabulary(lexicons)]


def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The words met so far in any speech, so that each is looked up once; begun anew when there are too many."""
    kept = _vocabularies(lexicons)
    if len(kept[0].words) > MOST_REMEMBERED:
        kept[0] = Vocabulary(lexicons)
    return kept[0]


def unknown_tag(word: str) -> str:
    """Tag of a word no dictionary has: w mark, m number, eng Latin, x one unknown character, n any other word.

    >>> [unknown_tag(word) for word in ("，", "4.03万", "PM2.5", "某某")]
    ['w', 'm', 'eng', 'n']
    """
    if not any(character.isalnum() for character in word):
        return "w"
    if _IS_NUMBER.fullmatch(word) or word.isnumeric():
        return "m"
    if not _IS_HAN.search(word):
        return "eng"
    return "x" if len(word) == 1 else "n"
