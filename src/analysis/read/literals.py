"""Many words looked for in one pass: every place where one of them begins, also inside or across another.

>>> list(literals(["工会", "工会主席", "主席"]).places("县工会主席"))  # union, its chair, chair
[(1, '工会主席'), (1, '工会'), (3, '主席')]

Only places where the first three characters of a word stand are looked at, so a text costs the same whether ten words are
looked for or a thousand. It knows nothing of word borders.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.read.codes import BITS, Codes, codes_in, codes_of, hashed, pairs_of

# What begins at a pair: a word of one character, of two, or a longer one.
ALONE, SHORT, LONG = 1, 2, 4
# Characters from here on, beyond the basic plane, share one flag.
BEYOND = 0xFFFF

Marks = npt.NDArray[np.uint8]


class Literals(NamedTuple):
    """Words by their first three characters or all they have, and tables that tell where they may begin."""

    words: dict[str, list[str]]  # longest first, with the shorter ones that begin at the same place
    pairs: Marks  # by the number of a pair
    again: npt.NDArray[np.bool_]  # by the number of a pair and the third character of a longer word, of a pair backwards
    alone: Marks | None  # by code point: ALONE for words of one character; None where there are none

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Start and word, in order of start; of words that begin at one place the longest first."""
        pairs, codes = pairs_of(text), codes_of(text)
        begun = self.pairs.take(pairs)
        if self.alone is not None:
            begun |= self.alone.take(codes, mode="clip")
        starts = np.flatnonzero(begun != 0)
        if not len(starts):
            return
        # Pairs share numbers: what is found by another number too is seldom a wrong guess.
        kinds, (first, second, third) = begun.take(starts), (codes.take(starts + n, mode="clip") for n in range(3))
        long, short = self.again.take(hashed(pairs.take(starts), third)), self.again.take(hashed(second, first))
        begin = self.words.get
        for start in starts[long | (short & (kinds & SHORT != 0)) | (kinds & ALONE != 0)].tolist():
            head = text[start : start + 3]
            for word in begin(head) or begin(head[:2]) or begin(head[:1]) or ():
                if text.startswith(word, start):
                    yield start, word


def literals(words: Iterable[str]) -> Literals:
    """A finder of these words; empty ones are left out. Building takes some microseconds a word: keep it."""
    by_head: dict[str, list[str]] = {}
    for word in sorted({*words} - {""}, key=len, reverse=True):
        by_head.setdefault(word[:3], []).append(word)
    by_length: dict[int, list[str]] = {1: [], 2: [], 3: []}
    for head in by_head:
        by_length[len(head)].append(head)
    for length in (2, 3):
        for head in by_length[length]:
            # A shorter word begins there too; those of two characters have theirs of one already.
            if shorter := by_head.get(head[: length - 1]) or by_head.get(head[:1]):
                by_head[head] += shorter
    long, short = _codes(by_length[3], 3), _codes(by_length[2], 2)
    pairs, again = np.zeros(1 << BITS, dtype=np.uint8), np.zeros(1 << BITS, dtype=np.bool_)
    pairs[hashed(long[0], long[1])] = LONG
    pairs[hashed(short[0], short[1])] |= SHORT
    again[hashed(hashed(long[0], long[1]), long[2])] = again[hashed(short[1], short[0])] = True
    alone = np.zeros(BEYOND + 1, dtype=np.uint8)
    alone[[min(ord(word), BEYOND) for word in by_length[1]]] = ALONE
    return Literals(by_head, pairs, again, alone if alone.any() else None)


def _codes(heads: Sequence[str], length: int) -> Codes:
    """The code points of words of the same length, by their place in it."""
    return codes_in("".join(heads)).reshape(-1, length).T
