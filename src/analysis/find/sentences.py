"""Sentences: from one end mark (。 ！ ？ ! ? …) to the next, or to the end of the paragraph.

Quotation marks and brackets stay whole: an end mark inside a quotation ends the sentence only together with the closing
mark, one inside brackets only where the brackets hold the whole sentence.
A half-width full stop ends a sentence after a Chinese character and before white space, a Chinese character or the end.
Semicolons and colons do not end a sentence. A mark that is never closed in its paragraph is ignored.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from analysis.find import Columns, Found
from analysis.find.columnar import Coded, Offsets, slices
from analysis.find.locate import nodes_at
from analysis.find.paragraphs import STOPS, Span, paragraphs, side_by_side
from analysis.read.lexicons import Lexicons
from analysis.read.speech import HAN, Speech

PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "(": ")", "（": "）", "《": "》", "〈": "〉", "【": "】", "[": "]"}
QUOTES = "“‘「『"
CLOSING = "”’」』)）》〉】]\"'"
END = re.compile(rf"[。！？!?]+|…+|(?<=[{HAN}”’」』)）])\.(?=\s|[{HAN}]|$)")
# What an end mark may be followed by when it stands before a closing mark and the sentence goes on: “…！”的精神.
GOES_ON = tuple("的之、，,；;：:这和等")
# Longest stretch that a pair of marks may hold together; a quotation longer than that is split like other text.
LONGEST_PAIR = 400
_OPENING = re.escape("".join(PAIRS))
# Text without end marks, and pairs without one before their closing mark, up to a plain end with its closing marks.
_NO_END = "(?<![。！？!?…])(?<![。！？!?…]\n)"  # a page may put a quotation on lines of its own
_OPEN_END = dict.fromkeys("《〈", "")  # a title may end in a mark
_WITHIN = "|".join(
    rf"{re.escape(left)}[^{re.escape(right)}]{{0,{LONGEST_PAIR - 1}}}+{_OPEN_END.get(left, _NO_END)}{re.escape(right)}"
    for left, right in PAIRS.items()
)
_CLOSINGS = rf"[{re.escape(CLOSING)}]*+"
_plain: Callable[[str, int, int], re.Match[str]] = re.compile(  # an empty match is one, too
    rf"\s*+((?:[^{STOPS}{_OPENING}]++|{_WITHIN})*+)(?:(?:[。！？!?]++|…++){_CLOSINGS}())?"
).match  # type: ignore[assignment]
_STOP = re.compile(rf"[{_OPENING}]|(?:{END.pattern}){_CLOSINGS}")


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Columns:
    """Sentences in text order, numbered from 1; headings and titles are sentences too."""
    return next(find_each([speech], [found], lexicons))


def find_each(speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons) -> Iterator[Columns]:
    """The columns of each speech, as `find` gives them."""
    shadow, texts = side_by_side(speeches)
    starts, ends = _spans(shadow, texts)
    begins = [begin for begin, _ in texts]
    bounds = pairwise([*np.searchsorted(starts, begins).tolist(), len(starts)])
    for speech, found, begin, (first, last) in zip(speeches, founds, begins, bounds, strict=True):
        own_starts, own_ends = starts[first:last] - begin, ends[first:last] - begin
        yield {
            "speech": Coded([speech.speech], np.zeros(last - first, np.int32)),
            "sentence": np.arange(1, last - first + 1),
            "node": nodes_at(found, own_starts),
            "start": own_starts,
            "end": own_ends,
            "text": slices(speech.text, own_starts, own_ends),
        }


def _spans(shadow: str, texts: tuple[Span, ...]) -> tuple[Offsets, Offsets]:
    """Start and end of each sentence; a paragraph without an end mark before its last character is one."""
    starts, ends, whole, _ = paragraphs(shadow, texts)
    begun, ended = [], []
    for begin, last in zip(starts[~whole].tolist(), ends[~whole].tolist(), strict=True):
        stop = begin
        while stop < last:
            start, stop = _next(shadow, stop, last)
            begun.append(start)
            ended.append(stop)
    return _sorted(starts[whole], begun), _sorted(ends[whole], ended)


def _sorted(some: Offsets, more: list[int]) -> Offsets:
    return np.sort(np.concatenate([some, np.array(more, dtype=np.int64)]))


def sentence_end(line: str, start: int = 0) -> int:
    """Where the sentence that begins at `start` ends, within one paragraph; closing marks belong to it.

    >>> sentence_end("打鐵還得自身硬。關鍵在人。")
    8
    """
    return _next(line, start, len(line))[1]


def _next(text: str, position: int, last: int) -> tuple[int, int]:
    """Start and end of the first sentence of text[position:last], white space before it left out."""
    match = _plain(text, position, last)
    start, stop = match.start(1), match.end()
    return start, stop if match.lastindex == 2 or stop == last else _end(text, start, stop, last)


def _end(text: str, start: int, position: int, last: int) -> int:
    """End of the sentence that begins at `start` and has no end before `position`: a full stop or a pair stands there."""
    while stop := _STOP.search(text, position, last):
        position = stop.end()
        if (right := PAIRS.get(stop.group())) is None:
            return position
        closed = text.find(right, position, min(position + LONGEST_PAIR, last))
        if closed < 0:
            continue
        bracket_inside = stop.group() not in QUOTES and text[start : stop.start()].strip()
        position = closed + 1
        if _ends_inside(text, closed, last) and not bracket_inside:
            while position < last and text[position] in CLOSING:
                position += 1
            return position
    return last


def _ends_inside(text: str, closed: int, last: int) -> bool:
    """Whether an end mark before the closing mark at `closed` ends the whole sentence: …也要創新。”當前"""
    before = text[closed - 2] if text[closed - 1] == "\n" else text[closed - 1]
    return text[closed] not in "》〉" and before in "。！？!?…" and not text.startswith(GOES_ON, closed + 1, last)
