"""Draw windows of speeches that no other gold set was read in, to learn how well names and slogans are found in new texts.

    ANALYSIS_TESTDATA=... python tests/gold/draw_fresh_names.py        writes fresh_names_windows.csv and persons_names_windows.csv

One window of each of WINDOWS speeches that windows.csv does not name: from the first end of a sentence after a random
place, SIZE characters and on to the next end of a sentence. Persons are few there, so as many shorter windows are drawn
around a title or form of address, the same way, for persons alone.
"""

import csv
import hashlib
import os
import random
import re
from pathlib import Path

SEED = 20261122
WINDOWS, SIZE, PERSONS_SIZE = 25, 400, 250
# What often stands beside a person; it chooses where to read, not what is a name.
CUE = re.compile("同志|先生|女士|主席|总统|總統|总理|總理|部长|部長|书记|書記|大使|院长|院長|将军|將軍|教授|烈士|诗人|詩人")
HERE = Path(__file__).parent
# The same text as another speech.
TWICE = {"tw_nday_2011.txt", "tw_newyear_1990.txt"}
_END = re.compile("[。！？\n]+[”」』]?\\s*")


def draw(folder: Path, *, persons: bool) -> list[tuple[str, str, int, int]]:
    """Rows of fresh_names_windows.csv, or of persons_names_windows.csv: file, sha256, start, end."""
    chance = random.Random(SEED + persons)
    with (HERE / "windows.csv").open(encoding="utf-8", newline="") as file:
        read = {row["file"] for row in csv.DictReader(file)}
    texts = {path: text_of(path) for path in sorted(folder.glob("*.txt")) if path.name not in read | TWICE}
    if persons:
        texts = {path: text for path, text in texts.items() if CUE.search(text)}
    rows = []
    for path in sorted(chance.sample(list(texts), WINDOWS)):
        text = texts[path]
        if persons:
            place = chance.choice([match.start() for match in CUE.finditer(text)])
            ends = [match.end() for match in _END.finditer(text, 0, place)]
            start, size = (ends[-1] if ends else 0), PERSONS_SIZE
        else:
            first = _END.search(text, chance.randrange(max(1, len(text) - 2 * SIZE)))
            start, size = (first.end() if first else 0), SIZE
        last = _END.search(text, start + size)
        end = len(text[: last.end() if last else len(text)].rstrip())
        rows.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest(), start, end))
    return rows


def text_of(path: Path) -> str:
    """The decoded file, line ends as they are."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return lines.read()


def main() -> None:
    """Write fresh_names_windows.csv and persons_names_windows.csv."""
    folder = Path(os.environ["ANALYSIS_TESTDATA"]) / "speeches"
    for name in ("fresh", "persons"):
        with (HERE / f"{name}_names_windows.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(("file", "sha256", "start", "end"))
            out.writerows(draw(folder, persons=name == "persons"))


if __name__ == "__main__":
    main()
