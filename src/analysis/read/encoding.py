"""Bytes → text: the byte-order mark, then strict UTF-8, then older Chinese encodings weighed by how usual their characters are.

>>> decode("工會會議圓滿成功,同志們辛苦了".encode("cp950")).encoding
'big5'

Every guess and every repaired byte is a note, never silent; where two readings are about as likely it refuses.
A codec that decodes without error proves nothing: Big5 bytes nearly always decode as GB18030 too. Files that change their
encoding half-way are refused with the place . It looks at bytes only: what format they are in is not its business.
"""

import codecs
from typing import NamedTuple

from analysis.read.changes import HIGH, UTF8_CHINESE, bad_places, change, changed_at, switch
from analysis.read.characters import cost, han
from analysis.read.errors import InputError, Note, note
from analysis.read.weighing import MARGIN, NARROWER, PLAUSIBLE, SAMPLE, known, known_name, mean, readings, same_family, strictly

# Longest first: the mark of UTF-16-LE is the start of the mark of UTF-32-LE.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SWAPPED = {"utf-16-le": "utf-16-be", "utf-16-be": "utf-16-le", "utf-32-le": "utf-32-be", "utf-32-be": "utf-32-le"}
DAMAGED_SHARE = 0.02  # of the characters; beyond that the codec is wrong rather than the file damaged
SHORT = 400  # bytes; shorter files may be valid UTF-8 by accident and are weighed too


class Decoded(NamedTuple):
    """Text of a file, what it was encoded in, and what was noticed on the way."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Text of `data`; `encoding` is the user's word and obeyed, `declared` is what the file says of itself and weighed."""
    if encoding:
        return _as_told(data, encoding)
    before, core, after = _without_padding(data)
    decoded = _found_out(core, declared)
    if before or after:
        return decoded._replace(text="\0" * before + decoded.text + "\0" * after)
    return decoded


def _without_padding(data: bytes) -> tuple[int, bytes, int]:
    """Number of zero bytes that a disk or a crash put before and after the text, and what is between.

    Up to seven belong to the text: the last character of UTF-32 may have three.
    """
    before = len(data) - len(data.lstrip(b"\0"))
    after = len(data) - len(data.rstrip(b"\0"))
    if before == len(data):
        return before, b"", 0
    before, after = (n - n % 4 if n >= 8 else 0 for n in (before, after - 4))
    return before, data[before : len(data) - after], after


def _found_out(data: bytes, declared: str | None) -> Decoded:
    for mark, name in MARKS:
        if data.startswith(mark) and (marked := _as_marked(data, mark, name)):
            return marked
    if (text := strictly(data, "utf-8")) is not None and not _looks_wide(data):
        return _weighed_against(text, data) if len(data) < SHORT else _seven_bits(data) or Decoded(text, "utf-8")
    return _broken_utf8(data) or _guess(data, known_name(declared))


def _as_marked(data: bytes, mark: bytes, name: str) -> Decoded | None:
    """What the byte-order mark says, unless the bytes behind it plainly are something else: some tools add a wrong mark."""
    rest, codec = data[len(mark) :], name.removesuffix("-sig")
    decoded = _repaired(rest, codec, name, len(mark))
    if codec != "utf-8":
        senseless = mean(decoded.text) > PLAUSIBLE
        others = ("utf-8", SWAPPED[codec]) if senseless else ()
        fitting = ((other, text) for other in others if (text := strictly(rest, other)) and mean(text) < PLAUSIBLE)
        return next((Decoded(text, other, (_guessed(other, _THOUGH_MARKED),)) for other, text in fitting), decoded)
    if decoded.text.count("\ufffd") <= max(3, DAMAGED_SHARE * len(decoded.text)):
        return decoded
    try:
        guess = _guess(rest, None)
    except InputError:
        return decoded
    return guess._replace(notes=(_guessed(guess.encoding, _THOUGH_MARKED), *guess.notes[1:]))


def _as_told(data: bytes, encoding: str) -> Decoded:
    codec = known(encoding)
    for mark, name in MARKS:
        if data.startswith(mark) and name.startswith(codec.removesuffix("-sig")):
            return _repaired(data[len(mark) :], name.removesuffix("-sig"), codec, len(mark))
    decoded = _repaired(data, codec, codec, 0)
    if decoded.text.count("\ufffd") > max(3, DAMAGED_SHARE * len(decoded.text)):
        at = _first_error(data, codec)
        raise InputError("E_ENCODING", why=(f"it is not {codec}, see byte {at}", f"不是 {codec},見第 {at} 位元組"))
    return decoded


def _repaired(data: bytes, codec: str, name: str, skipped: int) -> Decoded:
    """Text of `data` in a codec that is certain; damaged places become U+FFFD."""
    if (text := strictly(data, codec)) is not None:
        return Decoded(text, name)
    text = data.decode(codec, "replace")
    return Decoded(text, name, (_damage(data, codec, text, skipped),))


def _damage(data: bytes, codec: str, text: str, skipped: int = 0) -> Note:
    return note("W_REPAIRED", n=text.count("\ufffd"), encoding=codec, at=skipped + _first_error(data, codec))


