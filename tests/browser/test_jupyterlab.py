"""Each notebook opened in JupyterLab in a real browser and run as a person runs it; then a new speech is added there.

Everything happens in a copy of the project in a temporary folder. Needs Chromium of the system (Debian: `apt install
chromium`); without it every test here says so and is skipped. Screenshots stay in pytest's temporary folder.
"""

import json
import re
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from analysis.lab import START, lab_command, lab_environment

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb") if ".failed" not in path.name)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WIDTH, HEIGHT, TALLEST = 1400, 900, 16_000
SECONDS = 300  # for one notebook on a busy machine; alone it takes about fifteen
HAN = re.compile("[\u4e00-\u9fff]")
# A speech in Simplified script with HTML in it: "On the rights of parcel workers".
TITLE = "关于快递员权益的讲话"
SPEECH = [
    TITLE,
    "同志们:",  # Comrades:
    "一、维护快递员的权益",  # I. Protect the rights of parcel workers
    "快递员辛苦。快递员的权益要维护,快递员的工资要按时发。全市有快递员3200名。",  # They work hard; pay them on time; 3,200 of them.
    "<script>window.hit=1</script><img src=x onerror='window.hit=1'>$\\frac{1}{2}$ 快递员加入工会。",  # They join the union.
    "二、建设快递员之家",  # II. Build homes for parcel workers
    "快递员之家要建在快递员身边,工会服务快递员。",  # Homes near them; the union serves them.
]

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed: apt install chromium")]


class Lab(NamedTuple):
    """A JupyterLab that runs on a copy of the project."""

    project: Path
    address: str
    token: str


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project: what is run and uploaded there does not touch the working tree."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("src", "data", "notebooks", "figures"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", ".*", "*.failed.ipynb", "kernel-ipc*")
        )
    return copy


@pytest.fixture(scope="module")
def lab(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab as `analysis lab` starts it, with folders of its own; it is ended by its process alone."""
    jupyter = tmp_path_factory.mktemp("jupyter")
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    folders += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    token, port = secrets.token_hex(16), _free_port()
    told = {name: str(jupyter / name.lower()) for name in folders} | {"JUPYTER_TOKEN": token, "PYTHONPATH": str(project / "src")}
    command = [
        *lab_command(project, f"notebooks/{START}", browser=False),
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
    ]
    log = (jupyter / "log.txt").open("wb")
    with (
        log,
        subprocess.Popen(command, env=lab_environment() | told, cwd=project, stdout=log, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", server, jupyter / "log.txt")
            yield Lab(project, f"http://127.0.0.1:{port}", token)
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all_cells(name: str, lab: Lab, page: Any, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _open(page, lab, name)
    # As it comes with the project: JupyterLab does not trust it yet, and shows less of HTML.
    _everything_in_view(page)
    page.screenshot(path=tmp_path / "opened.png")
    kept = _code_cells(lab, name)
    assert len(_images(page)) == sum("<img" in told for told in _html(kept)), "a chart kept in the notebook is not shown"
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    _run_all(page)
    _everything_in_view(page)
    page.screenshot(path=tmp_path / f"{name}.png")
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr'] >> text=Error").count() == 0
    assert not [output for cell in _saved(page, lab, name) for output in cell["outputs"] if output["output_type"] == "error"]
    images = _images(page)
    assert images, "no chart is shown"
    assert all(width > 0 and alt for width, alt in images), images
    assert any(HAN.search(alt) for _, alt in images), "no chart says anything in Chinese"
    elsewhere = {url for url in asked if not url.startswith((lab.address, lab.address.replace("http", "ws"), "data:", "blob:"))}
    assert not elsewhere, "the page asked other machines"


def test_start_page_is_where_analysis_lab_leads(lab: Lab, page: Any) -> None:
    page.goto(f"{lab.address}/?token={lab.token}")
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-MarkdownOutput h1", timeout=60_000)
    assert START in page.url
    assert not page.locator("text=Would you like to").count(), "JupyterLab asks about news"


def test_a_word_is_looked_up_while_it_is_typed(lab: Lab, page: Any, tmp_path: Path) -> None:
    _open(page, lab, START)
    _run_all(page)
    _everything_in_view(page)
    field = page.get_by_role("textbox", name="word")
    field.fill("权益")  # rights and interests, in Simplified; the speeches are Traditional
    shown = page.locator(".widget-html", has_text="sentences with it").first
    shown.locator("td span", has_text="權益").first.wait_for(timeout=30_000)
    field.fill("太空")  # outer space
    page.locator(".widget-html", has_text="stands in none of these speeches").wait_for(timeout=30_000)
    field.fill("工會")  # trade union
    shown.locator("td span", has_text="工會").first.wait_for(timeout=30_000)
    page.screenshot(path=tmp_path / "explorer.png")


def test_a_new_speech_is_uploaded_and_read(lab: Lab, page: Any, tmp_path: Path) -> None:
    file = _word_file(tmp_path / "快递员 讲话.docx")
    _open(page, lab, START)
    _run_all(page)
    _everything_in_view(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add speeches").click()
    chooser.value.set_files(file)
    page.locator(".widget-html", has_text="Now choose Run").wait_for(timeout=60_000)
    page.screenshot(path=tmp_path / "uploaded.png")
    assert (lab.project / "data" / "speeches" / "快递员-讲话.docx").read_bytes() == file.read_bytes()
    _run_all(page)
    _everything_in_view(page)
    page.screenshot(path=tmp_path / "start-again.png")
    assert page.locator("td", has_text=TITLE).count(), "the new speech is in no table"
    page.get_by_role("textbox", name="word").fill("快遞員")  # parcel worker, in Traditional
    page.locator(".widget-html td span", has_text="快递员").first.wait_for(timeout=30_000)
    _open(page, lab, "02-word-frequencies.ipynb")
    _run_all(page)
    _everything_in_view(page)
    page.screenshot(path=tmp_path / "frequencies-again.png")
    assert [alt for width, alt in _images(page) if width and TITLE in alt], "the new speech is in no chart"
    assert page.evaluate("window.hit") is None, "a speech ran as a program"


def test_on_a_page_of_other_speeches_the_button_adds_to_them(lab: Lab, page: Any, tmp_path: Path) -> None:
    mine = lab.project / "mine"
    mine.mkdir()
    (mine / "first.txt").write_text(
        "工会维护职工权益。职工参加工会。", encoding="utf-8"
    )  # The union protects workers, who join it.
    notebook = json.loads((ROOT / "notebooks" / START).read_text(encoding="utf-8"))
    place = next(n for n, cell in enumerate(notebook["cells"]) if "parameters" in cell["metadata"].get("tags", []))
    notebook["cells"][place]["source"] = "speeches = '../../../mine'\nout = '..'\nlanguage = None"
    folder = lab.project / "runs" / "mine" / "notebooks"
    folder.mkdir(parents=True)
    (folder / START).write_text(json.dumps(notebook), encoding="utf-8")
    before = sorted((lab.project / "data" / "speeches").iterdir())
    _open(page, lab, START, "runs/mine/notebooks")
    _run_all(page)
    _everything_in_view(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add speeches").click()
    chooser.value.set_files(_word_file(tmp_path / "second.docx"))
    page.locator(".widget-html", has_text="Now choose Run").wait_for(timeout=60_000)
    assert sorted(path.name for path in mine.iterdir()) == ["first.txt", "second.docx"]
    assert sorted((lab.project / "data" / "speeches").iterdir()) == before
    _run_all(page)
    _everything_in_view(page)
    assert page.locator("td", has_text=TITLE).count(), "the new speech is in no table"
    page.screenshot(path=tmp_path / "other-speeches.png")
    assert (lab.project / "runs" / "mine" / "figures").exists()


def _word_file(path: Path) -> Path:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for paragraph in SPEECH:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _open(page: Any, lab: Lab, name: str, folder: str = "notebooks") -> None:
    """Open a notebook alone and wait until its kernel is ready."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.goto(f"{lab.address}/lab/tree/{folder}/{name}?reset&token={lab.token}")
    page.wait_for_selector(".jp-MarkdownOutput h1", timeout=60_000)
    _wait_idle(page)


def _wait_idle(page: Any) -> None:
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=SECONDS * 1000)


