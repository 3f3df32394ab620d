"""Laws that hold for the whole way from a text to its tables, on the shipped speeches."""

from pathlib import Path

import opencc
import pytest

from analysis import schema, tables
from analysis.measure import claims, frequencies, keywords, reuse
from analysis.read import intake
from analysis.read.script import shadow
from analysis.read.settings import Settings
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


# --- what another speech changes --------------------------------------------------------------------------------------


def measured(speeches):
    """Every table but the intake, found and measured."""
    found = tables.found(speeches, settings=Settings(resamples=50))
    found = found.with_frames(frequencies=frequencies.measure(found), keywords=keywords.measure(found))
    return found.with_frames(reuse=reuse.measure(found), claims=claims.measure(found))


@pytest.fixture(scope="module")
def three(speeches):
    return measured(speeches)


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0)])
def test_the_order_of_the_speeches_changes_no_row(speeches, three, order):
    turned = measured([speeches[place] for place in order])
    for table in set(schema.TABLES) - {"intake"}:
        # The smaller id of two speeches stands first in a pair, so the rows are the same as they stand.
        assert rows(three[table]) == rows(turned[table]), table


def test_one_speech_more_changes_only_comparisons_with_all(speeches, three):
    two = measured(speeches[:2])
    ids = set(two.speeches["speech"])
    for table in set(schema.TABLES) - {"intake", "keywords", "reuse"}:
        kept = three[table][three[table]["speech"].isin(ids)]
        assert rows(two[table]) == rows(kept), table
    both = three["reuse"][three["reuse"]["speech_a"].isin(ids) & three["reuse"]["speech_b"].isin(ids)]
    assert rows(two["reuse"]) == rows(both)
    words = three["keywords"][three["keywords"]["speech"].isin(ids)]
    # `rest` is another one. A word that a speech lacks is written as the speech does that uses it most.
    pairs = [found[found["reference"].isin(ids)].drop(columns="text") for found in (two["keywords"], words)]
    assert rows(pairs[0]) == rows(pairs[1])
    # Against general Chinese, words listed as lacking come in between and move the ranks.
    general = [found[(found["reference"] == "general") & (found["n"] > 0)] for found in (two["keywords"], words)]
    assert rows(general[0].drop(columns="rank")) == rows(general[1].drop(columns="rank"))


def rows(frame):
    """The rows of a table as a sorted list; an empty cell is an empty string."""
    return sorted(map(tuple, frame.astype("object").where(frame.notna(), "").to_numpy().tolist()), key=repr)
