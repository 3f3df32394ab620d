"""How much speaks for a person's name: log odds of given names by their characters, and of what stands beside a name.

>>> odds("建明") > 0 > odds("政府")
True

Which characters stand in given names is counted in jieba's dictionary.
"""

from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find.dictionary import dictionary, from_dictionary
from analysis.find.name_lists import AREAS, LAND, in_simplified
from analysis.read.codes import codes_in
from analysis.read.lexicons import Lexicons

# Code points above share one place in tables of characters.
LAST_CODE = 0x10000
# Log odds that a given name is one: with a title beside it, and on its own.
WITH_SIGN, ALONE = -3.0, 4.0
# Log odds of a person that each piece of evidence adds; set on Wikipedia sentences and speeches (tests/benchmarks/names.py).
SIGN_BEFORE, SIGN_AFTER, KNOWN_NAME, OPEN_BEFORE, OPEN_AFTER, EVERYDAY_SURNAME = 3.0, 3.0, 1.5, 1.0, 0.5, -3.0
# A name needs as much as this; one of two characters has half the evidence of its own.
ENOUGH, ENOUGH_FOR_TWO, ENOUGH_UNSIGNED = 4.5, 4.6, 3.3
LEAST = -1.0  # log odds of the given name alone
# Marks and words of grammar that a name often follows or precedes; beyond both ends of a text stands NUL.
OPENS = frozenset("\0，。；：、！？「『“‘（(《\n \u3000,;:与和由令派请让对跟同向被但及而因后年月日此时说是")
CLOSES = frozenset("\0，。；：、！？」』”’）)》\n,;:与和在于被曾亦也将已是为的到从等及则便即又还就")
# What makes the characters before it another thing: a road, a temple, a family's village.
OTHER_THING = frozenset(AREAS + LAND + "路巷弄里庄屯氏家府门号牌杯派")
# No given name ends so: nouns of bodies, rooms, qualities and groups do (仲裁庭 tribunal, 严肃性 gravity, 博览会 fair).
_NOUN_ENDS = frozenset("会庭性族室科者员证书率力度化型式课馆处厅部组队班级类品法权费税款额量值区界体系官库")
NO_END = OTHER_THING | _NOUN_ENDS


class Odds(NamedTuple):
    """Log odds of each code point as first and second character of a given name against running text."""

    first: npt.NDArray[np.float32]
    second: npt.NDArray[np.float32]


@cache
def given_odds() -> Odds:
    """Counted in jieba's dictionary: its names of persons against all its words, each as often as it was met."""
    tables = np.zeros((2, LAST_CODE + 1), dtype=np.float32)
    for table, values in zip(tables, _odds_of_characters(), strict=True):
        codes = codes_in("".join(values))
        table[codes] = list(values.values())
    return Odds(*tables)


@from_dictionary("given_names")
def _odds_of_characters() -> list[dict[str, float]]:
    """The log odds of each character of the basic plane, to a thousandth."""
    entries = dictionary()
    counts = np.fromiter((count for count, _ in entries.values()), dtype=np.float64)
    characters = np.minimum(codes_in("".join(entries)), LAST_CODE)
    lengths = np.fromiter(map(len, entries), dtype=np.int64)
    text = np.bincount(characters, weights=np.repeat(counts, lengths), minlength=LAST_CODE + 1)
    names = "".join(word[1:] for word, (_, tag) in entries.items() if len(word) == 3 and tag in ("nr", "nrfg"))
    given = np.minimum(codes_in(names), LAST_CODE)
    return [_log_odds(given[place::2], text) for place in (0, 1)]


def _log_odds(given: npt.NDArray[np.uint32], text: npt.NDArray[Any]) -> dict[str, float]:
    """Half a count more for each character of a name and fifty for one of the text, so that rare ones say little."""
    met = np.flatnonzero(text[:LAST_CODE])
    values = np.log((np.bincount(given, minlength=len(text))[met] + 0.5) * (text.sum() / len(given)) / (text[met] + 50))
    return dict(zip(map(chr, met.tolist()), np.round(values, 3).tolist(), strict=True))


@lru_cache(maxsize=65536)
def odds(given: str) -> float:
    """Log odds of a given name of one or two characters."""
    first, second = given_odds()
    last = float(second[min(ord(given[-1]), LAST_CODE)])
    return float(first[min(ord(given[0]), LAST_CODE)]) + last if len(given) == 2 else last


class Signs(NamedTuple):
    """Words that stand before a person's name, and words that stand after one."""

    before: frozenset[str]
    after: frozenset[str]


@lru_cache(maxsize=4)
def signs(lexicons: Lexicons) -> Signs:
    """Those of signs.csv, in Simplified form."""
    rows = lexicons.rows("signs")
    words = in_simplified(row["word"] for row in rows) if rows else []
    before = frozenset(word for word, row in zip(words, rows, strict=True) if row["side"] == "before")
    after = frozenset(words) - before | frozenset(word for word, row in zip(words, rows, strict=True) if row["side"] == "after")
    return Signs(before, after)
