"""The comparison table, findings, the note and the table for linguists: 0, 1, 2, 3 and many speeches, three languages."""

import re
from typing import Any

import pandas as pd
import pytest

from analysis.measure import compare, findings, frequencies, keywords, linguists, notes
from analysis.measure.phrases import _phrases
from analysis.measure.reliability import coverage
from analysis.read.script import script_of

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
FINDINGS = (findings.most_used, findings.what_sets_apart, findings.alike, findings.most_varied)
# A speech about workers, one about enterprises, one about peasant workers; paragraph by paragraph.
PARTS = {
    "a": ["工會服務職工。", "職工建功立業。", "工會維護職工權益。"],
    "b": ["企業改革創新。", "企業發展生產。", "深化企業改革。"],
    "c": ["農民工進城務工。", "工會服務農民工。", "農民工參加培訓。"],
}


def measured(tables: Any) -> Any:
    return tables.with_frames(frequencies=frequencies.measure(tables), keywords=keywords.measure(tables))


def speeches(number: int, times: int = 4) -> dict[str, str]:
    return {f"{name}{i}": "\n".join(parts * times) for i in range(number) for name, parts in PARTS.items()}


@pytest.fixture(scope="module", params=[0, 1, 2, 3, 9])
def tables(request: pytest.FixtureRequest, make_tables: Any) -> Any:
    some = dict(list(speeches(3).items())[: request.param])
    return measured(make_tables(some))


def test_comparison_of_any_number_of_speeches(tables: Any) -> None:
    found = compare.compare(tables, top=3)
    number = len(tables.speeches)
    assert found["how_sure"].notna().all()
    assert len(found) <= 3 * number
    if number == 0:
        assert found.empty
        return
    assert not found["key"].duplicated().any()
    columns = [name for name in found.columns if name.startswith("n ")]
    assert len(columns) == (number if 1 < number <= compare.MOST_SPEECHES else 2)
    heads = compare.headers(tables, "zh-Hant")
    assert all(name in heads for name in found.columns if name.startswith(("n ", "per_10k ", "sections ")))


def test_numbers_are_those_of_the_tables(shipped: Any) -> None:
    tables = measured(shipped)
    found = compare.compare(tables, top=5)
    counts = tables.frequencies.set_index(["speech", "key"])["n"]
    for _, row in found.iterrows():
        for speech in tables.speeches["speech"]:
            assert row[f"n {speech}"] == counts.get((speech, row["key"]), 0)
            assert row[f"n {speech}"] <= row[f"n_text {speech}"]
        assert row["times_more_low"] <= row["times_more"] <= row["times_more_high"]
        assert row["word"] in row["sentence"]


def test_chosen_words(make_tables: Any) -> None:
    tables = measured(make_tables(speeches(1)))
    found = compare.compare(tables, words=["企業", "工會", "太空"])  # enterprise, union, outer space
    assert found["word"].tolist() == ["企業", "工會"]
    assert found["speech"].tolist() == ["b0", "a0"]


def test_findings_of_any_number_of_speeches(tables: Any) -> None:
    for language in LANGUAGES:
        for finding in FINDINGS:
            told = finding(tables, language)
            assert "{" not in told
            assert "nan" not in told.lower()
            assert len(tables.speeches) == 0 or told or finding is findings.most_varied
            assert not told or told.endswith("." if language == "en" else "。")
        assert tables.lexicons.version in notes.note(tables, language)


def test_alike_speeches_show_no_clear_difference(make_tables: Any) -> None:
    text = "\n".join(PARTS["a"] * 4)
    tables = measured(make_tables({"a": text, "b": text}))
    assert "no clear difference" in findings.what_sets_apart(tables, "en")
    assert "沒有明確差異" in findings.what_sets_apart(tables, "zh-Hant")
    assert "没有明确差异" in findings.what_sets_apart(tables, "zh-Hans")
    assert compare.compare(tables, top=3).empty  # no word is used more here than there


def test_a_clear_difference_is_told_with_its_numbers(make_tables: Any) -> None:
    told = findings.what_sets_apart(measured(make_tables(speeches(1, 20))), "en")
    assert re.search(r"What sets a0 apart is 職工 \(60 against 0, at least [\d.]+ times the rate of the others\)", told)


def test_a_very_short_speech_makes_no_claim(make_tables: Any) -> None:
    """Under 300 characters nothing is called clear, however uneven the counts."""
    tables = measured(make_tables({**speeches(1, 20), "new": "太空探索。\n太空人訓練。\n太空計劃。\n太空科技。"}))  # outer space
    rows = tables.keywords[(tables.keywords["speech"] == "new") & (tables.keywords["reference"] == "rest")]
    assert rows["caution"].str.contains("short").all()
    assert "new shows no clear difference" in findings.what_sets_apart(tables, "en")
    found = compare.compare(tables, words=["太空"])
    assert found["how_sure"].iloc[0].startswith("too little text to say")


