"""Reuse: planted passages are found in either script, short formulas are not, and every row is a receipt."""

import random
import time
from collections.abc import Callable

import pandas as pd
import pytest

from analysis import schema
from analysis.measure import passages, reuse
from analysis.measure.alignment import aligned, reach
from analysis.read.script import shadow
from analysis.tables import Tables, frame

# From the third shipped speech: grass-roots unions, the base of union work.
PASSAGE = (
    "基層工會離職工最近,聯繫職工最直接,服務職工最具體,是工會工作的基礎和關鍵。加強基層基礎建設,是實現工會工作創新發展的重要保證。"
    "省總明確今年要抓好十件實事,這十件實事與全總關於繼續深化基層工會建設“落實年”的要求相一致。"
)


def other_text(n: int, seed: int) -> str:
    """Text that agrees with nothing: characters drawn at random."""
    rng = random.Random(seed)
    return "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(n))


def tables(**texts: str) -> Tables:
    rows = [schema.SpeechRow(name, "", "", "", "", 0, len(text), 0, 0, 0, 0, 0, "") for name, text in texts.items()]
    return Tables({"speeches": frame("speeches", rows)}, texts=texts)


def measured(**texts: str) -> pd.DataFrame:
    rows = reuse.measure(tables(**texts))
    for row in rows.itertuples():
        assert texts[str(row.speech_a)][row.start_a : row.end_a] == row.text_a
        assert texts[str(row.speech_b)][row.start_b : row.end_b] == row.text_b
        assert str(row.speech_a) < str(row.speech_b)
        assert 0 < row.similarity <= 1
    assert {name: str(dtype) for name, dtype in rows.dtypes.items()} == schema.dtypes("reuse")
    return rows


@pytest.mark.parametrize("change", [str, shadow, lambda passage: passage.replace(",", "，\n").replace("。", " 。")])
def test_a_passage_is_found_whatever_its_script_and_punctuation(change: Callable[[str], str]) -> None:
    before, after = other_text(300, 1), other_text(200, 2)
    (row,) = measured(a=before + PASSAGE + after, b=other_text(50, 3) + change(PASSAGE) + other_text(9, 4)).itertuples()
    assert abs(row.start_a - 300) <= 2  # a random neighbour may agree by chance
    assert abs(row.end_a - 300 - len(PASSAGE)) <= 2
    assert row.similarity > 0.98


def test_light_edits_keep_it_one_passage() -> None:
    copy = (
        PASSAGE.replace("基礎和關鍵", "根本所在").replace("十件實事,這", "").replace("繼續深化", "持續")
    )  # base, ten things, go on
    (row,) = measured(a=other_text(99, 5) + PASSAGE, b=copy + other_text(99, 6)).itertuples()
    assert 0.8 < row.similarity < 0.95


def test_a_short_formula_is_no_passage() -> None:
    letters = [place for place, character in enumerate(PASSAGE) if character.isalnum()]
    formula = PASSAGE[: letters[passages.LEAST_EXACT - 1]]
    assert measured(a=other_text(200, 7) + formula + other_text(200, 8), b=other_text(200, 9) + formula).empty
    exact = PASSAGE[: letters[passages.LEAST_EXACT]]
    assert len(measured(a=other_text(200, 7) + exact + other_text(200, 8), b=other_text(200, 9) + exact)) == 1
    # As short a stretch with a character changed is none.
    assert measured(a=other_text(200, 7) + exact, b=other_text(200, 9) + exact[:12] + "龘" + exact[13:]).empty


