"""Known names and titles that stand in a text, whatever its words.

>>> from analysis.read.lexicons import load
>>> known_in("全总主席王海", load())  # the chair of the Federation of Trade Unions, Wang Hai
Known(names={0: ['全总']}, listed=[0], wide=[], titles=[(2, 4)], transcribed=[])

They are looked for in one pass. Which of them are names where they stand is for the finders.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from analysis.find.name_lists import PERSON, gazetteer, listed, titles
from analysis.find.name_marks import MARKS
from analysis.find.name_transcribed import transcribed_words
from analysis.find.spans import Span
from analysis.read.lexicons import Lexicons
from analysis.read.literals import Literals, literals

_NAME, _LISTED, _WIDE, _TITLE, _TRANSCRIBED = (1 << bit for bit in range(5))


class Known(NamedTuple):
    """What stands in a text, by its places."""

    names: dict[int, list[str]]  # of the gazetteer, longest first
    listed: list[int]  # those of the lexicons
    wide: list[int]  # listed persons, and names with a mark in them
    titles: list[Span]
    transcribed: list[int]  # words that are transcribed names


def known_in(shadow: str, lexicons: Lexicons) -> Known:
    """The names of the gazetteer, titles and transcribed names of a text."""
    literals, kinds = _to_find(lexicons)
    known = Known({}, [], [], [], [])
    for place, word in literals.places(shadow):
        kind = kinds[word]
        if kind & _NAME:
            known.names.setdefault(place, []).append(word)
            if kind & _LISTED:
                known.listed.append(place)
            if kind & _WIDE:
                known.wide.append(place)
        if kind & _TITLE:
            known.titles.append((place, place + len(word)))
        if kind & _TRANSCRIBED:
            known.transcribed.append(place)
    return known


@lru_cache(maxsize=4)
def _to_find(lexicons: Lexicons) -> tuple[Literals, Mapping[str, int]]:
    """What is looked for, and what each of it is; a single character is none."""
    names, marks = gazetteer(lexicons), frozenset(MARKS)
    kinds: dict[str, int] = {}
    for kind, words in (
        (_NAME, names),
        (_LISTED, listed(lexicons)),
        (_WIDE, (name for name, (kind, _) in names.items() if kind == PERSON or not marks.isdisjoint(name))),
        (_TITLE, titles(lexicons)),
        (_TRANSCRIBED, transcribed_words()),
    ):
        for word in words:
            if len(word) > 1:
                kinds[word] = kinds.get(word, 0) | kind
    return literals(kinds), kinds
