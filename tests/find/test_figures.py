"""Figures: spans, values, units, bounds, what they measure; and what is no figure."""

import csv
import re
import time
from decimal import Decimal
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.find import figure_status
from analysis.find.figures import find
from analysis.read import lexicons
from analysis.read.speech import Speech
from analysis.schema import Figure

HERE = Path(__file__).parent
SPEECHES = HERE.parents[1] / "data" / "speeches"
LONG = 1_000_000
# Seconds of processor time for 1 MB of hostile text; a quadratic pattern takes minutes.
LIMIT = 2.0


def found(text):
    return find(Speech("s", "s.txt", "", text), {}, lexicons.load())


def figures(text):
    columns, _ = found(text)
    return [Figure(*row) for row in zip(*columns.values(), strict=True)]


def leftovers(text):
    return found(text)[1]


def short(text):
    return [(f.text, f.kind, f.value, f.unit, f.bound) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("農民工入會率高達91.73%", ("91.73%", "percent", "91.73", "%", "exact")),  # membership rate
        ("籌集了4950多萬元", ("4950多萬元", "money", "49500000", "元", "over")),  # raised
        ("約22萬名困難職工", ("約22萬名", "count", "220000", "名", "about")),  # workers in need
        ("4.03萬農民工", ("4.03萬", "count", "40300", "", "exact")),  # a noun follows directly
        ("降低百分之十二點五", ("百分之十二點五", "percent", "12.5", "%", "exact")),
        ("提高3.5個百分點", ("3.5個百分點", "percent", "3.5", "百分點", "exact")),
        ("三分之一的企業", ("三分之一", "fraction", "0.3333", "", "exact")),
        ("七成受訪者", ("七成", "fraction", "0.7", "成", "exact")),  # respondents
        ("一半以上的人", ("一半以上", "fraction", "0.5", "", "over")),
        ("產值翻兩番", ("兩番", "multiple", "2", "番", "exact")),  # output quadrupled
        ("增長3倍", ("3倍", "multiple", "3", "倍", "exact")),
        ("年產十二萬五", ("十二萬五", "count", "125000", "", "exact")),
        ("面積308 000畝", ("308 000畝", "measure", "308000", "畝", "exact")),
        ("長12千米", ("12千米", "measure", "12", "千米", "exact")),  # 千 belongs to the unit
        ("奮戰三個月", ("三個月", "duration", "3", "個月", "exact")),
        ("歷時三年多", ("三年多", "duration", "3", "年", "over")),
        ("幾千年的文明", ("幾千年", "duration", "", "年", "exact")),  # indefinite
        ("廿五人", ("廿五人", "count", "25", "人", "exact")),
        ("第四屆大會", ("第四屆", "ordinal", "4", "屆", "exact")),
        ("不超过5%", ("不超过5%", "percent", "5", "%", "under")),
        ("近2000人", ("近2000人", "count", "2000", "人", "under")),
        ("产值突破1000亿元", ("1000亿元", "money", "100000000000", "元", "over")),  # 突破 stays outside
        ("大约损失5000元", ("5000元", "money", "5000", "元", "about")),  # a word between
        ("节约3亿元", ("3亿元", "money", "300000000", "元", "exact")),  # 约 of 节约 (save) is no approximator
        ("10亿元人民币", ("10亿元", "money", "1000000000", "元", "exact")),
        ("$100", ("$100", "money", "100", "$", "exact")),
        ("下降-3.8%", ("-3.8%", "percent", "-3.8", "%", "exact")),
        ("半年时间", ("半年", "duration", "0.5", "年", "exact")),
        ("两吨半", ("两吨半", "measure", "2.5", "吨", "exact")),
        ("到7 4 7 7 2 亿元", ("7 4 7 7 2 亿元", "money", "7477200000000", "元", "exact")),  # a converter's blanks
        ("发生7.9级地震", ("7.9级", "measure", "7.9", "级", "exact")),
        ("１，２３４，５６７元", ("１，２３４，５６７元", "money", "1234567", "元", "exact")),
        ("惠及上千万家庭", ("上千万", "count", "10000000", "", "over")),  # 千万 alone is an idiom
        ("收入翻一番", ("一番", "multiple", "1", "番", "exact")),  # 一番 elsewhere is an idiom
        ("全年新增装机超过全球一半", ("一半", "fraction", "0.5", "", "over")),  # half of the world's
        ("依第 7-1 條規定", ("第 7-1 條", "ordinal", "7", "條", "exact")),  # an article inserted after article 7
        ("年产240万吨煤的煤矿", ("240万吨", "measure", "2400000", "吨", "exact")),
        ("九○年代以來", ("九○年代", "date", "199X", "", "exact")),  # since the 1990s
        ("從96年起,立法院", ("96年", "date", "2007", "", "exact")),  # a year of the Republic, told by 立法院
        ("自上(八十六)年七月", ("上(八十六)年七月", "date", "1997-07", "", "exact")),  # July of last year (86)
        ("開了兩個多小時", ("兩個多小時", "duration", "2", "個多小時", "over")),  # more than two hours
        ("半个多世纪", ("半个多世纪", "duration", "0.5", "个多世纪", "over")),  # more than half a century
        ("二季度经济", ("二季度", "ordinal", "2", "季度", "exact")),  # the second quarter
        ("前三季度增长", ("三季度", "duration", "3", "季度", "exact")),  # the first three quarters
        ("今年一、二季度", ("一、二季度", "ordinal", "1", "季度", "exact")),
        ("超过七年前的水平", ("七年", "duration", "7", "年", "exact")),  # above the level of seven years ago
        ("身高一米八", ("一米八", "measure", "1.8", "米", "exact")),  # 1.80 m tall
        ("五點五分鐘", ("五點五分鐘", "duration", "5.5", "分鐘", "exact")),  # no time of day
        ("人均成本42万元/人以上", ("42万元/人以上", "money", "420000", "元/人", "over")),
        ("森林面積26公頃", ("26公頃", "measure", "26", "公頃", "exact")),
        ("挖土500立方", ("500立方", "measure", "500", "立方", "exact")),
        ("苦戰五個半月", ("五個半月", "duration", "5.5", "個半月", "exact")),
        ("回归八个多月以来", ("八个多月", "duration", "8", "个多月", "over")),
        ("全年第一、二季度增长", ("第一、二季度", "ordinal", "1", "季度", "exact")),
        ("只要三個半小時", ("三個半小時", "duration", "3.5", "個半小時", "exact")),
        ("收入全省第二高", ("第二", "ordinal", "2", "", "exact")),  # second highest
        ("100多万群众", ("100多万", "count", "1000000", "", "over")),  # 群 of 群众 (the masses) is no unit
        ("½的土地", ("½", "fraction", "0.5", "", "exact")),
        ("需要1½小時", ("1½小時", "duration", "1.5", "小時", "exact")),
        ("增长5 ．4 ％", ("5 ．4 ％", "percent", "5.4", "%", "exact")),  # a converter's blanks
        ("3 0 0 多个城市", ("3 0 0 多个", "count", "300", "个", "over")),
    ],
)
def test_one_figure(text, expected):
    assert short(text) == [expected]


