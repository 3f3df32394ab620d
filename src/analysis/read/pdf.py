"""PDF → text in reading order, by the place of each character on its page (PDFium reads the file, `layout` the page).

>>> read(data, Limits()).text                                            # doctest: +SKIP
'在工會會議上的講話\\n同志們:\\n…'

Lines are joined to paragraphs, columns are read one after the other, vertical text from right to left; the two latter are
said in a warning. Page numbers, running heads, slanted text (watermarks) and remarks are left out and named. Forms and
scripts are not opened; a scan without a text layer is refused, for nothing here reads pictures.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis.read.characters import cost, han
from analysis.read.content import Content
from analysis.read.errors import OCR, InputError, Note, note
from analysis.read.layout import (
    Glyph,
    Line,
    has_columns,
    is_vertical,
    lines_of_rows,
    paragraphs,
    rows_of,
    turned,
    without_running_heads,
)
from analysis.read.leftout import left_out
from analysis.read.limits import Limits

UNREADABLE_SHARE = 0.2  # of characters that the fonts do not name; beyond that the text is no text
SLANT = 0.1  # quarters of a turn from which text is slanted, as watermarks are and crooked scans are not
ODD = 10.0  # mean cost of the Han characters, in nats (see analysis.read.encoding)
# What is counted while reading, and how it is told.
LAYOUT = (
    ("columns", "{} page(s) in columns", "{} 頁分欄"),
    ("vertical", "{} page(s) of vertical text", "{} 頁直排"),
    ("hyphens", "{} word(s) joined at a hyphen", "{} 個連字號斷字已接合"),
)
LEFT_OUT = ("running heads and page numbers", "slanted text", "remarks on the page")


def prepare() -> None:
    """Load the library, before the child process gives up its rights."""
    import pypdfium2

    cost("工")
    pypdfium2.PdfDocument.new().close()


def read(data: bytes, limits: Limits) -> Content:
    """Text of a PDF with notes on how it was put together; InputError where it is damaged, locked or a picture."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(error) from error
    try:
        return _read(document, limits)
    finally:
        document.close()


def _refused(error: Exception) -> InputError:
    if "password" in str(error).lower():
        return InputError("E_ENCRYPTED", what=("a PDF with a password", "有密碼的 PDF"))
    return InputError("E_CORRUPT", why=(f"the PDF cannot be opened ({error})", f"PDF 無法開啟({error})"))


def _read(document: Any, limits: Limits) -> Content:
    n_pages = len(document)
    if not n_pages:
        raise InputError("E_NO_TEXT", why=("the PDF has no pages", "PDF 沒有頁"), fix=OCR)
    if n_pages > limits.pages:
        raise InputError("E_TOO_LARGE", size=(f"{n_pages} pages", f"{n_pages} 頁"), limit=f"{limits.pages:g}", option="pages")
    seen: Counter[str] = Counter()
    pages = [_lines(document, number, seen) for number in range(n_pages)]
    without_text = [number for number, page in enumerate(pages, 1) if not page]
    pages, seen["running heads and page numbers"] = without_running_heads(pages)
    text, hyphens = paragraphs(pages)
    _refuse_without_text(text, seen)
    seen["hyphens"] = hyphens
    return Content(text, "pdf", "", tuple(_notes(seen, text, without_text, n_pages)))


