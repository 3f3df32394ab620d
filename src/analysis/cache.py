"""Found tables kept from run to run, so that a rerun costs what has changed.

>>> cache = Cache.of_user()                                               # doctest: +SKIP
>>> cache.put(key, {"figures": b"..."})                                   # doctest: +SKIP
>>> cache.get(key)                                                        # doctest: +SKIP
{'figures': b'...'}

An entry is named by a hash of everything it was made from: the texts, the lexicons, this package's code, the engines. It
is private to its user, checked against its own hash when read, and worth nothing: delete the folder at any time.
ANALYSIS_CACHE names another folder, or `off`.
"""

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

from analysis.atomic import replaced

VARIABLE = "ANALYSIS_CACHE"
MAGIC = b"analysis found tables 1\n"
# Bytes kept at most; beyond them the entries used longest ago go.
MOST = 2_000_000_000
# Packages whose version can move a row.
ENGINES = ("jieba", "rjieba", "opencc", "numpy", "pyarrow", "pypdfium2")


PACKAGE = Path(__file__).parent
# Files of the package that can move a row or a line in a chart.
KINDS = (".py", ".csv", ".tsv", ".json", ".txt", ".html", ".css", ".js", ".ttf")


@dataclass(frozen=True)
class Cache:
    """Entries in one folder; without a folder nothing is kept."""

    folder: Path | None
    most: int = MOST

    @classmethod
    def of_user(cls) -> "Cache":
        """The cache of this user, or none where it is switched off or its folder is not private."""
        told = os.environ.get(VARIABLE, "")
        if told.lower() == "off":
            return cls(None)
        from platformdirs import user_cache_path

        folder = Path(told) if told else user_cache_path("speech-analysis", appauthor=False)
        return cls(folder if _is_private(folder) else None)

    def get(self, key: str) -> dict[str, bytes] | None:
        """The parts of an entry by name; None where there is none, or a broken one."""
        if not self.folder:
            return None
        path = self.folder / key
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        head, body = data[: len(MAGIC) + 32], data[len(MAGIC) + 32 :]
        return _parts(body) if head == MAGIC + hashlib.sha256(body).digest() else None

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Keep an entry; a full disk or a folder that cannot be written is no error."""
        if not self.folder:
            return
        sizes = json.dumps({name: len(part) for name, part in parts.items()}).encode()
        body = b"".join([len(sizes).to_bytes(8, "big"), sizes, *parts.values()])
        try:
            with replaced(self.folder / key) as file:
                file.write(MAGIC + hashlib.sha256(body).digest() + body)
        except OSError:
            return

    def trim(self) -> None:
        """Remove the entries used longest ago until the rest fits."""
        if not self.folder:
            return
        held = 0
        for used, path in sorted(filter(None, map(_used, self.folder.iterdir())), key=lambda entry: -entry[0].st_mtime):
            held += used.st_size
            if held > self.most:
                path.unlink(missing_ok=True)


@once
def code_version() -> str:
    """A hash of the code that reads and finds, and of the versions of the engines it calls."""
    return hash_of([*PACKAGE.glob("*.py"), *(PACKAGE / "read").rglob("*"), *(PACKAGE / "find").rglob("*")], ENGINES)


def hash_of(paths: Iterable[Path], engines: Iterable[str]) -> str:
    """A hash of files of this package, those compiled or not ours left out, and of the versions of some packages."""
    from importlib.metadata import version

    digest = hashlib.sha256(repr([(name, version(name)) for name in engines]).encode())
    for path in sorted(paths):
        if path.suffix in KINDS:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _used(path: Path) -> tuple[os.stat_result, Path] | None:
    """An entry with its size and when it was used; None where another run has just removed it."""
    try:
        return path.stat(), path
    except OSError:
        return None


def _is_private(folder: Path) -> bool:
    """Whether the folder is there and nobody else can write what we read from it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(held.st_mode):
        return False
    return os.name == "nt" or (held.st_uid == os.getuid() and not held.st_mode & 0o077)  # type: ignore[attr-defined, unused-ignore]


def _parts(body: bytes) -> dict[str, bytes]:
    end = 8 + int.from_bytes(body[:8], "big")
    parts, at = {}, end
    for name, size in json.loads(body[8:end]).items():
        parts[name] = body[at : at + size]
        at += size
    return parts
