"""How usual a character is in Chinese text: what tells a right decoding from a wrong one.

>>> bool(cost("工會會議").mean() < 8 < cost("弁霜穦某").mean())
True

The costs are in characters.tsv, made from the word counts of jieba's dictionary by `python -m analysis.read.characters`;
a Traditional character costs what its Simplified form does, so neither script is preferred.
It knows single characters only: no words, no grammar.
"""

import math
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.read.codes import codes_in, codes_of

TABLE = Path(__file__).with_name("characters.tsv")
HEADER = """\
# How usual each Chinese character is: negative natural logarithm of its share, in both scripts.
# Source: the word counts in dict.txt of jieba 0.42.1 (MIT licence), summed by character; Traditional forms by OpenCC.
# Written by: python -m analysis.read.characters
"""
FIRST_HAN, LAST_HAN = 0x3400, 0x9FFF

# Costs of what the table does not hold, in the same unit (nats). A share of 1 in 400 for each usual mark and
# 1 in 100,000,000 for what Chinese text never holds; between them, characters that occur but seldom.
MARK, LETTER, RARE, FOREIGN, NEVER = 6.0, 6.5, 15.0, 13.0, 20.0
COMMA = 4.0
MARKS = "、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·％－～．①②③④⑤⑥⑦⑧⑨⑩○×０１２３４５６７８９\u3000\ufeff"
# Usual in writing that jieba's dictionary does not count: numerals of contracts (壹 one … 億 hundred million) and what
# Cantonese is written with (嘅 of, 咗 done, 佢 he, 唔 not …). They cost no more than this.
ELSEWHERE, USUAL = (
    "零壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟萬億圓整嘅咗佢唔哋喺冇嗰啲咁嘢乜嚟睇俾啱噉諗攞揾搵瞓嘥吓啦喎㗎喇咩嘞咪揸孖靚",
    9.0,
)


def cost(text: str) -> npt.NDArray[np.float32]:
    """Cost of each character of `text`, in nats: about 6.5 on average in Chinese text, over 10 where bytes were misread."""
    return _costs()[codes_in(text)]


def han(text: str) -> npt.NDArray[np.bool_]:
    """Which characters of `text` are Han characters."""
    codes = codes_in(text)
    basic = (codes >= FIRST_HAN) & (codes <= LAST_HAN)
    other: npt.NDArray[np.bool_] = ((codes >= 0xF900) & (codes < 0xFB00)) | ((codes >= 0x20000) & (codes < 0x33480))
    return np.asarray(basic | other | (codes == 0x3007), dtype=np.bool_)


def excess(text: str, usual: float) -> npt.NDArray[np.float32]:
    """By how much each character of `text` costs more than `usual`; 0 where it says nothing about the encoding."""
    return _excesses(usual).take(codes_of(text)[: len(text)])


@cache
def _excesses(usual: float) -> npt.NDArray[np.float32]:
    """Nothing is said by ASCII and by the blanks that pages are indented with."""
    excesses = _costs() - np.float32(usual)
    excesses[:0x80] = excesses[0x3000] = excesses[0xFEFF] = 0
    return excesses


@cache
def _costs() -> npt.NDArray[np.float32]:
    """Cost of every code point of Unicode."""
    costs = np.full(0x110000, RARE, dtype=np.float32)
    costs[:0x20], costs[0x20:0x7F], costs[0x7F:0xA0] = NEVER, MARK, NEVER
    costs[0xA0:0x2000] = FOREIGN  # Latin with marks, Greek, Cyrillic and all other alphabets
    costs[0x2500:0x25A0] = FOREIGN  # lines and blocks
    costs[0x3040:0x3400] = FOREIGN  # kana, bopomofo, squared signs
    costs[0xA000:0xD800] = FOREIGN  # Yi, Hangul
    costs[0xD800:0xF900] = NEVER  # surrogates and private use
    costs[0xFFF0:0x10000] = NEVER
    costs[0xE0000:] = NEVER
    for characters, price in (("\t\n\r 0123456789", 4.5), (MARKS, MARK), ("，。", COMMA)):
        costs[codes_in(characters)] = price
    for letters in (range(0x41, 0x5B), range(0x61, 0x7B)):
        costs[letters.start : letters.stop] = LETTER
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            price_of_line, characters = line.split("\t")
            costs[codes_in(characters)] = float(price_of_line)
    costs[codes_in(ELSEWHERE)] = np.minimum(costs[codes_in(ELSEWHERE)], USUAL)
    return costs


def build() -> str:
    """Text of characters.tsv: one line per cost, with the characters that have it."""
    counts = _counts()
    total = sum(counts.values())
    lines: dict[float, list[str]] = defaultdict(list)
    for character, count in counts.items():
        lines[round(-math.log(count / total), 1)].append(character)
    for character, simplified in _traditional().items():
        if counts[simplified] > counts[character]:
            _move(character, counts, lines, round(-math.log(counts[simplified] / total), 1), total)
    return HEADER + "".join(f"{price}\t{''.join(sorted(lines[price]))}\n" for price in sorted(lines) if lines[price])


def _move(character: str, counts: Counter[str], lines: dict[float, list[str]], price: float, total: int) -> None:
    if counts[character]:
        lines[round(-math.log(counts[character] / total), 1)].remove(character)
    lines[price].append(character)


def _counts() -> Counter[str]:
    """Occurrences of each Han character in the words of jieba's dictionary, each word as often as it was counted."""
    import jieba

    counts: Counter[str] = Counter()
    with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, _ = line.split(" ")
            for character in word:
                counts[character] += int(count)
    return Counter({c: n for c, n in counts.items() if n and (FIRST_HAN <= ord(c) <= LAST_HAN or c == "〇")})


def _traditional() -> dict[str, str]:
    """Simplified form of each Traditional character."""
    import opencc

    ideographs = [chr(code) for code in range(FIRST_HAN, LAST_HAN + 1)]
    converter = opencc.OpenCC("t2s", include_tofu_risk_dictionaries=False)
    simplified = converter.convert("\n".join(ideographs)).split("\n")
    pairs = {t: s for t, s in zip(ideographs, simplified, strict=True) if t != s}
    return {**pairs, "着": "着", "著": "着"}  # Taiwan writes 著 for 着, which is among the commonest


if __name__ == "__main__":
    TABLE.write_text(build(), encoding="utf-8", newline="\n")
