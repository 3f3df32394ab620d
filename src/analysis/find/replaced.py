"""What a converter's list of words did: 參在線上關 for 參聯機關 (聯機 replaced inside 參|聯|機關), 显着 for 显著 (marked).

The word is put back where the text is much cheaper to read with it, and where it is then no word but parts of its neighbours;
a whole word that a converter replaced (民眾 for 群眾) is no harm. `artefacts` makes rows of the places.
"""

import math
from collections.abc import Iterator
from functools import lru_cache

from analysis.find.cutting import BROKEN, cutter
from analysis.find.harm import THRESHOLD, THRESHOLD_ACROSS, Harm
from analysis.find.spelling import cheapest, in_script, paths, window
from analysis.read.lexicons import Lexicons
from analysis.read.literals import Literals, literals
from analysis.read.script import simplified
from analysis.read.speech import Speech

# How much dearer the text must be with a converter's word across two words than with theirs, where that word is ruled out.
REPLACED = 3.0
# How far around a converter's word is looked whether there is anything to weigh.
NEAR = 6


def replaced(speech: Speech, lexicons: Lexicons) -> Iterator[Harm]:
    """Converter's words across the border of two words."""
    words, of_converted = _vocabulary(lexicons)
    shadow = speech.shadow
    for start, converted in words.places(shadow):
        end = start + len(converted)
        for word in of_converted[converted]:
            if _straddled(shadow[max(0, start - NEAR) : start], word, shadow[end : end + NEAR], lexicons):
                yield from _across(speech, start, converted, word)


@lru_cache(maxsize=4096)
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
        suggestion = speech.text[start - head : start] + in_script(word, speech.script) + speech.text[end : end + tail]
        yield Harm(
            start - head, end + tail, suggestion, f"{converted} for {word} inside {reading}; as written {dearer:.1f} nats dearer"
        )


@lru_cache(maxsize=4096)
def _crossing(before: str, converted: str, word: str, after: str) -> tuple[int, int, str, float] | None:
    """Characters before and after that belong to the words it ends up in, those words, and how much dearer it is as written."""
    ways = paths(before + word + after)
    first, last = len(before), len(before) + len(word)
    # Words that begin before it and end inside, or begin inside and end after it.
    straddling = [(s, e) for s, e in ways.words if s < first < e < last or first < s < last < e]
    as_meant = min((ways.through(s, e) for s, e in straddling), default=math.inf)
    dearer = cheapest(before + converted + after) - as_meant
    # Where the word itself is a good reading too the converter was right, and its neighbours only happen to fit.
    if dearer <= REPLACED or ways.through(first, last) - as_meant <= THRESHOLD_ACROSS:
        return None
    touched = [(s, e) for s, e in ways.best() if s < last and e > first]
    head, tail = first - touched[0][0], touched[-1][1] - last
    return head, tail, "|".join(ways.text[s:e] for s, e in touched), dearer


def worn_words(speech: Speech, lexicons: Lexicons) -> Iterator[Harm]:
    """Words of Simplified text that a converter robbed of their 著: 显着 for 显著 (marked), but not 冲|着."""
    if speech.script != "simplified" or "着" not in speech.shadow:
        return
    words, standard = _worn_words(lexicons)
    for start, worn in words.places(speech.shadow):
        end, word = start + len(worn), standard[worn]
        left, right = window(speech.shadow, start)
        before, after = speech.shadow[left:start], speech.shadow[end:right]
        as_meant = paths(before + word + after).through(len(before), len(before) + len(word))
        dearer = cheapest(before + worn + after) - as_meant
        if dearer > THRESHOLD:
            yield Harm(start, end, word, f"{worn} is no word, {word} is; as written {dearer:.1f} nats dearer")


@lru_cache(maxsize=8)
def _worn_words(lexicons: Lexicons) -> tuple[Literals, dict[str, str]]:
    """Words that keep 著 as a converter leaves them, and as they are right."""
    standard = {
        row["standard"].replace("著", "着"): row["standard"] for row in lexicons.rows("variants") if "著" in row["standard"]
    }
    return literals(standard), standard
