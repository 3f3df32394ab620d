"""Laws that hold for the whole way from a text to its tables, on the shipped speeches."""

from pathlib import Path

import opencc
import pytest

from analysis import schema, tables
from analysis.read import intake
from analysis.read.script import shadow
from analysis.read.speech import BLANKS, Speech

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def speeches() -> list[Speech]:
    (reading,) = intake.read([ROOT / "data" / "speeches" / "union-meetings.txt"])
    return list(reading.speeches)


@pytest.fixture(scope="module")
def traditional(speeches):
    return tables.found(speeches)


@pytest.fixture(scope="module")
def simplified(speeches):
    # tw2s, with 著 put back in the words that keep it (顯著 marked): what `shadow` does, done by the converter itself.
    convert = opencc.OpenCC("tw2s").convert
    texts = {speech.speech: convert(speech.text) for speech in speeches}
    return tables.found([Speech(s.speech, s.file, s.title, texts[s.speech]) for s in speeches])


def test_the_shadow_keeps_the_length(speeches):
    for speech in speeches:
        assert len(speech.shadow) == len(speech.text)
        assert shadow(speech.shadow) == speech.shadow


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("tokens", ["start", "end", "key", "pos"]),
        ("figures", ["start", "end", "kind", "value", "value_high", "bound", "status"]),
        ("themes", ["start", "end", "theme"]),
        ("outline", ["start", "end", "kind", "level", "number", "parent"]),
        ("sentences", ["start", "end"]),
        ("names", ["start", "end", "kind", "name"]),
        ("slogans", ["start", "end", "form", "key"]),
    ],
)
def test_both_scripts_give_the_same_rows(traditional, simplified, table, columns):
    assert traditional[table][columns].equals(simplified[table][columns])


@pytest.mark.parametrize("table", [t for t in schema.FOUND if {"start", "end", "text"} <= set(schema.columns(t))])
def test_every_row_is_a_receipt(traditional, table):
    for row in traditional[table].itertuples():
        assert traditional.texts[row.speech][row.start : row.end] == row.text


def test_tokens_tile_what_is_not_blank(traditional):
    for speech, rows in traditional.tokens.groupby("speech"):
        text, position = traditional.texts[speech], 0
        for row in rows.itertuples():
            assert row.start >= position
            assert not text[position : row.start].strip(BLANKS)
            position = row.end
        assert not text[position:].strip(BLANKS)


HARD_NUMBERS = [  # speech 3: text, value, unit, bound
    ("91.73%", "91.73", "%", "exact"),
    ("4.03萬", "40300", "", "exact"),  # 4.03萬農民工: migrant workers
    ("1.33億元", "133000000", "元", "exact"),  # yuan
    ("4950多萬元", "49500000", "元", "over"),
    ("6.93萬戶", "69300", "戶", "exact"),  # households
    ("約22萬名", "220000", "名", "about"),  # persons
    ("2580多萬元", "25800000", "元", "over"),
    ("5910名", "5910", "名", "exact"),
    ("1220人", "1220", "人", "exact"),
    ("500.91萬元", "5009100", "元", "exact"),
    ("200萬", "2000000", "", "exact"),  # 200萬職工和農民工: workers and migrant workers
    ("三個月", "3", "個月", "exact"),  # months
]


@pytest.mark.parametrize(("text", "value", "unit", "bound"), HARD_NUMBERS)
def test_the_hard_numbers_of_the_third_speech(traditional, text, value, unit, bound):
    rows = traditional.figures[(traditional.figures["speech"] == "union-meetings-3") & (traditional.figures["text"] == text)]
    assert rows[["value", "unit", "bound"]].drop_duplicates().to_numpy().tolist() == [[value, unit, bound]]


def test_what_the_hard_numbers_measure(traditional):
    measures = dict(zip(traditional.figures["text"], traditional.figures["measures"], strict=True))
    assert "農民工入會率" in measures["91.73%"]  # share of migrant workers who joined
    assert "農民工" in measures["4.03萬"]
    assert "困難職工" in measures["約22萬名"]  # workers in hardship
    assert "助學款" in measures["500.91萬元"]  # grants for pupils


@pytest.mark.parametrize(
    "text", ["三嚴三實", "十分", "一路", "一是", "第一書記"]
)  # a slogan, very, all the way, firstly, first secretary
def test_no_number_where_none_is_meant(traditional, text):
    for row in traditional.figures.itertuples():
        assert not row.text.startswith(text[:2]), row


def test_the_introduction_belongs_to_no_speech():
    (reading,) = intake.read([ROOT / "data" / "speeches" / "union-meetings.txt"])
    assert reading.row.code == "W_OUTSIDE_SPEECH"
    assert "0" in reading.row.message
    assert "199" in reading.row.message
