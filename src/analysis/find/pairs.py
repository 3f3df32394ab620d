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

from analysis.read.codes import BITS, Offsets, codes_of, hashed, pairs_of

Marks = npt.NDArray[np.uint16]

# Beside the mark of a pair: that it is a whole word, and that it goes on with a third character.
SHORT, THIRD = 2, 4


def marks_of_pairs(shadow: str, table: Marks) -> Marks:
    """The marks of the pair that begins at each character."""
    return table.take(pairs_of(shadow))


def marks_at(shadow: str, places: Offsets, table: Marks) -> Marks:
    """The marks of the pairs that begin at some places."""
    return table.take(pairs_of(shadow).take(places))


def beginnings(shadow: str, places: Offsets, table: Marks, mark: int) -> Offsets:
    """Those of the places, each with a marked pair, where a word of the mark's may begin: two characters, or the third fits."""
    codes, hashes = codes_of(shadow), pairs_of(shadow).take(places)
    short = table.take(hashes) & (mark << SHORT) != 0
    third = table.take(hashed(hashes, codes.take(places + 2))) & (mark << THIRD) != 0
    found: Offsets = places[short | third]
    return found


def word_table(marked: Iterable[tuple[int, Iterable[str]]], others: Iterable[tuple[int, Iterable[str]]] = ()) -> Marks:
    """As `pair_table`, with what `beginnings` needs of the marks 1 and 2; the marks of `others` are 64 and more."""
    groups = [(mark, list(words)) for mark, words in marked]
    shorts = [(mark << SHORT, (word for word in words if len(word) == 2)) for mark, words in groups]
    table = pair_table([*groups, *shorts, *others])
    for mark, words in groups:
        heads = np.array([list(map(ord, word[:3])) for word in words if len(word) > 2], dtype=np.uint32).reshape(-1, 3)
        table[hashed(hashed(heads[:, 0], heads[:, 1]), heads[:, 2])] |= np.uint16(mark << THIRD)
    return table


def pair_table(marked: Iterable[tuple[int, Iterable[str]]]) -> Marks:
    """A table of marks, each with the pairs (or longer words, by their first two characters) that bear it."""
    table = np.zeros(1 << BITS, dtype=np.uint16)
    for mark, words in marked:
        pairs = np.array([(ord(word[0]), ord(word[1])) for word in words if len(word) > 1], dtype=np.uint32).reshape(-1, 2)
        table[hashed(pairs[:, 0], pairs[:, 1])] |= np.uint16(mark)
    return table
