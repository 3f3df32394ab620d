"""Bytes → text: the byte-order mark, then strict UTF-8, then older Chinese encodings weighed by how usual their characters are.

>>> decode("工會會議圓滿成功,同志們辛苦了".encode("cp950")).encoding
'big5'

Every guess and every repaired byte is a note, never silent; where two readings are about as likely it refuses.
A codec that decodes without error proves nothing: Big5 bytes nearly always decode as GB18030 too. Files that change their
encoding half-way are refused with the place . It looks at bytes only: what format they are in is not its business.
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.read.characters import cost, han
from analysis.read.errors import InputError, Note, note, visible

# Longest first: the mark of UTF-16-LE is the start of the mark of UTF-32-LE.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs that read nearly the same bytes as the same text stand in one family; the first is preferred in a tie.
FAMILIES = (("gb18030",), ("cp950", "big5hkscs"), ("utf-16-le",), ("utf-16-be",), ("utf-32-le",), ("utf-32-be",))
# What a family is called when the narrower codec reads the same text.
NARROWER = {"gb18030": ("gb2312", "gbk"), "cp950": ("big5",), "big5hkscs": ()}
SAMPLE = 200_000  # bytes weighed; the rest is decoded with the codec they chose
# Mean cost of the characters that are not ASCII, in nats: 6.2 to 7.2 in 50 characters of any speech of the test data,
# up to 9 in eight of them; 10 and more where bytes are read with the wrong codec.
PLAUSIBLE = 9.3
MARGIN = 6.0  # nats between the best reading and the next: the odds are 400 to 1
DAMAGED_SHARE = 0.02  # of the characters; beyond that the codec is wrong rather than the file damaged
TELLING_LINE = 24  # bytes beyond ASCII that a line needs to tell its encoding
SHORT = 400  # bytes; shorter files may be valid UTF-8 by accident and are weighed too

_UTF8 = re.compile(
    rb"""(?x)(?: [\x00-\x7f]
    | [\xc2-\xdf][\x80-\xbf]
    | (?: \xe0[\xa0-\xbf] | [\xe1-\xec\xee\xef][\x80-\xbf] | \xed[\x80-\x9f] ) [\x80-\xbf]
    | (?: \xf0[\x90-\xbf] | [\xf1-\xf3][\x80-\xbf] | \xf4[\x80-\x8f] ) [\x80-\xbf]{2}
    )++"""
)
_UTF8_CHINESE = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_HALF_PAIRS = re.compile(rb"(?:\xed[\xa0-\xbf][\x80-\xbf])+")  # UTF-16 halves in UTF-8 (CESU-8): damage, whatever their number
SWITCH = 8  # bytes in a row that are not UTF-8: more than damage, another encoding


class Decoded(NamedTuple):
    """Text of a file, what it was encoded in, and what was noticed on the way."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


class _Reading(NamedTuple):
    cost: float
    text: str
    codec: str


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
    if (text := _strictly(data, "utf-8")) is not None and not _looks_wide(data):
        return _weighed_against(text, data) if len(data) < SHORT else _seven_bits(data) or Decoded(text, "utf-8")
    return _broken_utf8(data) or _guess(data, _known(declared))


def _as_marked(data: bytes, mark: bytes, name: str) -> Decoded | None:
    """What the byte-order mark says, unless the bytes behind it plainly are something else: some tools add a wrong mark."""
    rest, codec = data[len(mark) :], name.removesuffix("-sig")
    decoded = _repaired(rest, codec, name, len(mark))
    other = "utf-8" if codec != "utf-8" else None
    ruined = decoded.text.count("\ufffd") > max(3, DAMAGED_SHARE * len(decoded.text))
    if other and _mean(decoded.text) > PLAUSIBLE and (text := _strictly(rest, other)) and _mean(text) < PLAUSIBLE:
        return Decoded(text, other, (_guessed(other, _THOUGH_MARKED),))
    if not ruined or other:
        return decoded
    try:
        guess = _guess(rest, None)
    except InputError:
        return decoded
    return guess._replace(notes=(_guessed(guess.encoding, _THOUGH_MARKED), *guess.notes[1:]))


