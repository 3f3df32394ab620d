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

import numpy as np
import numpy.typing as npt

from analysis.find.dictionary import dictionary
from analysis.find.name_lists import PERSON, listed, surnames, titles
from analysis.find.name_marks import (
    ADDRESS,
    ADDRESSES,
    BLANK,
    DOT,
    EVERYDAY,
    FORMER,
    LAST_CODE,
    LETTER,
    SHARING,
    SURNAME,
    TITLE,
    TITLE_END,
    TRANSCRIBED,
    places,
)
from analysis.find.name_mentions import TEACHING, again, by_given_name, listed_before, listed_beside
from analysis.find.name_signs import ALONE, WITH_SIGN, common, given_odds, loose, odds, signed, title_after, title_before
from analysis.find.name_words import Candidate, Words
from analysis.read.lexicons import Lexicons

# Words that jieba tags as names of persons.
_NO_PERSON_WORDS = "马拉松 高尔夫 单晶硅 温室气 白皮书 金字塔 高精尖 安理会 高标准 高水平 全方位 "
NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
# Letters of transcription that are also words before a name.
_LEADING = frozenset("因和与由以于若当及让也")
_NAME_TAGS = ("nr", "nrt", "nrfg")
LONGEST_TRANSCRIBED = 7
LONGEST_PART = 7  # of a name joined by dots
_GIVEN_END = re.compile("[，,。、！!）)\\s]|先生|女士|等|及|和|与|将|在|于|依|提")
# 总理史卡利本（二〇〇四）年: 本 is this (year).
_THIS_YEAR = re.compile("本[(（][0-9一二九]")
_HAN = re.compile("[\u4e00-\u9fff]+")
_REIGN = re.compile("[一二三四五六七八九十]{1,2}世(?!纪|界)")
_JOINED = re.compile("[\u4e00-\u9fff]{1,7}[·•‧・․](?:[\u4e00-\u9fff]{1,7}[·•‧・․]){0,3}[\u4e00-\u9fff]{1,7}")


def persons(words: Words, known: Iterable[Candidate], lexicons: Lexicons) -> list[Candidate]:
    """Persons of a text with the place of their role; `known` are those the gazetteer has."""
    found = {
        c.start: c._replace(role=signed(words, c.start, c.end, lexicons)[1])
        for c in known
        if not TEACHING.match(words.shadow, c.end)
    }
    found = {c.start: c for c in _by_surname(words, lexicons)} | found
    found |= {c.start: c for c in _transcribed(words, lexicons)}
    found = {c.start: c for c in _titled_surnames(words, lexicons)} | found
    found = {c.start: c for c in by_given_name(words, lexicons)} | found
    found = {c.start: c for c in listed_beside(words, found, lexicons)} | found
    found = {c.start: c for c in listed_before(words, found, lexicons)} | found
    return [*found.values(), *again(words, found.values(), lexicons)]


def _surname_starts(words: Words) -> npt.NDArray[np.int64]:
    """Starts of words that begin with the first character of a surname, unless it is repeated (王王王)."""
    codes, flags = words.marks.codes, words.marks.characters
    return np.flatnonzero((words.cuts()[:-1] > 0) & (flags[:-1] & SURNAME > 0) & (codes[:-1] != codes[1:]))


