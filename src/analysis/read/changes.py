"""Where a file changes from one encoding to another, and where UTF-8 is damaged.

>>> before = "工會會議圓滿成功,同志們辛苦了,謝謝大家支持。\\n".encode("big5")
>>> change(before + "工会会议圆满成功,同志们辛苦了,谢谢大家支持。\\n".encode("gbk"), "cp950") == len(before)
True

A file in two encodings cannot be read right in either: the place is told, so that its owner can part it.
"""

import re
from collections.abc import Iterator

from analysis.read.errors import InputError
from analysis.read.weighing import FAMILIES, MARGIN, PLAUSIBLE, mean, readings, strictly

TELLING_LINE = 24  # bytes beyond ASCII that a line needs to tell its encoding

_UTF8 = re.compile(
    rb"""(?x)(?: [\x00-\x7f]
    | [\xc2-\xdf][\x80-\xbf]
    | (?: \xe0[\xa0-\xbf] | [\xe1-\xec\xee\xef][\x80-\xbf] | \xed[\x80-\x9f] ) [\x80-\xbf]
    | (?: \xf0[\x90-\xbf] | [\xf1-\xf3][\x80-\xbf] | \xf4[\x80-\x8f] ) [\x80-\xbf]{2}
    )++"""
)
UTF8_CHINESE = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
HIGH = re.compile(rb"[\x80-\xff]+")
_HALF_PAIRS = re.compile(rb"(?:\xed[\xa0-\xbf][\x80-\xbf])+")  # UTF-16 halves in UTF-8 (CESU-8): damage, whatever their number
SWITCH = 8  # bytes in a row that are not UTF-8: more than damage, another encoding


def bad_places(data: bytes) -> Iterator[tuple[int, int]]:
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


def switch(data: bytes, bad: list[tuple[int, int]]) -> int | None:
    """Byte at which UTF-8 ends or begins, where a long stretch is not UTF-8."""
    long = next((n for n, (a, b) in enumerate(bad) if b - a >= SWITCH and not _HALF_PAIRS.fullmatch(data, a, b)), None)
    if long is None:
        return None
    while long and bad[long][0] - bad[long - 1][1] < 2 * SWITCH:  # shorter ones right before it are of the same kind
        long -= 1
    first_high = HIGH.search(data)
    starts_bad = first_high is not None and bad[0][0] <= first_high.start()
    if not starts_bad:
        return bad[long][0]
    good = next((m for m in _UTF8.finditer(data) if len(UTF8_CHINESE.findall(m.group()[:3000])) >= 5), None)
    return good.start() if good else bad[long][0]


def changed_at(byte: int) -> InputError:
    """The refusal of a file in two encodings."""
    english = f"the file changes from one encoding to another at byte {byte}"
    return InputError("E_ENCODING", why=(english, f"檔案在第 {byte} 位元組處改變了編碼"))


def change(data: bytes, codec: str) -> int | None:
    """Byte of the first line that is plainly in another encoding than the lines before it; None where there is none."""
    if codec.startswith("utf"):
        return None
    at, before = 0, ""
    for line in data.split(b"\n"):
        if sum(map(len, HIGH.findall(line))) >= TELLING_LINE and (not before or _odd(line, before)) and (now := _plainly(line)):
            if before and now != before:
                return at
            before = now
        at += len(line) + 1
    return None


def _odd(line: bytes, codec: str) -> bool:
    """Whether a line makes no sense in a codec."""
    text = line.decode(codec, "replace")
    return "\ufffd" in text or mean(text) > PLAUSIBLE


def _plainly(line: bytes) -> str:
    """First codec of the family that alone makes sense of a line; empty where none or several do."""
    if (text := strictly(line, "utf-8")) is not None:
        return "utf-8" if mean(text) < PLAUSIBLE else ""
    best, other = readings(line, None)[:2]
    sure = "\ufffd" not in best.text and mean(best.text) < PLAUSIBLE - 1 and best.cost + 2 * MARGIN < other.cost
    return next((family[0] for family in FAMILIES if best.codec in family), "") if sure else ""
