"""The registry of tables: found speech by speech, checked, saved, loaded.

>>> tables = load(Path("data/tables"))                                   # doctest: +SKIP
>>> tables.figures[["text", "value", "unit"]].head()                     # doctest: +SKIP

Found tables stream: one speech is in memory at a time, and each row is checked against its text before it is written.
It counts nothing: measured tables come from `measure`.
"""

import csv
import hashlib
import io
import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from analysis import schema
from analysis.atomic import write_text
from analysis.find import artefacts, figures, names, outline, sentences, slogans, themes, tokens
from analysis.read import lexicons as lexicon_files
from analysis.read.lexicons import Lexicons
from analysis.read.settings import Settings
from analysis.read.speech import Speech, n_han
from analysis.schema import SpeechRow

if TYPE_CHECKING:
    import pandas as pd

Columns = dict[str, Sequence[Any]]  # column → one value per row

# In this order; a later finder may use the rows of an earlier one. Tokens come column-wise, because they are many.
FINDERS: dict[str, Callable[..., Any]] = {
    "outline": outline.find,
    "sentences": sentences.find,
    "figures": figures.find,
    "names": names.find,
    "slogans": slogans.find,
    "tokens": tokens.columns,
    "themes": themes.find,
    "artefacts": artefacts.find,
}
# Blanks where a name or number was taken out of the text: xx, XX, ××, ***, □□.
REDACTED = re.compile(r"(?<![A-Za-z])[xX×*＊□]{2,}(?![A-Za-z])")
# A spreadsheet takes a cell that begins with one of these for a formula; one apostrophe before it prevents that.
FORMULA = frozenset("=+-@'\t\r\n")
MARKER = "COMPLETE"


