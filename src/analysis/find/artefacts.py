"""Artefacts: places where a machine conversion between the scripts probably harmed the wording.

Two kinds of evidence, both weighed by what the sentence costs as a chain of words (jieba's counts, in nats):
1. A character that its word is not written with. 鏇律: the word 旋律 (melody) has no 鏇, and cutting it apart is dear.
2. A converter's word that stands where no word was. 參在線上關: 聯機 (online) was replaced inside 參|聯|機關.

Nothing is changed: a row gives the place, a suggestion in the script of the text, and the evidence. Usual second
spellings (台灣, 佈局, 點讚) and a converter's whole words (民眾 for 群眾: see data/lexicons/equivalents.csv) are no harm.
In a Simplified text only the second kind can be seen, and words worn down by a converter (显着 for 显著).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from analysis.find import Found
from analysis.find.cutting import cutter
from analysis.find.spelling import is_name, may_be, paths, spellings, traditional
from analysis.read.lexicons import Lexicons
from analysis.read.script import script_of, simplified
from analysis.read.speech import HAN, Speech
from analysis.schema import Artefact

# How much dearer the text as it stands must be than the cheapest reading, in nats (a factor of 150). Set on unharmed
# speeches and on harm put into them: tests/benchmarks/artefacts.py prints what it finds and what it cries wolf at.
THRESHOLD = 5.0
# The same where a converter's word stands across two words: it must be dearer than they are, and so must the word it
# replaced (聯機), read as a word. Two conditions, so each may be weaker.
THRESHOLD_ACROSS = 3.5
# What a character costs that stands alone and is not the one a lone word is written with (乾 for 幹 "do").
ALONE = 8.0
ALONE_AT_TIMES = 4.5
# Characters that do stand alone at times, beside the usual one: 製 (make) beside 制, 週 (week) beside 周.
MAY_STAND_ALONE = frozenset("係繫製准余註卷捲周週佈托託舍捨松鬆御禦紮鐘鍾併並麴咸朴曆谷丑曲签籤逕迴复復彙匯")
# Characters that stand alone beside certain others only: animals are counted in 隻, li follow a numeral, 里 writes sounds.
ALONE_BESIDE = {
    "隻": re.compile(r"(?<=[\d〇○０-９一二三四五六七八九十百千萬万兩两幾几這这那每各船鼠雞鸡餘余])隻|隻(?=[數数])"),
    "里": re.compile(
        r"(?<=[\d０-９一二三四五六七八九十百千萬万兩两幾几數数公英華华海鄰邻村各該该·餘余])里|(?<=[\s、，。；：（「])里|里(?=[西亞亚岸鄉乡克斯奧奥蘭兰長长民辦办鄰邻·\s])"
    ),
    "齣": re.compile(r"(?<=[\d一二三四五六七八九十兩两幾几這这那每各])齣"),
    "斗": re.compile(r"(?<=[\d一二三四五六七八九十百千北漏星])斗"),
    "髮": re.compile(r"(?<=[絲毛頭长長短白黑金染理剪燙假])髮"),
    "乾": re.compile(r"(?<=[擦晒曬烘晾烤吹喝流榨抹未風风陰阴色])乾|乾(?=[手燥果粉])"),
    "瞭": re.compile(r"(?<=明)瞭"),
}
# Characters that the shadow takes for mere variants in words where no converter wrote them for another.
HARMFUL = frozenset("瞭箇鏇么")
# Characters that stand for sounds or are family names, and that OpenCC changes nevertheless.
IN_NAMES = frozenset("里咸范余")
# How far around a place the words are weighed, in characters.
REACH = 14
_SURROGATE = re.compile("[\ud800-\udfff]")
_LIAO = re.compile("瞭(?![望哨])")
_HAN = re.compile(f"[{HAN}]")
_NOT_HAN = re.compile(f"[^{HAN}]")
_LAST_RUN = re.compile(f"[{HAN}]{{1,{REACH}}}\\Z")


class Harm(NamedTuple):
    """One place, before places that touch are joined."""

    start: int
    end: int
    suggestion: str
    reason: str


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Artefact]:
    """Rows in text order; places that touch are one row."""
    harm = [*_misspelled(speech, lexicons), *_replaced(speech, lexicons), *_worn(speech, lexicons)]
    for start, end, suggestion, reason in _joined(sorted(set(harm))):
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


def _misspelled(speech: Speech, lexicons: Lexicons) -> Iterator[Harm]:
    """Characters of Traditional text that no reading at about the same cost explains."""
    if speech.script not in ("traditional", "mixed"):
        return
    text, shadow, usual = speech.text, _plain(speech.shadow), Counter(speech.text)
    variants = {row["written"] for row in lexicons.rows("variants")} - HARMFUL
    for first, last in _traditional_lines(speech):
        start = first
        for word in cutter(lexicons).cut(shadow[first:last], False):
            written = text[start : start + len(word)]
            for place in _odd_places(word, written):
                if written[place] not in variants and _is_plain(written[place], speech.shadow[start + place]):
                    yield from _weighed(text, shadow, start + place, usual)
            start += len(word)


def _plain(shadow: str) -> str:
    """The shadow with 了 for 瞭, which it keeps for 瞭望 (look out), and without lone surrogates, which the cutter refuses."""
    return _SURROGATE.sub("\ufffd", _LIAO.sub("了", shadow))


def _traditional_lines(speech: Speech) -> Iterator[tuple[int, int]]:
    """Lines of a Traditional text; of a mixed one those that are Traditional themselves."""
    start = 0
    for line in speech.text.splitlines(keepends=True):
        if speech.script == "traditional" or script_of(line) == "traditional":
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


def _weighed(text: str, shadow: str, place: int, usual: Counter[str]) -> Iterator[Harm]:
    """The harm at one place, if the best reading with its character costs too much more than the best reading."""
    left, right = _window(shadow, place)
    beside = bool((pattern := ALONE_BESIDE.get(text[place])) and pattern.match(text, place))
    judged = _judged(shadow[left:right], place - left, text[place], beside)
    if judged is None:
        return
    start, end, dearer = judged
    written, word = text[left + start : left + end], shadow[left + start : left + end]
    at = place - left - start
    right_character = max(_by_region(word, at), key=lambda c: usual[c])
    suggestion = written[:at] + right_character + written[at + 1 :]
    if suggestion != written:
        yield Harm(
            left + start, left + end, suggestion, f"{written} is no spelling of {suggestion}; as written {dearer:.1f} nats dearer"
        )


@lru_cache(maxsize=65536)
def _judged(run: str, inside: int, written: str, beside: bool) -> tuple[int, int, float] | None:
    """The word at the place in the best reading of the run, and how much dearer the run is as written; None if not too dear."""
    ways = paths(run)
    costs = []
    for start, end in ways.words:
        if start <= inside < end:
            right = _is_spelling(run[start:end], inside - start, written)
            if right or end == start + 1:
                costs.append(ways.through(start, end) + (0.0 if right else _cost_alone(written, beside)))
    dearer = min(costs) - ways.onward[0]
    if dearer <= THRESHOLD:
        return None
    start, end = next(word for word in ways.best() if word[0] <= inside < word[1])
    return start, end, dearer


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


def _window(shadow: str, place: int) -> tuple[int, int]:
    """The run of Han characters around a place, at most REACH to either side."""
    before, after = shadow[max(0, place - REACH) : place], shadow[place : place + REACH]
    start = _LAST_RUN.search(before)
    stop = _NOT_HAN.search(after)
    return place - len(before) + (start.start() if start else len(before)), place + (stop.start() if stop else len(after))


def _replaced(speech: Speech, lexicons: Lexicons) -> Iterator[Harm]:
    """Converter's words across the border of two words."""
    for converted, word in _vocabulary(lexicons):
        start = speech.shadow.find(converted)
        while start >= 0:
            yield from _across(speech, start, converted, word)
            start = speech.shadow.find(converted, start + len(converted))