def known(encoding: str) -> str:
    """Python's name of `encoding`; InputError where there is no such text encoding."""
    name = _known(encoding)
    if not name:
        raise InputError("E_NO_ENCODING", name=visible(repr(encoding)))
    return name


def _known(encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        b"a".decode(encoding, "replace")  # refuses a codec that is not of text, such as rot13 or zip
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeError:
        return None


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
    if (text := _strictly(data, codec)) is not None:
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
    return data.count(0) > 0.3 * len(data)


_THOUGH_MARKED = (", though a byte-order mark says otherwise", ",雖然檔首的位元組順序記號不符")
# Encodings of old mail that use seven bits of each byte, and what betrays them.
SEVEN_BITS = ((b"~{", "hz"), (b"\x1b$", "iso2022_jp_2"), (b"+", "utf-7"))


def _seven_bits(data: bytes) -> Decoded | None:
    """Chinese in an encoding of letters and signs only, if that is what it is."""
    for sign, codec in SEVEN_BITS if data.isascii() else ():
        if sign in data and (text := _strictly(data, codec)) and han(text).sum() > 0.2 * len(text) and _mean(text) < PLAUSIBLE:
            return Decoded(text, codec, (_guessed(codec, ("", "")),))
    return None


_THOUGH_UTF8 = (", though the bytes are valid UTF-8 too", ",雖然位元組也是合法的 UTF-8")


def _weighed_against(text: str, data: bytes) -> Decoded:
    """A few bytes of an older encoding may be valid UTF-8 by accident: believed only where UTF-8 makes no sense of them."""
    best = _readings(data, None)[0]
    senseless = _mean(text) > PLAUSIBLE or data.isascii()
    if seven := _seven_bits(data):
        return seven
    if senseless and _mean(best.text) < PLAUSIBLE and best.cost + MARGIN < float(cost(text).sum()) and han(best.text).any():
        return Decoded(best.text, best.codec, (_guessed(best.codec, _THOUGH_UTF8),))
    return Decoded(text, "utf-8")


def _broken_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with damaged places, if that is what it is; InputError where another encoding begins."""
    n_high = sum(len(run) for run in _HIGH.findall(data[: 10 * SAMPLE]))
    n_chinese = 3 * len(_UTF8_CHINESE.findall(data[: 10 * SAMPLE]))
    if n_chinese < 0.2 * n_high:
        return None
    bad = list(_bad_places(data))
    n_bad = sum(end - start for start, end in bad)
    if n_chinese >= 30 and (switch := _switch(data, bad)) is not None:
        raise changed_at(switch)
    if n_bad > max(3, 0.1 * n_high):
        return None
    text = data.decode("utf-8", "replace")
    if n_high < SHORT and _readings(data, None)[0].cost + MARGIN < float(cost(text).sum()):
        return None
    return Decoded(text, "utf-8", (_damage(data, "utf-8", text),))


def _bad_places(data: bytes) -> Iterator[tuple[int, int]]:
    """Stretches that are not UTF-8; two with at most two bytes between them are one (second bytes may look like ASCII)."""
    start = end = -9
    last = 0
    for first, stop in [*((good.start(), good.end()) for good in _UTF8.finditer(data)), (len(data), len(data))]:
        if first > last:
            if last - end > 2:
                if end > start:
                    yield start, end
                start = last
            end = first
        last = stop
    if end > start:
        yield start, end


def _switch(data: bytes, bad: list[tuple[int, int]]) -> int | None:
    """Byte at which UTF-8 ends or begins, where a long stretch is not UTF-8."""
    long = next((n for n, (a, b) in enumerate(bad) if b - a >= SWITCH and not _HALF_PAIRS.fullmatch(data, a, b)), None)
    if long is None:
        return None
    while long and bad[long][0] - bad[long - 1][1] < 2 * SWITCH:  # shorter ones right before it are of the same kind
        long -= 1
    first_high = _HIGH.search(data)
    starts_bad = first_high is not None and bad[0][0] <= first_high.start()
    if not starts_bad:
        return bad[long][0]
    good = next((m for m in _UTF8.finditer(data) if len(_UTF8_CHINESE.findall(m.group()[:3000])) >= 5), None)
    return good.start() if good else bad[long][0]


def _guess(data: bytes, declared: str | None) -> Decoded:
    readings = _readings(data, declared)
    best, others = readings[0], readings[1:]
    mean = _mean(best.text)
    if (place := _change(data, best.codec)) is not None:
        raise changed_at(place)
    if mean > PLAUSIBLE:
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


def changed_at(byte: int) -> InputError:
    """The refusal of a file in two encodings."""
    english = f"the file changes from one encoding to another at byte {byte}"
    return InputError("E_ENCODING", why=(english, f"檔案在第 {byte} 位元組處改變了編碼"))


def _change(data: bytes, codec: str) -> int | None:
    """Byte of the first line that is plainly in another encoding than the lines before it; None where there is none."""
    if codec.startswith("utf"):
        return None
    at, before = 0, ""
    for line in data.split(b"\n"):
        if sum(map(len, _HIGH.findall(line))) >= TELLING_LINE and (not before or _odd(line, before)) and (now := _plainly(line)):
            if before and now != before:
                return at
            before = now
        at += len(line) + 1
    return None


def _odd(line: bytes, codec: str) -> bool:
    """Whether a line makes no sense in a codec."""
    text = line.decode(codec, "replace")
    return "\ufffd" in text or _mean(text) > PLAUSIBLE


def _plainly(line: bytes) -> str:
    """First codec of the family that alone makes sense of a line; empty where none or several do."""
    if (text := _strictly(line, "utf-8")) is not None:
        return "utf-8" if _mean(text) < PLAUSIBLE else ""
    best, other = _readings(line, None)[:2]
    sure = "\ufffd" not in best.text and _mean(best.text) < PLAUSIBLE - 1 and best.cost + 2 * MARGIN < other.cost
    return next((family[0] for family in FAMILIES if best.codec in family), "") if sure else ""


def _readings(data: bytes, declared: str | None) -> list[_Reading]:
    """Best reading of each family, cheapest first; the declared encoding gets the benefit of the doubt."""
    sample, final = data[:SAMPLE], len(data) <= SAMPLE
    readings = []
    for family in FAMILIES:
        of_family = [_reading(sample, codec, final) for codec in family]
        best = min(of_family, key=lambda reading: reading.cost)
        bonus = 2 * MARGIN if same_family(declared, best.codec) else 0.0
        readings.append(best._replace(cost=best.cost - bonus))
    return sorted(readings, key=lambda reading: reading.cost)


def _reading(sample: bytes, codec: str, final: bool) -> _Reading:
    if codec.startswith("utf-32") and _strictly(sample, codec) is None:
        return _Reading(float("inf"), "", codec)
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample, final)
    return _Reading(float(cost(text).sum()), text, codec)


def _mean(text: str) -> float:
    """Mean cost of the characters that are not ASCII."""
    foreign = "".join(_NOT_ASCII.findall(text))
    return float(cost(foreign).mean()) if foreign else 0.0


_NOT_ASCII = re.compile(r"[^\x01-\x7f]+")


def _whole(data: bytes, codec: str) -> tuple[str, str]:
    """The whole text, and the narrowest codec that gives it."""
    text = data.decode(codec, "replace")
    for narrower in NARROWER.get(codec, ()):
        if _strictly(data, narrower) == text:
            return text, narrower
    return text, codec


def same_family(declared: str | None, codec: str) -> bool:
    """Whether two names stand for encodings of which one is nearly the other (gb2312 and gbk); False for an unknown one."""
    if not (declared := _known(declared)):
        return False
    codec = codec.removesuffix("-sig")
    return declared == codec or any(
        {declared, codec} <= {name for member in family for name in (member, *NARROWER.get(member, ()))} for family in FAMILIES
    )


def _tie(data: bytes, codec: str, text: str) -> tuple[str, str]:
    """What to say where the two readings of Big5 differ."""
    other = {"big5hkscs": "cp950", "cp950": "big5hkscs", "big5": "cp950"}.get(codec)
    if not other or (second := _strictly(data, other)) is None or len(second) != len(text) or second == text:
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
