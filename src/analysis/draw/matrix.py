"""Matrices: how alike speeches are, and which slogans each of them uses.

>>> similarity_matrix(tables)                                             # doctest: +SKIP
>>> slogan_matrix(tables)                                                 # doctest: +SKIP

Both are painted as heatmaps; what they show is counted in `measure`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.rows import some_speeches
from analysis.draw.words import listed, phrase

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST = 20
CLOSE = 0.05  # of the scale from 0 to 1; a smaller range of divergences is no finding
MARKS = {"full": "●", "part": "◐", "label": ""}


def similarity_matrix(tables: "Tables", *, speeches: Sequence[str] | None = None, **options: Unpack[Options]) -> Chart:
    """Matrix of the Jensen-Shannon divergence of each pair of speeches (twenty at most), in numbers.

    Needs the tables speeches and frequencies.
    """
    import pandas as pd

    from analysis.measure.similarity import similarity

    chosen = some_speeches(tables, speeches, MOST)
    named = dict(zip(chosen, labels(tables, chosen), strict=True))
    found = similarity(tables)
    found = found[found["speech_a"].isin(chosen) & found["speech_b"].isin(chosen)].reset_index(drop=True)
    pairs = {frozenset((row.speech_a, row.speech_b)): row for row in found.itertuples()}
    rows = []
    for b in chosen[1:]:  # the lower triangle: each pair once
        for a in chosen[:-1]:
            pair = pairs.get(frozenset((a, b))) if chosen.index(a) < chosen.index(b) else None
            told = (f"{pair.jsd:.2f}", 1 - pair.jsd, pair.jsd, pair.cosine) if pair else ("", 0.0, None, None)
            rows.append((b, named[b], a, named[a], *told))
    columns = ["row", "row_label", "column", "column_label", "shown", "rate", "divergence", "cosine"]
    return compose(
        tables,
        "heat",
        "similarity",
        pd.DataFrame(rows, columns=columns).astype({"rate": "float64", "divergence": "Float64", "cosine": "Float64"}),
        story=Story(
            neutral=phrase("similarity_neutral", speeches=listed(named.values())),
            finding=_likeness(found, named),
            subtitle=phrase("similarity_subtitle"),
            method=phrase("method_similarity"),
        ),
        speeches=chosen,
        headers={"row_label": "speech", "column_label": "speech_b", "divergence": "divergence", "cosine": "cosine"},
        options=options,
        what="similarity",
        darkest=1.0,
        shown="shown",
        low_label=phrase("heat_alike_low"),
        high_label=phrase("heat_alike_high"),
        empty=phrase("similarity_one"),
    )


def _likeness(found: "pd.DataFrame", named: dict[str, str]) -> dict[str, str]:
    if found.empty:
        return phrase("similarity_one")
    ordered = found.sort_values("jsd", kind="stable")
    near, far = ordered.iloc[0], ordered.iloc[-1]
    told = {"a": named[near["speech_a"]], "b": named[near["speech_b"]], "low": f"{near['jsd']:.2f}"}
    if len(found) == 1:
        return phrase("similarity_two", **told)
    if far["jsd"] - near["jsd"] < CLOSE:
        return phrase("similarity_equal", low=told["low"], high=f"{far['jsd']:.2f}")
    return phrase("similarity_finding", **told, c=named[far["speech_a"]], d=named[far["speech_b"]], high=f"{far['jsd']:.2f}")


def slogan_matrix(tables: "Tables", *, top: int = 15, speeches: Sequence[str] | None = None, **options: Unpack[Options]) -> Chart:
    """Matrix of the `top` slogans, those that most speeches share first, with n and how far each is spelled out.

    Needs the tables speeches, sentences and slogans, and the texts. A * marks a label that may mean different things.
    """
    import pandas as pd

    from analysis.measure.ambiguity import warnings
    from analysis.measure.formulas import forms as forms_of

    chosen = some_speeches(tables, speeches, MOST)
    named = dict(zip(chosen, labels(tables, chosen), strict=True))
    forms = forms_of(tables)
    forms = forms[forms["speech"].isin(chosen)]
    totals = forms.groupby("key", sort=True).agg(speeches=("speech", "size"), n=("n", "sum"), text=("text", "first"))
    totals = totals.sort_values(["speeches", "n"], ascending=False, kind="stable").head(min(top, MOST))
    totals["text"] = [_label(tables, str(key), str(text)) for key, text in totals["text"].items()]
    cells = {(row.key, row.speech): row for row in forms.itertuples()}
    double = set(warnings(tables)["key"])
    rows = []
    for key, total in totals.iterrows():
        label = str(total["text"]) + (" *" if key in double else "")
        for s in chosen:
            cell = cells.get((key, s))
            n, state = (int(cell.n), str(cell.state)) if cell else (0, "")
            rows.append((key, label, s, named[s], n, state, f"{n} {MARKS.get(state, '')}".strip() if n else "0", float(n)))
    columns = ["row", "row_label", "column", "column_label", "n", "state", "shown", "rate"]
    return compose(
        tables,
        "heat",
        "slogans",
        pd.DataFrame(rows, columns=columns).astype({"n": "int64", "rate": "float64"}),
        story=Story(
            neutral=phrase("slogans_neutral", speeches=listed(named.values())),
            finding=_leading_slogan(totals, named),
            subtitle=phrase("slogans_subtitle"),
            method=phrase("method_slogans"),
            notes=[phrase("slogans_note")] if double & set(totals.index) else [],
        ),
        speeches=chosen,
        headers={"row_label": "slogan", "column_label": "speech", "n": "n", "state": "state"},
        options=options,
        what="slogans",
        cells="key speeches",
        shown="shown",
        low_label=phrase("heat_n_low"),
        high_label=phrase("heat_n_high", n=max((n for *_, n, _, _, _ in rows), default=0)),
        empty=phrase("no_data"),
    )


def _label(tables: "Tables", key: str, text: str) -> str:
    """The shortest way the speeches write a slogan: its label (五大發展理念, "five concepts"), not what it spells out."""
    written = tables.slogans.loc[tables.slogans["key"] == key, "text"].tolist()
    return min((str(form) for form in written), key=len, default=text)


def _leading_slogan(totals: "pd.DataFrame", named: dict[str, str]) -> dict[str, str]:
    if totals.empty:
        return phrase("slogans_none", speeches=listed(named.values()))
    first = totals.sort_values("n", ascending=False, kind="stable").iloc[0]
    if first["n"] == 1:
        return phrase("slogans_once", n=len(totals))
    return phrase("slogans_finding", slogan=first["text"], n=first["n"], m=first["speeches"], total=len(named))
