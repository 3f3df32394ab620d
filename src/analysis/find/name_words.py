"""The words of a speech as the finders of names need them, and the listed names among them.

>>> from analysis.read.lexicons import load
>>> list(cut("确保全总改革", load()).between(0, 6))
['确保', '全总', '改革']

Words are cut without guesses, so that an unknown name lies in single characters; listed names stay whole. Only
where words begin and end is kept: of most words no finder asks more. A clause where nothing hints at a name is not cut.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from math import log
from typing import Any, NamedTuple, TypeVar

import numpy as np

from analysis.find.cutter import cutter
from analysis.find.dictionary import dictionary
from analysis.find.name_hints import Hints, hints, worth_cutting
from analysis.find.name_known import known_in
from analysis.find.name_lists import (
    AREAS,
    LAND,
    PLACE,
    gazetteer,
    listed,
    titled_persons,
)
from analysis.find.name_marks import STOP, Marks, marks
from analysis.find.spans import Flags, Span, Spans, spread
from analysis.read.codes import Offsets, codes_of, text_of
from analysis.read.lexicons import Lexicons

Placed = TypeVar("Placed", bound=tuple[Any, ...])

# Count a listed name has at least when it is weighed against the words it would cut across, so that 确保全总 is 确保|全总
# (make sure the federation) and not 确|保全|总: jieba counts 全总 31 times.
LEAST_COUNT = 2000
# Words that jieba's dictionary was counted in: the sum of its counts.
CORPUS = 60_101_967
# A name that cuts across more characters than this cuts across no words but a run of letters or digits.
LONGEST_WINDOW = 24
# Stops between texts that are searched together: more than any pattern or hint looks across.
BETWEEN = 100
_SURROGATE = re.compile("[\ud800-\udfff]")

# Listed names that are other words before these: 比赛中共获得 is 中 (in) and 共 (altogether), 大同世界 a world of great harmony.
_NOT_BEFORE = {
    "中共": re.compile("[获有计建完发投产查取收新举召开]"),
    "大同": re.compile("世界|理想|社会|小异"),
    # 中央组织 central organisations.
    "中央": re.compile("组织(?!部)|委员(?!会)|工作会议"),
    # 中国特色社会主义 and 中国梦 are doctrines.
    "中国": re.compile("特色|梦|式现代化"),
}
# Words that the end of a name may be the beginning of: 卫生|部门 health departments, 中央|委员 members of the committee.
_WORD_ACROSS = frozenset(("部门", "委员", "会议", "部队"))
# ... and after these: 世界大同.
_NOT_AFTER = {"大同": ("世界", "天下"), "共产党": ("各国", "两国", "外国", "国家的")}


class Words(NamedTuple):
    """One or more shadows as one, where words begin and end, the marks of the characters, and where names may stand."""

    shadow: str
    texts: Sequence[Span]  # where each shadow stands
    edges: bytearray  # 1 where a word starts or the text ends, 0 beyond it
    cuts: Flags  # the edges as an array
    marks: Marks
    names: Mapping[int, Sequence[str]]  # those of the gazetteer that stand at a place, longest first
    hints: Hints
    tails: Offsets  # stops, and last characters of words that end like a body or a facility

    def end(self, start: int) -> int:
        """Where the word that starts there ends."""
        return self.edges.find(1, start + 1)

    def begin(self, end: int) -> int:
        """Where the word that ends there starts; -1 before the first."""
        return self.edges.rfind(1, 0, end) if end > 0 else -1

    def word(self, start: int) -> str:
        """The word that starts there."""
        return self.shadow[start : self.edges.find(1, start + 1)]

    def standing(self, offsets: Offsets) -> Offsets:
        """Those offsets where a word starts."""
        return offsets[self.cuts[offsets]]

    def between(self, start: int, end: int) -> Iterator[str]:
        """The words from one edge to another."""
        while start < end:
            stop = self.edges.find(1, start + 1)
            yield self.shadow[start:stop]
            start = stop


def tail_after(words: Words, offsets: Sequence[int] | Offsets, within: int) -> list[bool]:
    """For each offset whether a word ends like a body or a facility at most so many characters later, no stop between."""
    at = np.asarray(offsets, dtype=np.int64)
    # Beyond the text stands a stop.
    following = words.tails[np.searchsorted(words.tails, at)]
    found: list[bool] = ((following - at <= within) & (words.marks.characters[following] & STOP == 0)).tolist()
    return found


class Candidate(NamedTuple):
    """A stretch that a finder takes for a name; the longest of those that overlap becomes a row."""

    start: int
    end: int
    kind: str
    name: str
    role: tuple[int, int] = (0, 0)


def cut(shadow: str, lexicons: Lexicons) -> Words:
    """The words of a shadow; the names of the lexicons stay whole."""
    return cut_together([shadow], lexicons)


def cut_together(shadows: Sequence[str], lexicons: Lexicons) -> Words:
    """The words of some shadows as of one text, with NUL between them: for short ones that costs half as much."""
    shadow = (BETWEEN * "\0").join(shadows)
    begins = accumulate((len(before) + BETWEEN for before in shadows[:-1]), initial=0)
    texts = [(begin, begin + len(one)) for begin, one in zip(begins, shadows, strict=True)]
    marked = marks(shadow, lexicons)
    known = known_in(shadow, lexicons)
    told = hints(shadow, marked, known, lexicons)
    edges = bytearray(len(marked.codes))
    cuts = np.frombuffer(edges, dtype=np.bool_)
    cuts[_word_ends(shadow, *worth_cutting(told, marked, len(shadow)), lexicons)] = True
    cuts[0] = True
    parted = _before_titles(shadow, edges, cuts, told.title_ends, lexicons)
    _keep_whole(shadow, edges, known.names, lexicons)
    cuts[parted] = True
    ends = told.ends[:-1]
    tails = ends[cuts[ends + 1] | (marked.characters[ends] & STOP != 0)]
    return Words(shadow, texts, edges, cuts, marked, known.names, told, tails)


def by_text(words: Words, found: Sequence[Placed]) -> Iterator[Sequence[Placed]]:
    """What was found, in order of start, by the text in which it starts."""
    begins = [bisect_left(found, (begin,)) for begin, _ in words.texts]
    return map(found.__getitem__, map(slice, begins, [*begins[1:], len(found)]))


def _word_ends(shadow: str, worth: Spans, stops: Offsets, lexicons: Lexicons) -> Offsets:
    """Where the words of the stretches that are worth it end, and before and after all stops and marks."""
    places = np.flatnonzero(spread(True, worth, len(shadow)))
    pieces = _pieces(text_of(codes_of(shadow)[places]), lexicons)
    ends = np.cumsum(np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces)))
    return np.concatenate([places[ends - 1] + 1, stops, stops + 1, [len(shadow)]])


def _pieces(text: str, lexicons: Lexicons) -> list[str]:
    try:
        found: list[str] = cutter(lexicons).cut(text, False)
    except UnicodeEncodeError:  # a lone surrogate, half of a broken character
        found = cutter(lexicons).cut(_SURROGATE.sub("\0", text), False)
    return found


def _keep_whole(shadow: str, edges: bytearray, names: Mapping[int, Sequence[str]], lexicons: Lexicons) -> None:
    """Put together listed names that the cutter took apart: 确|保全|总 becomes 确保|全总."""
    in_lists, free = listed(lexicons), 0
    for place, standing in names.items():
        if place < free:
            continue
        for name in filter(in_lists.__contains__, standing):
            end = place + len(name)
            if shadow[end - 1 : end + 1] in _WORD_ACROSS:
                continue
            if not (edges[place] and edges[end]):
                first, last = edges.rfind(1, 0, place + 1), edges.find(1, end)
                if last - first > LONGEST_WINDOW or not _likelier(shadow[first:last], place - first, name, lexicons):
                    continue
                for offset in _stops(shadow[first:place], lexicons):
                    edges[first + offset] = 1
                for offset in _stops(shadow[end:last], lexicons):
                    edges[end + offset] = 1
                edges[place] = edges[end] = 1
            edges[place + 1 : end] = bytes(len(name) - 1)
            free = end
            break


def _before_titles(shadow: str, edges: bytearray, cuts: Flags, ends: Offsets, lexicons: Lexicons) -> list[int]:
    """Where a title begins inside a word, because jieba has it as one with a person's name (布希|总统)."""
    known, found = titled_persons(lexicons), []
    ends = ends[ends >= 4]
    for end in ends[cuts[ends] & ~(cuts[ends - 1] | cuts[ends - 2] | cuts[ends - 3])].tolist():
        word = shadow[edges.rfind(1, 0, end) : end]
        if word in known:
            found.append(end - known[word])
    return found


