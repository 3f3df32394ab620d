"""The outline: tables of (text, expected rows), and laws over every text at hand."""

import pytest

from analysis.find import outline
from analysis.read import lexicons
from analysis.read.speech import BLANKS, Speech
from analysis.schema import Leftover, OutlineNode

HEADINGS = """各位代表:
现在报告工作。
一、去年工作回顾
成绩很大。
(一)经济平稳。全年增长百分之六,结构更优。
1.农业丰收。粮食增产。
二、今年任务
一是稳增长;二是促改革;三是惠民生。
各位代表!让我们团结起来。
谢谢大家!"""  # a report with two chapters, a run-in section, an inline list and a peroration


def rows(text: str) -> list:
    found, left = outline.find(Speech("s", "s.txt", "", text), {}, lexicons.load())
    return [*map(OutlineNode._make, zip(*found.values(), strict=True)), *left]


def kinds(text: str) -> list[tuple[str, int, str]]:
    return [(row.kind, row.level, row.text) for row in rows(text) if not isinstance(row, Leftover) and row.level]


def test_headings_items_and_their_levels():
    assert kinds(HEADINGS) == [
        ("salutation", 1, "各位代表:"),  # delegates:
        ("paragraph", 1, "现在报告工作。"),  # I now report
        ("heading", 1, "一、去年工作回顾"),  # 1. last year
        ("paragraph", 2, "成绩很大。"),
        ("heading", 2, "(一)经济平稳。"),  # (1) runs into its paragraph
        ("paragraph", 3, "全年增长百分之六,结构更优。"),
        ("heading", 3, "1.农业丰收。"),
        ("paragraph", 4, "粮食增产。"),
        ("heading", 1, "二、今年任务"),  # 2. this year
        ("item", 2, "一是稳增长;"),  # first, steady growth
        ("item", 2, "二是促改革;"),
        ("item", 2, "三是惠民生。"),
        ("closing", 1, "各位代表!让我们团结起来。"),
        ("closing", 1, "谢谢大家!"),  # thank you
    ]


@pytest.mark.parametrize(
    ("line", "marker", "number"),
    [
        ("（二）加强领导", "（二）", 2),  # full-width brackets
        ("︵三︶加強領導", "︵三︶", 3),  # vertical brackets
        ("第一章 總則", "第一章", 1),  # chapter
        ("第二节 权利", "第二节", 2),  # section
        ("12. 加强建设", "12.", 12),
        ("(3)抓落实", "(3)", 3),
        ("十一、结语", "十一、", 11),
    ],
)
def test_markers(line, marker, number):
    row = rows(f"{line}\n这里是正文,说明了很多很多事情,还有许多许多的话要说。")[1]
    assert (row.kind, row.marker, row.number) == ("heading", marker, number)


@pytest.mark.parametrize(
    "text",
    [
        "我们要实事求是,一是一,二是二,不说假话。",  # one is one, two is two: an idiom
        "增长1.5倍,达到2.3亿元。",  # decimals
        "这是第一次会议,也是第二届大会。",  # ordinals
        "一线工人很辛苦。",  # the front line
    ],
)
def test_not_a_list(text):
    assert [kind for kind, _, _ in kinds(text)] == ["paragraph"]


def test_an_article_of_a_statute_is_an_item():
    found = kinds("第一章 总则\n第一条 为了保障权益,制定本法。\n第二条 本法适用于全国。")
    assert [kind for kind, _, _ in found] == ["heading", "item", "item"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a marker is all of its dashes
        ("目标是:\n———经济繁荣。\n———政治清明。", [("paragraph", ""), ("item", "———"), ("item", "———")]),
        # on the one hand, on the other hand: told twice, not counted
        ("有两个任务:一个是独立;一个是富强。", [("paragraph", "")]),
        # first, on a line of its own, belongs to the next one
        (
            "着重以下几点。\n\n第一，\n转变职能。\n\n第二，\n精简机构。",
            [("paragraph", ""), ("item", "第一，"), ("item", "第二，")],
        ),
    ],
)
def test_items_are_told_by_their_markers(text, expected):
    assert [(row.kind, row.marker) for row in rows(text) if not isinstance(row, Leftover) and row.level] == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("各位貴賓、各位伙伴、各位女士、先生：大家好！", "salutation"),  # guests, partners, ladies, gentlemen: good day
        ("大會主席、各位貴賓、各位親愛的父老兄弟姐妹：", "salutation"),  # chairman, guests, brothers and sisters
        ("我們代表大會：", "paragraph"),  # we represent the congress
    ],
)
def test_salutations(line, kind):
    assert kinds(f"{line}\n今天是國慶,我們在這裡慶祝。\n國家進步了,人民高興。")[0][0] == kind


@pytest.mark.parametrize(
    "end",
    [
        "敬祝中華民國國運昌隆！大家健康愉快，謝謝各位！",  # I wish the country prosperity, thank you
        "全國同胞們：讓我們一起努力！",  # compatriots, let us strive
        "讓我們共同努力！\n謝謝大家！",
        "現在，請大家跟我一起高呼：\n台灣民主萬歲！",  # now cheer with me: long live democracy
    ],
)
def test_perorations(end):
    found = kinds(f"各位同胞：\n今天是國慶。\n我們慶祝國家的生日。\n{end}")
    assert found[-1][0] == "closing"
    assert [kind for kind, _, _ in found[:3]] == ["salutation", "paragraph", "paragraph"]


def test_the_conclusion_stands_as_high_as_the_chapters():
    text = f"{HEADINGS.rsplit(chr(10), 2)[0]}\n\n结束语\n\n各位代表!\n\n让我们团结起来,为了明天努力工作。"  # closing words
    assert ("heading", 1, "结束语") in kinds(text)


def test_odd_numbering_is_a_leftover():
    left = [row for row in rows("一、甲方面的工作\n正文。\n三、丙方面的工作\n正文。") if isinstance(row, Leftover)]
    assert [(row.text, row.reason) for row in left] == [("三、", "numbering: 3 where 2 was expected")]


def assert_tiles(text: str) -> None:
    """Rows of level 1 and more cover the text in order, with only blanks between."""
    position = 0
    for row in rows(text):
        if isinstance(row, Leftover) or not row.level:
            continue
        assert text[row.start : row.end] == row.text
        assert not text[position : row.start].strip(BLANKS)
        assert row.start >= position
        position = row.end
    assert not text[position:].strip(BLANKS)


@pytest.mark.parametrize("text", ["", "\n \u3000\n", "一", "一、", "一、\n(一)\n", HEADINGS, "①甲②乙", "a\r\nb\rc", "x" * 99])
def test_tiling(text):
    assert_tiles(text)


def test_tiling_of_the_speeches(testdata):
    for path in sorted((testdata / "speeches").glob("*.txt")):
        assert_tiles(path.read_text(encoding="utf-8-sig"))
