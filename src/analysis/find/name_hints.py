"""Where names may stand, as far as their characters tell: only there words are cut.

>>> from itertools import compress
>>> from analysis.find.name_marks import marks
>>> from analysis.read.lexicons import load
>>> text = "省长来了，大家都很高兴，北京下雨了。"  # the governor came, all were glad, it rained in Peking
>>> marked = marks(text, load())
>>> told = hints(text, marked, names_in(text, marked, load()), load())
>>> worth, _ = worth_cutting(told, marked)
>>> "".join(compress(text, worth))
'，北京下雨了。'

A hint is a place without which there is no name of its kind, whatever the words; most hints are none. What is found from
names (the rest of a list, a further mention) or from its frame (documents, meetings) needs none.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find.name_lists import gazetteer_by_head, listed, standing
from analysis.find.name_marks import (
    ADDRESS,
    AREA,
    AREA_WORD,
    BLANK,
    BODY_WORD,
    BUSINESS,
    DOT,
    EVERYDAY,
    FORMER,
    KNOWN,
    LANDMARK,
    LATIN,
    LETTER,
    LEVEL,
    MEETING,
    NO_LETTER,
    OFFICE,
    RANK,
    SIGN_BEGINS,
    SIGN_ENDS,
    STOP,
    SURNAME,
    SYLLABLE,
    TAIL,
    TITLE,
    TITLE_END,
    TRANSCRIBED_WORD,
    Marks,
    beginning,
    places,
)
from analysis.find.name_odds import (
    ALONE,
    CLOSES,
    ENOUGH,
    ENOUGH_UNSIGNED,
    EVERYDAY_SURNAME,
    KNOWN_NAME,
    LAST_CODE,
    NO_END,
    OPEN_AFTER,
    OPEN_BEFORE,
    OPENS,
    SIGN_AFTER,
    SIGN_BEFORE,
    WITH_SIGN,
    given_odds,
    signs,
)
from analysis.read.codes import Offsets
from analysis.read.lexicons import Lexicons

Bools = npt.NDArray[np.bool_]
Kinds = npt.NDArray[np.uint8]

LONGEST_OFFICE = 40  # characters of the words of an office, up to its end
# 、 and up to four names may stand between a surname and the title they share.
LONGEST_SHARING = 30
# Sums of log odds may differ in their last digits.
MARGIN = 0.01
# Where a name may end, from the start of its surname.
_ENDS = np.arange(2, 5)[:, None]
# A name of two characters is none without a sign.
_UNSIGNED = np.array([[99.0], [ENOUGH_UNSIGNED], [ENOUGH_UNSIGNED]])
# What a given name must weigh at least where there is none, whatever stands beside it.
_LEAST_UNSIGNED = ENOUGH_UNSIGNED - KNOWN_NAME - OPEN_BEFORE - OPEN_AFTER - 2 * MARGIN
# Marks of `_beside`.
_OPENS, _CLOSES, _NO_END, _SIGN, _GOES_ON, _NOT_BEFORE, _NOT_AFTER, _LISTED = (1 << bit for bit in range(8))
# 乡风 local custom, 市占率 market share, 区域 zone: the word of an area belongs to what follows.
_AREA_GOES_ON = "风亲愁土贤占值镇村域容级块"
# 县级 of counties, 市场 market: no level, and no words of an office after a mark.
_NOT_AFTER_LEVEL = "级场容、（）()“”"
# Before a level as a word of its own these leave no body's level: 全省 the whole province.
NOT_BEFORE_LEVEL = frozenset("各全本该此几两每外跨两一多辖驻省市县区旗州")
# Nor do these: 各省、市 each of those listed.
BEFORE_LISTED = ("省、", "市、", "县、", "区、", "州、")


class Hints(NamedTuple):
    """Offsets by what may stand there."""

    listed: Offsets  # a listed name
    known: Offsets  # a name of the gazetteer
    surnames: Offsets  # the surname of a person with a title, or with a given name that is sure by its characters
    evident: Offsets  # the surname of a person that the evidence may be enough for
    titled: Offsets  # a surname alone before a title
    areas: Offsets  # a word of an area or a landmark after what may be a name
    levels: Offsets  # a level that may name a body, with the end of an office after it
    business: Offsets  # words of firms and bodies
    runs: Offsets  # two letters of transcription that hardly ever are words, close together
    transcribed: Offsets  # a word that is a transcribed name may begin
    before_titles: Offsets  # the title or form of address after a letter of transcription
    after_titles: Offsets  # a letter of transcription after a title
    addresses: Offsets  # a form of address
    ranks: Offsets  # the last character of an emperor's name, or the one after the number of a reign
    dots: Offsets
    capitals: Offsets  # of Latin words
    # Names are found by these, or from their places, without words:
    meetings: Offsets  # the end of a word of meetings
    offices: Offsets  # a word of an area with an office after it
    title_ends: Offsets  # the last two characters of a title
    ends: Offsets  # stops, and characters that end a body or a facility


class _Titles(NamedTuple):
    """For each character whether a title or a form of address may begin there, and whether a title may have ended before."""

    begin: Bools
    ended: Bools
    shared: Offsets  # titles after 等 (and others) or 位 (persons)


def names_in(shadow: str, marked: Marks, lexicons: Lexicons) -> dict[int, list[str]]:
    """The names of the gazetteer that stand in a text, by their places, the longest first."""
    heads = gazetteer_by_head(lexicons)
    begun = beginning(shadow, places(marked.pairs, KNOWN), KNOWN, lexicons).tolist()
    return {place: names for place in begun if (names := standing(heads, shadow, place))}


def hints(shadow: str, marked: Marks, names: Mapping[int, Sequence[str]], lexicons: Lexicons) -> Hints:
    """All hints of a text and of the names in it."""
    _, flags, pairs = marked
    paired = np.flatnonzero(pairs != 0)
    kinds = pairs[paired]

    def begin(mark: int) -> Offsets:
        found: Offsets = paired[kinds & mark != 0]
        return found

    titles, title_ends, addresses = begin(TITLE), begin(TITLE_END), begin(ADDRESS)
    titles = np.concatenate([titles, titles[flags[titles - 1] & FORMER != 0] - 1])
    told = np.concatenate([titles, addresses])
    surnames, evident, titled = _persons(marked, _titles(marked, titles, title_ends, addresses), lexicons)
    areas, ends, rare = places(flags, AREA | LANDMARK), places(flags, TAIL | STOP), places(flags, DOT | LATIN | SYLLABLE | RANK)
    kinds_of_rare, kinds_of_areas = flags[rare], flags[areas]
    in_lists = listed(lexicons).keys()
    return Hints(
        listed=np.array([place for place, standing in names.items() if not in_lists.isdisjoint(standing)], dtype=np.int64),
        known=np.fromiter(names, dtype=np.int64),
        surnames=surnames,
        evident=evident,
        titled=titled,
        areas=_after_names(marked, np.concatenate([areas, begin(AREA_WORD)]), _beside(lexicons)),
        levels=_levels(marked, areas[kinds_of_areas & LEVEL != 0], ends, _beside(lexicons)),
        business=begin(BUSINESS | BODY_WORD),
        runs=_runs(rare[kinds_of_rare & SYLLABLE != 0]),
        transcribed=beginning(shadow, begin(TRANSCRIBED_WORD), TRANSCRIBED_WORD, lexicons),
        before_titles=told[flags[told - 1] & (LETTER | SYLLABLE) != 0],
        after_titles=title_ends[flags[title_ends + 2] & LETTER != 0] + 2,
        addresses=addresses,
        ranks=rare[kinds_of_rare & RANK != 0],
        dots=rare[kinds_of_rare & DOT != 0],
        capitals=rare[kinds_of_rare & LATIN != 0],
        meetings=begin(MEETING),
        offices=areas[(kinds_of_areas & AREA != 0) & (flags[areas + 1] & OFFICE != 0)],
        title_ends=title_ends,
        ends=ends,
    )


def worth_cutting(found: Hints, marked: Marks) -> tuple[Bools, Offsets]:
    """Which characters stand in a clause with a hint, or are the stop before it; and all stops that end a clause."""
    stops = found.ends[marked.characters[found.ends] & (STOP | BLANK) == STOP]
    clauses = np.zeros(len(stops), dtype=np.bool_)
    clauses[np.searchsorted(stops, np.concatenate(found[: Hints._fields.index("meetings")]))] = True
    lengths = stops.copy()
    lengths[1:] -= stops[:-1]
    lengths[0] += 1
    worth = np.repeat(clauses, lengths)
    worth[stops[:-1][clauses[1:]]] = True
    return worth, stops


def _titles(marked: Marks, titles: Offsets, title_ends: Offsets, addresses: Offsets) -> _Titles:
    begin, ended = np.zeros((2, len(marked.codes)), dtype=np.bool_)
    begin[titles] = begin[addresses] = ended[title_ends + 2] = True
    # A blank may stand between a title and the name.
    ended[title_ends[marked.characters[title_ends + 2] & BLANK != 0] + 3] = True
    before = marked.codes[titles - 1]
    shared = np.sort(titles[(before == ord("等")) | (before == ord("位"))])
    return _Titles(begin, ended, shared)


def _persons(marked: Marks, titles: _Titles, lexicons: Lexicons) -> tuple[Offsets, Offsets, Offsets]:
    """Surnames with a title or a sure given name; with enough evidence; and alone before a title."""
    codes, flags, _ = marked
    first, second = given_odds()
    starts = places(flags, SURNAME)
    starts = starts[codes[starts] != codes[starts + 1]]
    ends = starts + _ENDS
    # Log odds of the given name that ends at each end, with a surname of one or two characters.
    given = codes[ends - 1]
    odds, two = second[given], first[given[:2]] + second[given[1:]]
    odds[1:] = np.maximum(odds[1], two[0]), two[1]
    everyday = flags[starts] & EVERYDAY != 0
    told = titles.ended[starts] | titles.begin[ends]
    if len(titles.shared):
        following = titles.shared[np.minimum(np.searchsorted(titles.shared, starts, "right"), len(titles.shared) - 1)]
        told |= (following > starts) & (following - starts <= LONGEST_SHARING)
    # After an everyday word a given name must be likely by itself.
    signed = ((odds > np.where(everyday, -MARGIN, WITH_SIGN)) & told).any(0) | (~everyday & (two > ALONE).any(0))
    return starts[signed], _evident(marked, starts, odds, lexicons), starts[titles.begin[starts + 1]]


def _evident(marked: Marks, starts: Offsets, odds: npt.NDArray[np.float32], lexicons: Lexicons) -> Offsets:
    """Those starts where what the given names weigh, and what stands beside them, may be enough for a person."""
    (codes, flags, pairs), beside = marked, _beside(lexicons)
    ends = starts + _ENDS
    before = pairs[starts - 2] & SIGN_ENDS != 0
    after = (pairs[ends] & SIGN_BEGINS != 0) | (beside[codes[ends]] & _SIGN != 0)
    # Four of five have no sign, and no given name that is likely without one.
    may = np.flatnonzero(before | after.any(0) | (odds[1:] > _LEAST_UNSIGNED).any(0))
    starts, ends, odds = starts[may], ends[:, may], odds[:, may]
    signs_told = before[may] * SIGN_BEFORE + after[:, may] * SIGN_AFTER
    weight = odds + (KNOWN_NAME + MARGIN) + EVERYDAY_SURNAME * (flags[starts] & EVERYDAY != 0)
    weight += OPEN_BEFORE * (beside[codes[starts - 1]] & _OPENS != 0) + OPEN_AFTER * (beside[codes[ends]] & _CLOSES != 0)
    enough = (weight >= _UNSIGNED) | ((signs_told > 0) & (weight + signs_told >= ENOUGH))
    found: Offsets = starts[(enough & (beside[codes[ends - 1]] & _NO_END == 0)).any(0)]
    return found


@lru_cache(maxsize=4)
def _beside(lexicons: Lexicons) -> Kinds:
    """By code point, as marks: what stands beside a name, the word of an area and a level, or beside none."""
    single = {word for word in signs(lexicons).after if len(word) == 1}
    table = np.zeros(LAST_CODE + 1, dtype=np.uint8)
    for mark, members in (
        (_OPENS, OPENS),
        (_CLOSES, CLOSES),
        (_NO_END, NO_END),
        (_SIGN, single),
        (_GOES_ON, _AREA_GOES_ON),
        (_NOT_BEFORE, NOT_BEFORE_LEVEL),
        (_NOT_AFTER, _NOT_AFTER_LEVEL),
        (_LISTED, {level[0] for level in BEFORE_LISTED}),
    ):
        table[[min(ord(character), LAST_CODE) for character in members]] |= mark
    return table


def _after_names(marked: Marks, areas: Offsets, beside: Kinds) -> Offsets:
    """Those that follow two characters which are no words of grammar or stops, and that what follows leaves words."""
    flags, areas = marked.characters, areas[areas > 1]
    free = (flags[areas - 1] | flags[areas - 2]) & NO_LETTER == 0
    found: Offsets = areas[free & (beside[marked.codes[areas + 1]] & _GOES_ON == 0)]
    return found


def _levels(marked: Marks, levels: Offsets, ends: Offsets, beside: Kinds) -> Offsets:
    """Those that what stands beside them leaves a level, with the end of a body before the next stop."""
    before, after = marked.codes[levels - 1], marked.codes[levels + 1]
    listed = (before == ord("、")) & (beside[marked.codes[levels - 2]] & _LISTED != 0)
    levels = levels[(beside[before] & _NOT_BEFORE == 0) & (beside[after] & _NOT_AFTER == 0) & ~listed]
    following = ends[np.searchsorted(ends, levels + 1)]
    found: Offsets = levels[(following - levels <= LONGEST_OFFICE) & (marked.characters[following] & TAIL != 0)]
    return found


def _runs(syllables: Offsets) -> Offsets:
    """Those that have another so near that both may be in one name: at least half of its letters are such syllables."""
    return syllables[:-1][syllables[1:] - syllables[:-1] <= 3]
