"""Passages that two speeches share, built from the shingles they share.

Exact agreements that follow each other in both speeches are joined to chains, the edited stretches between and around them
aligned (Smith & Waterman 1981), and what is long and like enough is a passage. Two speeches at a time; `reuse` goes through
all of them and makes rows.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from analysis.measure.alignment import aligned, reach
from analysis.measure.shingles import SEED, Integers, changes

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


def runs_by_speech(matches: tuple[Integers, Integers, Integers]) -> Iterator[tuple[int, list[Run]]]:
    """Per other speech: exact agreements, matches that follow each other in both speeches joined, in order of place."""
    other, here, there = matches
    enough = (np.bincount(other, minlength=1) >= SEEDS)[other]
    other, here, there = other[enough], here[enough], there[enough]
    order = np.lexsort((here, here - there, other))
    other, here, there = other[order], here[order], there[order]
    starts = np.flatnonzero(changes(other) | changes(here - there) | (np.diff(here, prepend=-2) != 1))
    lengths = np.diff(np.append(starts, len(here))) + SEED - 1
    runs = sorted(zip(other[starts].tolist(), here[starts].tolist(), there[starts].tolist(), lengths.tolist(), strict=True))
    for b, group in groupby(runs, key=lambda run: run[0]):
        yield b, [Run(*run[1:]) for run in group]


def chains(runs: Sequence[Run]) -> Iterator[list[Run]]:
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


def passages_of(a: str, b: str, chain: Sequence[Run]) -> Iterator[Passage]:
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


def distinct(passages: Sequence[Passage]) -> list[Passage]:
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
