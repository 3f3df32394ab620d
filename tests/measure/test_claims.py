"""Claims: contradictions the wording itself makes, and silence where it does not; ratios with both receipts."""

import pytest

from analysis.measure import claims
from analysis.read.speech import Speech
from analysis.tables import found


def tables(text):
    return found([Speech("s", "s.txt", "", text)])


def problems(text):
    return [(row.text, row.other_text, row.problem) for row in claims.measure(tables(text)).itertuples()]


@pytest.mark.parametrize(
    ("text", "one", "other", "words"),
    [
        ("解決5910名職工上學。其中,資助子女6000人。", "5910名", "6000人", "part larger than its whole"),  # children aided
        ("产量由100万吨增加到150万吨，增长80%。", "80%", "150万吨", "contradicts the levels"),  # output grew
        ("工业占60%，农业占30%，其余占20%。", "60%", "20%", "add up to 110"),  # shares of industry, farming, the rest
        ("工业、农业、服务业分别占60%、30%和25%。", "60%", "25%", "add up to 115"),
        (
            "2015年，入会率达到91.73%。会上说，2015年，农民工入会率达到80%，2015年，农民工入会率达到90%。",
            "80%",
            "90%",
            "two values",
        ),
    ],
)
def test_contradictions(text, one, other, words):
    (row,) = problems(text)
    assert row[:2] == (one, other)
    assert words in row[2]


@pytest.mark.parametrize(
    "text",
    [
        "解決5910名職工上學。其中,資助子女1220人。",  # the part is smaller
        "收入增加100万元，其中农业300万元。",  # the whole is not told, only its change
        "产值由2090元增加到2476元，增长18.5%。",  # rounding
        "收入由5160元增加到7703元，平均每年实际增长8.6%。",  # another base
        "产值由100亿元增加到400亿元，增长3倍。",  # a multiple, not per cent
        "工业占60%，农业占30%。",  # a rest is not told
        "工业占总产值的60%，国有企业占总投资的70%。",  # two wholes
        "2015年，城镇新增就业达到20万人。2016年，城镇新增就业达到21万人。",  # two years
        "城镇新增就业达到20万人。\n城镇新增就业达到21万人。",  # time not told
        "其中，资助子女6000人。",
        "",
    ],
)
def test_silence(text):
    assert problems(text) == []


def test_ratios_carry_both_receipts():
    text = "幫助4.03萬農民工追討欠薪1.33億元,安排了2580多萬元,解決5910名的困難職工。"  # wages recovered; school aid
    made = claims.ratios(tables(text))
    assert list(zip(made.text, made.other_text, made.value, made.unit, made.bound, strict=True)) == [
        ("1.33億元", "4.03萬", "3300.25", "元 / 農民工", "exact"),
        ("2580多萬元", "5910名", "4365.48", "元 / 名", "about"),
    ]
    for row in made.itertuples():
        assert text[row.start : row.end] == row.text
        assert text[row.other_start : row.other_end] == row.other_text


def test_empty_tables_keep_their_columns():
    assert list(claims.measure(tables("")).columns) == [
        "speech",
        "start",
        "end",
        "text",
        "other_start",
        "other_end",
        "other_text",
        "problem",
    ]
    assert list(claims.ratios(tables("")).columns)[-3:] == ["value", "unit", "bound"]
