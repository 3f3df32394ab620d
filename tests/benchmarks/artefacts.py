"""Artefacts: how much of the harm put into clean texts is found, and how often clean text is accused.

Run: ANALYSIS_TESTDATA=... python tests/benchmarks/artefacts.py

Three kinds of harm are put in, each about once in 200 characters, with a fixed seed:
- character: a one-to-many character is replaced by another one of the same Simplified form (後 → 后, 幹 → 乾);
- phrase: a word found across the border of two words gets that word's spelling (為|瞭解|決 for 為了|解決);
- word: a converter's word replaces one found across the border of two words (參|在線上|關 for 參|聯|機關).
- look-alike: a character of a word is replaced by one it looks like (自己 → 自已); alone it leaves no trace, so many are missed.
Alarms on clean text were read: those of artefacts_read.csv are errors of the text (批複 for 批覆), the others are false.
Phrases and words are put in only where a reader would see two words: where the reading with the word whole is at least SURE
nats dearer (by jieba's counts). 該|項目|的 and 立法|權限 are cut elsewhere by chance, and the converter is right there.
"""

import csv
import json
import lzma
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import opencc

from analysis.find import artefacts
from analysis.find.cutter import cutter
from analysis.find.dictionary import dictionary
from analysis.find.spelling import may_be, paths
from analysis.read import lexicons
from analysis.read.script import shadow, simplified
from analysis.read.speech import HAN, Speech

# Traditional characters that share a Simplified form: the pairs that manuals of Chinese conversion warn of.
ONE_TO_MANY = """
    後后 裡里 發髮 乾幹干 麵面 製制 係系繫 準准 複復 鐘鍾 隻只 歷曆 雲云 徵征 鬆松 鬥斗 穀谷 醜丑 範范 個箇 旋鏇
    幾几 錶表 齣出 衝沖 當噹 據据 噁惡 匯彙 獲穫 盡儘 臟髒 壇罈 團糰 飢饑 於于 與与 颱台 嚮向 籲吁 閤合 鬱郁 籤簽
    傢家 闆板 鬍胡 須鬚 誌志 緻致 餘余 週周 佈布 註注 種种 樸朴 瞭了 麼么 捨舍 嘗嚐 體体 葉叶 術朮 纔才 彆別 迴回
    遊游 佔占 採采 慾欲 託托 捲卷 蒙矇 摺折 檯台 昇升 凶兇 夥伙 癥症 闢辟 薑姜 瀋沈 鞦秋 韆千 鼕冬 硃朱 纍累 樑梁
    紮扎 吊弔
""".split()  # noqa: SIM905
EVERY = 200
SURE = 4.0
RUN = re.compile(f"[^{HAN}]+")


def main() -> None:
    folder = os.environ.get("ANALYSIS_TESTDATA")
    if not folder:
        sys.exit("set ANALYSIS_TESTDATA to the folder of the third-party test data")
    traditional = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(Path(folder, "speeches").glob("tw_*.txt"))]
    simplified_ = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(Path(folder, "speeches").glob("[cgnp]*.txt"))]
    pairs = [line.split("\t") for line in Path(folder, "script_pairs", "gsd_trad_simp.dev.tsv").read_text("utf-8").splitlines()]
    errors = read_errors()
    print("clean text                characters  alarms  errors of the text  false per 10,000")
    for name, texts in (
        ("speeches, Traditional", traditional),
        ("speeches, Simplified", simplified_),
        ("sentences, Traditional", [("t", "\n".join(row[1] for row in pairs))]),
        ("sentences, Simplified", [("s", "\n".join(row[2] for row in pairs))]),
    ):
        size, alarms = sum(len(text) for _, text in texts), [(text[0], *place) for text in texts for place in found(*text)]
        true = sum(alarm in errors for alarm in alarms)
        print(f"{name:25} {size:10,}  {len(alarms):6}  {true:18}  {(len(alarms) - true) / size * 10_000:16.2f}")
    converted = [(name, to_traditional(text)) for name, text in simplified_[::3]]
    every = [(name, to_traditional(text)) for name, text in simplified_] + list(laws(Path(folder)))
    print("\nharm put in               places   found  share")
    for name, texts, put in (
        ("character, Traditional", traditional, replace_characters),
        ("character, converted", converted, replace_characters),
        ("phrase, converted", every, spell_across_words),
        ("word, converted", every, replace_across_words),
        ("look-alike, Traditional", traditional, replace_by_look_alikes),
        ("look-alike, Simplified", simplified_[::3], replace_by_look_alikes),
    ):
        put_in, seen, missed = score(texts, put)
        print(f"{name:25} {put_in:6}  {seen:6}  {seen / max(put_in, 1):.3f}   most often missed: {missed}")


