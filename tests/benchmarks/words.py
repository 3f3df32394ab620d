"""Word boundaries against gold text, and whether a text is cut alike in both scripts.

    ANALYSIS_TESTDATA=../shared/testdata python tests/benchmarks/words.py [--differences]

Part 1: precision, recall and F1 of words on segmentation/*.tsv, for raw jieba (through rjieba, which gives the same
words), jieba through the Simplified shadow, and this project with and without guesses of unknown words, without and
with the names and figures found in the sentence. Part 2: the pairs of script_pairs/ that differ in script only; each
pair whose cuts or keys differ is printed with the reason.
Gold text follows one standard among many (UD splits 博物|馆 and 吴|三桂, which this project keeps whole).
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import rjieba

from analysis.find import figures, names, slogans, tokens
from analysis.find.cutting import cut, words
from analysis.find.spans import spans_of
from analysis.read.lexicons import load
from analysis.read.script import script_of, shadow
from analysis.read.speech import Speech

LEXICONS = load()
JIEBA = rjieba.Jieba()
Cutter = Callable[[str], list[str]]
# Marks that differ between the scripts' habits; they are left out of the comparison.
MARKS = re.compile(r"[^\w]")


def with_found(text: str) -> list[str]:
    """Words of a sentence cut as the tables are: its names, figures and slogans first."""
    speech = Speech("s", "s", "s", text)
    found: dict[str, object] = {}
    for table, finder in (("figures", figures), ("names", names), ("slogans", slogans)):
        made = finder.find(speech, found, LEXICONS)
        found[table] = made if table == "names" else made[0] if table == "figures" else list(made)
    return list(tokens.find(speech, found, LEXICONS)["text"])


def through_shadow(text: str, guess: bool) -> list[str]:
    """Words of the Simplified shadow, as written."""
    return words(text, cut(shadow(text), spans_of([]), LEXICONS, guess=guess))


def jieba_through_shadow(text: str, guess: bool) -> list[str]:
    ends, at = [], 0
    for word in JIEBA.cut(shadow(text), guess):
        at += len(word)
        ends.append(at)
    return words(text, ends)


CUTTERS: dict[str, Cutter] = {
    "jieba, HMM": lambda text: JIEBA.cut(text, True),
    "jieba, no HMM": lambda text: JIEBA.cut(text, False),
    "jieba through shadow, HMM": lambda text: jieba_through_shadow(text, True),
    "jieba through shadow, no HMM": lambda text: jieba_through_shadow(text, False),
    "ours, no guesses": lambda text: through_shadow(text, False),
    "ours, guesses": lambda text: through_shadow(text, True),
    "ours, guesses, names and figures": with_found,
}


def spans(pieces: Iterable[str]) -> set[tuple[int, int]]:
    """Start and end of each word that is not blank."""
    at, found = 0, set()
    for piece in pieces:
        if not piece.isspace():
            found.add((at, at + len(piece)))
        at += len(piece)
    return found


def scores(gold: list[tuple[str, list[str]]], cutter: Cutter) -> tuple[float, float, float]:
    """Precision, recall and F1 over all sentences."""
    right = wanted = given = 0
    for text, gold_words in gold:
        expected, cut_as = spans(gold_words), spans(cutter(text))
        right, wanted, given = right + len(expected & cut_as), wanted + len(expected), given + len(cut_as)
    return right / given, right / wanted, 2 * right / (given + wanted)


def read_gold(path: Path) -> list[tuple[str, list[str]]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    # The gold words join to the sentence, so that offsets agree.
    return [("".join(gold.split(" ")), gold.split(" ")) for _, gold in rows]


def compared(text: str) -> tuple[list[str], list[str]]:
    """Words and keys of a text without its punctuation marks."""
    columns = tokens.find(Speech("s", "s", "s", text), {}, LEXICONS)
    kept = [at for at, pos in enumerate(columns["pos"]) if pos != "w"]
    texts, keys = list(columns["text"]), list(columns["key"])
    return [texts[at] for at in kept], [keys[at] for at in kept]


def script_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Sentences in both scripts, without those whose wording differs too (their lengths do, marks aside)."""
    for line in (folder / "gsd_trad_simp.dev.tsv").read_text(encoding="utf-8").splitlines():
        _, traditional, simplified = line.split("\t")
        if len(MARKS.sub("", traditional)) == len(MARKS.sub("", simplified)):
            yield traditional, simplified


def reason(traditional: str, simplified: str) -> str:
    """Why a pair is cut differently."""
    one, other = MARKS.sub("", shadow(traditional)), MARKS.sub("", shadow(simplified))
    unequal = sorted({a + "/" + b for a, b in zip(one, other, strict=True) if a != b})
    if unequal:
        return f"other characters on the two sides: {' '.join(unequal)}"
    if script_of(simplified) == "none" or script_of(traditional) == "none":
        return "no character tells the script"
    return "the marks differ, and the cut beside them"


def main() -> None:
    folder = Path(os.environ["ANALYSIS_TESTDATA"])
    for path in sorted((folder / "segmentation").glob("*.tsv")):
        gold = read_gold(path)
        print(f"\n{path.name}: {len(gold)} sentences{'':<21} precision recall  F1")
        for name, cutter in CUTTERS.items():
            print("  {:<45} {:.4f}  {:.4f}  {:.4f}".format(name, *scores(gold, cutter)))
    pairs = list(script_pairs(folder / "script_pairs"))
    unlike = []
    for traditional, simplified in pairs:
        (ours, keys), (theirs, other_keys) = compared(traditional), compared(simplified)
        if keys != other_keys or [len(word) for word in ours] != [len(word) for word in theirs]:
            unlike.append((traditional, simplified, set(keys) ^ set(other_keys)))
    print(f"\nscript pairs: {len(pairs) - len(unlike)} of {len(pairs)} alike ({1 - len(unlike) / len(pairs):.2%})")
    for traditional, simplified, keys in unlike if "--differences" in sys.argv else unlike[:30]:
        print(f"  {reason(traditional, simplified)}: {' '.join(sorted(keys))}")


if __name__ == "__main__":
    main()
