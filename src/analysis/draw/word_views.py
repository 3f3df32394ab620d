"""Tables and answers about words: the most used, where they stand, and what sets the speeches apart.

>>> frequency_view(tables)                                                # doctest: +SKIP

Rows are chosen and put side by side; every number comes from `frequencies` or `keywords`.
"""

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from analysis.draw.rows import content_words
from analysis.draw.views import Prose, View, labelled, share, view
from analysis.draw.words import listed, phrase, say
from analysis.measure.compare import reference
from analysis.measure.notes import basis
from analysis.measure.references import MOST_FOR_PAIRS

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

# Words named in a sentence: more than three are a list, not a finding.
NAMED = 3


def leading_words(tables: "Tables", most: int = 6) -> list[str]:
    """Words to look at first: in turn the clearest keywords of each speech that another speech has too, then its commonest."""
    found: dict[str, None] = {}
    for kind in (_shared_keywords, _frequent):
        words_of = cache(lambda speech, kind=kind: kind(tables, speech)["text"].tolist())
        for place in range(most):
            for speech in tables.speeches["speech"]:
                if len(found) >= most:  # of many speeches the first ones give enough
                    return list(found)
                found |= dict.fromkeys(words_of(speech)[place : place + 1])
    return list(found)


def pairs(tables: "Tables", most: int = 3) -> list[tuple[str, str]]:
    """Pairs of speeches, the first `most` of them; none where there is one speech only."""
    return list(combinations(tables.speeches["speech"], 2))[:most]


def sharing_pairs(tables: "Tables", most: int = 6) -> list[tuple[str, str]]:
    """Pairs of speeches that share passages, those that share most first; an empty map would say nothing."""
    sizes = tables.reuse.groupby(["speech_a", "speech_b"])["n_han"].sum().sort_values(ascending=False, kind="stable")
    return [(str(a), str(b)) for a, b in sizes.index[:most]]


def leading_word(tables: "Tables") -> str:
    """The word to look at first."""
    return (leading_words(tables, 1) or [""])[0]


def frequency_view(tables: "Tables", *, top: int = 15) -> View:
    """The most used words of each speech with all three counts, rate and dispersion."""
    import pandas as pd

    top = share(tables, top)
    rows = pd.concat([_frequent(tables, speech).head(top) for speech in tables.speeches["speech"]], ignore_index=True)
    made = rows.assign(speech=labelled(tables, rows["speech"]), interval=_intervals(rows, "per_10k"))
    headers = {
        "speech": "speech",
        "text": "word",
        "n": "view_n",
        "n_own": "view_own",
        "n_text": "view_as_text",
        "per_10k": "per_10k",
    }
    headers |= {"interval": "view_interval", "dp": "view_dp", "n_paragraphs": "view_in_paragraphs"}
    language = tables.settings.language
    return view(made, headers, language, note=say("view_frequency_note", language), longest=len(rows), basis=basis(tables))


def keywords_view(tables: "Tables", *, top: int = 12) -> View:
    """The words that set each speech apart from the others: its first keywords, and those it uses less."""
    import pandas as pd

    language = tables.settings.language
    top = share(tables, top)
    rows = tables.keywords[tables.keywords["reference"] == reference(tables)]
    chosen = pd.concat([_of_content(tables, rows, speech).head(top) for speech in tables.speeches["speech"]])
    made = chosen.assign(
        speech=labelled(tables, chosen["speech"]),
        times=[_times(ratio) for ratio in _known(chosen["log_ratio"])],
        interval=[
            f"{_times(low)} – {_times(high)}"
            for low, high in zip(_known(chosen["log_ratio_low"]), _known(chosen["log_ratio_high"]), strict=True)
        ],
        verdict=[say(f"verdict_{verdict}", language) if verdict else "" for verdict in chosen["verdict"]],
        caution=[
            "; ".join(say(f"caution_{c.strip().replace(' ', '_')}", language) for c in told.split(";") if c.strip())
            for told in chosen["caution"]
        ],
    )
    headers = {
        "speech": "speech",
        "text": "word",
        "n": "view_n",
        "n_ref": "view_n_ref",
        "times": "view_times",
        "interval": "view_interval",
    }
    headers |= {"stability": "view_stability", "verdict": "view_verdict", "caution": "view_caution"}
    note = say("view_keywords_note", language)
    if len(tables.speeches) > MOST_FOR_PAIRS:
        note += " " * (language == "en") + say("view_keywords_pairs", language, n=MOST_FOR_PAIRS)
    return view(made, headers, language, note=note, longest=len(made), basis=basis(tables))


