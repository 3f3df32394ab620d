"""Files → speeches, with one intake row for every file found, whatever became of it.

>>> [reading.row.status for reading in read([Path("data/speeches")])]          # doctest: +SKIP
['warning']

One bad file never stops the others: what is wrong with it is in its row. Files are read once, one at a time, and never
written to; the hash in the row is that of the bytes that were used.
"""

import hashlib
import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.read.content import Content
from analysis.read.errors import InputError, Note, fault, message, note, size, status, visible, worst_first
from analysis.read.files import Found, find
from analysis.read.formats import OLE, ZIP, content
from analysis.read.ids import Ids
from analysis.read.limits import Limits
from analysis.read.notice import notice
from analysis.read.speech import Speech
from analysis.read.split import Span, split
from analysis.read.weighing import known
from analysis.schema import Intake

OUTSIDE_TOLD = 20  # places that a message names
Catalogue = Mapping[str, Mapping[str, str]]


class Reading(NamedTuple):
    """One file found: its row of `intake` and the speeches it holds; `text` is what was decoded or extracted."""

    row: Intake
    speeches: tuple[Speech, ...] = ()
    text: str = ""


def read(
    paths: Sequence[Path],
    *,
    encoding: str | None = None,
    catalogue: Catalogue | None = None,
    language: str = "en",
    limits: Limits | None = None,
    follow_symlinks: bool = False,
    exclude: Collection[Path] = (),
) -> Iterator[Reading]:
    """One Reading per file under `paths`, in the order of their names; InputError at once where a PATH or encoding is wrong.

    `catalogue` maps ids of speeches to their rows; `exclude` are folders that are not entered, such as our own output.
    """
    if encoding:
        known(encoding)
    found = find(paths, follow_symlinks=follow_symlinks, exclude=exclude)
    reader = _Reader(encoding, catalogue or {}, "label_en" if language == "en" else "label_zh", limits or Limits())
    return map(reader.read, found)


class _Reader:
    """What must be remembered from one file to the next: ids given and texts seen."""

    def __init__(self, encoding: str | None, catalogue: Catalogue, label: str, limits: Limits) -> None:
        self._encoding, self._catalogue, self._label, self._limits = encoding, catalogue, label, limits
        self._ids = Ids()
        self._seen: dict[bytes, str] = {}

    def read(self, found: Found) -> Reading:
        """One file as far as it can be read."""
        if found.passed_over:
            return Reading(_row(found.file, [found.passed_over]))
        data = b""
        try:
            data = read_bytes(found.path, self._limits)
            if not data:
                raise InputError("E_EMPTY")
            held = content(data, found.path.name, encoding=self._encoding, limits=self._limits)
            return self._speeches(found.file, data, held)
        except InputError as error:
            problem = error.note
        except Exception as error:  # a fault of ours in one file must not cost the others
            problem = fault(error)
        return Reading(_row(found.file, [problem], data, n_bytes=None if data else _size_of(found.path)))

    def _speeches(self, file: str, data: bytes, held: Content) -> Reading:
        notes = [*held.notes, *notice(held.text)]
        parts, outside = split(held.text)
        if outside:
            notes.append(_outside(outside, held.text))
        if other := self._same_as(held.text, file):
            notes.append(note("W_DUPLICATE_TEXT", other=visible(other, 200)))
        speeches = []
        for name, part in zip(self._ids.give(file, len(parts)), parts, strict=True):
            title = part.title or name
            label = self._catalogue.get(name, {}).get(self._label) or title
            speeches.append(Speech(name, file, title, held.text[part.start : part.end], part.start, label))
        return Reading(_row(file, notes, data, held, len(speeches)), tuple(speeches), held.text)

    def _same_as(self, text: str, file: str) -> str | None:
        """File with the same text, line ends aside, read before this one."""
        digest = hashlib.sha256("\n".join(text.split()).encode("utf-16-le", "surrogatepass")).digest()
        first = self._seen.setdefault(digest, file)
        return None if first == file else first


def without_a_speech(row: Intake, problem: Note) -> Intake:
    """The row of a file of which a speech that was read could not be worked at."""
    return row._replace(
        status=status([problem]),
        code=";".join(dict.fromkeys(filter(None, (problem.code, *row.code.split(";"))))),
        message=" ".join(filter(None, (message([problem]), row.message))),
        n_speeches=(row.n_speeches or 1) - 1,
    )


def _outside(spans: Sequence[Span], text: str) -> Note:
    told = [f"{start}–{end} “{visible(' '.join(text[start:end].split()), 24)}”" for start, end in spans[:OUTSIDE_TOLD]]
    more = len(spans) - len(told)
    return note("W_OUTSIDE_SPEECH", spans=", ".join(told) + (f" +{more}" if more else ""))


def _row(
    file: str,
    notes: Sequence[Note],
    data: bytes = b"",
    held: Content | None = None,
    n: int | None = None,
    n_bytes: int | None = None,
) -> Intake:
    ordered = worst_first(notes)
    return Intake(
        file=file,
        status=status(ordered),
        code=";".join(dict.fromkeys(each.code for each in ordered)),
        message=message(ordered),
        format=held.format if held else "",
        encoding=held.encoding if held else "",
        n_bytes=len(data) if data else n_bytes,
        n_chars=len(held.text) if held else None,
        n_speeches=n,
        sha256=hashlib.sha256(data).hexdigest() if data else "",
    )


def _size_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a regular file, read once; InputError where it cannot be read or is larger than its kind may be."""
    try:
        # Without O_NONBLOCK a pipe put in the file's place since it was listed would block for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise InputError("E_READ", why=("it is no longer a regular file", "已不是一般檔案"))
            head = file.read(1024)
            option = "document_mb" if head.startswith((*ZIP, OLE)) or b"%PDF-" in head else "text_mb"
            limit = int(getattr(limits, option) * 1_000_000)
            if (n_bytes := os.fstat(handle).st_size) > limit:
                raise InputError("E_TOO_LARGE", size=size(n_bytes), limit=size(limit), option=option)
            data = head + file.read(max(0, n_bytes + 1 - len(head)))
            if len(data) > n_bytes:
                data += file.read(limit + 1 - len(data))
    except OSError as error:
        raise InputError("E_READ", why=error.strerror or type(error).__name__) from error
    if len(data) > limit:
        raise InputError("E_TOO_LARGE", size=("still growing", "仍在增大"), limit=size(limit), option=option)
    return data
