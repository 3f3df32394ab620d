"""Passages that two speeches share, word for word or lightly edited, in either script.

Exact strings of SEED characters (punctuation and blanks skipped, Simplified) are looked up in one index of all speeches,
joined to chains where they follow each other in both speeches, and the edited stretches between and around them aligned
(Broder 1997 for the strings, Smith & Waterman 1981 for the alignment). A passage is reported from LEAST agreeing
letters, from LEAST_EXACT where it was hardly edited: shorter agreements are formulas of the trade. Longer formulas, which all reports of one year share, are reported
too, for they are shared; `n_speeches` tells them: three fifths of the passage's strings (THEIRS) stand in so many speeches at
most. What two speeches share and no third one has was passed on between them, or has one source; what three or more have
(from FORMULA on) is a formula (套話), as are thanks and wishes that every report words in nearly the same way. It says what is shared, not who took it from whom.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.measure.alignment import aligned, reach
from analysis.read.script import shadow
from analysis.read.speech import n_han
from analysis.schema import Reuse
from analysis.tables import Tables, frame

Integers = npt.NDArray[np.int64]

# Length of the exact strings. Broder's shingles for Chinese: 8 to 12 characters; with 8, five of six passages of 120
# characters still hold one when every fifth character was changed.
SEED = 8
# Exact strings a chain must hold; four that follow each other are eleven characters.
SEEDS = 4
# Agreeing characters of a passage, and their share among all its columns; fewer are enough where nearly all agree. Of the
# passages of 24 to 35 characters that two speeches of one kind share, nine in ten were copied or are set phrases.
LEAST, SIMILARITY = 36, 0.6
LEAST_EXACT, EXACT = 24, 0.95
# Between two exact strings of one passage: most characters, and most that one side may be longer by.
GAP, DRIFT = 40, 20
# How far beyond the outermost exact strings agreement is looked for.
BEYOND = 30
# Speeches from which on shared words are a formula, and the share of a passage's strings that must stand in fewer. At one half
# thanks and programmes of reports of one year passed for copied; of the passages that were, most have nine in ten to themselves.
FORMULA = 3
THEIRS = 0.6
# A string that more speeches have is boilerplate, and one that comes again in a speech is looked up this often.
MOST_SPEECHES, MOST_PLACES = 50, 4


class Letters(NamedTuple):
    """The letters, digits and characters of a text without punctuation and blanks, with their places in it."""

    text: str
    places: Integers


class Run(NamedTuple):
    """An exact agreement: where it starts in both speeches, and its length, in letters."""

    a: int
    b: int
    length: int


class Passage(NamedTuple):
    """Start and end in both speeches, in letters; agreeing characters and columns of the alignment."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    agreeing: int
    columns: int


def measure(tables: Tables) -> pd.DataFrame:
    """Table `reuse`: a row per shared passage; the speech whose id sorts first is speech_a."""
    return frame("reuse", list(_rows(tables.texts)))


