"""Many words looked for in one pass: every place where one of them begins, also inside or across another.

>>> list(literals(["工会", "工会主席", "主席"]).places("县工会主席"))  # union, its chair, chair
[(1, '工会主席'), (1, '工会'), (3, '主席')]

Only places where the first three characters of a word stand are looked at, so a text costs the same whether ten words are
looked for or a thousand. It knows nothing of word borders.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint16]
# Characters beyond the basic plane share one flag; the words themselves are compared character by character.
BEYOND = 0xFFFF


class Literals(NamedTuple):
    """Words by their first two characters, and tables that tell where their first three stand."""

    words: dict[str, tuple[str, ...]]
    first: Numbers
    second: Numbers
    third: Numbers
    pairs: Numbers  # number of first and second character → number of the beginning, 0 where no word begins so
    thirds: npt.NDArray[np.bool_]  # number of the beginning and of the third character → whether a word goes on so, or ends

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Start and word, in order of start; of words that begin at one place the longest first."""
        codes = np.frombuffer(f"{text}\0\0".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        codes = np.minimum(codes, BEYOND)
        begun = self.pairs[self.first[codes[:-2]], self.second[codes[1:-1]]]
        starts = np.flatnonzero(begun)
        starts = starts[self.thirds[begun[starts], self.third[codes[starts + 2]]]]
        for start in starts.tolist():
            for word in self.words.get(text[start : start + 2]) or self.words.get(text[start], ()):
                if text.startswith(word, start):
                    yield start, word


def literals(words: Iterable[str]) -> Literals:
    """A finder of these words; empty ones are left out. Building takes some microseconds a word: keep it."""
    by_beginning: dict[str, list[str]] = {}
    for word in sorted({*words} - {""}, key=lambda word: (-len(word), word)):
        by_beginning.setdefault(word[:2], []).append(word)
    for beginning, of_beginning in by_beginning.items():
        # A word of one character begins at its character, whatever follows.
        of_beginning += by_beginning.get(beginning[0], ()) if len(beginning) > 1 else ()
    every = [word for of_beginning in by_beginning.values() for word in of_beginning]
    first, second, third = (_numbered(word[n] for word in every if len(word) > n) for n in range(3))
    pairs = np.zeros((int(first.max()) + 1, int(second.max()) + 1), dtype=np.uint16)
    thirds = np.zeros((len(by_beginning) + 1, int(third.max()) + 1), dtype=np.bool_)
    # Those of one character first: the beginnings of two that share it come after and take their places.
    for number, beginning in enumerate(sorted(by_beginning, key=len), 1):
        pairs[first[_code(beginning[0])], second[_code(beginning[1])] if len(beginning) > 1 else slice(None)] = number
        for word in by_beginning[beginning]:
            thirds[number, third[_code(word[2])] if len(word) > 2 else slice(None)] = True
    return Literals({key: tuple(words) for key, words in by_beginning.items()}, first, second, third, pairs, thirds)


def _code(character: str) -> int:
    return min(ord(character), BEYOND)


def _numbered(characters: Iterable[str]) -> Numbers:
    """By code point: a number from 1 for each of the characters, 0 for all others."""
    table = np.zeros(BEYOND + 1, dtype=np.uint16)
    codes = list(dict.fromkeys(map(_code, characters)))
    table[codes] = range(1, len(codes) + 1)
    return table