@pytest.mark.parametrize(
    ("text", "low", "high", "span"),
    [
        ("增长10%至15%", "10", "15", "10%至15%"),
        ("投资5—6亿元", "500000000", "600000000", "5—6亿元"),
        ("投资三到四亿五千万元", "300000000", "450000000", "三到四亿五千万元"),
        ("投资三到四万五千元", "30000", "45000", "三到四万五千元"),
        ("投资1至2万亿元", "1000000000000", "2000000000000", "1至2万亿元"),
        ("补贴2至3千元", "2000", "3000", "2至3千元"),
        ("来了三至五百人", "300", "500", "三至五百人"),
        ("来了一至二百人", "1", "200", "一至二百人"),  # from one on, as in lists
        ("投资一至二百万元", "1000000", "2000000", "一至二百万元"),
        ("走了两至三千米", "2", "3", "两至三千米"),  # kilometres
        ("来了三四百人", "300", "400", "三四百人"),
        ("兩三個城市", "2", "3", "兩三個"),
        ("来了五、六千人", "5000", "6000", "五、六千人"),
        ("30到40万人", "300000", "400000", "30到40万人"),
        ("百分之二三十", "20", "30", "百分之二三十"),
        ("2011—2015年", "2011", "2015", "2011—2015年"),
        ("10月1日至7日", "--10-01", "--10-07", "10月1日至7日"),
        ("第679—680页", "679", "680", "第679—680页"),
    ],
)
def test_ranges_are_one_row(text, low, high, span):
    assert [(f.text, f.value, f.value_high) for f in figures(text)] == [(span, low, high)]


