"""Traditional text in Simplified characters as OpenCC converts it, several times as fast.

>>> converted("tw2s", "工會乾坤")  # union; heaven and earth, in which 乾 stays
'工会乾坤'

OpenCC looks for its phrases at every character. Nearly all text holds none of them, and there it changes one character for
another, which a table does at once: only the clauses that hold a phrase are handed to OpenCC. Its phrases and characters are
kept in conversion.json, written by `python -m analysis.read.conversion` with the tool of the same package; where another
version of OpenCC is installed it converts everything itself.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import opencc

from analysis.read.codes import Codes, codes_in, codes_of, text_of
from analysis.read.literals import Literals, literals

KEPT = Path(__file__).with_name("conversion.json")
# The dictionaries of phrases that each conversion asks.
PHRASES = {"tw2s": ("TSPhrases", "TWVariantsRevPhrases"), "t2s": ("TSPhrases",)}
# What phrases are made of: ideographs of the basic plane. What stands before or behind these ends a clause.
FIRST_IDEOGRAPH, LAST_IDEOGRAPH = 0x3400, 0x9FFF
BASIC_PLANE = 0x10000
_OUTSIDE = re.compile("[^\u3400-\ufaff]")
# Stands for what the tables do not know: characters beyond that plane, and signs that describe how a character is composed.
RARE = "\u2ff0"
DESCRIBE = [*range(0x2FF0, 0x3000), 0x31EF]


class Conversion(NamedTuple):
    """What a conversion does to single characters, by code point, and where it may do something else."""

    characters: Codes
    phrases: Literals  # in Simplified characters


def converted(config: str, text: str) -> str:
    """`text` as the OpenCC of that name converts it; it has no NUL and no lone surrogate."""
    if (conversion := _conversion(config)) is None:
        return _by_opencc(config, text)
    simple = text_of(conversion.characters.take(codes_of(text)[: len(text)], mode="clip"))
    if RARE in simple:
        return _by_opencc(config, text)
    phrases = [place for place, _ in conversion.phrases.places(simple)]
    if not phrases:
        return simple
    clauses = list(_clauses(text, phrases))
    # A line each, so that none reaches into the next.
    by_opencc = _by_opencc(config, "\n".join(text[start:end] for start, end in clauses)).split("\n")
    pieces, last = [], 0
    for (start, end), clause in zip(clauses, by_opencc, strict=True):
        pieces += [simple[last:start], clause]
        last = end
    return "".join([*pieces, simple[last:]])


def _clauses(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Start and end of the runs of ideographs that hold one of the places, which are sorted."""
    end = 0
    for place in places:
        if place >= end:
            start = place
            while start > end and "\u3400" <= text[start - 1] < "\ufb00":
                start -= 1
            outside = _OUTSIDE.search(text, place)
            end = outside.start() if outside else len(text)
            yield start, end


def _by_opencc(config: str, text: str) -> str:
    simple: str = converter(config).convert(text)
    if len(simple) != len(text):
        raise ValueError(f"{config} changed the length from {len(text)} to {len(simple)} at {text[:30]!r}")
    return simple


@cache
def converter(config: str) -> opencc.OpenCC:
    """OpenCC's converter of that name, loaded once: some take 30 ms."""
    return opencc.OpenCC(config, include_tofu_risk_dictionaries=False)


@cache
def _conversion(config: str) -> Conversion | None:
    """The kept tables of a conversion, or None where they are those of another OpenCC."""
    told = json.loads(KEPT.read_text(encoding="utf-8"))
    if told["opencc"] != opencc.__version__:
        return None
    characters = np.arange(BASIC_PLANE + 1, dtype=np.uint32)
    characters[[*DESCRIBE, BASIC_PLANE]] = ord(RARE)
    characters[codes_in(told[config]["from"])] = codes_in(told[config]["to"])
    return Conversion(characters, literals(told[config]["phrases"]))


def build() -> str:
    """Text of conversion.json: single characters that each conversion changes, and its phrases as those leave them."""
    single = [chr(code) for code in (*range(0x80, 0xD800), *range(0xE000, BASIC_PLANE))]
    told: dict[str, object] = {"opencc": opencc.__version__}
    for config, dictionaries in PHRASES.items():
        # One a line, so that no phrase spans two of them.
        changed = {
            one: other
            for one, other in zip(single, _by_opencc(config, "\n".join(single)).split("\n"), strict=True)
            if one != other
        }
        phrases = {phrase for name in dictionaries for phrase in _phrases(name)}
        if any(not FIRST_IDEOGRAPH <= ord(character) <= LAST_IDEOGRAPH for phrase in phrases for character in phrase):
            raise ValueError(f"{config}: a phrase holds something else than ideographs; a clause would not hold it whole")
        told[config] = {
            "from": "".join(changed),
            "to": "".join(changed.values()),
            "phrases": sorted({"".join(changed.get(character, character) for character in phrase) for phrase in phrases}),
        }
    return json.dumps(told, ensure_ascii=False, indent=0) + "\n"


def _phrases(name: str) -> list[str]:
    """The phrases of one of OpenCC's dictionaries, by the tool that comes with it."""
    import subprocess
    from tempfile import TemporaryDirectory

    files = Path(opencc.__file__).parent / "clib"
    with TemporaryDirectory() as folder:
        text = Path(folder) / name
        command = [files / "bin" / "opencc_dict", "-i", files / "share" / "opencc" / f"{name}.ocd2", "-o", text]
        subprocess.run([*map(str, command), "-f", "ocd2", "-t", "text"], check=True, capture_output=True)
        return [line.split("\t")[0] for line in text.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    KEPT.write_text(build(), encoding="utf-8", newline="\n")
