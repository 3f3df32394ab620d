"""Figures as the checks of `claims` and the ratios see them: exact values, units and indicators in one spelling.

>>> rounding(Decimal("40300"), "4.03萬")
Decimal('50')
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.read.script import shadow
from analysis.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

# Units that count the same thing: persons.
SAME_UNIT = dict.fromkeys(("名", "位", "人"), "人")
LEVELS = ("count", "money", "measure")
# Words of change that make a number a difference and no level, up to the number.
CHANGE = re.compile("(?:增|减|降|升|提高|超|高于|低于|多|少|比|扩大|缩小|涨|跌|翻|同比|新|再|平均|人均|每)[^，,；;。]{0,8}$")
_DIGITS = re.compile(r"\d+(?:\.(\d+))?")


class Quoted(NamedTuple):
    """One figure as the checks see it: exact value; unit and measures Simplified, `per` what it counts, as written."""

    start: int
    end: int
    text: str
    kind: str
    value: Decimal
    unit: str
    bound: str
    measures: str
    status: str
    sentence: int
    per: str


class Problem(NamedTuple):
    """Two figures and why they do not fit."""

    one: Quoted
    other: Quoted
    problem: str


def by_speech(tables: Tables) -> Iterator[tuple[str, list[Quoted]]]:
    """Figures with one exact number, speech by speech; dates, ranges and blanks are held against nothing."""
    figures = tables["figures"].astype(object).fillna("")
    usable = figures[(figures["kind"] != "date") & (figures["value"] != "") & (figures["value_high"] == "")]
    for speech, rows in usable.groupby("speech", sort=True):
        yield str(speech), [quoted(row) for row in rows.sort_values("start").to_dict("records")]


def quoted(row: "Mapping[Hashable, Any]") -> Quoted:
    """A row of the table `figures`, missing cells as empty strings."""
    unit = shadow(row["unit"])
    sentence = -1 if row["sentence"] == "" else int(row["sentence"])
    return Quoted(
        int(row["start"]), int(row["end"]), row["text"], row["kind"], Decimal(row["value"]), SAME_UNIT.get(unit, unit),
        row["bound"], shadow(row["measures"]), row["status"], sentence, row["unit"] or row["measures"],
    )  # fmt: skip


def alike(one: Quoted, two: Quoted) -> bool:
    """Whether two figures count in one unit, in one sentence."""
    return one.kind == two.kind and one.unit == two.unit and one.sentence == two.sentence >= 0


def rounding(value: Decimal, text: str) -> Decimal:
    """Half of the last digit that is told: 0.005万 for 4.03万; half a per cent where no digit is told."""
    digits = _DIGITS.search(text)
    if not digits or value == 0 or not Decimal(digits.group()):
        return abs(value) / 200
    scale = abs(value) / Decimal(digits.group())
    return scale * Decimal(10) ** -len(digits[1] or "") / 2
