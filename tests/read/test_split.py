"""One file → its speeches. Every case is a whole small file."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.read.lexicons import PROJECT
from analysis.read.split import split

BODY = "同志們:\n\n今天召開工會會議,總結工作。謝謝大家!\n"  # Comrades: today we hold a union meeting and sum up. Thank you!
PLAIN = "今年的工作進展順利,成績很大。\n"  # This year's work went well.


def titles(text):
    return [part.title for part in split(text).parts]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("(一) behind a title", f"講話(一):\n{BODY}\n講話(二):\n{BODY}", ["講話(一)", "講話(二)"]),
        ("digits, full-width brackets", f"工会讲话（1）\n{PLAIN}工会讲话（2）\n{PLAIN}", ["工会讲话（1）", "工会讲话（2）"]),
        ("篇一 (piece one)", f"篇一:在工会会议上\n{PLAIN}\n篇二:在年会上\n{PLAIN}", ["篇一:在工会会议上", "篇二:在年会上"]),
        ("篇一 behind", f"工会讲话篇一\n{PLAIN}工会讲话篇二\n{PLAIN}工会讲话篇三\n{PLAIN}", [f"工会讲话篇{n}" for n in "一二三"]),
        ("【篇一】", f"【篇一】\n{PLAIN}【篇二】\n{PLAIN}", ["篇一", "篇二"]),
        ("第一篇 (first piece)", f"第一篇\n{PLAIN}第二篇\n{PLAIN}", ["第一篇", "第二篇"]),
        ("numbered titles", f"1、在工會上的講話\n{BODY}2、在年會上的致辭\n{BODY}", ["1、在工會上的講話", "2、在年會上的致辭"]),
        ("number without brackets", f"工会讲话1\n{PLAIN}工会讲话2\n{PLAIN}", ["工会讲话1", "工会讲话2"]),
        ("the same title again", f"工會講話稿\n{BODY}\n工會講話稿\n{BODY}", ["工會講話稿", "工會講話稿"]),
        ("a rule of ===", f"工會講話\n{PLAIN}\n======\n年會致辭\n{PLAIN}", ["工會講話", "年會致辭"]),
        ("a rule of === and nothing else", f"{PLAIN}\n=====\n{PLAIN}", ["", ""]),
        (
            "numbered talks at meetings",
            f"1.在工会上的讲话\n{PLAIN}2.在年会上的讲话\n{PLAIN}",
            ["1.在工会上的讲话", "2.在年会上的讲话"],
        ),
        ("a rule of ---, no titles", f"{BODY}\n---\n{BODY}", ["", ""]),
        ("Markdown titles", f"# 工會講話(一)\n\n{BODY}\n# 工會講話(二)\n\n{BODY}", ["工會講話(一)", "工會講話(二)"]),
        (
            "different titles, each with a salutation",
            f"在工會上的講話\n{BODY}\n在年會上的致辭\n{BODY}",
            ["在工會上的講話", "在年會上的致辭"],
        ),
        ("a table of contents before", f"講話(一)\n講話(二)\n\n講話(一)\n{PLAIN}講話(二)\n{PLAIN}", ["講話(一)", "講話(二)"]),
    ],
)
def test_collections_come_apart(name, text, expected):
    assert titles(text) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("numbered headings", f"工會講話\n一、工作報告\n{PLAIN}二、財務報告\n{PLAIN}三、打算\n{PLAIN}"),
        ("headings in brackets", f"工會講話\n（一）\n{PLAIN}（二）\n{PLAIN}"),
        ("headings that end in a number", f"工會講話\n主要成績（一）\n{PLAIN}主要成績（二）\n{PLAIN}"),
        ("chapters", f"第一章 總則\n{PLAIN}第二章 分則\n{PLAIN}"),
        ("parts of a plan", f"第一篇 工作報告\n第一章 總則\n{PLAIN}第二篇 財務報告\n第二章\n{PLAIN}"),
        ("a rule between sections", f"工會講話\n{PLAIN}\n---\n\n一、任務\n{PLAIN}"),
        ("a double rule before a heading", f"工會講話\n{PLAIN}\n=====\n\n二、任務\n{PLAIN}"),
        ("a list of talks", "工作報告\n同志們:\n1.在工會上的講話\n2.在年會上的講話\n以上都發表了。\n"),
        ("an underlined title", f"工會講話\n=====\n\n{PLAIN}"),
        ("the page's title, then the title", f"工會講話\n來源:日報\n工會講話\n{BODY}"),
        ("a running head", "工會講話\n今年的工作\n工會講話\n進展順利,成績很大。\n"),
        ("no line end", "工會會議圓滿成功"),
        ("nothing", ""),
    ],
)
def test_one_speech_stays_one_and_whole(name, text):
    parts, outside = split(text)
    assert [(part.start, part.end) for part in parts] == [(0, len(text))]
    assert outside == ()


def test_the_shipped_file_holds_three_speeches():
    text = (PROJECT / "data/speeches/union-meetings.txt").read_bytes().decode("utf-8")
    parts, outside = split(text)
    assert [part.title for part in parts] == [f"在工會會議上的講話({n})" for n in "一二三"]
    assert [text[part.start :][:3] for part in parts] == ["同志們", "各位委", "各位委"]
    assert [text[span.start : span.end][:9] for span in outside] == ["在工會會議上的講話"]


@pytest.mark.parametrize(
    "tail", ["更多工會講話請看:\n年會致辭\n", "本文來源:網絡\n", "相关阅读：\n讲话一\n讲话二\n", "Public domain\nfalse\n"]
)
def test_what_the_web_adds_stays_outside(tail):
    text = f"導言在此。\n講話(一)\n{PLAIN}{tail}講話(二)\n{PLAIN}{tail}"
    parts, outside = split(text)
    assert [text[part.start : part.end].strip() for part in parts] == [PLAIN.strip()] * 2
    assert [text[start:end] for start, end in outside] == ["導言在此。", tail.strip(), tail.strip()]


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("下载\n打印\n全屏\n收藏\n", ""),  # download, print, full screen, bookmark
        ("您的位置:\n首页\n>\n要闻\n", "主办单位:县总工会\n备案号:123\n"),  # you are here: home > news; host, number
        ("", "本作品来自1949年以后的文件。根据《参考》\n所以属于\n公有领域\n。\n"),  # a licence box
        ("", "分類:總統演講\n取自「https://example.org」\n"),  # categories, retrieved from
    ],
)
def test_what_a_page_puts_around_a_speech_stays_outside(head, tail):
    parts, outside = split(f"{head}工會講話\n{PLAIN}{tail}")
    assert [(f"{head}工會講話\n{PLAIN}{tail}")[part.start : part.end].strip() for part in parts] == [f"工會講話\n{PLAIN}".strip()]
    assert len(outside) == bool(head) + bool(tail)


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("政府工作报\n告\n\n——2021年3月5日\n", "政府工作报告"),  # government work report
        ("在慶祝大會上的\n講話\n", "在慶祝大會上的講話"),  # talk at the meeting of celebration
        ("在慶祝大會上\n的講話\n", "在慶祝大會上的講話"),
        ("政 府 工 作 報 告\n", "政府工作報告"),
        ("2024 年 工 作 報\n告\n", "2024年工作報告"),
        ("市府要聞\n政府工作報告\n", "政府工作報告"),  # news of the city
        ("工會工作報告\n一\n", "工會工作報告"),
        ("工會\n", "工會"),
        ("會議聽取了總理所作的\n政府工作報告\n。會議同意。\n", ""),  # the meeting heard the work report given by the premier
        ("大會關於報告的決議\n會議聽取了總理所作的\n工作報告\n。會議同意。\n", "大會關於報告的決議"),  # resolution on the report
    ],
)
def test_a_title_broken_over_lines_or_spaced_out_is_whole(top, title):
    assert split(f"{top}\n{PLAIN}").parts[0].title == title


def test_a_single_short_line_on_top_is_no_button():
    text = f"大\n工會講話\n{PLAIN}"  # big
    assert split(text).parts[0].start == 0


LINES = st.sampled_from(
    [
        "講話(一)",
        "講話(二)",
        "篇一",
        "篇二",
        "===",
        "",
        "　　",
        BODY,
        PLAIN,
        "一、任務",
        "更多講話",
        "同志們:",
        "a\x85b\u2028c",
        "\r",
    ]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_character_is_lost(lines, end_of_line):
    text = end_of_line.join(lines)
    parts, outside = split(text)
    spans = sorted([(start, end) for _, start, end in parts] + [tuple(span) for span in outside])
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    rest = "".join(text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True))
    known = {line.strip() for part in parts for line in (part.title, part.title + ":")} | {"===", ""}
    assert {line.strip() for line in rest.splitlines()} <= known


def test_every_file_of_the_test_data_is_one_speech(testdata):
    several = [p.name for p in (testdata / "speeches").glob("*.txt") if len(split(p.read_text(encoding="utf-8")).parts) != 1]
    assert several == []


def test_a_trail_of_a_page_has_no_sentence():
    # The second line is a greeting, though an arrow stands above it.
    assert split(">\n女士們、先生們！\n歡迎大家。\n").parts[0].start == 0
    assert split("首頁\n>\n新聞\n>\n工會會議\n同志們！\n辛苦了。\n").outside == ((0, 14),)