def read_errors() -> set[tuple[str, int, int]]:
    """Text, start and end of the errors of the clean texts, as a reader found them."""
    with Path(__file__).with_name("artefacts_read.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["text"], int(row["start"]), int(row["end"])) for row in csv.DictReader(lines)}


def laws(folder: Path) -> Iterator[tuple[str, str]]:
    """One law in ten, in Traditional: places where a converter goes wrong across words are rare."""
    with lzma.open(folder / "large" / "prc_laws_simplified.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 10 == 0:
                yield f"law {number}", to_traditional(json.loads(line)["text"])


def found(name: str, text: str) -> Iterator[tuple[int, int]]:
    speech = Speech(name, f"{name}.txt", "", text)
    return ((row.start, row.end) for row in artefacts.find(speech, {}, lexicons.load()))


def score(
    texts: list[tuple[str, str]], put: Callable[[str, random.Random], tuple[str, list[tuple[int, int, str]]]]
) -> tuple[int, int, str]:
    """Places harmed, places found, and what was missed most often."""
    n = seen = 0
    missed: Counter[str] = Counter()
    for name, text in texts:
        harmed, places = put(text, random.Random(name))
        rows = list(found(name, harmed))
        for start, end, what in places:
            n += 1
            if any(row[0] < end and row[1] > start for row in rows):
                seen += 1
            else:
                missed[what] += 1
    return n, seen, ", ".join(f"{what} {count}" for what, count in missed.most_common(25))


def replace_characters(text: str, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    others = {c: group.replace(c, "") for group in ONE_TO_MANY for c in group}
    candidates = [n for n, c in enumerate(text) if c in others]
    characters, places = list(text), []
    for place in sorted(rng.sample(candidates, min(len(candidates), len(text) // EVERY))):
        new = rng.choice(others[text[place]])
        if may_be(new, text[place]):
            continue
        characters[place] = new
        places.append((place, place + 1, f"{text[place - 1 : place]}{text[place]}{text[place + 1 : place + 2]}→{new}"))
    return "".join(characters), places


def spell_across_words(text: str, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    key = shadow(text)
    hits = [(s, e, spelt(key[s:e])) for s, e in across(key, special_words())]
    hits = [(s, e, new) for s, e, new in hits if any(a != b and not may_be(a, b) for a, b in zip(new, text[s:e], strict=True))]
    return put_in(text, hits, rng)


def replace_across_words(text: str, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    words = {simplified(row["word"]): row["converted"] for row in reversed(lexicons.load().rows("equivalents"))}
    key = shadow(text)
    hits = [(s, e, words[key[s:e]]) for s, e in across(key, frozenset(words))]
    return put_in(text, hits, rng)


def replace_by_look_alikes(text: str, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    wrong: dict[str, list[str]] = {}
    for row in lexicons.load().rows("lookalikes"):
        for written, meant in ((row["written"], row["meant"]), (spelt(row["written"]), spelt(row["meant"]))):
            wrong.setdefault(meant, []).append(written)
    hits = [(n, n + 1, rng.choice(wrong[c])) for n, c in enumerate(text) if c in wrong]
    return put_in(text, hits, rng)


def put_in(text: str, hits: list[tuple[int, int, str]], rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    parts, places, last, length = [], [], 0, 0
    for start, end, new in sorted(rng.sample(hits, min(len(hits), len(text) // EVERY))):
        if start < last:
            continue
        parts += [text[last:start], new]
        length += start - last
        places.append((length, length + len(new), f"{text[start - 2 : end + 2]}→{new}"))
        length, last = length + len(new), end
    return "".join([*parts, text[last:]]), places


def across(key: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where one of the words stands across the border of two words and is none itself."""
    borders, place = {0}, 0
    for word in cutter(lexicons.load()).cut(key, False):
        place += len(word)
        borders.add(place)
    for start in range(len(key)):
        for end in range(start + 2, min(start + 5, len(key)) + 1):
            whole = start in borders and end in borders
            if (
                key[start:end] in words
                and not whole
                and not borders.isdisjoint(range(start + 1, end))
                and is_sure(key, start, end)
            ):
                yield start, end


def is_sure(key: str, start: int, end: int) -> bool:
    """Whether the stretch is no word: reading it as one is dearer than the best reading of what stands around it."""
    before, after = RUN.split(key[max(0, start - 14) : start])[-1], RUN.split(key[end : end + 14])[0]
    ways = paths(before + key[start:end] + after)
    return ways.through(len(before), len(before) + end - start) - ways.onward[0] >= SURE


@cache
def special_words() -> frozenset[str]:
    """Words of two and more characters that are not spelled character by character."""
    return frozenset(w for w, (n, _) in dictionary().items() if n > 2 and 1 < len(w) < 5 and spelt(w) != "".join(map(spelt, w)))


@cache
def spelt(word: str) -> str:
    return converter().convert(word)


@cache
def converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw", include_tofu_risk_dictionaries=False)


def to_traditional(text: str) -> str:
    """A clean Traditional version: each word converted by itself, so that nothing is converted across words."""
    return "".join(spelt(word) for word in cutter(lexicons.load()).cut(text, False))


if __name__ == "__main__":
    main()
