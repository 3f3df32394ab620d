"""What is worth a warning in a text that could be decoded: damage, invisible characters, wrong language, no sentences.

>>> [each.code for each in notice("工會\\u200b會議通過了報告。")]
['W_INVISIBLE']

It changes nothing and refuses only what holds no visible character (E_EMPTY).
"""

import re
from collections import Counter
from collections.abc import Iterator

from analysis.read.characters import han
from analysis.read.errors import InputError, Note, code_point, note
from analysis.read.mojibake import garbled
from analysis.read.script import MINOR_SHARE, telling_characters

# Tab, line feed, vertical tab, form feed, carriage return and next line part words or lines; the rest is no text.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Zero-width and joining signs, direction marks, variation selectors, tags. The soft hyphen is a line end's, not ours.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\U000e0000-\U000e01ef\u180b-\u180e]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_NOTHING = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f]*")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
# Any of these: a text without them, as nearly all are, is searched once.
_ODD = re.compile("[" + "".join(p.pattern.strip("[]") for p in (_CONTROLS, _INVISIBLE, _PRIVATE, _KANA, _HANGUL)) + "]")
FOREIGN_SHARE = 0.1  # of the letters: a Chinese text that quotes a Japanese name has less, Japanese text over a third
_SENTENCE = re.compile("[。.!?！？；;，,]")
LONGEST_HEADING = 40


def notice(text: str) -> Iterator[Note]:
    """Notes on a decoded text."""
    if _NOTHING.fullmatch(text):
        raise InputError("E_EMPTY")
    odd = bool(_ODD.search(text))
    for code, pattern in (("W_CONTROL_CHARS", _CONTROLS), ("W_INVISIBLE", _INVISIBLE), ("W_PRIVATE_USE", _PRIVATE)):
        if odd and (counts := Counter(pattern.findall(text))):
            yield note(code, n=sum(counts.values()), which=_listed(counts))
    if mojibake := garbled(text):
        yield mojibake
    yield from _language(text, odd)


def _listed(counts: Counter[str]) -> str:
    which = [code_point(character) for character in sorted(counts)]
    return ", ".join(which[:8]) + (f" +{len(which) - 8}" if len(which) > 8 else "")


def _language(text: str, odd: bool) -> Iterator[Note]:
    chinese = int(han(text).sum())
    if not chinese:
        yield note("W_NO_CHINESE")
    for name, pattern in ((("Japanese", "日文"), _KANA), (("Korean", "韓文"), _HANGUL)):
        foreign = len(pattern.findall(text)) if odd else 0
        if foreign > FOREIGN_SHARE * (foreign + chinese):
            yield note("W_LANG", language=name, share=f"{foreign / (foreign + chinese):.0%}")
    traditional, simplified = telling_characters(text)
    if min(traditional, simplified) > MINOR_SHARE * (traditional + simplified):
        yield note("W_MIXED_SCRIPT", share=f"{traditional / (traditional + simplified):.0%}")
    if chinese and not (_SENTENCE.search(text) or any(len(line) > LONGEST_HEADING for line in text.splitlines())):
        yield note("W_NO_BODY")
