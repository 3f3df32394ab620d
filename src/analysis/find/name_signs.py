"""What says that a stretch is a person: titles, forms of address, and the characters of given names.

>>> from analysis.read.lexicons import load
>>> from analysis.find.name_words import cut
>>> title_before(cut("省长王建明", load()), 2, load())
(0, 2)

It judges a stretch; it does not look for any.
"""

import re
from functools import lru_cache

from analysis.find.dictionary import dictionary
from analysis.find.name_lists import titles, titles_by_head
from analysis.find.name_marks import ADDRESSES
from analysis.find.name_words import Words
from analysis.read.lexicons import Lexicons

LONGEST_TITLE = 8
# A given name that is a word this common in jieba's counts is no given name after an everyday surname.
COMMON_WORD = 500
# A word of two characters this common is none (严正 stern), whatever jieba tags it.
SELDOM = 100
# A title after a list of persons: 李先念、薄一波两位副总理.
_SHARED = re.compile("(?:[、和及][一-鿿]{2,4}?){0,4}(?:等|等几位|两位|二位|三位|四位|几位)(?=[一-鿿])")


@lru_cache(maxsize=4)
def _title_ends(lexicons: Lexicons) -> frozenset[str]:
    """Last characters of titles, and the blanks that may follow one."""
    return frozenset({title[-1] for title in titles(lexicons)} | {" ", "\u3000"})


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
    shadow, known = words.shadow, titles_by_head(lexicons)
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
    edges, start = words.edges, words.edges.find(1, start)
    inner = edges.count(1, start + 1, end)
    if inner == 0 and start < end:
        word = words.word(start)
        count, tag = dictionary().get(word, (0, ""))
        return tag in ("nr", "nrfg") and (len(word) >= 3 or (told and count < SELDOM))
    return (inner == end - start - 1 and edges[end] == 1) or (inner == 1 and edges[start + 1] == 1)
