"""What a character, and a pair of characters, can begin or end: tables that find the few places worth a look.

>>> from analysis.read.lexicons import load
>>> marked = marks("省长王建明", load())
>>> places(marked.characters, SURNAME).tolist()
[2, 4]

A mark says that something may stand there; a finder looks. Characters are looked up in a table by code point, pairs as
`pairs` does.
"""

from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find.cutting import SYLLABLES
from analysis.find.name_ends import FACILITIES, FIRMS, LINES, PUBLISHER, SHORT_TAILS, TAILS
from analysis.find.name_lists import surnames
from analysis.find.name_odds import CLOSES, LAST_CODE, NO_END, OPENS, signs
from analysis.find.name_transcribed import TRANSCRIBED
from analysis.find.pairs import marks_of_pairs, pair_table
from analysis.read.codes import Offsets, codes_of
from analysis.read.lexicons import Lexicons

Flags = npt.NDArray[np.uint32]
PairFlags = npt.NDArray[np.uint16]

# Marks of characters: of persons, and what stands beside their names; of letters and marks; of areas, levels and bodies.
SURNAME, EVERYDAY, FORMER, SIGN, OPENING, CLOSING, NO_LAST, RANK = (1 << bit for bit in range(8))
LETTER, SYLLABLE, NO_LETTER, LATIN, SMALL, DOT, BLANK, STOP, PART = (1 << bit for bit in range(8, 17))
AREA, LANDMARK, LEVEL, OFFICE, SHORT_TAIL, GOES_ON, NO_LEVEL_AFTER, NO_LEVEL_BEFORE, BEFORE_LIST = (
    1 << bit for bit in range(17, 26)
)
# Marks of pairs: where words of address, meetings, firms, places and bodies begin, where a body or a facility ends; where a sign
# before a person's name ends, and where one after it begins; surnames of two characters.
TAIL, ADDRESS, MEETING, BUSINESS, AREA_WORD, BODY_WORD, SIGN_ENDS, SIGN_BEGINS, SURNAME_PAIR = (1 << bit for bit in range(9))
# Forms of address: a sign of a person, no role.
ADDRESSES = ("同志", "先生", "女士", "阁下", "伉俪", "小姐", "夫人")
# Words of one character that stand in no unknown name, whatever jieba calls them.
FUNCTION = frozenset(
    "的了和与及或在是对把将从向为被让使由等各全本我该此两几多某每一二三四五六七八九十百千万亿个名区县市省镇乡村人年月日大小老新好外内中有这那其他她它们办设家就像也还都又"
)
# Characters that no name of a meeting holds: sentences and clauses end with them.
STOPS = "，。；：！？,;:!?\n\r\t \u3000\0"
BLANKS = " \u3000"
# Marks inside clauses: no word goes over one, and of names hardly any.
MARKS = "、（）()《》〈〉“”‘’「」『』【】"
# Every name of a meeting holds one of these: words of meetings (name_meetings) by their last two characters, or a number and 大
# (congress).
_MEETINGS_WORDS = "会议 大会 论坛 峰会 全会 两会 代会 委会 年会 动会 运会 奥会 览会 博会 谈会 进会 易会 场会 "
_MEETINGS = (*_MEETINGS_WORDS.split(), *(number + "大" for number in "一二三四五六七八九十"))
# First two characters of longer words that end a place's name: county town, mountains, spring, oil field, …
_AREA_WORDS = ("县城", "山脉", "温泉", "油田", "公园", "机场", "体育")
# First characters of the words of an office (name_bodies).
OFFICES = "党人总纪政监妇工委"
# 乡风 local custom, 市占率 market share, 区域 zone: the word of an area belongs to what follows.
_AREA_GOES_ON = "风亲愁土贤占值镇村域容级块"
# Before a level as a word of its own these leave no body's level: 全省 the whole province.
NOT_BEFORE_LEVEL = frozenset("各全本该此几两每外跨两一多辖驻省市县区旗州")
# Nor do these: 各省、市 each of those listed.
BEFORE_LISTED = ("省、", "市、", "县、", "区、", "州、")
# 县级 of counties, 市场 market: no level, and no words of an office after a mark.
_NOT_AFTER_LEVEL = "级场容、（）()“”"


class Marks(NamedTuple):
    """Code points of a text (at most `LAST_CODE`), the marks of each character and of each pair, all going on beyond the end."""

    codes: Offsets
    characters: Flags
    pairs: PairFlags


def marks(shadow: str, lexicons: Lexicons) -> Marks:
    """Marks of a text."""
    characters, pairs = _tables(lexicons)
    codes = np.minimum(codes_of(shadow), LAST_CODE).astype(np.int64)
    return Marks(codes, characters.take(codes), marks_of_pairs(shadow, pairs))


def places(flags: Flags | PairFlags, mark: int) -> Offsets:
    """Offsets that bear a mark."""
    # Of booleans they are found faster than of numbers.
    return np.flatnonzero(flags & mark != 0)


@lru_cache(maxsize=4)
def _tables(lexicons: Lexicons) -> tuple[Flags, PairFlags]:
    characters = np.zeros(LAST_CODE + 1, dtype=np.uint32)
    heads = {surname[0] for surname in surnames(lexicons)}
    plain = {surname[0] for surname, everyday in surnames(lexicons).items() if not everyday}
    for mark, members in (
        (SURNAME, {surname for surname in surnames(lexicons) if len(surname) == 1}),
        (EVERYDAY, heads - plain),
        (LETTER, TRANSCRIBED),
        (SYLLABLE, SYLLABLES),
        (SHORT_TAIL, SHORT_TAILS),
        (LANDMARK, "湖河岛屿寺庙宫溪亭塔峡陵"),
        (AREA, "区省市县旗州镇乡村"),
        (LEVEL, "省市县旗州"),
        (LATIN, ascii_uppercase),
        (SMALL, ascii_lowercase),
        (RANK, "祖宗帝世"),  # emperors and reigns
        (NO_LETTER, FUNCTION),
        (NO_LETTER, STOPS),
        (OFFICE, OFFICES),
        (STOP, STOPS),
        (PART, {*MARKS, *STOPS} - set(BLANKS)),
        (DOT, "·•‧・․"),
        (FORMER, "前故代老"),
        (BLANK, BLANKS),
        (OPENING, OPENS),
        (CLOSING, CLOSES),
        (NO_LAST, NO_END),
        (SIGN, {word for word in signs(lexicons).after if len(word) == 1}),
        (GOES_ON, _AREA_GOES_ON),
        (NO_LEVEL_AFTER, NOT_BEFORE_LEVEL),
        (NO_LEVEL_BEFORE, _NOT_AFTER_LEVEL),
        (BEFORE_LIST, {level[0] for level in BEFORE_LISTED}),
    ):
        characters[[min(ord(character), LAST_CODE) for character in members]] |= mark
    pairs = (
        (TAIL, (word[-2:] for word in (*TAILS, *FACILITIES))),
        (ADDRESS, ADDRESSES),
        (MEETING, _MEETINGS),
        (BUSINESS, (*FIRMS, *LINES, PUBLISHER)),
        (AREA_WORD, _AREA_WORDS),
        (BODY_WORD, ("自治", "大学", "中共")),  # autonomous (region), university, Communist Party of China
        (SIGN_ENDS, (word[-2:] for word in signs(lexicons).before)),
        (SIGN_BEGINS, signs(lexicons).after),
        (SURNAME_PAIR, (surname for surname in surnames(lexicons) if len(surname) == 2)),
    )
    return characters, pair_table(pairs)
