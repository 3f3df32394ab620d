"""Files that are the old ones or the new ones, never half: a temporary file in the same folder takes the name at the end.

It stands beside the schema at the bottom of the house, because every floor that writes uses it.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

# Files that are written to the disk one by one: threads for them would take longer to load than they save.
FEW = 50
# Threads that wait for the disk at once: with more they wait for each other.
WAITING = 4


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A binary file to write; it becomes `path` when the block ends well, and vanishes when it does not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        if os.path.exists(name):
            os.unlink(name)
        raise


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """An empty folder to fill; its files take their places in `folder` when the block ends well, all of them or none.

    Nothing in `folder` changes while the block works. The places are taken one by one at the end, each at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".staging-") as name:
        stage = Path(name)
        yield stage
        # As plain strings: for a thousand files paths would take longer than the moves.
        files = sorted(os.path.join(place, file) for place, _, held in os.walk(name) for file in held)
        _all_to_disk(files)
        for place in {os.path.dirname(path) for path in files}:
            os.makedirs(f"{folder}{place.removeprefix(name)}", exist_ok=True)
        for path in files:
            os.replace(path, f"{folder}{path.removeprefix(name)}")


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, all of it or nothing; line ends stay as they are."""
    with replaced(path) as file:
        file.write(text.encode("utf-8", "surrogatepass"))


def _all_to_disk(paths: Sequence[str]) -> None:
    """Waiting for the disk is all this does: side by side, a thousand files take little longer than ten."""
    if len(paths) < FEW:
        _to_disk(paths)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(WAITING) as pool:
        list(pool.map(_to_disk, (paths[first::WAITING] for first in range(WAITING))))


def _to_disk(paths: Iterable[str]) -> None:
    for path in paths:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
