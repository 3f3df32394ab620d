"""What is worth a warning in a text that could be decoded: damage, invisible characters, wrong language, no sentences.

>>> [each.code for each in notice("工會\\u200b會議通過了報告。")]
['W_INVISIBLE']

It changes nothing and refuses only what holds no visible character (E_EMPTY).
"""

import re
from collections import Counter
from collections.abc import Iterator

from analysis.read.errors import InputError, Note, code_point, note
from analysis.read.kinds import (
    CONTROLS,
    HANGUL,
    IDEOGRAPH,
    INVISIBLE,
    KANA,
    ODD,
    PRIVATE,
    SIMPLIFIED,
    TRADITIONAL,
    Kinds,
    kinds_of,
    met,
    n_of,
)
from analysis.read.mojibake import garbled
from analysis.read.script import MINOR_SHARE

_CONTROLS, _INVISIBLE, _PRIVATE = (re.compile(f"[{characters}]") for characters in (CONTROLS, INVISIBLE, PRIVATE))
_NOTHING = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f]*")
_KANA, _HANGUL = re.compile(f"[{KANA}]"), re.compile(f"[{HANGUL}]")
FOREIGN_SHARE = 0.1  # of the letters: a Chinese text that quotes a Japanese name has less, Japanese text over a third
_SENTENCE = re.compile("[。.!?！？；;，,]")
LONGEST_HEADING = 40


def notice(text: str) -> Iterator[Note]:
    """Notes on a decoded text."""
    if _NOTHING.fullmatch(text):
        raise InputError("E_EMPTY")
    kinds = kinds_of(text)
    odd = bool(met(kinds) & ODD)
    for code, pattern in (("W_CONTROL_CHARS", _CONTROLS), ("W_INVISIBLE", _INVISIBLE), ("W_PRIVATE_USE", _PRIVATE)):
        if odd and (counts := Counter(pattern.findall(text))):
            yield note(code, n=sum(counts.values()), which=_listed(counts))
    if mojibake := garbled(text):
        yield mojibake
    yield from _language(text, kinds, odd)


def _listed(counts: Counter[str]) -> str:
    which = [code_point(character) for character in sorted(counts)]
    return ", ".join(which[:8]) + (f" +{len(which) - 8}" if len(which) > 8 else "")


def _language(text: str, kinds: Kinds, odd: bool) -> Iterator[Note]:
    chinese = n_of(kinds, IDEOGRAPH)
    if not chinese:
        yield note("W_NO_CHINESE")
    for name, pattern in ((("Japanese", "日文"), _KANA), (("Korean", "韓文"), _HANGUL)):
        foreign = len(pattern.findall(text)) if odd else 0
        if foreign > FOREIGN_SHARE * (foreign + chinese):
            yield note("W_LANG", language=name, share=f"{foreign / (foreign + chinese):.0%}")
    traditional, simplified = n_of(kinds, TRADITIONAL), n_of(kinds, SIMPLIFIED)
    if min(traditional, simplified) > MINOR_SHARE * (traditional + simplified):
        yield note("W_MIXED_SCRIPT", share=f"{traditional / (traditional + simplified):.0%}")
    if chinese and not (_SENTENCE.search(text) or any(len(line) > LONGEST_HEADING for line in text.splitlines())):
        yield note("W_NO_BODY")
