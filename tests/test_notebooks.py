"""The notebooks, run again from top to bottom on a copy of the project and on other speeches."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MADE = ("data/tables", "notebooks", "figures")
pytestmark = pytest.mark.slow

ONE = "各位代表:\n\n现在,我代表市政府作报告。\n\n一、去年工作\n\n全年新增就业12.5万人,粮食产量增长3.2%。\n\n二、今年任务\n\n一是稳就业;二是保民生。\n"
TWO = "同志們:\n\n今天召開工會會議。各級工會要維護職工權益,幫助困難職工220名,發放助學款3萬元。\n"  # a union meeting


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    command = [sys.executable, "-m", "analysis", *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The project as a user has it after cloning, without its environment."""
    target = tmp_path_factory.mktemp("clone") / "project"
    left_out = shutil.ignore_patterns(".git", ".venv", "runs", "__pycache__", ".*_cache", ".hypothesis", ".ipynb_checkpoints")
    shutil.copytree(ROOT, target, ignore=left_out)
    return target


def test_a_fresh_run_gives_what_is_committed(copy):
    done = run(copy, "run", "--fresh")
    assert done.returncode == 0, done.stderr
    for folder in MADE:
        here, there = contents(ROOT / folder), contents(copy / folder)
        assert sorted(here) == sorted(there)
        assert [name for name in here if here[name] != there[name]] == []


def test_a_second_run_makes_nothing_anew(copy):
    before = {name: path.stat().st_mtime_ns for folder in MADE for name, path in _files(copy / folder)}
    done = run(copy, "run")
    assert done.returncode == 0, done.stderr
    assert {name: path.stat().st_mtime_ns for folder in MADE for name, path in _files(copy / folder)} == before


def _files(folder: Path):
    return [(str(path), path) for path in sorted(folder.rglob("*")) if path.is_file()]


@pytest.mark.parametrize("texts", [[ONE], [ONE, TWO]], ids=["one speech", "two speeches"])
def test_other_speeches_go_elsewhere(copy, tmp_path, texts):
    before = {folder: contents(copy / folder) for folder in MADE}
    speeches = tmp_path / "mine"
    speeches.mkdir()
    for place, text in enumerate(texts):
        (speeches / f"speech{place}.txt").write_text(text, encoding="utf-8")
    done = run(copy, "run", str(speeches), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert {folder: contents(copy / folder) for folder in MADE} == before
    assert (tmp_path / "out" / "index.html").exists()
    notebooks = sorted((tmp_path / "out" / "notebooks").glob("*.ipynb"))
    assert len(notebooks) == 7
    for path in notebooks:
        text = path.read_text(encoding="utf-8")
        assert "speech0" in text or "各位代表" in text
        assert str(copy) not in text
        assert not [o for cell in json.loads(text)["cells"] for o in cell.get("outputs", []) if o["output_type"] == "error"]


def test_parameters_work_as_papermill_sets_them(copy, tmp_path, monkeypatch):
    before = {folder: contents(copy / folder) for folder in MADE}
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "a.txt").write_text(TWO, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(copy / "src"))
    monkeypatch.chdir(tmp_path)
    with_parameters(
        copy / "notebooks" / "02-word-frequencies.ipynb", tmp_path / "page.ipynb", speeches="others", language="zh-Hant"
    )
    assert {folder: contents(copy / folder) for folder in MADE} == before
    page = (tmp_path / "page.ipynb").read_text(encoding="utf-8")
    made = copy / "runs" / "others" / "figures"
    caption = json.loads((made / "frequency-bars-a.json").read_text(encoding="utf-8"))["title"]["zh-Hant"]
    assert "injected-parameters" in page
    assert json.dumps(caption, ensure_ascii=False)[1:-1] in page


def with_parameters(source: Path, target: Path, **parameters: str) -> None:
    """Run a notebook with parameters: by papermill where it is installed, else with a cell like the one it puts in."""
    try:
        import papermill
    except ImportError:
        import nbformat
        from nbclient import NotebookClient

        notebook = nbformat.read(source, as_version=4)
        place = next(n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
        told = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
        cell = nbformat.v4.new_code_cell(told, metadata={"tags": ["injected-parameters"]})
        notebook.cells.insert(place + 1, cell)
        NotebookClient(notebook, kernel_name="python3").execute()
        nbformat.write(notebook, target)
    else:
        papermill.execute_notebook(source, target, parameters=parameters, progress_bar=False)


def test_a_new_file_appears_in_tables_and_charts(copy):
    (copy / "data" / "speeches" / "zz-new.txt").write_text(TWO, encoding="utf-8")
    done = run(copy, "run")
    assert done.returncode == 0, done.stderr
    assert "zz-new" in (copy / "data" / "tables" / "speeches.csv").read_text(encoding="utf-8-sig")
    assert (copy / "figures" / "frequency-bars-zz-new.png").exists()


def test_a_failing_notebook_is_kept_apart(copy):
    path = copy / "notebooks" / "05-themes.ipynb"
    good = path.read_text(encoding="utf-8")
    notebook = json.loads(good)
    next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")["source"] = "speeches = out = language = None\n1 / 0"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    try:
        done = run(copy, "run")
        assert done.returncode == 4
        assert "05-themes" in done.stderr
        assert "ZeroDivisionError" in done.stderr
        kept = json.loads((copy / "notebooks" / "05-themes.failed.ipynb").read_text(encoding="utf-8"))
        assert [o["ename"] for cell in kept["cells"] for o in cell.get("outputs", []) if o["output_type"] == "error"] == [
            "ZeroDivisionError"
        ]
    finally:
        path.write_text(good, encoding="utf-8")
