"""JupyterLab is started with options and settings it really has: on this machine only, with its token, without news."""

import json
import os
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from analysis import lab
from analysis.run import NotebookFailed


def options(*told):
    pairs = [option.removeprefix("--").partition("=") for option in lab.lab_command(*told)[3:] if "=" in option]
    return {name: value for name, _, value in pairs}


def test_every_option_is_one_of_the_installed_jupyterlab():
    from jupyter_server.serverapp import ServerApp
    from jupyterlab.labapp import LabApp

    for name, value in options(Path("project"), "notebooks/x.ipynb").items():
        app, trait = name.split(".")
        traits = {"ServerApp": ServerApp, "LabApp": LabApp}[app].class_traits(config=True)
        traits[trait].from_string(value)


def test_it_listens_on_this_machine_only_with_its_token_and_asks_for_no_news():
    from jupyterlab.labapp import LabApp

    told = options(Path("project"), "notebooks/x.ipynb")
    assert told["ServerApp.ip"] == "127.0.0.1"
    assert not [name for name in told if "token" in name.lower() or "password" in name.lower()]
    assert LabApp.class_traits()["news_url"].from_string(told["LabApp.news_url"]) is None


def test_folders_with_chinese_names_and_blanks_are_found():
    told = options(Path("project"), "runs/我的 講話/notebooks/00-start-here.ipynb")  # my speeches
    assert told["LabApp.default_url"].isascii()
    assert unquote(told["LabApp.default_url"]) == "/lab/tree/runs/我的 講話/notebooks/00-start-here.ipynb"


def test_our_defaults_are_settings_that_exist():
    import jupyterlab

    schemas = Path(jupyterlab.__file__).parent / "schemas"
    for path in (lab.DEFAULTS / "labconfig").glob("*.json"):
        for plugin, values in json.loads(path.read_text(encoding="utf-8")).items():
            package, _, name = plugin.partition(":")
            properties = json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))["properties"]
            assert set(values) <= set(properties), plugin


def test_the_environment_keeps_the_users_own_folders(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "own")
    assert lab.lab_environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep) == ["own", str(lab.DEFAULTS)]
    monkeypatch.delenv("JUPYTER_CONFIG_PATH")
    assert lab.lab_environment()["JUPYTER_CONFIG_PATH"] == str(lab.DEFAULTS)


@pytest.mark.parametrize("fails", [False, True])
def test_other_speeches_are_brought_up_to_date_first(tmp_path, monkeypatch, fails):
    calls = []
    notebooks = tmp_path / "runs" / "mine" / "notebooks"
    notebooks.mkdir(parents=True)
    (notebooks / lab.START).touch()
    task = SimpleNamespace(in_project=False, notebooks=notebooks, say=calls.append)

    def everything(_):
        if fails:
            raise NotebookFailed("notebook 03 failed")

    monkeypatch.setattr(lab, "PROJECT", tmp_path)
    monkeypatch.setattr(lab, "everything", everything)
    monkeypatch.setattr(lab.subprocess, "call", lambda command, env: calls.append(command) or 0)
    assert lab.open_lab(task, browser=False) == 0
    assert "--LabApp.default_url=/lab/tree/runs/mine/notebooks/00-start-here.ipynb" in calls[-1]
    assert ("notebook 03 failed" in calls) == fails


def test_a_page_knows_the_folder_it_was_opened_on(tmp_path):
    from analysis.run import job

    (tmp_path / "a.txt").write_text("工會服務職工。", encoding="utf-8")  # the union serves workers
    assert job([tmp_path]).settings.speeches == (tmp_path,)
    assert job().settings.speeches == job().paths