def _first_error(data: bytes, codec: str) -> int:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _looks_wide(data: bytes) -> bool:
    """UTF-16 or UTF-32 of plain letters is valid UTF-8, one byte in two or more being zero."""
    return 0 in data and data.count(0) > 0.3 * len(data)


_THOUGH_MARKED = (", though a byte-order mark says otherwise", ",雖然檔首的位元組順序記號不符")
# Encodings of old mail that use seven bits of each byte, and what betrays them.
SEVEN_BITS = ((b"~{", "hz"), (b"\x1b$", "iso2022_jp_2"), (b"+", "utf-7"))


def _seven_bits(data: bytes) -> Decoded | None:
    """Chinese in an encoding of letters and signs only, if that is what it is."""
    for sign, codec in SEVEN_BITS if data.isascii() else ():
        if sign in data and (text := strictly(data, codec)) and han(text).sum() > 0.2 * len(text) and mean(text) < PLAUSIBLE:
            return Decoded(text, codec, (_guessed(codec, ("", "")),))
    return None


_THOUGH_UTF8 = (", though the bytes are valid UTF-8 too", ",雖然位元組也是合法的 UTF-8")


def _weighed_against(text: str, data: bytes) -> Decoded:
    """A few bytes of an older encoding may be valid UTF-8 by accident: believed only where UTF-8 makes no sense of them."""
    best = readings(data, None)[0]
    senseless = mean(text) > PLAUSIBLE or data.isascii()
    if seven := _seven_bits(data):
        return seven
    if senseless and mean(best.text) < PLAUSIBLE and best.cost + MARGIN < float(cost(text).sum()) and han(best.text).any():
        return Decoded(best.text, best.codec, (_guessed(best.codec, _THOUGH_UTF8),))
    return Decoded(text, "utf-8")


def _broken_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with damaged places, if that is what it is; InputError where another encoding begins."""
    n_high = sum(len(run) for run in HIGH.findall(data[: 10 * SAMPLE]))
    n_chinese = 3 * len(UTF8_CHINESE.findall(data[: 10 * SAMPLE]))
    if n_chinese < 0.2 * n_high:
        return None
    bad = list(bad_places(data))
    n_bad = sum(end - start for start, end in bad)
    if n_chinese >= 30 and (place := switch(data, bad)) is not None:
        raise changed_at(place)
    if n_bad > max(3, 0.1 * n_high):
        return None
    text = data.decode("utf-8", "replace")
    if n_high < SHORT and readings(data, None)[0].cost + MARGIN < float(cost(text).sum()):
        return None
    return Decoded(text, "utf-8", (_damage(data, "utf-8", text),))


def _guess(data: bytes, declared: str | None) -> Decoded:
    best, *others = readings(data, declared)
    if (place := change(data, best.codec)) is not None:
        raise changed_at(place)
    if mean(best.text) > PLAUSIBLE:
        english = f"no encoding makes Chinese of it (the best try was {best.codec})"
        raise InputError("E_ENCODING", why=(english, f"沒有一種編碼讀得出中文(最接近的是 {best.codec})"))
    if others and others[0].cost - best.cost < MARGIN:
        one, other = best.codec, others[0].codec
        why = (f"too little text: it may be {one} or {other}", f"文字太少:可能是 {one} 或 {other}")
        raise InputError("E_ENCODING", why=why)
    text, codec = _whole(data, best.codec)
    notes = [] if same_family(declared, codec) else [_guessed(codec, _tie(data, codec, text))]
    if "\ufffd" in text:
        _refuse_if_ruined(data, codec, text)
        notes.append(_damage(data, codec, text))
    return Decoded(text, codec, tuple(notes))


def _whole(data: bytes, codec: str) -> tuple[str, str]:
    """The whole text, and the narrowest codec that gives it."""
    text = data.decode(codec, "replace")
    for narrower in NARROWER.get(codec, ()):
        if strictly(data, narrower) == text:
            return text, narrower
    return text, codec


def _tie(data: bytes, codec: str, text: str) -> tuple[str, str]:
    """What to say where the two readings of Big5 differ."""
    other = {"big5hkscs": "cp950", "cp950": "big5hkscs", "big5": "cp950"}.get(codec)
    if not other or (second := strictly(data, other)) is None or len(second) != len(text) or second == text:
        return "", ""
    differing = sum(a != b for a, b in zip(text, second, strict=True))
    return f" ({other} reads {differing} character(s) otherwise)", f"(按 {other} 有 {differing} 字不同)"


def _guessed(codec: str, why: tuple[str, str]) -> Note:
    return note("W_ENCODING_GUESSED", encoding=codec, why=why)


def _refuse_if_ruined(data: bytes, codec: str, text: str) -> None:
    if text.count("\ufffd") > max(2, DAMAGED_SHARE * len(text)):
        at = _first_error(data, codec)
        english = f"the best try was {codec}, but the bytes do not fit it, first at byte {at}"
        raise InputError("E_ENCODING", why=(english, f"最接近的是 {codec},但第 {at} 位元組起不符"))
