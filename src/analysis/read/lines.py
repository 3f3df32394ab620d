"""The lines of a text that hold something, column by column, which takes half the time of one by one.

>>> lines_of("  工會\\n\\n會議  \\n")  # union; meeting
Lines(starts=[2, 6], texts=['工會', '會議'], after_blank=[True, True])

They end where `str.splitlines` ends them. It knows nothing of paragraphs.
"""

from collections.abc import Sequence
from itertools import accumulate, compress
from operator import not_, sub
from typing import NamedTuple


class Lines(NamedTuple):
    """Where each line begins, its text without the white space around it, whether it is the first or a blank line is above."""

    starts: Sequence[int]
    texts: Sequence[str]
    after_blank: Sequence[bool]

    def some(self, first: int, stop: int) -> "Lines":
        """Those of the numbers `first` up to `stop`."""
        return Lines(self.starts[first:stop], self.texts[first:stop], self.after_blank[first:stop])

    def moved(self, by: int) -> "Lines":
        """The same lines as they stand in a text that has so many characters before them."""
        return self._replace(starts=[start + by for start in self.starts]) if by else self


def lines_of(text: str) -> Lines:
    """The lines that are not blank, in order."""
    wholes = text.splitlines(keepends=True)
    left = list(map(str.lstrip, wholes))  # of a blank line nothing
    starts = compress(map(sub, accumulate(map(len, wholes)), map(len, left)), left)
    return Lines(list(starts), list(map(str.rstrip, filter(None, left))), list(compress([True, *map(not_, left)], left)))
