"""How a word is spelled in Traditional script, and how dear a segmentation is: the evidence `artefacts` weighs.

>>> spellings("旋律")[0] >= {"旋"}, "鏇" in spellings("旋律")[0]  # 旋律 = melody
(True, False)
>>> dear, cheap = cost("参|在线|上|关".split("|")), cost("参|联|机关".split("|"))
>>> dear > cheap
True

Spellings come from OpenCC's dictionaries word by word (general, Taiwan, Hong Kong), costs from jieba's word counts.
It decides nothing.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import opencc

from analysis.find.cutting import FIRST_IDEOGRAPH, LAST_IDEOGRAPH
from analysis.find.dictionary import dictionary, from_dictionary
from analysis.read.conversion import converter
from analysis.read.script import remember, simplified
from analysis.read.speech import HAN

# Longest word of jieba's dictionary that a segmentation looks for; longer ones are names of institutions.
LONGEST_WORD = 8
# How far around a place the words are weighed, in characters.
REACH = 14
# Logarithm of the sum of all counts of jieba's dictionary (version 0.42.1); adding them up takes longer than a speech.
JIEBA_TOTAL = math.log(60_101_967)
# Characters that change places in Traditional text without harm: forms of one character, or so usual that no harm shows.
# Source: Ministry of Education (Taiwan), Dictionary of Chinese Character Variants; pairs met in unharmed speeches and laws.
VARIANTS = """
    臺台 裡裏 秘祕 畫劃 升昇陞 讚贊 藉借 彙匯 覆復 啟啓 汙污 線綫 吃喫 煙菸 抬擡 跡蹟迹 麼麽 麵麪 衛衞 痺痹 凶兇
    雇僱 鏽銹 群羣 峰峯 為爲 眾衆 床牀 濕溼 唇脣 鉤鈎 掛挂 偽僞 鬥鬭 杰傑 岩巖 嘆歎 韻韵 略畧 鑑鑒 豔艷 妝粧 棲栖
    灶竈 粽糉 並并 併并 舖鋪 淨凈 劄札 凌淩 糧粮 暗闇 薰熏 蹤踪 皂皁 証證 拚拼 伙夥 昆崑 璇璿 蕩盪 甕瓮 繡綉 閒閑
    疊叠 盃杯 桿杆 徑逕 恤卹 毀燬 核覈 糖醣 沖衝 煉鍊 鏈鍊 曬晒 巨鉅 扣釦 搜蒐 挽輓 愈癒 局侷 臟脏 櫃柜 娘孃
    檯台枱 毁毀 簽籤 編编 剩賸 晰皙 慄栗 諮咨 沉沈 澱淀 戚慼 厘釐 佣傭 異异 强強 户戶 内內 産產 説說 荐薦 勛勳 塚冢 嘩譁
""".split()  # noqa: SIM905
# The first may stand for the others, not they for it: 老板 for 老闆 (boss) is usual, 木闆 for 木板 (plank) is harm.
PLAINER = """
    布佈 占佔 周週 游遊 注註 欲慾 托託 梁樑 板闆 家傢 卷捲 致緻 回迴 扎紮 累纍 念唸 了瞭 泛氾 折摺 弦絃 蒙矇 丑醜
    胡鬍 須鬚 當噹 合閤 向嚮 個箇 刮颳 吊弔 困睏 咸鹹 只祇 舍捨 具俱
""".split()  # noqa: SIM905
# What OpenCC does to a word in general Traditional spelling: nothing, Taiwan's characters, Hong Kong's.
REGIONS = ("", "t2tw", "t2hk")
# Words with two right spellings of which OpenCC gives one. Source: Ministry of Education (Taiwan), Revised Dictionary.
SECOND_SPELLINGS = """
    編製 自製 填製 調製 監製 復議 復核 復查 複查 複議 不准 簽准 定准 託收 託管 曆年 制作 乾舷 明瞭 里長 克制 椰乾
    百摺 製粉 週知 復審 添註 併列 併聯 純係 製訂
    併行 併用 週邊 洪氾
