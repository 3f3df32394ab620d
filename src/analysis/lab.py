"""Open JupyterLab on the start notebook, on 127.0.0.1 and with its token."""

import subprocess
import sys

from analysis.read.lexicons import PROJECT
from analysis.run import Job, everything

START = "00-start-here.ipynb"


def open_lab(task: Job | None, *, browser: bool = True) -> int:
    """Start JupyterLab and give its exit code when it ends; with a job, bring its notebooks up to date first."""
    folder = PROJECT / "notebooks"
    if task and not task.in_project:
        everything(task)
        folder = task.notebooks
    if not folder.is_relative_to(PROJECT):
        root, path = folder, START
    else:
        root, path = PROJECT, (folder / START).relative_to(PROJECT).as_posix()
    command = [sys.executable, "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={root}"]
    command += [f"--LabApp.default_url=/lab/tree/{path}", "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    return subprocess.call(command + ([] if browser else ["--no-browser"]))
