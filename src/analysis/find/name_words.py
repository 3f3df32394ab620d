"""What the finders of names share: the words of a speech, the gazetteer of known names, and candidates.

>>> from analysis.read.lexicons import load
>>> gazetteer(load())["全总"]
('organisation', '中华全国总工会')

The gazetteer holds data/lexicons/names.csv and places.csv, and those entries of jieba's dictionary that are tagged as
places or organisations *and* look like one: its tags alone are no evidence (it tags 城市 city, 哥哥 brother and 上市 to be
listed as places). It says what a string can be, not that it is one where it stands: that is for the finders.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import rjieba

from analysis.find.cutting import dictionary
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

PERSON, ORGANISATION, PLACE, DOCUMENT, MEETING = "person", "organisation", "place", "document", "meeting"
# Last characters of administrative areas and of features of the land.
AREAS = "省市县区州旗镇乡村盟郡"
LAND = "江河湖海山岛洋峡湾港岭峰泉溪沟塘滩洲堡关寺庙塔桥街站"
# What jieba's dictionary tags as a place although it is a kind of place (城区 city area, 山区 mountain area, 本省 this province).
_GENERIC_WORDS = (
    "城市 都市 市区 城区 郊区 山区 地区 社区 特区 校区 园区 小区 库区 灾区 牧区 林区 矿区 景区 老区 疆区 湖区 辖区 县城 城镇 乡镇 村镇 乡村 农村 山村 全市 全省 全县 全区 全州 本市 本省 本县 我省 我市 "
    "我县 外省 外县 各省 各市 各县 省市 市县 县市 县区 市镇 集镇 江河 河湖 湖泊 江湖 江海 江山 河山 高山 大山 深山 群山 火山 雪山 青山 荒山 大海 沿海 近海 远海 公海 领海 深海 内海 四海 海岛 半岛 孤岛 "
    "群岛 海湾 海峡 海港 港湾 渔港 自治区 自治州 自治县 行政区 特别行政区 开发区 经济特区 保护区 直辖市 省辖市 地级市 县级市 大城市 中小城市 工业区 商业区 居民区 风景区 旅游区 少数民族地区 民族地区 解放区 根据地 "
    "新建 中美 龙江 城中村 港人治港 中和 安宁 平原 大都 上山下乡 大都市 中心镇 太平 兴国 长寿 五大洲 半壁江山 大关 旅游名县 三座大山 中立区 堰塞湖 安东 喜洋洋 深水港 新高峰 中心区 各省市 各县市 山口 高山峻岭 "
    "新区 大街 街道 公路 铁路 道路 大路 大桥 桥梁 立交桥 车站 火车站 电站 水电站 加油站 互联网 自由港 西部地区 东部地区 中部地区 试验区 高新区 "
)
GENERIC = frozenset(_GENERIC_WORDS.split())


# Words of one character that stand in no unknown name, whatever jieba calls them.
FUNCTION = frozenset(
    "的了和与及或在是对把将从向为被让使由等各全本我该此两几多某每一二三四五六七八九十百千万亿个名区县市省镇乡村人年月日大小老新好外内中有这那其他她它们办设家"
)
# Count given to a listed name in the cutter, so that 确保全总 is cut 确保|全总 and not 确保全|总 (jieba counts 全总 31 times).
LEAST_COUNT = 2000


# 比赛中共获得 is 中 (in) and 共 (altogether), not 中共 (the CPC).
_DOES = re.compile("[获有计建完发投产查取收新举召开]")


class Words(NamedTuple):
    """A shadow cut into words without jieba's guesses (HMM), so that an unknown name lies in single characters."""

    shadow: str
    starts: list[int]
    words: list[str]
    edges: bytearray  # 1 where a word starts or the text ends

    def at(self, offset: int) -> int:
        """Index of the first word that starts at `offset` or later."""
        return bisect_left(self.starts, offset)

    def whole(self, start: int, end: int) -> bool:
        """Whether a word starts at `start` and a word ends at `end`."""
        return bool(self.edges[start] and self.edges[end])


