"""Where an offset stands: its sentence and its node of the outline.

Both lists are sorted by start and do not overlap (sentences; outline rows of level 1 and more), so a bisection finds it.
"""

from bisect import bisect_right
from operator import attrgetter

from analysis.find import Found

_start = attrgetter("start")


def sentence_at(found: Found, offset: int) -> int | None:
    """Number of the sentence that holds `offset`, or None between sentences."""
    sentences = found.get("sentences", ())
    place = bisect_right(sentences, offset, key=_start) - 1
    return sentences[place].sentence if place >= 0 and offset < sentences[place].end else None


def node_at(found: Found, offset: int) -> int | None:
    """Number of the outline node (level 1 and more) that holds `offset`, or None in the white space between them."""
    nodes = found.get("outline", ())
    place = bisect_right(nodes, offset, key=_start) - 1
    return nodes[place].node if place >= 0 and nodes[place].level >= 1 and offset < nodes[place].end else None
