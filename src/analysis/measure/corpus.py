"""The words all speeches are compared by, with what the rows of `keywords` quote for each speech and word.

Words go by number here, the commonest first, so that words with like counts are worked on together.
It compares nothing: that is `contrast` and `keywords`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from analysis.measure import contrast
from analysis.measure.contrast import Member
from analysis.measure.counts import Counted, counted, text_counts
from analysis.measure.dispersion import dp_norm
from analysis.measure.stopwords import left_out

if TYPE_CHECKING:
    from analysis.tables import Tables

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Heap:
    """For each word the section of a speech that holds most of it: how much, and the section's share of the speech."""

    most: Integers
    share: Floats

    def of(self, words: Integers) -> "Heap":
        """The same for some words."""
        return Heap(self.most[words], self.share[words])


@dataclass(frozen=True, eq=False)
class Corpus:
    """The words all speeches are compared by; for each speech and word what the rows quote."""

    keys: Objects
    by_key: Integers
    members: list[Member]
    texts: list[Objects]
    n_own: list[Integers]
    n_text: list[Integers]
    dp: list[Floats]
    heaps: list[Heap]
    key_texts: list[str]


def corpus(tables: "Tables") -> Corpus:
    """Words that are not left out, the commonest first, so that words with like counts are worked on together."""
    settings, skip = tables.settings, left_out(tables)
    speeches = [words for words in counted(tables) if words.size]
    total: Counter[str] = Counter()
    for words in speeches:
        total.update({key: n for key, n in zip(words.keys, words.n.tolist(), strict=True) if key not in skip})
    keys = sorted(total, key=lambda key: (-total[key], key))
    number = {key: i for i, key in enumerate(keys)}
    members = [
        contrast.member(
            words.speech,
            _renumbered(words, number),
            words.sizes,
            n_words=len(keys),
            resamples=settings.resamples,
            seed=settings.seed,
        )
        for words in speeches
    ]
    texts = _texts(speeches, keys)
    return Corpus(
        keys=_objects(keys),
        by_key=np.argsort(np.argsort(np.array(keys, dtype=str))).astype(np.int64),
        members=members,
        texts=[_spread(words.keys, _objects(words.texts), number, texts) for words in speeches],
        n_own=[_spread(words.keys, words.n_own, number, np.zeros(len(keys), np.int64)) for words in speeches],
        n_text=[_plain_counts(words, keys) for words in speeches],
        dp=[_spread(words.keys, dp_norm(words.matrix(), words.sizes), number, np.full(len(keys), np.nan)) for words in speeches],
        heaps=[_heap(m, words.sections) for m, words in zip(members, speeches, strict=True)],
        key_texts=[words.key_text for words in speeches],
    )


def _objects(values: Sequence[str]) -> Objects:
    return np.array([*values, None], dtype=object)[:-1]


def _renumbered(words: Counted, number: Mapping[str, int]) -> tuple[Integers, Integers, Integers]:
    """n by word and block, in the numbers of the common vocabulary."""
    to = np.array([number.get(key, -1) for key in words.keys], dtype=np.int64)
    word = to[words.cells[0]] if len(to) else words.cells[0]
    keep = word >= 0
    return word[keep], words.cells[1][keep], words.cells[2][keep]


def _spread(
    keys: Sequence[str], values: npt.NDArray[Any], number: Mapping[str, int], default: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Values of a speech's words in the numbers of the common vocabulary; `default` for words it lacks."""
    spread = default.copy()
    at = [(number[key], i) for i, key in enumerate(keys) if key in number]
    to, source = np.array(at, dtype=np.int64).reshape(-1, 2).T
    spread[to] = values[source]
    return spread


def _texts(speeches: Sequence[Counted], keys: Sequence[str]) -> Objects:
    """How each word is written: the form of the speech that uses it most."""
    best: dict[str, tuple[int, str]] = {}
    for words in speeches:
        for key, text, n in zip(words.keys, words.texts, words.n.tolist(), strict=True):
            if key not in best or (-n, text) < best[key]:
                best[key] = (-n, text)
    return _objects([best[key][1] for key in keys])


def _plain_counts(words: Counted, keys: Sequence[str]) -> Integers:
    found = text_counts(words.key_text, keys)
    return np.array([found[key] for key in keys], dtype=np.int64)


def _heap(m: Member, sections: Integers) -> Heap:
    """By sections, or by blocks where the speech has fewer than two sections."""
    part = np.unique(sections, return_inverse=True)[1]
    if part.max(initial=0) < 1:
        part = np.arange(len(m.sizes))
    n_parts = int(part.max()) + 1
    word, block, n = m.cells
    sums = np.bincount(word * n_parts + part[block], weights=n, minlength=len(m.n) * n_parts).reshape(-1, n_parts)
    top = sums.argmax(axis=1) if len(sums) else np.zeros(0, np.int64)
    sizes = np.bincount(part, weights=m.sizes, minlength=n_parts)
    most = np.take_along_axis(sums, top[:, None], 1)[:, 0] if len(sums) else np.zeros(0)
    return Heap(most.astype(np.int64), sizes[top] / m.size)


def widened(corpus: Corpus, keys: list[str]) -> Corpus:
    """The corpus with words added that no speech has as a word (but may have as plain text)."""
    k = len(keys)
    zeros, added = np.zeros(k, np.int64), _objects(keys)
    return replace(
        corpus,
        keys=np.append(corpus.keys, added),
        by_key=np.argsort(np.argsort(np.append(corpus.keys, added).astype(str))).astype(np.int64),
        members=[replace(m, n=np.append(m.n, zeros)) for m in corpus.members],
        texts=[np.append(texts, added) for texts in corpus.texts],
        n_own=[np.append(n, zeros) for n in corpus.n_own],
        n_text=[
            np.append(n, np.array(list(text_counts(text, keys).values()), dtype=np.int64))
            for n, text in zip(corpus.n_text, corpus.key_texts, strict=True)
        ],
        dp=[np.append(dp, np.full(k, np.nan)) for dp in corpus.dp],
        heaps=[Heap(np.append(heap.most, zeros), np.append(heap.share, np.ones(k))) for heap in corpus.heaps],
    )
