"""What was read from one file: what every format module gives."""

import re
from typing import NamedTuple

from analysis.read.errors import Note, note
from analysis.read.kinds import HALVES, ODD, kinds_of, met

_SURROGATE = re.compile(f"[{HALVES}]")


class Content(NamedTuple):
    """What a file holds: its text, how it was read, and what was noticed."""

    text: str
    format: str
    encoding: str
    notes: tuple[Note, ...] = ()


def without_surrogates(held: Content) -> Content:
    """The same with U+FFFD in place of half a surrogate pair, which no file can hold, and a note where there was one."""
    at = _SURROGATE.search(held.text) if met(kinds_of(held.text)) & ODD else None
    if not at:
        return held
    repaired = _SURROGATE.sub("\ufffd", held.text)
    n = len(_SURROGATE.findall(held.text))
    return held._replace(text=repaired, notes=(*held.notes, note("W_REPAIRED", n=n, encoding=held.format, at=at.start())))


def with_lost_told(held: Content) -> Content:
    """The same with a note where characters were lost before the file came here; our own repairs have theirs."""
    at = held.text.find("\ufffd")
    if at < 0 or any(each.code == "W_REPAIRED" for each in held.notes):
        return held
    return held._replace(notes=(*held.notes, note("W_LOST_CHARS", n=held.text.count("\ufffd"), at=at)))