def _lines(document: Any, number: int, seen: Counter[str]) -> list[Line]:
    """Lines of one page; what is odd about it goes into `seen`."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    seen["remarks on the page"] += _remarks(page)
    glyphs = list(_glyphs(page.get_textpage(), seen))
    if all(g.text.isspace() for g in glyphs):
        return []
    if vertical := is_vertical(glyphs):
        seen["vertical"] += 1
        glyphs = turned(glyphs)
    rows = rows_of(glyphs)
    seen["columns"] += not vertical and has_columns(rows)
    return lines_of_rows(rows)


def _remarks(page: Any) -> int:
    """Number of visible characters in the remarks that readers put on a page, and in the fields of a form."""
    import pypdfium2.raw as raw

    n = 0
    for at in range(min(1000, raw.FPDFPage_GetAnnotCount(page))):
        remark = raw.FPDFPage_GetAnnot(page, at)
        if remark:
            n += sum(len("".join(_told(remark, key).split())) for key in (b"Contents", b"V"))
            raw.FPDFPage_CloseAnnot(remark)
    return n


def _told(remark: Any, key: bytes) -> str:
    import pypdfium2.raw as raw

    size = raw.FPDFAnnot_GetStringValue(remark, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(remark, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _glyphs(textpage: Any, seen: Counter[str]) -> Iterator[Glyph]:
    """The characters of a page with their places; those that PDFium makes up (line ends) are left out."""
    import pypdfium2.raw as raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    units: list[tuple[int, Glyph, int]] = []
    for at in range(textpage.count_chars()):
        if raw.FPDFText_IsGenerated(textpage, at) == 1:
            continue
        code = raw.FPDFText_GetUnicode(textpage, at)
        seen["characters"] += 1
        if raw.FPDFText_HasUnicodeMapError(textpage, at) == 1 or code in (0, 0xFFFE, 0xFFFF):
            seen["unreadable"] += 1
            code = 0xFFFD
        raw.FPDFText_GetCharOrigin(textpage, at, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, at, box)
        size = raw.FPDFText_GetFontSize(textpage, at)
        # A font size of 1 with a matrix that enlarges it: the box tells the size.
        height = abs(box.top - box.bottom)
        size = size if 0.5 < size / max(height, 0.1) < 2 else height or 1.0
        glyph = Glyph(_character(code), box.left, y.value, max(box.right, box.left), size, box.top, box.bottom)
        quarters = -raw.FPDFText_GetCharAngle(textpage, at) / (math.pi / 2)  # PDFium measures clockwise
        if abs(quarters - round(quarters)) < SLANT:
            units.append((code, glyph, round(quarters) % 4))
        else:
            seen["slanted text"] += not glyph.text.isspace()
    yield from _pairs_joined(_upright(units))


def _upright(units: list[tuple[int, Glyph, int]]) -> list[tuple[int, Glyph]]:
    """The page turned so that most of its characters stand upright; Latin words in vertical text stay as they lie."""
    quarter = Counter(quarters for _, _, quarters in units).most_common(1)
    turns = quarter[0][0] if quarter else 0
    return [(code, _turned(glyph, turns)) for code, glyph, _ in units]


def _turned(g: Glyph, turns: int) -> Glyph:
    """A character turned back by so many quarters, counter-clockwise."""
    if turns == 1:
        return g._replace(left=g.bottom, right=g.top, y=-g.right, top=-g.left, bottom=-g.right)
    if turns == 2:
        return g._replace(left=-g.right, right=-g.left, y=-g.top, top=-g.bottom, bottom=-g.top)
    if turns == 3:
        return g._replace(left=-g.top, right=-g.bottom, y=g.left, top=g.right, bottom=g.left)
    return g


def _character(code: int) -> str:
    # PDFium writes U+0002 for a hyphen at a line end.
    return "-" if code == 2 else chr(code)


def _pairs_joined(units: list[tuple[int, Glyph]]) -> Iterator[Glyph]:
    """PDFium gives UTF-16: two halves make one character beyond the basic plane."""
    high: tuple[int, Glyph] | None = None
    for code, glyph in units:
        if 0xDC00 <= code < 0xE000 and high is not None:
            yield high[1]._replace(text=chr(0x10000 + ((high[0] - 0xD800) << 10) + code - 0xDC00))
            high = None
            continue
        if high is not None:
            yield high[1]._replace(text="\ufffd")
        high = (code, glyph) if 0xD800 <= code < 0xDC00 else None
        if high is None:
            yield glyph
    if high is not None:
        yield high[1]._replace(text="\ufffd")


def _refuse_without_text(text: str, seen: Counter[str]) -> None:
    if not text.strip():
        raise InputError("E_NO_TEXT", why=("the PDF has no text layer, only pictures", "PDF 沒有文字層,只有圖像"), fix=OCR)
    chinese = text[:50_000]
    rare = han(chinese)
    garbage = rare.sum() >= 50 and float(cost(chinese)[rare].mean()) > ODD
    if garbage or seen["unreadable"] > UNREADABLE_SHARE * seen["characters"]:
        raise InputError(
            "E_NO_TEXT", why=("its fonts do not say which characters they draw", "字型沒有說明畫的是什麼字"), fix=OCR
        )


def _notes(seen: Counter[str], text: str, without_text: list[int], n_pages: int) -> Iterator[Note]:
    if seen["unreadable"]:
        yield note("W_REPAIRED", n=seen["unreadable"], encoding="pdf", at=max(0, text.find("\ufffd")))
    if without_text:
        which = ", ".join(map(str, without_text[:12])) + (" …" if len(without_text) > 12 else "")
        yield note("W_PAGES_WITHOUT_TEXT", n=len(without_text), pages=n_pages, which=which)
    if whys := [(english.format(n), chinese.format(n)) for part, english, chinese in LAYOUT if (n := seen[part])]:
        yield note("W_LAYOUT", why=(", ".join(e for e, _ in whys), "、".join(c for _, c in whys)))
    if omitted := {part: seen[part] for part in LEFT_OUT if seen[part]}:
        yield left_out(omitted)
