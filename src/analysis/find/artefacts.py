"""Artefacts: places where a machine conversion between the scripts, or a scan, probably harmed the wording.

Three kinds of evidence, all weighed by what the sentence costs as a chain of words (jieba's counts, in nats):
1. A character that its word is not written with. 鏇律: the word 旋律 (melody) has no 鏇, and cutting it apart is dear.
2. A converter's word that stands where no word was. 參在線上關: 聯機 (online) was replaced inside 參|聯|機關.
3. A character that looks like the right one, as scans and fast typing leave them (自已 for 自己): see `look_alikes`.

Nothing is changed: a row gives the place, a suggestion in the script of the text, and the evidence. Usual second
spellings (台灣, 佈局, 點讚) and a converter's whole words (民眾 for 群眾: see data/lexicons/equivalents.csv) are no harm.
In a Simplified text only the last two kinds can be seen, and words worn down by a converter (显着 for 显著).
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find import Found, look_alikes, tokens
from analysis.find.cutting import BROKEN, cutter
from analysis.find.literals import Literals, literals
from analysis.find.spelling import has_rivals, is_name, may_be, paths, spellings, traditional, window
from analysis.read.lexicons import Lexicons
from analysis.read.script import script_of, simplified
from analysis.read.speech import HAN, Speech
from analysis.schema import Artefact

# How much dearer the text as it stands must be than the cheapest reading, in nats (a factor of 150). Set on unharmed
# speeches and on harm put into them: tests/benchmarks/artefacts.py prints what it finds and what it cries wolf at.
THRESHOLD = 5.0
# The same where what a converter put in stands across two words: the reading with its word (在線, 製作) must be dearer than
# theirs. There is a word that explains the harm, so it may be weaker.
THRESHOLD_ACROSS = 3.5
# How much dearer the text must be with a converter's word across two words than with theirs, where that word is ruled out.
REPLACED = 3.0
# What a character costs that stands alone and is not the one a lone word is written with (乾 for 幹 "do").
ALONE = 8.0
ALONE_AT_TIMES = 4.5
# Characters that do stand alone at times, beside the usual one: 製 (make) beside 制, 週 (week) beside 周.
MAY_STAND_ALONE = frozenset("係繫製准余註卷捲周週佈托託舍捨松鬆御禦紮鐘鍾併並麴咸朴曆谷丑曲签籤逕迴复復彙匯")
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
    "週": r"(?<=[\d０-９一二三四五六七八九十百兩两幾几每各上下本])週",
}
# Characters that the shadow takes for mere variants in words where no converter wrote them for another.
HARMFUL = frozenset("瞭箇鏇么")
# Characters that stand for sounds or are family names, and that OpenCC changes nevertheless.
IN_NAMES = frozenset("里咸范余")
# How far around a converter's word is looked whether there is anything to weigh.
NEAR = 6
_LIAO = re.compile("瞭(?![望哨])")
_HAN = re.compile(f"[{HAN}]")


class Harm(NamedTuple):
    """One place, before places that touch are joined."""

    start: int
    end: int
    suggestion: str
    reason: str


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Artefact]:
    """Rows in text order; places that touch are one row."""
    harm = {
        *_misspelled(speech, found, lexicons),
        *_replaced(speech, lexicons),
        *_worn(speech, lexicons),
        *_misread(speech, lexicons),
    }
    for start, end, suggestion, reason in _joined(sorted(harm)):
        yield Artefact(speech.speech, start, end, speech.text[start:end], suggestion, reason)


def _joined(harm: list[Harm]) -> Iterator[Harm]:
    """Places in order, those that touch as one; of two that overlap the first counts."""
    last: Harm | None = None
    for here in harm:
        if last is None or here.start > last.end:
            if last:
                yield last
            last = here
        elif here.start == last.end:
            last = Harm(last.start, here.end, last.suggestion + here.suggestion, f"{last.reason}; {here.reason}")
    if last:
        yield last


def _misspelled(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Harm]:
    """Characters of Traditional text that no reading at about the same cost explains."""
    if speech.script not in ("traditional", "mixed"):
        return
    text, shadow, variants = speech.text, _plain(speech.shadow), _variants(lexicons)
    words = [(start, shadow[start:end], text[start:end]) for start, end in _words_with_rivals(speech, found, lexicons)]
    odd = {pair: places for pair in {word[1:] for word in words} if (places := _odd_places(*pair))}
    spots = (start + place for start, word, written in words for place in odd.get((word, written), ()))
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


def _words_with_rivals(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[tuple[int, int]]:
    """Words that hold a character another one could have been written for; in a mixed text those of its Traditional lines."""
    codes = np.frombuffer(speech.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    places = np.flatnonzero(_suspects()[np.minimum(codes, len(_suspects()) - 1)])
    if not len(places):
        return
    words: Any = found.get("tokens") or tokens.find(speech, found, lexicons)
    at = np.searchsorted(words["start"], places, side="right") - 1
    at = at[np.append(True, at[1:] != at[:-1])]
    spans = zip(np.asarray(words["start"])[at].tolist(), np.asarray(words["end"])[at].tolist(), strict=True)
    if speech.script == "traditional":
        yield from spans
        return
    lines = [(start, end) for start, end in _lines(speech.text) if script_of(speech.text[start:end]) == "traditional"]
    firsts = [start for start, _ in lines]
    for start, end in spans:
        line = bisect_right(firsts, start) - 1
        if line >= 0 and start < lines[line][1]:
            yield start, end


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


@lru_cache(maxsize=262144)
def _odd_places(word: str, written: str) -> tuple[int, ...]:
    """Places of the word whose character is none the word is spelled with."""
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
    beside = text[place] in ALONE_BESIDE and _beside(text[place]).match(text, place) is not None
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


@cache
def _beside(character: str) -> re.Pattern[str]:
    return re.compile(ALONE_BESIDE[character])


@lru_cache(maxsize=65536)
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


def _replaced(speech: Speech, lexicons: Lexicons) -> Iterator[Harm]:
    """Converter's words across the border of two words."""
    words, replaced = _vocabulary(lexicons)
    shadow = speech.shadow
    for start, converted in words.places(shadow):
        end = start + len(converted)
        for word in replaced[converted]:
            if _straddled(shadow[max(0, start - NEAR) : start], word, shadow[end : end + NEAR], lexicons):
                yield from _across(speech, start, converted, word)


