"""Tables of the comparison: the wide table, words in company, recurring phrases, and the measures for linguists.

>>> comparison_view(tables)                                               # doctest: +SKIP
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.draw.views import Prose, View, interval, labelled, share, view
from analysis.draw.words import say
from analysis.measure.notes import basis

if TYPE_CHECKING:
    from analysis.tables import Tables


def comparison_view(tables: "Tables", *, top: int = 10) -> View:
    """The wide comparison: one row per word, the counts, rates and sections of each speech side by side."""
    from analysis.measure.compare import compare, headers

    rows = compare(tables, top=share(tables, top))
    heads = headers(tables)
    # The speech a word belongs to shows in its counts; without its column the table fits a page.
    shown = [name for name in rows if name in heads and name != "speech"]
    made = rows.assign(speech=labelled(tables, rows["speech"]), times_more=[_times(row) for row in rows.itertuples()])
    language = tables.settings.language
    return View(made[shown].rename(columns=heads), say("view_comparison_note", language), len(rows), language, basis(tables))


def collocates_view(tables: "Tables", words: Sequence[str], *, top: int = 8) -> View:
    """For each word the words that stand in the same sentence more often than chance would have it."""
    import pandas as pd

    from analysis.measure.collocation import collocates
    from analysis.read.script import simplified

    parts = [collocates(tables, simplified(word)).head(top).assign(word=word) for word in words]
    rows = (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=["word", "text", "n_both", "n_collocate", "log_dice", "g2"])
    )
    headers = {
        "word": "word",
        "text": "view_collocate",
        "n_both": "view_both",
        "n_collocate": "view_alone",
        "log_dice": "view_log_dice",
        "g2": "view_g2",
    }
    language = tables.settings.language
    return view(
        rows, headers, language, note=say("view_collocates_note", language), longest=top * len(words), basis=basis(tables)
    )


def bundles_view(tables: "Tables", *, top: int = 15) -> View:
    """Phrases of four to eight characters that recur, and how many speeches have them."""
    from analysis.measure.bundles import bundles

    rows = bundles(tables).sort_values(["n_speeches", "n", "key"], ascending=[False, False, True], kind="stable")
    language = tables.settings.language
    headers = {"text": "view_phrase", "n": "view_n", "per_10k": "per_10k", "n_speeches": "view_speeches"}
    return view(rows.head(top), headers, language, basis=basis(tables))


def diversity_view(tables: "Tables") -> View:
    """How varied each vocabulary is: different words in a hundred, and three other measures for linguists."""
    from analysis.measure.diversity import diversity

    rows = diversity(tables)
    made = rows.assign(
        speech=labelled(tables, rows["speech"]),
        mattr=rows["mattr"].round(3),
        interval=[
            interval(low, high, lambda end: f"{end:.3f}") for low, high in zip(rows["mattr_low"], rows["mattr_high"], strict=True)
        ],
        mtld=rows["mtld"].round(1),
        hdd=rows["hdd"].round(3),
        yule_k=rows["yule_k"].round(1),
    )
    headers = {
        "speech": "speech",
        "n_tokens": "view_words",
        "n_types": "view_types",
        "mattr": "view_mattr",
        "interval": "view_interval",
    }
    headers |= {"mtld": "view_mtld", "hdd": "view_hdd", "yule_k": "view_yule"}
    language = tables.settings.language
    return view(made, headers, language, note=say("view_diversity_note", language), basis=basis(tables))


def linguists_view(tables: "Tables", *, top: int = 8) -> View:
    """Keyness and dispersion of the first keywords by the measures of the literature; names of the measures as published."""
    import pandas as pd

    from analysis.measure.linguists import for_linguists

    rows = for_linguists(tables, top=share(tables, top))
    numbers = rows.select_dtypes("number").columns
    made = rows.assign(speech=labelled(tables, rows["speech"])).drop(columns=["key", "reference"])
    made[numbers] = made[numbers].astype("Float64").round(3)
    language = tables.settings.language
    # A rate of 0 cannot be exceeded by so many per cent.
    alone = say("view_only_here", language)
    made["percent_diff"] = [alone if pd.isna(value) else f"{value:+,.1f}" for value in made["percent_diff"]]
    heads = {"speech": say("speech", language), "text": say("word", language)}
    return View(made.rename(columns=heads), say("view_linguists_note", language), len(rows), language, basis(tables))


def footer(tables: "Tables") -> Prose:
    """What every number on the page rests on: sizes, intervals, stop list, lexicon and versions."""
    from analysis.measure.notes import note

    return Prose(note(tables))


def comparison_answer(tables: "Tables") -> Prose:
    """What sets each speech apart, how alike they are, and which vocabulary is most varied."""
    from analysis.measure import findings

    told = (findings.what_sets_apart(tables), findings.alike(tables), findings.most_varied(tables))
    return Prose("\n\n".join(sentence for sentence in told if sentence))


def frequency_answer(tables: "Tables") -> Prose:
    """Which word each speech uses most."""
    from analysis.measure.findings import most_used

    return Prose(most_used(tables))


def _times(row: object) -> str:
    """×8.3 (2.6 – 76), the interval in brackets; a dash where the reference cannot tell."""
    import pandas as pd

    times, low, high = (getattr(row, name) for name in ("times_more", "times_more_low", "times_more_high"))
    if pd.isna(times):
        return "–"
    return f"×{_factor(times)} ({interval(low, high, _factor)})"


def _factor(times: float) -> str:
    """Three digits, and never in powers of ten."""
    return f"{times:,.0f}" if times >= 100 else f"{times:.3g}"
