"""One speech as numbers: its words, their counts by block, and what they come to in each resample.

Words go by number; `corpus` names them. A speech keeps its counts only: its draws are made again from its own random
stream where they are wanted, so that memory does not grow with the corpus.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.measure.resampling import Singles, lottery, stream, weights

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# A matrix with fewer than one filled cell in so many is kept sparse: from about there on sparse products are faster.
SPARSE = 12


@dataclass(frozen=True, eq=False)
class Member:
    """One speech: the numbers of its words in order, n by word and block, the sizes of its blocks."""

    speech: str
    words: Integers
    table: Any = field(repr=False)
    sizes: Integers = field(repr=False)
    resamples: int
    seed: int

    @cached_property
    def size(self) -> int:
        """Han characters of the speech."""
        return int(self.sizes.sum())

    @cached_property
    def n(self) -> Integers:
        """Occurrences of its words."""
        return np.asarray(self.table.sum(axis=1), dtype=np.int64).ravel()

    @property
    def varies(self) -> bool:
        """With one block every resample is the same: nothing can be said of the variation."""
        return len(self.sizes) > 1

    def counts(self, words: Integers) -> Integers:
        """Occurrences of any words; 0 for those it lacks."""
        return spread(self, self.n, words)

    def drawn(self) -> npt.NDArray[Any]:
        """How often each block is drawn, blocks × resamples; the same draws as those of `frequencies`."""
        drawn = weights(len(self.sizes), self.resamples, stream(self.seed, self.speech))
        return np.ascontiguousarray(drawn.T, dtype=self.table.dtype)

    def tickets(self) -> Floats:
        """A lottery ticket per permutation and block; they come after the draws in the random stream."""
        rng = stream(self.seed, self.speech)
        weights(len(self.sizes), self.resamples, rng)
        return lottery(len(self.sizes), self.resamples, rng)

    def drawn_sizes(self, drawn: npt.NDArray[Any]) -> Floats:
        """Han characters of each resample."""
        return np.asarray(self.sizes.astype(np.float64) @ drawn)


def member(speech: str, cells: tuple[Integers, Integers, Integers], sizes: Integers, *, resamples: int, seed: int) -> Member:
    """A speech from its cells (word, block, n), each word and block once."""
    from scipy.sparse import csr_array

    word, block, n = cells
    words, line = np.unique(word, return_inverse=True)
    table = csr_array((n.astype(_whole(n, sizes)), (line.ravel(), block)), shape=(len(words), len(sizes)))
    return Member(speech, words, table, sizes, resamples, seed)


def _whole(n: Integers, sizes: Integers) -> type[np.signedinteger[Any]]:
    """Whole numbers that hold any sum a resample or a permutation can give; short ones are added several times faster."""
    return np.int16 if int(n.sum()) < 2**14 and int(n.max(initial=0)) * len(sizes) < 2**14 else np.int32


def spread(m: Member, values: npt.NDArray[Any], words: Integers, default: float = 0) -> npt.NDArray[Any]:
    """Values of the words of a speech at any words; `default` at those it lacks."""
    found = np.full(len(words), default, dtype=values.dtype)
    line, has = lines(m, words)
    found[has] = values[line[has]]
    return found


def lines(m: Member, words: Integers) -> tuple[Integers, npt.NDArray[np.bool_]]:
    """The line of each word in the speech's own table, and whether it has the word."""
    line = np.minimum(np.searchsorted(m.words, words), max(len(m.words) - 1, 0))
    return line, (m.words[line] == words) if len(m.words) else np.zeros(len(words), dtype=bool)


def times(table: Any, drawn: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """n by word and resample, of n by word and block and how often each block is drawn."""
    if SPARSE * table.nnz < table.shape[0] * table.shape[1]:
        return np.asarray(table @ drawn)
    product = table.toarray().astype(np.float32) @ drawn.astype(np.float32)
    return np.asarray(product, dtype=drawn.dtype)


def resampled(m: Member, words: Integers, drawn: npt.NDArray[Any]) -> Singles:
    """n of any words in each resample."""
    found = np.zeros((len(words), drawn.shape[1]), dtype=np.float32)
    line, has = lines(m, words)
    found[has] = times(m.table[line[has]], drawn)
    return found


def totals(members: Sequence[Member], n_words: int) -> Integers:
    """Occurrences of each word in all speeches."""
    total = np.zeros(n_words, dtype=np.int64)
    for m in members:
        total[m.words] += m.n
    return total
