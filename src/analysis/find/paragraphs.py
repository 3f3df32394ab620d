"""Where the paragraphs of a text stand: its lines that are not blank.

>>> list(paragraphs("各位代表:\\n\\n  开会。\\n"))
[(0, 5), (9, 12)]
"""

import re
from collections.abc import Iterator

from analysis.read.speech import BLANKS

# From the first visible character of a line to its end; the line ends are those of str.splitlines.
_LINE = re.compile(f"[^{re.escape(BLANKS)}][^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")


def paragraphs(shadow: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph, blanks on both sides left out."""
    for match in _LINE.finditer(shadow):
        start, end = match.span()
        while shadow[end - 1] in BLANKS:
            end -= 1
        yield start, end
