"""Passages that two speeches share, word for word or lightly edited, in either script.

Strings of eight letters are looked up in one index of all speeches (`shingles`) and built to passages (`passages`). One is
reported from 36 agreeing letters, from 24 where it was hardly edited: shorter agreements are formulas of the trade.

Longer formulas, which all reports of one year share, are reported too, for they are shared; `n_speeches` tells them: three
fifths of the passage's strings stand in so many speeches at most. What two speeches share and no third one has was passed on
between them, or has one source; what three or more have (from FORMULA on) is a formula (套話), as are thanks and wishes that
every report words in nearly the same way. It says what is shared, not who took it from whom.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.measure.passages import Passage, chains, distinct, passages_of, runs_by_speech
from analysis.measure.shingles import SEED, Letters, Spread, letters, matches, strings
from analysis.read.speech import n_han
from analysis.schema import Reuse
from analysis.tables import Tables, frame

# Speeches from which on shared words are a formula, and the share of a passage's strings that must stand in fewer. At one half
# thanks and programmes of reports of one year passed for copied; of the passages that were, most have nine in ten to themselves.
FORMULA = 3
THEIRS = 0.6
# Characters of all speeches together beyond which the index would need more than a gigabyte.
MOST_CHARACTERS = 10_000_000


def measure(tables: Tables) -> pd.DataFrame:
    """Table `reuse`: a row per shared passage; the speech whose id sorts first is speech_a. See `refusal`."""
    return frame("reuse", [] if refusal(tables) else list(_rows(tables.texts)))


def refusal(tables: Tables) -> str:
    """Why passages are not looked for in speeches so large, and what to do; else empty."""
    size = int((tables.speeches["end"] - tables.speeches["start"]).sum())
    if size <= MOST_CHARACTERS:
        return ""
    return (
        f"reuse: shared passages are looked for in at most {MOST_CHARACTERS:,} characters, and these speeches have {size:,}: the "
        f"table reuse stays empty; take fewer speeches / 共用段落最多比對 {MOST_CHARACTERS:,} 字，這些講話有 {size:,} 字，故 reuse 表為空；請減少講話"
    )


def shares(tables: Tables) -> pd.DataFrame:
    """How much of each speech stands in each other one, and in any other (`other` empty): Han characters and share."""
    rows = []
    for speech, spans in _spans(tables.reuse, tables.texts).items():
        size = n_han(tables.texts[speech])
        for other in [*sorted({o for _, _, o in spans}), ""]:
            here = [(start, end) for start, end, o in spans if other in (o, "")]
            shared = sum(n_han(tables.texts[speech][start:end]) for start, end in _union(here))
            rows.append((speech, other, len(here), shared, size, shared / size if size else None))
    types = {"speech": "string", "other": "string", "passages": "Int64", "n_han": "Int64", "size": "Int64", "share": "Float64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def without_reuse(tables: Tables) -> "pd.Series[bool]":
    """For each row of `tokens`: whether it stands outside every shared passage, so that it is the speech's own."""
    tokens = tables.tokens
    own = np.ones(len(tokens), dtype=bool)
    places = tokens.groupby("speech", sort=False, observed=True).indices
    for speech, spans in _spans(tables.reuse, tables.texts).items():
        at = places.get(speech, np.zeros(0, dtype=np.int64))
        starts = tokens["start"].to_numpy(np.int64)[at]
        for start, end in _union([(start, end) for start, end, _ in spans]):
            own[at[(starts >= start) & (starts < end)]] = False
    return pd.Series(own, index=tokens.index, name="own")


def _spans(reuse: pd.DataFrame, texts: Mapping[str, str]) -> dict[str, list[tuple[int, int, str]]]:
    """Per speech: start and end of each shared passage, and the other speech."""
    spans: dict[str, list[tuple[int, int, str]]] = {speech: [] for speech in texts}
    for row in reuse.itertuples():
        spans[str(row.speech_a)].append((int(row.start_a), int(row.end_a), str(row.speech_b)))
        spans[str(row.speech_b)].append((int(row.start_b), int(row.end_b), str(row.speech_a)))
    return spans


def _union(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same places as spans that do not overlap, in order."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last and start <= last[1]:
            last = (last[0], max(last[1], end))
        else:
            if last:
                yield last
            last = (start, end)
    if last:
        yield last


def _rows(texts: Mapping[str, str]) -> Iterator[Reuse]:
    """Rows in order of speech_a, start_a, speech_b, start_b."""
    speeches = sorted(texts)
    read = [letters(texts[speech]) for speech in speeches]
    numbers = [strings(part.text) for part in read]
    spread = Spread(numbers)
    for a, shared in matches(numbers):
        found = []
        for b, runs in runs_by_speech(shared):
            passages = [p for chain in chains(runs) for p in passages_of(read[a].text, read[b].text, chain)]
            for passage in distinct(passages):
                n_speeches = spread.of(numbers[a][passage.start_a : passage.end_a - SEED + 1], THEIRS)
                found.append(_row(speeches, read, (a, b), passage, texts=texts, n_speeches=n_speeches))
        yield from sorted(found, key=lambda row: (row.start_a, row.speech_b, row.start_b))


def _row(
    speeches: Sequence[str],
    read: Sequence[Letters],
    pair: tuple[int, int],
    passage: Passage,
    *,
    texts: Mapping[str, str],
    n_speeches: int,
) -> Reuse:
    a, b = (speeches[n] for n in pair)
    start_a, end_a = _span(read[pair[0]], passage.start_a, passage.end_a)
    start_b, end_b = _span(read[pair[1]], passage.start_b, passage.end_b)
    text_a, text_b = texts[a][start_a:end_a], texts[b][start_b:end_b]
    similarity = passage.agreeing / passage.columns
    return Reuse(a, start_a, end_a, text_a, b, start_b, end_b, text_b, n_han(text_a), similarity, n_speeches)


def _span(read: Letters, start: int, end: int) -> tuple[int, int]:
    """Places in the text of a stretch of letters."""
    return int(read.places[start]), int(read.places[end - 1]) + 1
