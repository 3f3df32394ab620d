"""One place where the wording was probably harmed, and how sure the evidence must be.

`misspelled`, `replaced` and `look_alikes` find places, `artefacts` makes rows of them.
"""

from typing import NamedTuple

# How much dearer the text as it stands must be than the cheapest reading, in nats (a factor of 150). Set on unharmed
# speeches and on harm put into them: tests/benchmarks/artefacts.py prints what it finds and what it cries wolf at.
THRESHOLD = 5.0
# The same where what a converter put in stands across two words: the reading with its word (在線, 製作) must be dearer than
# theirs. There is a word that explains the harm, so it may be weaker.
THRESHOLD_ACROSS = 3.5


class Harm(NamedTuple):
    """One place, before places that touch are joined."""

    start: int
    end: int
    suggestion: str
    reason: str
