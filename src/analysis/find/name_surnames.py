"""Where the name of a person may begin, as far as the characters tell: a surname with what must stand beside it.

>>> from analysis.find.name_marks import marks
>>> from analysis.read.lexicons import load
>>> text, none = "县长王建明、王海", np.array([], dtype=np.int64)  # the head of the county, Wang Jianming, and Wang Hai
>>> marked = marks(text, load())
>>> titles = titles_in(marked, [(0, 2)], none)
>>> [found.tolist() for found in surnames_in(marked, none, titles)]
[[2], [2, 6], []]

Every sixth character is a surname, so what rejects most of them is asked first.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find.name_marks import (
    BLANK,
    CLOSING,
    EVERYDAY,
    FORMER,
    NO_LAST,
    OPENING,
    SIGN,
    SIGN_BEGINS,
    SIGN_ENDS,
    SURNAME,
    SURNAME_PAIR,
    Marks,
    places,
)
from analysis.find.name_odds import (
    ALONE,
    ENOUGH,
    ENOUGH_UNSIGNED,
    EVERYDAY_SURNAME,
    KNOWN_NAME,
    OPEN_AFTER,
    OPEN_BEFORE,
    SIGN_AFTER,
    SIGN_BEFORE,
    WITH_SIGN,
    given_odds,
)
from analysis.find.spans import Flags, Span, Spans, spans_of
from analysis.read.codes import Offsets

# 、 and up to four names may stand between a surname and the title they share.
LONGEST_SHARING = 30
# Sums of log odds may differ in their last digits.
MARGIN = 0.01
# What a given name must weigh at least where there is no sign, whatever else stands beside it.
_LEAST_UNSIGNED = ENOUGH_UNSIGNED - KNOWN_NAME - OPEN_BEFORE - OPEN_AFTER - 2 * MARGIN
# Characters of a given name.
_ONE_OR_TWO = np.array([[1], [2]])


class Titles(NamedTuple):
    """The titles of a text, and for each character whether a title or a form of address begins there, or one has ended before."""

    spans: Spans
    begins: Offsets  # of titles and forms of address
    begin: Flags
    ended: Flags
    shared: Offsets  # titles after 等 (and others) or 位 (persons)


class _Given(NamedTuple):
    """Surnames, and the given names of one and two characters that may follow each."""

    surnames: Offsets
    ends: Offsets  # of the names, by how many characters the given name has
    weights: npt.NDArray[np.float32]  # log odds of the given names, less for a surname that is an everyday word


def titles_in(marked: Marks, titles: Iterable[Span], addresses: Offsets) -> Titles:
    """Where titles and forms of address stand; with 前 (former) before one it begins there too."""
    spans = spans_of(titles)
    starts, ends = spans.T
    starts = np.concatenate([starts, starts[marked.characters[starts - 1] & FORMER != 0] - 1])
    begins = np.concatenate([starts, addresses])
    begin, ended = np.zeros((2, len(marked.codes)), dtype=np.bool_)
    begin[begins] = ended[ends] = True
    # A blank may stand between a title and the name.
    ended[ends[marked.characters[ends] & BLANK != 0] + 1] = True
    before = marked.codes[starts - 1]
    return Titles(spans, begins, begin, ended, np.sort(starts[(before == ord("等")) | (before == ord("位"))]))


def surnames_in(marked: Marks, paired: Offsets, titles: Titles) -> tuple[Offsets, Offsets, Offsets]:
    """Surnames with a title or a sure given name; with enough evidence; and alone before a title.

    `paired` are the places of pairs that bear a mark.
    """
    single = places(marked.characters, SURNAME)
    single = single[marked.codes[single] != marked.codes[single + 1]]
    double = paired[marked.pairs[paired] & SURNAME_PAIR != 0]
    given = _with_given(marked, np.concatenate([single, double]), np.concatenate([single + 1, double + 2]))
    return _titled(given, titles), _evident(marked, given), _alone(marked, single, titles)


def _with_given(marked: Marks, surnames: Offsets, given: Offsets) -> _Given:
    first, second = given_odds()
    one, two = marked.codes[given], marked.codes[given + 1]
    everyday = marked.characters[surnames] & EVERYDAY != 0
    weights = np.stack([second[one], first[one] + second[two]]) + np.float32(EVERYDAY_SURNAME) * everyday
    return _Given(surnames, given + _ONE_OR_TWO, weights)


def _titled(given: _Given, titles: Titles) -> Offsets:
    """Those with a title beside the name, or a given name that is sure by its characters."""
    surnames, ends, weights = given
    beside = titles.ended[surnames] | titles.begin[ends]
    if len(titles.shared):
        following = titles.shared[np.minimum(np.searchsorted(titles.shared, surnames, "right"), len(titles.shared) - 1)]
        beside |= (following > surnames) & (following - surnames <= LONGEST_SHARING)
    # After an everyday word a given name must be likely by itself.
    likely = (beside & (weights > WITH_SIGN - MARGIN)).any(0) | (weights[1] > ALONE)
    return _once(surnames[likely])


def _evident(marked: Marks, given: _Given) -> Offsets:
    """Those where what the given names weigh, and what stands beside them, may be enough for a person."""
    (surnames, ends, weights), (_, flags, pairs) = given, marked
    before = pairs[surnames - 2] & SIGN_ENDS != 0
    after = (pairs[ends] & SIGN_BEGINS != 0) | (flags[ends] & SIGN != 0)
    # Four of five have no sign, and no given name that is likely without one.
    may = np.flatnonzero(before | after.any(0) | (weights > _LEAST_UNSIGNED).any(0))
    surnames, ends, weights = surnames[may], ends[:, may], weights[:, may] + (KNOWN_NAME + MARGIN)
    weights += OPEN_BEFORE * (flags[surnames - 1] & OPENING != 0) + OPEN_AFTER * (flags[ends] & CLOSING != 0)
    signs = before[may] * SIGN_BEFORE + after[:, may] * SIGN_AFTER
    # A name of two characters is none without a sign.
    enough = ((weights >= ENOUGH_UNSIGNED) & (ends - surnames > 2)) | ((signs > 0) & (weights + signs >= ENOUGH))
    return _once(surnames[(enough & (flags[ends - 1] & NO_LAST == 0)).any(0)])


def _alone(marked: Marks, surnames: Offsets, titles: Titles) -> Offsets:
    """Those right before a title; of those that are everyday words the ones after a stop or a mark."""
    found = surnames[titles.begin[surnames + 1]]
    ideograph = (marked.codes[found - 1] >= 0x4E00) & (marked.codes[found - 1] <= 0x9FFF)
    alone: Offsets = found[~(ideograph & (marked.characters[found] & EVERYDAY != 0))]
    return alone


def _once(surnames: Offsets) -> Offsets:
    """Each once, in order: a character may be a surname, and begin one of two."""
    return np.unique(surnames)
