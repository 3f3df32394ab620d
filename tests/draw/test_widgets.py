"""Widgets on a live page, plain HTML elsewhere; an uploaded file lands where a dropped one would, and never on another."""

import re
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis import notebooks
from analysis import tables as tables_module
from analysis.draw import widgets
from analysis.measure import frequencies
from analysis.read.settings import Settings
from analysis.read.speech import Speech

TEXT = "工會維護職工的權益。職工參加工會。"  # The union protects the rights of workers. Workers join the union.


@pytest.fixture(scope="module")
def tables():
    found = tables_module.found([Speech("a", "a.txt", "A", TEXT, label="A")], settings=Settings(resamples=20))
    return found.with_frames(frequencies=frequencies.measure(found))


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder with one speech, and tables whose settings point there."""
    monkeypatch.setattr(widgets, "PROJECT", tmp_path)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")  # where a notebook runs
    speeches = tmp_path / "data" / "speeches"
    speeches.mkdir(parents=True)
    (speeches / "old.txt").write_text("舊的講話。", encoding="utf-8")  # an old speech
    return SimpleNamespace(folder=speeches, tables=SimpleNamespace(settings=Settings(speeches=(speeches,))))


def save(project, *files, folder="data/speeches", overwrite=False):
    return widgets.save_files(project.tables, folder, files, overwrite=overwrite)


def test_a_page_without_widgets_gets_the_table(tables):
    bundle = widgets.explorer(tables, "工會")._repr_mimebundle_()
    assert widgets.VIEW in bundle
    assert "<table" in bundle["text/html"]
    assert "工會" in bundle["text/plain"]


def test_without_ipywidgets_the_table_stands_alone(tables, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    assert set(widgets.explorer(tables, "工會")._repr_mimebundle_()) == {"text/html", "text/plain"}
    assert set(widgets.upload(tables)._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_a_kept_notebook_is_the_same_every_time(tables):
    def kept() -> str:
        outputs = [
            new_output("display_data", panel._repr_mimebundle_())
            for panel in (widgets.explorer(tables, "工會"), widgets.upload(tables))
        ]
        return notebooks.as_text(new_notebook(cells=[new_code_cell("draw.explorer(tables)", id="x", outputs=outputs)]))

    first = kept()
    assert first == kept()
    assert "model_id" not in first
    assert "text/html" in first
    nbformat.validate(nbformat.reads(first, as_version=4))


def test_the_answer_follows_the_word(tables):
    field, shown = widgets.explorer(tables, "工會").controls().children
    field.value = "权益"  # rights, in Simplified
    assert ">權益</span>" in shown.value
    field.value = "太空"  # outer space
    assert "stands in none" in shown.value


def test_a_new_file_is_written_as_it_is_and_read(project):
    told = save(project, ("2016 講話 (一).TXT", "工會服務職工。".encode()))
    assert (project.folder / "2016-講話-(一).txt").read_bytes() == "工會服務職工。".encode()
    assert "1 speech(es), 7 characters" in told
    assert "Run All Cells" in told


def test_an_existing_file_is_not_overwritten(project):
    old = (project.folder / "old.txt").read_bytes()
    told = save(project, ("old.txt", b"other"))
    assert (project.folder / "old.txt").read_bytes() == old
    assert "nothing was written" in told
    assert "Run All Cells" not in told
    assert "already" in save(project, ("old.txt", old))
    save(project, ("old.txt", b"other"), overwrite=True)
    assert (project.folder / "old.txt").read_bytes() == b"other"


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.txt",
        "C:\\Windows\\evil.txt",
        "/etc/evil.txt",
        ".hidden.txt",
        "con.txt",
        "a\nb.txt",
        "<b>.txt",
        "..txt",
        "x" * 300 + ".txt",
    ],
)
def test_a_file_name_leads_nowhere_else(project, name):
    told = save(project, (name, "講話。".encode()))  # a speech
    written = [path for path in project.folder.parents[1].rglob("*") if path.is_file() and path.name != "old.txt"]
    assert [path.parent for path in written] == [project.folder] * len(written)
    assert all(re.fullmatch(r"[\w.()-]+", path.name) and not path.name.startswith(".") for path in written)
    assert written or "not a kind of file" in told
    assert "<b>" not in told


@pytest.mark.parametrize("name", ["page.exe", "table.xlsx", "speech", "speech.txt.exe"])
def test_other_kinds_of_files_are_refused(project, name):
    told = save(project, (name, b"x"))
    assert "not a kind of file" in told
    assert [path.name for path in project.folder.iterdir()] == ["old.txt"]


@pytest.mark.parametrize(
    "folder",
    ["", "..", "src", "/etc", "data", "data/lexicons", "data/tables", "data/../src", "data/.git", "data/speeches/old.txt"],
)
def test_other_folders_are_refused(project, folder):
    before = sorted(project.folder.parents[1].rglob("*"))
    assert "nothing was written" in save(project, ("new.txt", b"x"), folder=folder)
    assert sorted(project.folder.parents[1].rglob("*")) == before


def test_a_folder_of_its_own(project):
    told = save(project, ("new.txt", "講話。".encode()), folder="data/mine")
    assert (project.folder.parent / "mine" / "new.txt").exists()
    assert "speeches = &#x27;../data/mine&#x27;, out = None" in told


def test_the_folder_that_is_read_is_the_one_offered(project):
    mine = project.folder.parents[1] / "runs" / "of 2016"
    mine.mkdir(parents=True)
    asked = SimpleNamespace(settings=Settings(speeches=(mine / "one.txt", mine)))
    assert "runs/of 2016" in widgets.upload(asked).text
    assert widgets.upload(asked).controls().children[0].children[1].value == "runs/of 2016"
    told = widgets.save_files(asked, "runs/of 2016", [("new.txt", "講話。".encode())])  # a speech
    assert (mine / "new.txt").exists()
    assert "Run All Cells" in told
    assert "speeches =" not in told


def test_beside_a_single_file_the_page_says_what_to_write(project):
    elsewhere = project.folder.parents[1] / "desk"
    elsewhere.mkdir()
    (elsewhere / "mine.docx").touch()
    asked = SimpleNamespace(settings=Settings(speeches=(elsewhere / "mine.docx",)))
    assert "single files" in widgets.upload(asked).text
    told = widgets.save_files(asked, "desk", [("new.txt", "講話。".encode())])  # a speech
    assert (elsewhere / "new.txt").exists()
    assert "speeches = [&#x27;../desk/mine.docx&#x27;, &#x27;../desk/new.txt&#x27;]" in told


def test_a_folder_that_cannot_be_written_is_told(project, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(widgets, "replaced", full)
    assert "No space left on device" in save(project, ("new.txt", b"x"))


def test_an_unreadable_file_says_so_at_once(project):
    told = save(project, ("new.docx", b"PK\x03\x04 not a Word file"))
    assert "cannot be read" in told


def test_the_button_writes(project):
    row, replace, shown = widgets.upload(project.tables).controls().children
    button, folder = row.children
    assert folder.value == "data/speeches"
    chosen = {
        "name": "new.txt",
        "type": "text/plain",
        "size": 9,
        "content": memoryview("講話。".encode()),
        "last_modified": datetime.now(UTC),
    }
    button.set_trait("value", (chosen,))
    assert (project.folder / "new.txt").exists()
    assert "Run All Cells" in shown.value
    assert button.value == ()
    assert replace.value is False
