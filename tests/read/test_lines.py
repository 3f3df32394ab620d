"""Lines that hold something: each stands where it says, and none is missing."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.read.kinds import LINE_ENDS
from analysis.read.lines import Lines, line_ends, lines_back, lines_of, lines_with

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


@given(TEXTS, st.integers(0, 40))
def test_lines_from_the_last_up_are_the_same_lines(text, first):
    lines = [(start, line) for start, line, _ in zip(*lines_of(text), strict=True) if start >= first]
    assert list(lines_back(text, first, len(text))) == lines[::-1]


@given(TEXTS)
def test_lines_that_hold_places_are_the_same_lines(text):
    lines = [(start, line) for start, line, _ in zip(*lines_of(text), strict=True)]
    seen = [place for place, character in enumerate(text) if not character.isspace()]
    assert list(lines_with(text, seen)) == lines


def test_line_ends_are_those_of_python():
    assert [place for place, character in enumerate("工" + LINE_ENDS) if character != "工"] == line_ends("工" + LINE_ENDS)
