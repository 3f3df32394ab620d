"""Draw the speeches whose outline was read for the gold set.

    ANALYSIS_TESTDATA=... python tests/gold/draw_outlines.py        writes outline_windows.csv next to this file

A fixed number of speeches per group, two of the three addresses from those with numbered lines.
Each was read whole, without the footer of its web page.
"""

import csv
import hashlib
import os
import random
import re
from pathlib import Path

from draw_windows import footers, text_of, trimmed

SEED = 20260118
# start of the file's name: how many speeches, and the fewest numbered lines of a speech
GROUPS = (
    ("cpc_", 1, 0),
    ("gwr_", 3, 0),
    ("prov2026_", 3, 0),
    ("tw_", 2, 3),
    ("tw_", 1, 0),
)
NUMBERED = re.compile(r"^[\s\u3000]*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])", re.MULTILINE)


def draw(folder: Path) -> list[str]:
    """Names of the drawn files."""
    chance, drawn, footer = random.Random(SEED), [], footers(folder)
    for prefix, number, fewest in GROUPS:
        eligible = [
            path.name
            for path in sorted(folder.glob(prefix + "*.txt"), key=lambda path: path.name)
            if path.name not in drawn and len(NUMBERED.findall(text_of(path)[: footer.get(path.name)])) >= fewest
        ]
        drawn += chance.sample(eligible, number)
    return sorted(drawn)


def main() -> None:
    """Write outline_windows.csv."""
    folder = Path(os.environ["ANALYSIS_TESTDATA"]) / "speeches"
    footer = footers(folder)
    with (Path(__file__).parent / "outline_windows.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("file", "sha256", "start", "end"))
        for name in draw(folder):
            text = text_of(folder / name)
            until = footer.get(name)
            start, end = trimmed(text, 0, len(text) if until is None else until)
            out.writerow((name, hashlib.sha256((folder / name).read_bytes()).hexdigest(), start, end))


if __name__ == "__main__":
    main()
