"""Figures: the numbers a speech quotes, as exact values with unit, kind, bound and what they measure.

農民工入會率高達91.73% → percent, 91.73, %, exact, measures 農民工入會率.

It does not take for figures: list markers, idioms and names with numerals (data/lexicons/idioms.csv), numerals inside
quoted labels (“三嚴三實”), 一個 as an article, zero-words. A numeral it cannot read becomes a Leftover.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from analysis.find import Columns, Found
from analysis.find.columnar import Coded
from analysis.find.figure_amounts import Candidate, Text, Unread
from analysis.find.figure_context import UNSAID, Said, measured
from analysis.find.figure_guards import HAN_BEGINS, HAN_ENDS, LAST_LETTER, blocked_end, dropped, is_figure, unread_reason
from analysis.find.figure_patterns import lazily
from analysis.find.figure_places import LONGEST_PERIOD, PLACE, Span, labels, noise_end
from analysis.find.figure_short import Reading, Short, reader, short_at
from analysis.find.figure_status import UNTOLD, parts, status_at
from analysis.find.figure_words import NUMERAL_CHARACTERS, after_rank, idiom_end, words
from analysis.find.locate import nodes_at, sentences_at
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.schema import Leftover

_WIDE_COMMA = lazily("，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")
_TIMES_TWO = lazily("翻了?$")
# 两年零三个月: two lengths of time, joined.
_ZERO_BETWEEN = lazily("[年月岁天周][零](?=[0-9一二三四五六七八九十])")
_NOTHING_MORE = (sys.maxsize, sys.maxsize)
_CURRENCY = lazily(r"(?:(?:US|HK|NT|A|C)?[$¥￥€£₩₽]|RMB|USD|NTD)[ ]?$")
_MINUS = lazily(r"(?:^|[^\w%)）−-])([-−])$")
_MINUS_AFTER_WORD = lazily(r"(?:^|[^\W\da-zA-Z_])([-−])$")
_MINUS_WORD = lazily("(?<![肩担背抱胜自辜欠正承身])(负|零下)[ ]?$")
# What a sign ends with; a blank may follow.
_SIGN_ENDS = frozenset("$¥￥€£₩₽BD-−负下")
# Words that what follows may change: 初三 is a day, 负三 below zero, and a numeral part of a longer one.
_GOES_ON = frozenset(f"初其负下{NUMERAL_CHARACTERS}")
_DATE_ENDS = tuple("0123456789年月日")


def find(speech: Speech, found: Found, lexicons: Lexicons) -> tuple[Columns, list[Leftover]]:
    """Figures in text order, and the numerals that cannot be read."""
    return next(find_each([speech], [found], lexicons))


def find_each(
    speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons
) -> Iterator[tuple[Columns, list[Leftover]]]:
    """The columns and leftovers of each speech, as `find` gives them.

    One question is asked of all figures before the next one: what it is answered by stays in the processor's cache.
    """
    read, known = reader(lexicons), words(lexicons)
    read_in = [list(_candidates(Text(_grouped(one), known), read)) for one in speeches]
    figures = [[one for one in ones if isinstance(one, Candidate)] for ones in read_in]
    measures = [_measured(speech.shadow, ones, lexicons) for speech, ones in zip(speeches, figures, strict=True)]
    statuses = [_statuses(speech.shadow, ones) for speech, ones in zip(speeches, figures, strict=True)]
    columns = map(_columns, speeches, founds, figures, measures, statuses)
    for speech, ones, told in zip(speeches, read_in, columns, strict=True):
        yield told, [_leftover(speech, one) for one in ones if isinstance(one, Unread)]


def _measured(shadow: str, figures: Iterable[Candidate], lexicons: Lexicons) -> list[Span]:
    """Start and end of what each figure of a speech measures."""
    said, places = Said(), []
    for one in figures:
        place = (one.end, one.end)
        if one.kind not in UNSAID:
            place, said = measured(shadow, one, lexicons, said)
        places.append(place)
    return places


def _statuses(shadow: str, figures: Iterable[Candidate]) -> list[str]:
    """Whether each figure of a speech is achieved, a target, a rule or none of these."""
    openings, statuses = [(-1, ""), *parts(shadow)], []
    for one in figures:
        status = "other"
        if one.kind not in UNTOLD:
            part = openings[bisect_right(openings, (one.start, "~")) - 1][1]
            status = status_at(shadow, one.start, one.kind, part)
        statuses.append(status)
    return statuses


def _columns(
    speech: Speech, found: Found, figures: Sequence[Candidate], measures: Sequence[Span], statuses: Sequence[str]
) -> Columns:
    text = speech.text
    starts, ends, kinds, lows, highs, units, bounds = zip(*figures, strict=True) if figures else [()] * len(Candidate._fields)
    begins = np.array(starts, np.int64)
    return {
        "speech": Coded([speech.speech], np.zeros(len(figures), np.int32)),
        "sentence": sentences_at(found, begins),
        "node": nodes_at(found, begins),
        "start": begins,
        "end": np.array(ends, np.int64),
        "text": [text[start:end] for start, end in zip(starts, ends, strict=True)],
        "kind": list(kinds),
        "value": list(lows),
        "value_high": list(highs),
        "unit": [_unit(speech, kind, *unit) for kind, unit in zip(kinds, units, strict=True)],
        "bound": list(bounds),
        "measures": [text[start:end] for start, end in measures],
        "status": list(statuses),
    }


def _unit(speech: Speech, kind: str, start: int, end: int) -> str:
    """A unit as written, but % for every way of writing per cent."""
    read = speech.shadow[start:end]
    return "%" if kind == "percent" and (read == "%" or "之" in read) else speech.text[start:end]


def _leftover(speech: Speech, one: Unread) -> Leftover:
    return Leftover(speech.speech, one.start, one.end, speech.text[one.start : one.end], "figures", one.reason)


def _grouped(speech: Speech) -> str:
    """The shadow, with the full-width commas of １１１，１１１ as half-width ones; elsewhere they end a clause."""
    commas = [match.start() for match in _WIDE_COMMA.finditer(speech.text)] if "，" in speech.text else []
    if not commas:
        return speech.shadow
    characters = list(speech.shadow)
    for place in commas:
        characters[place] = ","
    return "".join(characters)


def _candidates(text: Text, read: Short) -> Iterator[Candidate | Unread]:
    """Everything that reads as a figure and is one."""
    shadow, known = text.shadow, text.known
    quoted = labels(shadow)
    label = next(quoted, _NOTHING_MORE)
    position = last = 0
    search = PLACE.search
    while place := search(shadow, position):
        first, after = place.span()
        if place.lastindex:  # a list marker
            position = after
            continue
        while label[1] <= first:
            label = next(quoted, _NOTHING_MORE)
        character = shadow[first]
        if character in shadow[after : after + LONGEST_PERIOD] and (end := noise_end(shadow, first)):
            yield Unread(first, end, "the same few characters over and over")
            position = last = end
            continue
        if character == "零" and first and _ZERO_BETWEEN.match(shadow, first - 1):
            position = first + 1
            continue
        left = shadow[first - 1] if first else "\n"
        beside_word = HAN_BEGINS <= left < HAN_ENDS and left not in _GOES_ON
        one: Reading = None
        sure = False
        if beside_word:
            one, sure = short_at(text, first, read)
        if not sure or label[0] <= first:
            end = blocked_end(shadow, first)
            if label[0] <= first:
                end = max(end, label[1])
            if end:
                position = end
                continue
        start = first
        if not beside_word:
            if first > last and (shadow[first - 2 : first - 1] if left == " " else left) in _SIGN_ENDS:
                start = _signed(shadow, first, last)
            one, sure = short_at(text, start, read)
            sure = sure and start == first and left > LAST_LETTER
        numeral = after_rank(shadow, first) if character == "第" else first
        idiom = None if sure else idiom_end(known, shadow, numeral, first)
        if one is None or (idiom and idiom >= one.end and not _counted(shadow, one, first, idiom)):
            position = max(idiom or 0, after, start + 1)
            continue
        if isinstance(one, Unread):
            position = one.end
            if reason := unread_reason(shadow, one):
                yield one._replace(reason=reason)
            continue
        position = max(one.end, after)
        if sure or is_figure(shadow, one, first):
            yield one if one.start >= last else one._replace(start=last)
            last = one.end
        elif reason := dropped(shadow, one):
            yield Unread(one.start, one.end, reason)


def _counted(shadow: str, one: Candidate | Unread, numeral: int, idiom: int) -> bool:
    """上千万 and 翻一番 are numbers, though 千万 (by all means) and 一番 (a bout of) are not."""
    if not isinstance(one, Candidate):
        return False
    scale = one.start < numeral and idiom == one.end and not shadow[numeral:idiom].strip("百千万亿")
    return scale or (one.kind == "multiple" and bool(_TIMES_TWO.search(shadow[max(0, one.start - 2) : one.start])))


def _signed(shadow: str, start: int, last: int) -> int:
    """Where a figure starts that a sign or the sign of a currency precedes."""
    left = shadow[max(last, start - 5) : start]
    if match := _CURRENCY.search(left):
        start -= len(left) - match.start()
        left = left[: match.start()]
    if (match := _MINUS.search(left) or _MINUS_AFTER_WORD.search(left) or _MINUS_WORD.search(left)) and not (
        match[1] in "-−" and left[match.start(1) - 1 : match.start(1)] in _DATE_ENDS
    ):
        return start - (len(left) - match.start(1))
    return start
