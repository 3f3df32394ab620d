"""Further persons by those that were found: in a list with them, by the given name, and mentioned again.

In 蔣渭水、胡適、孫運璿 one known name says what the others are; 經國先生 is 蔣經國, who is listed; a name found once by its
title is found again without it. It needs names found before and makes none on its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

from analysis.find.name_lists import PERSON, listed, surnames
from analysis.find.name_odds import WITH_SIGN, odds
from analysis.find.name_signs import common, loose, signed
from analysis.find.name_words import Candidate, Words, by_text
from analysis.find.spans import Span
from analysis.read.lexicons import Lexicons

_LIST_END = re.compile("[、，,。；;）)]|等|和|及|与|之流|先生|同志|两位|几位")
# What follows a person's name and makes it the name of a teaching (毛泽东思想).
TEACHING = re.compile("思想|理论|主义|新时代|列宁主义|党(?![内外中员的和])")


def listed_beside(words: Words, found: Mapping[int, Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """Names in a list with a name that was found: 張春橋、姚文元、遲群."""
    shadow, known = words.shadow, surnames(lexicons)
    ends = {c.end for c in found.values()}
    waiting = [c.end + 1 for c in found.values() if shadow[c.end : c.end + 1] == "、" and c.end - c.start > 1]
    while waiting:
        start = waiting.pop()
        if start in found or shadow[start : start + 1] not in known:
            continue
        for end in (start + 3, start + 2):
            name = shadow[start:end]
            if (
                _LIST_END.match(shadow, end)
                and name.isalpha()
                and odds(name[1:]) > WITH_SIGN
                and end not in ends
                and name not in listed(lexicons)
                and loose(words, start, end)
            ):
                ends.add(end)
                waiting.append(end + 1)
                yield Candidate(start, end, PERSON, name, signed(words, start, end, lexicons)[1])
                break


def listed_before(words: Words, found: Mapping[int, Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """The same backwards: 钟理和 before 、邓雨贤."""
    shadow, known = words.shadow, surnames(lexicons)
    taken = {c.end for c in found.values()}
    waiting = [c.start - 1 for c in found.values() if c.start and shadow[c.start - 1] == "、" and c.end - c.start > 1]
    while waiting:
        end = waiting.pop()
        for start in (end - 3, end - 2):
            name = shadow[max(0, start) : end]
            if end in taken or start < 0 or name[:1] not in known or not name.isalpha() or name in listed(lexicons):
                continue
            if words.edges[start] and odds(name[1:]) > 0 and loose(words, start, end) and not common(name[1:]):
                taken.add(end)
                if start and shadow[start - 1] == "、":
                    waiting.append(start - 1)
                yield Candidate(start, end, PERSON, name, signed(words, start, end, lexicons)[1])


@lru_cache(maxsize=4)
def _given_names(lexicons: Lexicons) -> Mapping[str, str]:
    """Given names of the listed persons of three characters: 经国 → 蒋经国."""
    return {
        form[1:]: name
        for form, (kind, name) in listed(lexicons).items()
        if kind == PERSON and len(form) == 3 and form[0] in surnames(lexicons)
    }


def by_given_name(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """经国先生, 中山先生: the given name of a listed person with a form of address."""
    known, shadow = _given_names(lexicons), words.shadow
    for end in words.hints.addresses.tolist():
        start = end - 2
        if shadow.startswith(("先生", "同志"), end) and shadow[max(0, start) : end] in known and words.edges[start]:
            yield Candidate(start, end, PERSON, known[shadow[start:end]])


def again(words: Words, found: Iterable[Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """Later and earlier mentions in a text of names of three characters that were found in it with a sign."""
    for text, of_text in zip(words.texts, by_text(words, sorted(found)), strict=True):
        first: dict[str, Candidate] = {}
        for candidate in of_text:
            if candidate.end - candidate.start >= 3:
                first.setdefault(words.shadow[candidate.start : candidate.end], candidate)
        if first:
            starts = {candidate.start for candidate in of_text}
            yield from _mentions(words, text, first, starts, lexicons)


def _mentions(
    words: Words, text: Span, first: Mapping[str, Candidate], starts: Set[int], lexicons: Lexicons
) -> Iterator[Candidate]:
    """Where names stand in a text, but at these starts."""
    heads: dict[str, list[str]] = {}
    for name in sorted(first, key=len, reverse=True):
        heads.setdefault(name[:2], []).append(name)
    head = re.compile("[" + re.escape("".join({head[0] for head in heads})) + "]")
    shadow, free = words.shadow, 0
    for place in map(_start, head.finditer(shadow, *text)):
        for name in heads.get(shadow[place : place + 2], ())[:20]:
            end = place + len(name)
            if place < free or not shadow.startswith(name, place):
                continue
            free = end
            if place not in starts and not TEACHING.match(shadow, end):
                yield Candidate(place, end, PERSON, first[name].name, signed(words, place, end, lexicons)[1])


def _start(match: re.Match[str]) -> int:
    return match.start()
