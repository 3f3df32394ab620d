"""Tables: what is written is what is read, and every row is a receipt for its characters."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema, tables
from analysis.measure import frequencies
from analysis.read.lexicons import load
from analysis.read.speech import Speech
from analysis.store import arrow
from analysis.stored import Stored

ROOT = Path(__file__).resolve().parents[1]
# Any text, lone surrogates and formula marks included.
TEXT = st.text(st.one_of(st.characters(), st.sampled_from("=+-@'\t\r\n＝＋－＠\"',;\ud800\udfff")), max_size=12)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_what_is_read(cells):
    rows = [schema.Leftover("s", 0, len(text), text, "figures", reason) for text, reason in cells]
    made = tables.frame("leftovers", rows)
    with tempfile.TemporaryDirectory() as folder:
        with tables.Writer(Path(folder), "csv", ["leftovers"]) as writer:
            writer.add("leftovers", tables.columns_of(made))
        assert tables.read_table(Path(folder) / "leftovers.csv").equals(made)


@pytest.mark.parametrize("table", schema.TABLES)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_an_empty_table_keeps_its_columns_and_types(table, form, tmp_path):
    with tables.Writer(tmp_path, form, [table]):
        pass
    made = tables.read_table(tmp_path / f"{table}.{form}")
    assert made.dtypes.astype(str).to_dict() == schema.dtypes(table)
    assert len(made) == 0


def test_a_table_of_another_version_says_which_column_it_lacks(tmp_path):
    made = tables.frame("leftovers", [schema.Leftover("s", 0, 4, "text", "figures", "")])
    for path, write in ((tmp_path / "leftovers.csv", "to_csv"), (tmp_path / "leftovers.parquet", "to_parquet")):
        getattr(made.drop(columns="reason"), write)(path, index=False)
        with pytest.raises(ValueError, match=f"{path.name} lacks the column reason: .* make the tables again"):
            tables.read_table(path)


def test_a_csv_is_what_a_spreadsheet_expects(tmp_path):
    with tables.Writer(tmp_path, "csv", ["leftovers"]) as writer:
        writer.add("leftovers", tables.columns_of(tables.frame("leftovers", [schema.Leftover("s", 0, 4, "=1+1", "figures", "")])))
    written = (tmp_path / "leftovers.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in written
    assert b'"\'=1+1"' in written


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1)) | st.lists(st.integers(0, 9)), st.lists(st.text(max_size=5)))
@settings(max_examples=60, deadline=None)
def test_a_column_goes_to_parquet_as_arrow_itself_would_take_it(numbers, texts):
    import pyarrow as pa

    for column, kind in ((numbers, pa.int64()), (texts, pa.string()), ([*texts, None], pa.string())):
        made = arrow(column, kind)
        made.validate(full=True)
        assert made.equals(pa.array(column, kind))


def test_found_tables_in_parquet_are_written_without_pandas(tmp_path):
    speeches = ROOT / "data" / "speeches"
    told = ["tables", str(speeches), "--found", "--format", "parquet", "--out", str(tmp_path / "out"), "--quiet"]
    code = f"import sys; from analysis import cli; cli.main({told!r}); print('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
    assert (tmp_path / "out" / "tokens.parquet").exists()


@pytest.mark.parametrize("row_group", [1, 3, 250_000])
def test_a_table_too_large_to_hold_is_read_speech_by_speech(row_group, tmp_path, monkeypatch):
    # The law: each speech has the rows it has in the whole table, also where it has none and where row groups cut it.
    monkeypatch.setattr("analysis.store.ROW_GROUP", row_group)
    left = [schema.Leftover(name, i, i + 1, "x", "figures", "") for name in "ac" for i in range(5)]
    speeches = [schema.SpeechRow(name, "", "", "", "", 0, 5, 0, 0, 0, 0, 0, "") for name in "abcd"]
    told = {"leftovers": tables.frame("leftovers", left), "speeches": tables.frame("speeches", speeches)}
    with tables.Writer(tmp_path, "parquet", list(told)) as writer:
        for table, made in told.items():
            for start in range(len(made)):
                writer.add(table, tables.columns_of(made[start : start + 1]))
    stored = tables.Tables(Stored(tmp_path))
    found = {speech: rows["leftovers"] for speech, rows in stored.each_speech("leftovers")}
    assert list(found) == list("abcd")
    for speech, rows in found.items():
        whole = told["leftovers"]
        assert rows.reset_index(drop=True).equals(whole[whole["speech"] == speech].reset_index(drop=True))
    assert not stored.frames.in_memory("leftovers")


def test_long_texts_do_not_wait_in_memory_for_many_rows(tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    monkeypatch.setattr("analysis.store.GROUP_BYTES", 10_000)
    with tables.Writer(tmp_path, "parquet", ["leftovers"]) as writer:
        for number in range(10):
            row = schema.Leftover("s", number, number + 1, "x" * 4_000, "figures", "")
            writer.add("leftovers", tables.columns_of(tables.frame("leftovers", [row])))
    assert pq.ParquetFile(tmp_path / "leftovers.parquet").num_row_groups == 4


def test_words_by_number_are_text_to_whoever_reads_them(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [schema.Token("s", 1, place, place + 1, "工", key, "n") for place, key in enumerate("工會工")]  # work, meeting
    with tables.Writer(tmp_path, "parquet", ["tokens"]) as writer:
        for row in rows:  # each part with words of its own
            writer.add("tokens", tables.columns_of(tables.frame("tokens", [row])))
    assert tables.read_table(tmp_path / "tokens.parquet").equals(tables.frame("tokens", rows))
    assert pq.read_schema(tmp_path / "tokens.parquet").field("key").type == pa.string()


def test_what_is_counted_does_not_depend_on_the_form(shipped, tmp_path):
    with tables.Writer(tmp_path, "parquet", list(schema.FOUND)) as writer:
        for table in schema.FOUND:
            writer.add(table, tables.columns_of(shipped[table]))
    assert frequencies.measure(tables.load(tmp_path, shipped.settings)).equals(frequencies.measure(shipped))


def test_side_by_side_a_speech_gives_what_it_gives_alone():
    text = (ROOT / "data" / "speeches" / "union-meetings.txt").read_text(encoding="utf-8")
    # Paragraphs as speeches begin and end with names, numbers and marks; odd ones stand between them, and after them
    # pieces that would be names, titles and numbers if they were one text.
    odd = ["", "\0\0", "\ud800等", "省長王建明", "王建明省長", "1", "第", "、", "\u200b\n", "中國", "十三五"]
    pieces = [
        "省長",
        "王建明",
        "王建",
        "明省長",
        "北",
        "京市",
        "李明、王",
        "芳等同志",
        "第",
        "3",
        "條",
        "2025年",
        "3月",
        "総",
        "工會",
        "月了普林西普",
        "會議",
    ]
    texts = [piece for pair in zip(text.split("\n"), odd * 99, strict=False) for piece in pair] + pieces
    speeches = [Speech(f"s{number}", "f.txt", "", piece) for number, piece in enumerate(texts)]
    lexicons = load()
    assert list(tables.find_speeches([], lexicons)) == []
    assert len(list(tables.find_speeches([Speech("s", "f.txt", "", "工會" * tables.SIDE_BY_SIDE)], lexicons))) == 1
    for speech, made in zip(speeches, tables.find_speeches(speeches, lexicons), strict=True):
        for table, alone in tables.find_speech(speech, lexicons).items():
            told = {name: list(column) for name, column in made[table].items()}
            assert told == {name: list(column) for name, column in alone.items()}, (speech.text, table)


@pytest.fixture(scope="module")
def shipped():
    return tables.load(ROOT / "data" / "tables")


@pytest.mark.parametrize("table", [t for t in schema.TABLES if {"speech", "start", "end", "text"} <= set(schema.columns(t))])
def test_every_shipped_row_is_a_receipt(shipped, table):
    for row in shipped[table].itertuples():
        assert shipped.texts[row.speech][row.start : row.end] == row.text


def test_every_shipped_passage_is_a_receipt_on_both_sides(shipped):
    for row in shipped.reuse.itertuples():
        assert shipped.texts[row.speech_a][row.start_a : row.end_a] == row.text_a
        assert shipped.texts[row.speech_b][row.start_b : row.end_b] == row.text_b
    for row in shipped.claims.itertuples():
        assert shipped.texts[row.speech][row.other_start : row.other_end] == row.other_text


def test_the_shipped_speeches(shipped):
    assert shipped.speeches["speech"].tolist() == ["union-meetings-1", "union-meetings-2", "union-meetings-3"]
    top = shipped.outline[(shipped.outline["kind"] == "heading") & (shipped.outline["level"] == 1)]
    assert top.groupby("speech").size().tolist() == [5, 4, 3]
    # 工會 (trade union): as plain text, and as words of their own
    union = shipped.frequencies[shipped.frequencies["key"] == "工会"]
    assert union["n_text"].tolist() == [37, 29, 120]
    assert (union["n_own"] < union["n_text"]).all()
    # 基層 (grass roots), of its own in 深入基層
    roots = shipped.frequencies[(shipped.frequencies["key"] == "基层") & (shipped.frequencies["speech"] == "union-meetings-1")]
    assert roots["n"].item() >= 1


def test_counts_are_ordered(shipped):
    frequencies = shipped.frequencies
    assert (frequencies["n_own"] <= frequencies["n"]).all()
    assert (frequencies["n"] <= frequencies["n_text"]).all()


def test_a_row_that_is_no_receipt_is_refused():
    speech = Speech("s", "s.txt", "", "工會")  # trade union
    with pytest.raises(ValueError, match="characters 0-1"):
        tables._check("names", {"start": [0], "end": [1], "text": ["會"]}, speech)
