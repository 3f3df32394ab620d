"""Which of the older Chinese encodings makes most sense of some bytes: each reading weighed by how usual its characters are.

>>> readings("工會會議圓滿成功".encode("cp950"), None)[0].codec
'cp950'

It weighs; what is done with the weights (a guess, a refusal) is the business of `encoding` and `changes`.
"""

import codecs
import re
from typing import NamedTuple

from analysis.read.characters import cost
from analysis.read.errors import InputError, visible

# Codecs that read nearly the same bytes as the same text stand in one family; the first is preferred in a tie.
FAMILIES = (("gb18030",), ("cp950", "big5hkscs"), ("utf-16-le",), ("utf-16-be",), ("utf-32-le",), ("utf-32-be",))
# What a family is called when the narrower codec reads the same text.
NARROWER = {"gb18030": ("gb2312", "gbk"), "cp950": ("big5",), "big5hkscs": ()}
SAMPLE = 200_000  # bytes weighed; the rest is decoded with the codec they chose
# Mean cost of the characters that are not ASCII, in nats: 6.2 to 7.2 in 50 characters of any speech of the test data,
# up to 9 in eight of them; 10 and more where bytes are read with the wrong codec.
PLAUSIBLE = 9.3
MARGIN = 6.0  # nats between the best reading and the next: the odds are 400 to 1


class Reading(NamedTuple):
    cost: float
    text: str
    codec: str


def known(encoding: str) -> str:
    """Python's name of `encoding`; InputError where there is no such text encoding."""
    name = known_name(encoding)
    if not name:
        raise InputError("E_NO_ENCODING", name=visible(repr(encoding)))
    return name


def known_name(encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        b"a".decode(encoding, "replace")  # refuses a codec that is not of text, such as rot13 or zip
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None


def strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeError:
        return None


def readings(data: bytes, declared: str | None) -> list[Reading]:
    """Best reading of each family, cheapest first; the declared encoding gets the benefit of the doubt."""
    sample, final = data[:SAMPLE], len(data) <= SAMPLE
    found = []
    for family in FAMILIES:
        of_family = [_reading(sample, codec, final) for codec in family]
        best = min(of_family, key=lambda reading: reading.cost)
        bonus = 2 * MARGIN if same_family(declared, best.codec) else 0.0
        found.append(best._replace(cost=best.cost - bonus))
    return sorted(found, key=lambda reading: reading.cost)


def _reading(sample: bytes, codec: str, final: bool) -> Reading:
    if codec.startswith("utf-32") and strictly(sample, codec) is None:
        return Reading(float("inf"), "", codec)
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample, final)
    return Reading(float(cost(text).sum()), text, codec)


def mean(text: str) -> float:
    """Mean cost of the characters that are not ASCII."""
    foreign = "".join(_NOT_ASCII.findall(text))
    return float(cost(foreign).mean()) if foreign else 0.0


_NOT_ASCII = re.compile(r"[^\x01-\x7f]+")


def same_family(declared: str | None, codec: str) -> bool:
    """Whether two names stand for encodings of which one is nearly the other (gb2312 and gbk); False for an unknown one."""
    if not (declared := known_name(declared)):
        return False
    codec = codec.removesuffix("-sig")
    return declared == codec or any(
        {declared, codec} <= {name for member in family for name in (member, *NARROWER.get(member, ()))} for family in FAMILIES
    )
