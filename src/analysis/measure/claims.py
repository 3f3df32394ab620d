"""Claims: pairs of figures that do not fit together, each with both receipts; and ratios a reader would form.

其中資助農民工子女6000人 after 5910名 → "part larger than its whole: 6000 > 5910".

Nothing is corrected, and silence is better than a false alarm: a pair is named only where both figures are exact, of one
unit and joined by the wording itself (其中, 由…增加到…, 占), and where rounding cannot explain the difference. It knows no
facts about the world, and two speeches are never held against each other.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from analysis.find.numerals import plain
from analysis.read.script import shadow
from analysis.tables import Tables, frame

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

# Units that count the same thing: persons.
SAME_UNIT = dict.fromkeys(("名", "位", "人"), "人")
LEVELS = ("count", "money", "measure")
# Percentage points by which shares and growth may miss before rounding is no excuse.
SHARE_SLACK = Decimal("0.5")
GROWTH_SLACK = Decimal("0.5")
# Characters between a whole and 其中, and between 其中 and its part: one clause.
NEAR = 40
_CHANGE = re.compile("(?:增|减|降|升|提高|超|高于|低于|多|少|比|扩大|缩小|涨|跌|翻|同比|新|再|平均|人均|每)[^，,；;。]{0,8}$")
_PART = re.compile("其中[，,:：]?")
_FROM_TO = re.compile(
    r"^(?:[^，,；;。]{0,6}?)(?:增加|增长|提高|上升|扩大|增|升|减少|下降|降低|缩小|减|降)[了]?(?:到|至|为)(?:[^，,；;。0-9]{0,3}年的?)?$"
)
_GROWTH = re.compile("^[^；;。]{0,14}?(?P<word>增长|增加|提高|上升|增|下降|减少|降低|减)了?$")
# Growth of another base than the two levels.
_OTHER_BASE = re.compile("年均|平均|每年|实际|可比|不变价|名义|同比|比上年|递增|年递|扣除|其中")
_FALLS = ("下降", "减少", "降低", "减")
_SHARE = re.compile(r"占(?P<whole>[^，,；;。、0-9]{0,14}?)(?:的(?:比重|比例)?)?(?:为|是|达|达到|约)?$")
_REST = re.compile("其余|其他|剩余|余下")
_DIRECT = re.compile("^(?:为|是|达|达到|高达)?$")
_PERIOD = re.compile(
    r"\d{4}年|[一二]\S{3}年|今年|去年|前年|明年|上年|年末|年底|年初|五年|过去|目前|\d+月|季度|上半年|下半年|同期"
)
_CLAUSE = re.compile("[，,；;。！!？?：:\\n]")
_PAYERS = frozenset(["人", "名", "位", "户", "戶", "人次", "家", "所", ""])


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


def measure(tables: Tables) -> pd.DataFrame:
    """Pairs of figures of one speech that contradict each other: one row per pair, both receipts, the problem in words."""
    columns: dict[str, list[object]] = {
        name: [] for name in ("speech", "start", "end", "text", "other_start", "other_end", "other_text", "problem")
    }
    for speech, figures in _by_speech(tables):
        text = shadow(tables.texts[speech])
        found = [*_parts(text, figures), *_shares(text, figures), *_growth(text, figures), *_two_values(text, figures)]
        for one, other, problem in sorted(found, key=lambda row: (row.one.start, row.other.start, row.problem)):
            row = (speech, one.start, one.end, one.text, other.start, other.end, other.text, problem)
            for name, value in zip(columns, row, strict=True):
                columns[name].append(value)
    return frame("claims", columns)


def _by_speech(tables: Tables) -> Iterator[tuple[str, list[Quoted]]]:
    """Figures with one exact number, speech by speech; dates, ranges and blanks are held against nothing."""
    figures = tables["figures"].astype(object).fillna("")
    usable = figures[(figures["kind"] != "date") & (figures["value"] != "") & (figures["value_high"] == "")]
    for speech, rows in usable.groupby("speech", sort=True):
        yield str(speech), [_quoted(row) for row in rows.sort_values("start").to_dict("records")]


def _quoted(row: "Mapping[Hashable, Any]") -> Quoted:
    unit = shadow(row["unit"])
    sentence = -1 if row["sentence"] == "" else int(row["sentence"])
    return Quoted(
        int(row["start"]), int(row["end"]), row["text"], row["kind"], Decimal(row["value"]), SAME_UNIT.get(unit, unit),
        row["bound"], shadow(row["measures"]), row["status"], sentence, row["unit"] or row["measures"],
    )  # fmt: skip


def _parts(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """其中: what follows is a part of the last amount before it."""
    for whole, part in pairwise(figures):
        between = text[whole.end : part.start]
        told = _PART.search(between)
        comparable = whole.kind == part.kind and whole.kind in LEVELS and whole.unit == part.unit
        if not told or not comparable or len(between) > NEAR or "\n" in between or "；" in between:
            continue
        changes = _CHANGE.search(text[max(0, whole.start - 12) : whole.start]) or _CHANGE.search(between)
        if not changes and whole.bound in ("exact", "under") and part.bound in ("exact", "over") and part.value > whole.value:
            yield Problem(whole, part, f"part larger than its whole: {plain(part.value)} > {plain(whole.value)}")


def _growth(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """由X增加到Y，增长Z%: Z must follow from X and Y."""
    for first, last, growth in zip(figures, figures[1:], figures[2:], strict=False):
        if growth.kind != "percent" or growth.unit != "%" or first.unit != last.unit or first.kind != last.kind:
            continue
        if {first.bound, last.bound, growth.bound} != {"exact"} or first.value <= 0 or first.kind not in LEVELS:
            continue
        after = text[last.end : growth.start]
        told = _GROWTH.match(after)
        from_to = _FROM_TO.match(text[first.end : last.start]) and re.search(
            "[由从][^，,；;。]{0,14}$", text[max(0, first.start - 16) : first.start]
        )
        if not (told and from_to) or _OTHER_BASE.search(text[first.end : growth.start]):
            continue
        sign = -1 if told["word"] in _FALLS else 1
        low, high = _growth_between(first, last)
        said = sign * growth.value
        if said < low - GROWTH_SLACK or said > high + GROWTH_SLACK:
            computed = (last.value / first.value - 1) * 100
            yield Problem(
                growth,
                last,
                f"growth of {plain(said)} % contradicts the levels: {first.text} to {last.text} is {round(computed, 1)} %",
            )


def _growth_between(first: Quoted, last: Quoted) -> tuple[Decimal, Decimal]:
    """Per cent of growth that the two levels allow, each being rounded to its last digit."""
    one, two = _rounding(first), _rounding(last)
    low = ((last.value - two) / (first.value + one) - 1) * 100
    high = ((last.value + two) / (first.value - one) - 1) * 100 if first.value > one else Decimal("Infinity")
    return low, high


def _rounding(figure: Quoted) -> Decimal:
    """Half of the last digit that is told: 0.005万 for 4.03万."""
    digits = re.search(r"\d+(?:\.(\d+))?", figure.text)
    if not digits or figure.value == 0:
        return abs(figure.value) / 200
    scale = abs(figure.value) / Decimal(digits.group()) if Decimal(digits.group()) else Decimal(1)
    return scale * Decimal(10) ** -len(digits[1] or "") / 2


def _shares(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """占…A%、占…B%, of one whole in one sentence: more than 100, or with 其余 not 100."""
    for shares in _runs_of_shares(text, figures):
        total = sum((share.value for share in shares), Decimal(0))
        slack = SHARE_SLACK + Decimal("0.05") * len(shares)
        complete = bool(_REST.search(text[shares[-2].end : shares[-1].start]))
        if total > 100 + slack or (complete and abs(total - 100) > slack):
            yield Problem(shares[0], shares[-1], f"shares of one whole add up to {plain(total)} %, not 100 %")


def _runs_of_shares(text: str, figures: list[Quoted]) -> Iterator[list[Quoted]]:
    run: list[Quoted] = []
    whole = ""
    for figure in figures:
        told = (
            _SHARE.search(text[max(0, figure.start - 20) : figure.start])
            if figure.kind == "percent" and figure.unit == "%"
            else None
        )
        goes_on = run and figure.sentence == run[-1].sentence and figure.sentence >= 0
        listed = goes_on and figure.kind == "percent" and text[run[-1].end : figure.start] in ("、", "和")
        same = told and goes_on and (told["whole"] == whole or not told["whole"]) and "；" not in text[run[-1].end : figure.start]
        if figure.bound == "exact" and (listed or same):
            run.append(figure)
            continue
        if len(run) >= 2:
            yield run
        run, whole = ([figure], told["whole"]) if told and figure.bound == "exact" else ([], "")
    if len(run) >= 2:
        yield run


def _two_values(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """One indicator at the head of its clause, of one period told in the sentence, with two values."""
    told: dict[tuple[object, ...], Quoted] = {}
    for figure in figures:
        if len(figure.measures) < 4 or figure.bound != "exact" or figure.status not in ("achieved", "target") or not figure.unit:
            continue
        head = text.rfind(figure.measures, max(0, figure.start - len(figure.measures) - 4), figure.start)
        if head < 0 or not _DIRECT.match(text[head + len(figure.measures) : figure.start]):
            continue
        if head and not _CLAUSE.match(text[head - 1]) and text[head - 1] not in " \u3000":
            continue
        period = _period(text, figure)
        if not period:
            continue
        key = (figure.measures, figure.unit, figure.kind, figure.status, period)
        other = told.setdefault(key, figure)
        if other.value != figure.value:
            yield Problem(other, figure, f"one indicator with two values: {plain(other.value)} and {plain(figure.value)}")


def _period(text: str, figure: Quoted) -> tuple[str, ...]:
    """The words of time in the sentence before the figure; none: the time is told elsewhere, and nothing is compared."""
    begin = max(text.rfind(mark, 0, figure.start) for mark in "。！？\n") + 1
    return tuple(sorted(set(_PERIOD.findall(text[begin : figure.start]))))


def ratios(tables: Tables) -> pd.DataFrame:
    """Ratios a reader would form within one sentence: money per person or household, one row each, both receipts.

    Columns: speech, start, end, text (the money), other_start, other_end, other_text (the heads), value (exact quotient to
    two places), unit, bound (`about` where either figure is not exact).
    """
    rows = [
        (speech, money.start, money.end, money.text, heads.start, heads.end, heads.text, value, unit, bound)
        for speech, figures in _by_speech(tables)
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
                or _CHANGE.search(text[max(0, two.start - 9) : two.start])
            ):
                continue
            taken |= {one.start, two.start}
            yield money, heads


def _ratio(money: Quoted, heads: Quoted) -> tuple[str, str, str]:
    bounds = {money.bound, heads.bound}
    return plain(round(money.value / heads.value, 2)), f"{money.per} / {heads.per}", "exact" if bounds == {"exact"} else "about"
