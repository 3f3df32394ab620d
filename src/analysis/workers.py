"""Found tables of many speeches: in this process, in several, or on a Dask cluster, and from the cache where it has them.

The speeches go in chunks. Where a chunk ends depends on the speeches' own content only, so a speech more or less changes
one chunk and all others are found in the cache; and the result has the same bytes however many work at it. A speech that
is too long for that is worked at here, goes to its file piece by piece, and is not kept.
"""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory, mkstemp
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from analysis import store
from analysis.cache import Cache, code_version
from analysis.read.errors import Note, fault
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.tables import find_long, find_speech, find_speeches, is_long, joined

if TYPE_CHECKING:
    from concurrent.futures import Future

# Characters of a chunk on average: enough that handing it out costs little, few enough for memory and for the cache.
CHUNK = 150_000
# At most so many times that much: a large one takes memory, and makes the other workers wait at the end.
MOST = 2
# Chunks in work for each worker. They are taken in their order and differ in size: with 2 the others waited for a large one
# a seventh of the time over a law collection, with 4 hardly ever.
AHEAD = 4


Parts = Iterable[tuple[str, store.Part]]  # each with the name of its table; those of one table in order


class Made(NamedTuple):
    """What was made of a chunk: the part of each table, and what went wrong with a speech whose rows are not there."""

    parts: dict[str, Any]
    failed: dict[str, Note]


class Pending(Protocol):
    """Work that was handed out."""

    def result(self) -> Made: ...


@dataclass(frozen=True)
class Found:
    """The found tables of some speeches, in the form they are written in: to be gone through once, before the next."""

    speeches: tuple[Speech, ...]
    parts: Parts
    failed: tuple[tuple[Speech, Note], ...] = ()


@dataclass(frozen=True)
class _Known:
    """A result that is there already."""

    made: Made

    def result(self) -> Made:
        return self.made


@dataclass(frozen=True)
class _Task:
    """What is made of a chunk: parts of this form, as they are or packed for the cache."""

    form: str
    packed: bool


class _Left(NamedTuple):
    """What another process made of a chunk: a file with the bytes of one part after the other, and how many each has."""

    path: str
    sizes: dict[str, int]
    failed: dict[str, Note]


@dataclass(frozen=True)
class _InFile:
    """Work of another process. A pipe would take its parts in pieces, for each of which this process had to stop."""

    left: "Future[_Left]"
    task: _Task

    def result(self) -> Made:
        path, sizes, failed = self.left.result()
        with open(path, "rb") as file:  # each part on its own: some wait long to be written, and would keep all others
            parts = {table: file.read(size) for table, size in sizes.items()}
        os.unlink(path)
        return Made(parts if self.task.packed else dict(_unpacked(parts, self.task.form)), failed)


def find(
    speeches: Iterable[Speech],
    lexicons: Lexicons,
    form: str,
    *,
    jobs: int = 1,
    cluster: str | None = None,
    cache: Cache = Cache(None),  # noqa: B008  it is frozen
) -> Iterator[Found]:
    """Found tables of the speeches in their order, chunk by chunk, as parts of `form` (csv or parquet).

    `jobs` processes work at once. `cluster` is the address of a Dask scheduler that works instead, or `local`.
    """
    with ExitStack() as stack:
        submit, workers = _workers(stack, lexicons, _Task(form, packed=bool(cache.folder)), jobs=jobs, cluster=cluster)
        waiting: deque[tuple[tuple[Speech, ...], str, Pending | None]] = deque()

        def taken() -> Found:
            chunk, key, pending = waiting.popleft()
            if not pending:
                return Found(chunk, streamed(chunk, lexicons, form))
            parts, failed = pending.result()
            if key and not failed:
                cache.put(key, parts)
            whole = tuple(speech for speech in chunk if speech.speech not in failed)
            told = tuple((speech, failed[speech.speech]) for speech in chunk if speech.speech in failed)
            return Found(whole, _unpacked(parts, form) if cache.folder else parts.items(), told)

        for chunk in chunks(speeches):
            if is_long(chunk[-1]):  # it ends its chunk
                waiting.append((chunk, "", None))
            else:
                key = _key(chunk, lexicons, form) if cache.folder else ""
                kept = cache.get(key)
                waiting.append((chunk, "" if kept else key, _Known(Made(kept, {})) if kept else submit(chunk)))
            if len(waiting) > AHEAD * workers - 1:
                yield taken()
        while waiting:
            yield taken()
        cache.trim()


def find_chunk(chunk: Sequence[Speech], lexicons: Lexicons, task: "_Task") -> Made:
    """Found tables of a chunk; the unit of work of a process or a cluster's worker."""
    found, failed = _found(chunk, lexicons)
    parts = {table: store.encoded(task.form, table, joined([one[table] for one in found])) for table in (found or [{}])[0]}
    return Made({table: store.packed(task.form, part) for table, part in parts.items()} if task.packed else parts, failed)


