"""Tables and the answer about what speeches share: formulas, passages, and the words that are left as their own.

>>> slogans_view(tables)                                                  # doctest: +SKIP
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.draw.views import Prose, View, labelled, view
from analysis.draw.words import joined, listed, phrase, say
from analysis.measure.notes import basis

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def shared_answer(tables: "Tables") -> Prose:
    """Which formulas all speeches use, and how much text they share."""
    from analysis.measure.formulas import forms

    language = tables.settings.language
    if len(tables.speeches) < 2:
        return Prose(say("answer_one_speech", language))
    named = forms(tables)
    named = named[named["n_label"] > 0]
    used = named.groupby("key")["speech"].nunique()
    common = used[used == len(tables.speeches)]
    texts = tables.slogans.drop_duplicates("key").set_index("key")["text"]
    first = (
        phrase("answer_formulas", words=listed([texts[key] for key in common.index], most=6))
        if len(common)
        else phrase("answer_no_formulas")
    )
    return Prose(joined([first, _reuse_answer(tables)])[language])


def _reuse_answer(tables: "Tables") -> dict[str, str]:
    """How much they share, with what three speeches or more have told apart as formulas."""
    from analysis.measure.reuse import FORMULA

    if tables.reuse.empty:
        return phrase("answer_no_reuse")
    passages = tables.reuse[tables.reuse["n_speeches"] < FORMULA]
    told = {"n": len(passages), "n_han": int(passages["n_han"].sum())}
    formulas = len(tables.reuse) - len(passages)
    return phrase("answer_reuse_formulas", **told, formulas=formulas) if formulas else phrase("answer_reuse", **told)


def slogans_view(tables: "Tables", *, longest: int = 40) -> View:
    """Formulas by speech: how often each is named, spelled out in full, or in part."""
    from analysis.measure.formulas import forms

    rows = forms(tables)
    spread = rows.groupby("key")["speech"].transform("nunique")
    made = rows.assign(spread=spread).sort_values(["spread", "key", "speech"], ascending=[False, True, True], kind="stable")
    language = tables.settings.language
    made = made.assign(
        speech=labelled(tables, made["speech"]), state=[say(f"view_state_{state}", language) for state in made["state"]]
    )
    headers = {
        "text": "view_formula",
        "speech": "speech",
        "n_label": "view_named",
        "n_full": "view_in_full",
        "n_part": "view_in_part",
        "n_text": "view_as_text",
    }
    return view(made, headers | {"state": "view_state"}, language, longest=longest)


def warnings_view(tables: "Tables") -> View:
    """Labels that may mean different things in different speeches."""
    from analysis.measure.ambiguity import warnings

    rows = warnings(tables)
    written = tables.slogans.drop_duplicates("key").set_index("key")["text"]
    rows = rows.assign(key=[written.get(key, key) for key in rows["key"]])
    return view(rows, {"key": "view_formula", "warning": "view_reason"}, tables.settings.language)


def reuse_view(tables: "Tables", *, longest: int = 25) -> View:
    """Passages two speeches share, side by side: those no third speech has before the formulas, the longest first."""
    order = ["n_speeches", "n_han", "speech_a", "start_a"]
    rows = tables.reuse.sort_values(order, ascending=[True, False, True, True], kind="stable")
    made = rows.assign(speech_a=labelled(tables, rows["speech_a"]), speech_b=labelled(tables, rows["speech_b"]))
    headers = {"speech_a": "speech", "text_a": "view_as_written", "speech_b": "view_other_speech", "text_b": "view_there"}
    headers |= {"n_han": "view_han", "similarity": "view_similarity", "n_speeches": "view_speeches"}
    return view(made, headers, tables.settings.language, note=say("view_reuse_note", tables.settings.language), longest=longest)


def phrases_view(tables: "Tables", *, longest: int = 20) -> View:
    """Phrases of four to eight characters that at least two speeches use: what they share where passages are few."""
    from analysis.measure.bundles import bundles

    rows = bundles(tables, minimum=2)
    # 工會組織的 ("of unions") tells no more than 工會組織.
    rows = rows[(rows["n_speeches"] > 1) & ~rows["key"].str.contains("^的|的$")].sort_values(
        ["n_speeches", "n", "key"], ascending=[False, False, True], kind="stable"
    )
    headers = {"text": "view_phrase", "n": "view_n", "n_speeches": "view_speeches"}
    return view(rows, headers, tables.settings.language, longest=longest)


def vocabulary_view(tables: "Tables") -> View:
    """Words that differ between speeches only because a script converter changed them (民眾 for 群眾, the masses)."""
    from analysis.measure.vocabulary import notice

    headers = {"converted": "view_converted", "n_converted": "view_n", "word": "view_usual", "n_word": "view_n_usual"}
    language = tables.settings.language
    return view(notice(tables), headers, language, note=say("view_vocabulary_note", language), basis=basis(tables))


def claims_view(tables: "Tables") -> View:
    """Pairs of numbers that do not fit together, with both places."""
    rows = tables.claims
    made = rows.assign(speech=labelled(tables, rows["speech"]))
    headers = {"speech": "speech", "text": "view_as_written", "other_text": "view_other", "problem": "view_problem"}
    return view(made, headers, tables.settings.language, note=say("view_claims_note", tables.settings.language))


def ratios_view(tables: "Tables") -> View:
    """Ratios a reader would form within one sentence, with both numbers."""
    from analysis.measure.ratios import ratios

    rows = ratios(tables)
    made = rows.assign(speech=labelled(tables, rows["speech"]))
    headers = {
        "speech": "speech",
        "text": "view_as_written",
        "other_text": "view_per",
        "value": "view_value",
        "unit": "view_unit",
    }
    return view(
        made, headers | {"bound": "view_bound"}, tables.settings.language, note=say("view_ratios_note", tables.settings.language)
    )


def dispersion_view(tables: "Tables", words: Sequence[str]) -> View:
    """How evenly some words are spread over each speech."""
    from analysis.read.script import simplified

    rows = _of_words(tables, [simplified(word) for word in words])
    made = rows.assign(speech=labelled(tables, rows["speech"]))
    headers = {"text": "word", "speech": "speech", "n": "view_n", "n_text": "view_as_text", "n_paragraphs": "view_in_paragraphs"}
    return view(made, headers | {"dp": "view_dp"}, tables.settings.language, basis=basis(tables))


def _of_words(tables: "Tables", keys: Sequence[str]) -> "pd.DataFrame":
    rows = tables.frequencies[tables.frequencies["key"].isin(keys)]
    order = {key: place for place, key in enumerate(keys)}
    return rows.assign(order=rows["key"].map(order)).sort_values(["order", "speech"], kind="stable")
