"""Persons: surname and given name, where a title, a form of address, a list or repetition says that it is one.

>>> from analysis.read.lexicons import load
>>> from analysis.find.name_words import cut
>>> [c.name for c in persons(cut("县长王建明点赞", load()), [], load())]
['王建明']

How long a name is, is decided by the words around it and by how often its characters stand in given names (counted in
jieba's dictionary). 毛主席 is 毛 with the role 主席; 李前部长大维 is 李大维. A name without any sign that it is one is not
found: rather a name missed than a word called a person.
"""

import re
from collections.abc import Iterable, Iterator

from analysis.find.dictionary import dictionary
from analysis.find.name_evidence import NO_PERSON, weighed
from analysis.find.name_lists import PERSON, listed, surnames, titles
from analysis.find.name_mentions import TEACHING, again, by_given_name, listed_before, listed_beside
from analysis.find.name_odds import ALONE, WITH_SIGN, odds
from analysis.find.name_signs import common, loose, signed, title_after, title_before
from analysis.find.name_words import Candidate, Words
from analysis.read.lexicons import Lexicons

_EMPEROR_END = re.compile("[祖宗帝](?![教旨国])")
_EMPEROR = re.compile(
    "[汉唐宋辽金元明清魏晋隋]?(?:[高太世中睿玄肃代德顺宪穆敬武宣懿僖昭真仁英神哲徽钦孝光宁理度圣成熹思][祖宗]|(?:光武|[武景宣昭灵献炀])帝)"
)
_GIVEN_END = re.compile("[，,。、！!）)\\s]|先生|女士|等|及|和|与|将|在|于|依|提|向|出席|会见")
# Surnames that are words of grammar before a title: 由演员, 和总理.
_GRAMMAR = frozenset("和由向于应任")
_HAN = re.compile("[\u4e00-\u9fff]+")


def persons(words: Words, known: Iterable[Candidate], lexicons: Lexicons, foreign: Iterable[Candidate] = ()) -> list[Candidate]:
    """Persons of a text with the place of their role; `known` are those the gazetteer has."""
    found = {
        c.start: c._replace(role=signed(words, c.start, c.end, lexicons)[1])
        for c in known
        if not TEACHING.match(words.shadow, c.end)
    }
    found = {c.start: c for c in weighed(words, lexicons)} | {c.start: c for c in _by_surname(words, lexicons)} | found
    found |= {c.start: c for c in sorted(foreign, key=lambda c: c.end) if c.kind == PERSON}
    found = {c.start: c for c in _emperors(words)} | found
    found = {c.start: c for c in _titled_surnames(words, lexicons)} | found
    found = {c.start: c for c in by_given_name(words, lexicons)} | found
    found = {c.start: c for c in listed_beside(words, found, lexicons)} | found
    found = {c.start: c for c in listed_before(words, found, lexicons)} | found
    return [*found.values(), *again(words, found.values(), lexicons)]


def _emperors(words: Words) -> Iterator[Candidate]:
    """唐太宗, 玄宗, 光武帝: emperors by their temple or posthumous names."""
    for last in words.hints.ranks.tolist():
        end = last + 1
        if not (words.edges[end] and _EMPEROR_END.match(words.shadow, last)):
            continue
        for start in range(max(0, end - 4), end - 1):
            if words.edges[start] and _EMPEROR.fullmatch(words.shadow, start, end):
                yield Candidate(start, end, PERSON, words.shadow[start:end])
                break


def _by_surname(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    shadow, known, everyday = words.shadow, listed(lexicons), surnames(lexicons)
    for start in _likely_starts(words, lexicons):
        head = 2 if shadow[start : start + 2] in everyday else 1
        surname = shadow[start : start + head]
        if surname not in everyday:
            continue
        best: Candidate | None = None
        best_odds = 0.0
        for length in (head + 2, head + 1):
            end = start + length
            if end > len(shadow) or not words.edges[end]:
                continue
            name = shadow[start:end]
            if name[-1] == name[head] == name[0] or name in known:
                continue
            likely = odds(name[head:])
            if likely <= WITH_SIGN or not name.isalpha():
                continue
            told, role = signed(words, start, end, lexicons)
            if not loose(words, start, end, told):
                continue
            if everyday[surname] and told and (likely < 0 or common(name[head:])):
                continue
            if "的" in name or name in NO_PERSON or name[-1] in "河江山湖镇县村" or not _HAN.fullmatch(name):
                continue
            if (
                told
                and name[head] not in "前故副代老总"
                and likely > WITH_SIGN
                and likely + (length - head) > best_odds - 99 * (best is None)
            ):
                best, best_odds = Candidate(start, end, PERSON, name, role), likely + (length - head)
            elif not told and length == head + 2 and likely > ALONE and not everyday[surname] and best is None:
                best, best_odds = Candidate(start, end, PERSON, name), likely
        if best and not TEACHING.match(shadow, best.end):
            yield best


def _likely_starts(words: Words, lexicons: Lexicons) -> list[int]:
    """Those starts of a word that is a surname, or that goes on with the given name (jieba knows the person)."""
    edges = words.edges
    return [
        start
        for start in words.standing(words.hints.surnames).tolist()
        if edges[start + 1] or not edges[start + 2] or title_before(words, start, lexicons)[1]
    ]


def _titled_surnames(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """A surname alone before a title: 毛主席 (jieba has some of them as one word), 王院长, 李前部长大维."""
    shadow, everyday = words.shadow, surnames(lexicons)
    for start in words.standing(words.hints.titled).tolist():
        surname = shadow[start : start + 1]
        if surname not in everyday or surname in _GRAMMAR or (start and everyday[surname] and _HAN.match(shadow[start - 1])):
            continue
        role = title_after(words, start + 1, lexicons)
        if not role[1] or shadow[start : role[1]] in titles(lexicons):
            continue
        given = shadow[role[1] : role[1] + 2]
        if shadow[start : role[1]] in dictionary() and everyday[surname]:
            continue
        likely = len(given) == 2 and given.isalpha() and odds(given) > 0 and not common(given)
        if (likely or surname + given in listed(lexicons)) and _GIVEN_END.match(shadow, role[1] + 2):
            yield Candidate(start, role[1] + 2, PERSON, surname + given, role)
        else:
            yield Candidate(start, start + 1, PERSON, surname, role)
