"""Where pairs of characters stand that may begin or end something: the few places of a text worth a look.

>>> table = pair_table([(1, ["工会", "会员"]), (2, ["会员"])])
>>> marks_of_pairs("县工会会员", table).tolist()
[0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0]

Pairs are looked up by a hash of both characters, so a mark may be wrong now and then, and is never missing. Marks are bits.
The array goes on for `codes.BEYOND` characters after the text.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from analysis.read.codes import BITS, hashed, pairs_of

Marks = npt.NDArray[np.uint16]


def marks_of_pairs(shadow: str, table: Marks) -> Marks:
    """The marks of the pair that begins at each character."""
    return table.take(pairs_of(shadow))


def pair_table(marked: Iterable[tuple[int, Iterable[str]]]) -> Marks:
    """A table of marks, each with the pairs (or longer words, by their first two characters) that bear it."""
    table = np.zeros(1 << BITS, dtype=np.uint16)
    for mark, words in marked:
        pairs = np.array([(ord(word[0]), ord(word[1])) for word in words if len(word) > 1], dtype=np.uint32).reshape(-1, 2)
        table[hashed(pairs[:, 0], pairs[:, 1])] |= np.uint16(mark)
    return table
