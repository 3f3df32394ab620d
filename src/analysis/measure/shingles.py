"""Shingles: the strings of eight letters of each speech, and where speeches share them (Broder 1997).

>>> letters("維護職工 合法權益!").text  # uphold the lawful rights of workers: Simplified, no marks
'维护职工合法权益'

One index of all speeches, so that a thousand of them need no look at every pair. Passages are built from these in `passages`.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.read.codes import codes_in
from analysis.read.script import shadow

Integers = npt.NDArray[np.int64]

# Length of the exact strings. Broder's shingles for Chinese: 8 to 12 characters; with 8, five of six passages of 120
# characters still hold one when every fifth character was changed.
SEED = 8
# A string that more speeches have is boilerplate, and one that comes again in a speech is looked up this often.
MOST_SPEECHES, MOST_PLACES = 50, 4


class Letters(NamedTuple):
    """The letters, digits and characters of a text without punctuation and blanks, with their places in it."""

    text: str
    places: Integers


def letters(text: str) -> Letters:
    """The letters of a text in Simplified, with their places."""
    key = shadow(text)
    places = np.array([place for place, character in enumerate(key) if character.isalnum()], dtype=np.int64)
    return Letters("".join(filter(str.isalnum, key)), places)


def strings(letters: str) -> npt.NDArray[np.uint64]:
    """One number per string of SEED letters, the same for the same string."""
    codes = codes_in(letters)
    n = len(codes) - SEED + 1
    if n <= 0:
        return np.zeros(0, np.uint64)
    numbers = np.zeros(n, np.uint64)
    with np.errstate(over="ignore"):
        for step in range(SEED):
            numbers = numbers * np.uint64(0x9E3779B97F4A7C15) + codes[step : step + n].astype(np.uint64)
            numbers ^= numbers >> np.uint64(29)
    return numbers


def matches(strings: Sequence[npt.NDArray[np.uint64]]) -> Iterator[tuple[int, tuple[Integers, Integers, Integers]]]:
    """For each speech: (other speech, place here, place there) of every string it shares with a later speech."""
    numbers = np.concatenate([*strings, np.zeros(0, np.uint64)])
    speech = np.repeat(np.arange(len(strings)), [len(part) for part in strings])
    place = np.concatenate([*(np.arange(len(part)) for part in strings), np.zeros(0)]).astype(np.int64)
    order = np.argsort(numbers, kind="stable")
    order = order[_shared(numbers[order], speech[order])]
    numbers, speech, place = numbers[order], speech[order], place[order]
    # Equal strings stand together, in order of speech: the partners of a place are those of the next speech to the last.
    firsts = np.flatnonzero(changes(numbers) | changes(speech))
    following = np.append(firsts, len(numbers))[np.searchsorted(firsts, np.arange(len(numbers)), side="right")]
    counts = np.searchsorted(numbers, numbers, side="right") - following
    by_speech = np.argsort(speech, kind="stable")
    bounds = np.searchsorted(speech[by_speech], np.arange(len(strings) + 1))
    for a in range(len(strings)):
        here = by_speech[bounds[a] : bounds[a + 1]]
        n = counts[here]
        there = np.repeat(following[here] - (np.cumsum(n) - n), n) + np.arange(n.sum())
        yield a, (speech[there], np.repeat(place[here], n), place[there])


def _shared(numbers: npt.NDArray[np.uint64], speech: Integers) -> npt.NDArray[np.bool_]:
    """Which places of the sorted strings are worth looking up: shared by speeches, but not by too many or too often."""
    new_string = changes(numbers)
    new_speech = new_string | changes(speech)
    group, part = np.cumsum(new_string) - 1, np.cumsum(new_speech) - 1
    n_speeches = np.bincount(group[new_speech], minlength=1)[group] if len(group) else group
    nth = np.arange(len(numbers)) - np.flatnonzero(new_speech)[part] if len(part) else part
    return (n_speeches >= 2) & (n_speeches <= MOST_SPEECHES) & (nth < MOST_PLACES)


def changes(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Where a value differs from the one before it; the first one does."""
    return np.concatenate([np.ones(min(1, len(values)), dtype=bool), values[1:] != values[:-1]])


class Spread:
    """In how many speeches each string stands, for those that two have or more."""

    def __init__(self, strings: Sequence[npt.NDArray[np.uint64]]) -> None:
        once = np.sort(np.concatenate([*(np.unique(part) for part in strings), np.zeros(0, np.uint64)]))
        firsts = np.flatnonzero(changes(once))
        counts = np.diff(np.append(firsts, len(once)))
        self.strings, self._counts = once[firsts][counts > 1], counts[counts > 1]

    def of(self, here: npt.NDArray[np.uint64], share: float) -> int:
        """The fewest speeches within which that share of the strings stays, of those that are shared at all."""
        at = np.minimum(np.searchsorted(self.strings, here), len(self.strings) - 1)
        counts = np.sort(self._counts[at[self.strings[at] == here]])
        return int(counts[math.ceil(share * len(counts)) - 1]) if len(counts) else 2
