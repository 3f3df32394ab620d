"""Some short speeches as one text: one call of numpy, or of the cutter, for all of them costs little more than for one.

>>> whole = together((Speech("a", "", "", "工會"), Speech("b", "", "", "會議")))  # union; meeting
>>> whole.at(whole.shadow.index("议"))
(1, 1)

What is found in it is found in one of the speeches, since nothing that is looked for reaches as far as from one to the next.
"""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from analysis.read.speech import Speech

# Stands between two speeches: more of it than any pattern or window looks across.
BETWEEN = "\0" * 100


class Together(NamedTuple):
    """The speeches, the shadows of all as one text, and where each begins in it."""

    speeches: tuple[Speech, ...]
    shadow: str
    begins: list[int]

    def at(self, place: int) -> tuple[int, int]:
        """The number of the speech that holds a place, and the place in that speech."""
        number = bisect_right(self.begins, place) - 1
        return number, place - self.begins[number]


@lru_cache(maxsize=1)
def together(speeches: tuple[Speech, ...]) -> Together:
    """The speeches as one; remembered, since several finders ask for the same."""
    sizes = (len(speech.text) + len(BETWEEN) for speech in speeches[:-1])
    return Together(speeches, BETWEEN.join(speech.shadow for speech in speeches), list(accumulate(sizes, initial=0)))