_NUMERALS = st.text("一二三五九十百千万亿零点35.", min_size=1, max_size=8)


@given(_NUMERALS, _NUMERALS)
def test_a_range_of_any_numerals_rises(low, high):
    for figure in figures(f"收入{low}至{high}元"):  # an income of … to …
        assert not figure.value_high or Decimal(figure.value) < Decimal(figure.value_high)


def test_increase_from_to_is_two_rows():
    assert [f.value for f in figures("由10%增加到15%")] == ["10", "15"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2015年", "2015"),
        ("1994年3月10日", "1994-03-10"),
        ("二〇二四年", "2024"),
        ("民國九十七年", "2008"),
        ("民國35年（1946年）3月30日", "1946-03-30"),
        ("10月", "--10"),
        ("九十年代", "199X"),
        ("1970年代", "197X"),
        ("二十一世纪", "20XX"),
        ("去（2017）年6月", "2017-06"),
        ("20xx年", ""),  # redacted
        ("1 9 9 3 年", "1993"),
        ("本（6）月7日", "--06-07"),  # the 7th of this month
        ("20世纪八九十年代", "198X"),
    ],
)
def test_dates(text, value):
    assert [(f.text, f.kind, f.value) for f in figures(text)] == [(text, "date", value)]


SHIPPED = [  # speech 3: text, value, unit, bound, measures
    ("三個月", "3", "個月", "exact", ""),
    ("91.73%", "91.73", "%", "exact", "農民工入會率"),  # rate of migrant workers in the union
    ("4.03萬", "40300", "", "exact", "農民工"),  # migrant workers
    ("1.33億元", "133000000", "元", "exact", "欠薪"),  # unpaid wages
    ("4950多萬元", "49500000", "元", "over", ""),  # raised: no word says what
    ("6.93萬戶", "69300", "戶", "exact", "困難職工"),
    ("約22萬名", "220000", "名", "about", "困難職工"),  # workers in need
    ("2580多萬元", "25800000", "元", "over", ""),  # allotted: no word says what
    ("5910名", "5910", "名", "exact", "困難職工和農民工子女"),  # workers in need and children
    ("1220人", "1220", "人", "exact", "困難農民工子女"),  # children of migrant workers in need
    ("500.91萬元", "5009100", "元", "exact", "助學款"),  # school aid
    ("200萬", "2000000", "", "exact", "職工和農民工"),  # workers and migrant workers
]


def test_figures_of_the_shipped_speech():
    text = (SPEECHES / "union-meetings.txt").read_text(encoding="utf-8-sig")
    third = text[text.index("會議上的講話(三)") :]
    found = {f.text: f for f in figures(third)}
    for words, value, unit, bound, measures in SHIPPED:
        figure = found[words]
        assert (figure.value, figure.unit, figure.bound) == (value, unit, bound)
        assert measures is None or figure.measures == measures
    assert not [words for words in found if re.search("三嚴|十分|一路|一是|第一|一手|五大|四個", words)]


def test_status_in_the_shipped_speech():
    text = (SPEECHES / "union-meetings.txt").read_text(encoding="utf-8-sig")
    third = text[text.index("會議上的講話(三)") :]
    told = [(f.text, f.status) for f in figures(third) if f.kind not in ("date", "duration")]
    assert told == [
        ("91.73%", "achieved"), ("4.03萬", "achieved"), ("1.33億元", "achieved"), ("4950多萬元", "achieved"),
        ("6.93萬戶", "achieved"), ("約22萬名", "achieved"), ("2580多萬元", "achieved"), ("5910名", "achieved"),
        ("1220人", "achieved"), ("500.91萬元", "achieved"),
        ("十件", "target"), ("十件", "other"), ("十件", "other"),  # ten things to do; then these ten
        ("200萬", "other"),  # the workers there are, to be led
    ]  # fmt: skip


