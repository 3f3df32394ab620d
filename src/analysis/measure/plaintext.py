"""How often strings stand in a text as plain text, not overlapping.

>>> text_counts("人人人，工会会工", ["人人", "工会", "会工会"])  # 人人 everybody, 工会 union, 会工会 no word
{'人人': 1, '工会': 1, '会工会': 0}

Every string of the text of one length is a number; the numbers are sorted once, and any number of keys is looked up.
That is many times faster than searching for each of them. It knows no words: `counts` does.
"""

from collections.abc import Iterable
from itertools import groupby

import numpy as np
import numpy.typing as npt

from analysis.read.codes import codes_in

Codes = npt.NDArray[np.uint64]
# As many letters as fit are packed into one number.
_BITS = 64


def text_counts(text: str, keys: Iterable[str]) -> dict[str, int]:
    """How often each key stands in `text` as plain text, not overlapping."""
    every = list(keys)
    found = dict.fromkeys(every, 0)
    alphabet, letters = np.unique(codes_in(text), return_inverse=True)
    width = len(alphabet).bit_length()
    for length, group in groupby(sorted(found, key=len), key=len):
        same = list(group)
        if not 0 < length * width <= _BITS:
            found |= {key: text.count(key) for key in same}
            continue
        points = codes_in("".join(same)).reshape(-1, length)
        place = np.minimum(np.searchsorted(alphabet, points), len(alphabet) - 1)
        here = (alphabet[place] == points).all(axis=1)
        grams, wanted = np.sort(_packed(_windows(letters, length), width)), _packed(place, width)
        n = np.searchsorted(grams, wanted, side="right") - np.searchsorted(grams, wanted, side="left")
        found |= zip(same, np.where(here, n, 0).tolist(), strict=True)
        found |= {key: text.count(key) for key in np.array(same, dtype=object)[here & _overlapping(points)].tolist()}
    return found


def _windows(letters: npt.NDArray[np.integer], length: int) -> npt.NDArray[np.integer]:
    """Every stretch of so many letters, one a line."""
    n = max(len(letters) - length + 1, 0)
    return np.lib.stride_tricks.sliding_window_view(letters, length) if n else np.empty((0, length), dtype=letters.dtype)


def _packed(letters: npt.NDArray[np.integer], width: int) -> Codes:
    """One number for each line of letters."""
    codes = np.zeros(len(letters), dtype=np.uint64)
    for column in letters.T:
        codes = (codes << np.uint64(width)) | column.astype(np.uint64)
    return codes


def _overlapping(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Whether two occurrences of a string can overlap, as those of 人人 (everybody) in 人人人 do."""
    length, found = points.shape[1], np.zeros(len(points), dtype=bool)
    for k in range(1, length):
        found |= (points[:, :k] == points[:, -k:]).all(axis=1)
    return found
