"""Every statistic against published numbers: a table of values known from the papers, and the cases of reference_values.json we offer.

not_offered.csv lists the cases of statistics this project does not compute, with the reason.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.measure import collocation, dispersion, diversity, keyness, similarity

HERE = Path(__file__).parent
SENTENCE = ["This", "is", "a", "sentence", "."] * 20


@pytest.mark.parametrize(
    ("table", "expected"),
    # Dunning 1993, p. 72
    [((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90), ((10, 0, 3, 31764), 167.23)],
)
def test_g2_of_four_cells(table: tuple[int, int, int, int], expected: float) -> None:
    o11, o12, o21, o22 = table
    assert keyness.g2(o11, o12, o11 + o21, o12 + o22) == pytest.approx(expected, abs=0.005)


def test_g2_of_two_cells() -> None:
    # Rayson & Garside 2000, p. 3 (formula)
    assert keyness.g2(10, 5, 100, 200, cells=2) == pytest.approx(6.9315, abs=5e-5)
    assert keyness.g2(10, 5, 100, 200) == pytest.approx(7.3298, abs=5e-5)


def test_g2_with_zero_counts() -> None:
    assert keyness.g2(0, 0, 100, 200) == 0
    assert np.isfinite(keyness.g2([0, 5], [5, 0], 100, 200)).all()


def test_g2_is_scipys() -> None:
    from scipy.stats import chi2_contingency

    rng = np.random.default_rng(1)
    for a, b in rng.integers(1, 50, size=(50, 2)):
        expected = chi2_contingency([[a, b], [1000 - a, 3000 - b]], correction=False, lambda_="log-likelihood").statistic
        assert keyness.g2(a, b, 1000, 3000) == pytest.approx(expected)


def test_percent_diff() -> None:
    # Gabrielatos & Marchi 2011, p. 18
    assert keyness.percent_diff(206523, 178174, 959641, 1562358) == pytest.approx(88.7, abs=0.05)


def test_the_only_word_of_a_vocabulary_is_typical_of_nobody() -> None:
    assert keyness.weighted_log_odds([30], [10], prior=3).tolist() == [0.0]


def test_weighted_log_odds() -> None:
    # Monroe, Colaresi & Quinn 2008, eqs. 15, 16, 22
    z = keyness.weighted_log_odds([30, 10, 60], [10, 20, 70], prior=3)
    assert z == pytest.approx([3.65902, -2.06632, -2.47421], abs=1e-5)


def test_log_ratio_is_smoothed() -> None:
    # Hardie 2014; Haldane-Anscombe
    assert keyness.log_ratio(3, 0, 99, 99) == pytest.approx(np.log2(7))


def test_bic() -> None:
    assert keyness.bic(10, 5, 100, 200) == pytest.approx(7.3298 - np.log(300), abs=5e-5)  # Wilson 2013, p. 6


def test_specificity_is_the_exact_tail() -> None:
    from scipy.stats import hypergeom

    assert keyness.specificity(4, 1, 20, 60) == pytest.approx(-np.log10(hypergeom.sf(3, 80, 5, 20)))  # Lafon 1980
    assert keyness.specificity(0, 20, 20, 60) == pytest.approx(np.log10(hypergeom.cdf(0, 80, 20, 20)))


@pytest.mark.parametrize(
    ("measure", "expected", "tolerance"),
    # Gries 2008, pp. 406-416; Gries 2019; D_KL: Gries 2020
    [
        (dispersion.dp, 0.18, 5e-4),
        (dispersion.dp_norm, 0.2195, 5e-5),
        (dispersion.d_kl, 0.137, 5e-4),
        (dispersion.juilland_d, 0.785, 5e-4),
        (dispersion.rosengren_s, 0.950, 5e-4),
    ],
)
def test_dispersion_of_unequal_parts(measure: Callable[..., Any], expected: float, tolerance: float) -> None:
    assert measure([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]) == pytest.approx(expected, abs=tolerance)


def test_dispersion_of_equal_parts() -> None:
    assert dispersion.dp_norm([2, 1, 0], [1, 1, 1]) == pytest.approx(0.5)  # Lijffijt & Gries 2012, p. 148
    assert dispersion.carroll_d2([2, 1, 1, 1, 0]) == pytest.approx(0.8277, abs=5e-5)  # Carroll 1970, p. 13
    assert dispersion.juilland_d([0, 4, 3, 2, 1]) == pytest.approx(0.6464, abs=5e-5)  # Carroll 1970, p. 14
    assert dispersion.rosengren_s([1, 2, 3, 4, 5]) == pytest.approx(0.937, abs=5e-4)  # Gries 2008, p. 407


def test_yule_k() -> None:
    # Miranda-García & Calle-Martín 2005 (the paper misprints 113.09)
    spectrum = {1: 212, 2: 51, 3: 26, 4: 13, 5: 6, 6: 6, 7: 3, 8: 4, 10: 1, 11: 1, 13: 3, 16: 1, 17: 1, 19: 1, 21: 1, 59: 1}
    counts = [size for size, types in spectrum.items() for _ in range(types)]
    assert diversity.yule_k(counts) == pytest.approx(112.76698, abs=5e-6)


def test_mtld_and_hdd() -> None:
    # closed forms: a factor every 7 words; 5 types, each nearly sure to be in 42 of 100
    assert diversity.mtld(SENTENCE) == pytest.approx(100 / 14)
    assert diversity.hdd(Counter(SENTENCE).values()) == pytest.approx(0.1190472, abs=5e-8)


def test_delta_p() -> None:
    # Gries 2013, p. 144
    second, first = collocation.delta_p(5610, 168938, 2257, 10233063)
    assert (round(float(first), 3), round(float(second), 3)) == (0.697, 0.032)


def test_pmi_and_npmi() -> None:
    assert collocation.pmi(20, 42, 20, 14307668) == pytest.approx(18.38, abs=0.005)  # Manning & Schütze 1999, table 5.14
    # Bouma 2009, p. 36
    for (o11, o12, o21, o22), expected in (((10, 0, 0, 90), 1), ((1, 9, 9, 81), 0), ((0, 10, 10, 80), -1)):
        assert collocation.npmi(o11, o11 + o12, o11 + o21, o11 + o12 + o21 + o22) == pytest.approx(expected, abs=1e-12)


def test_log_dice() -> None:
    assert collocation.log_dice(8, 8, 8) == 14  # Rychlý 2008, p. 9: the maximum
    assert collocation.log_dice(4, 8, 8) == 13


def test_jsd() -> None:
    assert similarity.jsd([0.5, 0.3, 0.2], [0.2, 0.3, 0.5]) == pytest.approx(0.0958156, abs=5e-8)  # Lin 1991
    assert similarity.contributions([5, 3, 2], [2, 3, 5]).sum() == pytest.approx(0.0958156, abs=5e-8)


# --- the collected cases ---------------------------------------------------------------------------------------------


def four(case: dict[str, Any]) -> tuple[int, int, int, int]:
    """a, b and the two sizes, from the four cells."""
    a, b, c, d = (case[name] for name in "abcd")
    return a, b, a + c, b + d


def gries(case: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    docs = [Counter(text.split()) for text in case["docs"]]
    return np.array([[doc[word] for doc in docs] for word in case["words"]]), np.array([doc.total() for doc in docs])


def ranks(case: dict[str, Any]) -> list[str]:
    texts = {name: Counter(text.split()) for name, text in case["texts"].items()}
    target = texts.pop(case["target"])
    other = sum(texts.values(), Counter())
    words = sorted(target | other)
    a, b = [target[word] for word in words], [other[word] for word in words]
    score = keyness.signed(keyness.g2(a, b, target.total(), other.total()), a, b, target.total(), other.total())
    return [words[i] for i in np.argsort(-score, kind="stable")]


def tlda(case: dict[str, Any]) -> tuple[list[int], list[int]]:
    return case["subfreq"], case["partsize"]


CASES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "keyness.lr.none.b": lambda case: keyness.g2(*four(case)),
    "keyness.rank.lr": ranks,
    "keyness.rank.lr.d2": ranks,
    "G2.dunning1993": lambda case: keyness.g2(*four(case)),
    "delta_p.gries2013": lambda case: [collocation.delta_p(*cells)[0] for cells in case["cases"]],
    "logratio.hardie2014": lambda case: keyness.log_ratio(*(case["cases"][0][name] for name in ("f1", "f2", "n1", "n2"))),
    "pct_diff.gabrielatos2011": lambda case: keyness.percent_diff(*(case[name] for name in ("f1", "f2", "n1", "n2"))),
    "pmi.church1990": lambda case: collocation.pmi(case["O11"], case["f1"], case["f2"], case["N"]),
    "npmi.bouma2009": lambda case: [collocation.npmi(a, a + b, a + c, a + b + c + d) for a, b, c, d in case["cases"]],
    "disp.carroll_d2": lambda case: dispersion.carroll_d2(case["freqs"]),
    "disp.juilland_d": lambda case: dispersion.juilland_d(case["freqs"]),
    "disp.gries_dp0": lambda case: dispersion.dp(case["freqs"], case["sizes"]),
    "disp.gries_dpnorm": lambda case: dispersion.dp_norm(case["freqs"], case["sizes"]),
    "disp.rosengren_s": lambda case: dispersion.rosengren_s(case["freqs"]),
    "disp.gries_example.Range": lambda case: dispersion.parts_with(gries(case)[0]),
    "disp.gries_example.juilland_D_sized": lambda case: dispersion.juilland_d(*gries(case)),
    "disp.gries_example.rosengren_S_sized": lambda case: dispersion.rosengren_s(*gries(case)),
    "disp.gries_example.gries_DP": lambda case: dispersion.dp(*gries(case)),
    "disp.gries_example.gries_DPnorm": lambda case: dispersion.dp_norm(*gries(case)),
    "disp.gries_example.KLdivergence_log2": lambda case: dispersion.d_kl(*gries(case)),
    "disp.tlda.Rrel": lambda case: dispersion.parts_with(case["subfreq"]) / len(case["subfreq"]),
    "disp.tlda.D": lambda case: dispersion.juilland_d(*tlda(case)),
    "disp.tlda.D2": lambda case: dispersion.carroll_d2(*tlda(case)),
    "disp.tlda.S": lambda case: dispersion.rosengren_s(*tlda(case)),
    "disp.tlda.DP_gries2008_1minus": lambda case: 1 - dispersion.dp(*tlda(case)),
    # tlda prints the divergence turned round and squeezed into 0 to 1 by "o2p", x/(1+x) on odds.
    "disp.tlda.DKL_o2p": lambda case: 1 / (1 + dispersion.d_kl(*tlda(case))),
    "lex.mattr": lambda case: [diversity.mattr(case["text"].split(), window) for window in case["windows"]],
    "lex.yuleK.stjohn": lambda case: diversity.yule_k(case["frequencies"]),
    "lex.wordless.mtld": lambda _: diversity.mtld(SENTENCE),
    "lex.wordless.yule_K": lambda _: diversity.yule_k(Counter(SENTENCE).values()),
    "lex.wordless.HDD_42": lambda _: diversity.hdd(Counter(SENTENCE).values()),
    "shift.jsd": lambda case: similarity.jsd(
        *([case[name].get(word, 0) for word in "ABCDEFGH"] for name in ("system1", "system2"))
    ),
}
TABLES = ("keyness.conc.gardenparty", "disp.tlda.ice_gb")


def not_offered() -> dict[str, str]:
    with (HERE / "not_offered.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["reason"] for row in csv.DictReader(lines)}


@pytest.fixture(scope="module")
def collected(testdata: Path) -> dict[str, dict[str, Any]]:
    cases = json.loads((testdata / "statistics" / "reference_values.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in cases}


def test_every_case_is_offered_or_refused_with_a_reason(collected: dict[str, Any]) -> None:
    refused = not_offered()
    assert set(collected) == set(CASES) | set(TABLES) | set(refused)
    assert not (set(CASES) | set(TABLES)) & set(refused)
    assert all(refused.values())


@pytest.mark.parametrize("name", CASES)
def test_collected_case(name: str, collected: dict[str, Any]) -> None:
    case = collected[name]
    found = CASES[name](case["input"])
    if isinstance(case["expected"], list) and isinstance(case["expected"][0], str):
        assert found == case["expected"]
    else:
        assert found == pytest.approx(case["expected"], abs=max(case["tolerance"], 1e-12)), case["cite"]


def test_conc_prints_the_form_of_two_cells(collected: dict[str, Any]) -> None:
    case = collected["keyness.conc.gardenparty"]
    for row in case["rows"]:
        a, b, c, d = row["f_target"], row["f_ref"], case["input"]["n_target"], case["input"]["n_ref"]
        assert keyness.g2(a, b, c, d, cells=2) == pytest.approx(row["log_likelihood"], abs=case["tolerance"]), row["token"]
        assert keyness.g2(a, b, c, d) == pytest.approx(row["recomputed_G2_4cell"], abs=case["tolerance"]), row["token"]


def test_dispersion_in_ice_gb(collected: dict[str, Any], testdata: Path) -> None:
    lines = (testdata / "statistics" / "biber150_ice_gb_tdm.tsv").read_text(encoding="utf-8").splitlines()
    counts = {line.split("\t")[0]: np.array(line.split("\t")[1:], dtype=float) for line in lines[1:]}
    sizes = counts["word_count"]
    case = collected["disp.tlda.ice_gb"]
    for row in case["expected"]:
        v = counts[row["item"]]
        found = {
            "Rrel": dispersion.parts_with(v) / len(v),
            "D": dispersion.juilland_d(v, sizes),
            "D2": dispersion.carroll_d2(v, sizes),
            "S": dispersion.rosengren_s(v, sizes),
            "DP": 1 - dispersion.dp(v, sizes),
            "DKL": 1 / (1 + dispersion.d_kl(v, sizes)),
        }
        for name, value in found.items():
            assert value == pytest.approx(row[name], abs=case["tolerance"] + 1e-9), (row["item"], name)