def shares(tables: Tables) -> pd.DataFrame:
    """How much of each speech stands in each other one, and in any other (`other` empty): Han characters and share."""
    rows = []
    for speech, spans in _spans(tables.reuse, tables.texts).items():
        size = n_han(tables.texts[speech])
        for other in [*sorted({o for _, _, o in spans}), ""]:
            here = [(start, end) for start, end, o in spans if other in (o, "")]
            shared = sum(n_han(tables.texts[speech][start:end]) for start, end in _union(here))
            rows.append((speech, other, len(here), shared, size, shared / size if size else None))
    types = {"speech": "string", "other": "string", "passages": "Int64", "n_han": "Int64", "size": "Int64", "share": "Float64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def without_reuse(tables: Tables) -> "pd.Series[bool]":
    """For each row of `tokens`: whether it stands outside every shared passage, so that it is the speech's own."""
    tokens = tables.tokens
    own = np.ones(len(tokens), dtype=bool)
    places = tokens.groupby("speech", sort=False, observed=True).indices
    for speech, spans in _spans(tables.reuse, tables.texts).items():
        at = places.get(speech, np.zeros(0, dtype=np.int64))
        starts = tokens["start"].to_numpy(np.int64)[at]
        for start, end in _union([(start, end) for start, end, _ in spans]):
            own[at[(starts >= start) & (starts < end)]] = False
    return pd.Series(own, index=tokens.index, name="own")


def _spans(reuse: pd.DataFrame, texts: Mapping[str, str]) -> dict[str, list[tuple[int, int, str]]]:
    """Per speech: start and end of each shared passage, and the other speech."""
    spans: dict[str, list[tuple[int, int, str]]] = {speech: [] for speech in texts}
    for row in reuse.itertuples():
        spans[str(row.speech_a)].append((int(row.start_a), int(row.end_a), str(row.speech_b)))
        spans[str(row.speech_b)].append((int(row.start_b), int(row.end_b), str(row.speech_a)))
    return spans


def _union(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same places as spans that do not overlap, in order."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last and start <= last[1]:
            last = (last[0], max(last[1], end))
        else:
            if last:
                yield last
            last = (start, end)
    if last:
        yield last


def _rows(texts: Mapping[str, str]) -> Iterator[Reuse]:
    """Rows in order of speech_a, start_a, speech_b, start_b."""
    speeches = sorted(texts)
    letters = [_letters(texts[speech]) for speech in speeches]
    strings = [_strings(part.text) for part in letters]
    spread = _Spread(strings)
    for a, matches in _matches(strings):
        found = []
        for b, runs in _runs_by_speech(matches):
            passages = [p for chain in _chains(runs) for p in _passages(letters[a].text, letters[b].text, chain)]
            for passage in _distinct(passages):
                n_speeches = spread.of(strings[a], passage)
                found.append(_row(speeches, letters, (a, b), passage, texts=texts, n_speeches=n_speeches))
        yield from sorted(found, key=lambda row: (row.start_a, row.speech_b, row.start_b))


def _row(
    speeches: Sequence[str],
    letters: Sequence[Letters],
    pair: tuple[int, int],
    passage: Passage,
    *,
    texts: Mapping[str, str],
    n_speeches: int,
) -> Reuse:
    a, b = (speeches[n] for n in pair)
    start_a, end_a = _span(letters[pair[0]], passage.start_a, passage.end_a)
    start_b, end_b = _span(letters[pair[1]], passage.start_b, passage.end_b)
    text_a, text_b = texts[a][start_a:end_a], texts[b][start_b:end_b]
    similarity = passage.agreeing / passage.columns
    return Reuse(a, start_a, end_a, text_a, b, start_b, end_b, text_b, n_han(text_a), similarity, n_speeches)


class _Spread:
    """In how many speeches each string stands, for those that two have or more."""

    def __init__(self, strings: Sequence[npt.NDArray[np.uint64]]) -> None:
        once = np.sort(np.concatenate([*(np.unique(part) for part in strings), np.zeros(0, np.uint64)]))
        firsts = np.flatnonzero(_changes(once))
        counts = np.diff(np.append(firsts, len(once)))
        self._strings, self._counts = once[firsts][counts > 1], counts[counts > 1]

    def of(self, strings: npt.NDArray[np.uint64], passage: Passage) -> int:
        """The fewest speeches within which THEIRS of the passage's strings stay, of those that are shared at all."""
        here = strings[passage.start_a : passage.end_a - SEED + 1]
        at = np.minimum(np.searchsorted(self._strings, here), len(self._strings) - 1)
        counts = np.sort(self._counts[at[self._strings[at] == here]])
        return int(counts[math.ceil(THEIRS * len(counts)) - 1]) if len(counts) else 2


def _span(letters: Letters, start: int, end: int) -> tuple[int, int]:
    """Places in the text of a stretch of letters."""
    return int(letters.places[start]), int(letters.places[end - 1]) + 1


def _letters(text: str) -> Letters:
    key = shadow(text)
    places = np.array([place for place, character in enumerate(key) if character.isalnum()], dtype=np.int64)
    return Letters("".join(filter(str.isalnum, key)), places)


def _strings(letters: str) -> npt.NDArray[np.uint64]:
    """One number per string of SEED letters, the same for the same string."""
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32)
    n = len(codes) - SEED + 1
    if n <= 0:
        return np.zeros(0, np.uint64)
    numbers = np.zeros(n, np.uint64)
    with np.errstate(over="ignore"):
        for step in range(SEED):
            numbers = numbers * np.uint64(0x9E3779B97F4A7C15) + codes[step : step + n].astype(np.uint64)
            numbers ^= numbers >> np.uint64(29)
    return numbers


def _matches(strings: Sequence[npt.NDArray[np.uint64]]) -> Iterator[tuple[int, tuple[Integers, Integers, Integers]]]:
    """For each speech: (other speech, place here, place there) of every string it shares with a later speech."""
    numbers = np.concatenate([*strings, np.zeros(0, np.uint64)])
    speech = np.repeat(np.arange(len(strings)), [len(part) for part in strings])
    place = np.concatenate([*(np.arange(len(part)) for part in strings), np.zeros(0)]).astype(np.int64)
    order = np.argsort(numbers, kind="stable")
    order = order[_shared(numbers[order], speech[order])]
    numbers, speech, place = numbers[order], speech[order], place[order]
    # Equal strings stand together, in order of speech: the partners of a place are those of the next speech to the last.
    firsts = np.flatnonzero(_changes(numbers) | _changes(speech))
    following = np.append(firsts, len(numbers))[np.searchsorted(firsts, np.arange(len(numbers)), side="right")]
    counts = np.searchsorted(numbers, numbers, side="right") - following
    by_speech = np.argsort(speech, kind="stable")
    bounds = np.searchsorted(speech[by_speech], np.arange(len(strings) + 1))
    for a in range(len(strings)):
        here = by_speech[bounds[a] : bounds[a + 1]]
        n = counts[here]
        there = np.repeat(following[here] - (np.cumsum(n) - n), n) + np.arange(n.sum())
        yield a, (speech[there], np.repeat(place[here], n), place[there])


def _shared(numbers: npt.NDArray[np.uint64], speech: Integers) -> npt.NDArray[np.bool_]:
    """Which places of the sorted strings are worth looking up: shared by speeches, but not by too many or too often."""
    new_string = _changes(numbers)
    new_speech = new_string | _changes(speech)
    group, part = np.cumsum(new_string) - 1, np.cumsum(new_speech) - 1
    n_speeches = np.bincount(group[new_speech], minlength=1)[group] if len(group) else group
    nth = np.arange(len(numbers)) - np.flatnonzero(new_speech)[part] if len(part) else part
    return (n_speeches >= 2) & (n_speeches <= MOST_SPEECHES) & (nth < MOST_PLACES)


def _changes(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Where a value differs from the one before it; the first one does."""
    return np.concatenate([np.ones(min(1, len(values)), dtype=bool), values[1:] != values[:-1]])


def _runs_by_speech(matches: tuple[Integers, Integers, Integers]) -> Iterator[tuple[int, list[Run]]]:
    """Per other speech: exact agreements, matches that follow each other in both speeches joined, in order of place."""
    other, here, there = matches
    enough = (np.bincount(other, minlength=1) >= SEEDS)[other]
    other, here, there = other[enough], here[enough], there[enough]
    order = np.lexsort((here, here - there, other))
    other, here, there = other[order], here[order], there[order]
    starts = np.flatnonzero(_changes(other) | _changes(here - there) | (np.diff(here, prepend=-2) != 1))
    lengths = np.diff(np.append(starts, len(here))) + SEED - 1
    runs = sorted(zip(other[starts].tolist(), here[starts].tolist(), there[starts].tolist(), lengths.tolist(), strict=True))
    for b, group in groupby(runs, key=lambda run: run[0]):
        yield b, [Run(*run[1:]) for run in group]


def _chains(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs that follow each other in both speeches with few letters between, as far as they hold enough strings."""
    open_chains: list[list[Run]] = []
    for run in runs:
        still_open = []
        for chain in open_chains:
            if chain[-1].a + chain[-1].length + GAP >= run.a:
                still_open.append(chain)
            elif _holds_enough(chain):
                yield chain
        open_chains = still_open
        fitting = [chain for chain in open_chains if _follows(chain[-1], run)]
        if fitting:
            min(fitting, key=lambda chain: abs(_shift(chain[-1], run))).append(run)
        else:
            open_chains.append([run])
    yield from filter(_holds_enough, open_chains)


def _holds_enough(chain: Sequence[Run]) -> bool:
    return sum(run.length - SEED + 1 for run in chain) >= SEEDS


def _follows(last: Run, run: Run) -> bool:
    return abs(_shift(last, run)) <= DRIFT and last.b < run.b <= last.b + last.length + GAP and last.a < run.a


def _shift(last: Run, run: Run) -> int:
    """By how many letters more the first speech goes on between two runs than the second."""
    return (run.a - run.b) - (last.a - last.b)


def _passages(a: str, b: str, chain: Sequence[Run]) -> Iterator[Passage]:
    """Passages of one chain: gaps aligned, cut where a gap does not agree, edges extended."""
    first, *rest = chain
    passage = Passage(first.a, first.a + first.length, first.b, first.b + first.length, first.length, first.length)
    for run in rest:
        # Runs may overlap by a few letters where something was put in twice.
        skip = max(passage.end_a - run.a, passage.end_b - run.b, 0)
        if skip >= run.length:
            continue
        start_a, start_b = run.a + skip, run.b + skip
        agreeing, columns = aligned(a[passage.end_a : start_a], b[passage.end_b : start_b])
        if columns > SEED and agreeing < SIMILARITY / 2 * columns:
            yield from _extended(a, b, passage)
            passage = Passage(start_a, start_a, start_b, start_b, 0, 0)
            agreeing = columns = 0
        end_a, end_b, more = run.a + run.length, run.b + run.length, run.length - skip
        passage = passage._replace(
            end_a=end_a, end_b=end_b, agreeing=passage.agreeing + agreeing + more, columns=passage.columns + columns + more
        )
    yield from _extended(a, b, passage)


def _extended(a: str, b: str, passage: Passage) -> Iterator[Passage]:
    """The passage as far as agreement reaches on both sides, if it is long and like enough."""
    ahead = a[passage.end_a :][:BEYOND], b[passage.end_b :][:BEYOND]
    back = (
        a[max(0, passage.start_a - BEYOND) : passage.start_a][::-1],
        b[max(0, passage.start_b - BEYOND) : passage.start_b][::-1],
    )
    # Cheap and never wrong by much: letters that agree in a row come as pairs that both have.
    if passage.agreeing + 2 * (_common_pairs(*ahead) + _common_pairs(*back)) < LEAST_EXACT:
        return
    ahead_a, ahead_b, ahead_agreeing, ahead_columns = reach(*ahead)
    back_a, back_b, back_agreeing, back_columns = reach(*back)
    whole = Passage(
        passage.start_a - back_a,
        passage.end_a + ahead_a,
        passage.start_b - back_b,
        passage.end_b + ahead_b,
        passage.agreeing + ahead_agreeing + back_agreeing,
        passage.columns + ahead_columns + back_columns,
    )
    # What was added around an exact stretch may make it too unlike, and leave it too short.
    yield from [found for found in (whole, passage) if _is_enough(found)][:1]


def _is_enough(passage: Passage) -> bool:
    """Whether a passage is long and like enough to be reported."""
    agreeing, columns = passage.agreeing, passage.columns
    return (agreeing >= LEAST and agreeing >= SIMILARITY * columns) or (agreeing >= LEAST_EXACT and agreeing >= EXACT * columns)


def _common_pairs(x: str, y: str) -> int:
    return len({x[i : i + 2] for i in range(len(x) - 1)} & {y[i : i + 2] for i in range(len(y) - 1)})


def _distinct(passages: Sequence[Passage]) -> list[Passage]:
    """The longer of two passages that are mostly the same in both speeches."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (-p.agreeing, p)):
        if not any(_mostly_inside(passage, other) for other in kept):
            kept.append(passage)
    return kept


def _mostly_inside(passage: Passage, other: Passage) -> bool:
    common_a = min(passage.end_a, other.end_a) - max(passage.start_a, other.start_a)
    common_b = min(passage.end_b, other.end_b) - max(passage.start_b, other.start_b)
    return 2 * common_a > passage.end_a - passage.start_a and 2 * common_b > passage.end_b - passage.start_b