""".split()  # noqa: SIM905


_NOT_HAN = re.compile(f"[^{HAN}]")


def _tolerated() -> dict[str, str]:
    """Expected character → the characters that may stand in its place."""
    tolerated: dict[str, str] = {}
    for group in VARIANTS:
        for expected in group:
            tolerated[expected] = tolerated.get(expected, "") + group
    for group in PLAINER:
        written = group[0]
        for expected in group[1:]:
            tolerated[expected] = tolerated.get(expected, "") + written
    return tolerated


TOLERATED = _tolerated()


@lru_cache(maxsize=8192)
def spellings(word: str) -> tuple[frozenset[str], ...]:
    """For each character of a Simplified word: the Traditional characters it may be written with there.

    A long word made of words is spelled as they are: OpenCC takes 分配制度 apart as 分|配製|度.
    """
    if len(word) > 3 and (parts := _parts(word)):
        return tuple(allowed for part in parts for allowed in spellings(part))
    forms = [*_forms(word), *second_spellings().get(word, ())]
    # A form of another length says nothing about single places.
    forms = [form for form in forms if len(form) == len(word)] or [word]
    return tuple(frozenset(form[place] for form in forms) for place in range(len(word)))


def _parts(word: str) -> list[str]:
    """The words of two and more characters a long word is made of; empty where it is not made of such."""
    ways = paths(word)
    inner = [(start, end) for start, end in ways.words if 1 < end - start < len(word)]
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for start, end in sorted(inner):
        if start in best:
            total, parts = best[start]
            through = (total + cost_of_word(word[start:end]), [*parts, word[start:end]])
            best[end] = min(best.get(end, through), through)
    return best.get(len(word), (0.0, []))[1]


def window(shadow: str, place: int) -> tuple[int, int]:
    """The run of Han characters around a place, at most REACH to either side."""
    before, after = shadow[max(0, place - REACH) : place], shadow[place : place + REACH]
    start = _NOT_HAN.search(before[::-1])
    stop = _NOT_HAN.search(after)
    return place - (start.start() if start else len(before)), place + (stop.start() if stop else len(after))


@cache
def has_rivals() -> npt.NDArray[np.bool_]:
    """By code point: whether a Traditional text could have the character where another belongs (後 for 后, but not 會).

    Such characters have one Simplified form and do not change places without harm; the last flag is that of all others.
    """
    flags = np.zeros(LAST_IDEOGRAPH + 2, dtype=np.bool_)
    flags[list(map(ord, kept().rivals))] = True
    return flags


def rivals() -> str:
    """Those characters."""
    # All characters of Big5, level 1 and level 2.
    rows = (*range(0xA4, 0xC7), *range(0xC9, 0xFA))
    characters = bytes(byte for row in rows for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for byte in (row, cell))
    traditional = [c for c in characters.decode("cp950", "ignore") if FIRST_IDEOGRAPH <= ord(c) <= LAST_IDEOGRAPH]
    remember(traditional)
    groups: dict[str, str] = {}
    for character in traditional:
        groups[simplified(character)] = groups.get(simplified(character), "") + character
    return "".join(
        c for group in groups.values() if len(group) > 1 for c in group if any(not may_be(c, other) for other in group)
    )


def is_name(word: str) -> bool:
    """Whether jieba's dictionary takes the word for a name of a person, a place or a thing."""
    return dictionary().get(word, (0, ""))[1].startswith(("nr", "ns", "nz", "nt"))


@cache
def second_spellings() -> dict[str, list[str]]:
    """Simplified word → its further Traditional spellings."""
    further: dict[str, list[str]] = {}
    for form in SECOND_SPELLINGS:
        further.setdefault(simplified(form), []).append(form)
    return further


def traditional(word: str) -> str:
    """Traditional spelling of a Simplified word as Taiwan writes it."""
    return _forms(word)[REGIONS.index("t2tw")]


def in_script(word: str, script: str) -> str:
    """A Simplified word as a text of that script writes it."""
    return word if script == "simplified" else traditional(word)


class Kept(NamedTuple):
    """What is kept of OpenCC's spellings: how each region writes single characters, and the words it writes otherwise."""

    rivals: str
    characters: tuple[Mapping[int, str], ...]
    words: Mapping[str, str]  # its forms, parted by blanks; one where all regions agree


@cache
def kept() -> Kept:
    """The kept spellings; those of another OpenCC have no words, and OpenCC is asked."""
    told = _worked_out()
    if told["opencc"] != opencc.__version__:
        return Kept(rivals(), (), {})
    first, *regions = told["characters"]
    return Kept(
        told["rivals"],
        tuple(dict(zip(map(ord, first), region, strict=True)) for region in regions),
        dict(line.split(" ", 1) for line in told["words"]),
    )


def _forms(word: str) -> Sequence[str]:
    """A Simplified word as each region writes it; what is no word of the dictionary is spelled by OpenCC."""
    characters = kept().characters
    if not characters or word not in dictionary():
        return _by_opencc(word)
    if forms := kept().words.get(word, "").split():
        return forms if len(forms) > 1 else forms * len(REGIONS)
    return [word.translate(of_region) for of_region in characters]