def _run_all(page: Any) -> None:
    """Run → Run All Cells, and wait until the last cell has run."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='busy']", timeout=30_000)
    page.wait_for_function(
        "() => !document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=\"busy\"]')"
        " && ![...document.querySelectorAll('.jp-InputPrompt')].some(prompt => prompt.textContent.includes('[*]'))",
        timeout=SECONDS * 1000,
    )
    _wait_idle(page)


def _everything_in_view(page: Any) -> None:
    """Make the window as tall as the notebook, because JupyterLab draws only what is in view."""
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    for _ in range(4):
        tall = page.evaluate("document.querySelector('.jp-WindowedPanel-inner').getBoundingClientRect().height")
        page.set_viewport_size({"width": WIDTH, "height": min(TALLEST, int(tall) + 200)})
        page.wait_for_timeout(500)


def _images(page: Any) -> list[tuple[int, str]]:
    """Width in pixels and alternative text of each picture in an output."""
    found = page.evaluate("[...document.querySelectorAll('.jp-OutputArea-output img')].map(i => [i.naturalWidth, i.alt])")
    return [(width, alt) for width, alt in found]


def _saved(page: Any, lab: Lab, name: str) -> list[dict[str, Any]]:
    """Code cells of the notebook as JupyterLab saves it; all of them have run."""
    path = lab.project / "notebooks" / name
    before = path.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    end = time.monotonic() + 30
    while True:
        page.wait_for_timeout(200)
        late = time.monotonic() > end
        if path.stat().st_mtime_ns == before and not late:
            continue
        try:
            cells = _code_cells(lab, name)
        except json.JSONDecodeError:  # half of it is written
            if late:
                raise
        else:
            assert all(cell["execution_count"] for cell in cells), "a cell did not run"
            return cells


def _code_cells(lab: Lab, name: str) -> list[dict[str, Any]]:
    cells = json.loads((lab.project / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def _html(cells: list[dict[str, Any]]) -> list[str]:
    """HTML of each output."""
    found = [output.get("data", {}).get("text/html", "") for cell in cells for output in cell["outputs"]]
    return ["".join(each) for each in found]
