"""Found tables of many speeches: in this process, in several, or on a Dask cluster, and from the cache where it has them.

The speeches go in chunks. Where a chunk ends depends on the speeches' own content only, so a speech more or less changes
one chunk and all others are found in the cache; and the result has the same bytes however many work at it.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol

from analysis import store
from analysis.cache import Cache, code_version
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.tables import find_speeches, joined

# Characters of a chunk on average: enough that handing it out costs little, few enough for memory and for the cache.
CHUNK = 150_000
# Chunks in work for each worker: one that it works at and one that waits.
AHEAD = 2


class Pending(Protocol):
    """Work that was handed out."""

    def result(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Found:
    """The found tables of some speeches, in the form they are written in."""

    speeches: tuple[Speech, ...]
    parts: dict[str, store.Part]


@dataclass(frozen=True)
class _Known:
    """A result that was there already."""

    parts: dict[str, Any]

    def result(self) -> dict[str, Any]:
        return self.parts


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
        submit, workers = _workers(stack, lexicons, form, jobs=jobs, cluster=cluster)
        waiting: deque[tuple[tuple[Speech, ...], str, Pending]] = deque()
        for chunk in chunks(speeches):
            key = _key(chunk, lexicons, form) if cache.folder else ""
            kept = cache.get(key)
            known = _Known({table: store.unpacked(form, part) for table, part in kept.items()}) if kept else None
            waiting.append((chunk, "" if known else key, known or submit(chunk)))
            if len(waiting) > AHEAD * workers - 1:
                yield _taken(waiting, form, cache)
        while waiting:
            yield _taken(waiting, form, cache)
        cache.trim()


def find_chunk(chunk: Sequence[Speech], lexicons: Lexicons, form: str) -> dict[str, store.Part]:
    """Found tables of a chunk; the unit of work of a process or a cluster's worker."""
    found = list(find_speeches(chunk, lexicons))
    return {table: store.encoded(form, table, joined([one[table] for one in found])) for table in found[0]}


def chunks(speeches: Iterable[Speech]) -> Iterator[tuple[Speech, ...]]:
    """The speeches in order, in chunks of about `CHUNK` characters that end where the content of a speech says so."""
    chunk: list[Speech] = []
    size = 0
    for speech in speeches:
        chunk.append(speech)
        size += len(speech.text)
        # Each speech ends a chunk with a chance of its length against CHUNK; its hash throws the dice.
        if int(speech.sha256[:8], 16) * CHUNK < len(speech.text) << 32 or size > 4 * CHUNK:
            yield tuple(chunk)
            chunk, size = [], 0
    if chunk:
        yield tuple(chunk)


def _taken(waiting: "deque[tuple[tuple[Speech, ...], str, Pending]]", form: str, cache: Cache) -> Found:
    chunk, key, pending = waiting.popleft()
    parts = pending.result()
    if key:
        cache.put(key, {table: store.packed(form, part) for table, part in parts.items()})
    return Found(chunk, parts)


def _key(chunk: Sequence[Speech], lexicons: Lexicons, form: str) -> str:
    told = [(one.speech, one.file, one.title, one.label, one.start, one.sha256) for one in chunk]
    return hashlib.sha256(repr((form, lexicons.version, code_version(), told)).encode("utf-8", "backslashreplace")).hexdigest()


def _workers(
    stack: ExitStack, lexicons: Lexicons, form: str, *, jobs: int, cluster: str | None
) -> tuple[Callable[[Sequence[Speech]], Pending], int]:
    """A function that hands a chunk out, and how many work."""
    if cluster:
        return _cluster(stack, cluster, lexicons, form, jobs=jobs)
    if jobs > 1:
        return _processes(stack, lexicons, form, jobs=jobs)
    return lambda chunk: _Known(find_chunk(chunk, lexicons, form)), 1


def _processes(
    stack: ExitStack, lexicons: Lexicons, form: str, *, jobs: int
) -> tuple[Callable[[Sequence[Speech]], Pending], int]:
    from concurrent.futures import ProcessPoolExecutor

    pool = stack.enter_context(ProcessPoolExecutor(jobs))
    return lambda chunk: pool.submit(find_chunk, chunk, lexicons, form), jobs


def _cluster(
    stack: ExitStack, address: str, lexicons: Lexicons, form: str, *, jobs: int
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
    return lambda chunk: client.submit(find_chunk, chunk, shared, form, pure=False), max(1, threads)


def _itself(lexicons: Lexicons) -> Lexicons:
    return lexicons
