"""The table `keywords`: which words set a speech apart, how much, and how surely.

Each speech is held against `rest` (all other speeches), each other speech, and `general` (jieba's counts of Chinese, or
the user's own list, which then gives the reference its name: `general: mylist.csv`). For each word: the log ratio of the
two rates with a 95 % interval from resampling blocks, G² of four cells, a p-value from dealing the blocks out at random,
and q, corrected for the number of words. Intervals come first: with three speeches p and q are hints. A word with few
hits or in one section only is marked so, never called absent. `general` has no blocks, so it has no p and no q, and it
varies only on the side of the speech. Its size in Han characters is the sum, over its words, of count times length.

With more than 12 speeches each is compared with the rest and general only; a word it lacks is listed where it would be
expected five times; and for `stability` the rest stays as it is, while the speech is resampled.

verdict: more, less (the interval says so); concentrated (it does not, and one section holds most of the word);
unclear (no clear difference). caution: too few (under 5 expected), short (a text under 300 characters or of one block), cutting (plain text has far more of the word than
the cut finds), inside (only inside longer words), unlisted (the general list lacks the word); joined by `;`.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import schema
from analysis.measure import contrast, keyness, references
from analysis.measure.corpus import Corpus, Heap, corpus, widened
from analysis.measure.dispersion import heaped
from analysis.measure.member import spread, totals
from analysis.measure.ranks import by_rank, signed_g2
from analysis.measure.references import GENERAL, LEAST_EXPECTED, Case, General, Rests, pair
from analysis.measure.resampling import around
from analysis.measure.threads import threaded

if TYPE_CHECKING:
    from analysis.tables import Tables

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
# The columns of some rows.
Part = dict[str, npt.NDArray[Any]]

# Speeches whose rows are made and held at once.
AT_ONCE = 4
# A text shorter than this, in Han characters, is too little to count on.
LEAST_SIZE = 300
# Plain text with this many times the occurrences as a word: the count hangs on where words are cut.
CUTTING = 1.5


def measure(tables: "Tables", *, general: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per speech, reference and word, by rank; `general` is a list of counts to use in place of jieba's."""
    made = list(parts(tables, general=general))
    return pd.concat(made, ignore_index=True) if made else _table([])


def parts(tables: "Tables", *, general: Mapping[str, int] | None = None) -> Iterator[pd.DataFrame]:
    """The rows of each speech, one speech after the other, so that no more than one list has to be held."""
    words = corpus(tables)
    listed = General.of(words, tables, general)
    words = widened(words, listed.added)
    members, minimum = words.members, tables.settings.minimum_count
    pairs, rests = {}, None
    if 1 < len(members) <= references.MOST_FOR_PAIRS:
        pairs = contrast.pairs(members, words.n_words, minimum)
    if len(members) > 1:
        rests = Rests.of(words, minimum)

    def table(here: int) -> pd.DataFrame:
        m = members[here]
        cases = [rests.case(here)] if rests else []
        cases += [pair(words, here, there, pairs) for there, o in enumerate(members) if (m.speech, o.speech) in pairs]
        return _table(_rows(words, here, [*cases, listed.case(words, here, minimum)]))

    for first in range(0, len(members), AT_ONCE):
        yield from threaded(table, range(first, min(first + AT_ONCE, len(members))))


def leaders(tables: "Tables", top: int) -> dict[str, list[str]]:
    """By speech the first `top` words by rank that it uses more than the others do (alone: than general Chinese does).

    Words that only stand inside longer ones are left out. The order needs no resampling, so this takes a small part of
    the time of `measure`.
    """
    words, minimum = corpus(tables), tables.settings.minimum_count
    members, many = words.members, len(words.members) > references.MOST_FOR_PAIRS
    if len(members) > 1:
        least = LEAST_EXPECTED if many else 0
        chosen = contrast.rest_words(members, words.n_words, minimum, least_expected=least)
        n, size = totals(members, words.n_words), sum(m.size for m in members)
    else:
        listed = General.of(words, tables, None)
        words = widened(words, listed.added)
        chosen = {m.speech: listed.words(words, here, minimum) for here, m in enumerate(words.members)}
        n, size = listed.n, listed.size
    found = {}
    for here, one in enumerate(words.speeches):
        m, own = one.member, chosen[one.member.speech]
        alone = len(members) == 1
        n_ref, size_ref = (n[own], size) if alone else (n[own] - m.counts(own), size - m.size)
        score = signed_g2(m, own, n_ref, size_ref)
        more = keyness.log_ratio(m.counts(own), n_ref, m.size, size_ref) > 0
        more &= (m.counts(own) == 0) | (spread(m, one.n_own, own) > 0)
        order = by_rank(words, own, m.counts(own), score)
        found[m.speech] = [str(text) for text in words.texts(here, own[order[more[order]]][:top])]
    return found


