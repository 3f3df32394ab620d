"""Code points of a text as an array, and a number for each pair of neighbours: what tables of characters and pairs are asked by.

>>> codes_of("工会")[:2].tolist()
[24037, 20250]

The arrays go on for `BEYOND` characters after the text, so that a look ahead needs no check. Those of the last texts are
remembered, since several finders ask for them. Two pairs may share a number.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from analysis.read.stretches import LONG, stretches

Codes = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

Value = TypeVar("Value")

BEYOND = 6
# Short texts, of which several are worked at side by side, and how many of them are remembered: some 10 MB.
SHORT, MANY = 40_000, 24
# Pairs share 2**18 numbers: some 6,000 that are marked make one wrong guess in forty.
BITS = 18


def codes_in(text: str) -> Codes:
    """Code points of a text, and no more."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def looked_up(text: str, table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What a table by code point has for each character; its last place is for all beyond. A long text goes stretch by stretch."""
    parts = [table.take(codes_in(text[begin:end]), mode="clip") for begin, end in stretches(text)]
    return np.concatenate([table[:0], *parts])


def marked(*marks: tuple[int, str]) -> npt.NDArray[np.uint8]:
    """A table by code point with the marks, which are bits, of some characters of the basic plane."""
    table = np.zeros(0x10001, dtype=np.uint8)  # the last place is for all beyond
    for mark, characters in marks:
        table[list(map(ord, characters))] |= mark
    return table


def text_of(codes: Codes) -> str:
    """The text of some code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def of_last_texts(work: Callable[..., Value]) -> Callable[..., Value]:
    """Remembers what was worked out of the last text, and of the last dozens of short ones; of a very long one nothing."""
    # The arrays take twelve bytes a character.
    of_short, of_long = lru_cache(maxsize=MANY)(work), lru_cache(maxsize=1)(work)
    return lambda text, *more: (of_short if len(text) < SHORT else of_long if len(text) < LONG else work)(text, *more)


@of_last_texts
def codes_of(text: str) -> Codes:
    """Code points of a text, and NUL beyond it."""
    return codes_in(text + "\0" * BEYOND)


@of_last_texts
def pairs_of(text: str) -> Offsets:
    """The number of the pair that begins at each character; wide, because tables are looked up three times as fast so."""
    codes = codes_of(text)
    pairs: Offsets = hashed(codes, np.append(codes[1:], np.uint32(0))).astype(np.int64)
    return pairs


def hashed(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> Any:
    """The number of each pair of code points, or of a pair's number and a third one."""
    return ((first * np.uint32(0x9E5)) ^ second) & np.uint32((1 << BITS) - 1)
