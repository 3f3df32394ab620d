"""One speech as read: its text, untouched, and what is known about it before anything is looked for."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from analysis.read.kinds import HAN as HAN
from analysis.read.kinds import IDEOGRAPH, kinds_of, n_of
from analysis.read.script import script_of, shadow, shadows
from analysis.read.stretches import LONG, stretches

# Characters from which on an array is faster than a regular expression.
MANY = 1000
# Characters that count as blanks: white space, and control and format characters (zero width, direction marks, soft hyphen).
# In the basic plane; between U+3100 and U+FDFF, where the ideographs are, there is none.
BLANKS = "".join(
    c for c in map(chr, [*range(0x3100), *range(0xFE00, 0x10000)]) if c.isspace() or unicodedata.category(c) in ("Cc", "Cf")
)
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, eq=False)
class Speech:
    """A speech with its text; `start` and `end` are where the text stands in the decoded file."""

    speech: str
    file: str
    title: str
    text: str = field(repr=False)
    start: int = 0
    label: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def shadow(self) -> str:
        """Simplified form of the text, of the same length: what finders read."""
        if len(self.text) <= LONG:
            return shadow(self.text)
        return "".join(shadow(self.text[begin:end]) for begin, end in stretches(self.text))

    @cached_property
    def sha256(self) -> str:
        """Hash of the text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def script(self) -> str:
        """traditional, simplified, mixed or none."""
        return script_of(self.text)


def shadow_together(speeches: Iterable[Speech]) -> None:
    """Work out the shadows of some speeches at once, which is cheaper than one by one."""
    short = [speech for speech in speeches if len(speech.text) <= LONG]
    for speech, made in zip(short, shadows([speech.text for speech in short]), strict=True):
        vars(speech)["shadow"] = made  # where the property keeps it


def n_han(text: str) -> int:
    """Number of Han characters: the size of a text in every rate.

    >>> n_han("工會,37次")
    3
    """
    if len(text) < MANY:
        return len(_HAN.findall(text))
    return n_of(kinds_of(text), IDEOGRAPH)