def test_measures_is_inherited_where_the_clause_goes_on():
    assert [f.measures for f in figures("财政收入6.13万亿元，增长19.5%；")] == ["财政收入", "财政收入"]
    # public spending and general spending, each with its own share
    assert [f.measures for f in figures("公用经费和一般性支出分别压减11%、19%。")] == ["公用经费", "一般性支出"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("今年经济增长预期目标是5%左右。", "target"),  # the aim
        ("共筹集了4950多万元。", "achieved"),  # raised
        ("罚款不得超过5000元。", "rule"),  # a fine of at most
        ("這兩個協定", "other"),  # these two agreements
    ],
)
def test_status(text, status):
    assert [f.status for f in figures(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "一、提高认识",
        "(二)加强领导",
        "1.完善制度",
        "同志们。一是抓好落实",
        "三要有智慧，",
        "第一，统一思想",
        "①认真学习",
        "其二,要做好",
        "“三嚴三實”要求",
        "“十個堅持”",
    ],
)
def test_list_markers_and_quoted_labels_are_no_figures(text):
    assert figures(text) == []


def _not_figures():
    with (HERE / "not_figures.csv").open(encoding="utf-8", newline="") as lines:
        return [row["word"] for row in csv.DictReader(lines)]


def test_idioms_slogans_and_names_are_no_figures():
    words = _not_figures()
    assert len(words) >= 200
    assert [(word, short(f"我們要堅持{word},推動發展。")) for word in words if short(f"我們要堅持{word},推動發展。")] == []


def test_an_idiom_does_not_hide_the_number_that_begins_like_it():
    assert short("休息十分钟") == [("十分钟", "duration", "10", "分钟", "exact")]  # 十分 means very
    assert short("守護民主的第一道防線")[0][:3] == ("第一道", "ordinal", "1")  # 一道 means together


def test_both_scripts_give_the_same_values():
    text = (SPEECHES / "union-meetings.txt").read_text(encoding="utf-8-sig")
    simplified = opencc.OpenCC("t2s").convert(text)
    assert len(simplified) == len(text)
    telling = [(f.start, f.end, f.kind, f.value, f.value_high, f.bound) for f in figures(text)]
    assert telling == [(f.start, f.end, f.kind, f.value, f.value_high, f.bound) for f in figures(simplified)]


def test_a_zero_between_lengths_of_time_belongs_to_neither():
    assert [f.text for f in figures("历时两年零三个月")] == ["两年", "三个月"]


def test_the_same_over_and_over_is_left_over():
    text = "共3个。" + "第一" * 50
    assert [one.text for one in figures(text)] == ["3个"]
    assert [len(one.text) for one in leftovers(text)] == [100]


def test_nothing_read_is_dropped_silently():
    assert [(row.text, row.table) for row in leftovers("代码：00012，序列1,2,3,4,5,6,7,8。")] == [
        ("00012", "figures"),
        ("1,2,3,4,5,6,7,8", "figures"),
    ]


@pytest.mark.parametrize(
    "text", ["10^400", "1e309", "00012", "1,2,3,4", "13812345678", "010-12345678", "一億億億", "1.2.3.4", "9" * 5000]
)
def test_absurd_numbers_are_exact_or_left_over(text):
    assert figures(text) or leftovers(text)
    for row in figures(text):
        if row.kind != "date" and row.value:
            assert Decimal(row.value).is_finite()


@given(st.text(alphabet="0123456789.,%一二十百千万亿分之点第年月日个至—多约xX(（“”\n ", max_size=60))
def test_rows_are_receipts_in_order(text):
    last = 0
    for row in figures(text):
        assert row.start >= last
        last = row.end
    for row in [*figures(text), *leftovers(text)]:
        assert row.text == text[row.start : row.end]
        assert row.start < row.end


