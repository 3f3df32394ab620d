"""What a figure measures: the phrase of its clause it is said of.

農民工入會率高達91.73% → 農民工入會率; 解決5910名的困難職工 → 困難職工; 財政收入6.13萬億元，增長19.5% → 財政收入, twice.

The phrase is a stretch of the text itself, found by the cutter's parts of speech; it stays empty rather than be guessed.
Grammar beyond neighbouring words is not read: a subject two clauses back is not found.
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from analysis.find.figure_amounts import Candidate
from analysis.find.figure_patterns import lazily
from analysis.find.figure_phrases import MARKS, Span, cut, pass_links, phrase_before, piece_of, pieces_of, roles, siblings
from analysis.read.lexicons import Lexicons

_SENTENCE_ENDS = lazily(r"[。！!？?\n；;]")
# How far a phrase is looked for, in characters: two clauses; and how far beyond it what ends it is told.
REACH_BEHIND, REACH_AHEAD = 40, 16
_BEYOND = 3
_QUOTES = "“「『"
_AHEAD_QUOTED = lazily(r"[“「『]([^“”「」『』，。\n]{2,12})[”」』]")
# “一喷多促”3831万亩: the label itself.
_CLOSING = tuple("”」』")
_LABEL_BEFORE = lazily(r"(?<=[“「『])[^“”「」『』，。\n]{2,16}[”」』]$")
# 子女上學難的問題: what is hard is no part of who is counted.
_HARD = lazily("[难贵慢](?=[的、，,。]|问题)")
# Marks but quotation marks, which are passed over.
_PAUSES = lazily(r"[。，,；;：:！!？?\n、（）()‘’『』《》]")
_NEXT_COUNT = lazily(r"[约近]?\d+(?:\.\d+)?[余多]?[万亿]?[余多]?[名人户家个位](?![次均])")
_NEXT_BEGINS = "约近0123456789"
_NOTHING_AHEAD = ("", *"，,。；;：:、）)\r\n \u3000")
# 千亿级产业集群: a class, not a number.
_CLASS = lazily("[十百千万亿]{1,3}元?级")
# 三十三个建设项目: after these a verb describes the thing; after 人 it tells what persons do.
_OF_THINGS = tuple("个项件所座处条类种批家")
# Kinds that are said of nothing.
UNSAID = frozenset(("date", "duration"))
_RANK_UNITS = ("位", "名", "")


class Said(NamedTuple):
    """What the figure before measured: inherited by 增长19.5% after 财政收入6.13万亿元; `queue` serves 分别."""

    end: int = -1
    place: Span = (0, 0)
    queue: tuple[Span, ...] = ()


def measured(shadow: str, one: Candidate, lexicons: Lexicons, said: Said) -> tuple[Span, Said]:
    """Start and end of what the figure measures (empty where unclear), and what the next one may inherit."""
    nothing = (one.end, one.end)
    if one.kind in UNSAID:
        return nothing, said
    if one.kind == "ordinal":
        return (_ordinal(shadow, one, lexicons, said) or nothing), said
    queue: tuple[Span, ...] = ()
    if said.queue and shadow[said.end : one.start] in ("、", "和", "，", ",", "以及", "与"):
        place, queue = said.queue[0], said.queue[1:]
    elif one.kind == "count" or shadow.startswith("的", one.end):
        place = _ahead(shadow, one, lexicons) or nothing
        if place == nothing:
            place, queue = _behind(shadow, one.start, lexicons, said)
    else:
        place, queue = _behind(shadow, one.start, lexicons, said)
        if place[0] == place[1]:
            place = _ahead(shadow, one, lexicons) or nothing
    return place if place[0] < place[1] else nothing, Said(one.end, place, queue)


def _ordinal(shadow: str, one: Candidate, lexicons: Lexicons, said: Said) -> Span | None:
    """第三位 ranks what stands before it, 第一个 counts what follows."""
    if shadow[slice(*one.unit)] in _RANK_UNITS:
        return _behind(shadow, one.start, lexicons, said)[0] or None
    return _ahead(shadow, one, lexicons)


def _ahead(shadow: str, one: Candidate, lexicons: Lexicons) -> Span | None:
    """The noun phrase that follows directly or after 的: modifiers, then nouns up to the first other word."""
    end = _after_next(shadow, one.end)
    first = shadow[end : end + 1]
    if first in _NOTHING_AHEAD:
        return None
    if first in _QUOTES and (quoted := _AHEAD_QUOTED.match(shadow, end)):
        return quoted.span(1)
    start = end + 1 if first == "的" else end
    stop = MARKS.search(shadow, start, start + REACH_AHEAD)
    reach = stop.start() if stop else start + REACH_AHEAD
    length = _phrase_after(shadow[start : reach + _BEYOND], reach - start, shadow[slice(*one.unit)] in _OF_THINGS, lexicons)
    return (start, start + length) if length else None


@lru_cache(maxsize=1 << 12)
def _phrase_after(ahead: str, reach: int, of_things: bool, lexicons: Lexicons) -> int:
    """Length of the noun phrase that opens `ahead`, within its first `reach` characters; 0: there is none."""
    known = roles(lexicons)
    place = last = 0
    for word, following in pairwise([*cut(ahead[:reach], lexicons), ""]):
        piece = piece_of(word, lexicons)
        place += len(word)
        if _HARD.match(ahead, place):
            break
        if piece.noun:
            last = place
        elif last:
            if word not in known.ands and not (piece.tag[:1] in ("a", "b") and piece_of(following, lexicons).noun):
                break
        elif not (piece.modifier or (of_things and word in known.verbs and piece_of(following, lexicons).noun)) and not (
            piece.tag in ("m", "q") and following and _CLASS.match(ahead)
        ):
            break
    last -= last > 3 and ahead[last - 1] in "内间里"
    words = ahead[:last]
    return 0 if words in known.empties or words in known.places else last


def _after_next(shadow: str, end: int) -> int:
    """Past a count that touches this one: 6.93萬戶約22萬名困難職工 counts workers twice."""
    match = _NEXT_COUNT.match(shadow, end) if shadow[end : end + 1] in _NEXT_BEGINS else None
    return match.end() if match else end


def _behind(shadow: str, start: int, lexicons: Lexicons, said: Said) -> tuple[Span, tuple[Span, ...]]:
    """The noun phrase before the number, past words like 高达 and 增长 and at most one comma; else the inherited one."""
    if shadow[start - 1 : start] in _CLOSING and (label := _LABEL_BEFORE.search(shadow[max(0, start - 20) : start])):
        return (start - len(label[0]), start - 1), ()
    begin = max(0, start - REACH_BEHIND, said.end)
    for mark in _SENTENCE_ENDS.finditer(shadow, begin, start):
        begin = mark.end()
    known = roles(lexicons)
    for clauses in _last_clauses(shadow[begin:start]):
        pieces = pieces_of(clauses, lexicons)
        place, apart = pass_links(pieces, start, known)
        if pieces:
            break
    phrase = phrase_before(pieces, place, known)
    if phrase[0] == phrase[1]:
        inherits = said.end == begin and said.place[0] < said.place[1] and not pieces
        return (said.place if inherits else phrase), ()
    if apart and (others := siblings(pieces, phrase, known)):
        return others[0], (*others[1:], phrase)
    return phrase, ()


def _last_clauses(window: str) -> tuple[str, ...]:
    """The window from its last mark on and, should that hold but links, from the second last on, beyond which no phrase goes.

    Where 分别 (respectively) tells of several, all of it.
    """
    marks = [mark.start() for mark in _PAUSES.finditer(window)]
    if not marks or "分别" in window:
        return (window,)
    return window[marks[-1] :], window[marks[-2] :] if len(marks) > 1 else window
