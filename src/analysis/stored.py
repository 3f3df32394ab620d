"""The tables of a folder: CSV as they stand now; Parquet when asked for, or speech by speech where it is too large to hold.

>>> tables = Stored(Path("data/tables"))                                 # doctest: +SKIP
>>> tables["figures"]                                                    # doctest: +SKIP

A table of a corpus may have more rows than memory; whoever goes through it one speech after the other uses `in_order`.
"""

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis import schema
from analysis.store import all_there, frame, read_table, with_types

if TYPE_CHECKING:
    import pandas as pd

Rows = Callable[[str], "pd.DataFrame"]


class Stored(Mapping[str, "pd.DataFrame"]):
    """The tables of a folder by name. CSV is read at once, so that a later run cannot change a part of what a reader holds."""

    def __init__(self, folder: Path, changed: Mapping[str, "pd.DataFrame"] | None = None) -> None:
        paths = (folder / f"{table}.{form}" for table in schema.TABLES for form in ("csv", "parquet"))
        self._folder = folder
        self._paths = {path.stem: path for path in paths if path.exists()}
        held = dict(changed or {})
        small = {name: path for name, path in self._paths.items() if path.suffix == ".csv" and name not in held}
        self._read: ChainMap[str, pd.DataFrame] = ChainMap({}, held, {name: read_table(path) for name, path in small.items()})

    def __getitem__(self, table: str) -> "pd.DataFrame":
        if table not in self._read:
            self._read[table] = read_table(self._paths[table])
        return self._read[table]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._paths, **self._read})

    def __len__(self) -> int:
        return len({**self._paths, **self._read})

    def with_frames(self, frames: Mapping[str, "pd.DataFrame"]) -> "Stored":
        """The same with some tables added or replaced."""
        return Stored(self._folder, {**self._read, **frames})

    def in_order(self, table: str) -> Rows:
        """A look-up of the rows of one speech, to be asked in the order of the speeches; it holds few at a time."""
        if self.in_memory(table):
            return rows_of(self[table])
        return _in_order(by_speech(self._paths[table]), frame(table, ()))

    def in_memory(self, table: str) -> bool:
        """Whether a table was read as a whole, or is not from the folder."""
        return table in self._read


class Texts(Mapping[str, str]):
    """The text of each speech, from the first row of its outline."""

    def __init__(self, frames: Mapping[str, "pd.DataFrame"]) -> None:
        self._frames = frames

    @cached_property
    def _texts(self) -> dict[str, str]:
        outline = self._frames["outline"]
        whole = outline[outline["level"] == 0]
        return dict(zip(whole["speech"], whole["text"], strict=True))

    def __getitem__(self, speech: str) -> str:
        return self._texts[speech]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def rows_of(told: "pd.DataFrame") -> Rows:
    """A look-up of the rows of one speech, which may have none."""
    rows = told.groupby("speech", sort=False, observed=True).indices
    return lambda speech: told.take(np.asarray(rows.get(speech, []), dtype=np.int64))


def by_speech(path: Path) -> Iterator[tuple[str, "pd.DataFrame"]]:
    """Each speech that has rows in a Parquet table, with these, in their order; holds a row group at a time."""
    import pandas as pd
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        all_there(path, file.schema_arrow.names)
        kept: list[pd.DataFrame] = []
        speech = None
        for number in range(file.num_row_groups):
            rows = with_types(file.read_row_group(number))[schema.columns(path.stem)]
            names = rows["speech"].to_numpy(dtype=object)
            begun = [0, *(np.flatnonzero(names[1:] != names[:-1]) + 1).tolist(), len(rows)]
            for start, end in pairwise(begun):
                if names[start] != speech and speech is not None:
                    yield speech, pd.concat(kept, ignore_index=True)
                    kept = []
                speech = names[start]
                kept.append(rows[start:end])
        if speech is not None:
            yield speech, pd.concat(kept, ignore_index=True)


def _in_order(parts: Iterator[tuple[str, "pd.DataFrame"]], none: "pd.DataFrame") -> Rows:
    waiting: list[tuple[str, pd.DataFrame]] = []

    def take(speech: str) -> "pd.DataFrame":
        if not waiting:
            waiting.extend(islice(parts, 1))
        return waiting.pop()[1] if waiting and waiting[0][0] == speech else none

    return take
