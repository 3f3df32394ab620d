"""The zip archive of a Word document: whether it may be unpacked, and its parts as XML.

>>> with opened(data, Limits()) as archive:                              # doctest: +SKIP
...     parsed(archive, main_part(archive))

What no Word document has (an archive in the archive, two parts of one name, sizes that lie) is refused before anything is
unpacked. Entities, document types and the network are off. What could run or fetch something is named and never opened.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING

from analysis.read.errors import InputError, Note, note, size
from analysis.read.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ARCHIVES = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".docx")
UNSAFE_PARTS = (
    ("vbaproject.bin", ("a macro", "巨集")),
    ("oleobject", ("an embedded object", "嵌入物件")),
    ("activex", ("an ActiveX control", "ActiveX 控制項")),
    ("word/embeddings/", ("an embedded document", "嵌入文件")),
    ("afchunk", ("an imported part", "匯入部分")),
)


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, checked; whatever is wrong with it, then or later, is an InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, limits)
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise _corrupt(f"not a whole zip archive ({error})", f"不是完整的 zip 檔({error})") from error
    except zlib_error() as error:
        raise _corrupt(f"its compressed data are damaged ({error})", f"壓縮資料損壞({error})") from error


def zlib_error() -> type[Exception]:
    """The exception of the zip module's own engine."""
    import zlib

    return zlib.error


def _corrupt(english: str, chinese: str) -> InputError:
    return InputError("E_CORRUPT", why=(english, chinese))


def _check(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise _bomb((f"{len(entries)} parts", f"{len(entries)} 個部件"), limits.entries, "entries")
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError("E_ENCRYPTED", what=("a zip archive with a password", "有密碼的 zip 檔"))
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked_mb * 1_000_000:
        raise _bomb((f"{size(unpacked)} unpacked", f"解壓後 {size(unpacked)}"), f"{limits.unpacked_mb:g} MB", "unpacked_mb")
    if unpacked > 1_000_000 and unpacked > limits.ratio * max(1, packed):
        times = unpacked // max(1, packed)
        raise _bomb((f"{times} times its size unpacked", f"解壓後為原來的 {times} 倍"), f"{limits.ratio:g}", "ratio")
    _check_names([entry.filename for entry in entries])


def _check_names(names: list[str]) -> None:
    for name in names:
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
            raise _odd((f"a part named {name!r}", f"名為 {name!r} 的部件"))
        if name.lower().endswith(ARCHIVES) and "/embeddings/" not in name:
            raise _odd((f"another archive, {name!r}", f"另一個壓縮檔 {name!r}"))
    if double := next((name for name, n in Counter(names).items() if n > 1), None):
        raise _odd((f"two parts named {double!r}", f"兩個同名部件 {double!r}"))


def _bomb(seen: tuple[str, str], limit: object, option: str) -> InputError:
    said = (
        f"{seen[0]}, the limit is {limit} (raise it with --limit {option}=N)",
        f"{seen[1]},上限 {limit}(可用 --limit {option}=N 提高)",
    )
    return InputError("E_BOMB", seen=said)


def _odd(seen: tuple[str, str]) -> InputError:
    return InputError("E_BOMB", seen=(f"it holds {seen[0]}", f"含有{seen[1]}"))


def main_part(archive: zipfile.ZipFile) -> str:
    """Name of the part that holds the document, as the package says."""
    names = set(archive.namelist())
    if "_rels/.rels" in names:
        for relation in parsed(archive, "_rels/.rels"):
            target = str(relation.get("Target", "")).lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in names and target.startswith("word/"):
                return target
    if "word/document.xml" in names:
        return "word/document.xml"
    raise _no_document(archive, names)


def _no_document(archive: zipfile.ZipFile, names: set[str]) -> InputError:
    kinds = (("xl/workbook.xml", "an Excel file", "Excel 檔"), ("ppt/presentation.xml", "a PowerPoint file", "PowerPoint 檔"))
    for part, english, chinese in kinds:
        if part in names:
            return InputError("E_NOT_TEXT", detected=(english, chinese))
    if "OFD.xml" in names:
        return _other("an OFD document", "OFD 版式文件")
    if "mimetype" in names:
        mimetype = _unpacked(archive, "mimetype")
        if b"opendocument" in mimetype:
            return _other("an OpenDocument file", "OpenDocument 檔")
        if b"epub" in mimetype:
            return _other("an EPUB book", "EPUB 電子書")
    if "[Content_Types].xml" in names:
        return _corrupt("word/document.xml is missing", "缺少 word/document.xml")
    return (
        InputError("E_NOT_TEXT", detected=("a zip archive", "zip 壓縮檔"))
        if names
        else _corrupt("an empty zip archive", "空的 zip 檔")
    )


def _other(detected: str, detected_zh: str) -> InputError:
    fix = ("Open it and save the speech as .docx or .txt.", "請開啟後把講話另存為 .docx 或 .txt。")
    return InputError("E_TYPE_MISMATCH", detected=(detected, detected_zh), fix=fix)


def parsed(archive: zipfile.ZipFile, part: str) -> "Element":
    """Root of an XML part. Entities, DTDs and the network are off, and a part that has a DTD is refused."""
    from lxml import etree

    data = _unpacked(archive, part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _unsafe_xml(part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "memory" in str(error.msg) or error.msg == "unknown error":  # what lxml says when it gets no memory
            raise MemoryError(part) from error
        raise _corrupt(f"{part}: {error.msg}", f"{part}:{error.msg}") from error
    if root.getroottree().docinfo.doctype:  # in another encoding than ASCII's
        raise _unsafe_xml(part)
    return root


def _unpacked(archive: zipfile.ZipFile, part: str) -> bytes:
    """Bytes of a part, never more than it is said to have; one that has more lies about its size."""
    told = archive.getinfo(part)
    room = copy(told)
    room.file_size = told.file_size + 10_000  # past what zipfile reads ahead, so that it compares checksums at the real end
    with archive.open(room) as file:
        data = file.read(told.file_size)
        if file.read(1):
            raise _odd((f"a part that is larger than it says, {part!r}", f"實際大於標示的部件 {part!r}"))
    return data


def _unsafe_xml(part: str) -> InputError:
    return InputError("E_UNSAFE_XML", what=("a document type with entities", "文件類型定義(DTD)或實體"), place=part)


def unsafe_parts(archive: zipfile.ZipFile) -> Iterator[Note]:
    """A note on parts that could run or fetch something; they are not opened."""
    names = set(archive.namelist())
    held = [what for name, what in UNSAFE_PARTS if any(name in part.lower() for part in names)]
    for part in sorted(names):
        if part.endswith(".rels") and part != "_rels/.rels":
            for relation in parsed(archive, part):
                if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
                    kind = relation.get("Type", "").rpartition("/")[2] or "part"
                    held.append((f"a link elsewhere ({kind})", f"外部連結({kind})"))
    if held := list(dict.fromkeys(held)):
        yield note("W_UNSAFE_PART", what=(", ".join(e for e, _ in held), "、".join(c for _, c in held)))
