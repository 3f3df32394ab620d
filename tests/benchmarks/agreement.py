"""How far two readers agree on figures, names and slogans, in the half windows that both read (tests/gold/second_windows.csv).

    ANALYSIS_TESTDATA=... python tests/benchmarks/agreement.py [-v]

Span F1 takes the first reader as gold; it is the same the other way round. The columns (kind, value, unit, bound, status ...)
are compared on the spans that both readers have. Kappa is Cohen's; it is left out where both readers use one label only.
Rows that either reader marked debatable are left out, and with them the other reader's row on the same characters,
unless both readers have that very span without a doubt. A last line counts them in after all. With -v every disagreement
is listed, those about what is debatable first.
"""

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parents[1] / "gold"
VERBOSE = "-v" in sys.argv
Row = dict[str, Any]
Span = tuple[str, int, int]
LABEL = {"figures": "kind", "names": "kind", "slogans": "form"}
# The columns compared on shared spans, besides the label. The last ones of a table are words, not places.
COLUMNS = {"figures": ("value", "value_high", "unit", "bound", "status", "measures"), "names": ("name", "role"), "slogans": ()}
KAPPA = {"kind", "form", "bound", "status"}


def span_of(row: Row) -> Span:
    """File, start and end of a row."""
    return row["file"], row["start"], row["end"]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def load(path: Path, windows: dict[str, tuple[int, int]]) -> list[Row]:
    """The rows of a gold file that lie whole in the windows."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    nowhere = (1, 0)
    return [
        row
        for row in rows
        if windows.get(row["file"], nowhere)[0] <= row["start"] and row["end"] <= windows.get(row["file"], nowhere)[1]
    ]


def sure(first: list[Row], second: list[Row]) -> tuple[dict[Span, Row], dict[Span, Row], int]:
    """The rows of each reader that no reader doubts, by span, and the number of rows left out."""
    plain = [{span_of(row): row for row in rows if not row.get("debatable")} for rows in (first, second)]
    doubtful = [span_of(row) for row in (*first, *second) if row.get("debatable")]
    both = plain[0].keys() & plain[1].keys()
    kept = [
        {span: row for span, row in rows.items() if span in both or not any(overlap(span, doubt) for doubt in doubtful)}
        for rows in plain
    ]
    return kept[0], kept[1], len(first) + len(second) - len(kept[0]) - len(kept[1])


def value_of(row: Row, column: str, texts: dict[str, str]) -> str | None:
    """A column's value to compare; for `measures` and `role` the words at their place, None where there is none."""
    if column == "measures":
        place = (row["measures_start"], row["measures_end"])
        return None if place[0] is None else texts[row["file"]][slice(*place)]
    if column == "role":
        return texts[row["file"]][slice(*row["role"])] if row.get("role") else ""
    if column == "name":
        return row.get("name") or texts[row["file"]][row["start"] : row["end"]]
    found = row.get(column)
    return found if column == "status" else found or ""


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two readers' labels, None where it is not defined."""
    left, right = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    chance = sum(left[label] * right[label] for label in left) / len(pairs) ** 2 if pairs else 1.0
    return None if chance == 1 else (sum(one == other for one, other in pairs) / len(pairs) - chance) / (1 - chance)


def f1_line(title: str, first: set[Any], second: set[Any]) -> str:
    """A printed line with the two readers' numbers of rows, the shared ones and F1."""
    shared = len(first & second)
    total = len(first) + len(second)
    return f"  {title:24} first {len(first):3}  second {len(second):3}  shared {shared:3}  F1 " + (
        f"{2 * shared / total:.3f}" if total else "-"
    )


def show(span: Span, reason: str, texts: dict[str, str]) -> None:
    """Print one disagreement."""
    text, (file, start, end) = texts[span[0]], span
    around = f"{text[max(0, start - 8) : start]}[{text[start:end]}]{text[end : end + 8]}".replace("\n", "⏎")
    print(f"    {file} {start} {end}  {around}  {reason}")


