"""How much one file may ask for before it is refused.

>>> Limits.of(["text_mb=200"]).text_mb
200.0
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Limits:
    """Bounds of one input file; every message that names one says how to raise it: --limit NAME=VALUE.

    A speech has 2 to 30 thousand characters, so each bound is some hundred times what a speech needs.
    """

    text_mb: float = 20  # size of a txt, md or html file
    document_mb: float = 50  # size of a docx or pdf file
    unpacked_mb: float = 100  # all parts of a docx together
    ratio: float = 100  # unpacked to packed size, once more than 1 MB is unpacked
    entries: float = 10_000  # parts of a docx
    pages: float = 2_000  # of a pdf
    seconds: float = 60  # to read one docx or pdf
    memory_mb: float = 1_000  # to read one docx or pdf

    @classmethod
    def of(cls, told: Sequence[str]) -> "Limits":
        """Limits with some of them set as on the command line; ValueError says which names there are."""
        names = [field.name for field in fields(cls)]
        values: dict[str, float] = {}
        for each in told:
            name, _, value = each.partition("=")
            if name not in names or not value.replace(".", "", 1).isdigit():
                raise ValueError(f"--limit {each}: write NAME=NUMBER with NAME one of {', '.join(names)}")
            values[name] = float(value)
        return replace(cls(), **values)
