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
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, pairwise
from math import log
from typing import NamedTuple

import numpy as np

from analysis.find.cutting import cutter
from analysis.find.dictionary import dictionary
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
    "苏木 嘎查 通江 兴海 新区 大街 街道 公路 铁路 道路 大路 大桥 桥梁 立交桥 车站 火车站 电站 水电站 加油站 互联网 自由港 西部地区 东部地区 中部地区 试验区 高新区 "
)
GENERIC = frozenset(_GENERIC_WORDS.split())


# Words of one character that stand in no unknown name, whatever jieba calls them.
FUNCTION = frozenset(
    "的了和与及或在是对把将从向为被让使由等各全本我该此两几多某每一二三四五六七八九十百千万亿个名区县市省镇乡村人年月日大小老新好外内中有这那其他她它们办设家就像也还都又"
)
# Letters of transcribed names (Xinhua's tables): a foreign name is made of these only.
TRANSCRIBED = frozenset(
    "阿葛埃艾爱安昂奥澳巴白柏班邦保鲍贝本比彼毕宾波玻伯勃博布查昌茨达戴丹当道德登邓迪蒂丁杜顿多恩尔耳法范方菲费芬丰佛夫弗福富盖甘冈高戈格根贡古瓜圭哈海汉豪赫亨洪"
    "胡华怀惠霍基吉加贾简杰金津喀卡凯坎康考柯科克肯孔库夸奎拉莱兰朗劳勒雷里丽利莉连列林琳龙隆卢鲁路伦罗洛吕马玛迈麦曼芒毛梅门蒙孟米密缅明摩莫默姆穆纳奈南内尼"
    "宁纽努诺欧帕派潘庞佩彭皮匹平珀普齐奇契钱强乔切琼丘让热仁日荣茹瑞若撒萨塞赛桑瑟森沙山尚绍舍圣施什石史士舒斯司丝松苏索塔台泰坦汤唐特腾提田廷亭图托陀瓦万旺"
    "威韦维温文翁沃乌武西希锡席夏香肖歇谢辛欣兴休许逊雅亚延扬耶叶伊因英尤于约泽扎詹珍芝治兹朱茱祖佐娜娅妮姬卓瓜澤黛雯莎茜妲娃尤伏"
)
# Count a listed name has at least when it is weighed against the words it would cut across, so that 确保全总 is 确保|全总
# (make sure the federation) and not 确|保全|总: jieba counts 全总 31 times.
LEAST_COUNT = 2000
# Words that jieba's dictionary was counted in: the sum of its counts.
CORPUS = 60_101_967
# A name that cuts across more characters than this cuts across no words but a run of letters or digits.
LONGEST_WINDOW = 24
# Code points above share one place in a table of flags.
LAST_CODE = 0x10000
_SURROGATE = re.compile("[\ud800-\udfff]")

_ALSO_COUNTIES = ("nr", "nrt", "nz")
# Listed names that are other words before these: 比赛中共获得 is 中 (in) and 共 (altogether), 大同世界 a world of great harmony.
_NOT_BEFORE = {
    "中共": re.compile("[获有计建完发投产查取收新举召开]"),
    "大同": re.compile("世界|理想|社会|小异"),
    # 中央组织 central organisations.
    "中央": re.compile("组织(?!部)"),
    # 中国特色社会主义 and 中国梦 are doctrines.
    "中国": re.compile("特色|梦|式现代化"),
}
# ... and after these: 世界大同.
_NOT_AFTER = {"大同": ("世界", "天下")}


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
    # A lone surrogate (half of a broken character) cannot be handed to rjieba.
    pieces = cutter(lexicons).cut(_SURROGATE.sub("\0", shadow), False)
    edges = bytearray(len(shadow) + 1)
    edges[0] = edges[len(shadow)] = 1
    for start in accumulate(map(len, pieces)):
        edges[start] = 1
    _keep_whole(shadow, edges, lexicons)
    _part_titles(pieces, edges, lexicons)
    stops = [place for place, edge in enumerate(edges) if edge]
    return Words(shadow, stops[:-1], [shadow[start:end] for start, end in pairwise(stops)], edges)


def _keep_whole(shadow: str, edges: bytearray, lexicons: Lexicons) -> None:
    """Put together listed names that the cutter took apart: 确|保全|总 becomes 确保|全总."""
    heads, free = _listed_by_head(lexicons), 0
    for place in _places_of(shadow, lexicons):
        if place < free:
            continue
        for name in _at(heads, shadow, place):
            end = place + len(name)
            if not (edges[place] and edges[end]):
                first, last = edges.rfind(1, 0, place + 1), edges.find(1, end)
                if last - first > LONGEST_WINDOW or not _likelier(shadow[first:last], place - first, name, lexicons):
                    continue
                for offset in _stops(shadow[first:place], lexicons):
                    edges[first + offset] = 1
                for offset in _stops(shadow[end:last], lexicons):
                    edges[end + offset] = 1
                edges[place] = edges[end] = 1
            edges[place + 1 : end] = bytes(len(name) - 1)
            free = end
            break


