"""Where a speech spells a slogan out: stretches in which parts of its list stand together.

>>> from analysis.read.lexicons import load
>>> told = {"四化": ("机关化", "行政化", "贵族化", "娱乐化")}  # four faults: offices, administration, nobility, amusement
>>> list(spelled_out("堅決克服機關化、行政化傾向", told, load()))  # overcome the tendency to offices and administration
[Stretch(key='四化', start=4, end=11, said=2)]

Parts are looked for in either script and in a converter's words. A single part is one only where the list is short.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from analysis.find.dictionary import dictionary
from analysis.read.lexicons import Lexicons
from analysis.read.script import shadow, simplified

# Letters that may stand between two parts of one list: a mark, 和, 以及, 着力.
BETWEEN = 4
# Where the parts begin alike (着力…, 着力…) each of them may go on: 着力扩大覆盖面、增强代表性，着力强化服务意识.
BETWEEN_SERIES = 16
# Two parts of twelve (民主法治 of the core values) are met by chance: a part of a list is this share of it at least.
LEAST_PART = 1 / 2
# A single part counts where it is so long that it is hardly met by chance (普遍建立工会组织), and the list is short.
LONG_PART, SHORT_LIST = 6, 2

# Everyday words (工业农业, industry and agriculture) stand together for reasons of their own: fewer of them than this are no
# part of a list. A word is everyday that jieba's corpus has so often.
CHANCE, EVERYDAY = 3, 20


class Stretch(NamedTuple):
    """Which slogan is spelled out, from where to where, and how many of its parts are said."""

    key: str
    start: int
    end: int
    said: int


def spelled_out(text: str, told: Mapping[str, Sequence[str]], lexicons: Lexicons) -> Iterator[Stretch]:
    """Stretches of a text where enough parts of a slogan stand together; `told` gives the parts in Simplified."""
    plain, forms_of = shadow(text), _forms_of_parts(lexicons)
    for key, parts in told.items():
        hits = sorted(hit for number, part in enumerate(parts) for hit in _hits(plain, forms_of(part), number))
        for group in _together(plain, hits, between=BETWEEN_SERIES if len({part[:2] for part in parts}) == 1 else BETWEEN):
            numbers = {number for _, _, number in group}
            said = len(numbers)
            enough = said > 1 and said >= LEAST_PART * len(parts)
            if said < min(len(parts), CHANCE) and all(_everyday(parts[number]) for number in numbers):
                enough = False
            if enough or (len(parts) <= SHORT_LIST and group[0][1] - group[0][0] >= LONG_PART):
                yield Stretch(key, group[0][0], max(end for _, end, _ in group), said)


def _everyday(part: str) -> bool:
    return dictionary().get(part)[0] >= EVERYDAY


@lru_cache(maxsize=8)
def _forms_of_parts(lexicons: Lexicons) -> Callable[[str], tuple[str, ...]]:
    """A function that gives a part and its forms in a converter's vocabulary: 群众性 is 民众性 in converted text."""
    pairs = [(simplified(row["word"]), simplified(row["converted"])) for row in lexicons.rows("equivalents")]

    def forms_of(part: str) -> tuple[str, ...]:
        return (part, *dict.fromkeys(part.replace(word, converted) for word, converted in pairs if word in part))

    return lru_cache(maxsize=4096)(forms_of)


def _hits(plain: str, forms_of_part: Iterable[str], number: int) -> Iterator[tuple[int, int, int]]:
    for form in forms_of_part:
        start = plain.find(form)
        while start >= 0:
            yield start, start + len(form), number
            start = plain.find(form, start + len(form))


def _together(plain: str, hits: Sequence[tuple[int, int, int]], *, between: int) -> Iterator[list[tuple[int, int, int]]]:
    """Parts that follow each other with few letters between, each said once."""
    group: list[tuple[int, int, int]] = []
    for hit in hits:
        if group and hit[0] < group[-1][1]:
            continue
        gap = plain[group[-1][1] : hit[0]] if group else ""
        again = any(hit[2] == number for _, _, number in group)
        if group and (len(gap) > between or "。" in gap or "\n" in gap or again):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group