class Candidate(NamedTuple):
    """A stretch that a finder takes for a name; the longest of those that overlap becomes a row."""

    start: int
    end: int
    kind: str
    name: str
    role: tuple[int, int] = (0, 0)


def cut(shadow: str, lexicons: Lexicons) -> Words:
    """The words of a shadow; the names of the lexicons stay whole."""
    words = _cutter(lexicons).cut(shadow, False)
    starts = [0, *accumulate(map(len, words))][:-1]
    edges = bytearray(len(shadow) + 1)
    for start in starts:
        edges[start] = 1
    edges[len(shadow)] = 1
    return Words(shadow, starts, words, edges)


@lru_cache(maxsize=4)
def _cutter(lexicons: Lexicons) -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for name, (kind, _) in listed(lexicons).items():
        if len(name) > 1:
            count = max(
                dictionary().get(name, (0, ""))[0],
                cutter.suggest_freq(name),
                LEAST_COUNT if kind != PLACE or len(name) > 2 else 0,
            )
            cutter.add_word(name, count, "nz")
    return cutter


@lru_cache(maxsize=4)
def listed(lexicons: Lexicons) -> Mapping[str, tuple[str, str]]:
    """Names and aliases of names.csv and places.csv: Simplified form → (kind, canonical name)."""
    known: dict[str, tuple[str, str]] = {}
    for row in lexicons.rows("places"):
        known.update(_forms(PLACE, row["place"], row["aliases"], known))
    for row in lexicons.rows("names"):
        known.update(_forms(row["kind"], row["name"], row["aliases"], {}))
    return known


def _forms(kind: str, name: str, aliases: str, known: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    canonical = simplified(name)
    forms = [canonical, *(simplified(alias.strip()) for alias in aliases.split("|") if alias.strip())]
    return {form: (kind, canonical) for form in forms if form not in known}


@lru_cache(maxsize=4)
def gazetteer(lexicons: Lexicons) -> Mapping[str, tuple[str, str]]:
    """Every known name: Simplified form → (kind, canonical name)."""
    return {**_dictionary_places(), **listed(lexicons)}


def _dictionary_places() -> dict[str, tuple[str, str]]:
    """Places of jieba's dictionary that look like one: 安乡县 by its last character, 安乡 because 安乡县 is there too."""
    tagged = {word for word, (_, tag) in dictionary().items() if tag == "ns" and word not in GENERIC}
    long = {
        word for word in tagged if len(word) >= 3 and word[-1] in AREAS + LAND and not word[:-1].endswith(("自治", "城", "地"))
    }
    short = {word[:-1] for word in long if word[-1] in "省市县州" and word[:-1] in tagged}
    return {word: (PLACE, word) for word in long | short}


@lru_cache(maxsize=4)
def _by_two(lexicons: Lexicons) -> Mapping[str, tuple[str, ...]]:
    """Names of the gazetteer by their first two characters, longest first."""
    groups: dict[str, list[str]] = {}
    for name in gazetteer(lexicons):
        if len(name) > 1:
            groups.setdefault(name[:2], []).append(name)
    return {head: tuple(sorted(names, key=len, reverse=True)) for head, names in groups.items()}


def _ends(words: Words, end: int, name: str) -> bool:
    """Whether a name may end there: at the end of a word, or before 上 (on) and the like, as in 太平岛|上."""
    if words.edges[end]:
        return name != "中共" or not _DOES.match(words.shadow, end)
    return len(name) > 2 and name[-1] in AREAS + LAND and words.shadow[end] in "上内里外境城沿"


def known_names(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Every stretch of whole words that the gazetteer knows, longest at each start."""
    heads, names, shadow = _by_two(lexicons), gazetteer(lexicons), words.shadow
    for start in words.starts:
        for name in heads.get(shadow[start : start + 2], ()):
            if shadow.startswith(name, start) and _ends(words, start + len(name), name):
                kind, canonical = names[name]
                yield Candidate(start, start + len(name), kind, canonical)
                break
