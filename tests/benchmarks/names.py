"""How well names and slogans are found: precision, recall and F1 per kind on texts read by others.

    ANALYSIS_TESTDATA=... python tests/benchmarks/names.py [-v]

UNER: Wikipedia sentences (Chinese GSD dev) with PER, ORG, LOC; its conventions differ (stations, schools and dynasties are
places there, 北京 in 北京大學 is none), so it is reported per kind. Gold: windows of speeches read by hand (tests/gold);
rows marked debatable count neither way. With -v every miss and every false alarm is printed.
"""

import csv
import json
import os
import sys
from collections import defaultdict
from pathlib import Path

from analysis.find import Found, names, slogans
from analysis.read import lexicons
from analysis.read.speech import Speech
from analysis.schema import Name

GOLD = Path(__file__).resolve().parents[1] / "gold"
VERBOSE = "-v" in sys.argv
UNER_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}
Rows = dict[str, set[tuple[str, int, int]]]


def score(label: str, gold: set, found: set, texts: dict[str, str]) -> None:
    hit = len(gold & found)
    precision, recall = hit / len(found) if found else 1.0, hit / len(gold) if gold else 1.0
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    print(f"{label:26} gold {len(gold):4}  found {len(found):4}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    if VERBOSE:
        for sign, rows in (("missed", gold - found), ("wrong ", found - gold)):
            for row in sorted(rows):
                file, start, end = row[:3]
                around = texts[file][max(0, start - 10) : start], texts[file][start:end], texts[file][end : end + 10]
                print("   ", sign, f"{around[0]}[{around[1]}]{around[2]}".replace("\n", "⏎"), *row[3:])


def report(title: str, gold: Rows, found: Rows, texts: dict[str, str]) -> None:
    print(title)
    for kind in sorted(gold):
        score(f"  {kind}", gold[kind], found[kind], texts)
    whole = [{(*row, kind) for kind in gold for row in rows[kind]} for rows in (gold, found)]
    verbose, globals()["VERBOSE"] = VERBOSE, False
    score("  all kinds", *whole, texts)
    globals()["VERBOSE"] = verbose


def uner(folder: Path) -> None:
    gold, found, texts = defaultdict(set), defaultdict(set), {}
    for line in (folder / "names" / "uner_gsd_trad.dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        texts[row["id"]] = row["text"]
        for entity in row["entities"]:
            gold[UNER_KINDS[entity["type"]]].add((row["id"], entity["start"], entity["end"]))
        for name in _names(Speech(row["id"], "", "", row["text"]), {}, lexicons.load()):
            if name.kind in UNER_KINDS.values():
                found[name.kind].add((row["id"], name.start, name.end))
    report("UNER GSD dev", gold, found, texts)


def _names(speech: Speech, found: Found, known: lexicons.Lexicons) -> list[Name]:
    return [Name(*row) for row in zip(*names.find(speech, found, known).values(), strict=True)]


def by_hand(folder: Path, table: str, finder, column: str, fresh: str = "", only: tuple[str, ...] = ()) -> None:
    with (GOLD / (f"{fresh}names_windows.csv" if fresh else "windows.csv")).open(encoding="utf-8") as rows:
        windows = {row["file"]: (int(row["start"]), int(row["end"])) for row in csv.DictReader(rows)}
    gold, found, texts, debatable = defaultdict(set), defaultdict(set), {}, defaultdict(list)
    for line in (GOLD / f"{fresh}{table}.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row.get("debatable"):
            debatable[row["file"]].append((row["start"], row["end"]))
        else:
            gold[row[column]].add((row["file"], row["start"], row["end"]))
    sure = {row for rows in gold.values() for row in rows}
    for file, (first, last) in windows.items():
        path = folder / "speeches" / file
        with path.open(encoding="utf-8-sig", newline="") as opened:
            texts[file] = text = opened.read()
        for row in finder(Speech(file, file, "", text), {}, lexicons.load()):
            if row.start < first or row.end > last or (only and getattr(row, column) not in only):
                continue
            doubtful = any(start < row.end and row.start < end for start, end in debatable[file])
            # What the register lists is a matter of the register.
            doubtful = doubtful or getattr(row, column) == "listed"
            if (file, row.start, row.end) in sure or not doubtful:
                found[getattr(row, column)].add((file, row.start, row.end))
    report(f"{fresh}{table} read by hand, {len(windows)} windows", gold, found, texts)
    spans = [{row for rows in side.values() for row in rows} for side in (gold, found)]
    score("  spans, any kind", *spans, texts)


if __name__ == "__main__":
    testdata = Path(os.environ.get("ANALYSIS_TESTDATA") or sys.exit("ANALYSIS_TESTDATA is not set"))
    uner(testdata)
    by_hand(testdata, "names", _names, "kind")
    by_hand(testdata, "slogans", slogans.find, "form")
    by_hand(testdata, "names", _names, "kind", "fresh_")
    by_hand(testdata, "slogans", slogans.find, "form", "fresh_")
    by_hand(testdata, "names", _names, "kind", "persons_", ("person",))
    by_hand(testdata, "slogans", slogans.find, "form", "persons_")
