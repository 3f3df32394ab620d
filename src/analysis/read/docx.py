"""Word documents → text in reading order: one line for each paragraph, a table row on one line, cells parted by a tab.

>>> read(data, Limits()).text                                            # doctest: +SKIP
'在工會會議上的講話\\n一、任務\\n…'

Kept: paragraphs, tables, text boxes (after the paragraph they hang on), insertions, results of fields, content controls,
the base of ruby, and the numbers that Word writes before headings. Left out and named: footnotes, endnotes, comments,
page headers and footers, tracked deletions, hidden text, ruby readings, embedded documents. Nothing else is opened: no
macro, no template, no link, no entity, no nested archive.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from typing import TYPE_CHECKING

from analysis.read.content import Content
from analysis.read.errors import InputError, Note, note, size
from analysis.read.leftout import left_out
from analysis.read.limits import Limits
from analysis.read.numbering import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ARCHIVES = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".docx")
# Parts beside the document that hold text a reader of the page sees or may see.
SIDE_PARTS = (
    ("footnotes", "footnotes"),
    ("endnotes", "endnotes"),
    ("comments", "comments"),
    ("header", "header"),
    ("footer", "footer"),
)
UNSAFE_PARTS = (
    ("vbaproject.bin", ("a macro", "巨集")),
    ("oleobject", ("an embedded object", "嵌入物件")),
    ("activex", ("an ActiveX control", "ActiveX 控制項")),
    ("word/embeddings/", ("an embedded document", "嵌入文件")),
    ("afchunk", ("an imported part", "匯入部分")),
)
SKIPPED = {
    "pPr",
    "rPr",
    "sectPr",
    "tblPr",
    "trPr",
    "tcPr",
    "tblGrid",
    "instrText",
    "delInstrText",
    "Fallback",
    "sdtPr",
    "rubyPr",
    "proofErr",
}


def read(data: bytes, limits: Limits) -> Content:
    """Text of a Word document with notes on what was left out; InputError where it is damaged or dangerous."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, limits)
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


def _read(archive: zipfile.ZipFile, limits: Limits) -> Content:
    _check(archive, limits)
    names = {info.filename for info in archive.infolist()}
    main = _main_part(archive, names)
    document = _parsed(archive, main)
    folder = main.rpartition("/")[0]
    numbering = f"{folder}/numbering.xml"
    styles = f"{folder}/styles.xml"
    numbers = Numbering(*(_parsed(archive, part) if part in names else None for part in (numbering, styles)))
    text = _Text(numbers)
    text.read(document)
    for part, n in _side_parts(archive, names, folder):
        text.omitted[part] += n
    if not text.result().strip():
        raise InputError("E_NO_TEXT", why=("the document has no text in its body", "文件正文沒有文字"))
    return Content(text.result(), "docx", "utf-8", (*_unsafe(archive, names), *text.notes()))


# The archive, before anything is unpacked ------------------------------------------------------------------------------


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


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    """Name of the part that holds the document, as the package says."""
    if "_rels/.rels" in names:
        for relation in _parsed(archive, "_rels/.rels"):
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


def _parsed(archive: zipfile.ZipFile, part: str) -> "Element":
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


def _unsafe(archive: zipfile.ZipFile, names: set[str]) -> Iterator[Note]:
    """Notes on parts that could run or fetch something; they are not opened."""
    held = [what for name, what in UNSAFE_PARTS if any(name in part.lower() for part in names)]
    for part in sorted(names):
        if part.endswith(".rels") and part != "_rels/.rels":
            for relation in _parsed(archive, part):
                if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
                    kind = relation.get("Type", "").rpartition("/")[2] or "part"
                    held.append((f"a link to a {kind} elsewhere", f"外部連結({kind})"))
    if held := list(dict.fromkeys(held)):
        yield note("W_UNSAFE_PART", what=(", ".join(e for e, _ in held), "、".join(c for _, c in held)))


