"""Lines that hold something: each stands where it says, and none is missing."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.read.kinds import LINE_ENDS
from analysis.read.lines import Lines, lines_of

TEXTS = st.text(alphabet="工會 \u3000\t\ufeff" + LINE_ENDS, max_size=40)  # union, among blanks and all ends of lines


@given(TEXTS)
def test_each_line_is_told_as_if_one_by_one(text):
    told, start, after_blank = [], 0, True
    for whole in text.splitlines(keepends=True):
        if line := whole.strip():
            told.append((start + whole.index(line[0]), line, after_blank))
        after_blank = not line
        start += len(whole)
    assert list(zip(*lines_of(text), strict=True)) == told


@given(TEXTS)
def test_a_line_is_a_receipt(text):
    lines = lines_of(text)
    assert all(text.startswith(line, start) for start, line in zip(lines.starts, lines.texts, strict=True))


def test_some_lines_and_moved_ones():
    lines = lines_of("工會\n會議\n\n講話")  # union; meeting; speech
    assert lines.some(1, 3) == Lines([3, 7], ["會議", "講話"], [False, True])
    assert lines.moved(10).starts == [10, 13, 17]
