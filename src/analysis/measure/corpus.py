"""The words all speeches are compared by, with what the rows of `keywords` quote for each speech and word.

Words go by number here, the commonest first, so that words with like counts are worked on together. Of a speech only
its own words are kept, so a corpus of thousands of speeches takes some ten kilobytes a speech.
It compares nothing: that is `contrast` and `keywords`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from analysis.measure.counts import Counted, counted
from analysis.measure.dispersion import dp_norm
from analysis.measure.member import Member, lines, member, spread
from analysis.measure.plaintext import text_counts
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


@dataclass(frozen=True, eq=False)
class Quoted:
    """One speech: its counts, and for each of its own words what the rows quote."""

    member: Member
    texts: Objects = field(repr=False)
    n_own: Integers = field(repr=False)
    n_text: Integers = field(repr=False)
    dp: Floats = field(repr=False)
    heap: Heap = field(repr=False)
    key_text: str = field(repr=False)

    def heap_of(self, words: Integers) -> Heap:
        """Where any words are heaped; words it lacks nowhere."""
        m = self.member
        return Heap(spread(m, self.heap.most, words), spread(m, self.heap.share, words, 1))


@dataclass(frozen=True, eq=False)
class Corpus:
    """The words all speeches are compared by: key and usual form of each; the first `n_words` of them stand in a speech."""

    keys: Objects
    forms: Objects
    by_key: Integers
    n_words: int
    speeches: list[Quoted]

    @property
    def members(self) -> list[Member]:
        return [one.member for one in self.speeches]

    def texts(self, here: int, words: Integers) -> Objects:
        """Words as a speech writes them, or else as the one does that uses them most."""
        one = self.speeches[here]
        line, has = lines(one.member, words)
        found: Objects = self.forms[words]
        found[has] = one.texts[line[has]]
        return found

    def n_text(self, here: int, words: Integers) -> Integers:
        """Occurrences of any words as plain text; those that are no words of a speech are searched for."""
        one = self.speeches[here]
        line, has = lines(one.member, words)
        found = np.zeros(len(words), dtype=np.int64)
        found[has] = one.n_text[line[has]]
        searched = text_counts(one.key_text, self.keys[words[~has]].tolist())
        found[~has] = [searched[key] for key in self.keys[words[~has]]]
        return found


def corpus(tables: "Tables") -> Corpus:
    """All words that are not left out, numbered as they come; of each speech only what the rows need is kept."""
    settings, skip = tables.settings, left_out(tables)
    number: dict[str, int] = {}
    best: list[tuple[int, str]] = []
    # Forms are many times the same: each is kept once.
    forms: dict[str, str] = {}
    speeches = []
    for words in counted(tables):
        if not words.size:
            continue
        kept = np.array([i for i, key in enumerate(words.keys) if key not in skip], dtype=np.int64)
        for i, n in zip(kept.tolist(), words.n[kept].tolist(), strict=True):
            form = forms.setdefault(words.texts[i], words.texts[i])
            here = number.setdefault(words.keys[i], len(best))
            if here == len(best):
                best.append((-n, form))
            else:
                best[here] = min(best[here], (-n, form))
        to = np.full(len(words.keys), -1, dtype=np.int64)
        to[kept] = [number[words.keys[i]] for i in kept.tolist()]
        texts = _objects([forms.get(text, text) for text in words.texts])
        speeches.append(_quoted(words, to, texts, (settings.resamples, settings.seed)))
    keys = _objects(list(number))
    return Corpus(keys, _objects([form for _, form in best]), _places(keys), len(keys), speeches)


def widened(corpus: Corpus, keys: Sequence[str]) -> Corpus:
    """The corpus with words added that no speech has as a word (but may have as plain text)."""
    added = _objects(keys)
    every = np.append(corpus.keys, added)
    return replace(corpus, keys=every, forms=np.append(corpus.forms, added), by_key=_places(every))


def _objects(values: Sequence[str]) -> Objects:
    return np.array([*values, None], dtype=object)[:-1]


def _places(keys: Objects) -> Integers:
    """The place of each key among all keys in order."""
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
    places = np.empty_like(order)
    places[order] = np.arange(len(keys))
    return places


def _quoted(words: Counted, to: Integers, texts: Objects, options: tuple[int, int]) -> Quoted:
    """A speech in the numbers of the common vocabulary; words with number -1 are left out."""
    resamples, seed = options
    line = np.flatnonzero(to >= 0)
    line = line[np.argsort(to[line], kind="stable")]
    word, block, n = words.cells
    keep = to[word] >= 0
    m = member(words.speech, (to[word[keep]], block[keep], n[keep]), words.sizes, resamples=resamples, seed=seed)
    return Quoted(
        member=m,
        texts=texts[line],
        n_own=words.n_own[line],
        n_text=words.n_text[line],
        dp=dp_norm(words.matrix()[line], words.sizes),
        heap=_heap(m, words.sections),
        key_text=words.key_text,
    )


def _heap(m: Member, sections: Integers) -> Heap:
    """By sections, or by blocks where the speech has fewer than two sections."""
    part = np.unique(sections, return_inverse=True)[1].ravel()
    if part.max(initial=0) < 1:
        part = np.arange(len(m.sizes))
    n_parts = int(part.max(initial=0)) + 1
    cells = m.table.tocoo()
    word, block = cells.coords
    n_words = len(m.words)
    sums = np.bincount(word * np.int64(n_parts) + part[block], weights=cells.data, minlength=n_words * n_parts)
    sums = sums.reshape(n_words, n_parts)
    top = sums.argmax(axis=1)
    sizes = np.bincount(part, weights=m.sizes, minlength=n_parts)
    return Heap(sums[np.arange(n_words), top].astype(np.int64), sizes[top] / m.size)
