"""The files under the PATHs given, each once and in one order, with a note on those that are not opened.

>>> [found.file for found in find([Path("data/speeches")])]        # doctest: +SKIP
['union-meetings.txt']

Folders are entered, symbolic links are not (unless asked), and nothing but regular files is ever opened. What is in a
file is not looked at here.
"""

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from analysis.read.errors import InputError, Note, note, visible

# Files that programs leave behind; hidden files are ignored anyway.
LITTER = {"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"}
# Kinds that live beside speeches and never are one. A file of another kind is judged by what is in it.
OTHER_KINDS = frozenset(
    {".csv", ".tsv", ".json", ".jsonl", ".xml", ".toml", ".yaml", ".yml", ".ini", ".cfg", ".log", ".lock", ".sha256"}
    | {".py", ".ipynb", ".r", ".sh", ".bat", ".js", ".css", ".exe", ".dll", ".so", ".tmp", ".bak", ".db", ".sqlite"}
    | {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".webp", ".ico"}
    | {".mp3", ".mp4", ".wav", ".m4a", ".avi", ".mov", ".mkv"}
    | {".xls", ".xlsx", ".ods", ".parquet", ".zip", ".gz", ".xz", ".7z", ".rar", ".tar"}
)
# A folder that is named like a speech is told, since someone may look for it as one.
SPEECHES = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf"})
_FOLDER = ("a folder (each file in it is listed on its own)", "資料夾(其中的檔案各自列出)")
KINDS = (
    (stat.S_ISDIR, ("a folder", "資料夾")),
    (stat.S_ISFIFO, ("a named pipe", "具名管道")),
    (stat.S_ISSOCK, ("a socket", "通訊端")),
    (stat.S_ISCHR, ("a device", "裝置")),
    (stat.S_ISBLK, ("a device", "裝置")),
)


class Found(NamedTuple):
    """A file found: where it is, its name for people and tables, and why it is not opened (None where it is)."""

    path: Path
    file: str
    passed_over: Note | None = None


def find(paths: Sequence[Path], *, follow_symlinks: bool = False, exclude: Collection[Path] = ()) -> list[Found]:
    """Every file under `paths`, sorted by its path relative to its PATH; InputError where a PATH is missing or all are empty."""
    left_out = {_real(path) for path in exclude}
    found: dict[str, tuple[Path, Found]] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise InputError("E_NO_PATH", path=visible(os.fspath(path), 200))
        for each in _under(Path(path), follow_symlinks, left_out):
            found.setdefault(os.path.abspath(each.path), (Path(path), each))
    if not found:
        raise InputError("E_NO_FILES", path=visible(", ".join(map(os.fspath, paths)), 200))
    return sorted(_told_apart(list(found.values())), key=lambda each: each.file)


def _real(path: PurePath) -> str:
    return os.path.normcase(os.path.realpath(path))


def _under(path: Path, follow: bool, left_out: Collection[str]) -> Iterator[Found]:
    """A PATH may itself be a link: the user named it. What it holds is judged one by one."""
    if path.is_dir():
        yield from _walk(path, path, follow, left_out)
    else:
        yield Found(path, shown(path.name), _not_regular(path))


def _walk(
    folder: Path, root: Path, follow: bool, left_out: Collection[str], above: frozenset[str] = frozenset()
) -> Iterator[Found]:
    real = _real(folder)
    if real in left_out:
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, _relative(folder, root) + "/", note("E_READ", why=error.strerror or "the folder cannot be listed"))
        return
    for entry in entries:
        path = folder / entry.name
        if problem := _passed_over(path, root, follow):
            is_folder = entry.is_dir(follow_symlinks=False)
            yield Found(path, _relative(path, root) + "/" * is_folder, problem)
        elif path.is_dir():
            if path.suffix.lower() in SPEECHES:
                yield Found(path, _relative(path, root) + "/", note("S_NOT_REGULAR", what=_FOLDER))
            if _real(path) in above | {real}:
                yield Found(path, _relative(path, root), note("S_SYMLINK", what=("to a folder that holds it", "指向上層資料夾")))
            else:
                yield from _walk(path, root, follow, left_out, above | {real})
        else:
            yield Found(path, _relative(path, root))


def _passed_over(path: Path, root: Path, follow: bool) -> Note | None:
    """Why an entry of a folder is not opened, if so."""
    if why := _litter(path):
        return note("S_IGNORED", why=why)
    if path.is_symlink():
        inside = _real(path).startswith(_real(root) + os.sep)
        if not (follow and inside and path.exists()):
            return note("S_SYMLINK", what=_target(path))
    if path.is_dir():
        return None
    return _not_regular(path) or _other_kind(path)


def _target(path: Path) -> tuple[str, str]:
    try:
        target = os.readlink(path)
    except OSError:
        return "", ""
    home = os.path.expanduser("~")  # whose name is nobody's business who reads the tables
    target = visible("~" + target.removeprefix(home) if target.startswith(home + os.sep) else target)
    return f"to {target}", f"指向 {target}"


def _litter(path: Path) -> tuple[str, str] | None:
    name = path.name
    if name.startswith("~$"):
        return "a lock file of Word", "Word 的鎖定檔"
    if name.startswith("."):
        return "a hidden file", "隱藏檔"
    return ("left behind by another program", "其他程式留下的檔案") if name.lower() in LITTER or name == "__MACOSX" else None


def _not_regular(path: Path) -> Note | None:
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        return note("E_READ", why=error.strerror or str(error.errno))
    if stat.S_ISREG(mode):
        return None
    return note("S_NOT_REGULAR", what=next((kind for test, kind in KINDS if test(mode)), ("something else", "其他東西")))


def _other_kind(path: Path) -> Note | None:
    kind = path.suffix.lower()
    why = (f"{kind} files are not speeches", f"{kind} 不是講話檔案")
    return note("S_IGNORED", why=why) if kind in OTHER_KINDS else None


def _relative(path: Path, root: Path) -> str:
    return shown(path.relative_to(root).as_posix())


def shown(name: str) -> str:
    """A file name fit for tables and messages: bytes that are no text become escapes.

    >>> shown("caf\\udce9.txt")
    'caf\\\\xe9.txt'
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _told_apart(found: list[tuple[Path, Found]]) -> list[Found]:
    """Files of the same relative name under different PATHs get as much of the PATH as tells them apart."""
    names = Counter(each.file for _, each in found)
    longer: list[Found] = []
    for root, each in found:
        if names[each.file] == 1:
            longer.append(each)
            continue
        others = [other for other, same in found if same.file == each.file and same is not each]
        longer.append(each._replace(file=_with_root(each.file, root, others)))
    return longer


def _with_root(file: str, root: Path, others: list[Path]) -> str:
    above = _parents(root)
    for depth in range(1, len(above) + 1):
        if all(_parents(other)[-depth:] != above[-depth:] for other in others):
            return shown("/".join(above[-depth:])) + "/" + file
    return file


def _parents(root: Path) -> tuple[str, ...]:
    absolute = Path(os.path.abspath(root))
    return (absolute if absolute.is_dir() else absolute.parent).parts[1:]
