"""Draw the windows of speeches that the gold sets of figures, names and slogans were read in.

    ANALYSIS_TESTDATA=... python tests/gold/draw_windows.py        writes windows.csv next to this file

Each speech is cut into consecutive windows of whole paragraphs, the footer of its web page left out. Only windows with
enough runs of digits or Chinese numerals take part, so that there are figures to find. One window per speech is drawn,
a fixed number of speeches per group.
It finds nothing itself: what a figure or a name is was decided by reading.
"""

import csv
import hashlib
import json
import os
import random
import re
from pathlib import Path

SEED = 20260117
SHORTEST, LONGEST = 1200, 2000
# group of files by the start of their name: how many speeches, and the fewest number runs of a window
GROUPS = (
    ("tw_", 4, 12),
    ("mofa_", 1, 12),
    ("cpc_", 1, 8),
    ("gwr_", 5, 20),
    ("prov2026_", 4, 20),
)
RUN = re.compile(r"[0-90-9]+|[一二三四五六七八九十百千万萬億亿]{2,}")


# A line of a web page may break off inside a paragraph: a window ends only after one of these.
LAST_MARKS = ("。", "！", "？", "；", "：", "」", "”")


def text_of(path: Path) -> str:
    """The decoded file, line ends as they are."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return lines.read()


def footers(folder: Path) -> dict[str, int | None]:
    """Where the footer of the web page starts that a speech was copied from, by file name."""
    with (folder / "metadata.jsonl").open(encoding="utf-8") as lines:
        facts = [json.loads(line) for line in lines]
    return {fact["id"] + ".txt": fact["wikisource_footer_start"] for fact in facts}


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


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    span = text[start:end]
    return start + len(span) - len(span.lstrip()), end - len(span) + len(span.rstrip())


def draw(folder: Path) -> list[tuple[str, str, int, int]]:
    """Rows of windows.csv: file, sha256 of the file, start, end."""
    chance, rows, footer = random.Random(SEED), [], footers(folder)
    for prefix, number, fewest in GROUPS:
        eligible = {}
        for path in sorted(folder.glob(prefix + "*.txt"), key=lambda path: path.name):
            text = text_of(path)[: footer.get(path.name)]
            dense = [span for span in windows(text) if len(RUN.findall(text[slice(*span)])) >= fewest]
            if dense:
                eligible[path] = [trimmed(text, *span) for span in dense]
        for path in chance.sample(sorted(eligible), number):
            start, end = chance.choice(eligible[path])
            rows.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest(), start, end))
    return sorted(rows)


def main() -> None:
    """Write windows.csv."""
    folder = Path(os.environ["ANALYSIS_TESTDATA"]) / "speeches"
    with (Path(__file__).parent / "windows.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("file", "sha256", "start", "end"))
        out.writerows(draw(folder))


if __name__ == "__main__":
    main()
