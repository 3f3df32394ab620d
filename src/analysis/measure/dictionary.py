"""jieba's dictionary, read as data: which strings are words, and how often they stand in general Chinese.

>>> "基层" in words()  # 基层 = grass roots
True

jieba itself is not started: its file dict.txt has one word per line with a count and a part-of-speech tag.
The counts are those of jieba's author; he names no corpus for them, so they are a rough picture of general Chinese.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.find.dictionary import dictionary
from analysis.read.codes import codes_in
from analysis.read.csvfile import read_rows
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified
from analysis.read.speech import n_han

Integers = npt.NDArray[np.int64]

# jieba's search mode looks for words of two characters in words longer than two, and of three in words longer than three
# (jieba 0.42.1, Tokenizer.cut_for_search).
INSIDE = (2, 3)
# A code point needs 21 bits, so three of them fit into one 64-bit number.
_BITS = 21


@lru_cache(maxsize=8)
def words(lexicons: Lexicons | None = None) -> Mapping[str, str]:
    """Part-of-speech tag of each word jieba or the lexicon `words` knows, by key."""
    own = {} if lexicons is None else {simplified(row["word"]): row.get("pos") or "l" for row in lexicons.rows("words")}
    return {word: tag for word, (_, tag) in dictionary().items()} | own


def inside(key: str, known: Mapping[str, str]) -> dict[str, list[int]]:
    """Places of the shorter words inside `key`, as jieba's search mode cuts; those of one word do not overlap.

    >>> inside("工会组织", {"工会": "n", "组织": "n"})  # 工会组织 = union organisation
    {'工会': [0], '组织': [2]}
    """
    places: dict[str, list[int]] = {}
    for length in INSIDE:
        if len(key) <= length:
            continue
        for start in range(len(key) - length + 1):
            word = key[start : start + length]
            if word in known and (word not in places or places[word][-1] + length <= start):
                places.setdefault(word, []).append(start)
    return places


def general_counts(keys: Iterable[str]) -> dict[str, int]:
    """How often each of `keys` stands in jieba's counts as a word, on its own or inside a longer word; 0 if never.

    Counted like `n` in the speeches, so that like is compared with like.
    """
    wanted = {key: dictionary().get(key, (0, ""))[0] for key in keys}
    for length in INSIDE:
        grams, counts = _grams(length)
        codes = {_code(key): key for key in wanted if len(key) == length}
        if not codes:
            continue
        order = np.array(sorted(codes), dtype=np.int64)
        at = np.minimum(np.searchsorted(order, grams), len(order) - 1)
        hit = order[at] == grams
        sums = np.bincount(at[hit], weights=counts[hit], minlength=len(order))
        for code, more in zip(order.tolist(), sums.tolist(), strict=True):
            wanted[codes[code]] += int(more)
    return wanted


@cache
def general_size() -> int:
    """Han characters of jieba's counts: the sum of count times length in Han characters."""
    letters, owner, counts = _letters()
    is_han = np.array([bool(n_han(chr(code))) for code in range(int(letters.max()) + 1)])
    return int(counts[owner[is_han[letters]]].sum())


def frequent(least: int) -> list[str]:
    """Words of jieba's dictionary with a count of `least` or more, the commonest first."""
    ranked = _ranked()
    return ranked[: bisect_right(ranked, -least, key=lambda word: -dictionary()[word][0])]


def read_counts(path: Path) -> dict[str, int]:
    """Counts of a list of the user's own: a CSV with the columns word and n; words in either script."""
    counts: Counter[str] = Counter()
    for row in read_rows(path, ["word", "n"]):
        told = row["n"].replace(",", "")
        if not told.isdecimal():
            raise ValueError(f"{path.name}: n of {row['word']} is {row['n']!r}; it must be a whole number / n 須為整數")
        counts[simplified(row["word"])] += int(told)
    return dict(counts)


@cache
def _ranked() -> list[str]:
    words_ = list(dictionary())
    counts = np.array([count for count, _ in dictionary().values()])
    return [words_[i] for i in np.argsort(-counts, kind="stable").tolist()]


@cache
def _letters() -> tuple[Integers, Integers, Integers]:
    """Code points of all words of the dictionary, joined; number of the word each belongs to; count of each word."""
    known = dictionary()
    letters = codes_in("".join(known)).astype(np.int64)
    owner = np.repeat(np.arange(len(known)), [len(word) for word in known])
    return letters, owner, np.array([count for count, _ in known.values()], dtype=np.int64)


@cache
def _grams(length: int) -> tuple[Integers, Integers]:
    """Every string of `length` characters inside a longer word of the dictionary, as a number, with the word's count."""
    letters, owner, counts = _letters()
    windows = np.zeros(len(letters) - length + 1, dtype=np.int64)
    for step in range(length):
        windows = (windows << _BITS) | letters[step : step + len(windows)]
    first, last = owner[: len(windows)], owner[length - 1 :]
    inner = (first == last) & (np.bincount(owner)[first] > length)
    return windows[inner], counts[first[inner]]


def _code(word: str) -> int:
    code = 0
    for letter in word:
        code = (code << _BITS) | ord(letter)
    return code