def columns(first: dict[Span, Row], second: dict[Span, Row], names: Iterable[str], texts: dict[str, str]) -> None:
    """Print how often the readers agree in each column on the spans both have."""
    shared = sorted(first.keys() & second.keys())
    for name in names:
        pairs = [(value_of(first[span], name, texts), value_of(second[span], name, texts)) for span in shared]
        if name in ("status", "measures"):
            known = [(one, other) for one, other in pairs if one is not None and other is not None]
            missing = sum((one is None) != (other is None) for one, other in pairs)
            note = f", only one reader has it: {missing}"
        else:
            known, note = [(one or "", other or "") for one, other in pairs], ""
        same = sum(one == other for one, other in known)
        if name == "measures":
            note += f", one inside the other: {sum(one in other or other in one for one, other in known)}"
        if name in KAPPA and (found := kappa(known)) is not None:
            note += f", kappa {found:.3f}"
        print(f"  {name:24} equal {same} of {len(known)}" + (f" ({same / len(known):.3f})" if known else "") + note)


def compare(table: str, windows: dict[str, tuple[int, int]], texts: dict[str, str]) -> None:
    """Print the agreement for one table."""
    first, second = (load(GOLD / f"{start}{table}.jsonl", windows) for start in ("", "second_"))
    one, other, left_out = sure(first, second)
    label = LABEL[table]
    print(f"{table}: {len(first)} and {len(second)} rows, {left_out} of them left out as debatable")
    for kind in sorted({row[label] for row in (*one.values(), *other.values())}):
        print(f1_line(kind, *({span for span, row in rows.items() if row[label] == kind} for rows in (one, other))))
    print(f1_line(f"span, any {label}", set(one), set(other)))
    print(f1_line(f"span and {label}", *({(span, row[label]) for span, row in rows.items()} for rows in (one, other))))
    names = (label, *COLUMNS[table])
    columns(one, other, names, texts)
    print(f1_line("with the debatable rows", *({(span_of(row), row[label]) for row in rows} for rows in (first, second))))
    doubts = [{span_of(row): bool(row.get("debatable")) for row in rows} for rows in (first, second)]
    shared = [(doubts[0][span], doubts[1][span]) for span in sorted(doubts[0].keys() & doubts[1].keys())]
    alone = sum(doubt for mine, yours in (doubts, doubts[::-1]) for span, doubt in mine.items() if span not in yours)
    print(
        f"  debatable: both readers {sum(pair == (True, True) for pair in shared)}, "
        f"only the first {sum(pair == (True, False) for pair in shared)}, "
        f"only the second {sum(pair == (False, True) for pair in shared)}, "
        f"read by one reader alone {alone}"
    )
    if not VERBOSE:
        return
    for span, doubtful in sorted((span, doubt) for rows in doubts for span, doubt in rows.items()):
        which = [("missing", "sure", "debatable")[1 + rows[span] if span in rows else 0] for rows in doubts]
        if doubtful and which != ["debatable", "debatable"]:
            show(span, f"left out: first {which[0]}, second {which[1]}", texts)
    for span in sorted(one.keys() | other.keys()):
        rows = one.get(span), other.get(span)
        if rows[0] is None or rows[1] is None:
            reader, row = ("first", rows[0]) if rows[0] else ("second", rows[1])
            near = [each for each in (other if rows[0] else one) if overlap(each, span)]
            assert row is not None
            show(span, f"only the {reader} reader, {row[label]}" + (f"; the other has {near[0][1:]}" if near else ""), texts)
            continue
        for name in names:
            pair = value_of(rows[0], name, texts), value_of(rows[1], name, texts)
            if pair[0] != pair[1]:
                show(span, f"{name}: first {pair[0]}, second {pair[1]}", texts)


def main() -> None:
    """Compare the two readers table by table."""
    folder = Path(os.environ.get("ANALYSIS_TESTDATA") or sys.exit("ANALYSIS_TESTDATA is not set")) / "speeches"
    with (GOLD / "second_windows.csv").open(encoding="utf-8", newline="") as file:
        windows = {row["file"]: (int(row["start"]), int(row["end"])) for row in csv.DictReader(file)}
    texts = {}
    for name in windows:
        with (folder / name).open(encoding="utf-8-sig", newline="") as opened:
            texts[name] = opened.read()
    for table in LABEL:
        compare(table, windows, texts)


if __name__ == "__main__":
    main()
