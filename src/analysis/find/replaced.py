"""What a converter's list of words did: 參在線上關 for 參聯機關 (聯機 replaced inside 參|聯|機關), 显着 for 显著 (marked).

The word is put back where the text is much cheaper to read with it, and where it is then no word but parts of its neighbours;
a whole word that a converter replaced (民眾 for 群眾) is no harm. `artefacts` makes rows of the places.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from analysis.find.cutter import cutter
from analysis.find.cutting import BROKEN
from analysis.find.harm import THRESHOLD, THRESHOLD_ACROSS, Harm
from analysis.find.spelling import cheapest, in_script, paths, window
from analysis.find.together import Together
from analysis.read.lexicons import Lexicons
from analysis.read.literals import Literals, literals
from analysis.read.script import simplified
from analysis.read.speech import Speech

# How much dearer the text must be with a converter's word across two words than with theirs, where that word is ruled out.
REPLACED = 3.0
# How far around a converter's word is looked whether there is anything to weigh.
NEAR = 6


def replaced(whole: Together, lexicons: Lexicons) -> Iterator[tuple[int, Harm]]:
    """Converter's words across the border of two words, and words it wore down, each with the number of its speech."""
    words, of_converted, standard = _vocabulary(lexicons)
    places = list(words.places(whole.shadow))
    put_back = [(start, converted, word) for start, converted in places for word in of_converted.get(converted, ())]
    for straddled, (place, converted, word) in zip(_straddled(whole.shadow, put_back, lexicons), put_back, strict=True):
        if straddled:
            number, start = whole.at(place)
            yield from ((number, harm) for harm in _across(whole.speeches[number], start, converted, word))
    for place, worn in places:
        if worn in standard:
            number, start = whole.at(place)
            yield from ((number, harm) for harm in _worn(whole.speeches[number], start, worn, standard[worn]))


def _straddled(shadow: str, put_back: Sequence[tuple[int, str, str]], lexicons: Lexicons) -> list[bool]:
    """Whether, with the word put back, a word takes in a part of it and of what stands beside it: 机关 in 联机|关.

    The surroundings of all places are cut as one text.
    """
    parts: list[str] = []
    for start, converted, word in put_back:
        end = start + len(converted)
        parts += [shadow[max(0, start - NEAR) : start], word, shadow[end : end + NEAR] + "\n"]
    sizes = np.array(list(map(len, parts)), dtype=np.int64)
    pieces = cutter(lexicons).cut(BROKEN.sub("\ufffd", "".join(parts)), False)
    edges = np.zeros(sizes.sum() + 1, dtype=np.int64)
    edges[np.cumsum([0, *map(len, pieces)])] = 1
    first = np.cumsum(sizes)[0::3]
    last = first + sizes[1::3]
    # Where there is an edge inside the word, the piece across one of its borders takes in a part of it.
    up_to = np.cumsum(edges)
    inside = up_to[last - 1] > up_to[first]
    told: list[bool] = (inside & (edges[first] & edges[last] == 0)).tolist()
    return told


@lru_cache(maxsize=8)
def _vocabulary(lexicons: Lexicons) -> tuple[Literals, dict[str, tuple[str, ...]], dict[str, str]]:
    """What to look for: converter's words with those each of them replaced, worn words with what they were; in Simplified."""
    of_converted: dict[str, tuple[str, ...]] = {}
    for row in lexicons.rows("equivalents"):
        converted = simplified(row["converted"])
        of_converted[converted] = (*of_converted.get(converted, ()), simplified(row["word"]))
    # Words that keep 著 as a converter leaves them, and as they are right.
    standard = {
        row["standard"].replace("著", "着"): row["standard"] for row in lexicons.rows("variants") if "著" in row["standard"]
    }
    return literals([*of_converted, *standard]), of_converted, standard


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


def _worn(speech: Speech, start: int, worn: str, word: str) -> Iterator[Harm]:
    """Harm where Simplified text was robbed of its 著: 显着 for 显著 (marked), but not 冲|着."""
    if speech.script != "simplified":
        return
    end = start + len(worn)
    left, right = window(speech.shadow, start)
    before, after = speech.shadow[left:start], speech.shadow[end:right]
    as_meant = paths(before + word + after).through(len(before), len(before) + len(word))
    dearer = cheapest(before + worn + after) - as_meant
    if dearer > THRESHOLD:
        yield Harm(start, end, word, f"{worn} is no word, {word} is; as written {dearer:.1f} nats dearer")
