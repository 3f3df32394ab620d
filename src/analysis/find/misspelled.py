"""Characters that their word is not written with: 鏇律 for 旋律 (melody), 乾 for 幹 (do), 為瞭解決 for 為了解決 (to solve).

Each place is weighed by what the run of characters around it costs as a chain of words (jieba's counts, in nats): as cheap as
it can be read, and as cheap as it can be read with that very character. `artefacts` makes rows of the places.

A character that stands alone at times (係, 里), and one the text has as a word of its own elsewhere, is left in peace. It knows
nothing of sense: a wrong character that makes another word (公布, 公佈) stays.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find import Found, tokens
from analysis.find.harm import THRESHOLD, THRESHOLD_ACROSS, Harm
from analysis.find.spelling import has_rivals, is_name, may_be, paths, spellings, traditional, window
from analysis.read.codes import codes_of
from analysis.read.lexicons import Lexicons
from analysis.read.script import script_of, simplified
from analysis.read.speech import HAN, Speech

# What a character costs that stands alone and is not the one a lone word is written with (乾 for 幹 "do").
ALONE = 8.0
ALONE_AT_TIMES = 4.5
# Characters that do stand alone at times, beside the usual one: 製 (make) beside 制, 週 (week) beside 周.
MAY_STAND_ALONE = frozenset("係繫製采複准余註卷捲周週佈托託舍捨松鬆御禦紮鐘鍾併並麴咸朴曆谷丑曲签籤逕迴复復彙匯")
# Characters that stand alone beside certain others only: animals are counted in 隻, li follow a numeral, 里 writes sounds.
ALONE_BESIDE = {
    "隻": r"(?<=[\d〇○０-９一二三四五六七八九十百千萬万兩两幾几這这那每各船鼠雞鸡餘余])隻|隻(?=[數数])",
    "里": (
        r"(?<=[\d０-９一二三四五六七八九十百千萬万兩两幾几數数公英華华海鄰邻村各該该·餘余])里|(?<=[\s、，。；：（「])里|里(?=[西亞亚岸鄉乡克斯奧奥蘭兰長长民辦办鄰邻·\s])"
    ),
    "齣": r"(?<=[\d一二三四五六七八九十兩两幾几這这那每各])齣",
    "斗": r"(?<=[\d一二三四五六七八九十百千北漏星])斗",
    "髮": r"(?<=[絲毛頭长長短白黑金染理剪燙假])髮",
    "乾": r"(?<=[擦晒曬烘晾烤吹喝流榨抹未風风陰阴色])乾|乾(?=[手燥果粉])",
    "瞭": r"(?<=明)瞭",
    "后": r"(?<=如)后(?=[：:，,。])",
    "週": r"(?<=[\d０-９一二三四五六七八九十百兩两幾几每各上下本])週",
}
# Characters that name a thing of which the text speaks elsewhere by a longer word: 里 is Taiwan's ward where there is a 里長.
ALONE_WITH = {"里": re.compile("里[長民鄰區]|[村鄰]里|里辦公|[鎮鄉區]..里")}
# Characters that the shadow takes for mere variants in words where no converter wrote them for another.
HARMFUL = frozenset("瞭箇鏇么")
# Characters that stand for sounds or are family names, and that OpenCC changes nevertheless.
IN_NAMES = frozenset("里咸范余")
_LIAO = re.compile("瞭(?![望哨])")
_HAN = re.compile(f"[{HAN}]")


def misspelled(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Harm]:
    """Characters of Traditional text that no reading at about the same cost explains."""
    if speech.script not in ("traditional", "mixed"):
        return
    text, shadow, variants = speech.text, _plain(speech.shadow), _variants(lexicons)
    spots = _odd_spots(speech, found, lexicons)
    weighed = [
        (place, _weighed(text, shadow, place))
        for place in spots
        if text[place] not in variants and _is_plain(text[place], speech.shadow[place])
    ]
    # A character that the text writes alone elsewhere (併 in Taiwan's laws) is its own, also where a word of it seems to stand.
    own = {text[place] for place, told in weighed if told.alone and not told.across}
    for place, told in weighed:
        if told.dearer > THRESHOLD or (told.across and text[place] not in own):
            yield from _respelled(text, shadow, place, told)


@lru_cache(maxsize=8)
def _variants(lexicons: Lexicons) -> frozenset[str]:
    return frozenset(row["written"] for row in lexicons.rows("variants")) - HARMFUL


def _plain(shadow: str) -> str:
    """The shadow with 了 for 瞭, which it keeps for 瞭望 (look out)."""
    return _LIAO.sub("了", shadow) if "瞭" in shadow else shadow


def _odd_spots(speech: Speech, found: Found, lexicons: Lexicons) -> list[int]:
    """Characters that their word is not spelled with, another one having been possible; in a mixed text in Traditional lines."""
    places = np.flatnonzero(_suspects().take(codes_of(speech.text)[: len(speech.text)], mode="clip"))
    if not len(places):
        return []
    words: Any = found.get("tokens") or tokens.find(speech, found, lexicons)
    at = np.searchsorted(words["start"], places, side="right") - 1
    at = at[np.append(True, at[1:] != at[:-1])]
    keys, texts = (map(column.values.__getitem__, column.codes[at].tolist()) for column in (words["key"], words["text"]))
    starts = np.asarray(words["start"])[at].tolist()
    spots = [start + place for start, odd in zip(starts, map(_odd_places, keys, texts), strict=True) for place in odd]
    if not spots or speech.script == "traditional":
        return spots
    lines = [(start, end) for start, end in _lines(speech.text) if script_of(speech.text[start:end]) == "traditional"]
    of_line = (bisect_right(lines, (spot, math.inf)) - 1 for spot in spots)
    return [spot for spot, line in zip(spots, of_line, strict=True) if line >= 0 and spot < lines[line][1]]


@lru_cache(maxsize=1)
def _suspects() -> npt.NDArray[np.bool_]:
    suspects = has_rivals().copy()
    suspects[[ord(c) for c in HARMFUL]] = True
    return suspects


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


@lru_cache(maxsize=8192)
def _odd_places(word: str, written: str) -> tuple[int, ...]:
    """Places of the word whose character is none the word is spelled with."""
    if len(word) != len(written):  # it holds a zero-width character, or is damaged
        return ()
    word = _plain(word)
    odd = (n for n, allowed in enumerate(spellings(word)) if _HAN.match(word[n]) and not may_be(written[n], allowed))
    return tuple(n for n in odd if not _of_simplified(written[n]))


def _is_plain(character: str, in_shadow: str) -> bool:
    """Whether the shadow has the character's own Simplified form, not that of a standard word (身份 for 身分, status)."""
    return character in HARMFUL or simplified(character) == in_shadow


