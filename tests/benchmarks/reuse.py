"""Reuse: how many planted passages are found, what is found between unrelated speeches, and how long it takes.

Run: ANALYSIS_TESTDATA=... python tests/benchmarks/reuse.py

Passages of 120 characters are copied from one speech into another of another kind, every k-th character changed, left
out or put in at random (fixed seed). Known pairs are those of natural_reuse_pairs.json.
"""

import json
import os
import random
import sys
import time
from pathlib import Path

import pandas as pd

from analysis.measure import reuse
from analysis.read.script import script_of, shadow
from analysis.schema import SpeechRow
from analysis.tables import Tables, frame

LENGTH, PLANTED = 120, 100
# Kinds whose speeches have nothing to do with each other, by the beginning of their file names.
KINDS = ("gwr", "tw_inaug", "tw_nday", "mofa", "prov2026", "cpc")


def main() -> None:
    folder = os.environ.get("ANALYSIS_TESTDATA")
    if not folder:
        sys.exit("set ANALYSIS_TESTDATA to the folder of the third-party test data")
    speeches = Path(folder) / "speeches"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(speeches.glob("*.txt"))}
    for line in (speeches / "metadata.jsonl").read_text(encoding="utf-8").splitlines():
        about = json.loads(line)
        # The licence a website puts below its texts is no part of the speech, though all of them share it.
        texts[about["id"]] = texts[about["id"]][: about["wikisource_footer_start"]]
    began = time.perf_counter()
    found = rows(texts)
    print(
        f"{len(texts)} speeches, {sum(map(len, texts.values())):,} characters: {len(found)} passages, {time.perf_counter() - began:.1f} s"
    )
    known = json.loads((speeches / "natural_reuse_pairs.json").read_text(encoding="utf-8"))
    pairs = set(zip(found["speech_a"], found["speech_b"], strict=True))
    seen = [pair for pair in known if tuple(sorted((pair["a"], pair["b"]))) in pairs]
    print(f"known pairs: {len(seen)} of {len(known)}")
    print("missed:", ", ".join(f"{p['a']}+{p['b']} ({p['shared_12grams']} strings of 12)" for p in known if p not in seen))
    print("\nplanted passages   found  share  rows beside")
    for edits in (0.0, 0.05, 0.1, 0.2):
        for script in ("same", "other"):
            n, hits, beside = planted(texts, edits, script)
            print(f"{edits:4.0%} edited, {script:5}  {hits:4}  {hits / n:.3f}  {beside}")
    print("\nunrelated speeches of one kind (no planted passage)")
    for kind in KINDS:
        some = {name: text for name, text in texts.items() if name.startswith(kind)}
        listed = {tuple(sorted((p["a"], p["b"]))) for p in known}
        found = rows(some)
        total = len(some) * (len(some) - 1) // 2
        told = []
        for what, rows_ in (("passage", found[found["n_speeches"] < reuse.FORMULA]), ("formula", found)):
            between = [pair for pair in zip(rows_["speech_a"], rows_["speech_b"], strict=True) if pair not in listed]
            told.append(f"{len(set(between)):4} of {total:4} pairs share a {what} ({len(between):4})")
        print(f"{kind:10} {told[0]}; with formulas {told[1]}")


def rows(texts: dict[str, str]) -> pd.DataFrame:
    told = [SpeechRow(name, "", "", "", "", 0, len(text), 0, 0, 0, 0, 0, "") for name, text in texts.items()]
    return reuse.measure(Tables({"speeches": frame("speeches", told)}, texts=texts))


def planted(texts: dict[str, str], edits: float, script: str) -> tuple[int, int, int]:
    """Passages planted, found (four fifths of them in both speeches), and rows that are none of them."""
    rng = random.Random(f"{edits} {script}")
    mainland = [name for name in texts if name.startswith(("gwr", "prov"))]
    taiwan = [
        name
        for name in texts
        if name.startswith(("tw", "mofa")) and script_of(texts[name]) == "traditional" and len(texts[name]) > 500
    ]
    hits = beside = 0
    for _ in range(PLANTED):
        source, target = rng.choice(mainland), rng.choice(taiwan)
        start = rng.randrange(len(texts[source]) - LENGTH)
        copy = edited(texts[source][start : start + LENGTH], edits, rng, texts[source])
        at = rng.randrange(len(texts[target]))
        host = texts[target] if script == "other" else shadow(texts[target])
        found = rows({"a": texts[source], "b": host[:at] + copy + host[at:]})
        ours = [
            row
            for row in found.itertuples()
            if overlap((row.start_a, row.end_a), (start, start + LENGTH)) > 0.8 * LENGTH
            and overlap((row.start_b, row.end_b), (at, at + len(copy))) > 0.8 * len(copy)
        ]
        hits += bool(ours)
        beside += len(found) - len(ours)
    return PLANTED, hits, beside


def edited(passage: str, share: float, rng: random.Random, source: str) -> str:
    characters = list(passage)
    for place in sorted(rng.sample(range(len(characters)), round(share * len(characters))), reverse=True):
        what = rng.choice(("change", "leave out", "put in"))
        characters[place : place + 1] = {
            "change": [rng.choice(source)],
            "leave out": [],
            "put in": [characters[place], rng.choice(source)],
        }[what]
    return "".join(characters)


def overlap(x: tuple[int, int], y: tuple[int, int]) -> int:
    return max(0, min(x[1], y[1]) - max(x[0], y[0]))


if __name__ == "__main__":
    main()