@dataclass(frozen=True, eq=False)
class Tables(Mapping[str, "pd.DataFrame"]):
    """All tables of one set of speeches, by name, as items or attributes: `tables.figures` is `tables["figures"]`."""

    frames: Mapping[str, "pd.DataFrame"] = field(repr=False)
    settings: Settings = field(default_factory=Settings)
    lexicons: Lexicons = field(default_factory=lexicon_files.load, repr=False)
    charts: Path | None = None
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __getitem__(self, table: str) -> "pd.DataFrame":
        return self.frames[table]

    def __getattr__(self, table: str) -> "pd.DataFrame":
        if table in schema.TABLES and table in self.frames:
            return self.frames[table]
        raise AttributeError(f"there is no table {table!r} here; tables are {', '.join(schema.TABLES)}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    def with_frames(self, **frames: "pd.DataFrame") -> "Tables":
        """The same with some tables added or replaced."""
        return replace(self, frames={**self.frames, **frames})


def find_speech(speech: Speech, lexicons: Lexicons) -> dict[str, Columns]:
    """Found tables of one speech, column-wise and checked; the unit of work for processes and clusters."""
    found: dict[str, Any] = {}
    result: dict[str, Columns] = {}
    leftovers: list[schema.Leftover] = []
    for table, find in FINDERS.items():
        if table == "tokens":
            found[table] = result[table] = find(speech, found, lexicons)
        else:
            found[table], left = _sorted_out(find(speech, found, lexicons))
            result[table] = _columns(table, found[table])
            leftovers += left
    result["leftovers"] = _columns("leftovers", sorted(leftovers))
    result["speeches"] = _columns("speeches", [_speech_row(speech, result)])
    for table, columns in result.items():
        _check(table, columns, speech)
    return result


def find_all(
    speeches: Iterable[Speech], lexicons: Lexicons, *, jobs: int = 1, cluster: str | None = None
) -> Iterator[tuple[Speech, dict[str, Columns]]]:
    """Found tables of each speech, in the order of the speeches.

    `jobs` processes work at once; `cluster` is the address of a Dask scheduler that works instead. The result is the same.
    """
    if cluster:
        yield from _on_cluster(speeches, lexicons, cluster)
    elif jobs > 1:
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(jobs) as pool:
            # A batch at a time keeps memory bounded by the largest speeches, not by the corpus.
            for batch in _batches(speeches, 4 * jobs):
                yield from zip(batch, pool.map(find_speech, batch, itertools.repeat(lexicons)), strict=True)
    else:
        for speech in speeches:
            yield speech, find_speech(speech, lexicons)


def _on_cluster(speeches: Iterable[Speech], lexicons: Lexicons, address: str) -> Iterator[tuple[Speech, dict[str, Columns]]]:
    try:
        from distributed import Client
    except ImportError as error:
        raise RuntimeError("--cluster needs the extra `cluster`: pip install -e '.[cluster]'") from error
    with Client(address) as client:
        shared = client.scatter(lexicons, broadcast=True)
        for batch in _batches(speeches, 4 * max(1, len(client.scheduler_info()["workers"]))):
            yield from zip(batch, client.gather(client.map(find_speech, batch, lexicons=shared, pure=False)), strict=True)


def found(speeches: Iterable[Speech], lexicons: Lexicons | None = None, settings: Settings = Settings()) -> Tables:  # noqa: B008
    """Found tables of some speeches, in memory; `intake` stays empty, since no file was read."""
    lexicons = lexicons or lexicon_files.load()
    parts: dict[str, list[Columns]] = {table: [] for table in schema.FOUND}
    texts = {}
    for speech, columns in find_all(speeches, lexicons):
        texts[speech.speech] = speech.text
        for table, part in columns.items():
            parts[table].append(part)
    return Tables({table: frame(table, _joined(part)) for table, part in parts.items()}, settings, lexicons, texts=texts)


def frame(table: str, columns: Mapping[str, Sequence[Any]] | Iterable[Any]) -> "pd.DataFrame":
    """One table as a DataFrame with the columns and types of the schema, also when it is empty.

    Takes columns (a mapping) or rows of the schema's row type.
    """
    import pandas as pd

    if not isinstance(columns, Mapping):
        columns = _columns(table, list(columns))
    return pd.DataFrame({name: _array(columns.get(name, ()), dtype) for name, dtype in schema.dtypes(table).items()})


def _array(values: Sequence[Any], dtype: str) -> Any:
    """One column of its type; text by way of Arrow, which is three times as fast and cannot hold lone surrogates."""
    import pandas as pd
    import pyarrow as pa

    if dtype != "string":
        return pd.array(list(values), dtype=dtype)
    try:
        return pd.array(pa.array(list(values), pa.large_string()), dtype=dtype)
    except UnicodeEncodeError:
        return pd.array(list(values), dtype=pd.StringDtype("python"))


def columns_of(made: "pd.DataFrame") -> Columns:
    """The columns of a DataFrame as plain lists, missing values as None."""
    return {str(name): made[name].astype(object).where(made[name].notna(), None).tolist() for name in made}


class Writer:
    """Writes tables as they come, a part at a time, into a folder; rows beyond memory are no trouble.

    >>> with Writer(folder, "csv", ["figures"]) as writer:                # doctest: +SKIP
    ...     writer.add("figures", columns)
    """

    def __init__(self, folder: Path, form: str, tables: Iterable[str]) -> None:
        self._stack = ExitStack()
        self._paths = {table: folder / f"{table}.{form}" for table in tables}
        self._open = _csv_sink if form == "csv" else _parquet_sink
        self._sinks: dict[str, Callable[[Columns], None]] = {}

    def __enter__(self) -> "Writer":
        for table, path in self._paths.items():
            self._sinks[table] = self._open(self._stack, self._stack.enter_context(path.open("wb")), table)
        return self

    def add(self, table: str, columns: Columns) -> None:
        """Append rows to one table."""
        self._sinks[table](columns)

    def __exit__(self, *failure: Any) -> None:
        self._stack.__exit__(*failure)


def load(folder: Path, settings: Settings = Settings(), charts: Path | None = None) -> Tables:  # noqa: B008
    """All tables of a folder that `analysis tables` or `analysis run` wrote; the texts stand in the outline's first rows."""
    paths = [path for table in schema.TABLES for path in (folder / f"{table}.csv", folder / f"{table}.parquet") if path.exists()]
    frames = {path.stem: read_table(path) for path in paths}
    whole = frames["outline"][frames["outline"]["level"] == 0]
    texts = dict(zip(whole["speech"], whole["text"], strict=True))
    return Tables(frames, settings, lexicon_files.load(settings.lexicons), charts, texts)


def read_table(path: str | Path) -> "pd.DataFrame":
    """One table as written by this package, CSV or Parquet, with its types; text is exactly as it was written."""
    import pandas as pd

    path = Path(path)
    if path.suffix == ".parquet":
        return frame(path.stem, dict(pd.read_parquet(path, dtype_backend="numpy_nullable")))
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", errors="surrogatepass", newline="") as file:
        header, *rows = csv.reader(file)
    types = schema.dtypes(path.stem)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    return frame(path.stem, {name: _typed(values, types.get(name, "")) for name, values in columns.items()})


def guarded(cell: str) -> str:
    """A text cell with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("工會")
    ("'=1+1", '工會')
    """
    return "'" + cell if cell and unicodedata.normalize("NFKC", cell[0])[:1] in FORMULA else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell[:1] == "'" and guarded(cell[1:]) != cell[1:] else cell


def _sorted_out(rows: Iterable[Any]) -> tuple[list[Any], list[schema.Leftover]]:
    found_rows: list[Any] = []
    left: list[schema.Leftover] = []
    for row in rows:
        (left if isinstance(row, schema.Leftover) else found_rows).append(row)
    return found_rows, left


def _speech_row(speech: Speech, columns: Mapping[str, Columns]) -> SpeechRow:
    kinds = columns["outline"]["kind"]
    return SpeechRow(
        speech=speech.speech,
        file=speech.file,
        title=speech.title,
        label=speech.label or speech.title,
        script=speech.script,
        start=speech.start,
        end=speech.end,
        n_han=n_han(speech.text),
        n_tokens=sum(pos != "w" for pos in columns["tokens"]["pos"]),
        n_sentences=len(columns["sentences"]["start"]),
        n_paragraphs=sum(kind not in ("speech", "title", "heading") for kind in kinds),
        n_redacted=len(REDACTED.findall(speech.shadow)),
        sha256=hashlib.sha256(speech.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _columns(table: str, rows: Sequence[Any]) -> Columns:
    """Rows of one row type as columns."""
    return {name: [row[place] for row in rows] for place, name in enumerate(schema.columns(table))}


def _joined(parts: Sequence[Columns]) -> Columns:
    return {name: list(itertools.chain.from_iterable(part[name] for part in parts)) for name in (parts[0] if parts else ())}


def _check(table: str, columns: Columns, speech: Speech) -> None:
    """Raise ValueError with the place where a row is not a receipt for its characters."""
    if table == "speeches" or "start" not in columns:
        return
    text = speech.text
    for start, end, told in zip(columns["start"], columns["end"], columns["text"], strict=True):
        if text[start:end] != told or (start >= end and table != "outline"):
            raise ValueError(
                f"{table} of {speech.speech}: characters {start}-{end} are {text[start:end]!r}, the row says {told!r}"
            )


def _batches(items: Iterable[Speech], size: int) -> Iterator[tuple[Speech, ...]]:
    iterator = iter(items)
    while batch := tuple(itertools.islice(iterator, size)):
        yield batch


def _csv_sink(stack: ExitStack, file: IO[bytes], table: str) -> Callable[[Columns], None]:
    text = io.TextIOWrapper(file, encoding="utf-8", errors="surrogatepass", newline="")
    stack.callback(text.flush)
    text.write("\ufeff")
    # Every text is quoted: Python before 3.13 leaves a bare carriage return unquoted, and readers split there.
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    header = schema.columns(table)
    writer.writerow(header)

    def write(columns: Columns) -> None:
        writer.writerows(zip(*(map(_cell, columns[name]) for name in header), strict=True))

    return write


def _parquet_sink(stack: ExitStack, file: IO[bytes], table: str) -> Callable[[Columns], None]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"string": pa.string(), "Int64": pa.int64(), "Float64": pa.float64()}
    fields = pa.schema([(name, types[dtype]) for name, dtype in schema.dtypes(table).items()])
    writer = stack.enter_context(pq.ParquetWriter(file, fields, compression="zstd"))

    def write(columns: Columns) -> None:
        writer.write_table(pa.table({f.name: pa.array(columns[f.name], f.type) for f in fields}, schema=fields))

    return write


def _cell(value: Any) -> Any:
    """What the CSV says for one value: text guarded, statistics to six significant digits, missing as nothing."""
    if isinstance(value, str):
        return guarded(value)
    if value is None or value != value:
        return None
    if isinstance(value, bool):
        return str(value)
    return float(f"{value:.6g}") if isinstance(value, float) else int(value)


def _typed(values: Sequence[str], dtype: str) -> Sequence[Any]:
    if dtype == "Int64":
        return [int(value) if value else None for value in values]
    if dtype == "Float64":
        return [float(value) if value else None for value in values]
    return [unguarded(value) for value in values]


def write_marker(folder: Path, told: Mapping[str, Any]) -> None:
    """Say that a folder is complete, and of what: written last."""
    write_text(folder / MARKER, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def read_marker(folder: Path) -> dict[str, Any]:
    """What the folder says it is complete of; empty where it does not say or cannot be read."""
    try:
        told = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
