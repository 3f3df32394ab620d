"""Places that no list has: by the word that ends them, and inside longer words.

>>> from analysis.read.lexicons import load
>>> from analysis.find.name_words import cut, known_names
>>> words = cut("蚌埠综合保税区的台湾人", load())
>>> [c.name for c in places(words, [c for c in known_names(words, load())], load())]
['蚌埠综合保税区', '台湾']

A place may go on in what it names (蚌埠综合保税区 a bonded zone, 珲春口岸 a port of entry), it may stand in a word of its people
(台湾人), or it may be unknown and end in 县 or 镇 after characters that make no word. Kinds of places (城区, 山区) are no
names. One character for a province (滇 for Yunnan) is a place after 驻 (stationed in) only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress

from analysis.find.cutter import EVERYDAY
from analysis.find.dictionary import dictionary
from analysis.find.name_ends import FACILITIES
from analysis.find.name_lists import GENERIC, ORGANISATION, PLACE, listed
from analysis.find.name_marks import AREA_WORD, FUNCTION
from analysis.find.name_stems import LETTERS, is_letter, is_stem
from analysis.find.name_transcribed import TRANSCRIBED
from analysis.find.name_words import Candidate, Words, tail_after
from analysis.read.lexicons import Lexicons

# What a place may go on in and still be a place.
_FEATURE = re.compile(
    "(?:国际)?(?:流域|走廊|经济区|都市区|城市带|产业带|工业园区|产业园区|工业园|产业园|科技园|综合保税区|保税区|口岸|都市圈|城市群|经济圈|经济带|自由贸易试验区|自由贸易港|自贸试验区|自贸港|自贸区|新区|经济技术开发区|经济开发区|开发区|高新技术产业开发区"
    "|高新区|经开区|合作区|环礁国家公园|国家公园|公园|国际商务区|商务区|国际机场|机场|大桥|大街|大道|广场|水库|运河|海峡|半岛|群岛|盆地|平原|高原|古城|古镇|火车站|高铁站|体育场|体育馆)"
)
# What makes the full name of a state of a country's (诺鲁共和国 Republic of Nauru).
_STATE = re.compile("(?:(?:社会主义|人民|民主|阿拉伯|伊斯兰|联邦){0,3}共和国|联合王国|王国|合众国|公国|联邦(?![制主准储]))")
# First two characters of all these.
_GOES_ON_WORDS = (
    "流域 走廊 产业 工业 科技 "
    "国际 综合 保税 口岸 都市 城市 经济 自由 自贸 新区 开发 高新 经开 合作 环礁 国家 公园 机场 大桥 大街 大道 广场 水库 运河 海峡 半岛 群岛 盆地 平原 高原 古城 古镇 火车 高铁 体育 "
    "社会 人民 民主 阿拉 伊斯 联邦 共和 联合 王国 合众 公国 商务 "
)
_GOES_ON = frozenset(_GOES_ON_WORDS.split())
# What follows a place within one word of jieba's and is no word itself: its people, its region.
_INHABITANTS = ("人", "各国", "三省", "各地", "籍")
# Words that jieba tags as persons or idioms hold no place (万象更新 all things are new, not Vientiane).
_WHOLE_TAGS = ("nr", "nrt", "nrfg", "i")
_AREA_WORDS = ("县", "县城", "市", "区", "镇", "乡", "村", "州", "旗")
LONGEST_INSERT = 6
_HAN = re.compile("[\u4e00-\u9fff]+")
_AFTER_STATION = frozenset("，。、至距周是位）；")
_WATERS = tuple("河湖山岛港湾站")
# A lake, temple or palace after characters that make no word (固城|湖).
_LANDMARKS = (
    "湖",
    "河",
    "岛",
    "屿",
    "寺",
    "庙",
    "宫",
    "溪",
    "亭",
    "塔",
    "峡",
    "陵",
    "山脉",
    "温泉",
    "油田",
    "公园",
    "机场",
    "体育场",
)
_UNKNOWN_ENDS = frozenset((*_AREA_WORDS, *_LANDMARKS))
_CAPITAL = re.compile(f"(?:首都|首府)([{''.join(sorted(TRANSCRIBED))}]{{2,6}})(?=[(（,，。、]|[设召建开举的])")
# No 国 or 使馆 (embassy) in the same stretch of characters.
_STATIONED = re.compile(
    "驻([京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇陕甘青藏宁新蒙港澳])(?![\u4e00-\u9fff]{0,30}?(?:国|使馆))"
)


def places(words: Words, known: Sequence[Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """Places beside the known ones."""
    for place in known:
        if place.kind != PLACE or words.shadow[place.end : place.end + 2] not in _GOES_ON:
            continue
        feature = _FEATURE.match(words.shadow, place.end)
        if feature and words.edges[feature.end()]:
            yield Candidate(place.start, feature.end(), PLACE, words.shadow[place.start : feature.end()])
        state = _STATE.match(words.shadow, place.end)
        if state and not place.name.endswith(state[0]):
            yield place._replace(end=state.end())
    yield from _facilities(words, known)
    yield from _inside_words(words, lexicons)
    yield from _unknown(words, lexicons)
    yield from _features(words, known)
    yield from _capitals(words)
    for match in _STATIONED.finditer(words.shadow):
        yield Candidate(match.start(1), match.end(1), PLACE, match[1])


def _facilities(words: Words, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """厦门高崎国际机场: a place, up to three words that a name is made of, and what is there."""
    near = tail_after(words, [place.end for place in known], LONGEST_INSERT + 3)
    for place in compress(known, near):
        if place.kind != PLACE or not words.edges[place.end]:
            continue
        end = place.end
        for at in range(min(4, len(words.shadow) - end)):
            start, end = end, words.end(end)
            if end < 0:
                break
            word = words.shadow[start:end]
            if at and word.endswith(FACILITIES) and start - place.end <= LONGEST_INSERT:
                yield Candidate(place.start, end, PLACE, words.shadow[place.start : end])
            if not _in_facility(word):
                break


@lru_cache(maxsize=65536)
def _in_facility(word: str) -> bool:
    """Whether a word may stand in the name of a facility: a direction, a number, a noun, a character that is no word."""
    return (
        bool(_HAN.fullmatch(word))
        and not FUNCTION & set(word)
        and dictionary().get(word)[1] in (*LETTERS, "b", "nt", "f")
        and "所" not in word
    )


def _inside_words(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """台湾 in the word 台湾人, 香港 in 香港回归 (Hong Kong's return)."""
    starts = words.standing(words.hints.listed)
    for start in starts[~(words.cuts[starts + 1] | words.cuts[starts + 2])].tolist():
        word = words.word(start)
        inside = _begins(word, lexicons)
        if inside:
            yield inside._replace(start=start, end=start + inside.end)
            # 黄河流域 the basin of the Yellow River, one word of jieba's.
            if inside.kind == PLACE and _FEATURE.fullmatch(word, inside.end):
                yield Candidate(start, start + len(word), PLACE, word)


@lru_cache(maxsize=65536)
def _begins(word: str, lexicons: Lexicons) -> Candidate | None:
    """The listed place or body that a word begins with, if the rest of it is a word too or its people."""
    names = listed(lexicons)
    if word in names or word.startswith("中国式") or dictionary().get(word, (0, ""))[1] in _WHOLE_TAGS:
        return None
    for size in range(len(word) - 1, 1, -1):
        kind, name = names.get(word[:size], ("", ""))
        rest = word[size:]
        if kind not in (PLACE, ORGANISATION):
            continue
        if (rest in _INHABITANTS and kind == PLACE) or (len(rest) > 1 and dictionary().get(rest, (0, ""))[0] >= EVERYDAY):
            return Candidate(0, size, kind, name)
    return None


def _unknown(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Places no dictionary has: two characters, or a word used as a name, and the word of an area (德钦县)."""
    shadow, areas = words.shadow, words.standing(words.hints.areas)
    for start in areas[words.cuts[areas + 1] | (words.marks.pairs[areas] & AREA_WORD != 0)].tolist():
        word = words.word(start)
        if word not in _UNKNOWN_ENDS:
            continue
        begin = words.begin(start)
        if start - begin == 1 and begin and words.edges[begin - 1]:
            good = word != "县城" and is_letter(shadow[begin]) and is_letter(shadow[begin - 1])
            begin -= 1
            good = good and not (begin and words.edges[begin - 1] and is_letter(shadow[begin - 1]))
        else:
            good = is_stem(shadow[begin:start], lexicons)
        if good:
            end = start + (1 if word in _AREA_WORDS else len(word))
            if shadow[begin:end] not in GENERIC:
                yield Candidate(begin, end, PLACE, shadow[begin:end])


def _features(words: Words, known: Iterable[Candidate]) -> Iterator[Candidate]:
    """A place that goes on: 松江|河 the river Songjianghe, 高雄|港 the port of Kaohsiung."""
    for place in known:
        end = place.end
        if place.kind != PLACE or words.shadow[end : end + 1] not in _WATERS or not words.edges[end + 1]:
            continue
        # 台湾站在… Taiwan stands on …
        if words.edges[end] and (words.shadow[end] != "站" or words.shadow[end + 1 : end + 2] in _AFTER_STATION):
            yield Candidate(place.start, end + 1, PLACE, words.shadow[place.start : end + 1])


def _capitals(words: Words) -> Iterator[Candidate]:
    """首都马朱罗: the letters of transcription after the word capital."""
    for match in _CAPITAL.finditer(words.shadow):
        yield Candidate(match.start(1), match.end(1), PLACE, match[1])
