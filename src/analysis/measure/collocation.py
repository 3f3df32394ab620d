"""Collocation: which words keep a word company, by sentence or within a few words.

>>> round(float(delta_p(5610, 168938, 2257, 10233063)[1]), 3)  # "of course", Gries 2013 p. 144
0.697

o11 = both, o12 = the word without the collocate, o21 = the collocate without the word, o22 = neither. The unit counted
is the sentence, or, with a window, the place of a word token. Stop words are left out unless asked for.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.measure import keyness
from analysis.measure.counts import holders, words_of
from analysis.measure.stopwords import left_out

if TYPE_CHECKING:
    from analysis.tables import Tables

Floats = npt.NDArray[np.float64]
Numbers = npt.ArrayLike
TYPES = {
    "key": "string",
    "text": "string",
    "n_both": "Int64",
    "n_word": "Int64",
    "n_collocate": "Int64",
    "n_units": "Int64",
    "log_dice": "Float64",
    "g2": "Float64",
    "delta_p_to": "Float64",
    "delta_p_from": "Float64",
    "npmi": "Float64",
}


def collocates(
    tables: "Tables", word: str, *, window: int | None = None, speech: str | None = None, minimum: int = 3, stop: bool = True
) -> pd.DataFrame:
    """One row per word that stands near `word` (a key), the strongest logDice first.

    Without `window` near means in the same sentence; with it, at most so many word tokens away in the same sentence.
    delta_p_to: how much likelier the collocate is where the word is; delta_p_from: the reverse. Tokens that hold the
    word inside (工會組織 holds 工會) count as the word.
    """
    tokens = words_of(tables.tokens if speech is None else tables.tokens[tables.tokens["speech"] == speech])
    tokens = tokens[tokens["sentence"].notna()]
    unit = (tokens["speech"].astype(str) + "\x00" + tokens["sentence"].astype(str)).to_numpy()
    keys = tokens["key"].to_numpy(dtype=object)
    is_word = np.isin(keys, list(holders(word, set(keys), tables.lexicons)))
    counts = _by_sentence(keys, unit, is_word) if window is None else _by_window(keys, unit, is_word, window)
    skip = left_out(tables) if stop else frozenset()
    kept = counts[(counts["n_both"] >= minimum) & ~counts["key"].isin(skip)]
    named = tokens[tokens["key"].isin(kept["key"])]
    rows = _rows(kept, named.groupby("key", sort=False)["text"].agg(lambda values: values.mode().iloc[0]))
    return rows.sort_values(["log_dice", "n_both", "key"], ascending=[False, False, True], ignore_index=True)


def log_dice(o11: Numbers, f1: Numbers, f2: Numbers) -> Floats:
    """logDice = 14 + log2(2·O11/(f1+f2)): 14 if they are always together, −1 for each halving (Rychlý 2008)."""
    both, one, other = (np.asarray(value, dtype=np.float64) for value in (o11, f1, f2))
    with np.errstate(divide="ignore"):
        return np.asarray(14 + np.log2(2 * both / (one + other)))


def delta_p(o11: Numbers, o12: Numbers, o21: Numbers, o22: Numbers) -> tuple[Floats, Floats]:
    """ΔP of the second given the first, O11/R1 − O21/R2, and of the first given the second, O11/C1 − O12/C2 (Gries 2013)."""
    a, b, c, d = (np.asarray(value, dtype=np.float64) for value in (o11, o12, o21, o22))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(a / (a + b) - c / (c + d)), np.asarray(a / (a + c) - b / (b + d))


def pmi(o11: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Floats:
    """Pointwise mutual information in bits, log2(O11·N/(f1·f2)) (Church & Hanks 1990); −inf where they never meet."""
    both, one, other, total = (np.asarray(value, dtype=np.float64) for value in (o11, f1, f2, n))
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(both) + np.log2(total) - np.log2(one) - np.log2(other))


def npmi(o11: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Floats:
    """PMI divided by −log2 p(both): −1 never together, 0 by chance, 1 always together (Bouma 2009)."""
    both, total = np.asarray(o11, dtype=np.float64), np.asarray(n, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = pmi(o11, f1, f2, n) / -np.log2(both / total)
    # With every unit holding both, 0/0: they are always together.
    return np.asarray(np.where(both == 0, -1.0, np.where(both == total, 1.0, np.clip(scaled, -1, 1))))


def _by_sentence(keys: npt.NDArray[np.object_], unit: npt.NDArray[np.object_], is_word: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Sentences that hold both, the word, the collocate; and all."""
    pairs = pd.DataFrame({"key": keys, "unit": unit, "is_word": is_word}).drop_duplicates(["key", "unit"])
    with_word = set(unit[is_word])
    pairs["both"] = pairs["unit"].isin(with_word)
    # The word itself, and longer words that hold it, are no company.
    pairs = pairs[~pairs["is_word"]]
    counts = pairs.groupby("key", sort=True)["both"].agg(["sum", "count"]).reset_index()
    counts.columns = ["key", "n_both", "n_collocate"]
    return counts.assign(n_word=len(with_word), n_units=len(set(unit)))


def _by_window(
    keys: npt.NDArray[np.object_], unit: npt.NDArray[np.object_], is_word: npt.NDArray[np.bool_], window: int
) -> pd.DataFrame:
    """Places near the word, tokens of the collocate there and in all; places that are the word itself are left out."""
    near = np.zeros(len(keys), dtype=bool)
    for step in range(1, window + 1):
        same = unit[step:] == unit[:-step] if step < len(unit) else np.zeros(0, dtype=bool)
        near[step:][same & is_word[: len(same)]] = True
        near[: len(same)][same & is_word[step:]] = True
    rest = pd.DataFrame({"key": keys[~is_word], "near": near[~is_word]})
    counts = rest.groupby("key", sort=True)["near"].agg(["sum", "count"]).reset_index()
    counts.columns = ["key", "n_both", "n_collocate"]
    return counts.assign(n_word=int(rest["near"].sum()), n_units=len(rest))


def _rows(counts: pd.DataFrame, forms: "pd.Series[str]") -> pd.DataFrame:
    both, word, other, units = (counts[name].to_numpy(np.float64) for name in ("n_both", "n_word", "n_collocate", "n_units"))
    to, from_ = delta_p(both, word - both, other - both, units - word - other + both)
    rows = counts.assign(
        text=counts["key"].map(forms.to_dict()),
        log_dice=log_dice(both, word, other),
        # The same test as for keywords: the collocate among the word's units against the others.
        g2=keyness.g2(both, other - both, word, units - word),
        delta_p_to=to,
        delta_p_from=from_,
        npmi=npmi(both, word, other, units),
    )
    return rows[list(TYPES)].astype(TYPES)
