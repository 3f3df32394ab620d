"""How many false claims are found: real sentences with one number changed, and how many alarms rise on untouched texts.

    ANALYSIS_TESTDATA=... python tests/benchmarks/claims.py [--errors]

A site is a sentence of testdata/speeches whose wording joins its numbers; sites are found by patterns of their own, wider than
those of `measure/claims.py`. In each site one number is changed so that the sentence becomes false:
- part: 其中 … a part of the whole before it → more than the whole
- turn: 由X增加到Y → Y on the other side of X
- growth: 由X增加到Y，增长Z → Z doubled and more
- change: 达到Y，比上年增加D，增长Z% → Z doubled and more
- share: 占A%，占B%, together a hundred → one of them 20 points more
- rate: a rate of 50 to 100 %, not one that may be larger (贡献率) → 60 points more
Growth per year (年均) and real growth are left out: the levels do not tell them.
A change counts as found where a claim names the changed number. Untouched: all 112 speeches and the first 300 laws.
"""

import json
import lzma
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from analysis.find import figures, sentences
from analysis.find.numerals import plain
from analysis.measure.claim_figures import Quoted, quoted
from analysis.measure.claims import problems
from analysis.read.lexicons import load
from analysis.read.speech import Speech

LAWS = 300
LEVELS = ("count", "money", "measure")
FROM = re.compile("[由从][^，。；]{0,16}$")
TO = re.compile("(?:到|至|为|达)[^，。；0-9]{0,10}$")
GROWTH = re.compile("(?:增长|增加|提高|上升|下降|减少|降低)[^，。；0-9]{0,4}$")
CHANGED_BY = re.compile("[，、](?:同比)?(?:增长|下降|减少|增加|提高)")
LAST_YEAR = re.compile("(?:比|较)(?:去年|上年)[^，。；0-9]{0,10}$")
RATIO = re.compile("[∶:：比]")
# A name that ends in 率, but no ratio that may be above a hundred (contribution, growth, enrolment with repeaters).
RATE = re.compile("(?<!贡献)(?<!增长)(?<!毛入学)(?<!毛入园)率$")
SHARE = re.compile("占[^，。；]{0,20}$")

Site = tuple[str, int, Decimal]


def quotes(text: str) -> list[Quoted]:
    """Figures of a text on its own, as the checks see them."""
    speech = Speech("s", "f", "", text)
    found = {"sentences": sentences.find(speech, {}, load())}
    columns, _ = figures.find(speech, found, load())
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    usable = [row for row in rows if row["kind"] != "date" and row["value"] and not row["value_high"]]
    return [quoted({name: "" if value is None else value for name, value in row.items()}) for row in usable]


def paragraphs(testdata: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((testdata / "speeches").glob("*.txt")):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            if line.strip():
                yield path.name, line.strip()


def sites(text: str, quoted: list[Quoted]) -> Iterator[Site]:
    """Kind of site, the place of the number to change in the list, and its new value."""
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(quoted):
        by_sentence[one.sentence].append(place)
    for places in by_sentence.values():
        yield from _pairs(text, quoted, places)
        yield from _shares(text, quoted, places)
        for place in places:
            one = quoted[place]
            if one.unit == "%" and 50 <= one.value <= 100 and one.bound == "exact" and RATE.search(one.measures):
                yield "rate", place, one.value + 60


def _pairs(text: str, quoted: list[Quoted], places: list[int]) -> Iterator[Site]:
    for left, right in pairwise(places):
        one, two = quoted[left], quoted[right]
        same = (one.kind, one.unit) == (two.kind, two.unit) and one.bound == two.bound == "exact"
        same = same and one.kind != "fraction" and not RATIO.search(text[one.start - 1 : one.start] + text[two.end : two.end + 1])
        between, before = text[one.end : two.start], text[max(0, one.start - 20) : one.start]
        third = quoted[right + 1] if right + 1 in places else None
        if same and one.kind in LEVELS and "其中" in between and two.value < one.value:
            yield "part", right, one.value * 3 // 2 + 1
        if same and one.value != two.value and FROM.search(before) and TO.search(between):
            factor = Decimal("0.6") if two.value > one.value else Decimal("1.4")
            yield "turn", right, Decimal(int(one.value * factor) or 1) if one.value == int(one.value) else one.value * factor
            growth = text[two.end : third.start] if third else ""
            base_told = GROWTH.search(growth) and not re.search("年均|平均|每年|实际", growth)
            if third and one.kind in LEVELS and third.unit in ("%", "倍") and base_told:
                yield "growth", right + 1, third.value * 3 + 10
        if not (same and one.kind in LEVELS and LAST_YEAR.search(between) and third and third.unit == "%"):
            continue
        if CHANGED_BY.fullmatch(text[two.end : third.start]):
            yield "change", right + 1, third.value * 2 + 10


def _shares(text: str, quoted: list[Quoted], places: list[int]) -> Iterator[Site]:
    told = [p for p in places if quoted[p].unit == "%" and SHARE.search(text[max(0, quoted[p].start - 24) : quoted[p].start])]
    total = sum(quoted[p].value for p in told)
    if len(told) >= 2 and abs(total - 100) <= Decimal("0.5"):
        yield "share", told[-1], quoted[told[-1]].value + 20


def changed(text: str, one: Quoted, value: Decimal) -> str:
    """The text with another value in place of one figure, told in Arabic digits."""
    scale = next((scale for scale in ("亿", "万") if scale in one.text and value % 1 == 0), "")
    number = plain(round(value / {"亿": 10**8, "万": 10**4, "": 1}[scale], 2)) + scale
    unit = "%" if one.unit == "%" else one.per if one.per in one.text else ""
    number = ("第" if one.kind == "ordinal" else "") + number
    return text[: one.start] + number + unit + text[one.end :]


def main() -> None:
    folder = os.environ.get("ANALYSIS_TESTDATA")
    if not folder:
        sys.exit("ANALYSIS_TESTDATA does not name the folder of the test data")
    n, hits, alarms = Counter[str](), Counter[str](), []
    seen = set()
    for name, text in paragraphs(Path(folder)):
        speech = Speech("s", "f", "", text)
        all_quoted = quotes(text)
        alarms += [(name, text[row.one.start : row.other.end], row.problem) for row in problems(speech.shadow, all_quoted)]
        for kind, place, value in sites(speech.shadow, all_quoted):
            one = all_quoted[place]
            false = changed(text, one, value)
            if (kind, false) in seen:
                continue
            seen.add((kind, false))
            n[kind] += 1
            rows = problems(Speech("s", "f", "", false).shadow, quotes(false))
            hit = any(abs(p.start - one.start) <= 1 for row in rows for p in (row.one, row.other))
            hits[kind] += hit
            if "--errors" in sys.argv and not hit:
                print("   missed", kind, name, false[max(0, one.start - 60) : one.end + 20])
    with lzma.open(Path(folder) / "large" / "prc_laws_simplified.jsonl.xz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(LAWS), lines, strict=False):
            text = json.loads(line)["text"]
            alarms += [("law", text[row.one.start : row.other.end], row.problem) for row in problems(text, quotes(text))]
    for kind in sorted(n):
        print(f"claims {kind:8} n {n[kind]:4}  found {hits[kind]:4}  recall {hits[kind] / n[kind]:5.3f}")
    print(f"claims {'all':8} n {n.total():4}  found {hits.total():4}  recall {hits.total() / n.total():5.3f}")
    print("alarms on untouched texts:", len(alarms))
    for alarm in alarms:
        print("  ", *alarm)


if __name__ == "__main__":
    main()
