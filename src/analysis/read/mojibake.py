"""Text that was decoded with the wrong codec before it was saved: valid UTF-8 that says nothing.

>>> garbled("工會會議圓滿成功".encode().decode("latin-1")) is not None
True

It turns the text back and looks whether it becomes more usual Chinese; nothing is changed.
"""

import re
from collections.abc import Iterator

import numpy as np

from analysis.read.characters import cost, excess, han
from analysis.read.errors import Note, note
from analysis.read.kinds import LATIN, WESTERN, kinds_of, met

# Not ASCII, not kana (another language is another warning), not the blanks and lines of which tables are drawn.
_TELLING = re.compile("[^\x01-\x7f\u3000\ufeff\u2500-\u259f\u3041-\u30ff]+")
BLOCK = 200_000  # characters weighed at once: a whole number of windows
WINDOW = 200  # characters judged together, so that one garbled paragraph is found in a good file
ODD = 10.0  # mean cost of a window that no right text of 20 Han characters or more reaches (see tests/benchmarks/encodings.py)
SUSPECT = 7.5  # from here on the window is turned back and compared
# Nats a character by which the text turned back must be more usual: in 60 characters of good text it is always at least 3.3
# less usual, in garbled text at least 5.9 more (see tests/benchmarks/encodings.py).
GAIN = 1.0
LOST_SHARE = 0.1  # of a window: so many U+FFFD mean that someone else could not read it either
# What UTF-8 and older encodings look like when read as Latin-1 or Windows-1252: letters with accents, and signs.
_WESTERN = re.compile(f"[{LATIN}]{{3,}}")
_AS_WESTERN = {ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def garbled(text: str) -> Note | None:
    """A note where `text` holds Chinese that was decoded with the wrong codec before it was stored."""
    kinds = kinds_of(text)
    for run in _WESTERN.finditer(text) if met(kinds[2:] & kinds[1:-1] & kinds[:-2]) & WESTERN else ():
        turned = _as_bytes(run.group()).decode("utf-8", "ignore")
        if han(turned).sum() * 6 >= len(run.group()):
            return note("W_MOJIBAKE", at=run.start(), why=("UTF-8 that was read as Latin-1", "曾把 UTF-8 當作 Latin-1"))
        if codec := _older(_as_bytes(run.group())):
            return note("W_MOJIBAKE", at=run.start(), why=(f"{codec} that was read as Latin-1", f"曾把 {codec} 當作 Latin-1"))
    for start in _suspects(text):
        if why := _garbled_window(text[start : start + WINDOW]):
            return note("W_MOJIBAKE", at=start, why=why)
    return None


def _suspects(text: str) -> Iterator[int]:
    """Where windows begin whose characters are rarer than usual; the others need no closer look."""
    for first in range(0, len(text), BLOCK):
        block = text[first : first + BLOCK]
        costs = np.add.reduceat(excess(block, SUSPECT), np.arange(0, len(block), WINDOW))
        for window in np.flatnonzero(costs > 0).tolist():
            yield first + window * WINDOW


def _as_bytes(western: str) -> bytes:
    return bytes(_AS_WESTERN.get(ord(c), ord(c)) for c in western if ord(c) < 256 or ord(c) in _AS_WESTERN)


def _older(data: bytes) -> str:
    """The older encoding in which a run of accented letters is usual Chinese, three different characters at least."""
    for codec in ("gb18030", "cp950"):
        turned = data.decode(codec, "ignore")
        chinese = han(turned)
        if 2.4 * chinese.sum() >= len(data) and len(set(turned)) >= 3 and cost(turned).mean() < SUSPECT:
            return codec
    return ""


def _garbled_window(window: str) -> tuple[str, str] | None:
    dense = "".join(_TELLING.findall(window))
    lost = dense.count("\ufffd")
    if lost > max(1, LOST_SHARE * len(dense)):
        return "many characters were lost before it was saved", "存檔前已遺失許多字元"
    n_han = int(han(dense).sum())
    if n_han < max(4, 0.15 * len(dense)):
        return None
    now = float(cost(dense).mean())
    if now < SUSPECT:
        return None
    for wrong, right in (("gb18030", "utf-8"), ("cp950", "utf-8"), ("gb18030", "cp950"), ("cp950", "gb18030")):
        data = dense.encode(wrong, "ignore")
        seen, turned = data.decode(wrong, "replace"), data.decode(right, "replace")
        if len(seen) > 0.7 * len(dense) and float(cost(seen).sum() - cost(turned).sum()) > GAIN * len(turned):
            return f"{right} that was read as {wrong}", f"曾把 {right} 當作 {wrong}"
    return ("its characters are rarer than any speech's", "用字過於罕見") if now > ODD and n_han >= 20 else None
