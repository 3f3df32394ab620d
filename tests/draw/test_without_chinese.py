"""Speeches without a Chinese character: charts and tables say that there is nothing to show, beside good speeches and alone."""

import pytest

import analysis
from analysis import draw

ENGLISH = "Comrades, today we meet. In 2016 we had 37 meetings, up 5%.\n"
CHINESE = "同志們:\n今天召開工會會議,要維護職工權益。\n"  # a union meeting; the workers' rights are to be upheld


@pytest.mark.parametrize("texts", [[ENGLISH], [ENGLISH, ENGLISH * 2], ["😀"], ["123 456"], [ENGLISH, CHINESE], ["😀", CHINESE]])
def test_nothing_to_count_is_no_error(texts, tmp_path):
    (tmp_path / "in").mkdir()
    for name, text in zip("ab", texts, strict=False):
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    tables = analysis.load(tmp_path / "in", tmp_path / "out")
    for speech in tables.speeches["speech"]:
        assert draw.frequency_bars(tables, speech).drawn
    assert draw.comparison_dots(tables).drawn
    assert draw.word_speeches(tables).drawn
    assert draw.dispersion_strip(tables, draw.leading_words(tables, 6)).drawn
    for view in (draw.frequency_answer, draw.keywords_view, draw.voice_view, draw.five_findings):
        assert repr(view(tables))
