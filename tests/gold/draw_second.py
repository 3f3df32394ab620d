"""Draw the half windows that a second reader read, to learn how far two readers agree.

    ANALYSIS_TESTDATA=... python tests/gold/draw_second.py        writes second_windows.csv next to this file

Each window of windows.csv is cut in two at the paragraph boundary nearest its middle. One half of each window is
drawn, then the windows are put in random order and the first HALVES of them are kept: enough for 60 to 90 figures.
"""

import csv
import os
import random
from pathlib import Path

SEED = 20260119
HALVES = 5
HERE = Path(__file__).parent


def text_of(path: Path) -> str:
    """The decoded file, line ends as they are."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return lines.read()


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    span = text[start:end]
    return start + len(span) - len(span.lstrip()), end - len(span) + len(span.rstrip())


def halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The window's two halves, cut at the paragraph boundary nearest its middle."""
    middle = (start + end) / 2
    cuts = [place + 1 for place in range(start, end) if text[place] == "\n"]
    cut = min(cuts, key=lambda place: abs(place - middle))
    return [trimmed(text, start, cut), trimmed(text, cut, end)]


def draw(folder: Path) -> list[tuple[str, int, int]]:
    """Rows of second_windows.csv: file, start, end."""
    chance = random.Random(SEED)
    with (HERE / "windows.csv").open(encoding="utf-8", newline="") as file:
        windows = [(row["file"], int(row["start"]), int(row["end"])) for row in csv.DictReader(file)]
    drawn = [(name, *chance.choice(halves(text_of(folder / name), start, end))) for name, start, end in windows]
    chance.shuffle(drawn)
    return sorted(drawn[:HALVES])


def main() -> None:
    """Write second_windows.csv."""
    folder = Path(os.environ["ANALYSIS_TESTDATA"]) / "speeches"
    with (HERE / "second_windows.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("file", "start", "end"))
        out.writerows(draw(folder))


if __name__ == "__main__":
    main()