def _side_parts(archive: zipfile.ZipFile, names: set[str], folder: str) -> Iterator[tuple[str, int]]:
    """Number of characters of footnotes, comments, headers and the like."""
    for part in sorted(names):
        base = part.removeprefix(f"{folder}/").lower()
        kind = next(
            (kind for start, kind in SIDE_PARTS if base.startswith(start) and base.endswith(".xml") and "/" not in base), None
        )
        if kind and not base.startswith("commentsex") and not base.startswith("commentsid"):
            yield (
                kind,
                sum(len("".join((node.text or "").split())) for node in _parsed(archive, part).iter() if _name(node) == "t"),
            )


# The document ------------------------------------------------------------------------------------------------------------


def _name(node: "Element") -> str:
    """Local name of an element; both the usual and the strict namespace of Word are read."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(node: "Element", name: str) -> str | None:
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), None)


class _Text:
    """Collects the lines of a document."""

    def __init__(self, numbers: Numbering) -> None:
        self.lines: list[str] = []
        self.omitted: Counter[str] = Counter()
        self._numbers = numbers
        self._boxes: list[Element] = []

    def result(self) -> str:
        return "\n".join(self.lines)

    def notes(self) -> Iterator[Note]:
        omitted = {part: n for part, n in sorted(self.omitted.items()) if n}
        if omitted:
            yield left_out(omitted)

    def read(self, node: "Element") -> None:
        """Lines of everything under a body, a cell or a text box."""
        for child in node:
            name = _name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in ("del", "moveFrom"):
                self._omit("deleted text", child)
            elif name not in SKIPPED:
                self.read(child)

    def _paragraph(self, paragraph: "Element") -> None:
        boxes, self._boxes = self._boxes, []
        text = self._numbers.marker(paragraph) + "".join(self._runs(paragraph))
        self.lines.extend(text.split("\n"))
        hanging, self._boxes = self._boxes, boxes
        for box in hanging:
            self.read(box)

    def _table(self, table: "Element") -> None:
        for row in (node for node in table.iter() if _name(node) == "tr" and _table_of(node) is table):
            cells = []
            for cell in (node for node in row.iter() if _name(node) == "tc" and _row_of(node) is row):
                inner = _Text(self._numbers)
                inner.read(cell)
                self.omitted.update(inner.omitted)
                cells.append(" ".join(line for line in inner.lines if line.strip()))
            self.lines.append("\t".join(cells))

    def _runs(self, node: "Element") -> Iterator[str]:
        """Text under a paragraph, piece by piece."""
        for child in node:
            name = _name(child)
            if name in _PIECES:
                yield _PIECES[name](child)
            elif name in ("del", "moveFrom"):
                self._omit("deleted text", child)
            elif name == "ruby":
                yield from self._ruby(child)
            elif name in ("txbxContent",):
                self._boxes.append(child)
            elif name == "sym":
                self.omitted["symbols of a picture font"] += 1
            elif name == "r" and _is_hidden(child):
                self._omit("hidden text", child)
            elif name not in SKIPPED:
                yield from self._runs(child)

    def _ruby(self, ruby: "Element") -> Iterator[str]:
        for child in ruby:
            if _name(child) == "rubyBase":
                yield from self._runs(child)
            elif _name(child) == "rt":
                self._omit("ruby readings", child)

    def _omit(self, part: str, node: "Element") -> None:
        self.omitted[part] += sum(len("".join((n.text or "").split())) for n in node.iter() if _name(n) in ("t", "delText"))


def _break(node: "Element") -> str:
    return "\n"


_PIECES: dict[str, Callable[["Element"], str]] = {
    "t": lambda node: node.text or "",
    "tab": lambda node: "\t",
    "ptab": lambda node: "\t",
    "br": _break,
    "cr": _break,
    "noBreakHyphen": lambda node: "-",
    "softHyphen": lambda node: "",
}


def _is_hidden(run: "Element") -> bool:
    properties = next((child for child in run if _name(child) == "rPr"), None)
    vanish = next((p for p in properties if _name(p) == "vanish"), None) if properties is not None else None
    return vanish is not None and _attribute(vanish, "val") not in ("0", "false", "off")


def _table_of(node: "Element") -> "Element | None":
    return next((above for above in node.iterancestors() if _name(above) == "tbl"), None)


def _row_of(node: "Element") -> "Element | None":
    return next((above for above in node.iterancestors() if _name(above) == "tr"), None)
