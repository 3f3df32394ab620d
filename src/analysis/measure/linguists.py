"""The table "for linguists": the statistics that are not on the page, one row per word and speech.

Keyness against the reference of `compare` (the rest, or general Chinese): %DIFF (missing where n_ref is 0), G² of two cells, BIC, weighted
log-odds, specificity. Dispersion over the blocks of the speech: DP, DPnorm, D_KL, Juilland's D, Carroll's D2,
Rosengren's S, range. Lexical diversity is in `diversity.diversity`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.measure import dispersion, keyness
from analysis.measure.compare import reference
from analysis.measure.counts import Counted, counted
from analysis.read.script import simplified

if TYPE_CHECKING:
    from analysis.tables import Tables

KEYNESS = ("percent_diff", "g2_two_cells", "bic", "log_odds_z", "specificity")
DISPERSION = ("dp", "dp_norm", "d_kl", "juilland_d", "carroll_d2", "rosengren_s", "range")
TYPES = {
    **dict.fromkeys(("speech", "reference", "key", "text"), "string"),
    **dict.fromkeys(("n", "n_ref"), "Int64"),
    **dict.fromkeys(("log_ratio", "g2", *KEYNESS, *DISPERSION[:-1]), "Float64"),
    **dict.fromkeys(("range", "n_blocks"), "Int64"),
}
# Prior of the weighted log-odds: this many occurrences per word on average, shared out like the words themselves
# (Monroe, Colaresi & Quinn 2008 leave its size open).
PRIOR_PER_WORD = 1.0


def for_linguists(tables: "Tables", words: Iterable[str] | None = None, *, top: int = 20) -> pd.DataFrame:
    """One row per speech and word: the `top` words of each speech by rank, or the given ones (either script)."""
    rows = tables.keywords[tables.keywords["reference"] == reference(tables)]
    wanted = None if words is None else {simplified(word) for word in words}
    frames = [_keyness(own, wanted, top) for _, own in rows.groupby("speech", sort=False)]
    if not frames:
        return pd.DataFrame(columns=list(TYPES)).astype(TYPES)
    found = pd.concat(frames, ignore_index=True)
    spread_rows = pd.concat(
        [_spread(one, set(found.loc[found["speech"] == one.speech, "key"])) for one in counted(tables)], ignore_index=True
    )
    return found.drop(columns="dp").merge(spread_rows, on=["speech", "key"], how="left")[list(TYPES)].astype(TYPES)


def _keyness(own: pd.DataFrame, wanted: set[str] | None, top: int) -> pd.DataFrame:
    """All words of one speech enter the prior of the log-odds; some of them are kept."""
    prior = PRIOR_PER_WORD * len(own)
    told = own.assign(
        log_odds_z=keyness.weighted_log_odds(own["n"].to_numpy(np.float64), own["n_ref"].to_numpy(np.float64), prior=prior)
    )
    kept = told[told["rank"] <= top] if wanted is None else told[told["key"].isin(wanted)]
    a, b, c, d = (kept[name].to_numpy(np.float64) for name in ("n", "n_ref", "size", "size_ref"))
    return kept.assign(
        # Where the reference lacks the word there is no rate to exceed by some per cent.
        percent_diff=np.where(b > 0, keyness.percent_diff(a, b, c, d), np.nan),
        g2_two_cells=keyness.g2(a, b, c, d, cells=2),
        bic=keyness.bic(a, b, c, d),
        specificity=keyness.specificity(a, b, c, d),
    )


def _spread(words: Counted, keys: set[str]) -> pd.DataFrame:
    """Dispersion over the blocks of one speech."""
    at = [i for i, key in enumerate(words.keys) if key in keys]
    v, s = words.matrix()[at], np.maximum(words.sizes, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = {
            "dp": dispersion.dp(v, s),
            "dp_norm": dispersion.dp_norm(v, s),
            "d_kl": dispersion.d_kl(v, s),
            "juilland_d": dispersion.juilland_d(v, s),
            "carroll_d2": dispersion.carroll_d2(v, s),
            "rosengren_s": dispersion.rosengren_s(v, s),
            "range": dispersion.parts_with(v),
        }
    return pd.DataFrame({"speech": words.speech, "key": [words.keys[i] for i in at], **values, "n_blocks": len(s)})
