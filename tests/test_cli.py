"""The command line: exit codes, messages, and that nothing is written where nothing should be."""

import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from analysis import cli, schema
from analysis.tables import read_table

SPEECH = (
    "同志们:\n\n一、维护职工权益\n\n各级工会要维护广大职工的合法权益,今年帮助5910名困难职工,发放助学款500.91万元。\n\n谢谢大家!\n"
)


@pytest.fixture
def folder(tmp_path) -> Path:
    speeches = tmp_path / "speeches"
    speeches.mkdir()
    (speeches / "a.txt").write_text(SPEECH, encoding="utf-8")
    (speeches / "b.txt").write_text(SPEECH.replace("权益", "利益"), encoding="utf-8")  # rights → interests
    return speeches


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_tables_writes_every_table_and_the_texts(folder, tmp_path):
    assert cli.main(["tables", str(folder), "--out", str(tmp_path / "out"), "-q"]) == 0
    written = set(contents(tmp_path / "out"))
    assert {f"{table}.csv" for table in schema.TABLES} | {"texts/a.txt", "texts/b.txt"} == written
    assert (tmp_path / "out" / "texts" / "a.txt").read_text(encoding="utf-8") == SPEECH


def test_found_leaves_the_measured_tables_out(folder, tmp_path):
    assert cli.main(["tables", str(folder), "--out", str(tmp_path / "out"), "--found", "--format", "parquet", "-q"]) == 0
    assert {path.stem for path in (tmp_path / "out").glob("*.parquet")} == set(schema.FOUND)


def test_same_input_same_bytes_whatever_the_jobs(folder, tmp_path):
    for name, more in (("one", []), ("two", ["--jobs", "2"])):
        assert cli.main(["tables", str(folder), "--out", str(tmp_path / name), "-q", *more]) == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_same_bytes_in_any_locale(folder, tmp_path):
    (folder / "a.txt").rename(folder / "講話é.txt")  # talk
    odd = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7", "TZ": "Pacific/Chatham", "ANALYSIS_CACHE": "off"}
    for name, told in (("usual", {"PYTHONHASHSEED": "0"}), ("odd", odd)):
        command = [sys.executable, "-m", "analysis", "tables", str(folder), "--out", str(tmp_path / name), "--found"]
        done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    assert done.stderr.isascii()
    assert contents(tmp_path / "usual") == contents(tmp_path / "odd")
    assert (tmp_path / "odd" / "texts" / "講話é.txt").exists()


def test_one_bad_file_does_not_change_the_others(folder, tmp_path):
    cli.main(["tables", str(folder), "--out", str(tmp_path / "good"), "-q"])
    (folder / "aa.txt").write_bytes(b"")
    assert cli.main(["tables", str(folder), "--out", str(tmp_path / "mixed"), "-q"]) == 1
    good, mixed = contents(tmp_path / "good"), contents(tmp_path / "mixed")
    assert {name for name in good if good[name] != mixed[name]} == {"intake.csv"}
    intake = read_table(tmp_path / "mixed" / "intake.csv")
    assert intake.set_index("file").loc["aa.txt", ["status", "code"]].tolist() == ["failed", "E_EMPTY"]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("broken", ["analysis.find.sentences.find_each", "analysis.read.intake.split"])
def test_a_fault_of_the_program_costs_one_file_and_is_told(folder, tmp_path, monkeypatch, jobs, broken):
    module, name = broken.rsplit(".", 1)
    works = getattr(import_module(module), name)
    cli.main(["tables", str(folder), "--out", str(tmp_path / "good"), "-q", "--jobs", jobs])
    (folder / "aa.txt").write_text("暗礁\u200b", encoding="utf-8")  # a hidden reef

    def fails(told, *more):
        if any("暗礁" in getattr(one, "text", one) for one in ([told] if isinstance(told, str) else told)):
            raise KeyError("暗礁")
        return works(told, *more)

    monkeypatch.setattr(broken, fails)
    assert cli.main(["tables", str(folder), "--out", str(tmp_path / "mixed"), "-q", "--jobs", jobs]) == 1
    good, mixed = contents(tmp_path / "good"), contents(tmp_path / "mixed")
    assert {name for name in good if good[name] != mixed[name]} == {"intake.csv"}
    row = read_table(tmp_path / "mixed" / "intake.csv").set_index("file").loc["aa.txt"]
    assert row["status"] == "failed"
    assert row["code"].split(";")[0] == "E_PROGRAM"
    assert ("aa " in row["message"]) == (name == "find_each")  # the speech, where one was read
    assert "KeyError: '暗礁'" in row["message"]


def test_a_fault_of_the_program_is_no_traceback(folder, monkeypatch, capsys):
    def fails(*_, **__):
        raise KeyError("reef")

    monkeypatch.setattr("analysis.run.intake_rows", fails)
    assert cli.main(["check", str(folder), "-q"]) == 3
    assert "--debug" in capsys.readouterr().err
    with pytest.raises(KeyError):
        cli.main(["check", str(folder), "-q", "--debug"])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("empty.txt", b"", "E_EMPTY"), ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "E_NOT_TEXT")],
)
def test_nothing_usable_leaves_earlier_outputs_as_they_were(folder, tmp_path, capsys, name, data, code):
    out = tmp_path / "out"
    cli.main(["tables", str(folder), "--out", str(out), "-q"])
    before = contents(out)
    bad = tmp_path / name
    bad.write_bytes(data)
    assert cli.main(["tables", str(bad), "--out", str(out), "-q"]) == 3
    told = capsys.readouterr().err
    assert name in told
    assert code in told
    assert contents(out) == before


def test_wrong_usage_writes_nothing(folder, tmp_path, capsys):
    assert cli.main(["tables", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert cli.main(["run", str(folder)]) == 2
    assert cli.main(["run", "--out", str(tmp_path / "out")]) == 2
    with pytest.raises(SystemExit, match="2"):
        cli.main(["tables", str(folder)])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("slip", ["no-folder", "theme.csv"])
def test_a_slip_in_the_name_of_a_list_shows(folder, tmp_path, capsys, slip):
    lists = tmp_path / "lists"
    if slip.endswith(".csv"):
        lists.mkdir()
        (lists / slip).write_text("theme,term,gloss,source\n", encoding="utf-8")
    assert cli.main(["tables", str(folder), "--out", str(tmp_path / "out"), "--lexicons", str(lists)]) == 2
    told = capsys.readouterr().err
    assert ("theme.csv is none of" if slip.endswith(".csv") else "there is no lists") in told
    assert not (tmp_path / "out").exists()


def test_check_prints_the_intake_and_writes_nothing(folder, capsys):
    (folder / "english.txt").write_text("Only English here.", encoding="utf-8")
    before = contents(folder)
    assert cli.main(["check", str(folder), "-q"]) == 0
    told = capsys.readouterr().out
    assert "W_NO_CHINESE" in told
    assert "a.txt" in told
    assert contents(folder) == before
    assert cli.main(["check", str(folder), "-q", "--strict"]) == 1


def test_help_fits_a_screen_and_answers_at_once():
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "analysis", "--help"], capture_output=True, text=True, check=True)
    # Generous, because the machine may be busy; the benchmark measures it.
    assert time.monotonic() - started < 3
    assert len(done.stdout.splitlines()) <= 24
    assert done.stdout.index("examples") < done.stdout.index("commands")


def test_a_closed_pipe_is_no_error(folder):
    command = f'"{sys.executable}" -m analysis check "{folder}" | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
