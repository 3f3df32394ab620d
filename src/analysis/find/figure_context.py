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
from analysis.find.figure_phrases import MARKS, Span, cutter_of, pass_links, phrase_before, siblings
from analysis.find.figure_words import NUMERAL_CHARACTERS
from analysis.read.lexicons import Lexicons

_SENTENCE_ENDS = frozenset("。！!？?\n；;")
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
_HARD_BEGINS = tuple("难贵慢")
# Marks but quotation marks, which are passed over.
_PAUSES = lazily(r"[。，,；;：:！!？?\n、（）()‘’『』《》]")
# 6.93萬戶約22萬名困難職工: a count that touches the one before, both of workers.
_NEXT_COUNT = lazily(r"[约近]?\d+(?:\.\d+)?[余多]?[万亿]?[余多]?[名人户家个位](?![次均])")
_NEXT_BEGINS = frozenset("约近0123456789")
_NOTHING_AHEAD = frozenset(("", *"，,。；;：:、）)\r\n \u3000"))
# 第三条第二款, 第三项或者第五项: another reference, no noun.
_NUMBERED_BEGINS = frozenset("第至或")
_NUMBERED = lazily(rf"(?:至|或者?)?第[ ]?[0-9{NUMERAL_CHARACTERS}]{{1,8}}[ ]?[条款项目]")
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
    """Start and end of what the figure measures (empty where unclear), and what the next one may inherit.

    Figures of the kinds UNSAID are not asked about.
    """
    nothing = (one.end, one.end)
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
    end = one.end
    first = shadow[end : end + 1]
    if first in _NEXT_BEGINS and (other := _NEXT_COUNT.match(shadow, end)):
        end = other.end()
        first = shadow[end : end + 1]
    if first in _NOTHING_AHEAD or (first in _NUMBERED_BEGINS and _NUMBERED.match(shadow, end)):
        return None
    if first in _QUOTES and (quoted := _AHEAD_QUOTED.match(shadow, end)):
        return quoted.span(1)
    start = end + 1 if first == "的" else end
    stop = MARKS.search(shadow, start, start + REACH_AHEAD)
    reach, beyond = (stop.start(), 1) if stop else (start + REACH_AHEAD, _BEYOND)
    length = _phrase_after(shadow[start : reach + beyond], reach - start, shadow[slice(*one.unit)] in _OF_THINGS, lexicons)
    return (start, start + length) if length else None


@lru_cache(maxsize=1 << 14)
def _phrase_after(ahead: str, reach: int, of_things: bool, lexicons: Lexicons) -> int:
    """Length of the noun phrase that opens `ahead`, within its first `reach` characters; 0: there is none."""
    cut, parts, known = cutter_of(lexicons)
    place = last = 0
    for word, following in pairwise([*cut(ahead[:reach]), ""]):
        piece = parts[word]
        place += len(word)
        if ahead[place : place + 1] in _HARD_BEGINS and _HARD.match(ahead, place):
            break
        if piece.noun:
            last = place
        elif last:
            if word not in known.ands and not (piece.tag[:1] in ("a", "b") and parts[following].noun):
                break
        elif not (piece.modifier or (of_things and word in known.verbs and parts[following].noun)) and not (
            piece.tag in ("m", "q") and following and _CLASS.match(ahead)
        ):
            break
    last -= last > 3 and ahead[last - 1] in "内间里"
    words = ahead[:last]
    return 0 if words in known.empties or words in known.places else last


def _behind(shadow: str, start: int, lexicons: Lexicons, said: Said) -> tuple[Span, tuple[Span, ...]]:
    """The noun phrase before the number, past words like 高达 and 增长 and at most one comma; else the inherited one."""
    if shadow[start - 1 : start] in _CLOSING and (label := _LABEL_BEFORE.search(shadow[max(0, start - 20) : start])):
        return (start - len(label[0]), start - 1), ()
    begin = max(0, start - REACH_BEHIND, said.end)
    marks: list[int] = []
    for mark in _PAUSES.finditer(shadow, begin, start):
        if mark[0] in _SENTENCE_ENDS:
            begin, marks = mark.end(), []
        else:
            marks.append(mark.start())
    if not marks or "分别" in shadow[begin:start]:
        marks = [begin]
    # From the last mark on and, should that hold but links, from the second last on, beyond which no phrase goes.
    tail = _phrase_at_end(shadow[marks[-1] : start], lexicons)
    if tail.links and marks[-1] > begin:
        tail = _phrase_at_end(shadow[marks[-2] if len(marks) > 1 else begin : start], lexicons)
    if tail.phrase[0] == tail.phrase[1] and tail.whole and said.end == begin and said.place[0] < said.place[1]:
        return said.place, ()
    (first, last), queue = tail.phrase, tail.queue
    return (start + first, start + last), tuple([(start + one, start + other) for one, other in queue])


class _Tail(NamedTuple):
    """The noun phrase at the end of a window and those 分别 queues, by their distance from its end; whether the window holds
    nothing but links, or nothing but these and the phrase."""

    phrase: Span
    queue: tuple[Span, ...]
    links: bool
    whole: bool


@lru_cache(maxsize=1 << 13)
def _phrase_at_end(window: str, lexicons: Lexicons) -> _Tail:
    cut, parts, known = cutter_of(lexicons)
    words = cut(window)
    place, apart = pass_links(words, parts, 0, known)
    links = not words
    phrase = phrase_before(words, parts, place, known)
    whole = not words
    if apart and phrase[0] < phrase[1] and (others := siblings(words, parts, phrase, known)):
        return _Tail(others[0], (*others[1:], phrase), links, whole)
    return _Tail(phrase, (), links, whole)