@lru_cache(maxsize=65536)
def _straddled(before: str, word: str, after: str, lexicons: Lexicons) -> bool:
    """Whether, with the word put back, a word takes in a part of it and of what stands beside it: 机关 in 联机|关."""
    first, last = len(before), len(before) + len(word)
    at = 0
    for piece in cutter(lexicons).cut(BROKEN.sub("\ufffd", before + word + after), False):
        begin, at = at, at + len(piece)
        if begin < first < at < last or first < begin < last < at:
            return True
    return False


@lru_cache(maxsize=8)
def _vocabulary(lexicons: Lexicons) -> tuple[Literals, dict[str, tuple[str, ...]]]:
    """Converter's words to look for, and the words each of them replaced; all in Simplified."""
    rows = lexicons.rows("equivalents")
    replaced: dict[str, tuple[str, ...]] = {}
    for converted, word in ((simplified(row["converted"]), simplified(row["word"])) for row in rows):
        replaced[converted] = (*replaced.get(converted, ()), word)
    return literals(replaced), replaced


def _across(speech: Speech, start: int, converted: str, word: str) -> Iterator[Harm]:
    """Harm where putting the word back gives a much cheaper reading in which it is no word but parts of its neighbours."""
    end = start + len(converted)
    left, right = window(speech.shadow, start)[0], window(speech.shadow, end - 1)[1]
    if told := _crossing(speech.shadow[left:start], converted, word, speech.shadow[end:right]):
        head, tail, reading, dearer = told
        suggestion = speech.text[start - head : start] + _in_script(word, speech) + speech.text[end : end + tail]
        yield Harm(
            start - head, end + tail, suggestion, f"{converted} for {word} inside {reading}; as written {dearer:.1f} nats dearer"
        )


@lru_cache(maxsize=65536)
def _crossing(before: str, converted: str, word: str, after: str) -> tuple[int, int, str, float] | None:
    """Characters before and after that belong to the words it ends up in, those words, and how much dearer it is as written."""
    ways = paths(before + word + after)
    first, last = len(before), len(before) + len(word)
    # Words that begin before it and end inside, or begin inside and end after it.
    straddling = [(s, e) for s, e in ways.words if s < first < e < last or first < s < last < e]
    cheapest = min((ways.through(s, e) for s, e in straddling), default=math.inf)
    dearer = paths(before + converted + after).onward[0] - cheapest
    # Where the word itself is a good reading too the converter was right, and its neighbours only happen to fit.
    if dearer <= REPLACED or ways.through(first, last) - cheapest <= THRESHOLD_ACROSS:
        return None
    touched = [(s, e) for s, e in ways.best() if s < last and e > first]
    head, tail = first - touched[0][0], touched[-1][1] - last
    return head, tail, "|".join(ways.text[s:e] for s, e in touched), dearer


def _misread(speech: Speech, lexicons: Lexicons) -> Iterator[Harm]:
    """Characters that were taken for others they look like."""
    for start, end, mended in look_alikes.places(speech.shadow, lexicons):
        written = speech.text[start:end]
        right = "".join(
            old if old_shadow == new else _in_script(new, speech)
            for old, old_shadow, new in zip(written, speech.shadow[start:end], mended, strict=True)
        )
        yield Harm(start, end, right, f"{written} is no word, {right} looks like it and is")


def _in_script(word: str, speech: Speech) -> str:
    return word if speech.script == "simplified" else traditional(word)


def _worn(speech: Speech, lexicons: Lexicons) -> Iterator[Harm]:
    """Words of Simplified text that a converter robbed of their 著: 显着 for 显著 (marked), but not 冲|着."""
    if speech.script != "simplified" or "着" not in speech.shadow:
        return
    words, standard = _worn_words(lexicons)
    for start, worn in words.places(speech.shadow):
        end, word = start + len(worn), standard[worn]
        left, right = window(speech.shadow, start)
        before, after = speech.shadow[left:start], speech.shadow[end:right]
        cheapest = paths(before + word + after).through(len(before), len(before) + len(word))
        dearer = paths(before + worn + after).onward[0] - cheapest
        if dearer > THRESHOLD:
            yield Harm(start, end, word, f"{worn} is no word, {word} is; as written {dearer:.1f} nats dearer")


@lru_cache(maxsize=8)
def _worn_words(lexicons: Lexicons) -> tuple[Literals, dict[str, str]]:
    """Words that keep 著 as a converter leaves them, and as they are right."""
    standard = {
        row["standard"].replace("著", "着"): row["standard"] for row in lexicons.rows("variants") if "著" in row["standard"]
    }
    return literals(standard), standard
