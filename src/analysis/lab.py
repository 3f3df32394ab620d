"""Open JupyterLab on the start notebook: on 127.0.0.1, with its token, asking no other machine for news or updates.

>>> lab_command(PROJECT, START)[1:3]
['-m', 'jupyterlab']

It changes no setting of the user's JupyterLab: what it says holds for the one it starts.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from analysis.read.lexicons import PROJECT
from analysis.run import Job, NotebookFailed, everything

START = "00-start-here.ipynb"
# Defaults of JupyterLab's settings for the one we start: without them it asks whether one wants news, though none can come.
DEFAULTS = Path(__file__).parent / "jupyter"


def open_lab(task: Job | None, *, browser: bool = True) -> int:
    """Start JupyterLab and give its exit code when it ends; with a job, bring its notebooks up to date first."""
    folder = PROJECT / "notebooks"
    if task and not task.in_project:
        _bring_up_to_date(task)
        folder = task.notebooks
    inside = folder.is_relative_to(PROJECT)
    root, start = (PROJECT, (folder / START).relative_to(PROJECT).as_posix()) if inside else (folder, START)
    return subprocess.call(lab_command(root, start, browser=browser), env=lab_environment())


def lab_command(root: Path, start: str, *, browser: bool = True) -> list[str]:
    """The command line that opens JupyterLab in the folder `root` at the notebook `start`, a path below it."""
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.root_dir": str(root),
        "LabApp.default_url": f"/lab/tree/{quote(start)}",
        # The word None is how JupyterLab's command line says that there is no place for news.
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # the only user of most containers; nobody else reaches 127.0.0.1 and has the token
    return command if browser else [*command, "--no-browser"]


def lab_environment() -> dict[str, str]:
    """The environment for `lab_command`: this one, with our defaults; a setting the user has made in JupyterLab still goes before them."""
    folders = [*filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")]), str(DEFAULTS)]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(folders)}


def _bring_up_to_date(task: Job) -> None:
    """Make what JupyterLab will show; a notebook that fails is told, and can be looked at there."""
    try:
        everything(task)
    except NotebookFailed as failed:
        task.say(str(failed))
        if not (task.notebooks / START).exists():
            raise
