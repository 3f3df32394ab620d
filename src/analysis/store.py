"""How a table stands in a file: CSV for people and spreadsheets, Parquet for programs; both come back as they were.

>>> read_table("data/tables/figures.csv")                                 # doctest: +SKIP

Rows are written as they come, part by part, so that a table may be larger than memory. It knows no finder and counts
nothing.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from analysis import schema
from analysis.find.columnar import Coded, piece

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Columns = dict[str, Any]  # column → one value per row: a list, an array, or one of `find.columnar`
Part = Any  # some rows in their form: bytes of CSV lines, or a pyarrow.RecordBatch

# A spreadsheet takes a cell that begins with one of these for a formula; one apostrophe before it prevents that.
FORMULA = frozenset("=+-@'\t\r\n")
# Rows that are written to a Parquet file at once, and their bytes: enough for columns to compress well, few enough for memory.
ROW_GROUP, GROUP_BYTES = 250_000, 4_000_000
# Tables of many rows and few words: their words go to Parquet by number.
CODED = ("tokens",)


def columns(table: str, rows: Sequence[Any]) -> Columns:
    """Rows of a table's row type as columns."""
    return (
        dict(zip(schema.columns(table), map(list, zip(*rows, strict=True)), strict=True))
        if rows
        else {name: [] for name in schema.columns(table)}
    )


def columns_of(made: "pd.DataFrame") -> Columns:
    """The columns of a DataFrame as plain lists, missing values as None."""
    return {str(name): made[name].astype(object).where(made[name].notna(), None).tolist() for name in made}


def frame(table: str, told: Mapping[str, Any] | Iterable[Any]) -> "pd.DataFrame":
    """One table as a DataFrame with the columns and types of the schema, also when it is empty.

    Takes columns (a mapping) or rows of the schema's row type.
    """
    import pandas as pd

    given = told if isinstance(told, Mapping) else columns(table, list(told))
    return pd.DataFrame({name: _array(given.get(name, ()), dtype) for name, dtype in schema.dtypes(table).items()})


def _array(values: Any, dtype: str) -> Any:
    """One column of its type; text by way of Arrow, which is three times as fast and cannot hold lone surrogates."""
    import pandas as pd
    import pyarrow as pa

    if dtype != "string":
        return _numbers(values, dtype)
    try:
        return pd.array(arrow(values if isinstance(values, Coded) else list(values), pa.large_string()), dtype=dtype)
    except UnicodeEncodeError:
        return pd.array(list(values), dtype=pd.StringDtype("python"))


def _numbers(values: Any, dtype: str) -> Any:
    """One column of numbers; an array goes as it is, with its mask, and not as a list of objects."""
    import pandas as pd

    if dtype == "Int64" and isinstance(values, np.ndarray) and values.dtype.kind == "i":
        return pd.arrays.IntegerArray(np.ma.getdata(values).astype(np.int64), np.ma.getmaskarray(values).copy())
    return pd.array(_listed(values), dtype=dtype)


def encoded(form: str, table: str, told: Mapping[str, Any]) -> Part:
    """Some rows of a table in the form they are written in: `csv` or `parquet`."""
    return _csv_lines(table, told) if form == "csv" else _batch(table, told)