def five_findings(tables: "Tables") -> Prose:
    """Up to five findings, each a sentence computed from one table."""
    language = tables.settings.language
    found = [_size_finding(tables), *_keyword_findings(tables, 3), _number_finding(tables)]
    return Prose("\n\n".join(f"{place}. {told[language]}" for place, told in enumerate([f for f in found if f], 1)))


def _keyword_findings(tables: "Tables", most: int) -> list[dict[str, str]]:
    """For each of the first speeches the words that are clearly more its own, or that there is no clear difference."""
    found = []
    first = tables.speeches["speech"].head(most)
    for speech, label in zip(first, labelled(tables, first), strict=True):
        clear = _clear_keywords(tables, speech)
        told = [f"{row.text} ({row.n} : {row.n_ref})" for row in clear.head(NAMED).itertuples()]
        found.append(
            phrase("finding_keywords", speech=label, words=listed(told)) if told else phrase("finding_unclear", speech=label)
        )
    return found


def _size_finding(tables: "Tables") -> dict[str, str]:
    sizes = tables.speeches.sort_values("n_han", ascending=False, kind="stable")
    if len(sizes) < 2:
        return {}
    named = labelled(tables, sizes["speech"])
    times = int(sizes["n_han"].iloc[0]) / max(1, int(sizes["n_han"].iloc[-1]))
    return phrase("finding_size", speech=named[0], other=named[-1], times=f"{times:.1f}")


def _number_finding(tables: "Tables") -> dict[str, str]:
    rows = tables.figures[~tables.figures["kind"].isin(["date", "ordinal", "duration"])]
    if not len(rows):
        return phrase("finding_no_numbers")
    counts = rows["speech"].value_counts()
    label = labelled(tables, [str(counts.index[0])])[0]
    return phrase("finding_numbers", speech=label, n=int(counts.iloc[0]), total=len(rows))


def _frequent(tables: "Tables", speech: str) -> "pd.DataFrame":
    rows = content_words(tables, tables.frequencies[tables.frequencies["speech"] == speech])
    return rows.sort_values(["n", "key"], ascending=[False, True], kind="stable")


def _of_content(tables: "Tables", rows: "pd.DataFrame", speech: str) -> "pd.DataFrame":
    """Keywords of a speech by rank, without those that only ever stand inside a longer word (農民 in 農民工, migrant workers)."""
    known = set(_frequent(tables, speech)["key"])
    chosen = rows[(rows["speech"] == speech) & rows["key"].isin(known)]
    return chosen.sort_values("rank")


def _clear_keywords(tables: "Tables", speech: str) -> "pd.DataFrame":
    """Keywords against the others whose interval says more, first by rank; words of one character left out."""
    rows = tables.keywords[(tables.keywords["reference"] == "rest") & (tables.keywords["verdict"] == "more")]
    return _of_content(tables, rows[(rows["key"].str.len() > 1) & (rows["n"] >= 5)], speech)


def _shared_keywords(tables: "Tables", speech: str) -> "pd.DataFrame":
    """Clear keywords that the others use as well: names of the own county or banner say little about where words stand."""
    rows = _clear_keywords(tables, speech)
    return rows[rows["n_ref"] > 0]


def _intervals(rows: "pd.DataFrame", column: str) -> list[str]:
    ends = zip(_known(rows[f"{column}_low"]), _known(rows[f"{column}_high"]), strict=True)
    return ["–" if low is None or high is None else f"{low:.1f} – {high:.1f}" for low, high in ends]


def _known(numbers: "pd.Series[float]") -> list[float | None]:
    """The numbers, None where one is missing."""
    return [None if missing else float(number) for number, missing in zip(numbers, numbers.isna(), strict=True)]


def _times(log_ratio: float | None) -> str:
    """A log ratio as a factor: ×4.0, or ÷4.0 where it is less; a dash where a speech is too short for an interval."""
    if log_ratio is None:
        return "–"
    return f"×{2**log_ratio:.1f}" if log_ratio >= 0 else f"÷{2**-log_ratio:.1f}"
