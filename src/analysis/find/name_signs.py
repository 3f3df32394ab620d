"""What says that a stretch is a person: titles, forms of address, and the characters of given names.

>>> odds("建明") > 0 > odds("政府")
True

It judges a stretch; it does not look for any. Which characters stand in given names is counted in jieba's dictionary.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.find.dictionary import dictionary
from analysis.find.name_words import Words, titles
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

# Forms of address: a sign of a person, no role.
ADDRESSES = ("同志", "先生", "女士", "阁下", "伉俪", "小姐", "夫人")
LONGEST_TITLE = 8
# A given name that is a word this common in jieba's counts is no given name after an everyday surname.
COMMON_WORD = 500
# A word of two characters this common is none (严正 stern), whatever jieba tags it.
SELDOM = 100
# Log odds that a given name is one: with a title beside it, and on its own.
WITH_SIGN, ALONE = -3.0, 4.0
# A title after a list of persons: 李先念、薄一波两位副总理.
_SHARED = re.compile("(?:[、和及][一-鿿]{2,4}?){0,4}(?:等|等几位|两位|二位|三位|四位|几位)(?=[一-鿿])")


@cache
def given_odds() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Log odds of each character as first and second character of a given name against running text."""
    entries = dictionary()
    characters = np.frombuffer("".join(entries).encode("utf-32-le"), dtype=np.uint32)
    lengths = np.fromiter(map(len, entries), dtype=np.int64, count=len(entries))
    counts = np.fromiter((count for count, _ in entries.values()), dtype=np.float64, count=len(entries))
    text = np.bincount(characters, weights=np.repeat(counts, lengths))
    names = "".join(word[1:] for word, (_, tag) in entries.items() if tag in ("nr", "nrfg") and len(word) == 3)
    given = np.frombuffer(names.encode("utf-32-le"), dtype=np.uint32)
    return _log_odds(given[::2], text), _log_odds(given[1::2], text)


def _log_odds(given: npt.NDArray[np.uint32], text: npt.NDArray[Any]) -> dict[str, float]:
    """Half a count more for each character of a name and fifty for one of the text, so that rare ones say little."""
    scale = text.sum() / len(given)
    met = np.flatnonzero(text)
    values = np.log((np.bincount(given, minlength=len(text))[met] + 0.5) * scale / (text[met] + 50))
    return dict(zip(map(chr, met.tolist()), values.tolist(), strict=True))


def odds(given: str) -> float:
    """Log odds of a given name of one or two characters."""
    first, second = given_odds()
    return first.get(given[0], 0.0) + second.get(given[1], 0.0) if len(given) == 2 else second.get(given, 0.0)


@lru_cache(maxsize=4)
def _titles_by_head(lexicons: Lexicons) -> Mapping[str, tuple[str, ...]]:
    """Titles by their first two characters, longest first."""
    heads: dict[str, list[str]] = {}
    for title in sorted(titles(lexicons), key=len, reverse=True):
        heads.setdefault(title[:2], []).append(title)
    return {head: tuple(found) for head, found in heads.items()}


@lru_cache(maxsize=4)
def _title_ends(lexicons: Lexicons) -> frozenset[str]:
    """Last characters of titles, and the blanks that may follow one."""
    return frozenset({title[-1] for title in titles(lexicons)} | {" ", "\u3000"})


def surname_starts(words: Words, lexicons: Lexicons) -> Iterator[int]:
    """Starts of words that begin with the first character of a surname, unless it is repeated (王王王)."""
    edges = words.edges
    return (start for start in map(_start, _surname_heads(lexicons).finditer(words.shadow)) if edges[start])


def _start(match: re.Match[str]) -> int:
    return match.start()


@lru_cache(maxsize=4)
def _surname_heads(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile("([" + "".join(sorted({surname[0] for surname in surnames(lexicons)})) + "])(?!\\1)")


@lru_cache(maxsize=4)
def surnames(lexicons: Lexicons) -> Mapping[str, bool]:
    """Surnames in Simplified form; True for those that are everyday words too."""
    return {simplified(row["surname"]): row["everyday"] == "yes" for row in lexicons.rows("surnames")}


def title_before(words: Words, start: int, lexicons: Lexicons) -> tuple[int, int]:
    """Span of the titles that end where a name starts, joined by 、 where there are several; (0, 0) for none."""
    shadow, known = words.shadow, titles(lexicons)
    if shadow[max(0, start - 1) : start] not in _title_ends(lexicons):
        return 0, 0
    end = start - 1 if start and shadow[start - 1] in " \u3000" else start
    first = last = end
    while True:
        length = next((n for n in range(min(LONGEST_TITLE, first), 1, -1) if shadow[first - n : first] in known), 0)
        if not length:
            break
        last = first - length
        if last == 0 or shadow[last - 1] not in "、兼":
            break
        first = last - 1
        if not any(shadow[first - n : first] in known for n in range(2, LONGEST_TITLE + 1)):
            break
    return (last, end) if last < end else (0, 0)


def title_after(words: Words, end: int, lexicons: Lexicons) -> tuple[int, int]:
    """Span of the title that follows a name (前总统 former president included); (0, 0) for none."""
    shadow, known = words.shadow, _titles_by_head(lexicons)
    begin = end + (shadow[end : end + 1] in ("前", "故", "代", "老"))
    for title in known.get(shadow[begin : begin + 2], ()):
        if shadow.startswith(title, begin) and words.edges[begin + len(title)]:
            return end, begin + len(title)
    return 0, 0


def signed(words: Words, start: int, end: int, lexicons: Lexicons) -> tuple[bool, tuple[int, int]]:
    """Whether something beside the name says that it is one, and the role."""
    before = title_before(words, start, lexicons)
    after = title_after(words, end, lexicons)
    if not after[1]:
        shared = _SHARED.match(words.shadow, end)
        after = title_after(words, shared.end(), lexicons) if shared else after
    return bool(before[1] or after[1] or words.shadow.startswith(ADDRESSES, end)), before if before[1] else after


def common(given: str) -> bool:
    """Whether what would be the given name is a common word (和政府 and the government, 向全国 to the country)."""
    return len(given) == 2 and dictionary().get(given, (0, ""))[0] >= COMMON_WORD


def loose(words: Words, start: int, end: int, told: bool = False) -> bool:
    """Whether the stretch is no word of another kind: single characters, or a word tagged as a person's name.

    A name of two characters (诗人王维 the poet Wang Wei) needs a title or a form of address beside it, `told`.
    """
    first = words.at(start)
    pieces = []
    while first < len(words.starts) and words.starts[first] < end:
        pieces.append(words.words[first])
        first += 1
    if len(pieces) == 1:
        count, tag = dictionary().get(pieces[0], (0, ""))
        return tag in ("nr", "nrfg") and (len(pieces[0]) >= 3 or (told and count < SELDOM))
    return all(len(piece) == 1 for piece in pieces) or (len(pieces) == 2 and len(pieces[0]) == 1)
