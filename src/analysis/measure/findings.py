"""Findings: sentences computed from the tables, in English and Chinese; they can say "no clear difference".

Each function gives one or more whole sentences in the language asked for (default: the one of the settings), for one
speech or many. They choose and word what the tables hold, and compute no statistic of their own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.measure.compare import Q, reference, reference_label
from analysis.measure.diversity import diversity
from analysis.measure.frequencies import stands_alone
from analysis.measure.phrases import quoted, say
from analysis.measure.references import REST
from analysis.measure.similarity import farther, similarity
from analysis.measure.stopwords import left_out

if TYPE_CHECKING:
    from analysis.tables import Tables

# Sentences about single speeches are written for so many of them.
MOST_SPEECHES = 4
# A speech's finding names so many words.
MOST_WORDS = 3


def most_used(tables: "Tables", language: str | None = None) -> str:
    """Which word each speech uses most (stop words left out), and in how many of its paragraphs it stands."""
    language = language or tables.settings.language
    skip = left_out(tables)
    words = tables.frequencies[~tables.frequencies["key"].isin(skip) & ~tables.frequencies["pos"].isin(["m", "q", "eng", "x"])]
    words = words.loc[[stands_alone(own, n) for own, n in zip(words["n_own"], words["n"], strict=True)]]
    told = []
    for speech, label in _labels(tables)[:MOST_SPEECHES]:
        own = words[words["speech"] == speech].sort_values(["n", "n_own", "key"], ascending=[False, False, True])
        told.append(_most_used(tables, own, speech, label, language))
    told += _others(tables, language)
    return _sentences(told, language)


def what_sets_apart(tables: "Tables", language: str | None = None) -> str:
    """Which words set each speech apart, with how often and the interval; or that no difference is clear."""
    language = language or tables.settings.language
    against = reference(tables)
    name = reference_label(tables, against, language)
    rows = tables.keywords[tables.keywords["reference"] == against]
    told = [say("find_one_speech", language, reference=name)] if against != REST and len(tables.speeches) else []
    for speech, label in _labels(tables)[:MOST_SPEECHES]:
        sure = clear(rows[rows["speech"] == speech]).head(MOST_WORDS)
        words = [_apart(row, name, language) for _, row in sure.iterrows()]
        said = say("find_apart", language, label=label, words=_list(words, language))
        told.append(said if words else say("find_apart_none", language, label=label, reference=name))
    told += _others(tables, language)
    return _sentences(told, language)


def _others(tables: "Tables", language: str) -> list[str]:
    """How many speeches the sentences do not speak of."""
    more = len(tables.speeches) - MOST_SPEECHES
    return [say("find_others", language, n=more)] if more > 0 else []


def clear(rows: pd.DataFrame) -> pd.DataFrame:
    """Those rows of `keywords` that claim a clear difference, used more: interval above 0, and no caution.

    Where few were to be expected G² is not to be trusted, but q is: it comes from dealing the blocks out.
    """
    few = (rows["caution"] == "too few") & (rows["q"] <= Q).fillna(False)
    return rows[(rows["verdict"] == "more") & ((rows["caution"] == "") | few)].sort_values("rank")


def alike(tables: "Tables", language: str | None = None) -> str:
    """Which two speeches are most alike in their words, and which least."""
    language = language or tables.settings.language
    labels, pairs = dict(_labels(tables)), similarity(tables).sort_values(["jsd", "speech_a", "speech_b"])
    if pairs.empty:
        return _sentences([say("find_alike_none", language)], language)
    near, far = pairs.iloc[0], pairs.iloc[-1]
    a, b, c, d = (labels[name] for name in (near["speech_a"], near["speech_b"], far["speech_a"], far["speech_b"]))
    values = {"a": a, "b": b, "c": c, "d": d, "jsd": f"{near['jsd']:.2f}", "far": f"{far['jsd']:.2f}"}
    if len(pairs) == 1:
        return _sentences([say("find_alike_two", language, **values)], language)
    apart = farther(tables, (near["speech_a"], near["speech_b"]), (far["speech_a"], far["speech_b"]))
    said = say("find_alike" if apart else "find_alike_not", language, **values)
    return _sentences([said], language)


def most_varied(tables: "Tables", language: str | None = None) -> str:
    """Which speech has the most varied vocabulary (MATTR); no clear difference where the intervals overlap."""
    language = language or tables.settings.language
    labels = dict(_labels(tables))
    rows = diversity(tables).dropna(subset=["mattr"]).sort_values("mattr", ascending=False, kind="stable")
    if rows.empty:
        return ""
    top, last = rows.iloc[0], rows.iloc[-1]
    values = {"label": labels[top["speech"]], "other": labels[last["speech"]], "mattr": _in_100(top), "least": _in_100(last)}
    apart = len(rows) > 1 and (rows["mattr_high"].iloc[1:] < top["mattr_low"]).fillna(False).all()
    return _sentences(
        [say("find_varied_one" if len(rows) == 1 else "find_varied" if apart else "find_varied_not", language, **values)],
        language,
    )


def _most_used(tables: "Tables", own: pd.DataFrame, speech: str, label: str, language: str) -> str:
    if own.empty:
        return say("find_none", language, label=label)
    top = own.iloc[0]
    ties = own[own["n"] == top["n"]]
    values = {"label": label, "n": top["n"], "rate": f"{top['per_10k']:.0f}" if pd.notna(top["per_10k"]) else "–"}
    if len(ties) > 1:
        words = _list([quoted(text, language) for text in ties["text"].head(MOST_WORDS)], language)
        return say("find_most_tie", language, words=words, **values)
    first = say("find_most", language, word=quoted(top["text"], language), **values)
    where = say(
        "find_where", language, word=quoted(top["text"], language), with_it=top["n_paragraphs"], all=_n_blocks(tables, speech)
    )
    return say("and_then", language).join([first, where])


def _n_blocks(tables: "Tables", speech: str) -> int:
    from analysis.measure.blocks import blocks_of

    outline = tables.outline[tables.outline["speech"] == speech]
    return sum(1 for _ in blocks_of(speech, tables.texts[speech], outline))


def _apart(row: pd.Series, name: str, language: str) -> str:
    low, high = (f"{2 ** row[end]:.1f}" for end in ("log_ratio_low", "log_ratio_high"))
    n_ref = f"{row['n_ref']:,}"
    return say(
        "find_apart_word" if row["n_ref"] else "find_apart_new",
        language,
        word=quoted(row["text"], language),
        n=row["n"],
        n_ref=n_ref,
        low=low,
        high=high,
        reference=name,
    )


def _in_100(row: pd.Series) -> str:
    return f"{row['mattr'] * 100:.0f}"


def _labels(tables: "Tables") -> list[tuple[str, str]]:
    return list(zip(tables.speeches["speech"], tables.speeches["label"], strict=True))


def _list(items: Sequence[str], language: str) -> str:
    return say("comma", language).join(items)


def _sentences(told: Sequence[str], language: str) -> str:
    stop = say("stop", language)
    return "".join(f"{sentence}{stop}" for sentence in told).strip()
