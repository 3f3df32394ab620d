"""Draw the windows of the fresh gold of figures: speeches and places that no other gold set was read in.

    ANALYSIS_TESTDATA=... python tests/gold/draw_fresh.py        writes fresh_windows.csv next to this file

As draw_windows.py, with another seed, shorter windows and more speeches, none of windows.csv or outline_windows.csv among them.
"""

import csv
import hashlib
import os
import random
from pathlib import Path

from draw_windows import LAST_MARKS, RUN, footers, text_of, trimmed

SEED = 20261122
HERE = Path(__file__).parent
SHORTEST, LONGEST = 450, 1000
# The same speech as tw_nday_2012.
SAME_TEXT = {"tw_nday_2011.txt"}
# group of files by the start of their name: how many speeches, and the fewest number runs of a window
GROUPS = (
    ("tw_", 4, 8),
    ("mofa_", 1, 8),
    ("cpc_", 1, 6),
    ("npcres_", 1, 6),
    ("gwr_", 4, 14),
    ("prov2026_", 3, 14),
    ("gwr_", 2, 14),
    ("prov2026_", 2, 14),
)


def windows(text: str) -> list[tuple[int, int]]:
    """Consecutive windows of whole paragraphs, as short as SHORTEST allows and never longer than LONGEST."""
    found, start, end = [], 0, 0
    for line in text.splitlines(keepends=True):
        end += len(line)
        if len(text[start:end].strip()) < SHORTEST or not line.rstrip().endswith(LAST_MARKS):
            continue
        if end - start <= LONGEST:
            found.append((start, end))
        start = end
    return found


def used() -> set[str]:
    """Files that another gold set was read in."""
    names = set()
    for name in ("windows.csv", "outline_windows.csv"):
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            names |= {row["file"] for row in csv.DictReader(file)}
    return names


def draw(folder: Path) -> list[tuple[str, str, int, int]]:
    """Rows of fresh_windows.csv: file, sha256 of the file, start, end."""
    chance, rows, footer, taken = random.Random(SEED), [], footers(folder), used()
    for prefix, number, fewest in GROUPS:
        eligible = {}
        for path in sorted(folder.glob(prefix + "*.txt"), key=lambda path: path.name):
            text = text_of(path)[: footer.get(path.name)]
            dense = [span for span in windows(text) if len(RUN.findall(text[slice(*span)])) >= fewest]
            if dense and path.name not in taken | {row[0] for row in rows}:
                eligible[path] = [trimmed(text, *span) for span in dense]
        for path in chance.sample(sorted(eligible), min(number, len(eligible))):
            start, end = chance.choice(eligible[path])
            rows.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest(), start, end))
    return sorted(row for row in rows if row[0] not in SAME_TEXT)


def main() -> None:
    """Write fresh_windows.csv."""
    folder = Path(os.environ["ANALYSIS_TESTDATA"]) / "speeches"
    with (HERE / "fresh_windows.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("file", "sha256", "start", "end"))
        out.writerows(draw(folder))


if __name__ == "__main__":
    main()
