"""Word documents → text in reading order: one line for each paragraph; the cells of a table row parted by tabs.

>>> read(data, Limits()).text                                            # doctest: +SKIP
'在工會會議上的講話\\n一、任務\\n…'

Kept: paragraphs, tables, text boxes (after the paragraph they hang on), insertions, results of fields, content controls,
the base of ruby, and the numbers that Word writes before headings. A table that only lays out the page (one cell in a row,
or a cell longer than a cell of data) keeps its paragraphs. Left out and named: footnotes, endnotes, comments, page headers
and footers, the table of contents, tracked deletions, hidden text, ruby readings, drawings. Nothing else is opened: no
macro, no template, no link, no entity, no nested archive.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from analysis.read.content import Content
from analysis.read.errors import OCR, InputError, Note
from analysis.read.leftout import left_out
from analysis.read.limits import Limits
from analysis.read.numbering import Numbering
from analysis.read.wordarchive import main_part, opened, parsed, unsafe_parts
from analysis.read.wordstyles import Styles
from analysis.read.wordxml import above, attribute, child_of, is_on, length, name_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Parts beside the document that hold text a reader of the page sees or may see.
SIDE_PARTS = (
    ("footnotes", "footnotes"),
    ("endnotes", "endnotes"),
    ("comments", "comments"),
    ("header", "header"),
    ("footer", "footer"),
    ("diagrams/data", "text of a drawing"),
    ("charts/chart", "text of a drawing"),
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
LONGEST_CELL = 200  # characters: a longer cell holds paragraphs, not data
PICTURE_FONT = range(0xF000, 0xF100)  # where Word puts the signs of Wingdings and Symbol; they mean nothing elsewhere


def read(data: bytes, limits: Limits) -> Content:
    """Text of a Word document with notes on what was left out; InputError where it is damaged or dangerous."""
    with opened(data, limits) as archive:
        names = set(archive.namelist())
        main = main_part(archive)
        document = parsed(archive, main)
        folder = main.rpartition("/")[0]
        numbering, styles = (
            parsed(archive, f"{folder}/{part}.xml") if f"{folder}/{part}.xml" in names else None
            for part in ("numbering", "styles")
        )
        text = _Text(Numbering(numbering, styles), Styles(styles))
        text.read(document)
        text.finish()
        for part, n in _side_parts(archive, folder):
            text.omitted[part] += n
        if not text.result().strip():
            raise InputError("E_NO_TEXT", why=("the document has no text in its body", "文件正文沒有文字"), fix=OCR)
        return Content(text.result(), "docx", "utf-8", (*unsafe_parts(archive), *text.notes()))


def _side_parts(archive: zipfile.ZipFile, folder: str) -> Iterator[tuple[str, int]]:
    """Number of characters of footnotes, comments, headers and the like."""
    for part in sorted(archive.namelist()):
        base = part.removeprefix(f"{folder}/").lower()
        if kind := next((kind for start, kind in SIDE_PARTS if re.fullmatch(rf"{start}[0-9]*\.xml", base)), None):
            yield kind, length(parsed(archive, part), "t")


# The document ------------------------------------------------------------------------------------------------------------


class _Text:
    """Collects the lines of a document."""

    def __init__(self, numbers: Numbering, styles: Styles) -> None:
        self.lines: list[str] = []
        self.omitted: Counter[str] = Counter()
        self._numbers, self._styles = numbers, styles
        self._boxes: list[Element] = []
        self._fields: list[bool] = []  # of each open field: whether its result has begun
        self._carried = ""  # text of a paragraph whose end was deleted: it goes on in the next one

    def result(self) -> str:
        return "\n".join(self.lines)

    def notes(self) -> Iterator[Note]:
        omitted = {part: n for part, n in sorted(self.omitted.items()) if n}
        if omitted:
            yield left_out(omitted)

    def read(self, node: "Element") -> None:
        """Lines of everything under a body, a cell or a text box."""
        for child in node:
            name = name_of(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif (part := _left_out_whole(child, name)) is not None:
                self._omit(part, child)
            elif name not in SKIPPED:
                self.read(child)

    def finish(self) -> None:
        """The last paragraph, where its end was deleted."""
        if self._carried:
            self.lines.extend(self._carried.split("\n"))
            self._carried = ""

    def _paragraph(self, paragraph: "Element") -> None:
        properties = child_of(paragraph, "pPr")
        style = value_of(properties, "pStyle")
        if style in self._styles.contents:
            self._omit("table of contents", paragraph)
            return
        if style in self._styles.hidden:
            self._omit("hidden text", paragraph)
            return
        boxes, self._boxes = self._boxes, []
        end_deleted = child_of(child_of(properties, "rPr"), "del") is not None
        marker = "" if end_deleted else self._numbers.marker(paragraph)
        text = marker + self._carried + "".join(self._runs(paragraph))
        self._carried = text if end_deleted else ""
        if not end_deleted:
            self.lines.extend(text.split("\n"))
        # A field whose code has not ended with its paragraph is damaged; it must not swallow what follows.
        self._fields = [begun for begun in self._fields if begun]
        hanging, self._boxes = self._boxes, boxes
        for box in hanging:
            self.read(box)

    def _table(self, table: "Element") -> None:
        for row in (node for node in table.iter() if name_of(node) == "tr" and above(node, "tbl") is table):
            if child_of(child_of(row, "trPr"), "del") is not None:
                self._omit("deleted text", row)
                continue
            cells = [self._cell(node) for node in row.iter() if name_of(node) == "tc" and above(node, "tr") is row]
            filled = [cell for cell in cells if cell]
            if _is_layout(cells, filled):
                self.lines.extend(line for cell in filled for line in cell)
            else:
                self.lines.append("\t".join(" ".join(cell) for cell in cells))

    def _cell(self, cell: "Element") -> list[str]:
        """Lines of a cell that hold something."""
        if child_of(child_of(cell, "tcPr"), "cellDel") is not None:
            self._omit("deleted text", cell)
            return []
        inner = _Text(self._numbers, self._styles)
        inner.read(cell)
        inner.finish()
        self.omitted.update(inner.omitted)
        return [line for line in inner.lines if line.strip()]

    def _runs(self, node: "Element") -> Iterator[str]:
        """Text under a paragraph, piece by piece."""
        for child in node:
            name = name_of(child)
            if name == "fldChar":
                self._field(attribute(child, "fldCharType"))
            elif not all(self._fields) and name in ("t", "delText", "txbxContent"):
                self._omit("codes of fields", child)  # a code, or what another field inside that code gives
            elif name == "t" and _is_drawn(child):
                self._omit("text of a drawing", child)
            elif name in _PIECES:
                yield _PIECES[name](child)
            elif (part := _left_out_whole(child, name)) is not None:
                self._omit(part, child)
            elif name == "ruby":
                yield from self._ruby(child)
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name == "sym":
                yield self._symbol(child)
            elif name == "textpath":
                self.omitted["text of a drawing"] += len("".join((attribute(child, "string") or "").split()))
            elif name == "r" and self._is_hidden(child):
                self._omit("hidden text", child)
            elif name not in SKIPPED:
                yield from self._runs(child)

    def _field(self, told: str | None) -> None:
        """A field has a code, which is no text, and then a result, which is."""
        if told == "begin":
            self._fields.append(False)
        elif told == "separate" and self._fields:
            self._fields[-1] = True
        elif told == "end" and self._fields:
            self._fields.pop()

    def _ruby(self, ruby: "Element") -> Iterator[str]:
        for child in ruby:
            if name_of(child) == "rubyBase":
                yield from self._runs(child)
            elif name_of(child) == "rt":
                self._omit("ruby readings", child)

    def _symbol(self, symbol: "Element") -> str:
        code = attribute(symbol, "char") or ""
        character = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else ""
        if character.isprintable() and character and ord(character) not in PICTURE_FONT:
            return character
        self.omitted["symbols of a picture font"] += 1
        return ""

    def _is_hidden(self, run: "Element") -> bool:
        properties = child_of(run, "rPr")
        vanish = child_of(properties, "vanish")
        if vanish is not None:
            return is_on(vanish)
        return value_of(properties, "rStyle") in self._styles.hidden

    def _omit(self, part: str, node: "Element") -> None:
        self.omitted[part] += length(node, "t", "delText")


def _left_out_whole(node: "Element", name: str) -> str | None:
    """What an element is called that is left out with all that is in it; None for the others."""
    if name in ("del", "moveFrom"):
        return "deleted text"
    if name != "sdt":
        return None
    properties = child_of(node, "sdtPr")
    if value_of(child_of(properties, "docPartObj"), "docPartGallery") == "Table of Contents":
        return "table of contents"
    return "form" if child_of(properties, "showingPlcHdr") is not None else None


def _is_layout(cells: list[list[str]], filled: list[list[str]]) -> bool:
    """Whether a row of a table holds paragraphs beside one another rather than data."""
    long = any(sum(map(len, cell)) > LONGEST_CELL for cell in filled)
    return len(cells) == 1 or long or (len(filled) == 1 and len(filled[0]) > 1)


def _is_drawn(node: "Element") -> bool:
    return str(node.tag).startswith("{http://schemas.openxmlformats.org/drawingml/")


def _break(node: "Element") -> str:
    return "\n"


_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")  # of the XML, not of the text
_PIECES: dict[str, Callable[["Element"], str]] = {
    "t": lambda node: _LINE_BREAK.sub(" ", node.text or ""),
    "tab": lambda node: "\t",
    "ptab": lambda node: "\t",
    "br": _break,
    "cr": _break,
    "noBreakHyphen": lambda node: "-",
    "softHyphen": lambda node: "",
}
