"""Numerals: exact values, both ways, in every notation; what is no numeral gives None."""

import decimal
import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.find.numerals import NOTATIONS, parse, plain, quotient, render
from analysis.read.script import shadow


@given(st.integers(min_value=0, max_value=10**16), st.sampled_from(NOTATIONS))
@example(10**16, "chinese")
@example(10**12, "financial")
@example(10**8 + 1, "chinese")
def test_parse_undoes_render(number, notation):
    assert parse(render(number, notation)) == number


@pytest.mark.parametrize("notation", NOTATIONS)
def test_parse_undoes_render_for_every_small_number(notation):
    for number in range(12000):
        assert parse(render(number, notation)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.03万", "40300"),
        ("一百二十三万", "1230000"),
        ("十二点五", "12.5"),
        ("十二万五", "125000"),  # 125 thousand, the last place cut short
        ("一百二", "120"),
        ("一千零五", "1005"),
        ("五万点三", "50000.3"),
        ("二十点一万", "201000"),
        ("5万4千6百", "54600"),
        ("2千零30万", "20300000"),
        ("一万亿", "1000000000000"),
        ("四万万", "400000000"),  # 400 million, as older speeches count
        ("五兆六十二亿", "5006200000000"),
        ("二〇一五", "2015"),
        ("五百卅四", "534"),
        ("308 000", "308000"),
        ("1,220.5", "1220.5"),
        ("１２３．５", "123.5"),
        ("负十二", "-12"),
        ("2e5", "200000"),
        ("00012", "12"),
        ("零点零零零零零零零零零零零零零零一", "0.000000000000001"),
    ],
)
def test_values(text, value):
    assert plain(parse(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "负",
        "点零",
        "零点点",
        "十一十二",
        "十七十八",
        "10..1万",
        "百分",
        "一亿亿亿",
        "二十九千",
        "零百",
        "万",
        "元整",
        "1,2,3,4",
        "10^400",
        "1e309",
    ],
)
def test_no_numeral(text):
    assert parse(text) is None


def test_strict_refuses_digits_strung_together():
    assert parse("壹壹") == 11
    assert parse("壹壹", strict=True) is None


def test_values_are_exact_beyond_the_default_precision():
    assert decimal.getcontext().prec == 28
    assert parse("一二三四五六七八九一二三四五六七八九一二三四五六七八九一二三四五六七八九") == Decimal("123456789" * 4)
    assert parse("9" * 60) == Decimal("9" * 60)


@given(st.text(alphabet="0123456789零一二三十百千万亿点.,- 负e^", max_size=30))
def test_never_infinite_and_never_raises(text):
    value = parse(text)
    assert value is None or value.is_finite()


def test_quotient_is_exact_where_it_ends():
    assert plain(quotient(Decimal(1), Decimal(8))) == "0.125"
    assert plain(quotient(Decimal(2), Decimal(3))) == "0.6667"
    assert plain(quotient(Decimal(10**20), Decimal(3))) == "33333333333333333333.3333"


def test_numerals_of_cn2an(testdata):
    for line in (testdata / "quantities" / "cn2an.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = shadow(row["text"])
        if row["kind"] == "must_reject":
            assert parse(text, strict=row["mode"] == "strict") is None, text
        elif row["kind"] == "cn_to_number" and not set("元圆角") & set(text):
            assert parse(text) is not None, text
