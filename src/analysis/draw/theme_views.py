"""Tables and the answer about themes: their share by speech and section, and what no theme explains.

>>> themes_view(tables)                                                   # doctest: +SKIP
"""

from typing import TYPE_CHECKING

from analysis.draw.views import Prose, View, labelled, view
from analysis.draw.words import joined, listed, phrase, say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def leading_theme(tables: "Tables") -> str:
    """The theme with most terms; the first of the lexicon where none is found."""
    counts = tables.themes["theme"].value_counts()
    return str(counts.index[0]) if len(counts) else str(tables.lexicons.rows("themes")[0]["theme"])


def themes_answer(tables: "Tables") -> Prose:
    """The two themes with the largest share of sentences in each speech, and how much no theme explains."""
    from analysis.measure.themes import coverage, shares

    language = tables.settings.language
    rows = shares(tables, by="speech")
    told = []
    for speech in list(tables.speeches["speech"])[:6]:
        top = (
            rows[(rows["speech"] == speech) & (rows["n_sentences"] > 0)]
            .sort_values("share", ascending=False, kind="stable")
            .head(2)
        )
        named = [f"{_name(row, language)} ({row.share:.0%})" for row in top.itertuples()]
        label = labelled(tables, [speech])[0]
        told.append(
            phrase("answer_theme", speech=label, themes=listed(named)) if named else phrase("answer_no_theme", speech=label)
        )
    left = coverage(tables)
    open_sentences, all_sentences = int(left["n_unexplained"].sum()), int(left["of_sentences"].sum())
    if all_sentences:
        told.append(phrase("answer_unexplained", n=open_sentences, total=all_sentences))
    return Prose(joined(told)[language])


def themes_view(tables: "Tables") -> View:
    """Share of sentences by theme and speech, with interval and the terms that counted."""
    from analysis.measure.themes import shares

    rows = shares(tables, by="speech")
    return _shares_view(tables, rows[rows["n_sentences"] > 0], {})


def theme_sections_view(tables: "Tables", *, longest: int = 60) -> View:
    """The same by section, those of at least two sentences with a term."""
    from analysis.measure.themes import shares

    rows = shares(tables)
    return _shares_view(tables, rows[rows["n_sentences"] > 1], {"title": "section"}, longest=longest)


def coverage_view(tables: "Tables", *, longest: int = 40) -> View:
    """By section: sentences in which no term of any theme stands, and their commonest words."""
    from analysis.measure.themes import coverage

    language = tables.settings.language
    rows = coverage(tables)
    rows = rows[rows["n_unexplained"] > 0]
    made = rows.assign(
        speech=labelled(tables, rows["speech"]),
        title=titles(rows, language),
        of=[f"{row.n_unexplained}/{row.of_sentences}" for row in rows.itertuples()],
    )
    headers = {"speech": "speech", "title": "section", "of": "view_no_theme", "words": "view_their_words"}
    return view(made, headers, language, longest=longest)


def titles(sections: "pd.DataFrame", language: str) -> list[str]:
    """Heading of each section, or what it is where it has none: opening, closing or the whole speech."""
    return [title or say(kind, language) for title, kind in zip(sections["title"], sections["kind"], strict=True)]


def unexplained_view(tables: "Tables", *, top: int = 20) -> View:
    """Frequent words of the sentences that no theme explains: what a new theme might hold."""
    from analysis.measure.themes import unexplained

    return view(unexplained(tables), {"text": "word", "n": "view_n"}, tables.settings.language, longest=top)


def _shares_view(tables: "Tables", rows: "pd.DataFrame", more: dict[str, str], *, longest: int = 60) -> View:
    language = tables.settings.language
    made = rows.assign(
        order=rows["speech"].map({speech: place for place, speech in enumerate(tables.speeches["speech"])}),
        theme=[_name(row, language) for row in rows.itertuples()],
        title=titles(rows, language) if more else "",
        of=[f"{row.n_sentences}/{row.of_sentences}" for row in rows.itertuples()],
        percent=[f"{row.share:.0%} ({row.share_low:.0%} – {row.share_high:.0%})" for row in rows.itertuples()],
    )
    first = ["order", "section", "share"] if more else ["order", "share"]
    made = made.sort_values(first, ascending=[True] * (len(first) - 1) + [False], kind="stable")
    made["speech"] = labelled(tables, made["speech"])
    headers = {"speech": "speech", **more, "theme": "view_theme", "percent": "view_share_of_sentences", "of": "view_sentences"}
    return view(made, headers | {"terms": "view_terms"}, language, note=say("view_themes_note", language), longest=longest)


def _name(row: object, language: str) -> str:
    english = str(getattr(row, "theme_en", "") or "")
    return english if language == "en" and english else str(getattr(row, "theme", ""))
