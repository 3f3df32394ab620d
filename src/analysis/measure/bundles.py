"""Bundles: strings of two words or more that come again and again, counted by words or by 4 to 8 characters.

Neither crosses a punctuation mark, a blank or the end of a sentence. `n` counts overlapping occurrences (each start).
It does not say what a bundle is: formulas of politics are in the table `slogans`, shared passages in `reuse`.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from analysis.measure.counts import PUNCTUATION
from analysis.read.speech import n_han
from analysis.stored import rows_of

if TYPE_CHECKING:
    from analysis.tables import Tables

# Formulas of Chinese officialese have four to eight characters: 與時俱進, 全心全意為人民服務.
SHORTEST, LONGEST = 4, 8
TYPES = {"key": "string", "text": "string", "n": "Int64", "per_10k": "Float64", "n_speeches": "Int64", "speeches": "string"}


def ngrams(tables: "Tables", length: int = 3, *, minimum: int = 3) -> pd.DataFrame:
    """One row per string of `length` words with `minimum` occurrences or more: n, rate, and in which speeches."""
    return _table(tables, lambda run: _word_grams(run, length), minimum=minimum)


def bundles(tables: "Tables", *, shortest: int = SHORTEST, longest: int = LONGEST, minimum: int = 3) -> pd.DataFrame:
    """One row per string of whole words with `shortest` to `longest` characters; those only ever inside a longer one left out."""
    found = _table(tables, lambda run: _phrases(run, shortest, longest), minimum=minimum)
    counts = dict(zip(found["key"], found["n"], strict=True))
    inner: set[str] = set()
    for key, n in counts.items():
        parts = (key[i:j] for i in range(len(key)) for j in range(i + shortest, len(key) + 1) if j - i < len(key))
        inner.update(part for part in parts if counts.get(part) == n)
    return found[~found["key"].isin(inner)].reset_index(drop=True)


Run = list[tuple[str, str]]  # key and text of each token
Grams = Iterator[tuple[str, str]]


def _table(tables: "Tables", grams_of, *, minimum: int) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    tokens = rows_of(tables.tokens)
    n: Counter[str] = Counter()
    for speech in tables.speeches["speech"]:
        for run in _runs(tokens(speech)):
            n.update(key for key, _ in grams_of(run))
    # Nearly all strings stand once only: forms and speeches are kept of the others.
    kept = sorted((key for key in n if n[key] >= minimum), key=lambda key: (-n[key], key))
    n = Counter({key: n[key] for key in kept})
    forms: Counter[tuple[str, str]] = Counter()
    where: dict[str, dict[str, None]] = {key: {} for key in kept}
    for speech in tables.speeches["speech"]:
        for run in _runs(tokens(speech)):
            for key, text in grams_of(run):
                if key in n:
                    forms[key, text] += 1
                    where[key][speech] = None
    written: dict[str, str] = {}
    for (key, text), _ in sorted(forms.items(), key=lambda item: (-item[1], item[0])):
        written.setdefault(key, text)
    size = sum(n_han(tables.texts[speech]) for speech in tables.speeches["speech"])
    rows = [
        (key, written[key], n[key], n[key] / size * 10_000 if size else None, len(where[key]), ";".join(where[key]))
        for key in kept
    ]
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def _runs(tokens: pd.DataFrame) -> Iterator[Run]:
    """Unbroken runs of words: no punctuation, blank or end of sentence inside."""
    run: Run = []
    place, inside = -1, None
    columns = ("key", "text", "pos", "start", "end", "sentence")
    for key, text, pos, start, end, sentence in zip(*(tokens[name].tolist() for name in columns), strict=True):
        if pos == PUNCTUATION or start != place or str(sentence) != inside:
            yield run
            run = []
        if pos != PUNCTUATION:
            run.append((key, text))
        place, inside = end, str(sentence)
    yield run


def _word_grams(run: Run, length: int) -> Grams:
    for i in range(len(run) - length + 1):
        part = run[i : i + length]
        yield "".join(key for key, _ in part), "".join(text for _, text in part)


def _phrases(run: Run, shortest: int, longest: int) -> Grams:
    """Two words or more that together have so many characters."""
    for i in range(len(run)):
        key, text = run[i]
        # 20xx年 ("20xx") is a blank and no phrase.
        if not _all_han(key):
            continue
        for more_key, more_text in run[i + 1 : i + longest]:
            key, text = key + more_key, text + more_text
            if len(key) > longest or not _all_han(more_key):
                break
            if len(key) >= shortest:
                yield key, text


@lru_cache(maxsize=65536)
def _all_han(key: str) -> bool:
    return n_han(key) == len(key)
