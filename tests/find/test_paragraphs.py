"""Paragraphs: a line break inside a sentence does not end one, and whatever may be a line of its own stays one."""

import pytest

from analysis.find.paragraphs import paragraphs


def lines(text: str) -> list[str]:
    starts, ends, *_ = paragraphs(text, ((0, len(text)),))
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "听取和审议了总理所作的\n政府工作报告\n。会议充分肯定工作。",  # a link, then a full stop on the next line
        "根据《\n中华人民共和国宪法\n》第五条开会。",  # a link between brackets
        "这是我们坚持的路线。这是\n五项原则\n的主要依据。",  # running text that stops short
        "毛主席说:“\n要团结,不要分裂。\n”我们照办。",  # a quotation on lines of its own
        "第二、\n采取坚决有力的措施。",  # a number that waits for its text
        "（\n三）改革开放持续深化。",  # a bracket cut open
        "我们要进一步解放思想,实事求是,团结一致,发扬民主,健全法制,繁荣经济,\n为实现四个现代化而奋斗。",  # a comma in a long line
        "\u3000\u3000社会财产没\n有遭到损坏。",  # an indented paragraph goes on without indent
        "所有的人都说好,谁也没有说过不好的话,大家高兴得很呢。社会财产没\n\n有遭到损坏,社会秩序没有混乱,生产没有下降。大家很高兴。",  # a page break in a sentence
    ],
)
def test_a_break_inside_a_sentence_is_none(text):
    assert lines(text) == [text.strip("\u3000")]


@pytest.mark.parametrize(
    "text",
    [
        "一、去年工作回顾\n成绩很大。",  # a heading and its paragraph
        "关于外交工作\n一年来,我们取得成绩。",  # a heading without number
        "过去的一年。全国欢欣鼓舞\n一、去年工作",  # a full stop was forgotten before a heading
        "政府工作报告\n二〇〇四年三月五日\n国务院总理",  # title, date, speaker
        "雄关漫道真如铁,\n而今迈步从头越。",  # two lines of a poem
        "女士们,\n先生们:",  # a salutation on two lines
        "一要团结,\n二要奋斗,\n三要前进。",  # a list
        "本报记者摄。张三\n各位代表:",  # a caption, then the salutation
        "他说得好。\n”的确如此。",  # a closing mark that closes nothing
        "成绩很大。\n\u3000\u3000我们高兴",  # an indented line
        "出席会议\n的确很多。",  # 的确 (indeed) begins a sentence
        "│科员│二 │\n│課長│一 │",  # rows of a table
        "……任务完成。（见《文集》第三卷）\n我们继续努力。",  # a source in brackets behind the end
    ],
)
def test_lines_of_their_own_stay(text):
    assert lines(text) == [line.strip("\u3000") for line in text.split("\n")]


def test_text_cut_at_one_width_is_one_paragraph():
    text = "工會是職工自願結合的組織" * 12 + "。"  # the union is an organisation joined freely
    wrapped = "\r\n".join(text[start : start + 35] for start in range(0, len(text), 35))
    assert lines(wrapped) == [wrapped]


def test_linear_in_open_lines():
    assert len(lines("工会（\n" * 50_000)) == 1
