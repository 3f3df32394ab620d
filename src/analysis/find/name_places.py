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
from collections.abc import Iterable, Iterator

from analysis.find.cutting import dictionary
from analysis.find.name_words import AREAS, FUNCTION, GENERIC, PLACE, Candidate, Words, listed
from analysis.read.lexicons import Lexicons

# What a place may go on in and still be a place.
_FEATURE = re.compile(
    "(?:国际)?(?:综合保税区|保税区|口岸|都市圈|城市群|经济圈|经济带|自由贸易试验区|自由贸易港|自贸试验区|自贸港|自贸区|新区|经济技术开发区|经济开发区|开发区|高新技术产业开发区"
    "|高新区|经开区|合作区|环礁国家公园|国家公园|公园|国际机场|机场|大桥|大街|大道|广场|水库|运河|海峡|半岛|群岛|盆地|平原|高原|古城|古镇|火车站|高铁站|体育场|体育馆)"
)
# What follows a place within one word of jieba's: its people, its region.
_INHABITANTS = ("人", "人民", "地区", "各国", "三省", "各地", "崛起", "籍", "军民", "同胞", "侨胞")
# Parts of speech of a word that may be the stem of an unknown place (宁陕 in 宁陕县).
_STEMS = ("ns", "nr", "nrt", "nz", "nrfg")
_LETTERS = ("n", "ns", "nr", "nz", "g", "zg", "ng", "j", "nrt", "nrfg", "ag", "")
_STATIONED = re.compile(
    "(?<=驻)[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇陕甘青藏宁新蒙港澳](?![\u4e00-\u9fff]*?(?:国|使馆))"
)


def places(words: Words, known: Iterable[Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """Places beside the known ones."""
    for place in known:
        feature = _FEATURE.match(words.shadow, place.end) if place.kind == PLACE else None
        if feature and words.edges[feature.end()]:
            yield Candidate(place.start, feature.end(), PLACE, words.shadow[place.start : feature.end()])
    yield from _inside_words(words, lexicons)
    yield from _unknown(words)
    for match in _STATIONED.finditer(words.shadow):
        yield Candidate(match.start(), match.end(), PLACE, match[0])


def _inside_words(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """台湾 in the word 台湾人."""
    names = listed(lexicons)
    for start, word in zip(words.starts, words.words, strict=True):
        if len(word) < 3 or word in names:
            continue
        for rest in _INHABITANTS:
            entry = names.get(word[: -len(rest)]) if word.endswith(rest) else None
            if entry and entry[0] == PLACE and len(word) - len(rest) > 1:
                yield Candidate(start, start + len(word) - len(rest), PLACE, entry[1])
                break


def _unknown(words: Words) -> Iterator[Candidate]:
    """Places no dictionary has: two characters, or a word used as a name, and the word of an area (德钦县)."""
    pieces, starts = words.words, words.starts
    for place, word in enumerate(pieces):
        if word not in ("县", "县城", "市", "区", "镇", "乡", "村", "州", "旗") or not place:
            continue
        stem = pieces[place - 1]
        start = starts[place - 1]
        if len(stem) == 1 and place >= 2 and len(pieces[place - 2]) == 1:
            letters = pieces[place - 2] + stem
            good = all(
                "\u4e00" <= c <= "\u9fff" and c not in FUNCTION and dictionary().get(c, (0, ""))[1] in _LETTERS for c in letters
            )
            start = starts[place - 2]
        else:
            good = (
                2 <= len(stem) <= 3
                and dictionary().get(stem, (0, ""))[1] in _STEMS
                and stem not in GENERIC
                and stem[-1] not in AREAS
            )
        if good and word[0] in AREAS:
            yield Candidate(start, starts[place] + 1, PLACE, words.shadow[start : starts[place] + 1])
