"""Known names and titles that stand in a text, whatever its words.

>>> from analysis.read.lexicons import load
>>> known_in("全总主席王海", load())  # the chair of the Federation of Trade Unions, Wang Hai
Known(names={0: ['全总']}, titles=[(2, 4)], transcribed=[])

They are looked for in one pass. Which of them are names where they stand is for the finders.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from analysis.find.name_lists import gazetteer, titles
from analysis.find.name_transcribed import transcribed_words
from analysis.find.spans import Span
from analysis.read.lexicons import Lexicons
from analysis.read.literals import Literals, literals

_NAME, _TITLE, _TRANSCRIBED = (1 << bit for bit in range(3))


class Known(NamedTuple):
    """What stands in a text, by its places."""

    names: Mapping[int, list[str]]  # of the gazetteer, longest first
    titles: list[Span]
    transcribed: list[int]  # words that are transcribed names


def known_in(shadow: str, lexicons: Lexicons) -> Known:
    """The names of the gazetteer, titles and transcribed names of a text."""
    literals, kinds = _to_find(lexicons)
    names: dict[int, list[str]] = {}
    known = Known(names, [], [])
    for place, word in literals.places(shadow):
        kind = kinds[word]
        if kind & _NAME:
            names.setdefault(place, []).append(word)
        if kind & _TITLE:
            known.titles.append((place, place + len(word)))
        if kind & _TRANSCRIBED:
            known.transcribed.append(place)
    return known


@lru_cache(maxsize=4)
def _to_find(lexicons: Lexicons) -> tuple[Literals, Mapping[str, int]]:
    """What is looked for, and what each of it is; a single character is none."""
    kinds: dict[str, int] = {}
    for kind, words in ((_NAME, gazetteer(lexicons)), (_TITLE, titles(lexicons)), (_TRANSCRIBED, transcribed_words())):
        for word in words:
            if len(word) > 1:
                kinds[word] = kinds.get(word, 0) | kind
    return literals(kinds), kinds