def _table(found: list[Part]) -> pd.DataFrame:
    dtypes = schema.dtypes("keywords")
    if not found:
        return pd.DataFrame(columns=list(dtypes)).astype(dtypes)
    return pd.DataFrame({name: np.concatenate([part[name] for part in found]) for name in dtypes}).astype(dtypes)


def _rows(corpus: Corpus, here: int, cases: list[Case]) -> list[Part]:
    """Rows of one speech, reference by reference; its text is searched once."""
    every = np.unique(np.concatenate([case.found.words for case in cases]))
    n_text = corpus.n_text(here, every)
    return [_part(corpus, here, case, n_text[np.searchsorted(every, case.found.words)]) for case in cases]


def _part(corpus: Corpus, here: int, case: Case, n_text: Integers) -> Part:
    """Rows of one speech and one reference, by rank."""
    one, words, found, reference = corpus.speeches[here], case.found.words, case.found, case.reference
    m = one.member
    n, n_ref, size, size_ref = m.counts(words), reference.n, m.size, reference.size
    ratio = keyness.log_ratio(n, n_ref, size, size_ref)
    low, high = around(ratio, found.low, found.high)
    score = signed_g2(m, words, n_ref, size_ref)
    least = np.minimum(*keyness.expected(n, n_ref, size, size_ref))
    general = reference.name.startswith(GENERAL)
    rows: Part = {
        "key": corpus.keys[words],
        "text": corpus.texts(here, words),
        "n": n,
        "n_ref": n_ref,
        "log_ratio": ratio,
        "log_ratio_low": low,
        "log_ratio_high": high,
        "g2": np.abs(score),
        "p": found.p,
        "q": _q(found.p),
        "n_text": n_text,
        "dp": spread(m, one.dp, words, np.nan),
        "expected": least,
        "stability": np.full(len(words), np.nan) if case.steady is None else case.steady,
        "verdict": _verdict((low, ratio, high), (n, n_ref), one.heap_of(words), reference.heap),
        "caution": _caution(
            # Beside a huge reference every expectation is small; there the hits themselves decide.
            few=(np.maximum(n, least) if general else least) < LEAST_EXPECTED,
            short=np.isnan(low) | (min(size, size_ref) < LEAST_SIZE),
            cutting=n_text > CUTTING * n,
            inside=(n > 0) & (spread(m, one.n_own, words) == 0),
            unlisted=(n_ref == 0) & general,
        ),
    }
    order = by_rank(corpus, words, n, score)
    fixed: Part = {
        "speech": np.full(len(words), m.speech, dtype=object),
        "reference": np.full(len(words), reference.name, dtype=object),
        "rank": np.arange(1, len(words) + 1),
        "size": np.full(len(words), size),
        "size_ref": np.full(len(words), size_ref),
    }
    return fixed | {name: values[order] for name, values in rows.items()}


def _q(p: Floats) -> Floats:
    """p adjusted for the number of words compared (Benjamini & Hochberg 1995); empty where p is."""
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p)) if len(p) and not np.isnan(p).any() else np.full(len(p), np.nan)


def _verdict(
    interval: tuple[Floats, Floats, Floats], n: tuple[Integers, Integers], heap: Heap, ref_heap: Heap | None
) -> npt.NDArray[np.object_]:
    """more, less, concentrated or unclear: an interval across 0 can also mean that one section has nearly all of it."""
    low, ratio, high = interval
    here = heaped(heap.most, n[0], heap.share)
    there = heaped(ref_heap.most, n[1], ref_heap.share) if ref_heap else np.zeros(len(ratio), dtype=bool)
    across = np.where(np.where(ratio >= 0, here, there), "concentrated", "unclear")
    return np.where(low > 0, "more", np.where(high < 0, "less", across)).astype(object)


def _caution(*, few: npt.NDArray[np.bool_], **marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """Why a row is to be read with care: the names of the marks that apply, joined by `;`; empty where none does."""
    named = {"too few": few, **marks}
    # One bit a mark: each combination is spelled once.
    code = sum(mark.astype(np.int64) << bit for bit, mark in enumerate(named.values()))
    told = [";".join(name for bit, name in enumerate(named) if number >> bit & 1) for number in range(1 << len(named))]
    return np.asarray(np.array(told, dtype=object)[code])
