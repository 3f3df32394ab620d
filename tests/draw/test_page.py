"""The page and the reports: complete, offline, and deaf to what a speech may try."""

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis import draw
from analysis.draw.export import bundles_in, export
from analysis.draw.page import page, write_page
from analysis.draw.report import write_docx
from analysis.draw.workbook import write_xlsx
from analysis.tables import Tables, frame

NASTY = "</script><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


@pytest.fixture
def tables(made: Callable[..., Tables], tmp_path: Path) -> Tables:
    """Tables with one chart, and text that would run if it were not escaped."""
    plain = made(words=4, preset="column")
    texts = {s: text + NASTY for s, text in plain.texts.items()}
    labels = plain.speeches.assign(label=[NASTY + s for s in plain.speeches["speech"]], title=NASTY)
    sentences = plain.sentences.assign(text=NASTY)
    nasty = replace(plain.with_frames(speeches=labels, sentences=sentences), texts=texts, charts=tmp_path)
    export(draw.frequency_bars(nasty), tmp_path)
    return nasty


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_text_of_a_speech_never_becomes_markup(tables: Tables) -> None:
    found = Elements(page(tables, tables.charts)).found
    assert [tag for tag, _ in found].count("script") == 2  # the data and the page's own
    assert not any(name.startswith("on") for _, attributes in found for name in attributes)
    assert all(a["src"].startswith("frequency-bars-") for tag, a in found if tag == "img")


def test_the_data_of_the_page_are_whole(tables: Tables) -> None:
    text = page(tables, tables.charts)
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)[1])
    assert data["sentences"][0][3] == NASTY
    assert [s["speech"] for s in data["speeches"]] == tables.speeches["speech"].tolist()


def test_nothing_comes_from_the_network(tables: Tables) -> None:
    found = Elements(page(tables, tables.charts)).found
    links = [value for _, a in found for name, value in a.items() if name in ("src", "href")]
    assert links
    assert not any(re.match(r"[a-z]+:|//", link) for link in links)
    assert any("default-src 'none'" in (a.get("content") or "") for _, a in found)


def test_the_page_of_the_folder_above_finds_the_charts(tables: Tables) -> None:
    found = Elements(page(tables, tables.charts.parent)).found
    pictures = [a["src"] for tag, a in found if tag == "img"]
    assert pictures
    assert all((tables.charts.parent / source).exists() for source in pictures)


def test_each_bar_leads_to_its_sentences(tables: Tables) -> None:
    found = Elements(page(tables, tables.charts)).found
    finds = [json.loads(a["data-find"]) for _, a in found if "data-find" in a]
    words = len(draw.frequency_bars(tables).data)
    assert len(finds) == 2 * words  # an area and a row of the table for each
    assert all(find["speeches"] == ["speech-1"] and find["key"] for find in finds)


def test_a_picture_has_alt_text_and_a_table(tables: Tables) -> None:
    text = page(tables, tables.charts)
    assert all(a.get("alt") for tag, a in Elements(text).found if tag == "img")
    assert "<table>" in text
    for snippet in ("\\includegraphics", "![", "&lt;figure&gt;"):
        assert snippet in text


def test_a_page_without_charts_says_so(made: Callable[..., Tables], tmp_path: Path) -> None:
    path = write_page(made(language="zh-Hans"), tmp_path)
    assert "还没有图" in path.read_text(encoding="utf-8")  # "there are no charts yet"


def test_same_tables_same_bytes(tables: Tables) -> None:
    for write in (write_page, write_docx, write_xlsx):
        first = write(tables, tables.charts).read_bytes()
        assert write(tables, tables.charts).read_bytes() == first


def test_the_word_report_has_numbered_captions_and_alt_text(tables: Tables) -> None:
    document = word_text(tables)
    assert "SEQ Figure" in document
    assert "SEQ Table" in document
    assert re.search(r'<wp:docPr [^>]*descr="Bar chart: ', document)


def test_the_state_of_the_texts_is_told_as_it_is(tables: Tables) -> None:
    conversion, blanks = "converted from Simplified Chinese by machine", "had been taken out"
    told = word_text(tables)
    assert conversion not in told
    assert blanks not in told
    row = ("speech-1", 0, 1, "乾", "幹", "made up")  # 乾 ("dry") for 幹 ("do")
    artefacts = frame("artefacts", {name: [cell] for name, cell in zip(tables.artefacts, row, strict=True)})
    told = word_text(tables.with_frames(artefacts=artefacts, speeches=tables.speeches.assign(n_redacted=2)))
    assert f"1 places show that a text was {conversion}" in told
    assert "6 names or numbers" in told


def word_text(tables: Tables) -> str:
    with zipfile.ZipFile(write_docx(tables, tables.charts)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def test_the_workbook_has_a_sheet_per_table_and_no_formulas(tables: Tables) -> None:
    from openpyxl import load_workbook

    from analysis import schema

    nasty = tables.with_frames(speeches=tables.speeches.assign(title="=HYPERLINK(1)", label="+1"))
    book = load_workbook(write_xlsx(nasty, tables.charts))
    assert book.sheetnames[1:] == list(schema.TABLES)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    title = next(cell for cell in cells if cell.value == "=HYPERLINK(1)")
    assert title.quotePrefix
    assert [cell.value for cell in book["frequencies"][1]][:3] == ["speech", "key (Simplified)", "text"]


def test_a_long_table_is_cut_to_an_equal_part_of_each_speech_and_says_so(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    from analysis.draw import workbook

    assert len(workbook.part("frequencies", tables.frequencies)) == len(tables.frequencies)
    monkeypatch.setattr(workbook, "MOST_ROWS", 6)
    words, keys = (workbook.part(name, tables[name]) for name in ("frequencies", "keywords"))
    assert words.groupby("speech").size().tolist() == keys.groupby("speech").size().tolist() == [2, 2, 2]
    assert keys["rank"].tolist() == [1, 4] * 3  # from both ends: used more and used less
    sheet = load_workbook(write_xlsx(tables, tables.charts))["frequencies"]
    assert sheet.max_row == 1 + 6 + 2
    assert "6 of 12 rows" in sheet.cell(sheet.max_row, 1).value


def test_a_sheet_is_as_wide_as_the_page_and_styles_no_empty_row(tables: Tables) -> None:
    from openpyxl import load_workbook

    for sheet in load_workbook(write_xlsx(tables, tables.charts)):
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.max_row < 1000
        assert all(7 <= column.width <= 112 for column in sheet.column_dimensions.values())


def test_charts_stand_in_an_order_to_read(tmp_path: Path) -> None:
    for name in ("word-cloud-a", "mine", "keyness-a", "comparison-dots"):
        tmp_path.joinpath(f"{name}.json").touch()
    assert [path.stem for path in bundles_in(tmp_path)] == ["comparison-dots", "keyness-a", "word-cloud-a", "mine"]
