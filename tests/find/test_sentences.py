"""Sentences: where they end, and that marks which belong together stay together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.find import sentences
from analysis.read import lexicons
from analysis.read.speech import BLANKS, Speech


def texts(text: str) -> list[str]:
    return list(sentences.find(Speech("s", "s.txt", "", text), {}, lexicons.load())["text"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关键在人。任务很重！", ["关键在人。", "任务很重！"]),  # people are the key. the task is heavy!
        (
            "“打鐵還得自身硬。”做好工作,關鍵在人。",
            ["“打鐵還得自身硬。”", "做好工作,關鍵在人。"],
        ),  # a quotation that is a sentence
        ("他说“时代在发展。事业在创新。”的精神很好。", ["他说“时代在发展。事业在创新。”的精神很好。"]),  # the sentence goes on
        ("抓好(见第3页。)落实。好!", ["抓好(见第3页。)落实。", "好!"]),  # a bracket stays whole
        ("“没有闭上。下一句。", ["“没有闭上。", "下一句。"]),  # a mark that is never closed
        ("增长3.5%,达1.2亿.继续努力.", ["增长3.5%,达1.2亿.", "继续努力."]),  # half-width stops, decimals
        ("同志们:\n开会;散会。", ["同志们:", "开会;散会。"]),  # a colon and a semicolon end nothing, a line does
        ("他说:“\n开会。\n”我们照办。", ["他说:“\n开会。\n”", "我们照办。"]),  # a quotation on lines of its own
        ("真的吗?!……好。", ["真的吗?!", "……", "好。"]),
    ],
)
def test_ends(text, expected):
    assert texts(text) == expected


@given(st.text(alphabet="工会，。！“”（）\n .3a；", max_size=80))
def test_sentences_cover_every_character_but_blanks(text):
    position = 0
    found = sentences.find(Speech("s", "s.txt", "", text), {}, lexicons.load())
    for start, end, told in zip(found["start"], found["end"], found["text"], strict=True):
        assert text[start:end] == told
        assert not text[position:start].strip(BLANKS)
        position = end
    assert not text[position:].strip(BLANKS)


def test_linear_in_unclosed_marks():
    assert len(texts("“" * 100_000 + "。")) == 1
