"""Which files are found, in which order, and what their speeches are called."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.read.errors import InputError
from analysis.read.files import find, shown
from analysis.read.ids import LONGEST, Ids, safe_stem
from analysis.read.intake import read
from analysis.read.limits import Limits

TEXT = "今天召開工會會議。\n"  # Today a union meeting is held.


def put(folder: Path, *files: str) -> Path:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(TEXT + file, encoding="utf-8")
    return folder


def test_files_come_sorted_by_relative_path_whatever_the_order_of_the_paths(tmp_path):
    put(tmp_path, "b/z.txt", "b/a/y.txt", "a/x.txt", "a/w.md")
    expected = ["a/y.txt", "w.md", "x.txt", "z.txt"]
    assert [each.file for each in find([tmp_path / "a", tmp_path / "b"])] == expected
    assert [each.file for each in find([tmp_path / "b", tmp_path / "a"])] == expected


def test_a_file_named_twice_is_found_once(tmp_path):
    put(tmp_path, "a.txt")
    assert [each.file for each in find([tmp_path, tmp_path / "a.txt", tmp_path])] == ["a.txt"]


def test_same_name_under_two_paths_is_told_apart(tmp_path):
    put(tmp_path, "one/in/a.txt", "two/in/a.txt", "two/in/b.txt")
    assert [each.file for each in find([tmp_path / "one/in", tmp_path / "two/in"])] == ["b.txt", "one/in/a.txt", "two/in/a.txt"]


def test_every_file_found_is_listed_and_the_hidden_ones_are_not_opened(tmp_path):
    put(tmp_path, "a.txt", ".hidden", "~$a.docx", "Thumbs.db", ".git/config", "photo.jpg", "noending")
    found = {each.file: each.passed_over and each.passed_over.code for each in find([tmp_path])}
    ignored = dict.fromkeys([".git/", ".hidden", "Thumbs.db", "photo.jpg", "~$a.docx"], "S_IGNORED")
    assert found == {**ignored, "a.txt": None, "noending": None}


def test_folders_to_leave_out_are_not_entered(tmp_path):
    put(tmp_path, "a.txt", "out/texts/a.txt")
    assert [each.file for each in find([tmp_path], exclude=[tmp_path / "out"])] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_followed_only_when_asked_and_only_inside(tmp_path):
    put(tmp_path, "in/a/a.txt", "secret.txt")
    (tmp_path / "in/inside.txt").symlink_to("a/a.txt")
    (tmp_path / "in/outside.txt").symlink_to("../secret.txt")
    (tmp_path / "in/a/up").symlink_to("..")
    codes = {each.file: each.passed_over and each.passed_over.code for each in find([tmp_path / "in"], follow_symlinks=True)}
    assert codes == {"a/a.txt": None, "a/up": "S_SYMLINK", "inside.txt": None, "outside.txt": "S_SYMLINK"}
    assert all(each.passed_over for each in find([tmp_path / "in"]) if each.file != "a/a.txt")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_no_home_folder_stands_in_a_message(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))
    put(tmp_path, "somebody/secret.txt", "in/a.txt")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "somebody" / "secret.txt")
    told = next(each.passed_over for each in find([tmp_path / "in"]) if each.file == "link.txt")
    assert told is not None
    assert "somebody" not in told.english + told.chinese
    assert f"to ~{os.sep}secret.txt" in told.english


@pytest.mark.parametrize("path", ["nowhere", "empty"])
def test_nothing_to_read_is_said_at_once(path, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="E_NO_") as error:
        read([tmp_path / path])
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("file", "stem"),
    [
        ("union-meetings.txt", "union-meetings"),
        ("工會 講話 (一).docx", "工會-講話-(一)"),
        ("=cmd|' calc'!A0.txt", "cmd-calc-A0"),
        ("-rf.txt", "rf"),
        ("CON.txt", "CON-speech"),
        ("***.txt", "speech"),
        ("e\u0301.txt", "é"),
        ("工" * 83 + ".txt", "工" * 60),
    ],
)
def test_safe_stems(file, stem):
    assert safe_stem(file) == unicodedata.normalize("NFC", stem)


@given(st.lists(st.text(st.characters(codec=None), min_size=1, max_size=12), min_size=1, max_size=8), st.integers(1, 3))
def test_ids_are_distinct_and_safe_whatever_the_names(names, n):
    ids = Ids()
    given_out = [name for file in names for name in ids.give(f"{file.replace('/', '')}.txt", n)]
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in given_out}) == len(given_out)
    for name in given_out:
        assert len(name.encode("utf-8")) <= LONGEST + 70
        assert not set(name) & set('/\\:*?"<>|\n\t =+@')
        assert name[0] not in "-."


def test_the_later_file_gets_the_longer_id_and_a_bad_file_takes_none(tmp_path):
    put(tmp_path, "a/talk.txt", "b/talk.txt")
    (tmp_path / "a/talk.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    ids = [speech.speech for reading in read([tmp_path]) for speech in reading.speeches]
    assert ids[0] == "talk"
    assert ids[1].startswith("talk-")
    assert len(ids[1]) == len("talk-") + 6


def test_labels_come_from_the_catalogue_in_the_language_of_the_charts(tmp_path):
    put(tmp_path, "talk.txt")
    catalogue = {"talk": {"label_en": "County A", "label_zh": "甲縣"}}  # county A
    labels = [next(read([tmp_path], catalogue=catalogue, language=language)).speeches[0].label for language in ("en", "zh-Hant")]
    assert labels == ["County A", "甲縣"]


def test_names_that_are_no_text_are_shown_as_escapes():
    assert shown(os.fsdecode(b"\xa4\xb5.txt")) == "\\xa4\\xb5.txt"


def test_the_message_names_the_option_that_raises_the_limit(tmp_path):
    put(tmp_path, "a.txt")
    row = next(read([tmp_path], limits=Limits.of(["text_mb=0.00001"]))).row
    assert (row.code, row.n_bytes, row.sha256) == ("E_TOO_LARGE", len((TEXT + "a.txt").encode()), "")
    assert "--limit text_mb=" in row.message
    with pytest.raises(ValueError, match="text_mb"):
        Limits.of(["size=3"])


def test_the_same_text_twice_is_noticed_in_any_encoding(tmp_path):
    long = "同志們,今天召開工會會議,總結工作。\r\n"
    (tmp_path / "a.txt").write_bytes(long.encode("big5"))
    (tmp_path / "b.txt").write_bytes(long.replace("\r\n", "\n").encode())
    assert [reading.row.code for reading in read([tmp_path])] == ["W_ENCODING_GUESSED", "W_DUPLICATE_TEXT"]
