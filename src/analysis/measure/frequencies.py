"""The table `frequencies`: how often each speech uses each word, and how evenly.

Rates are per 10,000 Han characters with a 95 % interval from resampling blocks (see `resampling`); `dp` is DPnorm over
the blocks. Every word that is not punctuation has a row, also one that only stands inside longer words (n_own = 0).
It counts words and judges none: stop words are in the table, and charts leave them out.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis import schema
from analysis.measure.counts import Counted, counted
from analysis.measure.dispersion import dp_norm, parts_with
from analysis.measure.resampling import interval, stream, weights
from analysis.store import frame

if TYPE_CHECKING:
    from analysis.read.settings import Settings
    from analysis.tables import Tables

PER = 10_000
# A word that stands on its own more seldom than this is a piece of longer words: 主義 (-ism) in 社會主義 (socialism).
LEAST_ALONE = 0.1


def stands_alone(n_own: int, n: int) -> bool:
    """Whether a word stands on its own often enough to be named beside the longer words that hold it."""
    return n_own > 0 and n_own >= LEAST_ALONE * n


def measure(tables: "Tables") -> pd.DataFrame:
    """One row per speech and word, in the order of the speeches, then by n, then by key."""
    frames = list(parts(tables))
    return pd.concat(frames, ignore_index=True) if frames else frame("frequencies", ())


def parts(tables: "Tables") -> Iterator[pd.DataFrame]:
    """The rows of each speech, one speech after the other, so that memory does not grow with the corpus."""
    columns, dtypes = schema.columns("frequencies"), schema.dtypes("frequencies")
    for words in counted(tables):
        yield _rows(words, tables.settings)[columns].astype(dtypes)


def _rows(words: Counted, settings: "Settings") -> pd.DataFrame:
    matrix, n, size = words.matrix(), words.n, words.size
    rng = stream(settings.seed, words.speech)
    low, high = interval(matrix, words.sizes, weights(len(words.sizes), settings.resamples, rng), per=PER)
    rate = n / size * PER if size else np.full(len(n), np.nan)
    rows = pd.DataFrame(
        {
            "speech": words.speech,
            "key": words.keys,
            "text": words.texts,
            "pos": words.pos,
            "n": n,
            "n_own": words.n_own,
            "n_text": words.n_text,
            "per_10k": rate,
            "per_10k_low": low if size else rate,
            "per_10k_high": high if size else rate,
            "dp": dp_norm(matrix, words.sizes) if size else rate,
            "n_paragraphs": parts_with(matrix),
        }
    )
    return rows.iloc[np.lexsort((np.arange(len(n)), -n))]