def test_words_that_a_third_speech_has_are_a_formula() -> None:
    (row,) = measured(a=other_text(99, 1) + PASSAGE, b=other_text(99, 2) + PASSAGE).itertuples()
    assert row.n_speeches < reuse.FORMULA
    # Half of the passage is said by a third speech, too: not enough of it is theirs alone.
    found = measured(
        a=other_text(99, 1) + PASSAGE, b=other_text(99, 2) + PASSAGE, c=other_text(99, 3) + PASSAGE[: len(PASSAGE) // 2]
    )
    pair = found[(found["speech_a"] == "a") & (found["speech_b"] == "b")]
    assert (pair["n_speeches"] >= reuse.FORMULA).all()


def test_speeches_without_a_common_string_and_none_at_all() -> None:
    assert measured(a=other_text(500, 10), b=other_text(500, 11)).empty
    assert measured(a="", b="").empty
    assert measured(a=PASSAGE).empty
    assert measured().empty


def test_a_passage_that_comes_twice_is_two_rows() -> None:
    gap = other_text(80, 12)
    rows = measured(a=PASSAGE, b=PASSAGE + gap + PASSAGE)
    assert list(rows["start_b"]) == [0, len(PASSAGE) + len(gap)]


def test_rows_do_not_depend_on_the_order_of_the_speeches() -> None:
    texts = {"b": PASSAGE + other_text(60, 13), "a": other_text(60, 14) + PASSAGE, "c": PASSAGE}
    turned = dict(reversed(texts.items()))
    pd.testing.assert_frame_equal(measured(**texts), measured(**turned))
    assert list(zip(*(measured(**texts)[f"speech_{x}"] for x in "ab"), strict=True)) == [("a", "b"), ("a", "c"), ("b", "c")]


def test_what_two_speeches_share_is_a_passage_and_what_more_share_a_formula() -> None:
    own = other_text(120, 21)
    texts = {"a": PASSAGE + own, "b": other_text(60, 22) + own + PASSAGE, "c": other_text(60, 23) + PASSAGE}
    rows = measured(**texts).set_index(["speech_a", "speech_b"])["n_speeches"]
    assert rows["a", "b"].tolist() == [3, 2]
    assert rows["a", "c"] == rows["b", "c"] == 3
    alone = measured(a=PASSAGE, b=other_text(60, 24) + PASSAGE)
    assert alone["n_speeches"].tolist() == [2]


def test_shares_both_ways_and_what_is_left() -> None:
    texts = {"a": PASSAGE + "\n" + other_text(300, 15), "b": PASSAGE}
    found = tables(**texts)
    found = found.with_frames(reuse=reuse.measure(found))
    rows = reuse.shares(found).set_index(["speech", "other"])["share"]
    assert rows["b", "a"] == rows["b", ""] == pytest.approx(1.0)
    assert 0.2 < rows["a", "b"] < 0.35
    words = [
        ("a", 1, 0, 2, "基層", "基层", "n"),
        ("a", 1, len(PASSAGE) + 50, len(PASSAGE) + 51, "x", "x", "n"),
        ("b", 1, 0, 2, "基層", "基层", "n"),
    ]
    tokens = pd.DataFrame(words, columns=schema.columns("tokens")).astype(schema.dtypes("tokens"))
    assert list(reuse.without_reuse(found.with_frames(tokens=tokens))) == [False, True, False]


def test_texts_too_large_for_the_index_are_refused_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    found = tables(a=PASSAGE, b=PASSAGE)
    assert not reuse.refusal(found)
    monkeypatch.setattr(reuse, "MOST_CHARACTERS", len(PASSAGE))
    assert f"{2 * len(PASSAGE):,}" in reuse.refusal(found)
    assert reuse.measure(found).empty


def test_alignment_counts_agreements_and_columns() -> None:
    assert aligned("abcd", "abcd") == (4, 4)
    assert aligned("abcd", "") == (0, 4)
    assert aligned("abcd", "axcd") == (3, 4)
    assert aligned("abcd", "abxcd") == (4, 5)
    assert reach("abcdzzz", "abcdyyy") == (4, 4, 4, 4)
    assert reach("abxcdefgh", "abcdefgh") == (9, 8, 8, 9)
    assert reach("", "abc") == (0, 0, 0, 0)


@pytest.mark.parametrize("text", ["一" * 300_000, "一二三四五六七八" * 40_000])
def test_monotonous_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    reuse.measure(tables(a=text, b=text))
    assert time.process_time() - began < 10  # seconds; all pairs of places would take hours
