"""Sentences: from one end mark (。 ！ ？ ! ? …) to the next, or to the end of the paragraph.

Quotation marks and brackets stay whole: an end mark inside a quotation ends the sentence only together with the closing
mark, one inside brackets only where the brackets hold the whole sentence.
A half-width full stop ends a sentence after a Chinese character and before white space, a Chinese character or the end.
Semicolons and colons do not end a sentence. A mark that is never closed in its paragraph is ignored.
"""

import re
from collections.abc import Iterator

from analysis.find import Found
from analysis.find.locate import node_at
from analysis.read.lexicons import Lexicons
from analysis.read.speech import HAN, Speech
from analysis.schema import Sentence

PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "(": ")", "（": "）", "《": "》", "〈": "〉", "【": "】", "[": "]"}
QUOTES = "“‘「『"
CLOSING = "”’」』)）》〉】]\"'"
END = re.compile(rf"[。！？!?]+|…+|(?<=[{HAN}”’」』)）])\.(?=\s|[{HAN}]|$)")
# What an end mark may be followed by when it stands before a closing mark and the sentence goes on: “…！”的精神.
GOES_ON = tuple("的之、，,；;：:这和等")
# What the scan stops at: an opening mark or an end mark.
_STOPS = re.compile(rf"[{re.escape(''.join(PAIRS))}]|{END.pattern}")
# Longest stretch that a pair of marks may hold together; a quotation longer than that is split like other text.
LONGEST_PAIR = 400


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Sentence]:
    """Sentences in text order, numbered from 1; headings and titles are sentences too."""
    number = 0
    position = 0
    for line in speech.text.splitlines(keepends=True):
        for start, end in _in_line(speech.shadow, position, position + len(line)):
            number += 1
            yield Sentence(speech.speech, number, node_at(found, start), start, end, speech.text[start:end])
        position += len(line)


def sentence_end(line: str, start: int = 0) -> int:
    """Where the sentence that begins at `start` ends, within one paragraph; closing marks belong to it.

    >>> sentence_end("打鐵還得自身硬。關鍵在人。")
    8
    """
    position = start
    while stop := _STOPS.search(line, position):
        if stop.group() in PAIRS:
            closed = line.find(PAIRS[stop.group()], stop.end(), stop.end() + LONGEST_PAIR)
            if closed < 0:
                position = stop.end()
                continue
            position = closed + 1
            in_brackets = stop.group() not in QUOTES
            if not _ends_inside(line, closed) or (in_brackets and line[start : stop.start()].strip()):
                continue
            end = position
        else:
            end = stop.end()
        while end < len(line) and line[end] in CLOSING:
            end += 1
        return end
    return len(line)


def _ends_inside(line: str, closed: int) -> bool:
    """Whether an end mark before the closing mark at `closed` ends the whole sentence: …也要創新。”當前"""
    return line[closed] not in "》〉" and bool(END.match(line[closed - 1])) and not line.startswith(GOES_ON, closed + 1)


def _in_line(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of one line, white space on both sides left out."""
    line = shadow[start:end]
    position = 0
    while position < len(line):
        stop = sentence_end(line, position)
        body = line[position:stop].strip()
        if body:
            left = line.index(body, position)
            yield start + left, start + left + len(body)
        position = stop
