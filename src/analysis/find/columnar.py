"""Columns of many rows without an object for each cell: words by number, and texts by their places.

>>> words = Coded(["工会", "会员"], np.array([0, 1, 0]))  # union, member
>>> list(words)
['工会', '会员', '工会']
>>> list(Slices("工會 會員", np.array([0, 3]), np.array([2, 5])))
['工會', '會員']

Whoever writes them in bulk takes the codes, or the text with its places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.read.codes import codes_in, text_of

Offsets = npt.NDArray[np.int64]  # or of smaller integers, where a text is short enough

# Stands between spans that are joined and split again: the last code point, which no text has.
MARK = "\U0010ffff"


@dataclass(eq=False, frozen=True)
class Coded:
    """`values[code]` for each code; `values` may be longer than what is used of it, and grow."""

    values: Sequence[str]
    codes: npt.NDArray[Any]

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return map(self.values.__getitem__, self.codes.tolist())

    def count(self, value: str) -> int:
        """Rows that have this value, as of a list; the values are all different."""
        return int((self.codes == self.values.index(value)).sum()) if value in self.values else 0

    def named(self) -> "Coded":
        """The same with only the values that a code names, each once and in their order.

        A vocabulary has many more, perhaps a broken one, in the order in which this process met them.
        """
        named = np.zeros(len(self.values), dtype=np.bool_)
        named[self.codes] = True
        used = np.flatnonzero(named)
        words = list(map(self.values.__getitem__, used.tolist()))
        values = sorted(set(words))
        place_of = {word: place for place, word in enumerate(values)}
        places = np.zeros(len(named), dtype=np.int32)
        places[used] = list(map(place_of.__getitem__, words))
        return Coded(values, places[self.codes])


@dataclass(eq=False, frozen=True)
class Slices:
    """`text[start:end]` for each pair of places: sorted, apart and not empty."""

    text: str
    starts: Offsets
    ends: Offsets

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[str]:
        return iter(slices(self.text, self.starts, self.ends))


def piece(column: Any, first: int, last: int) -> Any:
    """Some rows of a column, from one place up to another, with no more of its text than they need."""
    if isinstance(column, Coded):
        return Coded(column.values, column.codes[first:last])
    if isinstance(column, Slices):
        begin, end = int(column.starts[first]), int(column.ends[last - 1])
        return Slices(column.text[begin:end], column.starts[first:last] - begin, column.ends[first:last] - begin)
    return column[first:last]


def joined(parts: Sequence[Any]) -> Any:
    """One column of several that hold the same kind of values."""
    first = parts[0]
    if len(parts) == 1:
        return first
    if isinstance(first, Coded):
        return _joined_codes(parts)
    if isinstance(first, Slices):
        shifts = np.cumsum([0, *(len(part.text) for part in parts[:-1])]).tolist()
        starts = [part.starts + shift for part, shift in zip(parts, shifts, strict=True)]
        ends = [part.ends + shift for part, shift in zip(parts, shifts, strict=True)]
        return Slices("".join(part.text for part in parts), np.concatenate(starts), np.concatenate(ends))
    if isinstance(first, np.ndarray):
        return np.ma.concatenate(parts) if isinstance(first, np.ma.MaskedArray) else np.concatenate(parts)  # type: ignore[no-untyped-call]
    return list(chain.from_iterable(parts))


def _joined_codes(parts: Sequence[Coded]) -> Coded:
    """The values of all parts one after another; a list that all parts share is taken as it is."""
    if all(part.values is parts[0].values for part in parts):
        return Coded(parts[0].values, np.concatenate([part.codes for part in parts]))
    begun = np.cumsum([0, *(len(part.values) for part in parts[:-1])]).tolist()
    codes = [part.codes + first for part, first in zip(parts, begun, strict=True)]
    return Coded([value for part in parts for value in part.values], np.concatenate(codes))


def slices(text: str, starts: Offsets, ends: Offsets) -> list[str]:
    """`text[start:end]` for spans that are not empty, sorted by start and do not overlap.

    The spans are joined with a mark between them and split again: several times faster than slicing one by one.
    """
    if not len(starts) or MARK in text:
        return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    codes = codes_in(text)
    if int((ends - starts).sum()) < len(codes):
        depth = np.zeros(len(codes) + 1, dtype=np.int8)
        depth[starts] += 1
        depth[ends] -= 1
        codes = codes[np.cumsum(depth[:-1], dtype=np.int8).astype(np.bool_)]
    marked = np.insert(codes, np.cumsum(ends - starts)[:-1], ord(MARK))
    return text_of(marked).split(MARK)