@pytest.mark.parametrize(
    "unit",
    [
        "一",
        "1,1,",
        "百分之",
        "一億億億",
        "((((",
        "1 ",
        "三点",
        "“",
        "\n",
        "第一",
        "1%",
        "一百人，",
        "½",
        "5—",
        "一,一",
        "1,一",
        "2025-01-01",
        "2025年1月1日",
    ],
)
def test_hostile_text_takes_linear_time(unit):
    text = unit * (LONG // len(unit))
    speech = Speech("s", "s.txt", "", text)
    assert speech.shadow
    started = time.process_time()
    find(speech, {}, lexicons.load())
    assert time.process_time() - started < LIMIT


def test_one_told_year_of_the_republic_makes_the_others_such():
    assert [row.value for row in figures("去（103）年21萬人，僅次於101年。")] == ["2014", "210000", "2012"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("今年三、四月间", ["--03", "--04"]),  # in March and April
        ("今年1、2月份", ["--01", "--02"]),
        ("一九八一和一九八二两年", ["1981", "1982", "2"]),  # the two years 1981 and 1982
        ("1998、1999年", ["1998", "1999"]),
    ],
)
def test_months_and_years_in_a_row_are_one_date_each(text, values):
    assert [row.value for row in figures(text)] == values


@pytest.mark.parametrize("text", ["PM_2.5浓度", "PM\n2.5\n浓度", "PM 2.5浓度"])
def test_fine_dust_is_a_name(text):
    assert not figures(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全省生产总值增长5%。", "achieved"),
        ("要努力实现以下目标任务：\n一是生产总值增长5%。", "target"),  # a line opens a part that plans
        ("一、2025年工作回顾\n建成水库3座。", "achieved"),
        ("二、2026年工作安排\n建成水库3座。", "target"),  # 建成 built: here, to be built
        ("手工业总产值计划达到103亿元。", "target"),  # planned to reach
        ("棉花的指标为3500万担。", "target"),  # the plan's figure
        ("就业超过预期目标。城镇新增就业859万人。", "achieved"),  # the aim is met
        ("实现主要污染物排放总量减少2%的目标。", "target"),  # the goal stands after the number
    ],
)
def test_status_by_the_part_of_the_speech(text, expected):
    assert figures(text)[-1].status == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高校毕业生初次就业率77.8%", "高校毕业生初次就业率"),  # the whole name of an indicator
        ("死亡人数下降7%", "死亡人数"),  # deaths
        ("带动居民收入增长7%", "居民收入"),  # 带动 (drive) is the clause's verb
        ("打造4个国家先进制造业集群", "国家先进制造业集群"),
        ("实施“一喷多促”3831万亩", "一喷多促"),  # a quoted label is what is counted
        ("用于“三农”的投入5955亿元", "投入"),
        ("水泥：从286万吨增加到600万吨", "水泥"),  # cement; no colon in it
        ("森林工业部共有33个建设项目", "建设项目"),  # construction projects
        ("出口总额达到8512亿美元，居世界第四位", "出口总额"),
    ],
)
def test_measures_of_a_clause(text, expected):
    assert figures(text)[-1].measures == expected


def test_every_telling_word_begins_with_a_known_character():
    told = "|".join((figure_status._RULE, figure_status._STRONG, figure_status._WEAK, figure_status._PAST, figure_status._DONE))
    bare = re.sub(r"\(\?<[!=][^)]*\)", "", told)
    words = re.split(r"\|(?![^()]*\))", bare)
    groups = [re.match(r"\(\?:([^)]*)\)", word) for word in words]
    begins = {begin[0] for word, group in zip(words, groups, strict=True) for begin in (group[1].split("|") if group else [word])}
    assert len(begins) > 40
    assert begins <= set(figure_status._BEGINS)


def test_half_a_broken_character_stops_no_figure():
    # The unions have 3 % more members, half a character lost before and after the number.
    assert [figure.text for figure in figures("工會會員\ud800增長3%\udfff的會員")] == ["3%"]
