"""The hand-made gold sets fit the texts they were read from: same files, spans inside their windows, no overlap."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parent / "gold"
WINDOWS = {
    "figures": "windows.csv",
    "fresh_figures": "fresh_windows.csv",
    "names": "windows.csv",
    "slogans": "windows.csv",
    "outline": "outline_windows.csv",
    "fresh_outline": "fresh_outline_windows.csv",
}
LABELS = {
    "figures": {"count", "money", "percent", "fraction", "multiple", "duration", "date", "ordinal", "measure"},
    "fresh_figures": {"count", "money", "percent", "fraction", "multiple", "duration", "date", "ordinal", "measure"},
    "names": {"person", "organisation", "place", "document", "meeting"},
    "slogans": {"quoted", "numeral", "listed"},
    "outline": {"heading", "item"},
    "fresh_outline": {"heading", "item"},
}


def rows(table: str) -> list[dict[str, Any]]:
    """The gold rows of `table`."""
    return [json.loads(line) for line in (GOLD / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def label(row: dict[str, Any]) -> str:
    """The row's kind, a slogan's form."""
    return row["form"] if "form" in row else row["kind"]


def windows(table: str) -> dict[str, tuple[str, int, int]]:
    """sha256, start and end of each file's window."""
    with (GOLD / WINDOWS[table]).open(encoding="utf-8", newline="") as file:
        return {row["file"]: (row["sha256"], int(row["start"]), int(row["end"])) for row in csv.DictReader(file)}


def text_of(folder: Path, name: str) -> str:
    """The decoded file, line ends as they are."""
    with (folder / "speeches" / name).open(encoding="utf-8-sig", newline="") as file:
        return file.read()


@pytest.mark.parametrize("table", WINDOWS)
def test_labels_are_known_and_rows_sorted(table: str) -> None:
    found = rows(table)
    assert {label(row) for row in found} <= LABELS[table]
    assert found == sorted(found, key=lambda row: (row["file"], row["start"], row["end"], row.get("kind", "")))


@pytest.mark.parametrize("table", WINDOWS)
def test_files_are_the_ones_that_were_read(table: str, testdata: Path) -> None:
    for name, (sha256, _, _) in windows(table).items():
        assert hashlib.sha256((testdata / "speeches" / name).read_bytes()).hexdigest() == sha256, name


@pytest.mark.parametrize("table", WINDOWS)
def test_spans_lie_in_their_window_without_white_space_at_their_ends(table: str, testdata: Path) -> None:
    texts = {name: text_of(testdata, name) for name in windows(table)}
    for row in rows(table):
        _, low, high = windows(table)[row["file"]]
        spans = [(row["start"], row["end"])]
        spans += [row["role"]] if row.get("role") else []
        spans += [(row["measures_start"], row["measures_end"])] if row.get("measures_start") is not None else []
        for start, end in spans:
            assert low <= start < end <= high, row
            span = texts[row["file"]][start:end]
            assert span == span.strip(), row


@pytest.mark.parametrize("table", WINDOWS)
def test_spans_of_one_kind_do_not_overlap(table: str) -> None:
    last: dict[tuple[str, str], int] = {}
    for row in rows(table):
        # Slogans of any form, and figures of any kind, share one row of characters; names may nest across kinds.
        kind = (row["file"], row["kind"] if table == "names" else "")
        assert last.get(kind, 0) <= row["start"], row
        last[kind] = row["end"]