def _found(chunk: Sequence[Speech], lexicons: Lexicons) -> tuple[list[dict[str, Any]], dict[str, Note]]:
    """Found tables of each speech; one that the program fails on is told and costs the others nothing."""
    with suppress(Exception):
        return list(find_speeches(chunk, lexicons)), {}
    found: list[dict[str, Any]] = []
    failed: dict[str, Note] = {}
    for speech in chunk:
        try:
            found.append(find_speech(speech, lexicons))
        except Exception as error:
            failed[speech.speech] = fault(error, speech.speech)
    return found, failed


def streamed(chunk: Sequence[Speech], lexicons: Lexicons, form: str) -> Parts:
    """Found tables of a chunk with a long speech, piece by piece, each made when it is asked for."""
    for speech in chunk:
        found = find_long(speech, lexicons) if is_long(speech) else find_speech(speech, lexicons).items()
        for table, told in found:
            yield table, store.encoded(form, table, told)


def chunks(speeches: Iterable[Speech]) -> Iterator[tuple[Speech, ...]]:
    """The speeches in order, in chunks of about `CHUNK` characters that end where the content of a speech says so."""
    chunk: list[Speech] = []
    size = 0
    for speech in speeches:
        chunk.append(speech)
        size += len(speech.text)
        # Each speech ends a chunk with a chance of its length against CHUNK; its hash throws the dice.
        if int(speech.sha256[:8], 16) * CHUNK < len(speech.text) << 32 or size > MOST * CHUNK:
            yield tuple(chunk)
            chunk, size = [], 0
    if chunk:
        yield tuple(chunk)


def _key(chunk: Sequence[Speech], lexicons: Lexicons, form: str) -> str:
    told = [(one.speech, one.file, one.title, one.label, one.start, one.sha256) for one in chunk]
    return hashlib.sha256(repr((form, lexicons.version, code_version(), told)).encode("utf-8", "backslashreplace")).hexdigest()


def _workers(
    stack: ExitStack, lexicons: Lexicons, task: _Task, *, jobs: int, cluster: str | None
) -> tuple[Callable[[Sequence[Speech]], Pending], int]:
    """A function that hands a chunk out, and how many work."""
    if cluster:
        return _cluster(stack, cluster, lexicons, task, jobs=jobs)
    if jobs > 1:
        return _processes(stack, lexicons, task, jobs=jobs)
    return lambda chunk: _Known(find_chunk(chunk, lexicons, task)), 1


def _processes(
    stack: ExitStack, lexicons: Lexicons, task: _Task, *, jobs: int
) -> tuple[Callable[[Sequence[Speech]], Pending], int]:
    from concurrent.futures import ProcessPoolExecutor

    folder = stack.enter_context(TemporaryDirectory())
    pool = stack.enter_context(ProcessPoolExecutor(jobs, initializer=_begin, initargs=(lexicons,)))
    return lambda chunk: _InFile(pool.submit(_find_chunk, chunk, task, folder), task), jobs


# The lexicons of a process that works for another: they are sent once.
_SENT: list[Lexicons] = []


def _begin(lexicons: Lexicons) -> None:
    _SENT[:] = [lexicons]


def _find_chunk(chunk: Sequence[Speech], task: _Task, folder: str) -> _Left:
    made, failed = find_chunk(chunk, _SENT[0], task)
    parts = made if task.packed else {table: store.packed(task.form, part, None) for table, part in made.items()}
    handle, path = mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.writelines(parts.values())
    return _Left(path, {table: len(part) for table, part in parts.items()}, failed)


def _unpacked(parts: dict[str, bytes], form: str) -> Parts:
    return ((table, store.unpacked(form, part)) for table, part in parts.items())


def _cluster(
    stack: ExitStack, address: str, lexicons: Lexicons, task: _Task, *, jobs: int
) -> tuple[Callable[[Sequence[Speech]], Pending], int]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise RuntimeError("--cluster needs the extra `cluster`: pip install -e '.[cluster]'") from error
    if address == "local":
        local = LocalCluster(n_workers=max(2, jobs), threads_per_worker=1, dashboard_address=None)
        address = stack.enter_context(local).scheduler_address
    client = stack.enter_context(Client(address, timeout="20s"))
    strangers = [worker for worker, code in client.run(code_version).items() if code != code_version()]
    if strangers:
        raise RuntimeError(f"workers run another version of this package: {', '.join(strangers)}; install this one there")
    # A task, not scattered data: should the workers that hold it die, the scheduler makes it anew.
    shared = client.submit(_itself, lexicons, pure=False)
    threads = sum(worker["nthreads"] for worker in client.scheduler_info()["workers"].values())
    return lambda chunk: client.submit(find_chunk, chunk, shared, task, pure=False), max(1, threads)


def _itself(lexicons: Lexicons) -> Lexicons:
    return lexicons
