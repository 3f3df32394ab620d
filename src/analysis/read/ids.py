"""Ids of speeches: the file's stem made safe for file names, and told apart where two would be the same.

>>> safe_stem("2016 工會會議 (一).txt")
'2016-工會會議-(一)'

Letters of every script stay; what a file system, a shell or a spreadsheet could take for something else does not.
"""

import hashlib
import re
import unicodedata
from itertools import chain, count
from pathlib import PurePosixPath

# Windows reserves these names whatever the ending.
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_UNSAFE = re.compile(r"[^\w.()-]+")
# 255 bytes is what a file name may have; .parquet and a temporary file's ending need some of them.
LONGEST = 180


def safe_stem(file: str) -> str:
    """Stem of a path as the start of an id: NFC, no blanks or signs, at most 180 bytes."""
    stem = unicodedata.normalize("NFC", PurePosixPath(file).stem.encode("utf-8", "replace").decode("utf-8"))
    safe = _UNSAFE.sub("-", stem).strip("-._") or "speech"
    if _RESERVED.fullmatch(safe):
        safe += "-speech"
    return safe.encode("utf-8")[:LONGEST].decode("utf-8", "ignore")


def digest(file: str, length: int = 6) -> str:
    """First hex digits of the SHA-256 of a relative path."""
    try:
        path = file.encode("utf-8", "surrogateescape")  # the bytes of a name on Linux that is no UTF-8
    except UnicodeEncodeError:
        path = file.encode("utf-8", "surrogatepass")  # half a character, which Windows allows in a name
    return hashlib.sha256(path).hexdigest()[:length]


class Ids:
    """Gives out ids, each once. Ask in the order of the paths: the file that comes later gets the longer id."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, file: str, n_speeches: int) -> list[str]:
        """Ids of the speeches of one file: its stem, with -1, -2, … where it holds several."""
        stem = safe_stem(file)
        # Six digits tell two paths apart; a path that comes again, which files.find rules out, would be counted on.
        names = chain([stem, f"{stem}-{digest(file)}", f"{stem}-{digest(file, 12)}"], (f"{stem}-{n}" for n in count(2)))
        ids = next(ids for name in names if self._taken.isdisjoint(map(_folded, ids := _numbered(name, n_speeches))))
        self._taken.update(map(_folded, ids))
        return ids


def _numbered(stem: str, n_speeches: int) -> list[str]:
    return [stem] if n_speeches == 1 else [f"{stem}-{number}" for number in range(1, n_speeches + 1)]


def _folded(name: str) -> str:
    """What two names share that a Mac's or Windows' file system may take for one."""
    return unicodedata.normalize("NFKC", name).casefold()