def _part_titles(pieces: list[str], edges: bytearray, lexicons: Lexicons) -> None:
    """Part a title from a person's name where jieba has both as one word: 布希|总统."""
    start = 0
    for piece in pieces:
        if len(piece) > 3:
            title = _title_at_end(piece, lexicons)
            if title:
                edges[start + len(piece) - title] = 1
        start += len(piece)


@lru_cache(maxsize=65536)
def _title_at_end(word: str, lexicons: Lexicons) -> int:
    """Length of the title that ends a word tagged as a person's name; 0 for none."""
    if not dictionary().get(word, (0, ""))[1].startswith("nr"):
        return 0
    return next((n for n in range(2, len(word) - 1) if word[-n:] in titles(lexicons)), 0)


@lru_cache(maxsize=4)
def titles(lexicons: Lexicons) -> frozenset[str]:
    """Titles, in Simplified form."""
    return frozenset(simplified(row["title"]) for row in lexicons.rows("titles"))


def _places_of(shadow: str, lexicons: Lexicons) -> list[int]:
    """Where two characters stand that may begin a listed name."""
    codes = np.minimum(np.frombuffer(shadow.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), LAST_CODE)
    first, second = np.zeros(LAST_CODE + 1, dtype=np.bool_), np.zeros(LAST_CODE + 1, dtype=np.bool_)
    for head in _listed_by_head(lexicons):
        first[min(ord(head[0]), LAST_CODE)] = second[min(ord(head[1]), LAST_CODE)] = True
    places: list[int] = np.flatnonzero(first[codes[:-1]] & second[codes[1:]]).tolist()
    return places


@lru_cache(maxsize=65536)
def _likelier(window: str, start: int, name: str, lexicons: Lexicons) -> bool:
    """Whether whole words cut as the dictionary has them are less likely than the name with what it leaves of them."""
    words = cutter(lexicons).cut(window, False)
    rest = [word for part in (window[:start], window[start + len(name) :]) for word in cutter(lexicons).cut(part, False)]
    least = 1 if listed(lexicons)[name][0] == PLACE and len(name) == 2 else LEAST_COUNT
    whole = log(max(least, dictionary().get(name, (0, ""))[0]) / CORPUS)
    return whole + sum(map(_log_share, rest)) > sum(map(_log_share, words))


def _log_share(word: str) -> float:
    """Log share of a word in jieba's corpus; an unknown one counts as met once."""
    return log(max(1, dictionary().get(word, (0, ""))[0]) / CORPUS)


def _stops(part: str, lexicons: Lexicons) -> list[int]:
    """Where the words of a part end."""
    return list(accumulate(map(len, cutter(lexicons).cut(part, False))))


@lru_cache(maxsize=4)
def _listed_by_head(lexicons: Lexicons) -> Mapping[str, tuple[str, ...]]:
    """Listed names by their first characters."""
    return _by_head(listed(lexicons))


def _by_head(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Names by their first four characters, longest first; shorter ones by themselves."""
    groups: dict[str, list[str]] = {}
    for name in names:
        if len(name) > 1:
            groups.setdefault(name[:4], []).append(name)
    return {head: tuple(sorted(group, key=len, reverse=True)) for head, group in groups.items()}


def _at(heads: Mapping[str, tuple[str, ...]], shadow: str, place: int) -> Iterator[str]:
    """Names that stand at a place, longest first."""
    for size in (4, 3, 2):
        for name in heads.get(shadow[place : place + size], ()):
            if shadow.startswith(name, place):
                yield name


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
    # 德钦县 and others are tagged as persons.
    counties = {word for word, (_, tag) in dictionary().items() if word[-1] == "县" and len(word) >= 3 and tag in _ALSO_COUNTIES}
    return {word: (PLACE, word) for word in long | short | counties}


@lru_cache(maxsize=4)
def _gazetteer_by_head(lexicons: Lexicons) -> Mapping[str, tuple[str, ...]]:
    """Names of the gazetteer by their first characters."""
    return _by_head(gazetteer(lexicons))


def _ends(words: Words, end: int, name: str) -> bool:
    """Whether a name may end there: at the end of a word, or before 上 (on) and the like, as in 太平岛|上."""
    if words.edges[end]:
        return not (name in _NOT_BEFORE and _NOT_BEFORE[name].match(words.shadow, end))
    return len(name) > 2 and name[-1] in AREAS + LAND and words.shadow[end] in "上内里外境城沿"


@lru_cache(maxsize=4)
def _beginnings(lexicons: Lexicons) -> frozenset[str]:
    """First two characters of the names of the gazetteer."""
    return frozenset(name[:2] for name in gazetteer(lexicons))


def known_names(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Every stretch of whole words that the gazetteer knows, longest at each start."""
    heads, names, shadow = _gazetteer_by_head(lexicons), gazetteer(lexicons), words.shadow
    begun = _beginnings(lexicons)
    for start in words.starts:
        if shadow[start : start + 2] not in begun:
            continue
        for name in _at(heads, shadow, start):
            if _ends(words, start + len(name), name):
                if name in _NOT_AFTER and shadow.endswith(_NOT_AFTER[name], 0, start):
                    break
                kind, canonical = names[name]
                yield Candidate(start, start + len(name), kind, canonical)
                break
