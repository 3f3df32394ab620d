"""How well the outline is found: precision and recall of headings and items on texts of others.

    ANALYSIS_TESTDATA=... python tests/benchmarks/outline.py [-v]

Statutes: chapter and section headings with their level (the statute's title is level 1 there, so 1 is subtracted).
Wikisource: recall of the headings that are numbered. Speeches: headings and items read by hand
(tests/gold; rows marked debatable count neither way): those the finder was tuned on, and a fresh set drawn later.
With -v every miss and every false alarm is printed.
"""

import csv
import json
import os
import sys
from collections import Counter
from pathlib import Path

from analysis.find import outline
from analysis.read import lexicons
from analysis.read.speech import Speech
from analysis.read.split import split
from analysis.schema import OutlineNode

GOLD = Path(__file__).resolve().parents[1] / "gold"
VERBOSE = "-v" in sys.argv


def rows(text: str) -> list[OutlineNode]:
    """Rows of the speech a file holds, as the reader cuts it out, with offsets into the file."""
    [part] = split(text).parts
    found = outlined(text[part.start : part.end])
    return [row._replace(start=row.start + part.start, end=row.end + part.start) for row in found]


def outlined(text: str) -> list[OutlineNode]:
    found, _ = outline.find(Speech("s", "s.txt", "", text), {}, lexicons.load())
    return [row for row in map(OutlineNode._make, zip(*found.values(), strict=True)) if row.level]


def score(name: str, gold: set, found: set, text_of=None) -> None:
    hit = len(gold & found)
    precision, recall = hit / len(found) if found else 1.0, hit / len(gold) if gold else 1.0
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    print(f"{name:34} gold {len(gold):5}  found {len(found):5}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    if VERBOSE and text_of:
        for sign, items in (("missed", gold - found), ("wrong ", found - gold)):
            for item in sorted(items):
                print("   ", sign, item, repr(text_of(item)))


def statutes(folder: Path) -> None:
    gold, found, texts = set(), set(), {}
    for line in (folder / "outline" / "laws_gold.dev.jsonl").open(encoding="utf-8"):
        law = json.loads(line)
        texts[law["id"]] = law["text"]
        gold |= {(law["id"], h["start"], h["level"] - 1) for h in law["headings"] if h["level"] > 1}
        found |= {(law["id"], r.start, r.level) for r in outlined(law["text"]) if r.kind == "heading"}
    score("statutes, headings with level", gold, found, lambda item: texts[item[0]][item[1] : item[1] + 30])


def wikisource(folder: Path) -> None:
    gold, found, texts = set(), set(), {}
    for line in (folder / "outline" / "wikisource_silver.dev.jsonl").open(encoding="utf-8"):
        page = json.loads(line)
        texts[page["doc"]] = text = (folder / page["file"]).read_text(encoding="utf-8-sig")
        gold |= {(page["doc"], h["start"]) for h in page["headings"] if h["style"] != "unnumbered"}
        found |= {(page["doc"], r.start) for r in rows(text) if r.kind == "heading"}
    score("Wikisource, numbered (recall)", gold, gold & found, lambda item: texts[item[0]][item[1] : item[1] + 30])


def speeches(folder: Path, name: str) -> None:
    by_file: dict[str, list[dict]] = {}
    for line in (GOLD / f"{name}.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        by_file.setdefault(row["file"], []).append(row)
    gold: dict[str, set] = {"heading": set(), "item": set()}
    found: dict[str, set] = {"heading": set(), "item": set()}
    levels: Counter[bool] = Counter()
    texts = {}
    for window in csv.DictReader((GOLD / f"{name}_windows.csv").open(encoding="utf-8")):
        file, wanted = window["file"], by_file.get(window["file"], [])
        with (folder / "speeches" / file).open(encoding="utf-8-sig", newline="") as opened:
            texts[file] = text = opened.read()
        unclear = {row["start"] for row in wanted if row.get("debatable")}
        found_rows = {r.start: r for r in rows(text) if r.start not in unclear}
        for row in wanted:
            if row["start"] not in unclear:
                gold[row["kind"]].add((file, row["start"]))
                if row["kind"] == "heading" and row["start"] in found_rows:
                    levels[found_rows[row["start"]].level == row["level"]] += 1
        for found_row in found_rows.values():
            if found_row.kind in found and int(window["start"]) <= found_row.start < int(window["end"]):
                found[found_row.kind].add((file, found_row.start))
    for kind in gold:
        score(f"{name}, {kind}s", gold[kind], found[kind], lambda item: texts[item[0]][item[1] : item[1] + 30])
    print(f"{name}, level of headings right: {levels[True]} of {levels.total()}")


if __name__ == "__main__":
    data = Path(os.environ["ANALYSIS_TESTDATA"])
    statutes(data)
    wikisource(data)
    for gold_set in ("outline", "fresh_outline"):
        speeches(data, gold_set)
