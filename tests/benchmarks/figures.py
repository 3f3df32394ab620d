"""How well figures are found: span and value, per source and kind.

    ANALYSIS_TESTDATA=... python tests/benchmarks/figures.py [--errors]

Peers (the folder `quantities`) mark one kind each or cut differently, so for them only recall is scored:
- `value`: an expected span is found where a figure that overlaps it has its value; 65% of the peers is 65 % or the fraction 0.65 here.
- `span`: the same offsets. Recognizers marks the bare number or the number with its unit depending on the file, so a span counts as
  equal where both hold the same digits and the ends differ only by unit or approximator.
- duckling's intervals (`from`, `to`, `above`, `under`) are compared by their ends; its grams, metres and seconds by what is written.
- Pairs text → expected (cn2an, WeText, NeMo) are scored by the decimals of the expected string.
- UD GSD gives spans of number + classifier without values: found where a figure overlaps; its articles (一個) are left out.
Rows that contradict the conventions of data/README.md are listed with the reason in figures_exceptions.csv and left out.
The gold set (tests/gold/figures.jsonl) is scored for precision too; its debatable rows count neither way.
"""

import csv
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from analysis.find.figures import find
from analysis.find.numerals import parse
from analysis.read.lexicons import load
from analysis.read.script import shadow
from analysis.read.speech import Speech
from analysis.schema import Figure

# Each gold set and the windows it was read in.
WINDOWS = {"figures": "windows.csv", "fresh_figures": "fresh_windows.csv", "second_figures": "second_windows.csv"}
HERE = Path(__file__).parent
GOLD = HERE.parent / "gold"
# Relative difference at which two values count as one: thirds are told to four places.
TOLERANCE = Decimal("1e-3")


@cache
def figures(text: str) -> tuple[Figure, ...]:
    """Figures of a text on its own."""
    columns, _ = find(Speech("s", "f", "", text), {}, load())
    return tuple(Figure(*row) for row in zip(*columns.values(), strict=True))


