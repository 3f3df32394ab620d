"""The registry of tables: found speech by speech, checked, saved, loaded.

>>> tables = load(Path("data/tables"))                                   # doctest: +SKIP
>>> tables.figures[["text", "value", "unit"]].head()                     # doctest: +SKIP

Found tables stream: few speeches are in memory at a time. The text of each row is cut out by its own start and end, or
checked against them before it is written.
It counts nothing: measured tables come from `measure`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import repeat
from operator import eq, lt
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from analysis import schema
from analysis.atomic import write_text
from analysis.find import Found, columnar
from analysis.read import lexicons as lexicon_files
from analysis.read.lexicons import Lexicons
from analysis.read.settings import Settings
from analysis.read.speech import Speech, n_han, shadow_together
from analysis.read.stretches import LONG, STRETCH, stretches
from analysis.schema import SpeechRow
from analysis.store import Columns, Writer, columns, columns_of, frame, pieces, read_table
from analysis.stored import Stored, Texts, rows_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FINDERS", "Tables", "Writer", "columns_of", "find_speech", "found", "frame", "load", "read_table"]

# Each is a module of `find` with the function `find`. In this order; a later finder may use the rows of an earlier one.
FINDERS = ("outline", "sentences", "figures", "names", "slogans", "tokens", "themes", "artefacts")
# Those whose text is cut out by the very start and end beside it, or that have none.
RECEIPTS = ("outline", "sentences", "figures", "tokens", "themes", "speeches")
# Those that need the whole of a long speech, and little memory for it.
WHOLE = FINDERS[:2]
# Blanks where a name or number was taken out of the text: xx, XX, ××, ***, □□. (It begins with a class, which is found fast.)
BLANKED = "xX×*＊□"
REDACTED = re.compile(rf"[{BLANKED}](?<![A-Za-z].)[{BLANKED}]+(?![A-Za-z])")
MARKER = "COMPLETE"
# Characters of speeches that are worked at side by side: more bring nothing.
SIDE_BY_SIDE = 40_000


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

    # By identity, so that what is worked out of some tables can be remembered; a Mapping would compare every cell.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def with_frames(self, **frames: "pd.DataFrame") -> "Tables":
        """The same with some tables added or replaced."""
        stored = self.frames.with_frames(frames) if isinstance(self.frames, Stored) else None
        return replace(self, frames=stored or {**self.frames, **frames})

    def each_speech(self, *tables: str) -> Iterator[tuple[str, dict[str, "pd.DataFrame"]]]:
        """The rows of some found tables speech by speech; of those that lie in Parquet files few are held at a time."""
        stored = self.frames if isinstance(self.frames, Stored) else None
        rows = {table: stored.in_order(table) if stored else rows_of(self.frames[table]) for table in tables}
        for speech in self["speeches"]["speech"]:
            yield speech, {table: take(speech) for table, take in rows.items()}


def find_speech(speech: Speech, lexicons: Lexicons) -> dict[str, Columns]:
    """Found tables of one speech, column-wise and checked."""
    return next(find_speeches([speech], lexicons))


def find_speeches(speeches: Iterable[Speech], lexicons: Lexicons) -> Iterator[dict[str, Columns]]:
    """Found tables of each speech, column-wise and checked.

    Short speeches are worked at side by side, a finder going through some of them before the next begins: what it looks
    things up in stays in the processor's cache, which saves a tenth of the time and more.
    """
    waiting: list[Speech] = []
    size = 0
    for speech in speeches:
        if is_long(speech):
            yield from _side_by_side(waiting, lexicons)
            yield _together(find_long(speech, lexicons))
            waiting, size = [], 0
            continue
        waiting.append(speech)
        size += len(speech.text)
        if size > SIDE_BY_SIDE:
            yield from _side_by_side(waiting, lexicons)
            waiting, size = [], 0
    yield from _side_by_side(waiting, lexicons)


def is_long(speech: Speech) -> bool:
    """Whether a speech is worked at in stretches, since its rows would not fit in memory."""
    return len(speech.text) > LONG


def find_long(speech: Speech, lexicons: Lexicons) -> Iterator[tuple[str, Columns]]:
    """Rows of a long speech, column-wise and checked, some at a time; those of one table come in order.

    Outline and sentences are found in the whole text, all else in one stretch of it after the other.
    """
    whole: dict[str, Any] = {}
    (left,) = _find([speech], [whole], WHOLE, lexicons)
    n_tokens = 0
    for table in WHOLE:
        for told in pieces(whole[table], 1 + len(speech.text) // STRETCH):
            yield table, told
    for begin, end in stretches(speech.text):
        part = replace(speech, text=speech.text[begin:end])
        found: dict[str, Any] = {table: _within(whole[table], begin, end) for table in WHOLE}
        (unread,) = _find([part], [found], FINDERS[len(WHOLE) :], lexicons)
        left += [row._replace(start=row.start + begin, end=row.end + begin) for row in unread]
        n_tokens += _n_words(found["tokens"])
        for table in FINDERS[len(WHOLE) :]:
            rows = found.pop(table)
            told = rows if isinstance(rows, dict) else columns(table, rows)
            _check(table, told, part)
            yield table, {**told, **{name: _moved(told[name], begin) for name in ("start", "end")}}
    yield "leftovers", columns("leftovers", sorted(left))
    yield "speeches", columns("speeches", [_speech_row(speech, whole, n_tokens)])


def _within(rows: Columns, begin: int, end: int) -> Columns:
    """The rows that reach into a stretch of the speech, as far as they do, without their text."""
    reach = (rows["start"] < end) & (rows["end"] > begin)
    cut = {name: column[reach] for name, column in rows.items() if isinstance(column, np.ndarray)}
    if "marker" in rows:  # that of a paragraph that began before stands there
        cut["marker"] = np.where(rows["start"] < begin, "", rows["marker"])[reach].tolist()
    return {**cut, "start": np.maximum(cut["start"] - begin, 0), "end": np.minimum(cut["end"], end) - begin}


def _moved(offsets: Any, by: int) -> Any:
    return offsets + by if isinstance(offsets, np.ndarray) else [offset + by for offset in offsets]


def _together(parts: Iterable[tuple[str, Columns]]) -> dict[str, Columns]:
    held: dict[str, list[Columns]] = {}
    for table, told in parts:
        held.setdefault(table, []).append(told)
    return {table: joined(told) for table, told in held.items()}


def _side_by_side(speeches: Sequence[Speech], lexicons: Lexicons) -> Iterator[dict[str, Columns]]:
    if not speeches:
        return
    shadow_together(speeches)
    found: list[dict[str, Any]] = [{} for _ in speeches]
    leftovers = _find(speeches, found, FINDERS, lexicons)
    for speech, rows, left in zip(speeches, found, leftovers, strict=True):
        yield _in_columns(speech, rows, left)


def _find(
    speeches: Sequence[Speech], found: Sequence[dict[str, Any]], finders: Iterable[str], lexicons: Lexicons
) -> list[list[schema.Leftover]]:
    """Adds to what was found in each speech what some finders find; gives what they could not read."""
    leftovers: list[list[schema.Leftover]] = [[] for _ in speeches]
    for table in finders:
        results = _finder(table)(speeches, found, lexicons)
        for made, rows, left in zip(results, found, leftovers, strict=True):
            rows[table], unread = _sorted_out(made)
            left += unread
    return leftovers


def _in_columns(speech: Speech, found: dict[str, Any], leftovers: list[schema.Leftover]) -> dict[str, Columns]:
    """What was found as columns, checked."""
    told = {table: rows if isinstance(rows, dict) else columns(table, rows) for table, rows in found.items()}
    told["leftovers"] = columns("leftovers", sorted(leftovers))
    told["speeches"] = columns("speeches", [_speech_row(speech, found, _n_words(found["tokens"]))])
    for table, of_one in told.items():
        _check(table, of_one, speech)
    return told


def _finder(table: str) -> Callable[[Sequence[Speech], Sequence[Found], Lexicons], Iterable[Any]]:
    """What finds the rows of each of some speeches; `find_each` of a module does so at once."""
    module = import_module(f"analysis.find.{table}")
    if each := getattr(module, "find_each", None):
        return cast("Callable[[Sequence[Speech], Sequence[Found], Lexicons], Iterable[Any]]", each)
    return lambda speeches, founds, lexicons: map(module.find, speeches, founds, repeat(lexicons))


def found(speeches: Iterable[Speech], lexicons: Lexicons | None = None, settings: Settings = Settings()) -> Tables:  # noqa: B008
    """Found tables of some speeches, in memory; `intake` stays empty, since no file was read."""
    lexicons = lexicons or lexicon_files.load()
    parts: dict[str, list[Columns]] = {table: [] for table in schema.FOUND}
    texts = {}
    speeches = tuple(speeches)
    for speech, made in zip(speeches, find_speeches(speeches, lexicons), strict=True):
        texts[speech.speech] = speech.text
        for table, part in made.items():
            parts[table].append(part)
    return Tables({table: frame(table, joined(part)) for table, part in parts.items()}, settings, lexicons, texts=texts)


def load(folder: Path, settings: Settings = Settings(), charts: Path | None = None) -> Tables:  # noqa: B008
    """All tables of a folder that `analysis tables` or `analysis run` wrote; the texts stand in the outline's first rows."""
    frames = Stored(folder)
    return Tables(frames, settings, lexicon_files.load(settings.lexicons), charts, Texts(frames))


