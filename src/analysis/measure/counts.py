"""Words of one speech counted block by block: the base of frequencies, keywords and concordance.

A word counts on its own (`n_own`), as a word on its own or inside a longer word (`n`), and as plain text (`n_text`).
Plain text is the speech's keys joined at their places, with the blanks between them, so that a word whose parts are
cut apart (在|於) is still found and n_own ≤ n ≤ n_text holds whatever the script.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.measure.blocks import blocks_of
from analysis.measure.dictionary import inside, words
from analysis.measure.plaintext import text_counts
from analysis.read.lexicons import Lexicons

if TYPE_CHECKING:
    from analysis.tables import Tables

Integers = npt.NDArray[np.int64]
Places = Callable[[str], Mapping[str, list[int]]]

PUNCTUATION = "w"
# Stands for the blanks between two tokens; no key holds it.
BLANK = "\n"


@dataclass(frozen=True, eq=False)
class Counted:
    """The words of one speech, sorted by key; `cells` holds n by word and block as (word, block, n)."""

    speech: str
    keys: list[str]
    texts: list[str]
    pos: list[str]
    n_own: Integers
    n_text: Integers
    cells: tuple[Integers, Integers, Integers] = field(repr=False)
    sizes: Integers
    sections: Integers
    key_text: str = field(repr=False)

    @property
    def size(self) -> int:
        """Han characters of the speech."""
        return int(self.sizes.sum())

    @property
    def n(self) -> Integers:
        """Occurrences as a word, by word."""
        return np.bincount(self.cells[0], weights=self.cells[2], minlength=len(self.keys)).astype(np.int64)

    def matrix(self) -> npt.NDArray[np.int32]:
        """n by word and block."""
        dense = np.zeros((len(self.keys), len(self.sizes)), dtype=np.int32)
        dense[self.cells[0], self.cells[1]] = self.cells[2]
        return dense


def counted(tables: "Tables") -> Iterator[Counted]:
    """The words of each speech, counted; one speech at a time, so that memory does not grow with the corpus."""
    known = words(tables.lexicons)
    memory: dict[str, dict[str, list[int]]] = {}

    def places(key: str) -> dict[str, list[int]]:
        if key not in memory:
            memory[key] = inside(key, known)
        return memory[key]

    for speech, rows in tables.each_speech("outline", "tokens"):
        # The first row of an outline is the speech as a whole.
        yield _count(speech, rows["outline"]["text"].iloc[0], rows["outline"], rows["tokens"], places=places, tags=known)


def words_of(tokens: pd.DataFrame) -> pd.DataFrame:
    """Rows of tokens that are words: no punctuation."""
    return tokens[(tokens["pos"] != PUNCTUATION) & (tokens["key"] != "")]


def holders(word: str, keys: Iterable[str], lexicons: Lexicons) -> set[str]:
    """Those of `keys` that are the word or hold it inside, as `n` counts it."""
    known = words(lexicons)
    return {key for key in keys if key == word or (word in key and word in inside(key, known))}


def _count(
    speech: str, text: str, outline: pd.DataFrame, tokens: pd.DataFrame, *, places: Places, tags: Mapping[str, str]
) -> Counted:
    blocks = list(blocks_of(speech, text, outline))
    starts = tokens["start"].to_numpy(np.int64)
    block = np.clip(np.searchsorted([row.start for row in blocks], starts, side="right") - 1, 0, None)
    key, form, tag = (tokens[name].tolist() for name in ("key", "text", "pos"))
    is_word = [t != PUNCTUATION and k != "" for k, t in zip(key, tag, strict=True)]
    own, cells = _cells(Counter(compress(zip(key, block.tolist(), strict=True), is_word)), places)
    forms = _forms(Counter(compress(zip(key, form, strict=True), is_word)), places)
    keys = sorted(cells)
    told = Counter(compress(zip(key, tag, strict=True), is_word))
    commonest_tag, commonest_form = _commonest(told), _commonest(forms)
    joined = key_text(tokens)
    found = text_counts(joined, keys)
    return Counted(
        speech=speech,
        keys=keys,
        texts=[commonest_form.get(k, k) for k in keys],
        pos=[commonest_tag.get(k) or tags.get(k, "x") for k in keys],
        n_own=np.array([own[k] for k in keys], dtype=np.int64),
        n_text=np.array([found[k] for k in keys], dtype=np.int64),
        cells=_triples(keys, cells),
        sizes=np.array([row.n_han for row in blocks], dtype=np.int64),
        sections=np.array([row.section for row in blocks], dtype=np.int64),
        key_text=joined,
    )


def _cells(units: Mapping[tuple[str, int], int], places: Places) -> tuple[Counter[str], dict[str, Counter[int]]]:
    """n_own by key, and n by key and block, of the tokens by key and block."""
    own: Counter[str] = Counter()
    cells: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for (key, block), n in units.items():
        own[key] += n
        cells[key][block] += n
        for word, at in places(key).items():
            cells[word][block] += n * len(at)
    return own, cells


def _forms(units: Counter[tuple[str, str]], places: Places) -> Counter[tuple[str, str]]:
    """How often each key is written in which form, on its own or inside a longer one."""
    forms = units.copy()
    for (key, form), n in units.items():
        # An erratum can make a key shorter than its text; then the place of a part is not known.
        if len(form) == len(key):
            for word, at in places(key).items():
                for start in at:
                    forms[word, form[start : start + len(word)]] += n
    return forms


def _triples(keys: list[str], cells: Mapping[str, Mapping[int, int]]) -> tuple[Integers, Integers, Integers]:
    triples = [(i, block, n) for i, key in enumerate(keys) for block, n in sorted(cells[key].items())]
    table = np.array(triples, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _commonest(told: Counter[tuple[str, str]]) -> dict[str, str]:
    """For each first member the second one told most often; the smaller one of two alike."""
    best: dict[str, tuple[int, str]] = {}
    for (key, value), n in told.items():
        if key not in best or (-n, value) < best[key]:
            best[key] = (-n, value)
    return {key: value for key, (_, value) in best.items()}


def key_text(tokens: pd.DataFrame) -> str:
    """Keys of all tokens joined at their places; one blank where blanks stand between two of them."""
    starts, ends = tokens["start"].to_numpy(np.int64), tokens["end"].to_numpy(np.int64)
    apart = np.append(False, starts[1:] != ends[:-1])[: len(starts)].tolist()
    keys = tokens["key"].tolist()
    return "".join((BLANK if gap else "") + (key or BLANK) for key, gap in zip(keys, apart, strict=True))
