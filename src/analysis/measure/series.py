"""Parallel series: members on end that begin with the same words (一年來,… five times), or items that end alike.

>>> series(tables)[["words", "n", "text"]]                                # doctest: +SKIP

A series may run over sentences, clauses or items, never over the end of a paragraph. Counted, not judged.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.find.dictionary import dictionary
from analysis.measure.rhythm import CLAUSE
from analysis.read.script import shadow
from analysis.read.speech import n_han

if TYPE_CHECKING:
    from analysis.tables import Tables

# Weaker and weaker marks: a series may run over sentences, clauses or items.
LEVELS = (re.compile("[^。！!？?；;：:\n]+"), re.compile("[^。！!？?；;：:，,\n]+"), re.compile("[^。！!？?；;：:，,、\n]+"))
# A series has this many members at least.
SERIES = 3
# and so many where they begin with one character alike (是…之年,是…之年), which three clauses do by chance.
SERIES_OF_ONE = 4
# Sentences that begin with 要 (must) follow each other in every speech that gives tasks: no figure of speech.
NO_OPENER = frozenset("要")
LONGEST_OPENER = 6
_OPENING_MARKS = re.compile("[\\s“‘「『(（]*(?:[一二三四五六七八九十]+[是要、])?")

Found = tuple[int, int, str, tuple[int, int], int]  # start, end, kind, place of the words shared, members


def series(tables: "Tables", *, least: int = SERIES) -> pd.DataFrame:
    """One row per parallel series: members on end that begin with the same words, or (items) end with the same character.

    kind: opening (一年來,…;一年來,…) or ending (機關化、行政化、貴族化); `words` is what they share, `n` how many members.
    """
    types = {
        "speech": "string",
        "start": "Int64",
        "end": "Int64",
        "text": "string",
        "kind": "string",
        "words": "string",
        "n": "Int64",
    }
    rows = []
    for speech in tables.speeches["speech"]:
        text = tables.texts[speech]
        plain = shadow(text)
        openings = [
            run
            for level in LEVELS
            for alike, members in ((2, least), (1, max(least, SERIES_OF_ONE)))
            for run in _openings(plain, level, alike, members)
        ]
        found = [*openings, *_endings(plain, least)]
        for start, end, kind, words, n in _outermost(found):
            rows.append((speech, start, end, text[start:end], kind, text[words[0] : words[1]], n))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def _openings(plain: str, level: re.Pattern[str], alike: int, least: int) -> Iterator[Found]:
    """Series of members on end that begin alike, by `alike` characters or more; members are cut at marks of one level."""
    members = []
    for match in level.finditer(plain):
        opening = _OPENING_MARKS.match(plain, match.start())
        start = opening.end() if opening else match.start()
        if start < match.end():
            members.append((start, match.end()))
    first = 0
    for place in range(1, len(members) + 1):
        here = members[place] if place < len(members) else None
        # A paragraph ends a series.
        joined = here and "\n" not in plain[members[place - 1][1] : here[0]]
        if not (joined and here and _alike(plain, members[first], here) >= alike):
            yield from _opening_series(plain, members, (first, place), least)
            first = place


def _opening_series(plain: str, members: Sequence[tuple[int, int]], span: tuple[int, int], least: int) -> Iterator[Found]:
    """The series of the members of `span`; the one before joins if it says the same words later: 在著力…、著力…、著力…

    One character is enough for that between items only: 一支有情懷、有能力、有擔當.
    """
    first, last = span
    run = members[first:last]
    if len(run) < 2:
        return
    alike = min(_alike(plain, run[0], other) for other in run[1:])
    start, n = run[0][0], len(run)
    if alike == 1 and plain[start] in NO_OPENER:
        return
    if "。" in plain[start : run[-1][1]] and _is_topic(plain[start : start + alike]):
        return
    gap = plain[members[first - 1][1] : start] if first else "\n"
    if "\n" not in gap and (alike > 1 or gap[:1] == "、"):
        before = plain.rfind(plain[start : start + alike], *members[first - 1])
        start, n = (before, n + 1) if before >= 0 else (start, n)
    if n >= least:
        yield start, run[-1][1], "opening", (run[0][0], run[0][0] + alike), n


def _is_topic(words: str) -> bool:
    """Whether whole sentences that begin so only speak of one thing (企业…。企业…。), which is no figure of speech."""
    known = dictionary()
    first = next((words[:n] for n in range(len(words), 0, -1) if words[:n] in known), "")
    return known.get(first, (0, ""))[1].startswith(("n", "b", "vn"))


def _alike(plain: str, first: tuple[int, int], other: tuple[int, int]) -> int:
    """How many characters two members begin with in common; marks and letters end it."""
    n = 0
    while n < min(LONGEST_OPENER, first[1] - first[0], other[1] - other[0]) and plain[first[0] + n] == plain[other[0] + n]:
        if not n_han(plain[first[0] + n]):
            break
        n += 1
    return n


def _endings(plain: str, least: int) -> Iterator[Found]:
    """Items of one length (two to six characters) joined by 、 that end with the same character: 经常化、制度化、规范化."""
    run: list[tuple[int, int]] = []
    before = (0, 0)
    for here in [*((m.start(), m.end()) for m in CLAUSE.finditer(plain)), (len(plain), len(plain))]:
        fits = run and plain[run[-1][1] : here[0]] == "、" and plain[here[1] - 1] == plain[run[0][1] - 1]
        if not (fits and here[1] - here[0] == run[0][1] - run[0][0]):
            if len(run) >= least - 1 and (run := _with_first(plain, run, before)) and len(run) >= least:
                yield run[0][0], run[-1][1], "ending", _common_ending(plain, run), len(run)
            before = run[-1] if run else before
            run = []
        if 2 <= here[1] - here[0] <= LONGEST_OPENER:
            run.append(here)
        elif not run:
            before = here


def _common_ending(plain: str, run: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Place of the characters that all items end with, in the first of them: 意识 of 大局意识、责任意识."""
    start, end = run[0]
    n = 1
    while n < end - start - 1 and len({plain[item[1] - n - 1] for item in run}) == 1:
        n += 1
    return end - n, end


def _with_first(plain: str, run: list[tuple[int, int]], before: tuple[int, int]) -> list[tuple[int, int]]:
    """The run with the item before it, if that is one more with words before it: 職工的知情權、參與權、表達權."""
    length = run[0][1] - run[0][0]
    longer = before[1] - before[0] > length and plain[before[1] : run[0][0]] == "、"
    alike = longer and plain[before[1] - 1] == plain[run[0][1] - 1]
    return [(before[1] - length, before[1]), *run] if alike else run


def _weight(series: Found) -> tuple[bool, int, int, int, str]:
    start, end, kind, words, n = series
    return words[1] - words[0] == 1 and kind == "opening", -n, start - end, start, kind


def _outermost(found: list[Found]) -> list[Found]:
    """Series in text order; of those that overlap the one that shares more than a character, with more members, the longer."""
    kept: dict[str, list[Found]] = {}
    for here in sorted(set(found), key=_weight):
        # Series of one kind that are kept do not overlap, so only the neighbours have to be looked at.
        others = kept.setdefault(here[2], [])
        place = bisect_left(others, here)
        if all(other[1] <= here[0] or other[0] >= here[1] for other in others[max(0, place - 1) : place + 1]):
            others.insert(place, here)
    return sorted(row for others in kept.values() for row in others)