def exceptions() -> set[tuple[str, str]]:
    with (HERE / "figures_exceptions.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["source"], row["text"]) for row in csv.DictReader(lines)}


def decimal(value: object) -> Decimal | None:
    """A peer's value as a decimal; None where it is no plain number."""
    try:
        return Decimal(str(value).rstrip("%"))
    except InvalidOperation:
        return None


def same(one: Decimal, two: Decimal) -> bool:
    return one == two or abs(one - two) <= TOLERANCE * max(abs(one), abs(two))


def has_value(figure: Figure, expected: Decimal, *, share: bool = False) -> bool:
    for text in (figure.value, figure.value_high):
        value = decimal(text) if text else None
        if value is None:
            continue
        if same(value, expected) or (share and figure.kind == "fraction" and same(value * 100, expected)):
            return True
    return False


def rows(path: Path) -> Iterator[dict]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def expected_values(span: dict) -> list[Decimal]:
    """Values a peer's span stands for: one, or the ends of an interval."""
    value = span.get("value")
    if isinstance(value, dict):
        return [d for d in map(decimal, value.values()) if d is not None]
    if isinstance(value, str) and value[:1] in "[(":
        return [d for d in map(decimal, re.findall(r"-?[\d.]+", value)) if d is not None]
    number = decimal(value)
    return [] if number is None or isinstance(value, list) else [number]


def score_spans(name: str, path: Path, left_out: set[tuple[str, str]]) -> Iterator[tuple[str, bool, bool, str]]:
    """(kind, span found, value found, what) for each expected span of a peer."""
    for row in rows(path):
        if (name, row["text"]) in left_out:
            continue
        for span in row["spans"]:
            values = expected_values(span)
            if not values:
                continue
            overlapping = [f for f in figures(row["text"]) if f.start < span["end"] and span["start"] < f.end]
            exact = any((f.start, f.end) == (span["start"], span["end"]) or _same_core(f, span) for f in overlapping)
            share = row["kind"] == "percent"
            value = all(any(has_value(f, wanted, share=share) for f in overlapping) for wanted in values)
            yield (
                row["kind"],
                exact,
                value,
                f"{row['text'][:50]} → {span['text']} = {span.get('value')}; {[(f.text, f.value) for f in overlapping]}",
            )


def _same_core(figure: Figure, span: dict) -> bool:
    """Spans that differ only by a unit or an approximator hold each other."""
    return (figure.start <= span["start"] and span["end"] <= figure.end) or (
        span["start"] <= figure.start and figure.end <= span["end"]
    )


def score_pairs(name: str, path: Path, left_out: set[tuple[str, str]]) -> Iterator[tuple[str, bool, bool, str]]:
    """Pairs text → expected: every decimal of the expected string is the value of a figure of the text."""
    for row in rows(path):
        if row.get("spans") or not row.get("expected") or (name, row["text"]) in left_out:
            continue
        kind = f"{row['kind']} {row.get('category', '')}".strip()
        if row["kind"] == "itn" and row.get("category") in (
            "cardinal",
            "decimal",
            "fraction",
            "money",
            "ordinal",
            "measure",
            "number",
        ):
            wanted = _decimals(row["expected"])
            found = list(figures(row["text"]))
            if wanted:
                hit = all(any(has_value(f, value, share=True) for f in found) for value in wanted)
                yield kind, hit, hit, f"{row['text']} → {row['expected']}; {[(f.text, f.value) for f in found]}"


def _decimals(text: str) -> list[Decimal]:
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    found = []
    if re.search(r"\d[-~]\d", text):
        return []  # 45-6: a range told short
    for match in re.finditer(r"(?:(\d+)又)?(-?\d+)/(\d+)|(-?\d+(?:\.\d+)?)([万億亿兆萬]*)", text):
        if match[2]:
            found.append(Decimal(match[1] or 0) + Decimal(match[2]) / Decimal(match[3]))
        else:
            value = parse(shadow(match[4] + match[5]))
            if value is not None:
                found.append(value)
    return found


def score_cn2an(path: Path) -> Iterator[tuple[str, bool, bool, str]]:
    """Whole strings as numerals; what must be rejected makes no number."""
    for row in rows(path):
        text = shadow(row["text"])
        if row["kind"] == "must_reject":
            rejected = parse(text, strict=row["mode"] == "strict") is None
            yield "must reject", rejected, rejected, row["text"]
        elif row["kind"] in ("cn_to_number", "number_to_cn") and not re.search("[元圆角]", row["text"]):
            value = parse(text)
            wanted = decimal(row["spans"][0]["value"])
            hit = value is not None and wanted is not None and same(value, wanted)
            yield row["kind"], hit, hit, f"{row['text']} = {wanted}; {value}"


def score_ud(path: Path) -> Iterator[tuple[str, bool, bool, str]]:
    for row in rows(path):
        found = figures(row["text"])
        for span in row["spans"]:
            if not re.match(r"[0-9二三四五六七八九十百千万兩两萬]", span["text"]) or not span.get("unit"):
                continue
            hit = any(f.start < span["end"] and span["start"] < f.end for f in found)
            yield "number+unit", hit, hit, f"{row['text'][max(0, span['start'] - 8) : span['end'] + 8]} → {span['text']}"


def report(name: str, results: Iterable[tuple[str, bool, bool, str]], errors: bool) -> None:
    by_kind: dict[str, list[tuple[bool, bool, str]]] = defaultdict(list)
    for kind, span, value, what in results:
        by_kind[kind].append((span, value, what))
    for kind, outcomes in sorted(by_kind.items()):
        n = len(outcomes)
        spans, values = sum(o[0] for o in outcomes), sum(o[1] for o in outcomes)
        print(f"{name:28} {kind:18} n {n:4}  span recall {spans / n:5.3f}  value recall {values / n:5.3f}")
        if errors:
            for _, hit, what in outcomes:
                if not hit:
                    print("      missed:", what)


def score_gold(testdata: Path, errors: bool, name: str = "figures") -> None:
    """Precision, recall and F1 on the hand-made gold, of span, span + value, and each further column on shared spans."""
    wanted: dict[str, list[dict]] = defaultdict(list)
    for row in rows(GOLD / f"{name}.jsonl"):
        wanted[row["file"]].append(row)
    windows = defaultdict(list)
    with (GOLD / WINDOWS[name]).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            windows[row["file"]].append((int(row["start"]), int(row["end"])))
    tally: dict[str, int] = defaultdict(int)
    by_kind: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    fields: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for file, spans in windows.items():
        text = (testdata / "speeches" / file).read_bytes().decode("utf-8-sig")
        found = [f for f in figures(text) if any(start <= f.start and f.end <= end for start, end in spans)]
        _score_file(text, wanted[file], found, tally, by_kind, fields, errors)
    for measure in ("span", "value"):
        hits = tally[measure]
        precision, recall = hits / tally["found"], hits / tally["wanted"]
        print(
            f"gold {name:23} {measure:18} n {tally['wanted']:4}  precision {precision:5.3f}  recall {recall:5.3f}  F1 {2 * precision * recall / (precision + recall):5.3f}"
        )
    for kind, (n, span, value, found, right) in sorted(by_kind.items()):
        print(
            f"gold {name:23} {kind:18} n {n:4}  span recall {span / max(n, 1):5.3f}  value recall {value / max(n, 1):5.3f}  precision {right / max(found, 1):5.3f}"
        )
    for field, (right, n) in fields.items():
        print(f"gold {name:23} {field:18} n {n:4}  agreement {right / max(n, 1):5.3f}")


def _score_file(
    text: str, wanted: list[dict], found: list[Figure], tally: dict, by_kind: dict, fields: dict, errors: bool
) -> None:
    sure = {(w["start"], w["end"]): w for w in wanted if not w.get("debatable")}
    doubtful = [(w["start"], w["end"]) for w in wanted if w.get("debatable")]
    mine = {(f.start, f.end): f for f in found}
    for place, row in sure.items():
        tally["wanted"] += 1
        kinds = by_kind[row["kind"]]
        kinds[0] += 1
        figure = mine.get(place)
        if figure is None:
            if errors:
                print("   MISSED", _around(text, *place), row["kind"], row["value"])
            continue
        tally["span"] += 1
        kinds[1] += 1
        value = _same_value(figure, row)
        tally["value"] += value
        kinds[2] += value
        _agree(text, row, figure, fields, errors)
        if errors and not value:
            print(
                "   VALUE ", _around(text, *place), (figure.value, figure.value_high), "gold", (row["value"], row["value_high"])
            )
    for place, figure in mine.items():
        if place not in sure and any(start < place[1] and place[0] < end for start, end in doubtful):
            continue
        tally["found"] += 1
        by_kind[figure.kind][3] += 1
        by_kind[figure.kind][4] += place in sure
        if errors and place not in sure:
            print("   FALSE ", _around(text, *place), figure.kind, figure.value)


def _agree(text: str, row: dict, figure: Figure, fields: dict, errors: bool) -> None:
    told = text[row["measures_start"] : row["measures_end"]] if row.get("measures_start") is not None else ""
    pairs = {
        "kind": (row["kind"], figure.kind),
        "unit": (row["unit"], figure.unit),
        "bound": (row["bound"], figure.bound),
        "measures": (told, figure.measures),
    }
    if row.get("status"):
        pairs["status"] = (row["status"], figure.status)
    if told:
        pairs["measures overlap"] = (True, bool(figure.measures) and (told in figure.measures or figure.measures in told))
    for field, (wanted, got) in pairs.items():
        fields[field][0] += wanted == got
        fields[field][1] += 1
        if errors and wanted != got and field != "measures overlap":
            print(f"   {field.upper():8}", _around(text, row["start"], row["end"]), "got", repr(got), "gold", repr(wanted))


def _same_value(figure: Figure, row: dict) -> bool:
    for got, wanted in ((figure.value, row["value"]), (figure.value_high, row["value_high"])):
        one, two = decimal(got), decimal(wanted)
        if got != wanted and (one is None or two is None or not same(one, two)):
            return False
    return True


def _around(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 12) : start]}[{text[start:end]}]{text[end : end + 8]}".replace("\n", "/")


def main() -> None:
    errors = "--errors" in sys.argv
    folder = os.environ.get("ANALYSIS_TESTDATA")
    if not folder:
        sys.exit("ANALYSIS_TESTDATA does not name the folder of the test data")
    testdata, left_out = Path(folder), exceptions()
    only = [a for a in sys.argv[1:] if not a.startswith("-")]
    for path in sorted((testdata / "quantities").glob("*.jsonl")):
        name = path.stem
        if only and not any(part in name for part in only):
            continue
        if name == "cn2an":
            report(name, score_cn2an(path), errors)
        elif name.startswith("ud_"):
            report(name, score_ud(path), errors)
        elif name.endswith("_tn_itn"):
            report(name, score_pairs(name, path, left_out), errors)
        elif "DateTime" not in name:
            report(name, score_spans(name, path, left_out), errors)
    for name in ("figures", "fresh_figures"):
        if not only or "gold" in only or name in only:
            score_gold(testdata, errors, name)


if __name__ == "__main__":
    main()
