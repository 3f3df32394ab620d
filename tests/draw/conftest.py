"""Small made-up tables for the charts: as many speeches, words and characters a word as a test asks for."""

from collections.abc import Callable
from functools import cache

import pytest

from analysis import schema, tables
from analysis.read.lexicons import load as load_lexicons
from analysis.read.script import simplified
from analysis.read.settings import Settings
from analysis.tables import Tables

# Syllables a made-up word is put together from: 工農商學兵政黨群眾和民主法治公平創新發展綠色開放
# ("workers farmers trade study army politics party masses people democracy law justice new growth green open").
THEMES = list(dict.fromkeys(row["theme"] for row in load_lexicons().rows("themes")))
SIGNS = "工農商學兵政黨群眾和民主法治公平創新發展綠色開放"


@pytest.fixture
def made() -> Callable[..., Tables]:
    """made(speeches=3, words=8, length=2, zero=False, **settings) → Tables."""
    return make


@cache
def make(speeches: int = 3, words: int = 8, length: int = 2, zero: bool = False, **settings: object) -> Tables:
    ids = [f"speech-{number + 1}" for number in range(speeches)]
    vocabulary = [_word(place, length) for place in range(words)]
    texts = {
        s: f"大家好。\n一、{vocabulary[0]}的工作。\n今年完成了3萬元。" + "，".join(vocabulary) + "。\n二、結束。\n謝謝。"
        for s in ids
    }
    rows = {
        "speeches": [_speech(s, texts[s], length) for s in ids],
        "outline": [row for s in ids for row in _outline(s, texts[s])],
        "sentences": [(s, 1, 0, 0, 4, texts[s][:4]) for s in ids],
        "frequencies": [
            _frequency(s, place, word, 0 if zero else (place * 7 + number * 3) % 40 + 1)
            for number, s in enumerate(ids)
            for place, word in enumerate(vocabulary)
        ],
        "keywords": [_keyword(s, place, word, zero) for s in ids for place, word in enumerate(vocabulary)],
        "themes": []
        if zero
        else [
            (s, 1, 2, 10 + place, 10 + place + 1, word, THEMES[place % 12]) for s in ids for place, word in enumerate(vocabulary)
        ],
        "figures": [] if zero else [_figure(s, place, word) for s in ids for place, word in enumerate(vocabulary)],
        "slogans": [] if zero else [(s, 1, 0, 1, word, "quoted", simplified(word)) for s in ids for word in vocabulary],
        "reuse": []
        if zero or speeches < 2
        else [(ids[0], 3 * n, 3 * n + 12, "共" * 12, ids[1], 5 * n, 5 * n + 12, "共" * 12, 12, 1.0) for n in range(words * 2)],
    }
    frames = {table: _frame(table, rows.get(table, [])) for table in schema.TABLES}
    return Tables(frames, Settings(**{"preset": "report", **settings}), texts=texts)


def _word(place: int, length: int) -> str:
    """The word of a number: another one for each of the first 26."""
    signs = SIGNS + "甲乙"  # "A B"
    return (signs[place:] + signs)[:length]


def _frame(table: str, rows: list[tuple]) -> object:
    names = schema.columns(table)
    rows = [(*row, *[None] * (len(names) - len(row))) for row in rows]
    return tables.frame(table, {name: [row[place] for row in rows] for place, name in enumerate(names)})


def _speech(s: str, text: str, length: int) -> tuple:
    label = ("講話" + SIGNS)[: max(2, length - 2)] + s[-2:]  # 講話: "speech"
    return (s, "made.txt", f"標題 {s}", label, "traditional", 0, len(text), 4000, 2000, 3, 3, 0, "0" * 64)


def _outline(s: str, text: str) -> list[tuple]:
    first, second, last = text.index("一、"), text.index("二、"), text.index("謝謝")
    cuts = [
        (0, 4, "salutation", ""),
        (first, text.index("今年") - 1, "heading", "一、"),
        (text.index("今年"), second - 1, "paragraph", ""),
    ]
    cuts += [(second, last - 1, "heading", "二、"), (last, len(text), "closing", "")]
    rows = [(s, 0, None, 0, "speech", "", None, 0, len(text), text)]
    for node, (start, end, kind, marker) in enumerate(cuts, 1):
        level, parent = (2, 2) if kind == "paragraph" else (1, 0)
        rows.append((s, node, parent, level, kind, marker, None, start, end, text[start:end]))
    return rows


def _frequency(s: str, place: int, word: str, n: int) -> tuple:
    rate = n / 4000 * 10000
    return (s, simplified(word), word, "n", n, max(n, 1), n, rate, rate * 0.6, rate * 1.7, 0.2, min(n, 3))


def _keyword(s: str, place: int, word: str, zero: bool) -> tuple:
    ratio = 0.0 if zero else (place - 4) * 0.7
    return (
        s,
        "rest",
        place + 1,
        simplified(word),
        word,
        0 if zero else 9,
        0 if zero else 4,
        4000,
        8000,
        ratio,
        ratio - 0.9,
        ratio + 1.1,
        3.0,
        0.04,
        0.2,
    )


def _figure(s: str, place: int, word: str) -> tuple:
    value = str(3 * 10 ** (place % 5))
    kind, unit = ("money", "元") if place % 2 else ("count", "名")
    return (s, 1, 2, 12, 14, f"{value}{unit}", kind, value, "", unit, "about" if place % 3 else "exact", word, "other")
