"""Files that are the old ones or the new ones, never half: a temporary file in the same folder takes the name at the end.

It stands beside the schema at the bottom of the house, because every floor that writes uses it.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

# Files that go to the disk together: for fewer a thread would take longer to load than it saves.
FEW = 50


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


class Stage:
    """A folder to fill. What is written through it goes to the disk while more is made: waiting at the end takes longer."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self._stack = stack
        self._whole: list[str] = []
        self._on_their_way: list[Future[None]] = []

    def write(self, path: Path, data: bytes) -> None:
        """A whole file; nothing may write to it afterwards."""
        path.write_bytes(data)
        self._whole.append(str(path))
        if len(self._whole) == FEW * (len(self._on_their_way) + 1):
            self._on_their_way.append(self._thread.submit(_to_disk, self._whole[-FEW:]))

    def finish(self, paths: Iterable[str]) -> None:
        """Wait until all of these are on the disk."""
        gone = set(self._whole[: FEW * len(self._on_their_way)])
        _to_disk(path for path in paths if path not in gone)
        for some in self._on_their_way:
            some.result()

    @cached_property
    def _thread(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return self._stack.enter_context(ThreadPoolExecutor(1))


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """An empty folder to fill; its files take their places in `folder` when the block ends well, all of them or none.

    Nothing in `folder` changes while the block works. The places are taken one by one at the end, each at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".staging-") as made, ExitStack() as stack:
        stage = Stage(Path(made), stack)
        yield stage
        # As plain strings: for a thousand files paths would take longer than the moves.
        name = str(stage.folder)
        files = sorted(os.path.join(place, file) for place, _, held in os.walk(name) for file in held)
        stage.finish(files)
        for place in {os.path.dirname(path) for path in files}:
            os.makedirs(f"{folder}{place.removeprefix(name)}", exist_ok=True)
        for path in files:
            os.replace(path, f"{folder}{path.removeprefix(name)}")


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, all of it or nothing; line ends stay as they are."""
    with replaced(path) as file:
        file.write(text.encode("utf-8", "surrogatepass"))


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
