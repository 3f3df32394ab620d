"""Columns of many rows without an object for each cell: words by number.

>>> words = Coded(["工会", "会员"], np.array([0, 1, 0]))  # union, member
>>> list(words)
['工会', '会员', '工会']

Whoever writes them in bulk takes the numbers, and the words that they name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int64]  # or of smaller integers, where a text is short enough


@dataclass(eq=False, frozen=True)
class Coded:
    """`values[code]` for each code; `values` are all different, may be more than what is used of them, and grow."""

    values: Sequence[str]
    codes: npt.NDArray[Any]

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return map(self.values.__getitem__, self.codes.tolist())

    def count(self, value: str) -> int:
        """Rows that have this value, as of a list."""
        return int((self.codes == self.values.index(value)).sum()) if value in self.values else 0

    def named(self) -> "Coded":
        """The same with only the values that a code names, in the order in which the rows have them first.

        A vocabulary has many more, perhaps a broken one, in the order in which this process met them.
        """
        codes = self.codes.astype(np.intp)  # which numpy looks up by twice as fast
        rows = np.arange(len(codes), dtype=np.int32)
        first = np.empty(len(self.values), np.int32)
        # From the last row to the first: of rows with the same value the first is written last, and stays.
        first[codes[::-1].copy()] = rows[::-1].copy()
        named = codes[first.take(codes) == rows]
        places = np.empty(len(self.values), np.int32)
        places[named] = rows[: len(named)]
        return Coded(list(map(self.values.__getitem__, named.tolist())), places.take(codes))


def piece(column: Any, first: int, last: int) -> Any:
    """Some rows of a column, from one place up to another."""
    return Coded(column.values, column.codes[first:last]) if isinstance(column, Coded) else column[first:last]


def joined(parts: Sequence[Any]) -> Any:
    """One column of several that hold the same kind of values."""
    first = parts[0]
    if len(parts) == 1:
        return first
    if isinstance(first, Coded):
        return _joined_codes(parts)
    if isinstance(first, np.ndarray):
        return np.ma.concatenate(parts) if isinstance(first, np.ma.MaskedArray) else np.concatenate(parts)  # type: ignore[no-untyped-call]
    return list(chain.from_iterable(parts))


def slices(text: str, starts: Offsets, ends: Offsets) -> list[str]:
    """`text[start:end]` for each pair of places."""
    return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _joined_codes(parts: Sequence[Coded]) -> Coded:
    """The values of all parts, each once; a list that all parts share is taken as it is."""
    if all(part.values is parts[0].values for part in parts):
        return Coded(parts[0].values, np.concatenate([part.codes for part in parts]))
    place_of = {value: place for place, value in enumerate(dict.fromkeys(chain.from_iterable(part.values for part in parts)))}
    moved = [np.array([place_of[value] for value in part.values], np.int32) for part in parts]
    return Coded(list(place_of), np.concatenate([places[part.codes] for places, part in zip(moved, parts, strict=True)]))
