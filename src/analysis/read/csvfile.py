"""Small CSV files that people edit in a spreadsheet: catalogue and lexicons, as Excel saves them.

>>> rows_of("word;gloss\\r\\n工會;trade union\\r\\n".encode("utf-8-sig"))
[{'word': '工會', 'gloss': 'trade union'}]

The encoding is found as for a speech, the delimiter (comma, semicolon, tab) from the first line. Cells come back as they
are, stripped; an empty cell is "". The tables that this project writes have a reader of their own.
"""

import csv
import io
import logging
from collections.abc import Collection, Iterator
from pathlib import Path

from analysis.read.encoding import decode
from analysis.read.errors import InputError
from analysis.read.intake import read_bytes
from analysis.read.lexicons import PROJECT
from analysis.read.limits import Limits

DELIMITERS = (",", ";", "\t")
log = logging.getLogger("analysis")


def read_rows(path: Path, columns: Collection[str] = ()) -> list[dict[str, str]]:
    """Rows of a CSV file, one dict per line; InputError where it cannot be read or its first line lacks one of `columns`.

    A guessed encoding is logged as a warning.
    """
    name = path.relative_to(PROJECT).as_posix() if path.is_relative_to(PROJECT) else path.name
    try:
        data = read_bytes(path, Limits())
    except InputError as error:
        raise _refused(name, error.note.english, error.note.chinese) from error
    return rows_of(data, name, columns)


def rows_of(data: bytes, name: str = "the CSV", columns: Collection[str] = ()) -> list[dict[str, str]]:
    """Rows of a CSV file from its bytes; `name` stands in messages."""
    try:
        text, _, notes = decode(data)
    except InputError as error:
        raise _refused(name, error.note.english, error.note.chinese) from error
    for each in notes:
        log.warning("%s: %s: %s / %s", name, each.code, each.english, each.chinese)
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's way to name the delimiter
        return list(_rows(rest, first.strip()[-1], name, columns))
    return list(_rows(text, max(DELIMITERS, key=first.count), name, columns))


def _refused(name: str, english: str, chinese: str) -> InputError:
    return InputError("E_TABLE", file=name, why=(english.rstrip("."), chinese.rstrip("。")))


def _rows(text: str, delimiter: str, name: str, columns: Collection[str]) -> Iterator[dict[str, str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if header and (missing := ", ".join(column for column in columns if column not in header)):
            seen = ", ".join(filter(None, header))
            raise _refused(
                name, f"no column {missing} in its first line, which names {seen}", f"首行沒有欄名 {missing},只有 {seen}"
            )
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            line = reader.line_num
            if any(stripped[len(header) :]):
                raise _refused(name, f"line {line} has more cells than the first line", f"第 {line} 行的欄數多於首行")
            if any(stripped):
                yield {key: cell for key, cell in zip(header, stripped + [""] * len(header), strict=False) if key}
    except csv.Error as error:
        line = reader.line_num
        raise _refused(name, f"line {line} is no CSV: {error}", f"第 {line} 行不是 CSV") from error
