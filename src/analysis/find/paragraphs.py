"""Where the paragraphs of a text stand: its lines that are not blank, joined where a line break stands in a sentence.

>>> starts, ends, *_ = paragraphs("各位代表:\\n\\n  根据《\\n宪法\\n》开会。\\n", ((0, 22),))
>>> starts.tolist(), ends.tolist()
([0, 9], [5, 20])

Web pages put each link on a line of its own, old archives cut lines at one width. Such a break is told by what stands
around it: an end mark that is missing, a bracket that is open, a mark or a particle no line begins with. An indented
line, a numbered one and a salutation are never joined to what stands before; when in doubt a line stays a paragraph.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import accumulate, pairwise, repeat
from operator import sub
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find.addresses import salutes
from analysis.find.markers import HEADING_STYLES, ITEM_STYLES, Marker, marker
from analysis.read.codes import Offsets, looked_up, marked, of_last_texts
from analysis.read.kinds import LINE_ENDS, NEVER_FIRST
from analysis.read.speech import BLANKS, Speech

Span = tuple[int, int]

# The line ends are those of str.splitlines.
_BREAK = re.compile(f"\r\n|[{LINE_ENDS}]")
# A paragraph ends in one of these, closing marks or a short remark in brackets behind it; a row of a table in a rule.
ENDS = frozenset("。！？!?；;：:…")
_MARKS, _CLOSING = "。！？!?；;：:….│┤┐┘─|", "”’」』)）】]\"'》"
_ENDED = re.compile(f"[{_MARKS}](?:\\s*[{re.escape(_CLOSING)}]|[（(][^（()）\\n]{{0,60}}[)）])*$")
_LAST = frozenset(_MARKS + _CLOSING)
_SENTENCE = re.compile("[。！？!?][”’」』)）]*[^。！？!?]")
PAIRS = {"《": "》", "“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "〈": "〉", "【": "】"}
_OPENS = {right: left for left, right in PAIRS.items()}
REMARK = 80  # characters behind an end mark that a remark in brackets, such as a source, may take
_GLUED = _OPENS.keys() | {*NEVER_FIRST, "的"}  # no line begins with one
# No line ends in: and, with, reach, or, at, take, by, from, towards, with/in order, according, that of.
_PARTICLES = frozenset("和与及或在把被从向由以据按的")
STOPS = "。！？!?…."  # what may end a sentence
BETWEEN = "\n\n"  # two, so that a line that begins a text has none above it, nor a blank
# What a character may be to a line: a line end, a blank, an end of a sentence, of a paragraph, none to begin a line with.
_LINE_END, _BLANK, _STOP, _END, _NEVER_FIRST = 1, 2, 4, 8, 16
LONGEST_HEADING = 80  # a longer line is running text, heading or not
LONGEST_VERSE = 30  # lines of a poem or of a salutation are shorter and end in a comma
# A text cut at one width: so many of its lines are full and unfinished, and so wide is it at least.
FULL_SHARE, NARROWEST = 0.4, 20


class Paragraphs(NamedTuple):
    """Where each begins and ends, blanks on both sides left out; `whole`: no sentence ends before its last character."""

    starts: Offsets
    ends: Offsets
    whole: npt.NDArray[np.bool_]
    openings: list[Marker]  # the numbering each begins with


class _Lines(NamedTuple):
    """Where lines begin and end, and the numbering they begin with."""

    starts: Sequence[int]
    ends: Sequence[int]
    openings: Sequence[Marker]

    def some(self, first: int, last: int) -> "_Lines":
        """Those of the numbers `first` up to `last`."""
        return _Lines(self.starts[first:last], self.ends[first:last], self.openings[first:last])


def side_by_side(speeches: Sequence[Speech]) -> tuple[str, tuple[Span, ...]]:
    """The shadows of some speeches as one text, and start and end of each: blank lines between them keep their lines apart."""
    begins = accumulate((len(speech.text) + len(BETWEEN) for speech in speeches), initial=0)
    texts = tuple((begin, following - len(BETWEEN)) for begin, following in pairwise(begins))
    return BETWEEN.join(speech.shadow for speech in speeches), texts


@of_last_texts
def paragraphs(shadow: str, texts: tuple[Span, ...]) -> Paragraphs:
    """The paragraphs of some texts, which begin and end at `texts`."""
    signs = looked_up(shadow, _signs())
    starts, ends = _lines(signs)
    firsts = starts.searchsorted([begin for begin, _ in texts])
    asked = (signs[ends[:-1] - 1] & _END == 0) | (signs[starts[1:]] & _NEVER_FIRST != 0)
    asked[firsts[(firsts > 0) & (firsts < len(starts))] - 1] = False
    spans = starts.tolist(), ends.tolist()
    openings = list(map(marker, repeat(shadow), *spans))
    first_of = _joined(shadow, _Lines(*spans, openings), firsts.tolist(), asked.nonzero()[0] + 1)
    joined = np.array(list(first_of), dtype=np.int64)
    for line, first in first_of.items():
        openings[first] = marker(shadow, spans[0][first], spans[1][line])
    openings = [opening for line, opening in enumerate(openings) if line not in first_of] if first_of else openings
    starts, ends, stops = np.delete(starts, joined), np.delete(ends, joined - 1), (signs & _STOP).nonzero()[0]
    return Paragraphs(starts, ends, stops.searchsorted(starts) == stops.searchsorted(ends - 1), openings)


@cache
def _signs() -> npt.NDArray[np.uint8]:
    return marked(
        (_LINE_END, LINE_ENDS), (_BLANK, BLANKS), (_STOP, STOPS), (_END, "".join(ENDS)), (_NEVER_FIRST, "".join(_GLUED))
    )


def _lines(signs: npt.NDArray[np.uint8]) -> tuple[Offsets, Offsets]:
    """Start and end of each line that is not blank, blanks on both sides left out."""
    solid = np.zeros(len(signs) + 2, dtype=np.bool_)
    solid[1:-1] = signs & _BLANK == 0
    edges = (solid[1:] != solid[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    line = (signs & _LINE_END).nonzero()[0].searchsorted(starts)
    return starts[np.diff(line, prepend=-1) != 0], ends[np.diff(line, append=-1) != 0]


def _joined(shadow: str, lines: _Lines, firsts: Sequence[int], asked: Offsets) -> dict[int, int]:
    """Of the lines that may continue the paragraph before them those that do → its first line; each text has its own lines."""
    first_of: dict[int, int] = {}
    bounds = [*firsts, len(lines.starts)]
    of_text = pairwise(asked.searchsorted(bounds).tolist())
    for (first, last), some in zip(pairwise(bounds), of_text, strict=True):
        own = lines.some(first, last)
        width = cache(partial(_width, shadow, own))  # few texts have a line that asks for it
        for place in asked[slice(*some)].tolist():
            begin = first_of.get(place - 1, place - 1)
            if _goes_on(shadow, lines.starts[begin], own, place - first, width):
                first_of[place] = begin
    return first_of


def _width(shadow: str, lines: _Lines) -> int:
    """Length from which a line is full, in a text that was cut at one width; 0 in others."""
    sizes = list(map(sub, lines.ends, lines.starts))
    unfinished = [size for size, end in zip(sizes, lines.ends, strict=True) if shadow[end - 1] not in ENDS]
    if len(unfinished) < max(3, FULL_SHARE * len(sizes)):
        return 0
    width = max(sizes) - 2
    full = sum(size >= width for size in unfinished)
    return width if full >= FULL_SHARE * len(sizes) and width >= NARROWEST else 0


def _goes_on(shadow: str, begin: int, lines: _Lines, place: int, width: Callable[[], int]) -> bool:
    """Whether the line at `place` continues the paragraph before it, which begins at `begin`."""
    stop, start, end, style = lines.ends[place - 1], lines.starts[place], lines.ends[place], lines.openings[place].style
    glued = shadow[start] in _GLUED
    if (glued or shadow[stop - 1] in PAIRS) and not _apart(shadow, stop, start):
        return not glued or _glued(shadow, begin, stop, start)
    if style not in ("", "第一个") or _indented(shadow, start) or _ended(shadow, begin, stop):
        return False  # a numbered line begins something of its own
    running = stop - begin > LONGEST_HEADING or bool(_SENTENCE.search(shadow, begin, stop)) or _indented(shadow, begin)
    if _apart(shadow, stop, start):  # a page ended in the middle of a sentence
        no_title = stop - begin > LONGEST_VERSE or shadow[stop - 1] in "，,、"
        goes_on = running and no_title and (end - start > LONGEST_HEADING or bool(_SENTENCE.search(shadow, start, end)))
    else:
        goes_on = running or _unfinished(shadow, begin, lines, place, width)
    return goes_on and (bool(style) or not salutes(shadow[start:end]))


def _apart(shadow: str, stop: int, start: int) -> bool:
    """Whether a blank line stands between."""
    return start - stop > 1 and len(_BREAK.findall(shadow, stop, start)) > 1


def _ended(shadow: str, begin: int, stop: int) -> bool:
    """Whether a paragraph is finished: a line that ends in a word, as most do that are not, is told at once."""
    return shadow[stop - 1] in _LAST and _ENDED.search(shadow, max(begin, stop - REMARK), stop) is not None


def _glued(shadow: str, begin: int, stop: int, start: int) -> bool:
    """Whether a line that begins with a closing mark, a comma or 的 (of) belongs to the paragraph before it."""
    if left := _OPENS.get(shadow[start]):
        return shadow.rfind(left, begin, stop) > shadow.rfind(shadow[start], begin, stop)
    return shadow[start] != "的" or not (shadow.startswith("的确", start) or _ended(shadow, begin, stop))


def _indented(shadow: str, start: int) -> bool:
    """Whether blanks stand before a line, or on a line of their own above it."""
    before = start - 1 - (shadow[start - 1 : start] == "\n")
    return before >= 0 and shadow[before] in " \t\u3000"


def _unfinished(shadow: str, begin: int, lines: _Lines, place: int, width: Callable[[], int]) -> bool:
    """Whether a paragraph without an end mark goes on in a line that may as well be a new one."""
    starts, ends = lines.starts, lines.ends
    stop, start, end = ends[place - 1], starts[place], ends[place]
    size = stop - starts[place - 1]
    opening = marker(shadow, begin, stop)
    if opening.style in ITEM_STYLES and opening.style != "条" and opening.length == stop - begin:
        return True  # 第二、 on a line of its own
    if width() and size >= width():
        return True
    if shadow[stop - 1] in "，,、":
        return max(size, end - start) > LONGEST_VERSE
    following = starts[place + 1] if place + 1 < len(starts) else start
    glued = following > end and shadow[following] in _GLUED and shadow[end - 1] not in ENDS
    heading = opening.style in HEADING_STYLES
    return (
        glued and not heading and (shadow[stop - 1] in _PARTICLES or stop - begin > LONGEST_VERSE or "，" in shadow[begin:stop])
    )
