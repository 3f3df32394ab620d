"""Conversion by tables gives what OpenCC gives."""

import json
import time
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.read import conversion
from analysis.read.conversion import converted, converter

KEPT = json.loads(conversion.KEPT.read_text(encoding="utf-8"))
# Pieces of phrases, characters with several forms, signs that describe characters, selectors, characters beyond the basic plane.
PIECES = st.sampled_from(
    [*KEPT["tw2s"]["phrases"], *KEPT["tw2s"]["from"][:400], "乾坤", "於倫敦", "憑藉", "瞭解", "，", "\n", "一"]
)
ODD = st.sampled_from(["⿰", "\ufe00", "\U000e0100", "𠮷", "\uf91d", "\u0301", "A", "里", "么", "於"])


@pytest.mark.skipif(KEPT["opencc"] != opencc.__version__, reason="another OpenCC converts everything itself")
@given(st.lists(st.one_of(PIECES, ODD, st.text(max_size=3)), max_size=12).map("".join))
def test_the_tables_give_what_opencc_gives(text: str) -> None:
    text = "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")
    for config in conversion.PHRASES:
        assert converted(config, text) == converter(config).convert(text)


def test_the_kept_tables_are_those_of_this_opencc() -> None:
    tool = Path(opencc.__file__).parent / "clib" / "bin" / "opencc_dict"
    if KEPT["opencc"] != opencc.__version__ or not tool.exists():
        pytest.skip("another OpenCC, or one without its tool")
    assert conversion.build() == conversion.KEPT.read_text(encoding="utf-8")


def test_another_opencc_converts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "_conversion", lambda config: None)
    assert converted("tw2s", "工會乾坤，憑藉") == "工会乾坤，凭借"  # unions, heaven and earth, by means of


def test_a_long_clause_with_many_phrases_takes_linear_time() -> None:
    began = time.process_time()
    assert len(converted("tw2s", "參加" * 300_000)) == 600_000  # take part in
    assert time.process_time() - began < 10  # seconds
