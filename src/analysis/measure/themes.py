"""Shares of themes: in how many sentences of a section, or of a speech, a term of a theme stands.

A sentence may belong to several themes, so shares do not add up to one; sentences in which no theme stands are told by
`coverage`. The terms that made each share are printed beside it, commonest first. A share says how often something is
mentioned, not how important it is: sentences of speeches are long, some of them whole paragraphs.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from analysis.measure.sections import section_at, sections
from analysis.measure.shares import wilson
from analysis.stored import rows_of

if TYPE_CHECKING:
    from analysis.tables import Tables

TYPES = {
    "speech": "string",
    "section": "Int64",
    "kind": "string",
    "title": "string",
    "theme": "string",
    "theme_en": "string",
    "n": "Int64",
    "n_sentences": "Int64",
    "of_sentences": "Int64",
    "share": "Float64",
    "share_low": "Float64",
    "share_high": "Float64",
    "terms": "string",
}
# A section of fewer sentences says little about shares: the interval is wider than half the scale.
FEW_SENTENCES = 5
# Parts of speech that carry content, as jieba tags them: nouns, verbs, adjectives, idioms, fixed expressions.
CONTENT = ("n", "v", "a", "i", "l", "j")


def shares(tables: "Tables", *, by: str = "section", depth: int = 1) -> pd.DataFrame:
    """One row per theme and section (or, with `by="speech"`, per theme and speech): share of sentences with a term.

    Every theme of the lexicon has a row for every section, also with n = 0. `n` counts terms, `n_sentences` sentences.
    The interval is Wilson's: it takes sentences for independent draws, which neighbours are not quite.
    """
    if by not in ("section", "speech"):
        raise ValueError(f"by is {by!r}; it must be section or speech")
    parts = sections(tables, depth=depth)
    english = {row["theme"]: row.get("theme_en", "") for row in tables.lexicons.rows("themes")}
    rows = [row for unit in _units(tables, parts, by) for row in _rows(unit, english)]
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def matrix(tables: "Tables", *, by: str = "section", depth: int = 1) -> pd.DataFrame:
    """Share of sentences by theme (rows) and section or speech (columns), themes with most sentences first."""
    long = shares(tables, by=by, depth=depth)
    order = long.groupby("theme", sort=False)["n_sentences"].sum().sort_values(ascending=False, kind="stable").index
    columns = ["speech", "section"] if by == "section" else ["speech"]
    return long.pivot(index="theme", columns=columns, values="share").reindex(order)


def coverage(tables: "Tables", *, depth: int = 1, words: int = 10) -> pd.DataFrame:
    """One row per section: sentences that no theme explains, and the commonest content words of these sentences."""
    parts = sections(tables, depth=depth)
    tokens = rows_of(tables.tokens)
    types = {
        "speech": "string",
        "section": "Int64",
        "kind": "string",
        "title": "string",
        "of_sentences": "Int64",
        "n_unexplained": "Int64",
        "share": "Float64",
        "words": "string",
    }
    rows = []
    for speech, section, kind, title, sentences, themes in _units(tables, parts, "section"):
        explained = set(themes["sentence"].dropna().astype(int))
        left = sentences[~sentences["sentence"].isin(explained)]
        common = _commonest(tokens(speech), set(left["sentence"].astype(int)), words)
        share = len(left) / len(sentences) if len(sentences) else None
        rows.append((speech, section, kind, title, len(sentences), len(left), share, common))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def unexplained(tables: "Tables", *, minimum: int = 2) -> pd.DataFrame:
    """One row per content word of the sentences that no theme explains: key, text, n; what a new theme might hold."""
    counts: Counter[tuple[str, str]] = Counter()
    explained = tables.themes.groupby("speech", observed=True)["sentence"].agg(set).to_dict()
    for speech, rows in tables.tokens.groupby("speech", sort=False, observed=True):
        left = rows[~rows["sentence"].isin(explained.get(speech, set())) & _is_content(rows)]
        counts.update(zip(left["key"], left["text"], strict=True))
    by_key: dict[str, Counter[str]] = {}
    for (key, text), n in counts.items():
        by_key.setdefault(key, Counter())[text] += n
    found = [(key, max(sorted(texts), key=lambda t: texts[t]), sum(texts.values())) for key, texts in by_key.items()]
    kept = sorted((row for row in found if row[2] >= minimum), key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(kept, columns=["key", "text", "n"]).astype({"key": "string", "text": "string", "n": "Int64"})


Unit = tuple[str, int | None, str, str, pd.DataFrame, pd.DataFrame]


def _units(tables: "Tables", parts: pd.DataFrame, by: str) -> Iterator[Unit]:
    """Speech, section, its kind and title, its sentences and its rows of `themes`; the section is empty for a whole speech."""
    sentences_of, themes_of = rows_of(tables.sentences), rows_of(tables.themes)
    for speech in tables.speeches["speech"]:
        sentences, themes = sentences_of(speech), themes_of(speech)
        if by == "speech":
            yield speech, None, "", "", sentences, themes
            continue
        # A sentence belongs to the section it begins in, and its terms with it.
        section = section_at(parts, speech, sentences["start"].to_numpy("int64"))
        number = dict(zip(sentences["sentence"].astype(int), section.tolist(), strict=True))
        of_term = themes["sentence"].map(number)
        for row in parts[parts["speech"] == speech].itertuples():
            here = int(row.section)
            yield speech, here, str(row.kind), str(row.title), sentences[section == here], themes[of_term == here]


def _rows(unit: Unit, english: dict[str, str]) -> Iterator[tuple[object, ...]]:
    speech, section, kind, title, sentences, themes = unit
    total = len(sentences)
    hits: dict[str, list[tuple[object, str]]] = {}
    for theme, sentence, text in zip(*(themes[name].tolist() for name in ("theme", "sentence", "text")), strict=True):
        hits.setdefault(theme, []).append((sentence, text))
    for theme, gloss in english.items():
        own = hits.get(theme, [])
        n = len({sentence for sentence, _ in own if sentence is not pd.NA})
        low, high = wilson(n, total)
        share = n / total if total else None
        yield speech, section, kind, title, theme, gloss, len(own), n, total, share, low, high, _terms([text for _, text in own])


def _terms(texts: list[str]) -> str:
    """維權 3、權益 2: terms with their counts, commonest first, of equals the one met first."""
    return "、".join(f"{text} {n}" for text, n in Counter(texts).most_common())


def _is_content(tokens: pd.DataFrame) -> "pd.Series[bool]":
    return tokens["pos"].str.startswith(CONTENT) & (tokens["key"].str.len() > 1)


def _commonest(tokens: pd.DataFrame, sentences: set[int], words: int) -> str:
    here = tokens[tokens["sentence"].isin(sentences) & _is_content(tokens)]
    return "、".join(f"{text} {n}" for text, n in Counter(here["text"]).most_common(words))
