"""What each character of a text is, by one look-up: Traditional only, Simplified only, Han, a line end, something odd.

>>> [n_of(kinds_of("工會工会"), kind) for kind in (TRADITIONAL, SIMPLIFIED, IDEOGRAPH)]  # union in both scripts
[1, 1, 4]

Kinds are bits, since a character may be of several. It draws no conclusions.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.read.codes import Codes, codes_of, of_last_texts

Kinds = npt.NDArray[np.uint8]

# FORM: full-width, compatibility or broken forms, which the shadow replaces; VARIANT: those of data/lexicons/variants.csv;
# ODD: what texts are warned of or that is mended in them; WESTERN: what UTF-8 looks like when read as Latin-1 or Windows-1252.
TRADITIONAL, SIMPLIFIED, IDEOGRAPH, LINE_END, FORM, VARIANT, ODD, WESTERN = (1 << n for n in range(8))

# Han characters: the ideograph blocks of Unicode, with 〇, which is written as one; as a class of a regular expression.
HAN_BLOCKS = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3347F))
HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in HAN_BLOCKS)
# Where str.splitlines ends a line.
LINE_ENDS = "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
# Unicode: CJK Compatibility Ideographs, CJK Radicals Supplement and Kangxi Radicals; full-width letters, digits and signs.
COMPATIBLE, WIDE = "\uf900-\ufaff\u2e80-\u2fdf", "０-９Ａ-Ｚａ-ｚ％．＋－～"
# Marks that no line begins with in Chinese typesetting: where one does, the line goes on from the one before.
NEVER_FIRST = "，。、；：！？,;!?"
# NUL and half of a broken character (a lone surrogate), which OpenCC cannot be given.
HALVES = "\ud800-\udfff"
BROKEN = "\0" + HALVES
# Tab, line feed, vertical tab, form feed, carriage return and next line part words or lines; the rest is no text.
CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
# Zero-width and joining signs, direction marks, variation selectors, tags. The soft hyphen is a line end's, not ours.
INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\U000e0000-\U000e01ef\u180b-\u180e"
PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
KANA = "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
# A letter with an accent and the signs that follow it.
LATIN = "\u00a0-\u00ff\u0080-\u009f\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
# One line of Traditional characters, one of Simplified ones.
TELLING = Path(__file__).with_name("telling_characters.txt")


@of_last_texts
def kinds_of(text: str) -> Kinds:
    """The kinds of each character; remembered, since who warns, who converts and who counts ask for those of one text."""
    return kinds_in(codes_of(text)[: len(text)])


def kinds_in(codes: Codes) -> Kinds:
    """The kinds of each code point."""
    return _table().take(codes, mode="clip")


def met(kinds: Kinds) -> int:
    """All kinds that are met."""
    return int(np.bitwise_or.reduce(kinds, initial=0))


def n_of(kinds: Kinds, kind: int) -> int:
    """How many characters are of a kind."""
    return int(np.count_nonzero(kinds & kind))


@cache
def variants() -> tuple[tuple[str, str], ...]:
    """What data/lexicons/variants.csv has: a form as written, and the standard one of the same length."""
    from analysis.read.lexicons import shipped_rows

    rows = tuple((row["written"], row["standard"]) for row in shipped_rows("variants"))
    unequal = [written for written, standard in rows if len(written) != len(standard)]
    if unequal:
        raise ValueError(f"data/lexicons/variants.csv: both forms must have as many characters: {', '.join(unequal)}")
    return rows


@cache
def plain_forms() -> dict[int, int]:
    """Full-width letters, digits and a few signs → half-width; compatibility ideographs and radicals → unified."""
    forms = {
        code: unicodedata.normalize("NFKC", chr(code)) for first, last in spans(COMPATIBLE + WIDE) for code in range(first, last)
    }
    return {code: ord(form) for code, form in forms.items() if len(form) == 1 and ord(form) != code}


def spans(characters: str) -> Iterator[tuple[int, int]]:
    """The code points of a class of a regular expression, each span with its end beyond it."""
    for first, last in re.findall(r"(?s)(.)(?:-(.))?", characters):
        yield ord(first), ord(last or first) + 1


@cache
def _table() -> Kinds:
    """The kinds of every code point of Unicode."""
    table = np.zeros(0x110000, dtype=np.uint8)
    traditional, simplified = TELLING.read_text(encoding="utf-8").split()
    for kind, codes in (
        (TRADITIONAL, map(ord, traditional)),
        (SIMPLIFIED, map(ord, simplified)),
        (VARIANT, (ord(written) for written, _ in variants() if len(written) == 1)),
        (FORM, plain_forms()),
    ):
        table[_array(codes)] |= kind
    for kind, characters in (
        (IDEOGRAPH, HAN),
        (LINE_END, LINE_ENDS),
        (FORM, BROKEN),
        (ODD, HALVES + CONTROLS + INVISIBLE + PRIVATE + KANA + HANGUL),
        (WESTERN, LATIN),
    ):
        for first, last in spans(characters):
            table[first:last] |= kind
    return table


def _array(codes: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.fromiter(codes, dtype=np.int64)