def pieces(told: Columns, count: int) -> Iterator[Columns]:
    """Rows of a table in that many pieces of equal length or fewer, none of them empty."""
    n_rows = len(next(iter(told.values())))
    step = max(1, -(-n_rows // count))
    for first in range(0, n_rows, step):
        yield {name: piece(column, first, min(first + step, n_rows)) for name, column in told.items()}


def packed(form: str, part: Part, compression: str | None = "lz4") -> bytes:
    """A part as bytes that can be kept, or sent."""
    if form == "csv":
        return bytes(part)
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, part.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as stream:
        stream.write_batch(part)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def unpacked(form: str, data: bytes) -> Part:
    """The part that was packed."""
    if form == "csv":
        return data
    import pyarrow as pa

    return pa.ipc.open_stream(data).read_next_batch()


class Writer:
    """Writes tables into a folder as they come, a part at a time.

    >>> with Writer(folder, "csv", ["figures"]) as writer:                # doctest: +SKIP
    ...     writer.add("figures", columns)
    """

    def __init__(self, folder: Path, form: str, tables: Iterable[str]) -> None:
        self._stack = ExitStack()
        self._paths = {table: folder / f"{table}.{form}" for table in tables}
        self._form = form
        self._sinks: dict[str, Callable[[Part], None]] = {}

    def __enter__(self) -> "Writer":
        sink = _csv_sink if self._form == "csv" else _parquet_sink
        for table, path in self._paths.items():
            self._sinks[table] = sink(self._stack, self._stack.enter_context(path.open("wb")), table)
        return self

    def add(self, table: str, told: Mapping[str, Any]) -> None:
        """Append rows, given as columns."""
        self.add_part(table, encoded(self._form, table, told))

    def add_part(self, table: str, part: Part) -> None:
        """Append rows that are in their form already."""
        self._sinks[table](part)

    def __exit__(self, *failure: Any) -> None:
        self._stack.__exit__(*failure)


def read_table(path: str | Path) -> "pd.DataFrame":
    """One table as written by this package, CSV or Parquet, with its types; text is exactly as it was written.

    Raises ValueError where a column is missing, as in a table that another version wrote.
    """
    path = Path(path)
    if path.suffix == ".parquet":
        return _from_parquet(path)
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", errors="surrogatepass", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    if rows:  # a table without rows lacks nothing
        all_there(path, header)
    types = schema.dtypes(path.stem)
    read = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    return frame(path.stem, {name: _typed(values, types.get(name, "")) for name, values in read.items()})


def _from_parquet(path: Path) -> "pd.DataFrame":
    """A Parquet table column by column, without a Python object per cell: a corpus has tens of millions of cells."""
    import pyarrow.parquet as pq

    found = with_types(pq.read_table(path))
    all_there(path, found.columns)
    return found[schema.columns(path.stem)]


def with_types(told: "pa.Table") -> "pd.DataFrame":
    """Rows of a Parquet file with the types of the schema."""
    import pandas as pd
    import pyarrow as pa

    types: dict[pa.DataType, Any] = {
        pa.string(): pd.StringDtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
    }
    return told.to_pandas(types_mapper=types.get)


def all_there(path: Path, told: Iterable[str]) -> None:
    """Say which columns a table lacks, and what to do."""
    given = set(told)
    if missing := [name for name in schema.columns(path.stem) if name not in given]:
        columns = ", ".join(missing)
        raise ValueError(
            f"{path.name} lacks the column {columns}: another version of this program wrote it; make the tables again with "
            f"`analysis tables` or `analysis run` / {path.name} 缺少欄位 {columns}，由另一版本寫出；請用 `analysis tables` 或 `analysis run` 重新製作"
        )


def guarded(cell: str) -> str:
    """A text cell with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("工會")
    ("'=1+1", '工會')
    """
    return "'" + cell if cell and _begins_formula(cell[0]) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell[:1] == "'" and guarded(cell[1:]) != cell[1:] else cell


@cache
def _begins_formula(character: str) -> bool:
    return unicodedata.normalize("NFKC", character)[:1] in FORMULA


def _csv_sink(stack: ExitStack, file: IO[bytes], table: str) -> Callable[[Part], None]:
    file.write(("\ufeff" + _lines([schema.columns(table)])).encode())

    def take(part: Part) -> None:
        file.write(part)

    return take


def _csv_lines(table: str, told: Mapping[str, Any]) -> bytes:
    cells = (_cells(told[name]) for name in schema.columns(table))
    return _lines(zip(*cells, strict=True)).encode("utf-8", "surrogatepass")


def _cells(column: Any) -> Iterable[Any]:
    """What the CSV says for each value of a column."""
    if isinstance(column, Coded):  # each word is guarded once
        words = column.named()
        return Coded(list(map(guarded, words.values)), words.codes)
    if isinstance(column, np.ndarray) and column.dtype.kind == "i":
        return _listed(column)
    return map(_cell, _listed(column))


def _listed(column: Any) -> list[Any]:
    return column.tolist() if isinstance(column, np.ndarray) else list(column)


def _lines(rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO(newline="")
    # Every text is quoted: Python before 3.13 leaves a bare carriage return unquoted, and readers split there.
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return text.getvalue()


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


def _parquet_sink(stack: ExitStack, file: IO[bytes], table: str) -> Callable[[Part], None]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = schema.dtypes(table)
    writer = stack.enter_context(
        pq.ParquetWriter(
            file,
            arrow_schema(table),
            compression="zstd",
            store_schema=False,  # words by number are text to whoever reads them
            # Offsets grow row by row: their differences take half the room and half the time. Words repeat.
            use_dictionary=[name for name, dtype in types.items() if dtype == "string"],
            column_encoding={name: "DELTA_BINARY_PACKED" for name, dtype in types.items() if dtype == "Int64"},
            write_statistics=[name for name in types if name in ("speech", "file")],
        )
    )
    waiting: list[pa.RecordBatch] = []
    held = [0, 0]

    def write() -> None:
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting).unify_dictionaries())
            waiting.clear()
            held[:] = 0, 0

    def take(part: Part) -> None:
        waiting.append(part)
        held[:] = held[0] + part.num_rows, held[1] + part.nbytes
        if held[0] >= ROW_GROUP or held[1] >= GROUP_BYTES:
            write()

    stack.callback(write)
    return take


def _batch(table: str, told: Mapping[str, Any]) -> "pa.RecordBatch":
    import pyarrow as pa

    fields = arrow_schema(table)
    return pa.record_batch([arrow(told[field.name], field.type) for field in fields], schema=fields)


def arrow(column: Any, kind: "pa.DataType") -> "pa.Array":
    """A column as Arrow has it: plain, or with a dictionary where it is to have one."""
    import pyarrow as pa

    # What loads pandas (pa.array) or all of Arrow's functions (dictionary_encode) is for measured tables only: the first
    # takes as long as the found tables of a whole book.
    if pa.types.is_dictionary(kind):
        if not isinstance(column, Coded):
            return arrow(column, kind.value_type).dictionary_encode()
        words = column.named()
        return pa.DictionaryArray.from_arrays(_numbered(words.codes, kind.index_type), arrow(words.values, kind.value_type))
    if pa.types.is_integer(kind):
        return _numbered(column, kind)
    texts = list(column) if isinstance(column, Coded) else column
    return pa.array(texts, kind) if pa.types.is_floating(kind) or None in texts else _strings(texts, kind)


def _numbered(column: Any, kind: "pa.DataType") -> "pa.Array":
    """Whole numbers, those that are missing (None, or masked) left out."""
    import pyarrow as pa

    if isinstance(column, np.ndarray):
        numbers, given = np.ma.getdata(column), ~np.ma.getmaskarray(column)
    else:
        numbers = np.array(column, dtype=np.float64)  # has a missing one as NaN, and whole ones exactly up to 2**53
        given = ~np.isnan(numbers)
        numbers[~given] = 0
    valid = None if given.all() else pa.py_buffer(np.packbits(given, bitorder="little"))
    values = np.ascontiguousarray(numbers, kind.to_pandas_dtype())
    return pa.Array.from_buffers(kind, len(column), [valid, pa.py_buffer(values)])


def _strings(texts: Sequence[str], kind: "pa.DataType") -> "pa.Array":
    """Texts one after another in UTF-8, with the places where each ends; long ones are cheaper one by one than at once."""
    import pyarrow as pa

    encoded = list(map(str.encode, texts))
    ends = np.zeros(len(encoded) + 1, dtype=np.int64 if pa.types.is_large_string(kind) else np.int32)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=ends[1:])
    return pa.Array.from_buffers(kind, len(encoded), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))])


@cache
def arrow_schema(table: str) -> "pa.Schema":
    """Types of a table's columns in a Parquet file that is being written."""
    import pyarrow as pa

    words = pa.dictionary(pa.int32(), pa.string()) if table in CODED else pa.string()
    types = {"string": words, "Int64": pa.int64(), "Float64": pa.float64()}
    return pa.schema([(name, types[dtype]) for name, dtype in schema.dtypes(table).items()])
