"""Ratios a reader would form within one sentence: money per person or household, with both receipts.

安排2580萬元,解決5910名職工子女 → 4365.48 元 / 名. It says what is written beside each other, not that one paid for the other.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from analysis.find.numerals import plain
from analysis.measure.claim_figures import CHANGE, Quoted, by_speech
from analysis.read.script import shadow
from analysis.tables import Tables

_CLAUSE = re.compile("[，,；;。！!？?：:\\n]")
_PAYERS = frozenset(["人", "名", "位", "户", "戶", "人次", "家", "所", ""])


def ratios(tables: Tables) -> pd.DataFrame:
    """Money per head, one row per pair, both receipts.

    Columns: speech, start, end, text (the money), other_start, other_end, other_text (the heads), value (exact quotient to
    two places), unit, bound (`about` where either figure is not exact).
    """
    rows = [
        (speech, money.start, money.end, money.text, heads.start, heads.end, heads.text, value, unit, bound)
        for speech, figures in by_speech(tables)
        for money, heads in _paired(shadow(tables.texts[speech]), figures)
        for value, unit, bound in [_ratio(money, heads)]
    ]
    names = ["speech", "start", "end", "text", "other_start", "other_end", "other_text", "value", "unit", "bound"]
    types = {name: "Int64" if name.endswith(("start", "end")) else "string" for name in names}
    return pd.DataFrame(rows, columns=names).astype(types)


def _paired(text: str, figures: list[Quoted]) -> Iterator[tuple[Quoted, Quoted]]:
    """Money and heads next to each other: in one clause, or in clauses that follow each other and hold nothing else."""
    taken: set[int] = set()
    for apart in (False, True):
        for one, two in pairwise(figures):
            money, heads = (one, two) if one.kind == "money" else (two, one)
            clauses = len(_CLAUSE.findall(text[one.end : two.start]))
            fits = money.kind == "money" and heads.kind == "count" and heads.unit in _PAYERS and 1 < heads.value <= money.value
            if (
                not fits
                or one.sentence != two.sentence
                or one.sentence < 0
                or clauses != int(apart)
                or {one.start, two.start} & taken
            ):
                continue
            if (
                "；" in text[one.end : two.start]
                or ";" in text[one.end : two.start]
                or CHANGE.search(text[max(0, two.start - 9) : two.start])
            ):
                continue
            taken |= {one.start, two.start}
            yield money, heads


def _ratio(money: Quoted, heads: Quoted) -> tuple[str, str, str]:
    bounds = {money.bound, heads.bound}
    return (
        plain(Decimal(f"{money.value / heads.value:.2f}")),
        f"{money.per} / {heads.per}",
        "exact" if bounds == {"exact"} else "about",
    )
