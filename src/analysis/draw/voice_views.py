"""Tables about how a speech speaks: directives and achievements, on whose behalf, lengths, series, rhythm.

>>> voice_view(tables)                                                    # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

from analysis.draw.theme_views import titles
from analysis.draw.views import View, labelled, view
from analysis.draw.words import say

if TYPE_CHECKING:
    from analysis.tables import Tables


def voice_view(tables: "Tables", *, longest: int = 40) -> View:
    """By section: the share of sentences that direct and that report, sentence length, and the share of four-character clauses."""
    import pandas as pd

    from analysis.measure import rhythm, voice

    language = tables.settings.language
    made = voice.directives(tables)
    lengths, fours = rhythm.lengths(tables), rhythm.rhythm(tables)
    made = made.assign(
        speech=labelled(tables, made["speech"]),
        title=titles(made, language),
        directs=[_percent(row.directive_share, row.directive_words) for row in made.itertuples()],
        reports=[_percent(row.achievement_share, row.achievement_words) for row in made.itertuples()],
        length=lengths["sentence_mean"].round(0).astype("Int64"),
        fours=["" if pd.isna(share) else f"{share:.0%}" for share in fours["share"]],
    )
    headers = {
        "speech": "speech",
        "title": "section",
        "of_sentences": "view_sentences",
        "directs": "view_directs",
        "reports": "view_reports",
    }
    return view(
        made,
        headers | {"length": "view_length", "fours": "view_fours"},
        language,
        note=say("view_voice_note", language),
        longest=longest,
    )


def speakers_view(tables: "Tables") -> View:
    """How often each speech says I, we, our, and on whose behalf it says that it speaks."""
    from analysis.measure.voice import speakers

    rows = speakers(tables)
    counted = rows.groupby("speech", sort=False)["who"].value_counts().unstack(fill_value=0)
    made = counted.reindex(columns=["self", "we", "our"], fill_value=0).reset_index()
    told = rows[rows["whom"].notna()].groupby("speech", sort=False)["whom"].agg(lambda whom: "; ".join(dict.fromkeys(whom)))
    made["whom"] = [told.get(speech, "") for speech in made["speech"]]
    made["speech"] = labelled(tables, made["speech"])
    headers = {"speech": "speech", "self": "view_self", "we": "view_we", "our": "view_our", "whom": "view_whom"}
    return view(made, headers, tables.settings.language)


def series_view(tables: "Tables", *, longest: int = 15) -> View:
    """Parallel series, those with most members first."""
    from analysis.measure.series import series

    rows = series(tables).sort_values(["n", "speech", "start"], ascending=[False, True, True], kind="stable")
    made = rows.assign(speech=labelled(tables, rows["speech"]), text=[_cut(text) for text in rows["text"]])
    headers = {"speech": "speech", "words": "view_shared_words", "n": "view_members", "text": "view_as_written"}
    return view(made, headers, tables.settings.language, longest=longest)


def own_words_view(tables: "Tables", *, top: int = 8) -> View:
    """Keywords on everything, and on what is left when shared passages are taken out."""
    import pandas as pd

    from analysis.measure.keywords import leaders
    from analysis.measure.reuse import without_reuse

    language = tables.settings.language
    left = leaders(tables.with_frames(tokens=tables.tokens[without_reuse(tables)].reset_index(drop=True)), top)
    ids = tables.speeches["speech"]
    rows = [
        (label, "、".join(_top(tables.keywords, speech, top)), "、".join(left.get(speech, [])))
        for speech, label in zip(ids, labelled(tables, ids), strict=True)
    ]
    headers = {name: name for name in ("speech", "view_on_all", "view_on_own")}
    return view(pd.DataFrame(rows, columns=list(headers)), headers, language, note=say("view_own_note", language))


def _top(keywords: Any, speech: str, top: int) -> list[str]:
    """The first keywords of a speech against the others, without those that only stand inside longer words."""
    rest = keywords["reference"] == "rest"
    against = rest if rest.any() else keywords["reference"].str.startswith("general")
    rows = keywords[(keywords["speech"] == speech) & against & (keywords["log_ratio"] > 0)]
    rows = rows[~rows["caution"].fillna("").str.contains("inside")]
    return [str(text) for text in rows.sort_values("rank")["text"].head(top)]


def _percent(share: float, words: str) -> str:
    return f"{share:.0%} ({words})" if share == share and share and words else "0 %"


def _cut(text: str, length: int = 120) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
