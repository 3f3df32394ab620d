"""Run the notebooks from top to bottom and keep them, executed, with the same bytes for the same input.

The notebooks of the project are their own source: outputs are replaced in place. For other speeches the same notebooks
run with their parameters set and are written beside that run's tables. A notebook that fails is kept as
NAME.failed.ipynb, and the last good one stays.
"""

import asyncio
import copy
import glob
import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from analysis.atomic import write_text
from analysis.read.lexicons import PROJECT
from analysis.run import Job, NotebookFailed
from analysis.tables import read_marker, write_marker

SOURCE = PROJECT / "notebooks"
# The slowest notebook takes seconds for three speeches; for thirty long ones a few minutes.
CELL_SECONDS = 900
# How a chart is marked in the output of a cell, as it stands in JSON.
_CHART = re.compile(r'<figure id=\\"chart-([^\\"]+)\\"')
AT_ONCE = 2
WIDGET = "application/vnd.jupyter.widget-view+json"


def execute(task: Job, made_from: str) -> list[Path]:
    """Run the notebooks that are out of date; gives those that were run. Raises NotebookFailed after all have had their turn."""
    marker = {} if task.fresh else read_marker(task.charts)
    charts_stand = bool(marker) and all(_sha256(task.charts / name) == sha for name, sha in marker.get("files", {}).items())
    wanted = {path: _digest(path, made_from) for path in sorted(SOURCE.glob("[0-9]*.ipynb"))}
    current = marker.get("notebooks", {}) if charts_stand else {}
    # A notebook saved from JupyterLab is run again too: what it holds may be half of a run.
    stale = [path for path, digest in wanted.items() if current.get(path.name) != [digest, _sha256(task.notebooks / path.name)]]
    if not stale:
        return []
    task.notebooks.mkdir(parents=True, exist_ok=True)
    failures = asyncio.run(_all(task, stale))
    if failures:
        raise NotebookFailed("\n".join(failures))
    return stale


def remove_stale_charts(task: Job) -> None:
    """Take away the bundles of charts that no notebook shows any more, such as those of a speech that is gone."""
    shown = {name for path in task.notebooks.glob("[0-9]*.ipynb") for name in _CHART.findall(path.read_text(encoding="utf-8"))}
    for bundle in task.charts.glob("*.json"):
        if bundle.stem not in shown:
            for path in task.charts.glob(f"{glob.escape(bundle.stem)}.*"):
                path.unlink()


def finish(task: Job, made_from: str) -> None:
    """Say, last of all, which notebooks and files of the charts folder belong together."""
    files = {
        p.name: _sha256(p) for p in sorted(task.charts.glob("*")) if p.is_file() and not p.name.startswith((".", "COMPLETE"))
    }
    ran = {p.name: [_digest(p, made_from), _sha256(task.notebooks / p.name)] for p in sorted(SOURCE.glob("[0-9]*.ipynb"))}
    write_marker(task.charts, {"notebooks": ran, "files": files})


async def _all(task: Job, paths: list[Path]) -> list[str]:
    turns = asyncio.Semaphore(AT_ONCE)
    return [told for told in await asyncio.gather(*(_one(task, path, turns) for path in paths)) if told]


async def _one(task: Job, path: Path, turns: asyncio.Semaphore) -> str:
    """Run one notebook and write it; gives the reason where it failed, else nothing."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    target = task.notebooks / path.name
    async with turns:
        task.say(f"running notebook {path.stem}")
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":  # where a cell fails, those behind it must not keep what they said of other speeches
                cell.outputs, cell.execution_count = [], None
        if not task.in_project:
            _set_parameters(notebook, task)
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            record_timing=False,
            kernel_name="python3",
            resources={"metadata": {"path": str(task.notebooks)}},
            # The kernel warns that 127.0.0.1 is not encrypted; its messages are signed, and nothing leaves the machine.
            extra_arguments=["--IPKernelApp.log_level=40"],
        )
        told = ""
        try:
            await client.async_execute()
        except CellExecutionError as error:
            told = f"notebook {path.name} failed: {error.ename}: {error.evalue}"
        except (CellTimeoutError, DeadKernelError) as error:
            told = f"notebook {path.name} failed: {error}"
        if told:
            target = target.with_suffix(".failed.ipynb")
        write_text(target, as_text(notebook))
    if not told:
        target.with_suffix(".failed.ipynb").unlink(missing_ok=True)
    return told


def as_text(notebook: Any) -> str:
    """A notebook as JSON, without what changes from machine to machine."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {name: value for name, value in cell.metadata.items() if name == "tags"}
        for output in cell.get("outputs", []):
            # A widget lives only as long as its kernel and its id is random; the HTML beside it stays.
            output.get("data", {}).pop(WIDGET, None)
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _set_parameters(notebook: Any, task: Job) -> None:
    """Put a cell with this run's parameters behind the one tagged `parameters`, as papermill does."""
    from nbformat.v4 import new_code_cell

    place = next(n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
    paths = [_relative(path, task.notebooks) for path in task.paths]
    told = {"speeches": paths, "out": _relative(task.home, task.notebooks), "language": task.settings.language}
    cell = new_code_cell("\n".join(f"{name} = {value!r}" for name, value in told.items()), id="injected-parameters")
    cell.metadata["tags"] = ["injected-parameters"]
    notebook.cells.insert(place + 1, cell)


def _relative(path: Path, folder: Path) -> str:
    """The path as seen from `folder`, so that no home folder stands in a notebook; as it is on another drive."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def _digest(path: Path, made_from: str) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = [[cell["cell_type"], cell["source"]] for cell in cells]
    return hashlib.sha256(f"{made_from}{json.dumps(sources)}".encode()).hexdigest()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
