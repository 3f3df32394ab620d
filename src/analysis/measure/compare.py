"""The wide comparison table: per word and speech how often, in how many sections; how many times more, how surely.

One row per word, grouped by the speech it sets apart. Built from `frequencies` and `keywords`, so every number can be
found there. With one speech the comparison is with general Chinese. It tests nothing itself.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.measure.counts import Counted, counted
from analysis.measure.phrases import say
from analysis.measure.plaintext import text_counts
from analysis.measure.references import GENERAL, REST, general_name
from analysis.measure.reliability import ROUGH, coverage
from analysis.read.script import simplified

if TYPE_CHECKING:
    from analysis.tables import Tables

# With more speeches than this, each word has columns for its own speech and for the rest only.
MOST_SPEECHES = 6
# q up to this counts as holding after correction.
Q = 0.05
# The longest sentence that still fits a table cell; a longer one is cut around the word.
SENTENCE = 40


def compare(tables: "Tables", *, top: int = 10, words: Iterable[str] | None = None, language: str | None = None) -> pd.DataFrame:
    """One row per word: key, word, speech (whose keyword it is), reference, then the numbers of each speech.

    Columns `n <speech>`, `per_10k <speech>`, `sections <speech>` ("4/6"), for all speeches up to six, else for `own` and
    `rest`; then times_more with its interval, g2, q, how_sure in words, one sentence with the word, and `n_text <speech>`:
    only where that is 0 the speech lacks the word.
    `words` (either script) replaces the `top` keywords of each speech; each is shown for the speech that uses it most.
    """
    language = language or tables.settings.language
    rows = _chosen(tables, top) if words is None else _named(tables, [simplified(word) for word in words])
    return _wide(tables, rows, language)


def headers(tables: "Tables", language: str | None = None) -> dict[str, str]:
    """What to print above each column of `compare`, in words."""
    language = language or tables.settings.language
    labels = {
        **_labels(tables),
        "own": "",
        **{name: reference_label(tables, name, language) for name in (REST, general_name(tables))},
    }
    heads = {"word": say("word", language), "speech": say("most_in", language)}
    for name in ("times_more", "how_sure", "sentence"):
        heads[name] = say(name, language)
    for measure in ("n", "per_10k", "sections"):
        heads |= {f"{measure} {who}": f"{say(measure, language)} {label}".strip() for who, label in labels.items()}
    return heads


def reference(tables: "Tables") -> str:
    """What speeches are held against: the rest, or general Chinese where there is one speech only."""
    return REST if len(tables.speeches) > 1 else general_name(tables)


def reference_label(tables: "Tables", name: str, language: str) -> str:
    """A reference in words: the others, general Chinese (with the file of a list of the user's own), or a speech."""
    if name.startswith(GENERAL) and name == general_name(tables):
        own = tables.settings.general
        return say("general", language) if own is None else say("general_own", language, file=own.name)
    return say(REST, language) if name == REST else _labels(tables).get(name, name)


def how_sure(row: "pd.Series", *, m: int, section: str, n_own: int, language: str) -> str:
    """How far a row of `keywords` can be trusted, in words: the verdict first, then what to keep in mind.

    m: number of words compared; section: heading of the section that holds most of the word; n_own: on its own.
    """
    few, listed = "too few" in row["caution"], "unlisted" not in row["caution"]
    if "short" in row["caution"]:
        parts = [say("short", language)]
    elif row["verdict"] in ("more", "less"):
        clear = "sure_general" if pd.isna(row["q"]) else "sure" if row["q"] <= Q else "sure_interval"
        if few:
            clear = "few_sure" if clear == "sure" else "few_hint"
        parts = [say(clear, language, m=m)]
    elif row["verdict"] == "concentrated":
        here = row["log_ratio"] >= 0
        parts = [say("concentrated", language, section=section) if here else say("concentrated_there", language)]
    else:
        parts = [say("few" if few else "unclear", language)]
    if "cutting" in row["caution"]:
        parts.append(say("cutting", language, n_text=row["n_text"]))
    elif 2 * n_own < row["n"]:
        parts.append(say("longer", language, n_own=n_own))
    return say("and_then", language).join(parts if listed else [*parts, say("unlisted", language)])


def rough(n_blocks: int, hits: int, language: str) -> str:
    """`rough guide` where intervals of so few blocks and hits held the true value less than nine times in ten, else nothing."""
    return say("rough", language) if coverage(n_blocks, hits) < ROUGH else ""


# --- rows ------------------------------------------------------------------------------------------------------------


def _chosen(tables: "Tables", top: int) -> pd.DataFrame:
    """The keywords of each speech that it uses more, best first; a word stands once, where its G² is largest."""
    rows = tables.keywords[(tables.keywords["reference"] == reference(tables)) & (tables.keywords["log_ratio"] > 0)]
    # Words that only stand inside longer ones would say the same twice (農民 in 農民工).
    rows = rows[~rows["caution"].str.contains("inside")]
    best = rows.sort_values(["g2", "n", "key"], ascending=[False, False, True]).drop_duplicates("key")
    place = {speech: i for i, speech in enumerate(tables.speeches["speech"])}
    kept = best[best.groupby("speech").cumcount() < top]
    return kept.sort_values("rank").sort_values("speech", key=lambda column: column.map(place), kind="stable")


def _named(tables: "Tables", keys: Sequence[str]) -> pd.DataFrame:
    """The given words, each for the speech with the largest rate; words no speech has are left out."""
    rows = tables.keywords[(tables.keywords["reference"] == reference(tables)) & tables.keywords["key"].isin(keys)]
    best = rows.assign(rate=rows["n"] / rows["size"]).sort_values("rate", ascending=False, kind="stable").drop_duplicates("key")
    order = {key: i for i, key in enumerate(keys)}
    return best.sort_values("key", key=lambda column: column.map(order)).drop(columns="rate")


def _wide(tables: "Tables", rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The columns of `compare` for some rows of `keywords`."""
    keys = rows["key"].tolist()
    found = {(row.speech, row.key): row for row in tables.frequencies[tables.frequencies["key"].isin(keys)].itertuples()}
    spread = {words.speech: _spread(words, set(keys)) for words in counted(tables)}
    compared = tables.keywords.groupby(["speech", "reference"], sort=False).size()
    speeches = tables.speeches["speech"].tolist()
    wide = []
    for _, row in rows.iterrows():
        own = found.get((row["speech"], row["key"]))
        per_speech = spread[row["speech"]]
        sure = how_sure(
            row,
            m=int(compared[row["speech"], row["reference"]]),
            section=_heading(tables, row["speech"], per_speech.most.get(row["key"], 0), language),
            n_own=int(own.n_own) if own else 0,
            language=language,
        )
        roughly = rough(per_speech.n_blocks, int(row["n"]), language)
        wide.append(
            {
                "key": row["key"],
                "word": row["text"],
                "speech": row["speech"],
                "reference": row["reference"],
                **_numbers(row, speeches, found, spread),
                **_times(row),
                "g2": row["g2"],
                "q": row["q"],
                "how_sure": say("and_then", language).join(part for part in (sure, roughly) if part),
                "sentence": _sentence(tables, row["speech"], row["text"]),
                **{f"n_text {speech}": spread[speech].n_text[row["key"]] for speech in spread if len(spread) <= MOST_SPEECHES},
            }
        )
    return _typed(
        pd.DataFrame(wide, columns=list(wide[0]) if wide else ["key", "word", "speech", "reference", "how_sure", "sentence"])
    )


def _times(row: "pd.Series") -> dict[str, float]:
    """The log ratio and its interval as factors; none where the general list lacks the word and hence its rate."""
    ends = {"times_more": "log_ratio", "times_more_low": "log_ratio_low", "times_more_high": "log_ratio_high"}
    unlisted = "unlisted" in row["caution"].split(";")
    return {name: np.nan if unlisted else 2 ** row[column] for name, column in ends.items()}


def _typed(wide: pd.DataFrame) -> pd.DataFrame:
    """Nullable types, as in all tables."""
    kinds = {name: _kind(name) for name in wide.columns}
    return wide.astype(kinds).reset_index(drop=True)


def _kind(name: str) -> str:
    if name.startswith(("n ", "n_text ")):
        return "Int64"
    numbers = ("per_10k ", "times_more", "g2", "q")
    return "Float64" if name.startswith(numbers) else "string"


def _numbers(
    row: "pd.Series", speeches: Sequence[str], found: Mapping[Any, Any], spread: Mapping[str, "Spread"]
) -> dict[str, object]:
    """n, rate and sections of one word: for each speech, or for its own and the rest where there are many."""
    key = row["key"]
    if row["reference"] == REST and len(speeches) <= MOST_SPEECHES:
        who = {speech: found.get((speech, key)) for speech in speeches}
        sizes = {speech: spread[speech].size for speech in speeches if speech in spread}
        return {
            **{f"n {speech}": int(one.n) if one else 0 for speech, one in who.items()},
            **{f"per_10k {speech}": _rate(int(one.n) if one else 0, sizes.get(speech, 0)) for speech, one in who.items()},
            **{f"sections {speech}": spread[speech].told(key) if speech in spread else "" for speech in speeches},
        }
    other = row["reference"]
    return {
        "n own": int(row["n"]),
        f"n {other}": int(row["n_ref"]),
        "per_10k own": _rate(row["n"], row["size"]),
        f"per_10k {other}": _rate(row["n_ref"], row["size_ref"]),
        "sections own": spread[row["speech"]].told(key),
    }


def _rate(n: int, size: int) -> float | None:
    return n / size * 10_000 if size else None


# --- sections and sentences ------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Spread:
    """Of one speech, for some words: in how many sections each stands, which holds most of it, and n_text."""

    n_blocks: int
    size: int
    n_sections: int
    many: dict[str, int]
    most: dict[str, int]
    n_text: dict[str, int]

    def told(self, key: str) -> str:
        """`4/6`: in four of six sections, the opening counted as one."""
        return f"{self.many.get(key, 0)}/{self.n_sections}"


def _spread(words: Counted, keys: set[str]) -> Spread:
    wanted = {i: key for i, key in enumerate(words.keys) if key in keys}
    sums: dict[str, Counter[int]] = {}
    for word, block, n in zip(*(column.tolist() for column in words.cells), strict=True):
        if word in wanted:
            sums.setdefault(wanted[word], Counter())[int(words.sections[block])] += n
    return Spread(
        n_blocks=len(words.sizes),
        size=words.size,
        n_sections=len(set(words.sections.tolist())),
        many={key: len(inside) for key, inside in sums.items()},
        most={key: max(inside, key=lambda section: (inside[section], -section)) for key, inside in sums.items()},
        n_text=text_counts(words.key_text, keys),
    )


def _heading(tables: "Tables", speech: str, node: int, language: str) -> str:
    if node == 0:
        return say("opening", language)
    rows = tables.outline[(tables.outline["speech"] == speech) & (tables.outline["node"] == node)]
    return str(rows["text"].iloc[0]).strip() if len(rows) else say("opening", language)


def _sentence(tables: "Tables", speech: str, text: str) -> str:
    """The first sentence with the word that fits a cell; else the first, cut around the word; empty where there is none."""
    rows = tables.sentences[(tables.sentences["speech"] == speech) & tables.sentences["text"].str.contains(text, regex=False)]
    sentences = [" ".join(sentence.split()) for sentence in rows["text"]]
    short = [sentence for sentence in sentences if len(sentence) <= SENTENCE]
    if short or not sentences:
        return short[0] if short else ""
    at = max(sentences[0].find(text), 0)
    first = max(0, min(at - SENTENCE // 2, len(sentences[0]) - SENTENCE))
    cut = sentences[0][first : first + SENTENCE]
    return ("…" if first else "") + cut + ("…" if first + SENTENCE < len(sentences[0]) else "")


def _labels(tables: "Tables") -> dict[str, str]:
    return dict(zip(tables.speeches["speech"], tables.speeches["label"], strict=True))