@lru_cache(maxsize=8)
def _vocabulary(lexicons: Lexicons) -> tuple[tuple[str, str], ...]:
    """Converter's word and the word it replaced, both in Simplified."""
    return tuple((simplified(row["converted"]), simplified(row["word"])) for row in lexicons.rows("equivalents"))


def _across(speech: Speech, start: int, converted: str, word: str) -> Iterator[Harm]:
    """Harm where putting the word back gives a much cheaper reading in which it is no word but parts of its neighbours."""
    end = start + len(converted)
    left, right = _window(speech.shadow, start)[0], _window(speech.shadow, end - 1)[1]
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
    if min(dearer, ways.through(first, last) - cheapest) <= THRESHOLD_ACROSS:
        return None
    touched = [(s, e) for s, e in ways.best() if s < last and e > first]
    head, tail = first - touched[0][0], touched[-1][1] - last
    return head, tail, "|".join(ways.text[s:e] for s, e in touched), dearer


def _in_script(word: str, speech: Speech) -> str:
    return word if speech.script == "simplified" else traditional(word)


def _worn(speech: Speech, lexicons: Lexicons) -> Iterator[Harm]:
    """Words of Simplified text that a converter robbed of their 著: 显着 for 显著 (marked), but not 冲|着."""
    if speech.script != "simplified" or "着" not in speech.shadow:
        return
    for word in _words_with_zhu(lexicons):
        worn = word.replace("著", "着")
        start = speech.shadow.find(worn)
        while start >= 0:
            end = start + len(worn)
            left, right = _window(speech.shadow, start)
            before, after = speech.shadow[left:start], speech.shadow[end:right]
            cheapest = paths(before + word + after).through(len(before), len(before) + len(word))
            dearer = paths(before + worn + after).onward[0] - cheapest
            if dearer > THRESHOLD:
                yield Harm(start, end, word, f"{worn} is no word, {word} is; as written {dearer:.1f} nats dearer")
            start = speech.shadow.find(worn, end)


@lru_cache(maxsize=8)
def _words_with_zhu(lexicons: Lexicons) -> tuple[str, ...]:
    return tuple(row["standard"] for row in lexicons.rows("variants") if "著" in row["standard"])
