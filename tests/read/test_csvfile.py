"""CSV files as people and Excel save them."""

import logging

import pytest

from analysis.measure.dictionary import read_counts
from analysis.measure.stopwords import stop_words
from analysis.read import lexicons
from analysis.read.csvfile import read_rows, rows_of
from analysis.read.errors import InputError

ROWS = [{"word": "工會", "gloss": "trade union"}, {"word": "職工,民眾", "gloss": ""}]  # union; staff, people


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "big5", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("delimiter", "head"), [(",", ""), (";", ""), ("\t", ""), (";", "sep=;\n")])
def test_what_spreadsheets_write_is_read(codec, end, delimiter, head, tmp_path):
    lines = ["word_gloss", "工會_trade union", '"職工,民眾"_', "_"]
    (tmp_path / "a.csv").write_bytes((head + end.join(line.replace("_", delimiter) for line in lines)).encode(codec))
    assert read_rows(tmp_path / "a.csv") == ROWS


def test_a_guess_is_said(caplog):
    with caplog.at_level(logging.WARNING, "analysis"):
        rows_of("word,gloss\n工會會議,meeting\n".encode("big5"), "words.csv")
    assert "words.csv: W_ENCODING_GUESSED" in caplog.text


@pytest.mark.parametrize("text", ["word,gloss\n工會,a,b\n", 'word,gloss\n"工會,a\n'])
def test_what_is_no_table_is_refused_with_its_line(text):
    with pytest.raises(InputError, match=r"E_TABLE: words.csv .*line 2"):
        rows_of(text.encode(), "words.csv")


@pytest.mark.parametrize("data", [b"Speech,label\na,b\n", b"\xff\xfb\x90" * 90])
def test_what_is_wrong_with_a_table_names_the_file_but_no_folder(data, tmp_path):
    (tmp_path / "catalogue.csv").write_bytes(data)
    with pytest.raises(InputError, match=r"catalogue\.csv") as told:
        read_rows(tmp_path / "catalogue.csv", ["speech"])
    assert tmp_path.name not in str(told.value)
    assert ("no column speech" in str(told.value)) == (data[:1] == b"S")


@pytest.mark.parametrize("codec", ["utf-8-sig", "big5", "gbk", "utf-16"])
def test_own_stop_lists_and_counts_are_read_as_excel_saves_them(codec, tmp_path):
    (tmp_path / "own.csv").write_bytes("word;n\n維護;12\n工會會議;3\n".encode(codec))  # uphold; union meeting
    assert stop_words(lexicons.load(), tmp_path / "own.csv") == {"维护", "工会会议"}
    assert read_counts(tmp_path / "own.csv") == {"维护": 12, "工会会议": 3}
    (tmp_path / "own.csv").write_bytes("word;n\n維護;viele\n".encode())
    with pytest.raises(ValueError, match=r"own\.csv: n of 維護 is 'viele'"):
        read_counts(tmp_path / "own.csv")


def test_an_empty_file_has_no_rows():
    assert rows_of(b"") == rows_of(b"word,gloss\n") == []
