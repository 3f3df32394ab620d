"""Persons without a title: a surname, characters of given names, and what is beside them, weighed together.

>>> from analysis.read.lexicons import load
>>> from analysis.find.name_words import cut
>>> [c.name for c in weighed(cut("后来葉企孙侄子叶铭汉说明", load()), load())]
['叶铭汉']

Each piece of evidence counts as many log odds as `WEIGHTS` says: a kinsman or a profession before the name, a verb of
persons after it (data/lexicons/signs.csv), punctuation and words of grammar beside it, and that jieba knows the name.
"""

import re
from collections.abc import Iterator

from analysis.find.dictionary import dictionary
from analysis.find.name_lists import PERSON, listed, surnames
from analysis.find.name_marks import BUSINESS, EVERYDAY, SIGN_BEGINS, SIGN_ENDS
from analysis.find.name_odds import (
    CLOSES,
    ENOUGH,
    ENOUGH_FOR_TWO,
    ENOUGH_UNSIGNED,
    EVERYDAY_SURNAME,
    KNOWN_NAME,
    LEAST,
    NO_END,
    OPEN_AFTER,
    OPEN_BEFORE,
    OPENS,
    OTHER_THING,
    SIGN_AFTER,
    SIGN_BEFORE,
    given_odds,
    odds,
    signs,
)
from analysis.find.name_words import Candidate, Words
from analysis.read.lexicons import Lexicons

LONGEST_SIGN = 4
_HAN = re.compile("[\u4e00-\u9fff]+")
# Words that jieba tags as names of persons.
_NO_PERSON_WORDS = "马拉松 高尔夫 单晶硅 温室气 白皮书 金字塔 高精尖 安理会 高标准 高水平 全方位 基因库 纪念章 黄金周 公开赛 古建筑 花岗岩 杜鹃花 白玉瓶 许可证 安全性 宣传部 高新区 申请书 申请人 "
NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
# Provinces and towns by one character: 苏浙皖, 京津冀.
_PROVINCES = frozenset("京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇陕甘青藏宁新蒙港澳台哈大齐长深广珠杭沈")


def weighed(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Persons whose evidence is enough."""
    everyday = surnames(lexicons)
    for start in words.standing(words.hints.evident).tolist():
        if not _is_likely(words, start):
            continue
        head = 2 if words.shadow[start : start + 2] in everyday else 1
        surname = words.shadow[start : start + head]
        if surname not in everyday:
            continue
        for end in (start + head + 2, start + head + 1):
            name = words.shadow[start:end]
            if (
                name[-1:] in NO_END
                or not _is_loose(words, start, end, head)
                or not _other(words, end)
                or _PROVINCES.issuperset(name)
                or (len(name) == 3 and name[1] == "家")
                or name in NO_PERSON
                or name in listed(lexicons)
                or not _HAN.fullmatch(name)
            ):
                continue
            weight, signed = _weight(words, start, end, odds(name[head:]), lexicons)
            enough = (ENOUGH if signed else ENOUGH_UNSIGNED) if end - start > 2 else ENOUGH_FOR_TWO if signed else 99
            if weight + EVERYDAY_SURNAME * everyday[surname] >= enough:
                yield Candidate(start, end, PERSON, name)
                break


def _other(words: Words, end: int) -> bool:
    """Whether what follows leaves the characters a name."""
    after = words.shadow[end : end + 1]
    return not (after in OTHER_THING and after and words.edges[end + 1]) and not words.marks.pairs[end] & BUSINESS


def _is_likely(words: Words, start: int) -> bool:
    """Whether characters of given names follow, with a sign where there is but one."""
    (codes, flags, pairs), edges = words.marks, words.edges
    first, second = given_odds()
    alone = not flags[start] & EVERYDAY
    before = start > 1 and pairs[start - 2] & SIGN_ENDS
    for given in (start + 1, start + 2):
        one, two = second[codes[given]], first[codes[given]] + second[codes[given + 1]]
        if edges[given + 2] and two > LEAST and (two > 1 or alone):
            return True
        if edges[given + 1] and one > LEAST and (before or pairs[given + 1] & SIGN_BEGINS):
            return True
    return False


def _is_loose(words: Words, start: int, end: int, head: int) -> bool:
    """Whether the stretch is the surname and loose characters, or one word that jieba has as a person's name."""
    if end > len(words.shadow) or not words.edges[end]:
        return False
    inner = words.edges[start + 1 : end].count(1)
    if inner == 0:
        return end - start > 2 and dictionary().get(words.shadow[start:end])[1] in ("nr", "nrfg")
    return bool(words.edges[start + 1] or (head == 2 and words.edges[start + 2]))


def _weight(words: Words, start: int, end: int, given: float, lexicons: Lexicons) -> tuple[float, bool]:
    """Log odds that the stretch is a person's name, and whether a sign stands beside it."""
    before, after = signs_beside(words, start, end, lexicons)
    weight = given + SIGN_BEFORE * before + SIGN_AFTER * after
    if not any(words.edges[start + 1 : end]):
        weight += KNOWN_NAME
    if not start or words.shadow[start - 1] in OPENS:
        weight += OPEN_BEFORE
    if end == len(words.shadow) or words.shadow[end] in CLOSES:
        weight += OPEN_AFTER
    return weight, before or after


def signs_beside(words: Words, start: int, end: int, lexicons: Lexicons) -> tuple[bool, bool]:
    """Whether a sign of a person stands before a stretch, and after it."""
    shadow, edges, told = words.shadow, words.edges, signs(lexicons)
    before = after = False
    for n in range(2, min(LONGEST_SIGN, start) + 1):
        before = before or bool(shadow[start - n : start] in told.before and edges[start - n])
    for n in range(1, LONGEST_SIGN + 1):
        after = after or bool(shadow[end : end + n] in told.after and edges[end + n])
    return before, after