def _by_surname(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    shadow, known, everyday = words.shadow, listed(lexicons), surnames(lexicons)
    for start in _likely_starts(words):
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


def _likely_starts(words: Words) -> list[int]:
    """Those starts that may begin a name: characters of given names follow, with a sign or well-known ones."""
    starts, flags, cuts = _surname_starts(words), words.marks.characters, words.cuts() > 0
    starts = starts[starts + 4 < len(cuts)]
    first, second = given_odds()
    codes = np.minimum(words.marks.codes, LAST_CODE)
    before, after = _after_title(words)[starts], _before_title(words) | (words.marks.pairs & ADDRESS > 0) | (flags & SHARING > 0)
    alone = flags[starts] & EVERYDAY == 0
    likely = np.zeros(len(starts), dtype=np.bool_)
    for head in (1, 2):
        given = starts + head
        one, two = second[codes[given]], first[codes[given]] + second[codes[given + 1]]
        likely |= cuts[given + 1] & (one > WITH_SIGN) & (before | after[given + 1])
        likely |= cuts[given + 2] & (two > WITH_SIGN) & (before | after[given + 2] | (alone & (two > ALONE)))
    # Loose: the surname is a word, or a word goes on with the given name (jieba knows the person).
    likely &= cuts[starts + 1] | (cuts[starts + 2] & before) | ~cuts[starts + 2]
    kept: list[int] = starts[likely].tolist()
    return kept


def _after_title(words: Words) -> npt.NDArray[np.bool_]:
    """Where a title may have ended, a blank between allowed."""
    ends = np.zeros(len(words.marks.pairs), dtype=np.bool_)
    ends[2:] = words.marks.pairs[:-2] & TITLE_END > 0
    ends[1:] |= ends[:-1] & (words.marks.characters[:-1] & BLANK > 0)
    return ends


def _titled_surnames(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """A surname alone before a title: 毛主席 (jieba has some of them as one word), 王院长, 李前部长大维."""
    shadow, everyday = words.shadow, surnames(lexicons)
    starts = _surname_starts(words)
    for start in starts[_before_title(words)[starts + 1]].tolist():
        surname = shadow[start : start + 1]
        if surname not in everyday or (start and "\u4e00" <= shadow[start - 1] <= "\u9fff" and everyday[surname]):
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


def _transcribed(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Foreign names: parts joined by a dot, or letters of transcription beside a title."""
    shadow = words.shadow
    for match in _joined(words):
        start, end = match.start(), match.end()
        dots = [i for i in range(start, end) if shadow[i] in "·•‧・․"]
        while dots[0] - start > 1 and not all(c in TRANSCRIBED for c in shadow[start : dots[0]]):
            start += 1
        while end - dots[-1] > 2 and not all(c in TRANSCRIBED for c in shadow[dots[-1] + 1 : end]):
            end -= 1
        if shadow[start] in TRANSCRIBED and shadow[end - 1] in TRANSCRIBED:
            role = signed(words, start, end, lexicons)[1]
            yield Candidate(start, end, PERSON, shadow[start:end], role)
    yield from _transcribed_before(words, lexicons)
    yield from _transcribed_after(words, lexicons)


def _joined(words: Words) -> Iterator[re.Match[str]]:
    """Parts joined by dots, left to right."""
    free = 0
    for dot in places(words.marks.characters, DOT):
        begins = range(max(free, dot - LONGEST_PART), dot)
        match = next(filter(None, (_JOINED.match(words.shadow, begin) for begin in begins)), None)
        if match:
            free = match.end()
            yield match


def _before_title(words: Words) -> npt.NDArray[np.bool_]:
    """Where a title may begin, also with 前 (former) and the like before it."""
    begins = words.marks.pairs & TITLE > 0
    begins[:-1] |= begins[1:] & (words.marks.characters[:-1] & FORMER > 0)
    return begins


def _transcribed_before(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """布希总统: letters of transcription before a title or a form of address."""
    shadow = words.shadow
    told = (_before_title(words) | (words.marks.pairs & ADDRESS > 0)) & (words.cuts() > 0)
    for end in (np.flatnonzero(told[1:] & (words.marks.characters[:-1] & LETTER > 0)) + 1).tolist():
        role = title_after(words, end, lexicons)
        if not (role[1] or shadow.startswith(ADDRESSES, end)):
            continue
        run = end
        while run and shadow[run - 1] in TRANSCRIBED and end - run < LONGEST_TRANSCRIBED:
            run -= 1
        while run < end and (not words.edges[run] or shadow[run] in _LEADING):
            run += 1
        if _may_be_name(shadow[run:end], lexicons):
            before = title_before(words, run, lexicons)
            reign = _REIGN.match(shadow, end)
            name = shadow[run:end]
            yield Candidate(run, reign.end() if reign else end, PERSON, name, before if before[1] else role)


def _transcribed_after(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """总统哈里斯: all the letters of transcription that follow a title, if they make no words."""
    shadow, known = words.shadow, titles(lexicons)
    for begin in np.flatnonzero((words.cuts() > 0) & (words.marks.pairs & TITLE > 0)).tolist():
        place = words.at(begin)
        word = words.words[place]
        start = begin + len(word)
        if word not in known or shadow[start : start + 1] not in TRANSCRIBED:
            continue
        end = start
        while shadow[end : end + 1] in TRANSCRIBED and end - start < LONGEST_TRANSCRIBED:
            end += 1
        if _THIS_YEAR.match(shadow, end - 1):
            end -= 1
        while end > start and (not words.edges[end] or shadow[end - 1] in _LEADING):
            end -= 1
        pieces = words.words[place + 1 : words.at(end)]
        unknown = all(len(piece) == 1 or dictionary().get(piece, (0, "nr"))[1] in _NAME_TAGS for piece in pieces)
        if end - start >= 3 and unknown and _may_be_name(shadow[start:end], lexicons):
            yield Candidate(start, end, PERSON, shadow[start:end], title_before(words, start, lexicons))


def _may_be_name(name: str, lexicons: Lexicons) -> bool:
    return len(name) >= 2 and name not in listed(lexicons) and dictionary().get(name, (0, "nr"))[1] in _NAME_TAGS