def _by_opencc(text: str) -> list[str]:
    general: str = converter("s2t").convert(text)
    return [converter(region).convert(general) if region else general for region in REGIONS]


@from_dictionary("spellings")
def _worked_out() -> dict[str, Any]:
    """OpenCC's spellings of single characters, and of the words that are not spelled character by character."""
    ideographs = [chr(code) for code in range(FIRST_IDEOGRAPH, LAST_IDEOGRAPH + 1)]
    # One a line, so that no phrase spans two of them.
    spelled = list(zip(ideographs, *(forms.split("\n") for forms in _by_opencc("\n".join(ideographs))), strict=True))
    changed = [(character, *forms) for character, *forms in spelled if set(forms) != {character}]
    tables = [{ord(row[0]): row[1 + region] for row in changed} for region in range(len(REGIONS))]
    words = zip(dictionary(), *(forms.split("\n") for forms in _by_opencc("\n".join(dictionary()))), strict=True)
    others = ((word, forms) for word, *forms in words if forms != [word.translate(table) for table in tables])
    return {
        "opencc": opencc.__version__,
        "rivals": rivals(),
        "characters": ["".join(column) for column in zip(*changed, strict=True)],
        "words": [" ".join([word, *(forms if len(set(forms)) > 1 else forms[:1])]) for word, forms in others],
    }


def may_be(written: str, spelling: Iterable[str]) -> bool:
    """Whether a character is one of those, or changes places with one of them."""
    return any(written == c or written in TOLERATED.get(c, "") for c in spelling)


def cost(words: Iterable[str]) -> float:
    """Cost of a segmentation in nats: minus the sum of the words' log probabilities, as jieba counts them."""
    return sum(map(cost_of_word, words))


@lru_cache(maxsize=8192)
def cost_of_word(word: str) -> float:
    """Cost of one word; infinite for a longer string that is no word, high for an unknown character."""
    count = dictionary().get(word, (0, ""))[0]
    if not count and len(word) > 1:
        return math.inf
    return JIEBA_TOTAL - math.log(max(count, 1))


class Paths(NamedTuple):
    """Segmentations of a short text: cost of the cheapest one up to and from each place, and every word it may use."""

    text: str
    to: list[float]
    onward: list[float]
    words: list[tuple[int, int]]

    def through(self, start: int, end: int) -> float:
        """Cost of the cheapest segmentation that has the word from `start` to `end`."""
        return self.to[start] + cost_of_word(self.text[start:end]) + self.onward[end]

    def best(self) -> list[tuple[int, int]]:
        """The cheapest segmentation, of equals the one with the longer words first."""
        path: list[tuple[int, int]] = []
        starts = sorted(self.words, key=lambda word: (word[0], -word[1]))
        for start, end in starts:
            here = path[-1][1] if path else 0
            if start == here and self.through(start, end) - self.onward[0] < 1e-9:
                path.append((start, end))
        return path


def paths(text: str) -> Paths:
    """All words of `text` and the cost of the cheapest way to and from each place."""
    words = _words(text)
    costs = [cost_of_word(text[start:end]) for start, end in words]
    to = [0.0] + [math.inf] * len(text)
    for (start, end), dear in zip(words, costs, strict=True):
        to[end] = min(to[end], to[start] + dear)
    return Paths(text, to, _onward(words, costs), words)


def cheapest(text: str) -> float:
    """Cost of the cheapest segmentation."""
    words = _words(text)
    return _onward(words, [cost_of_word(text[start:end]) for start, end in words])[0]


def _words(text: str) -> list[tuple[int, int]]:
    """Start and end of each character and of every word of the dictionary, sorted."""
    words: list[tuple[int, int]] = []
    for start, first in enumerate(text):
        words.append((start, start + 1))
        if known := dictionary().beginning_with(first):
            longest = min(start + LONGEST_WORD, len(text))
            words += [(start, end) for end in range(start + 2, longest + 1) if text[start:end] in known]
    return words


def _onward(words: Sequence[tuple[int, int]], costs: Sequence[float]) -> list[float]:
    """Cost of the cheapest way from each place to the end of a text of these words."""
    onward = [math.inf] * words[-1][1] + [0.0] if words else [0.0]
    for (start, end), dear in zip(reversed(words), reversed(costs), strict=True):
        onward[start] = min(onward[start], onward[end] + dear)
    return onward
