"""Similarity of two texts by their words: Jensen-Shannon divergence with each word's part in it, and cosine.

>>> round(float(jsd([.5, .3, .2], [.2, .3, .5])), 7)  # Lin 1991
0.0958156

Divergence is in bits: 0 the same words in the same shares, 1 no word in common.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.measure.blocks import blocks_of
from analysis.measure.counts import PUNCTUATION
from analysis.measure.resampling import percentiles, stream, weights
from analysis.measure.stopwords import left_out

if TYPE_CHECKING:
    from analysis.tables import Tables

Floats = npt.NDArray[np.float64]
Numbers = npt.ArrayLike
# Resamples for a yes or no; more would not change it.
ENOUGH = 400
TYPES = {"speech_a": "string", "speech_b": "string", "jsd": "Float64", "cosine": "Float64"}
SHIFT_TYPES = {
    "key": "string",
    "text": "string",
    "n_a": "Int64",
    "n_b": "Int64",
    "share_a": "Float64",
    "share_b": "Float64",
    "contribution": "Float64",
}


def jsd(a: Numbers, b: Numbers) -> float:
    """Jensen-Shannon divergence in bits of two lists of counts or shares (Lin 1991, eq. 4.2 with equal weights)."""
    from scipy.spatial.distance import jensenshannon

    return float(jensenshannon(np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64), base=2) ** 2)


def contributions(a: Numbers, b: Numbers) -> Floats:
    """Each word's part in the divergence, in bits; they add up to it (Gallagher et al. 2021, eq. 11, without sign)."""
    from scipy.special import rel_entr

    p, q = (np.asarray(value, dtype=np.float64) for value in (a, b))
    p, q = p / p.sum(), q / q.sum()
    m = (p + q) / 2
    return np.asarray((rel_entr(p, m) + rel_entr(q, m)) / 2 / np.log(2))


def cosine(a: Numbers, b: Numbers) -> float:
    """Cosine of two lists of counts: 1 the same shares, 0 no word in common."""
    from scipy.spatial.distance import cosine as distance

    return float(1 - distance(np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)))


def similarity(tables: "Tables") -> pd.DataFrame:
    """One row per pair of speeches: divergence and cosine of their words, stop words left out."""
    counts = own_counts(tables)
    n = counts.to_numpy(np.float64)
    divergences, cosines = _divergence_matrix(n), _cosine_matrix(n)
    pairs = combinations(range(len(counts.columns)), 2)
    rows = [(counts.columns[i], counts.columns[j], divergences[i, j], cosines[i, j]) for i, j in pairs]
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def _divergence_matrix(n: Floats) -> Floats:
    """Divergence of each pair of columns (words × texts): each text against all, over its own words only.

    Where it lacks a word, half of the other's share p is the mean of the two, and the word's part in the divergence p / 2.
    """
    from scipy.special import xlogy

    shares = n / n.sum(axis=0)
    found = np.zeros((n.shape[1], n.shape[1]))
    for i in range(n.shape[1]):
        own = np.flatnonzero(shares[:, i])
        p, q = shares[own, i][:, None], shares[own]
        m = (p + q) / 2
        common = (xlogy(p, p / m) + xlogy(q, q / m)).sum(axis=0) / np.log(2)
        found[i] = (common + 1 - q.sum(axis=0)) / 2
    return np.maximum(found, 0)  # rounding can leave equal texts a hair below


def _cosine_matrix(n: Floats) -> Floats:
    lengths = np.sqrt((n**2).sum(axis=0))
    return np.minimum((n.T @ n) / np.outer(lengths, lengths), 1)


def word_shift(tables: "Tables", a: str, b: str) -> pd.DataFrame:
    """One row per word of two speeches, largest part in their divergence first; negative where b uses it more."""
    counts = own_counts(tables)
    forms = tables.frequencies.drop_duplicates("key").set_index("key")["text"]
    n_a, n_b = counts[a].to_numpy(np.float64), counts[b].to_numpy(np.float64)
    p, q = n_a / n_a.sum(), n_b / n_b.sum()
    rows = pd.DataFrame(
        {
            "key": counts.index,
            "text": counts.index.map(forms.to_dict()),
            "n_a": n_a.astype(np.int64),
            "n_b": n_b.astype(np.int64),
            "share_a": p,
            "share_b": q,
            "contribution": contributions(n_a, n_b) * np.where(p >= q, 1, -1),
        }
    )
    rows = rows[rows["n_a"] + rows["n_b"] > 0]
    order = np.lexsort((rows["key"], -np.abs(rows["contribution"])))
    return rows.iloc[order].reset_index(drop=True).astype(SHIFT_TYPES)


def own_counts(tables: "Tables") -> pd.DataFrame:
    """Words by speech: occurrences as a word on its own, so that shares add up to 1; stop words left out."""
    words = tables.frequencies
    words = words[~words["key"].isin(left_out(tables)) & (words["n_own"] > 0)]
    counts = words.pivot(index="key", columns="speech", values="n_own").fillna(0).astype(np.int64)
    return counts.reindex(columns=[speech for speech in tables.speeches["speech"] if speech in counts.columns]).sort_index()


def farther(tables: "Tables", near: tuple[str, str], far: tuple[str, str]) -> bool:
    """Whether the second pair of speeches is clearly farther apart than the first.

    Blocks are resampled: the divergence of both pairs rises by about as much, so their difference is compared with 0.
    """
    index = {key: i for i, key in enumerate(own_counts(tables).index)}
    drawn = {speech: _drawn(tables, speech, index) for speech in {*near, *far}}
    gap = _divergences(drawn[far[0]], drawn[far[1]]) - _divergences(drawn[near[0]], drawn[near[1]])
    return bool(percentiles(gap[None, :])[0][0] > 0)


def _drawn(tables: "Tables", speech: str, index: Mapping[str, int]) -> Floats:
    """Shares of the words in each resample of a speech (words × resamples)."""
    tokens = tables.tokens[tables.tokens["speech"] == speech]
    tokens = tokens[tokens["key"].isin(list(index)) & (tokens["pos"] != PUNCTUATION)]
    blocks = list(blocks_of(speech, tables.texts[speech], tables.outline[tables.outline["speech"] == speech]))
    block = np.searchsorted([one.start for one in blocks], tokens["start"].to_numpy(np.int64), side="right") - 1
    matrix = np.zeros((len(index), len(blocks)))
    np.add.at(matrix, ([index[key] for key in tokens["key"]], block.clip(0)), 1)
    resamples = min(tables.settings.resamples, ENOUGH)
    counts = matrix @ weights(len(blocks), resamples, stream(tables.settings.seed, speech)).T.astype(np.float64)
    return np.asarray(counts / np.maximum(counts.sum(axis=0), 1))


def _divergences(p: Floats, q: Floats) -> Floats:
    """Divergence in each resample."""
    from scipy.special import rel_entr

    m = (p + q) / 2
    return np.asarray((rel_entr(p, m) + rel_entr(q, m)).sum(axis=0) / 2 / np.log(2))
