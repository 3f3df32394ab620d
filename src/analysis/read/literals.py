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

from analysis.read.codes import BITS, codes_of, hashed, pairs_of

# What begins at a pair: a word of two characters or one, or a longer one.
SHORT, LONG = 1, 2
# Characters from here on, beyond the basic plane, share one flag.
BEYOND = 0xFFFF

Marks = npt.NDArray[np.uint8]


class Literals(NamedTuple):
    """Words by their first two characters, and tables that tell where they may begin."""

    words: dict[str, tuple[str, ...]]
    pairs: Marks  # by the number of a pair
    thirds: npt.NDArray[np.bool_]  # by the number of a pair and the third character of a longer word
    alone: Marks | None  # by code point: SHORT for words of one character; None where there are none

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Start and word, in order of start; of words that begin at one place the longest first."""
        pairs, codes = pairs_of(text), codes_of(text)
        begun = self.pairs.take(pairs)
        if self.alone is not None:
            begun |= self.alone.take(codes, mode="clip")
        starts = np.flatnonzero(begun != 0)
        if not len(starts):
            return
        third = self.thirds.take(hashed(pairs.take(starts), codes.take(starts + 2, mode="clip")))
        for start in starts[third | (begun.take(starts) & SHORT != 0)].tolist():
            for word in self.words.get(text[start : start + 2]) or self.words.get(text[start : start + 1], ()):
                if text.startswith(word, start):
                    yield start, word


def literals(words: Iterable[str]) -> Literals:
    """A finder of these words; empty ones are left out. Building takes some microseconds a word: keep it."""
    every = sorted({*words} - {""}, key=lambda word: (-len(word), word))
    by_beginning: dict[str, list[str]] = {}
    for word in every:
        by_beginning.setdefault(word[:2], []).append(word)
    for beginning, of_beginning in by_beginning.items():
        # A word of one character begins at its character, whatever follows.
        of_beginning += by_beginning.get(beginning[0], ()) if len(beginning) > 1 else ()
    pairs, thirds = np.zeros(1 << BITS, dtype=np.uint8), np.zeros(1 << BITS, dtype=np.bool_)
    longer = [word for word in every if len(word) > 2]
    pairs[_numbers(longer)] = LONG
    pairs[_numbers([word for word in every if len(word) == 2])] |= SHORT
    thirds[_numbers(longer, 3)] = True
    alone = np.zeros(BEYOND + 1, dtype=np.uint8)
    alone[[min(ord(word), BEYOND) for word in every if len(word) == 1]] = SHORT
    return Literals({key: tuple(words) for key, words in by_beginning.items()}, pairs, thirds, alone if alone.any() else None)


def _numbers(words: Iterable[str], length: int = 2) -> npt.NDArray[np.int64]:
    """The number of each word's first two characters, or three."""
    codes = np.array([list(map(ord, word[:length])) for word in words], dtype=np.uint32).reshape(-1, length)
    numbers = hashed(codes[:, 0], codes[:, 1])
    return np.asarray(hashed(numbers, codes[:, 2]) if length > 2 else numbers, dtype=np.int64)