@lru_cache(maxsize=65536)
def _likelier(window: str, start: int, name: str, lexicons: Lexicons) -> bool:
    """Whether whole words cut as the dictionary has them are less likely than the name with what it leaves of them."""
    words = cutter(lexicons).cut(window, False)
    rest = [word for part in (window[:start], window[start + len(name) :]) for word in cutter(lexicons).cut(part, False)]
    least = 1 if listed(lexicons)[name][0] == PLACE and len(name) == 2 else LEAST_COUNT
    whole = log(max(least, dictionary().get(name, (0, ""))[0]) / CORPUS)
    return whole + sum(map(_log_share, rest)) > sum(map(_log_share, words))


def _log_share(word: str) -> float:
    """Log share of a word in jieba's corpus; an unknown one counts as met once."""
    return log(max(1, dictionary().get(word, (0, ""))[0]) / CORPUS)


def _stops(part: str, lexicons: Lexicons) -> list[int]:
    """Where the words of a part end."""
    return list(accumulate(map(len, cutter(lexicons).cut(part, False))))


def _ends(words: Words, end: int, name: str) -> bool:
    """Whether a name may end there: at the end of a word, or before 上 (on) and the like, as in 太平岛|上."""
    if words.shadow[end - 1 : end + 1] in _WORD_ACROSS:
        return False
    if words.edges[end]:
        return not (name in _NOT_BEFORE and _NOT_BEFORE[name].match(words.shadow, end))
    return len(name) > 2 and name[-1] in AREAS + LAND and words.shadow[end] in "上内里外境城沿"


def known_names(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Every stretch of whole words that the gazetteer knows, longest at each start."""
    known, shadow = gazetteer(lexicons), words.shadow
    for start in words.standing(words.hints.known).tolist():
        for name in words.names[start]:
            if _ends(words, start + len(name), name):
                if name in _NOT_AFTER and shadow.endswith(_NOT_AFTER[name], 0, start):
                    break
                kind, canonical = known[name]
                yield Candidate(start, start + len(name), kind, canonical)
                break
