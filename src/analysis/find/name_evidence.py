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
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from analysis.find.dictionary import dictionary
from analysis.find.name_lists import AREAS, LAND, PERSON, in_simplified, listed, surnames
from analysis.find.name_marks import BUSINESS, EVERYDAY
from analysis.find.name_signs import given_odds, odds
from analysis.find.name_words import Candidate, Words
from analysis.find.pairs import Marks, marks_at, pair_table
from analysis.read.lexicons import Lexicons

# Log odds of a person that each piece of evidence adds; set on Wikipedia sentences and speeches (tests/benchmarks/names.py).
SIGN_BEFORE, SIGN_AFTER, KNOWN_NAME, OPEN_BEFORE, OPEN_AFTER, EVERYDAY_SURNAME = 3.0, 3.0, 1.5, 1.0, 0.5, -3.0
# A name needs as much as this; one of two characters has half the evidence of its own.
ENOUGH, ENOUGH_FOR_TWO, ENOUGH_UNSIGNED = 4.5, 4.6, 3.3
LEAST = -1.0  # log odds of the given name alone
_BEFORE, _AFTER, _COMPOUND = 1, 2, 4
LONGEST_SIGN = 4
_HAN = re.compile("[\u4e00-\u9fff]+")
# Words that jieba tags as names of persons.
_NO_PERSON_WORDS = "马拉松 高尔夫 单晶硅 温室气 白皮书 金字塔 高精尖 安理会 高标准 高水平 全方位 基因库 纪念章 黄金周 公开赛 古建筑 花岗岩 杜鹃花 白玉瓶 许可证 安全性 宣传部 高新区 申请书 申请人 "
NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
# Marks and words of grammar that a name often follows or precedes.
_OPEN_BEFORE = frozenset("，。；：、！？「『“‘（(《\n \u3000,;:与和由令派请让对跟同向被但及而因后年月日此时说是")
_OPEN_AFTER = frozenset("，。；：、！？」』”’）)》\n,;:与和在于被曾亦也将已是为的到从等及则便即又还就")
# What makes the characters before it another thing: a road, a temple, a family's village.
_OTHER_THING = frozenset(AREAS + LAND + "路巷弄里庄屯氏家府门号牌杯派")
# Provinces and towns by one character: 苏浙皖, 京津冀.
_PROVINCES = frozenset("京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇陕甘青藏宁新蒙港澳台哈大齐长深广珠杭沈")
# No given name ends so: nouns of bodies, rooms, qualities and groups do (仲裁庭 tribunal, 严肃性 gravity, 博览会 fair).
_NOUN_ENDS = frozenset("会庭性族室科者员证书率力度化型式课馆处厅部组队班级类品法权费税款额量值区界体系官库")
_NO_END = _OTHER_THING | _NOUN_ENDS


class _Signs(NamedTuple):
    before: frozenset[str]
    after: frozenset[str]
    pairs: Marks
    single: frozenset[str]


@lru_cache(maxsize=4)
def _signs(lexicons: Lexicons) -> _Signs:
    rows = lexicons.rows("signs")
    words = in_simplified(row["word"] for row in rows) if rows else []
    before = frozenset(word for word, row in zip(words, rows, strict=True) if row["side"] == "before")
    after = frozenset(words) - before | frozenset(word for word, row in zip(words, rows, strict=True) if row["side"] == "after")
    pairs = pair_table(
        [
            (_BEFORE, (word[-2:] for word in before)),
            (_AFTER, after),
            (_COMPOUND, (name for name in surnames(lexicons) if len(name) == 2)),
        ]
    )
    return _Signs(before, after, pairs, frozenset(word for word in after if len(word) == 1))


def weighed(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Persons whose evidence is enough."""
    everyday = surnames(lexicons)
    for start in _starts(words, lexicons):
        head = 2 if words.shadow[start : start + 2] in everyday else 1
        surname = words.shadow[start : start + head]
        if surname not in everyday:
            continue
        for end in (start + head + 2, start + head + 1):
            name = words.shadow[start:end]
            if (
                name[-1:] in _NO_END
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
    return not (after in _OTHER_THING and after and words.edges[end + 1]) and not words.marks.pairs[end] & BUSINESS


def _starts(words: Words, lexicons: Lexicons) -> list[int]:
    """Where a surname stands as a word and characters of given names follow, or a name jieba knows."""
    (codes, flags, _), cuts, shadow, table = words.marks, words.cuts, words.shadow, _signs(lexicons).pairs
    starts = words.surnames
    starts = starts[cuts[starts + 1] | ~cuts[starts + 2] | (marks_at(shadow, starts, table) & _COMPOUND != 0)]
    first, second = given_odds()
    likely = np.zeros(len(starts), dtype=np.bool_)
    before = (marks_at(shadow, starts - 2, table) & _BEFORE != 0) & (starts > 1)
    alone = flags[starts] & EVERYDAY == 0
    for head in (1, 2):
        given = starts + head
        one, two = second[codes[given]], first[codes[given]] + second[codes[given + 1]]
        likely |= cuts[given + 2] & (two > LEAST) & ((two > 1) | alone)
        likely |= cuts[given + 1] & (one > LEAST) & (before | (marks_at(shadow, given + 1, table) & _AFTER != 0))
    found: list[int] = starts[likely].tolist()
    return found


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
    if not start or words.shadow[start - 1] in _OPEN_BEFORE:
        weight += OPEN_BEFORE
    if end == len(words.shadow) or words.shadow[end] in _OPEN_AFTER:
        weight += OPEN_AFTER
    return weight, before or after


def signs_beside(words: Words, start: int, end: int, lexicons: Lexicons) -> tuple[bool, bool]:
    """Whether a sign of a person stands before a stretch, and after it."""
    shadow, edges, signs = words.shadow, words.edges, _signs(lexicons)
    before = after = False
    for n in range(2, min(LONGEST_SIGN, start) + 1):
        before = before or bool(shadow[start - n : start] in signs.before and edges[start - n])
    for n in range(1, LONGEST_SIGN + 1):
        after = after or bool(shadow[end : end + n] in signs.after and edges[end + n])
    return before, after
