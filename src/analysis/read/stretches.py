"""A text too long to be worked at as a whole, in stretches: a hundred megabytes must not take gigabytes.

>>> [text[begin:end] for text in ["一。二。三"] for begin, end in stretches(text, 4)]  # one. two. three
['一。二。', '三']

A stretch ends with a line, else with a sentence, else with a clause, else anywhere. What spans two of them, such as a name
in a text without any mark, is found in neither; no speech that was ever held is so long.
"""

from collections.abc import Iterator

# Characters from which on a text is worked at in stretches, and those of a stretch at most.
LONG, STRETCH = 2_000_000, 500_000
# Ends of lines, of sentences, of clauses.
_ENDS = ("\n", "。！？!?", "，；、：,;:")


def stretches(text: str, size: int = STRETCH) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch, in order and without gaps."""
    begin = 0
    while begin < len(text):
        end = begin + size
        if end < len(text):
            # In the second half, so that a stretch is never small.
            ends = (max(text.rfind(mark, begin + size // 2, end) for mark in marks) for marks in _ENDS)
            end = next((place + 1 for place in ends if place >= 0), end)
        yield begin, min(end, len(text))
        begin = end