def test_a_list_of_the_users_own_is_named(make_tables: Any) -> None:
    from pathlib import Path

    tables = make_tables({"a": "\n".join(PARTS["a"] * 20)}, general=Path("mine.csv"))
    told = keywords.measure(tables, general={"職工": 1, "生活": 5000})  # workers; life
    tables = tables.with_frames(keywords=told, frequencies=frequencies.measure(tables))
    assert set(tables.keywords["reference"]) == {"general: mine.csv"}
    assert "general Chinese by mine.csv" in findings.what_sets_apart(tables, "en")
    heads = compare.headers(tables, "en")
    assert all(name in heads for name in compare.compare(tables) if name.startswith(("n ", "per_10k ")) and name in heads)
    assert "mine.csv" in heads["n general: mine.csv"]


def test_every_table_says_what_it_rests_on(shipped: Any) -> None:
    told = notes.basis(shipped, "en")
    for part in ("N = ", "V = ", "11,527 Han characters", "Stop list", "stopwords.csv", shipped.lexicons.version, "jieba 0.42.1"):
        assert part in told


def test_a_percentage_of_nothing_is_left_out(make_tables: Any) -> None:
    tables = measured(make_tables(speeches(1, 20)))
    found = linguists.for_linguists(tables, top=5)
    alone = found[found["n_ref"] == 0]
    assert len(alone)
    assert alone["percent_diff"].isna().all()
    assert found.loc[found["n_ref"] > 0, "percent_diff"].notna().all()


def row(**values: Any) -> pd.Series:
    start = {"caution": "", "verdict": "more", "q": 0.01, "log_ratio": 1.0, "n": 9, "n_text": 9}
    return pd.Series({**start, **values})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "clear"),
        ({"q": 0.3}, "clear by its interval, not after correction for 50 words"),
        ({"q": pd.NA}, "clear by its interval"),
        ({"caution": "too few"}, "clear, though under 5 expected"),
        ({"caution": "too few", "q": 0.3}, "a hint only: under 5 expected"),
        ({"verdict": "unclear"}, "no clear difference"),
        ({"verdict": "unclear", "caution": "too few"}, "too few to say: under 5 expected"),
        ({"verdict": "concentrated"}, "no clear difference overall: most of it stands in one section (一、工會)"),
        (
            {"verdict": "concentrated", "log_ratio": -1.0},
            "no clear difference overall: elsewhere most of it stands in one section",
        ),
        ({"caution": "cutting", "n_text": 30}, "clear; hangs on where words are cut: 30 times as plain text"),
        ({"n": 40}, "clear; mostly inside longer words: 9 times on its own"),
        ({"caution": "too few;short"}, "too little text to say: under 300 characters or one paragraph"),
        ({"caution": "unlisted"}, "clear; not in the list of general Chinese"),
    ],
)
def test_how_sure_in_words(values: dict[str, Any], expected: str) -> None:
    assert compare.how_sure(row(**values), m=50, section="一、工會", n_own=9, language="en") == expected


def test_rough_guide_under_nine_in_ten() -> None:
    assert compare.rough(5, 10, "en") == "rough guide"
    assert coverage(5, 10) < 0.90
    assert compare.rough(80, 10, "en") == ""


def test_phrases_are_in_the_script_of_their_language() -> None:
    for key, phrase in _phrases().items():
        assert script_of(phrase["zh-Hant"]) in ("traditional", "none"), key
        assert script_of(phrase["zh-Hans"]) in ("simplified", "none"), key
        holes = [sorted(set(re.findall(r"{(\w+)}", phrase[language]))) for language in LANGUAGES]
        assert holes[0] == holes[1] == holes[2], key


def test_table_for_linguists(tables: Any) -> None:
    found = linguists.for_linguists(tables, top=5)
    assert list(found.columns) == list(linguists.TYPES)
    held = found[found["n"] > 0]
    assert held["dp"].notna().all()
    assert (held["range"] <= held["n_blocks"]).all()
    if len(tables.speeches) > 1:
        named = linguists.for_linguists(tables, ["工會"])  # union
        assert set(named["key"]) == {"工会"}


def test_note_says_what_the_numbers_rest_on(shipped: Any) -> None:
    told = notes.note(measured(shipped), "en")
    for part in (
        "N = ",
        "V = ",
        "11,527 Han characters",
        "resamples",
        "seed 20160118",
        "simulated coverage",
        "stop list",
        "jieba 0.42.1",
    ):
        assert part in told
