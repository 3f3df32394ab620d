"""Claims: pairs of figures that do not fit together, each with both receipts.

其中資助農民工子女6000人 after 5910名 → "part larger than its whole: 6000 > 5910".

Nothing is corrected, and silence is better than a false alarm: a pair is named only where both figures are exact, of one
unit and joined by the wording itself (其中, 由…增加到…, 比上年增加, 占, 率), and where rounding cannot explain the difference.
It knows no facts about the world, and two speeches are never held against each other.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from analysis.find.numerals import plain
from analysis.measure.claim_figures import CHANGE, LEVELS, Problem, Quoted, alike, by_speech, rounding
from analysis.measure.claim_levels import levels
from analysis.read.script import shadow
from analysis.tables import Tables, frame

# Percentage points by which shares may miss a hundred before rounding is no excuse.
SHARE_SLACK = Decimal("0.5")
# Characters between a whole and 其中, and between 其中 and its first part: one clause.
NEAR = 40
# The whole may be what is newly built; it may not be a change, a part of which can be larger than it.
_CHANGED = re.compile("(?:(?<!新)增|减|降|升|超|高于|低于|扩大|缩小|涨|跌|翻|同比|比|平均|人均|每)[^，,；;。]{0,8}$")
_PART = re.compile("其中[，,:：]?")
# What follows these is brought about by the whole and no part of it.
_EFFECT = re.compile("带动|拉动|撬动|形成|实现|惠及|相当于|完成|解决|培训|帮助")
_SHARE = re.compile(r"占(?P<whole>[^，,；;。、0-9]{0,14}?)(?:的(?:比重|比例)?)?(?:为|是|达|达到|约)?$")
_OF_IT = re.compile(r"^[^；;。]{0,12}?[，,、]?占(?:比|比重)?(?:总数|总量|总额|全部)?的?(?:比重|比例)?(?:为|达到?|约)?$")
_REST = re.compile("其余|其他|剩余|余下")
_DIRECT = re.compile("^(?:为|是|达|达到|高达)?$")
_PERIOD = re.compile(
    r"\d{4}年|[一二]\S{3}年|今年|去年|前年|明年|上年|年末|年底|年初|五年|过去|目前|\d+月|季度|上半年|下半年|同期"
)
_CLAUSE = re.compile("[，,；;。！!？?：:\\n]")
# 4.0∶37.7∶58.3: parts of a hundred beside each other.
_COLON = re.compile("[∶:：]")
_PARTS_OF = re.compile("(?:比重|结构|比例|占比)[^，,；;。]{0,8}$")
# A rate is a share and never above a hundred, but for these, which are ratios of other kinds.
_RATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2})(?<!拨备覆盖)(?<!流动性覆盖)率，?(?:(?:[由从][^，,；;。]{0,24})?(?:提高|提升|上升|增加|降低|下降|升|降)[到至](?:\d{4}年的?)?"
    r"|(?:分别)?(?:已|均)?(?:为|达到?|高达|超|保持在?|稳定在)?(?:[^，,；;。]{0,8}[和、])?)$"
)
# growth, contribution, completion, sales to output, debt, leverage, profit, return, yield, inflation, self-sufficiency, turnover,
# keeping of value, budget use, saving, gross enrolment (school, kindergarten, crèche), exchange, cost, output, compensation
_NO_SHARE = (
    "增长", "成长", "贡献", "完成", "产销", "负债", "杠杆", "利润", "回报", "收益", "通胀", "膨胀", "自给", "周转",
    "增值", "执行", "储蓄", "入学", "入园", "入托", "汇兑", "成本", "产出", "赔付",
)  # fmt: skip


def measure(tables: Tables) -> pd.DataFrame:
    """Pairs of figures of one speech that contradict each other: one row per pair, both receipts, the problem in words."""
    columns: dict[str, list[object]] = {
        name: [] for name in ("speech", "start", "end", "text", "other_start", "other_end", "other_text", "problem")
    }
    for speech, figures in by_speech(tables):
        for one, other, problem in problems(shadow(tables.texts[speech]), figures):
            row = (speech, one.start, one.end, one.text, other.start, other.end, other.text, problem)
            for name, value in zip(columns, row, strict=True):
                columns[name].append(value)
    return frame("claims", columns)


def problems(text: str, figures: list[Quoted]) -> list[Problem]:
    """What does not fit among the figures of one text (its shadow), in text order."""
    checks = (_parts, _portions, _shares, _ratio_of_parts, _rates, levels, _two_values)
    found = {problem for check in checks for problem in check(text, figures)}
    return sorted(found, key=lambda row: (row.one.start, row.other.start, row.problem))


def _parts(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """其中: what follows is a part of the last amount of its unit before it, in the same sentence or the one before."""
    for told in _PART.finditer(text):
        before = [one for one in figures if told.start() - NEAR <= one.end <= told.start()]
        after = next((one for one in figures if one.start >= told.end()), None)
        if not after or after.start - told.end() > NEAR or re.search("[；;。\n]", text[told.end() : after.start]):
            continue
        # Of several amounts of one unit (十八人，秘书三人，其中…) the largest may be the whole.
        whole = max((one for one in before if (one.kind, one.unit) == (after.kind, after.unit)), key=_value, default=None)
        if not whole or after.kind not in LEVELS or re.search("[；;\n](?!$)", text[whole.end : told.start()]):
            continue
        changes = _CHANGED.search(text[max(0, whole.start - 12) : whole.start]) or CHANGE.search(text[told.end() : after.start])
        if "至" in text[max(0, told.start() - NEAR) : told.start()]:  # 四人至八人: a whole that is a range
            continue
        if changes or _EFFECT.search(text[told.end() : after.start]) or whole.bound != "exact":
            continue
        for part in _listed_parts(text, figures, after):
            if part.bound in ("exact", "over") and part.value > whole.value:
                yield Problem(whole, part, f"part larger than its whole: {plain(part.value)} > {plain(whole.value)}")


def _value(one: Quoted) -> Decimal:
    return one.value


def _listed_parts(text: str, figures: list[Quoted], first: Quoted) -> Iterator[Quoted]:
    """The first part and those of its unit that follow in a row: A人、B人、C人."""
    last = first
    for one in figures[figures.index(first) :]:
        between = text[last.end : one.start]
        if one is not first and (not alike(first, one) or len(between) > NEAR // 2 or "，" in between or _stops(between)):
            return
        yield one
        last = one


def _stops(between: str) -> bool:
    return bool(re.search("[；;。\n]", between) or CHANGE.search(between) or _EFFECT.search(between))


def _portions(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """W，其中P，占Z%: Z must follow from P and W."""
    for whole, part, share in zip(figures, figures[1:], figures[2:], strict=False):
        if not (alike(whole, part) and part.sentence == share.sentence and whole.kind in LEVELS and share.unit == "%"):
            continue
        if {whole.bound, part.bound, share.bound} != {"exact"} or whole.value <= 0:
            continue
        inside = _PART.search(text[whole.end : part.start]) and not _stops(text[whole.end : part.start])
        if not inside or not _OF_IT.match(text[part.end : share.start]):
            continue
        slack = (rounding(part.value, part.text) + rounding(whole.value, whole.text)) / whole.value * 100 + SHARE_SLACK
        computed = part.value / whole.value * 100
        if abs(computed - share.value) > slack:
            words = f"share of {plain(share.value)} % contradicts the amounts: {part.text} of {whole.text}"
            yield Problem(share, part, f"{words} is {computed:.1f} %")


def _ratio_of_parts(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """比重为4.0∶37.7∶58.3: three parts of a hundred."""
    for one, two, three in zip(figures, figures[1:], figures[2:], strict=False):
        joined = _COLON.fullmatch(text[one.end : two.start].strip()) and _COLON.fullmatch(text[two.end : three.start].strip())
        if not joined or not _PARTS_OF.search(text[max(0, one.start - 16) : one.start]):
            continue
        total = one.value + two.value + three.value
        # 1:2:3 is a plain ratio; parts of a hundred come near it.
        if total > 50 and abs(total - 100) > SHARE_SLACK:
            yield Problem(one, three, f"parts of a hundred add up to {plain(total)}")


def _rates(text: str, figures: list[Quoted]) -> Iterator[Problem]:
    """入会率达191.73%: a share above a hundred."""
    for one in figures:
        told = _RATE.search(text[max(0, one.start - 44) : one.start]) if one.unit == "%" and one.value > 100 else None
        if told and told["name"] not in _NO_SHARE:
            yield Problem(one, one, f"a rate above 100 %: {plain(one.value)} %")


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
