"""How often text in older encodings is read right: `python tests/benchmarks/encodings.py` prints a table.

Speeches of the test data are encoded in each codec, cut at random (by seed) to samples of some lengths, and read without
being told the codec. Wanted: right in 99.5 % of samples of 50 characters or more, and at no length wrong text without a
warning. Then the same with short texts of other kinds: sentences of the press, laws, the entries of our lexicons (names,
places). Then: how much mojibake is noticed, and how many good texts are called mojibake.
"""

import csv
import itertools
import json
import lzma
import os
import random
import sys
from collections import Counter
from pathlib import Path

from analysis.read.encoding import decode
from analysis.read.errors import InputError
from analysis.read.mojibake import garbled
from analysis.read.notice import notice

CODECS = ("gb2312", "gbk", "gb18030", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8")
LENGTHS = (1, 2, 4, 8, 20, 50, 200, 2000)
SAMPLES = 300
SEED = 20160118
LEXICONS = Path(__file__).resolve().parents[2] / "data" / "lexicons"
MOJIBAKE = (
    ("latin-1", "utf-8"),
    ("cp1252", "utf-8"),
    ("gb18030", "utf-8"),
    ("cp950", "utf-8"),
    ("gb18030", "cp950"),
    ("cp950", "gb18030"),
    ("latin-1", "gb18030"),
    ("cp1252", "cp950"),
)


def samples(texts: list[str], codec: str, length: int) -> list[str]:
    """Pieces of speeches that hold something beyond ASCII and exist in the codec; the same ones every time."""
    chance = random.Random(f"{SEED} {codec} {length}")
    found: list[str] = []
    for _ in range(SAMPLES * 60):
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - length))
        piece = text[start : start + length]
        if len(found) == SAMPLES:
            break
        if not piece.isascii() and piece.strip() and _encodes(piece, codec):
            found.append(piece)
    return found


def _encodes(text: str, codec: str) -> bool:
    try:
        return text.encode(codec).decode(codec) == text
    except UnicodeError:
        return False


def outcome(text: str, codec: str) -> str:
    """right, refused, warned (wrong, but with a warning) or silent (wrong without one)."""
    try:
        decoded = decode(text.encode(codec))
        if decoded.text == text:
            return "right"
        return "warned" if decoded.notes or any(notice(decoded.text)) else "silent"
    except InputError:
        return "refused"


def other_texts(folder: Path) -> dict[str, list[str]]:
    """Short texts that are no speeches, by kind."""
    pairs = (folder / "script_pairs" / "gsd_trad_simp.dev.tsv").read_text(encoding="utf-8").splitlines()
    kinds = {"press": [cell for pair in pairs for cell in pair.split("\t")]}
    for name in ("tw_laws_traditional", "prc_laws_simplified"):
        with lzma.open(folder / "large" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            laws = [json.loads(line) for line in itertools.islice(lines, 100)]
        kinds[name] = [line for law in laws for told in law.values() if isinstance(told, str) for line in told.splitlines()]
    entries = []
    for name in ("names", "places", "titles", "surnames", "slogans"):
        with (LEXICONS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            entries += [row[0] for row in csv.reader(file)]
    return {**kinds, "lexicon entries": entries}


def show_others(folder: Path) -> None:
    """One line for each kind of short text and range of lengths, all codecs together."""
    print(f"\n{'other texts':<22}{'length':>8}{'samples':>9}{'right %':>9}{'refused':>9}{'warned':>8}{'silent':>8}")
    for kind, lines in other_texts(folder).items():
        for shortest, longest in ((2, 4), (5, 8), (9, 20), (21, 49)):
            fitting = [line[:longest] for line in lines if len(line.strip()) >= shortest]
            chance = random.Random(f"{SEED} {kind} {shortest}")
            counts: Counter[str] = Counter()
            for codec in CODECS:
                pieces = [piece for piece in fitting if not piece.isascii() and _encodes(piece, codec)]
                counts.update(outcome(piece, codec) for piece in chance.sample(pieces, min(SAMPLES, len(pieces))))
            n = max(1, counts.total())
            print(
                f"{kind:<22}{f'{shortest}-{longest}':>8}{n:>9}{100 * counts['right'] / n:>9.1f}"
                f"{counts['refused']:>9}{counts['warned']:>8}{counts['silent']:>8}"
            )


def main(folder: Path) -> None:
    texts = [path.read_bytes().decode("utf-8") for path in sorted((folder / "speeches").glob("*.txt"))]
    print(f"{'codec':<10}{'length':>7}{'samples':>9}{'right %':>9}{'refused':>9}{'warned':>8}{'silent':>8}")
    for codec in CODECS:
        for length in LENGTHS:
            pieces = samples(texts, codec, length)
            counts = Counter(outcome(piece, codec) for piece in pieces)
            right = 100 * counts["right"] / max(1, len(pieces))
            print(
                f"{codec:<10}{length:>7}{len(pieces):>9}{right:>9.1f}{counts['refused']:>9}{counts['warned']:>8}{counts['silent']:>8}"
            )
    show_others(folder)
    print(f"\n{'mojibake':<24}{'length':>7}{'noticed %':>11}")
    for wrong, right_codec in MOJIBAKE:
        for length in (50, 200, 1000):
            pieces = [
                piece
                for piece in samples(texts, right_codec, length)
                if sum("\u4e00" <= c <= "\u9fff" for c in piece) >= length // 2
            ]
            spoilt = [piece.encode(right_codec).decode(wrong, "replace") for piece in pieces]
            noticed = sum(garbled(text) is not None for text in spoilt)
            print(f"{f'{right_codec} as {wrong}':<24}{length:>7}{100 * noticed / max(1, len(spoilt)):>11.1f}")
    print(f"\ngood texts called mojibake: {sum(garbled(text) is not None for text in texts)} of {len(texts)}")


if __name__ == "__main__":
    told = os.environ.get("ANALYSIS_TESTDATA")
    sys.exit("ANALYSIS_TESTDATA must name the folder of the test data") if not told else main(Path(told))
