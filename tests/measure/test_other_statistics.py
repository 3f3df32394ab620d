"""Diversity, collocation, bundles, similarity, shares: small texts counted by hand, and laws."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from analysis.measure import bundles, collocation, diversity, frequencies, similarity
from analysis.measure.dispersion import heaped
from analysis.measure.shares import wilson

# "Unions serve workers. / Unions serve enterprises. / Enterprises develop."
TEXT = "工會服務職工。\n工會服務企業。\n企業發展。\n工會服務職工,大家服務職工。"


# --- diversity -------------------------------------------------------------------------------------------------------


def test_windows_by_brute_force() -> None:
    rng = np.random.default_rng(3)
    for length in range(0, 40):
        words = rng.choice(list("abcdefg"), size=length).tolist()
        for window in (1, 2, 5, 100):
            size = min(window, length)
            expected = [len(set(words[i : i + size])) for i in range(length - size + 1)] if length else []
            assert diversity.window_types(words, window).tolist() == expected


def test_hdd_by_drawing() -> None:
    words = list("aaabbcdeffff") * 5
    rng = np.random.default_rng(1)
    drawn = [len(set(rng.choice(words, size=42, replace=False))) / 42 for _ in range(4000)]
    assert diversity.hdd(Counter(words).values()) == pytest.approx(np.mean(drawn), abs=0.001)


def test_too_short_texts_have_no_value() -> None:
    assert np.isnan(diversity.hdd([1] * 41))
    assert np.isnan(diversity.mtld([]))
    assert np.isnan(diversity.mtld(["a", "b"]))  # no word comes twice: nothing to divide by
    assert np.isnan(diversity.mattr([]))
    assert np.isnan(diversity.yule_k([]))


def test_diversity_of_the_shipped_speeches(shipped: Any) -> None:
    found = diversity.diversity(shipped)
    assert list(found.columns) == list(diversity.TYPES)
    assert (found["mattr_low"] <= found["mattr"]).all()
    assert (found["mattr"] <= found["mattr_high"]).all()
    assert found["mattr"].between(0, 1).all()


def test_diversity_of_nothing(make_tables: Any) -> None:
    assert diversity.diversity(make_tables({})).empty
    assert diversity.diversity(make_tables({"a": ""}))["mattr"].isna().all()


# --- collocation -----------------------------------------------------------------------------------------------------


def with_sentences(tables: Any) -> Any:
    """Sentence numbers by line."""
    text = tables.texts["a"]
    tables.tokens["sentence"] = [text[:start].count("\n") + 1 for start in tables.tokens["start"]]
    return tables


def test_collocates_by_sentence(make_tables: Any) -> None:
    found = collocation.collocates(with_sentences(make_tables({"a": TEXT})), "工会", minimum=1).set_index("key")
    assert list(found.reset_index().columns) == list(collocation.TYPES)
    serve = found.loc["服务"]  # 服務 serve: in all three sentences with 工會, and only there; four sentences in all
    assert (serve["n_both"], serve["n_word"], serve["n_collocate"], serve["n_units"]) == (3, 3, 3, 4)
    assert (serve["log_dice"], serve["delta_p_to"], serve["delta_p_from"], serve["npmi"]) == (14, 1, 1, 1)
    firms = found.loc["企业"]  # 企業 enterprise: once with, once without
    assert (firms["n_both"], firms["n_collocate"]) == (1, 2)
    assert firms["delta_p_to"] == pytest.approx(1 / 3 - 1)
    assert "工会" not in found.index


def test_collocates_within_a_window(make_tables: Any) -> None:
    found = collocation.collocates(with_sentences(make_tables({"a": TEXT})), "工会", window=1, minimum=1).set_index("key")
    assert found.index.tolist() == ["服务"]  # next to 工會 stands only 服務
    assert (found.loc["服务", "n_both"], found.loc["服务", "n_collocate"], found.loc["服务", "n_word"]) == (3, 4, 3)


def test_no_collocates(make_tables: Any) -> None:
    assert collocation.collocates(make_tables({"a": TEXT}), "太空").empty  # outer space
    assert collocation.collocates(make_tables({}), "工会").empty


# --- bundles ---------------------------------------------------------------------------------------------------------


def test_bundles_of_characters(make_tables: Any) -> None:
    found = bundles.bundles(make_tables({"a": TEXT}), minimum=2)
    assert dict(zip(found["text"], found["n"], strict=True)) == {
        "工會服務職工": 2,  # unions serve workers; 工會服務 alone is in 3
        "服務職工": 3,
        "工會服務": 3,
    }
    assert found["n_speeches"].tolist() == [1, 1, 1]


def test_bundles_do_not_cross_punctuation(make_tables: Any) -> None:
    found = bundles.ngrams(make_tables({"a": "工會,服務,職工。\n" * 3}), 2, minimum=1)
    assert found.empty
    found = bundles.ngrams(make_tables({"a": TEXT, "b": "工會服務職工。"}), 3, minimum=1).set_index("text")
    assert found.loc["工會服務職工", "n"] == 3
    assert found.loc["工會服務職工", "speeches"] == "a;b"


# --- similarity ------------------------------------------------------------------------------------------------------


def test_similarity_laws(make_tables: Any) -> None:
    tables = make_tables({"a": TEXT, "b": f"{TEXT}\n{TEXT}", "c": "天氣晴朗。"})  # fine weather
    tables = tables.with_frames(frequencies=frequencies.measure(tables))
    found = similarity.similarity(tables).set_index(["speech_a", "speech_b"])
    assert found.loc[("a", "b"), "jsd"] == pytest.approx(0, abs=1e-12)  # twice the same: the same shares
    assert found.loc[("a", "b"), "cosine"] == pytest.approx(1)
    assert found.loc[("a", "c"), "jsd"] == pytest.approx(1)  # nothing in common
    assert found.loc[("a", "c"), "cosine"] == pytest.approx(0)


def test_all_pairs_at_once_are_as_each_pair_alone(shipped: Any) -> None:
    shipped = shipped.with_frames(frequencies=frequencies.measure(shipped))
    counts = similarity.own_counts(shipped)
    for row in similarity.similarity(shipped).itertuples():
        a, b = counts[row.speech_a], counts[row.speech_b]
        assert row.jsd == pytest.approx(similarity.jsd(a, b))
        assert row.cosine == pytest.approx(similarity.cosine(a, b))


def test_word_shift_adds_up(shipped: Any) -> None:
    shipped = shipped.with_frames(frequencies=frequencies.measure(shipped))
    a, b = shipped.speeches["speech"][:2]
    shift = similarity.word_shift(shipped, a, b)
    whole = similarity.similarity(shipped).set_index(["speech_a", "speech_b"]).loc[(a, b), "jsd"]
    assert shift["contribution"].abs().sum() == pytest.approx(whole)
    assert shift["contribution"].abs().is_monotonic_decreasing
    assert (shift.loc[shift["n_b"] == 0, "contribution"] > 0).all()


# --- shares, heaps ---------------------------------------------------------------------------------------------------


def test_wilson() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3: 81 of 263
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert all(np.isnan(end) for end in wilson(0, 0))


def test_heaped() -> None:
    # (most in one section, n, the section's share): enough of it, and more than its size explains
    assert heaped([2, 3, 4, 9], [3, 4, 4, 10], [0.2, 0.2, 0.9, 0.2]).tolist() == [True, True, False, True]
    assert not heaped(2, 2, 0.1)  # two hits prove nothing