@lru_cache(maxsize=65536)
def _of_simplified(character: str) -> bool:
    """Whether only Simplified text has the character: a slip of the script, no harm to the wording."""
    return script_of(character) == "simplified"


class Judged(NamedTuple):
    """The word at a place in the best reading (offsets in the run), and how much dearer the run is as it is written.

    `alone`: the best reading has the character alone; `across`: a word with it in its own spelling stands across two words
    of the best reading.
    """

    start: int
    end: int
    dearer: float
    alone: bool
    across: bool


def _weighed(text: str, shadow: str, place: int) -> Judged:
    """How the character at a place fits."""
    left, right = window(shadow, place)
    beside = _names_thing(text, text[place]) or (
        text[place] in ALONE_BESIDE and _beside(text[place]).match(text, place) is not None
    )
    told = _judged(shadow[left:right], place - left, text[place], beside)
    return told._replace(start=told.start + left, end=told.end + left)


def _respelled(text: str, shadow: str, place: int, told: Judged) -> Iterator[Harm]:
    """The harm at one place, if another character belongs there."""
    start, end, at = told.start, told.end, place - told.start
    written, word = text[start:end], shadow[start:end]
    right_character = max(_by_region(word, at), key=text.count)
    suggestion = written[:at] + right_character + written[at + 1 :]
    if suggestion != written:
        yield Harm(start, end, suggestion, f"{written} is no spelling of {suggestion}; as written {told.dearer:.1f} nats dearer")


@lru_cache(maxsize=4)
def _names_thing(text: str, character: str) -> bool:
    """Whether the text has a longer word that tells what the character alone means in it."""
    return character in ALONE_WITH and ALONE_WITH[character].search(text) is not None


@cache
def _beside(character: str) -> re.Pattern[str]:
    return re.compile(ALONE_BESIDE[character])


@lru_cache(maxsize=8192)
def _judged(run: str, inside: int, written: str, beside: bool) -> Judged:
    ways = paths(run)
    start, end = next(word for word in ways.best() if word[0] <= inside < word[1])
    costs, crossing = [], math.inf
    for first, last in ways.words:
        if first <= inside < last:
            right = _is_spelling(run[first:last], inside - first, written)
            if right or last == first + 1:
                costs.append(ways.through(first, last) + (0.0 if right else _cost_alone(written, beside)))
            if right and (first < start < last or first < end < last):
                crossing = min(crossing, costs[-1])
    dearer = min(costs) - ways.onward[0]
    across = crossing < math.inf and dearer > THRESHOLD_ACROSS
    return Judged(start, end, dearer, alone=end == start + 1, across=across)


def _cost_alone(character: str, beside: bool) -> float:
    """What it costs to read the character as a word of its own, though a lone word is not written with it."""
    if beside:
        return 0.0
    return ALONE_AT_TIMES if character in MAY_STAND_ALONE else ALONE


def _is_spelling(word: str, place: int, written: str) -> bool:
    """Whether the word is written with the character there; OpenCC spells 里 in names as if it were 裡 (in)."""
    return may_be(written, spellings(word)[place]) or (len(word) > 1 and written in IN_NAMES and is_name(word))


def _by_region(word: str, place: int) -> list[str]:
    """The characters the word is spelled with at the place, Taiwan's first."""
    return sorted(spellings(word)[place], key=lambda c: (c != traditional(word)[place : place + 1], c))
