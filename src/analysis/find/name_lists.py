"""Which names are known: the gazetteer, titles and surnames.

>>> from analysis.read.lexicons import load
>>> gazetteer(load())["全总"]
('organisation', '中华全国总工会')

The gazetteer holds data/lexicons/names.csv and places.csv, and those entries of jieba's dictionary that are tagged as
places *and* look like one: its tags alone are no evidence (it tags 城市 city, 哥哥 brother and 上市 to be listed as places).
It says what a string can be, not that it is one where it stands: that is for the finders.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from analysis.find.dictionary import dictionary, from_dictionary
from analysis.read.lexicons import Lexicons
from analysis.read.script import shadow

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
    "苏木 嘎查 通江 兴海 新区 大街 街道 公路 铁路 道路 大路 大桥 桥梁 立交桥 车站 火车站 电站 水电站 加油站 互联网 自由港 西部地区 东部地区 中部地区 试验区 高新区 护城河 安全岛 清真寺 母亲河 智慧宫 林田湖 智慧机场 "
)
GENERIC = frozenset(_GENERIC_WORDS.split())

_ALSO_COUNTIES = ("nr", "nrt", "nz")


def in_simplified(words: Iterable[str]) -> list[str]:
    """Words in Simplified form; all at once, which is many times faster than one by one."""
    return shadow("\n".join(" ".join(word.split("\n")) for word in words)).split("\n")


@lru_cache(maxsize=4)
def titles(lexicons: Lexicons) -> frozenset[str]:
    """Titles, in Simplified form."""
    return frozenset(in_simplified(row["title"] for row in lexicons.rows("titles")))


@lru_cache(maxsize=4)
def surnames(lexicons: Lexicons) -> Mapping[str, bool]:
    """Surnames in Simplified form; True for those that are everyday words too."""
    rows = lexicons.rows("surnames")
    everyday = (row["everyday"] == "yes" for row in rows)
    return dict(zip(in_simplified(row["surname"] for row in rows), everyday, strict=True)) if rows else {}


@lru_cache(maxsize=4)
def listed(lexicons: Lexicons) -> Mapping[str, tuple[str, str]]:
    """Names and aliases of names.csv and places.csv: Simplified form → (kind, canonical name)."""
    places = [(PLACE, row["place"], row["aliases"]) for row in lexicons.rows("places")]
    names = [(row["kind"], row["name"], row["aliases"]) for row in lexicons.rows("names")]
    forms = in_simplified(f"{name}|{aliases}" for _, name, aliases in [*places, *names])
    known: dict[str, tuple[str, str]] = {}
    for place, ((kind, _, _), line) in enumerate(zip([*places, *names], forms, strict=True)):
        canonical, *aliases = filter(None, map(str.strip, line.split("|")))
        for form in (canonical, *aliases):
            # The first of two places keeps its form; a name takes it.
            if place >= len(places) or form not in known:
                known[form] = (kind, canonical)
    return known


@lru_cache(maxsize=4)
def gazetteer(lexicons: Lexicons) -> Mapping[str, tuple[str, str]]:
    """Every known name: Simplified form → (kind, canonical name)."""
    return {**{word: (PLACE, word) for word in dictionary_places()}, **listed(lexicons)}


@from_dictionary("places")
def dictionary_places() -> list[str]:
    """Places of jieba's dictionary that look like one: 安乡县 by its last character, 安乡 because 安乡县 is there too."""
    entries = dictionary()
    tagged = {word for word, (_, tag) in entries.items() if tag == "ns" and word not in GENERIC}
    long = {
        word for word in tagged if len(word) >= 3 and word[-1] in AREAS + LAND and not word[:-1].endswith(("自治", "城", "地"))
    }
    short = {word[:-1] for word in long if word[-1] in "省市县州" and word[:-1] in tagged}
    # 德钦县 and others are tagged as persons.
    counties = {word for word, (_, tag) in entries.items() if word[-1] == "县" and len(word) >= 3 and tag in _ALSO_COUNTIES}
    # 莫愁湖 (a lake) and others too.
    features = {
        word
        for word, (_, tag) in entries.items()
        if len(word) >= 3 and word[-1] in "湖河岛屿寺庙宫湾镇" and tag in _ALSO_COUNTIES and word[0] not in "于从在过望今小大"
    }
    return sorted((long | short | counties | features) - GENERIC)


@from_dictionary("long_persons")
def _long_persons() -> list[str]:
    """Words of four and more characters that jieba's dictionary tags as names of persons."""
    return sorted(word for word, (_, tag) in dictionary().items() if len(word) > 3 and tag.startswith("nr"))


@lru_cache(maxsize=4)
def titled_persons(lexicons: Lexicons) -> Mapping[str, int]:
    """Words tagged as persons that end in a title (布希总统) → the length of the title."""
    known, found = titles(lexicons), {}
    for word in _long_persons():
        size = next((n for n in range(2, len(word) - 1) if word[-n:] in known), 0)
        if size:
            found[word] = size
    return found


@lru_cache(maxsize=4)
def titles_by_head(lexicons: Lexicons) -> Mapping[str, tuple[str, ...]]:
    """Titles by their first two characters, longest first."""
    heads: dict[str, list[str]] = {}
    for title in sorted(titles(lexicons), key=len, reverse=True):
        heads.setdefault(title[:2], []).append(title)
    return {head: tuple(found) for head, found in heads.items()}
