"""Lexical diversity: how many different words, in ways that do not depend on the length of the text.

>>> round(mtld(["This", "is", "a", "sentence", "."] * 20), 4)
7.1429

The plain type-token ratio falls as a text grows, so it is not offered for comparing speeches.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.measure.blocks import blocks_of
from analysis.measure.counts import words_of
from analysis.measure.resampling import around, percentiles, stream, weights
from analysis.stored import rows_of

if TYPE_CHECKING:
    from analysis.tables import Tables

# Published settings: MATTR window (Covington & McFall 2010 leave it open; 100 fits short speeches), MTLD threshold and
# HD-D sample (McCarthy & Jarvis 2010).
WINDOW, THRESHOLD, SAMPLE = 100, 0.72, 42
TYPES = {
    "speech": "string",
    "n_tokens": "Int64",
    "n_types": "Int64",
    "mattr": "Float64",
    "mattr_low": "Float64",
    "mattr_high": "Float64",
    "mtld": "Float64",
    "hdd": "Float64",
    "yule_k": "Float64",
}


def diversity(tables: "Tables") -> pd.DataFrame:
    """One row per speech: words, different words, MATTR with a 95 % interval, MTLD, HD-D and Yule's K."""
    tokens, outlines = rows_of(tables.tokens), rows_of(tables.outline)
    rows = []
    for speech in tables.speeches["speech"]:
        own = words_of(tokens(speech))
        words = own["key"].tolist()
        starts = [block.start for block in blocks_of(speech, tables.texts[speech], outlines(speech))]
        block = np.searchsorted(starts, own["start"].to_numpy(np.int64), side="right") - 1
        low, high = _mattr_interval(
            words, block, len(starts), rng=stream(tables.settings.seed, speech), resamples=tables.settings.resamples
        )
        spectrum = Counter(words).values()
        rows.append((speech, len(words), len(spectrum), mattr(words), low, high, mtld(words), hdd(spectrum), yule_k(spectrum)))
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def mattr(words: Sequence[str], window: int = WINDOW) -> float:
    """Mean type-token ratio of all windows of `window` words (Covington & McFall 2010); of the whole text if it is shorter."""
    types = window_types(words, window)
    return float(types.mean() / min(window, len(words))) if len(types) else float("nan")


def window_types(words: Sequence[str], window: int = WINDOW) -> npt.NDArray[np.int64]:
    """Number of different words in each window of `window` words; one window if the text is shorter."""
    size = min(window, len(words))
    if not size:
        return np.zeros(0, dtype=np.int64)
    last: dict[str, int] = {}
    before = np.array([_replace(last, word, i) for i, word in enumerate(words)], dtype=np.int64)
    # A word is new in a window where its last occurrence lies before the window: it adds 1 to the windows from there on.
    first_window = np.maximum(before + 1, np.arange(len(words)) - size + 1).clip(0)
    last_window = np.minimum(np.arange(len(words)), len(words) - size)
    steps = np.zeros(len(words) + 2, dtype=np.int64)
    here = first_window <= last_window
    np.add.at(steps, first_window[here], 1)
    np.add.at(steps, last_window[here] + 1, -1)
    return np.cumsum(steps)[: len(words) - size + 1]


def mtld(words: Sequence[str], threshold: float = THRESHOLD) -> float:
    """Mean length of runs whose type-token ratio stays at the threshold, forwards and backwards (McCarthy & Jarvis 2010).

    nan for a text that never repeats a word: its factor count is 0.
    """
    if not words:
        return float("nan")
    lengths = [len(words) / factors if (factors := _factors(way, threshold)) else float("nan") for way in (words, words[::-1])]
    return float(np.mean(lengths))


def hdd(spectrum: Iterable[int], sample: int = SAMPLE) -> float:
    """HD-D: the type-token ratio to expect of `sample` words drawn at random (McCarthy & Jarvis 2010, scaled 0 to 1).

    `spectrum`: occurrences of each different word; nan with fewer than `sample` words.
    """
    from scipy.stats import hypergeom

    n = np.fromiter(spectrum, dtype=np.int64)
    if n.sum() < sample:
        return float("nan")
    return float((1 - hypergeom.pmf(0, n.sum(), n, sample)).sum() / sample)


def yule_k(spectrum: Iterable[int]) -> float:
    """Yule's K = 10⁴·(Σ i²·Vᵢ − N)/N² (Yule 1944): higher means more repetition; nan for no words."""
    n = np.fromiter(spectrum, dtype=np.float64)
    return float(1e4 * ((n**2).sum() - n.sum()) / n.sum() ** 2) if n.sum() else float("nan")


def _replace(last: dict[str, int], word: str, place: int) -> int:
    """Place of the word before, -1 if there is none; remembers this one."""
    before = last.get(word, -1)
    last[word] = place
    return before


def _factors(words: Sequence[str], threshold: float) -> float:
    """Number of runs that fell to the threshold, the last one in part."""
    factors, seen, length, ratio = 0.0, set[str](), 0, 1.0
    for word in words:
        seen.add(word)
        length += 1
        ratio = len(seen) / length
        if ratio < threshold:
            factors, seen, length, ratio = factors + 1, set(), 0, 1.0
    return factors + (1 - ratio) / (1 - threshold)


def _mattr_interval(
    words: Sequence[str], block: npt.NDArray[np.int64], n_blocks: int, *, rng: np.random.Generator, resamples: int
) -> tuple[float, float]:
    """95 % interval of MATTR: windows are drawn with the block in which they begin."""
    types = window_types(words)
    if n_blocks < 2 or not len(types):
        return float("nan"), float("nan")
    ratios, owner = types / min(WINDOW, len(words)), block[: len(types)]
    sums = np.bincount(owner, weights=ratios, minlength=n_blocks)
    counts = np.bincount(owner, minlength=n_blocks)
    drawn = weights(n_blocks, resamples, rng).astype(np.float64)
    # A resample of blocks in which no window begins has no value; such draws are left out.
    total = drawn @ counts
    values = ((drawn @ sums)[total > 0] / total[total > 0])[None, :]
    low, high = around(np.array([ratios.mean()]), *percentiles(values))
    return float(low[0]), float(high[0])
