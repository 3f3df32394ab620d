"""Claims: contradictions the wording itself makes, and silence where it does not; ratios with both receipts."""

import pytest

from analysis.measure import claims, ratios
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
        ("营业里程从12万公里增加到9万公里。", "12万公里", "9万公里", "said to rise"),  # km in service
        ("排名从第9位升至第12位。", "第9位", "第12位", "said to rise"),  # a rank rises as its number falls
        ("投入5955亿元，比上年增加1637亿元，增长57.9%。", "57.9%", "1637亿元", "contradicts the amounts"),  # funds
        ("产量从100万吨增加到400万吨，增长7倍。", "7倍", "400万吨", "contradicts the levels"),
        ("城镇化率由58.1%提高到65.3%、提高9.2个百分点。", "9.2个百分点", "65.3%", "contradicts the levels"),
        ("会员200万人，其中农民工50万人，占40%。", "40%", "50万人", "contradicts the amounts"),  # members, migrant workers
        ("三次产业比重为4.0∶37.7∶78.3。", "4.0", "78.3", "parts of a hundred"),
        ("农民工入会率达到191.73%。", "191.73%", "191.73%", "a rate above"),
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
        "排名从第12位升至第9位。",
        "收入比由2.9∶1缩小至2.52∶1。",  # a ratio
        "标准分别从209元、280元提高到217元、290元。",  # of several, in order
        "投入5955亿元，比上年增加1637亿元，增长37.9%。",
        "会员200万人，其中农民工50万人，占25%。",
        "三次产业比重为4.0∶37.7∶58.3。",
        "产量从135万吨增加到412万吨，增长2.1倍。",
        "中央企业增长率达到120%，毛入学率达105%，拨备覆盖率达200%。",  # ratios that may be above a hundred
        "协修十八人，秘书三人，其中协修九人。",  # the larger is the whole
        "书记员四人至八人、操作员二人，其中助理员四人。",  # a range
        "",
    ],
)
def test_silence(text):
    assert problems(text) == []


def test_ratios_carry_both_receipts():
    text = "幫助4.03萬農民工追討欠薪1.33億元,安排了2580多萬元,解決5910名的困難職工。"  # wages recovered; school aid
    made = ratios.ratios(tables(text))
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
    assert list(ratios.ratios(tables("")).columns)[-3:] == ["value", "unit", "bound"]