def _sorted_out(made: Any) -> tuple[Any, list[schema.Leftover]]:
    """What a finder made of a speech: rows, or columns of them where they are many, and what it could not read."""
    if isinstance(made, tuple):
        return made
    if isinstance(made, dict):
        return made, []
    found_rows: list[Any] = []
    left: list[schema.Leftover] = []
    for row in made:
        (left if isinstance(row, schema.Leftover) else found_rows).append(row)
    return found_rows, left


def _n_words(tokens: Columns) -> int:
    return len(tokens["pos"]) - int(tokens["pos"].count("w"))


def _speech_row(speech: Speech, found: Found, n_tokens: int) -> SpeechRow:
    kinds = found["outline"]["kind"]
    return SpeechRow(
        speech=speech.speech,
        file=speech.file,
        title=speech.title,
        label=speech.label or speech.title,
        script=speech.script,
        start=speech.start,
        end=speech.end,
        n_han=n_han(speech.text),
        n_tokens=n_tokens,
        n_sentences=len(found["sentences"]["start"]),
        n_paragraphs=len(kinds) - sum(map(kinds.count, ("speech", "title", "heading"))),
        n_redacted=_n_redacted(speech.shadow),
        sha256=speech.sha256,
    )


def _n_redacted(shadow: str) -> int:
    """Places where something was taken out; most texts have no such character."""
    return len(REDACTED.findall(shadow)) if any(map(shadow.__contains__, BLANKED)) else 0


def joined(parts: Sequence[Columns]) -> Columns:
    return {name: columnar.joined([part[name] for part in parts]) for name in (parts[0] if parts else ())}


def _check(table: str, told: Columns, speech: Speech) -> None:
    """Raise ValueError with the place where a row is not a receipt for its characters."""
    if len(set(map(len, told.values()))) > 1:
        raise ValueError(f"{table} of {speech.speech}: columns of unequal length")
    if table in RECEIPTS:
        return
    stands = map(speech.text.__getitem__, map(slice, told["start"], told["end"]))
    if not all(map(eq, stands, told["text"])) or not all(map(lt, told["start"], told["end"])):
        _refuse(table, told, speech)


def _refuse(table: str, told: Columns, speech: Speech) -> None:
    for start, end, text in zip(told["start"], told["end"], told["text"], strict=True):
        if speech.text[start:end] != text or start >= end:
            stands = speech.text[start:end]
            raise ValueError(f"{table} of {speech.speech}: characters {start}-{end} are {stands!r}, the row says {text!r}")


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
