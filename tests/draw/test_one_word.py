"""What a page says of one word: the numbers of the tables, every place, and text that is only ever text."""

import html
import re

import pytest

from analysis import tables as tables_module
from analysis.draw import one_word
from analysis.draw.one_word import Explorer, concordance_view
from analysis.measure import frequencies
from analysis.measure.concordance import concordance
from analysis.read.settings import Settings
from analysis.read.speech import Speech
from analysis.tables import Tables

# I. The union / The union serves workers. Union organisations at the grass roots. / II. Work / Take part in union work: x < y, good work.
FIRST = "一、工會\n工會服務職工。工會組織深入基層。\n二、工作\n參加工會工作,<script>alert(1)</script>$x$ & 3<5,好工作。\n"
SECOND = "一、企业\n企业有职工,职工有权益。\n"  # I. Firms / Firms have workers, workers have rights. (Simplified)


@pytest.fixture(scope="module")
def tables() -> Tables:
    speeches = [Speech("a", "a.txt", "A", FIRST, label="<i>A</i>"), Speech("b", "b.txt", "B", SECOND, label="B")]
    found = tables_module.found(speeches, settings=Settings(resamples=20))
    return found.with_frames(frequencies=frequencies.measure(found))


def cells(page: str) -> list[list[str]]:
    """Text of each cell, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    return [
        [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)]
        for row in rows
    ]


def test_lines_are_those_of_the_concordance(tables):
    shown = concordance_view(tables, "工会")
    wanted = concordance(tables, "工會")
    assert shown.frame["left"].tolist() == wanted["left"].tolist()
    assert [row[1] for row in cells(shown._repr_html_())[1:]] == wanted["hit"].tolist()
    assert f"{len(wanted)} hits" in shown.note
    assert "工會" in repr(shown)


def test_a_long_concordance_says_how_to_see_the_rest(tables):
    shown = concordance_view(tables, "工會", longest=1)
    assert len(shown.frame) == 1
    assert 'analysis.concordance(tables, "工會")' in shown.note


@pytest.mark.parametrize("word", ["職工", "职工"])  # workers, in both scripts
def test_counts_are_those_of_the_table(tables, word):
    page = Explorer(tables).page(word)
    rows = tables.frequencies[tables.frequencies["key"] == "职工"].set_index("speech")
    for row, speech in zip(cells(page)[1:3], ("a", "b"), strict=True):
        assert row[1:4] == [str(rows.loc[speech, name]) for name in ("n", "n_own", "n_text")]


def test_every_place_is_marked_and_ticked(tables):
    explorer = Explorer(tables)
    hits = list(explorer.hits("a", "工会"))
    assert [FIRST[hit.start : hit.end] for hit in hits] == ["工會"] * FIRST.count("工會")
    page = explorer.page("工會")
    assert len(re.findall(r">工會</span>", page)) == len(hits)
    assert page.count(f"width:2px;background-color:{one_word.BLUE}") == len(hits)


def test_a_place_that_is_no_word_is_marked_as_text_only(tables):
    # 會工 stands across 工會|工作 (union | work)
    hits = list(Explorer(tables).hits("a", "会工"))
    assert [hit.counted for hit in hits] == [False]
    page = Explorer(tables).page("會工")
    assert cells(page)[1][1:4] == ["0", "0", "1"]
    assert f'<span style="{one_word._AS_TEXT}">會工</span>' in page


def test_absent_is_said_only_where_the_text_lacks_it(tables):
    assert "stands in none" in Explorer(tables).page("太空")  # outer space
    assert "stands in none" not in Explorer(tables).page("會工")
    assert "Type a word" in Explorer(tables).page("  ")


def test_text_is_inert(tables):
    explorer = Explorer(tables)
    for page in (
        explorer.page("工作"),
        explorer.page("<script>"),
        explorer.page('"><img src=x>'),
        concordance_view(tables, "工作")._repr_html_(),
    ):
        assert "<script" not in page
        assert "<img" not in page
        assert "<i>A" not in page
        assert 'class="tex2jax_ignore mathjax_ignore"' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;$x$ &amp; 3&lt;5" in explorer.page("工作")


def test_many_sentences_are_counted_and_the_first_shown(tables, monkeypatch):
    monkeypatch.setattr(one_word, "MOST_SENTENCES", 1)
    page = Explorer(tables).page("工會")
    assert "The first 1 are shown." in page


def test_other_languages(tables):
    for language, told in (("zh-Hant", "計為詞"), ("zh-Hans", "计为词")):  # counted as a word
        other = Tables(tables.frames, Settings(language=language), tables.lexicons, texts=tables.texts)
        assert told in Explorer(other).page("工會")
