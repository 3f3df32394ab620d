"""Front matter is told from speech, stays outside it and may name it."""

import pytest

from analysis.read.frontmatter import front_matter
from analysis.read.intake import read
from analysis.read.split import split

BODY = "同志们:\n今天召开工会会议,总结工作。\n"  # Comrades: today we hold a union meeting and sum up the work.
YAML = "---\ntitle: 工会讲话\ntags:\n  - 工会\n- 会议\n\n# 草稿\n---\n"  # union talk; tags: union, meeting; draft


@pytest.mark.parametrize(
    ("front", "title"),
    [
        (YAML, "工会讲话"),
        ("---\r\nTitle: '工会讲话'\r\n...\r\n", "工会讲话"),
        ("---\n标题: 工会讲话 # 草稿\n---\n", "工会讲话"),  # title: union talk # draft
        ('+++\ntitle = "工会讲话"\n[extra]\ndraft = true\n+++\n', "工会讲话"),
        ("---\ntitle: >-\n  工会讲话\n---\n", ""),  # not plain
        ("---\ntitle: '工会''讲话'\n---\n", ""),
        ("---\ndate: 2016-01-18\n---\n", ""),
    ],
)
def test_front_matter_ends_where_the_speech_begins(front, title):
    assert front_matter(front + BODY) == (len(front), title)
    (part,), (outside,) = split(front + BODY)
    assert (front + BODY)[part.start : part.end] == BODY
    assert outside == (0, len(front.rstrip()))
    assert part.title == title


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "---\n" + BODY + "---\n" + BODY,  # a rule over a speech
        "---\n各位代表:\n---\n" + BODY,  # delegates
        "---\ntitle: 工会讲话\n---\n",  # nothing else in it
        "---\ntitle: 工会讲话\n" + BODY,  # no end
        "--- \n---\n" + BODY,
        BODY + YAML,
    ],
)
def test_a_rule_is_no_front_matter(text):
    assert front_matter(text) is None
    assert split(text).parts[0].start < len(text) / 2


def test_several_speeches_may_follow():
    text = f"{YAML}讲话(一)\n{BODY}讲话(二)\n{BODY}"  # talk 1, talk 2
    parts, outside = split(text)
    assert [text[part.start : part.end] for part in parts] == [BODY.strip()] * 2
    assert outside == ((0, len(YAML.rstrip())),)


def test_intake_names_it(tmp_path):
    (tmp_path / "a.md").write_text(YAML + BODY, encoding="utf-8")
    reading = next(read([tmp_path]))
    assert reading.row.code == "W_OUTSIDE_SPEECH"
    assert "“--- title: 工会讲话" in reading.row.message
    assert [speech.title for speech in reading.speeches] == ["工会讲话"]
