"""Small CSV files that people edit in a spreadsheet: catalogue and lexicons, as Excel saves them.

>>> rows_of("word;gloss\\r\\n工會;trade union\\r\\n".encode("utf-8-sig"))
[{'word': '工會', 'gloss': 'trade union'}]

The encoding is found as for a speech, the delimiter (comma, semicolon, tab) from the first line. Cells come back as they
are, stripped; an empty cell is "". The tables that this project writes have a reader of their own.
"""

import csv
import io
import logging
from collections.abc import Iterator
from pathlib import Path

from analysis.read.encoding import decode
from analysis.read.errors import InputError
from analysis.read.intake import read_bytes
from analysis.read.limits import Limits

DELIMITERS = (",", ";", "\t")
log = logging.getLogger("analysis")


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file, one dict per line; InputError where it cannot be read. A guessed encoding is logged as a warning."""
    return rows_of(read_bytes(path, Limits()), str(path))


def rows_of(data: bytes, name: str = "the CSV") -> list[dict[str, str]]:
    """Rows of a CSV file from its bytes; `name` stands in messages."""
    text, _, notes = decode(data)
    for each in notes:
        log.warning("%s: %s: %s / %s", name, each.code, each.english, each.chinese)
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's way to name the delimiter
        return list(_rows(rest, first.strip()[-1]))
    return list(_rows(text, max(DELIMITERS, key=first.count)))


def _rows(text: str, delimiter: str) -> Iterator[dict[str, str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped[len(header) :]):
                why = (f"line {reader.line_num} has more cells than the first line", f"第 {reader.line_num} 行的欄數多於首行")
                raise InputError("E_CORRUPT", why=why)
            if any(stripped):
                yield {name: cell for name, cell in zip(header, stripped + [""] * len(header), strict=False) if name}
    except csv.Error as error:
        why = (f"line {reader.line_num} is no CSV: {error}", f"第 {reader.line_num} 行不是 CSV")
        raise InputError("E_CORRUPT", why=why) from error
