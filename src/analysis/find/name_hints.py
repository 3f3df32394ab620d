"""Where names may stand, as far as their characters tell: only there words are cut.

>>> from analysis.find.name_known import known_in
>>> from analysis.find.name_marks import marks
>>> from analysis.read.lexicons import load
>>> text = "省长来了，大家都很高兴，北京下雨了。"  # the governor came, all were glad, it rained in Peking
>>> marked = marks(text, load())
>>> told = hints(text, marked, known_in(text, load()), load())
>>> [text[start:end] for start, end in worth_cutting(told, marked, len(text))[0]]
['，北京下雨了。']

A hint is a place without which there is no name of its kind, whatever the words; most hints are none. What is found from
names (the rest of a list, a further mention) or from its frame (documents, meetings) needs none.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from analysis.find.name_known import Known
from analysis.find.name_marks import (
    ADDRESS,
    AREA,
    AREA_WORD,
    BEFORE_LIST,
    BODY_WORD,
    BUSINESS,
    DOT,
    GOES_ON,
    LANDMARK,
    LATIN,
    LETTER,
    LEVEL,
    MEETING,
    NO_LETTER,
    NO_LEVEL_AFTER,
    NO_LEVEL_BEFORE,
    OFFICE,
    PART,
    RANK,
    SHORT_TAIL,
    SMALL,
    STOP,
    SYLLABLE,
    TAIL,
    Flags,
    Marks,
    places,
)
from analysis.find.name_stems import before_area
from analysis.find.name_surnames import surnames_in, titles_in
from analysis.find.spans import Spans
from analysis.read.codes import Offsets
from analysis.read.lexicons import Lexicons

LONGEST_OFFICE = 40  # characters of the words of an office, up to its end


class Hints(NamedTuple):
    """Offsets by what may stand there."""

    # Of persons, whose lists go over 、 and who may be named together: the words of the whole clause are asked for.
    wide: Offsets  # the name of a listed person, or one with a mark in it
    surnames: Offsets  # the surname of a person with a title, or with a given name that is sure by its characters
    evident: Offsets  # the surname of a person that the evidence may be enough for
    titled: Offsets  # a surname alone before a title
    runs: Offsets  # two letters of transcription that hardly ever are words, close together
    transcribed: Offsets  # a word that is a transcribed name may begin
    before_titles: Offsets  # the title or form of address after a letter of transcription
    after_titles: Offsets  # a letter of transcription after a title
    addresses: Offsets  # a form of address
    ranks: Offsets  # the last character of an emperor's name, or the one after the number of a reign
    dots: Offsets
    capitals: Offsets  # of Latin words
    # Of places and bodies: the words between two marks are.
    known: Offsets  # a name of the gazetteer
    areas: Offsets  # a word of an area or a landmark after what may be a name
    levels: Offsets  # a level that may name a body, with the end of an office after it
    business: Offsets  # words of firms and bodies
    # Names are found by these, or from their places, without words.
    listed: Offsets  # a listed name
    meetings: Offsets  # the end of a word of meetings
    offices: Offsets  # a word of an area with an office after it
    title_ends: Offsets
    ends: Offsets  # stops, and characters that end a body or a facility


# How many of them ask for the words of a clause, and how many for those between two marks or of the clause.
_OF_CLAUSES, _OF_PARTS = Hints._fields.index("known"), Hints._fields.index("listed")


def hints(shadow: str, marked: Marks, known: Known, lexicons: Lexicons) -> Hints:
    """All hints of a text and of the names and titles in it."""
    _, flags, pairs = marked
    paired = np.flatnonzero(pairs != 0)
    kinds = pairs[paired]

    def begin(mark: int) -> Offsets:
        found: Offsets = paired[kinds & mark != 0]
        return found

    addresses = begin(ADDRESS)
    titles = titles_in(marked, known.titles, addresses)
    surnames, evident, titled = surnames_in(marked, paired, titles)
    areas, rare = places(flags, AREA | LANDMARK), places(flags, DOT | LATIN | SYLLABLE | RANK)
    ends = _ends(marked, begin(TAIL))
    kinds_of_rare, kinds_of_areas = flags[rare], flags[areas]

    return Hints(
        wide=np.unique(_offsets(known.wide)),
        known=_offsets(known.names),
        listed=np.unique(_offsets(known.listed)),
        surnames=surnames,
        evident=evident,
        titled=titled,
        areas=_after_names(shadow, marked, np.concatenate([areas, begin(AREA_WORD)]), lexicons),
        levels=_levels(marked, areas[kinds_of_areas & LEVEL != 0], ends),
        business=begin(BUSINESS | BODY_WORD),
        runs=_runs(flags, rare[kinds_of_rare & SYLLABLE != 0]),
        transcribed=_offsets(known.transcribed),
        before_titles=titles.begins[flags[titles.begins - 1] & flags[titles.begins - 2] & LETTER != 0],
        after_titles=_before_letters(flags, titles.spans[:, 1]),
        addresses=addresses,
        ranks=rare[kinds_of_rare & RANK != 0],
        dots=rare[kinds_of_rare & DOT != 0],
        capitals=rare[(kinds_of_rare & LATIN != 0) & (flags[rare + 1] & SMALL != 0)],
        meetings=begin(MEETING),
        offices=areas[(kinds_of_areas & AREA != 0) & (flags[areas + 1] & OFFICE != 0)],
        title_ends=titles.spans[:, 1],
        ends=ends,
    )


def _offsets(places: Iterable[int]) -> Offsets:
    return np.fromiter(places, dtype=np.int64)


def worth_cutting(found: Hints, marked: Marks, size: int) -> tuple[Spans, Offsets]:
    """The stretches with a hint, from the stop or mark before to the one after; and all stops and marks of a text of this size."""
    ends = places(marked.characters, PART)
    stops = marked.characters[ends] & STOP != 0
    clauses = np.cumsum(stops) - stops
    hinted, of_clauses = np.zeros((2, len(ends)), dtype=np.bool_)
    hinted[np.searchsorted(ends, np.concatenate(found[_OF_CLAUSES:_OF_PARTS]))] = True
    of_clauses[clauses[np.searchsorted(ends, np.concatenate(found[:_OF_CLAUSES]))]] = True
    hinted |= of_clauses[clauses]
    # The mark between two stretches belongs to the first.
    begins = np.append(0, ends[:-1] + hinted[:-1])
    stretches: Spans = np.minimum(np.stack([begins, ends + 1], axis=1)[hinted], size)
    return stretches, ends[ends < size]


def _ends(marked: Marks, tails: Offsets) -> Offsets:
    """Stops, and last characters of what may be a body or a facility; `tails` are the last pairs of these."""
    ends = marked.characters & (STOP | SHORT_TAIL) != 0
    ends[tails + 1] = True
    return np.flatnonzero(ends)


def _after_names(shadow: str, marked: Marks, areas: Offsets, lexicons: Lexicons) -> Offsets:
    """Those that follow what may be a name, and that what follows leaves words."""
    flags, areas = marked.characters, areas[areas > 1]
    free = (flags[areas - 1] | flags[areas - 2]) & NO_LETTER == 0
    areas = areas[free & (flags[areas + 1] & GOES_ON == 0)]
    found: Offsets = areas[
        np.array([before_area(shadow[max(0, area - 3) : area], lexicons) for area in areas.tolist()], dtype=np.bool_)
    ]
    return found


def _levels(marked: Marks, levels: Offsets, ends: Offsets) -> Offsets:
    """Those that what stands beside them leaves a level, with the end of a body before the next stop."""
    flags = marked.characters
    listed = (marked.codes[levels - 1] == ord("、")) & (flags[levels - 2] & BEFORE_LIST != 0)
    levels = levels[(flags[levels - 1] & NO_LEVEL_AFTER == 0) & (flags[levels + 1] & NO_LEVEL_BEFORE == 0) & ~listed]
    following = ends[np.searchsorted(ends, levels + 1)]
    found: Offsets = levels[(following - levels <= LONGEST_OFFICE) & (flags[following] & STOP == 0)]
    return found


def _runs(flags: Flags, syllables: Offsets) -> Offsets:
    """Those that have another so near that both may be in one name: at least half of its letters are such syllables."""
    first, second = syllables[:-1], syllables[1:]
    between = [flags[place] & (LETTER | SYLLABLE) != 0 for place in (first + 1, second - 1)]
    found: Offsets = first[(second - first <= 3) & between[0] & between[1]]
    return found


def _before_letters(flags: Flags, ends: Offsets) -> Offsets:
    """Those before three letters of transcription."""
    found: Offsets = ends[flags[ends] & flags[ends + 1] & flags[ends + 2] & LETTER != 0]
    return found
