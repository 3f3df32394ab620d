"""Table `tokens`: the words and punctuation marks of a speech, column by column."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np

from analysis.find import Found
from analysis.find.cutting import cutter, tags
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech

Columns = dict[str, Sequence[Any]]


def columns(speech: Speech, found: Found, lexicons: Lexicons) -> Columns:
    """Columns of table `tokens` for one speech, in the order of the schema, each as long as there are tokens."""
    kept = [place for place, character in enumerate(speech.text) if unicodedata.category(character) not in ("Cc", "Cf") or character.isspace()]
    clean = "".join([speech.shadow[place] for place in kept])
    pieces = cutter(lexicons).cut(clean, False)
    ends = list(accumulate(map(len, pieces)))
    words = [(end - len(piece), end, piece) for piece, end in zip(pieces, ends, strict=True) if not piece.isspace()]
    starts = [kept[start] for start, _, _ in words]
    stops = [kept[end - 1] + 1 for _, end, _ in words]
    keys = [piece for _, _, piece in words]
    known = tags(lexicons)
    return {
        "speech": [speech.speech] * len(words),
        "sentence": _sentences(found, starts),
        "start": starts,
        "end": stops,
        "text": [speech.text[start:end] for start, end in zip(starts, stops, strict=True)],
        "key": keys,
        "pos": [known.get(key) or _tag(key) for key in keys],
    }


def _sentences(found: Found, starts: list[int]) -> list[int | None]:
    """Number of the sentence each token stands in."""
    rows = found.get("sentences", ())
    if not rows:
        return [None] * len(starts)
    place = np.searchsorted([row.start for row in rows], starts, side="right") - 1
    inside = (place >= 0) & (np.array(starts) < np.array([row.end for row in rows])[place])
    numbers = np.array([row.sentence for row in rows])[place]
    return [int(number) if held else None for number, held in zip(numbers, inside, strict=True)]


@lru_cache(maxsize=65536)
def _tag(word: str) -> str:
    """Tag of a word no dictionary has: w, m, eng or n."""
    if not any(character.isalnum() for character in word):
        return "w"
    if word[0].isdecimal():
        return "m"
    if word.isascii():
        return "eng"
    return "n"
