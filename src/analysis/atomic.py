"""Files that are the old ones or the new ones, never half: a temporary file in the same folder takes the name at the end.

It stands beside the schema at the bottom of the house, because every floor that writes uses it.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

# Files that are written to the disk one by one: threads for them would take longer to load than they save.
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


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """An empty folder to fill; its files take their places in `folder` when the block ends well, all of them or none.

    Nothing in `folder` changes while the block works. The places are taken one by one at the end, each at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".staging-") as name:
        stage = Path(name)
        yield stage
        files = sorted(path for path in stage.rglob("*") if path.is_file())
        _all_to_disk(files)
        for path in files:
            target = folder / path.relative_to(stage)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, all of it or nothing; line ends stay as they are."""
    with replaced(path) as file:
        file.write(text.encode("utf-8", "surrogatepass"))


def _all_to_disk(paths: Sequence[Path]) -> None:
    """Waiting for the disk is all this does: side by side, a thousand files take little longer than ten."""
    if len(paths) < FEW:
        for path in paths:
            _to_disk(path)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(_to_disk, paths))


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
