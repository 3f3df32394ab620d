"""Hand-made knowledge: the CSV files of data/lexicons, which users edit in a spreadsheet.

Each file has a column `gloss` (English) and `source` (where the entry comes from). Entries may be written in either
script; finders compare their Simplified form. A folder of the user's own adds to the shipped one: a file found there
replaces the shipped file of the same name, the others stay.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from analysis.read.script import remember

PROJECT = Path(__file__).resolve().parents[3]
SHIPPED = PROJECT / "data" / "lexicons"

# What each lexicon holds, with its columns; gloss and source follow in every one of them.
COLUMNS = {
    "words": ("word", "pos"),
    "splits": ("word",),
    "stopwords": ("word",),
    "themes": ("theme", "term"),
    "slogans": ("slogan", "variants", "expansion", "first_use"),
    "names": ("name", "kind", "aliases"),
    "places": ("place", "kind", "aliases"),
    "surnames": ("surname", "everyday"),
    "titles": ("title",),
    "signs": ("word", "side"),
    "units": ("unit", "kind", "not_before"),
    "idioms": ("word",),
    "indicators": ("word", "role"),
    "variants": ("written", "standard"),
    "equivalents": ("converted", "word"),
    "lookalikes": ("written", "meant"),
    "errata": ("speech", "start", "end", "text", "key"),
}


@dataclass(frozen=True, eq=False)
class Lexicons:
    """All lexicons as read: name → rows (one dict per line of the CSV); `version` is a hash of the files' content.

    Compared and hashed by identity, so a finder can cache what it compiles from one.
    """

    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(repr=False)
    version: str

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        """Rows of one lexicon, e.g. `rows("themes")`; empty where there is no such file."""
        return self.tables.get(name, ())

    def __reduce__(self) -> tuple[Callable[..., "Lexicons"], tuple[object, ...]]:
        """Copies in another process are one object for one version, so that what finders compile is compiled once."""
        return _same, (self.version, dict(self.tables))


_OF_VERSION: dict[str, Lexicons] = {}


def _same(version: str, tables: Mapping[str, tuple[Mapping[str, str], ...]]) -> Lexicons:
    return _OF_VERSION.setdefault(version, Lexicons(tables, version))


@cache
def load(folder: Path | None = None) -> Lexicons:
    """The shipped lexicons, with the files of `folder` in place of those of the same name."""
    tables = {name: tuple(_rows(_file(name, folder), columns)) for name, columns in COLUMNS.items()}
    remember(_cells(tables))
    digest = hashlib.sha256()
    for name in sorted(tables):
        told = name, list(tables[name][0]) if tables[name] else [], [list(row.values()) for row in tables[name]]
        digest.update(repr(told).encode("utf-8", "backslashreplace"))
    return Lexicons(tables, digest.hexdigest()[:12])


@cache
def shipped_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Rows of one shipped lexicon."""
    return tuple(_rows(SHIPPED / f"{name}.csv", COLUMNS[name]))


def _cells(tables: Mapping[str, Iterable[Mapping[str, str]]]) -> Iterator[str]:
    """Entries of the lexicons as finders ask for them; a cell may hold several, with | between them."""
    for name, rows in tables.items():
        for row in rows:
            for column in COLUMNS[name]:
                yield from (part.strip() for part in row[column].split("|"))


def _file(name: str, folder: Path | None) -> Path:
    own = folder / f"{name}.csv" if folder else None
    return own if own and own.exists() else SHIPPED / f"{name}.csv"


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    if not path.exists():
        return []
    from analysis.read.csvfile import read_rows

    return read_rows(path, columns)
