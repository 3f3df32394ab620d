"""Size of a text in Han characters."""

import unicodedata

from analysis.read.speech import BLANKS, n_han


def test_long_texts_are_counted_like_single_characters() -> None:
    text = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x34000)]))
    assert n_han(text) == sum(map(n_han, text))
    assert n_han("〇工會㐀豈𠀀" * 400) == 2400  # zero, union, rare ideographs
    assert n_han("" + "a1，\ud800" * 400) == 0


def test_blanks_are_white_space_and_control_and_format_characters() -> None:
    plane = map(chr, range(0x10000))
    assert set(BLANKS) == {c for c in plane if c.isspace() or unicodedata.category(c) in ("Cc", "Cf")}
