"""Every bad input among three good speeches: the right code, a message that names the file, the good ones untouched."""

import csv
import importlib.util
import os
import sys
import tempfile
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.read.intake import read

_spec = importlib.util.spec_from_file_location("bad_inputs", Path(__file__).with_name("bad_inputs.py"))
assert _spec
assert _spec.loader
bad_inputs = importlib.util.module_from_spec(_spec)
sys.modules["bad_inputs"] = bad_inputs
_spec.loader.exec_module(bad_inputs)

# Comrades: today we hold a union meeting and sum up 37 matters. / Delegates: growth of 5 %, 2 million people. / We protect rights.
GOOD = {
    "good-1.txt": "同志們:\n\n今天召開工會會議,總結37次工作。\n",
    "good-2.txt": "各位代表:\n\n今年增長5%,達到200萬人。\n",
    "good-3.txt": "各位委员:\n\n我们要维护职工权益。\n",
}
EXIT = {"ok": 0, "warning": 0, "skipped": 0, "failed": 1}


def folder_with_good(folder: Path) -> Path:
    folder.mkdir()
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def good_output(out: Path) -> dict[str, list[list[str]]]:
    """Rows of the good speeches in every table, and their texts."""
    output = {}
    for path in sorted(out.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            output[path.name] = [row for row in csv.reader(lines) if row and row[0].startswith("good-")]
    for path in sorted((out / "texts").glob("good-*.txt")):
        output[path.name] = [[path.read_bytes().hex()]]
    return output


def tables(folder: Path, out: Path) -> int:
    return main(["tables", str(folder), "--out", str(out), "--found", "-v"])


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """What the good speeches give when they are alone."""
    home = tmp_path_factory.mktemp("alone")
    assert tables(folder_with_good(home / "in"), home / "out") == 0
    return good_output(home / "out")


@pytest.mark.parametrize("bad", bad_inputs.CASES, ids=lambda bad: f"{bad.row:02d}-{ascii(bad.file)[1:40]}")
def test_bad_input(bad, alone, tmp_path, capfd):
    if bad.code == "S_NOT_REGULAR" and bad.file == "socket.txt":
        tmp_path = Path(tempfile.mkdtemp())  # the path of a socket has at most 107 bytes
    folder = folder_with_good(tmp_path / "in")
    try:
        bad_inputs.build(bad, folder)
    except (OSError, ValueError) as error:
        pytest.skip(f"this file system cannot hold {bad.file!a}: {error}")
    reading = next(each for each in read([folder]) if _is(each.row.file, bad.file))
    assert reading.row.status == bad.status, reading.row
    assert bad.code in reading.row.code
    if bad.text is not None:
        assert reading.text == bad.text
    for speech in reading.speeches:
        assert reading.text[speech.start : speech.end] == speech.text
    assert tables(folder, tmp_path / "out") == EXIT[bad.status]
    told = capfd.readouterr().err
    if bad.status in ("failed", "warning"):
        assert reading.row.file.encode("unicode_escape").decode().replace("\\\\", "\\")[:30] in told.encode(
            "unicode_escape"
        ).decode().replace("\\\\", "\\")
        assert reading.row.code.split(";")[0] in told
        assert " / " in reading.row.message
    assert good_output(tmp_path / "out") == alone


def _is(file: str, name: str) -> bool:
    return file.rstrip("/") == os.fsencode(name).decode("utf-8", "backslashreplace")


@pytest.mark.parametrize("end", ["\r", "\r\n", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_every_line_end_makes_the_same_paragraphs(end, tmp_path):
    counts = {}
    for name, text in (("lf", bad_inputs.TRADITIONAL), ("other", bad_inputs.TRADITIONAL.replace("\n", end))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(text.encode())
        assert main(["tables", str(tmp_path / name), "--out", str(tmp_path / f"{name}-out"), "--found", "-q"]) == 0
        with (tmp_path / f"{name}-out" / "speeches.csv").open(encoding="utf-8-sig") as lines:
            counts[name] = [(row["n_paragraphs"], row["n_sentences"], row["n_tokens"]) for row in csv.DictReader(lines)]
    assert counts["other"] == counts["lf"]


def test_an_empty_folder_is_wrong_usage(tmp_path):
    (tmp_path / "in").mkdir()
    assert tables(tmp_path / "in", tmp_path / "out") == 2
    assert not (tmp_path / "out").exists()


def test_only_bad_files_leave_no_output(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").touch()
    assert tables(tmp_path / "in", tmp_path / "out") == 3
    assert not (tmp_path / "out" / "intake.csv").exists()


def test_a_missing_path_is_wrong_usage(tmp_path):
    assert tables(tmp_path / "nowhere", tmp_path / "out") == 2


def test_many_files_are_read_one_by_one(tmp_path):
    for number in range(300):
        (tmp_path / f"{number:04d}.txt").write_text(f"第{number}次會議。\n", encoding="utf-8")  # meeting number N
    readings = read([tmp_path])
    assert next(readings).row.file == "0000.txt"
    (tmp_path / "0299.txt").unlink()  # vanishes while others are read
    rows = [each.row for each in readings]
    assert [row.status for row in rows] == ["ok"] * 298 + ["failed"]
    assert rows[-1].code == "E_READ"


@pytest.mark.parametrize(
    "reason", ["Permission denied", "The process cannot access the file because another process has locked it"]
)
def test_a_file_that_may_not_be_opened_fails_alone(reason, tmp_path, monkeypatch):
    """What the system says to a user without the right to read, or while another program holds the file."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name}今天召開工會會議。\n", encoding="utf-8")  # a union meeting today
    opened = os.open

    def refusing(path, *options, **more):
        if os.fspath(path).endswith("a.txt"):
            raise PermissionError(13, reason)
        return opened(path, *options, **more)

    monkeypatch.setattr(os, "open", refusing)
    bad, good = [each.row for each in read([tmp_path])]
    assert (bad.status, bad.code, good.status) == ("failed", "E_READ", "ok")
    assert reason in bad.message


def test_a_file_that_grows_while_it_is_read_is_what_was_read(tmp_path, monkeypatch):
    """The hash is that of the bytes used; a file that grows beyond its limit is refused."""
    import hashlib
    import io

    from analysis.read import intake
    from analysis.read.limits import Limits

    path = tmp_path / "a.txt"
    first = "今天召開工會會議。\n".encode()
    path.write_bytes(first)
    really = io.BufferedReader.read

    class Growing(io.BufferedReader):
        def read(self, *size):
            data = really(self, *size)
            with path.open("ab") as file:
                file.write(first)
            return data

    monkeypatch.setattr(intake, "open", lambda handle, mode: Growing(io.FileIO(handle, "rb")), raising=False)
    row = next(read([tmp_path])).row
    assert row.status == "ok"
    used = first * (row.n_bytes // len(first))
    assert (row.n_bytes, row.sha256) == (len(used), hashlib.sha256(used).hexdigest())
    assert path.stat().st_size > row.n_bytes
    path.write_bytes(first * 1000)
    row = next(read([tmp_path], limits=Limits(text_mb=len(first) / 1000))).row
    assert (row.status, row.code) == ("failed", "E_TOO_LARGE")
