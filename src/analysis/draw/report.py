"""report.docx and report.xlsx: the charts and tables as a Word report and a workbook, ready to be taken apart.

>>> write_docx(tables, Path("figures"))                                   # doctest: +SKIP
>>> write_xlsx(tables, Path("figures"))                                   # doctest: +SKIP

Same tables, same bytes: dates inside the files are fixed.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.atomic import replaced
from analysis.draw.chart import labels, picture
from analysis.draw.export import read_bundle
from analysis.draw.views import n_columns
from analysis.draw.words import listed, say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.draw.views import View
    from analysis.tables import Tables

# What a zip file can hold as its earliest date; the true one would change the bytes of every run.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
WIDTH_MM, HEIGHT_MM = 160, 215  # of the text on an A4 page with usual margins, with room for a caption
WIDE_MM = 260  # of the text on a page laid across
DPI = 220  # sharp in print, and Word stores no more than this by default
MOST_ROWS = {"docx": 60, "xlsx": 1_000_000}
LONGEST_CELL = 32_000  # characters; Excel's own limit is 32,767
LONGEST_QUOTE = 90  # characters of a sentence in a table of the report; some sentences are whole paragraphs
FONTS = {"en": "Microsoft JhengHei", "zh-Hant": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei"}
# What XML cannot hold: control characters, surrogates, two non-characters.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_docx(tables: "Tables", folder: Path) -> Path:
    """Write report.docx: each chart with caption, alt text and source, then the comparison and the numbers quoted."""
    from docx import Document

    language = tables.settings.language
    document = Document()
    _set_up(document, language)
    title = say("report_title", language, speeches=listed(labels(tables, tables.speeches["speech"].tolist()), most=5))
    document.core_properties.title = _plain(title)
    document.add_heading(_plain(title), level=0)
    _say_where_from(document, tables)
    for path in sorted((tables.charts or folder).glob("*.json")):
        _add_chart(document, path)
    _turn(document)
    for heading, table in _views(tables):
        document.add_heading(say(heading, language), level=1)
        _add_table(document, table, language)
    target = io.BytesIO()
    document.save(target)
    return _write(folder / "report.docx", target.getvalue())


def write_xlsx(tables: "Tables", folder: Path) -> Path:
    """Write report.xlsx: a sheet of contents, then one sheet per table with headers in words."""
    from openpyxl import Workbook

    language = tables.settings.language
    book = Workbook(write_only=True)
    contents = book.create_sheet(_plain(say("report_contents", language)))
    _fill_contents(contents, tables)
    for table in (name for name in schema.TABLES if name in tables):
        _fill(book.create_sheet(table), tables[table], language)
    target = io.BytesIO()
    book.save(target)
    return _write(folder / "report.xlsx", target.getvalue())


def _set_up(document: Any, language: str) -> None:
    """A4, one font for Chinese, fixed dates."""
    from datetime import datetime

    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - WIDTH_MM) / 2)
    for name in ("Normal", "Title", "Heading 1", "Caption"):
        style = document.styles[name]
        style.font.name = "Calibri"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), FONTS[language])
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    document.styles["Caption"].font.bold = False
    document.styles["Caption"].font.size = Pt(9)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "analysis"
    properties.created = properties.modified = datetime(*LONG_AGO)
    properties.language = language
    properties.comments = ""


def _turn(document: Any) -> None:
    """Wide tables stand on pages laid across."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm((297 - WIDE_MM) / 2)


def _say_where_from(document: Any, tables: "Tables") -> None:
    language = tables.settings.language
    document.add_paragraph(say("report_from", language))
    rows = tables.speeches
    for label, title, n in zip(labels(tables, rows["speech"].tolist()), rows["title"], rows["n_han"], strict=True):
        document.add_paragraph(_plain(f"{label}: {title} ({say('size_han', language, n=f'{n:,}')})"), style="List Bullet")
    document.add_paragraph(say("page_converted", language))


def _add_chart(document: Any, path: Path) -> None:
    """The picture without its title, since the caption says it; alt text on the picture; a numbered caption below."""
    from docx.shared import Mm

    data, about = read_bundle(path)
    language = about["parameters"]["language"]
    preset = "report" if about["parameters"]["preset"] == "slide" else about["parameters"]["preset"]
    png = picture(data, {**about["parameters"], "title": None, "preset": preset}, "png", dpi=DPI)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(png))
    shrink = min(1.0, Mm(WIDTH_MM) / shape.width, Mm(HEIGHT_MM) / shape.height)
    shape.width, shape.height = int(shape.width * shrink), int(shape.height * shrink)
    shape._inline.docPr.set("descr", _plain(about["alt"][language]))
    shape._inline.docPr.set("title", _plain(about["title"][language]))
    shape._inline.docPr.set("name", _plain(about["name"]))
    caption = document.add_paragraph(style="Caption")
    caption.add_run(say("report_figure", language) + " ")
    _number(caption)
    caption.add_run(_plain(f" {about['title'][language]}"))


def _number(paragraph: Any) -> None:
    """A SEQ field, which Word counts and cross-references; it is counted when Word updates fields, and shows our count before."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    count = sum("SEQ Figure" in (told.text or "") for told in paragraph.part.element.iter(qn("w:instrText"))) + 1
    for kind, text in (("begin", ""), ("", " SEQ Figure \\* ARABIC "), ("separate", ""), ("number", str(count)), ("end", "")):
        run = paragraph.add_run()
        if kind == "number":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._r.append(element)


def _views(tables: "Tables") -> Iterator[tuple[str, "View"]]:
    """The tables of the report, with the key of their heading."""
    from analysis.draw.comparison_views import comparison_view
    from analysis.draw.views import figures_view

    if len(tables.speeches) > 1 and len(tables.keywords):
        yield "report_comparison", comparison_view(tables)
    yield "report_figures", figures_view(tables)


def _add_table(document: Any, view: "View", language: str) -> None:
    """A table with thin lines, a header that repeats on each page, and columns as wide as their text wants."""
    from docx.oxml import OxmlElement

    most = MOST_ROWS["docx"]
    shown = view.frame.head(most)
    cells = [[_plain(name) for name in shown], *([_shown(value) for value in row] for row in shown.itertuples(index=False))]
    table = document.add_table(rows=len(cells), cols=max(1, len(shown.columns)), style="Table Grid")
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    widths = _widths(cells)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(table.rows, cells, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _small(cell.paragraphs[0], text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…")
    notes = [view.note] if view.note else []
    if len(view.frame) > most:
        notes.append(say("report_more", language, n=len(view.frame) - most))
    for note in notes:
        document.add_paragraph(_plain(note))


def _small(paragraph: Any, text: str) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(text).font.size = Pt(7.5)


def _widths(cells: list[list[str]]) -> list[Any]:
    """Width of each column: the page shared out by the longest text of each, within bounds; Chinese takes two places."""
    from docx.shared import Mm

    wants = [min(44, max(9, *(n_columns(row[place]) for row in cells))) for place in range(len(cells[0]))]
    return [Mm(WIDE_MM * want / sum(wants)) for want in wants]


def _fill_contents(sheet: Any, tables: "Tables") -> None:
    """Each table with its columns, their headers and meanings."""
    language = tables.settings.language
    sheet.append([_safe(sheet, say("page_converted", language))])
    sheet.append([_safe(sheet, say("report_cut", language))])
    sheet.append([])
    head = ("report_table", "report_rows", "report_header", "report_column", "report_meaning")
    sheet.append([_safe(sheet, say(key, language)) for key in head])
    for table in (name for name in schema.TABLES if name in tables):
        for name, meaning in schema.meanings(table).items():
            header = _header(name, language)
            sheet.append([table, len(tables[table]), *(_safe(sheet, text) for text in (header, name, meaning))])


def _fill(sheet: Any, frame: "pd.DataFrame", language: str) -> None:
    """One table: header in words, frozen and filtered; text as text, numbers as numbers."""
    from openpyxl.utils import get_column_letter

    shown = frame.head(MOST_ROWS["xlsx"])
    sheet.freeze_panes = "A2"
    for place, name in enumerate(shown, 1):
        width = max([len(_header(name, language)), *(len(str(value)) for value in shown[name].head(50))], default=8)
        sheet.column_dimensions[get_column_letter(place)].width = min(60, 2 + 1.3 * width)
    if len(shown.columns):
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(shown.columns))}{len(shown) + 1}"
    sheet.append([_safe(sheet, _header(name, language)) for name in shown])
    exact = [name in ("value", "value_high") for name in shown]
    for row in shown.astype(object).where(shown.notna(), None).itertuples(index=False):
        sheet.append(
            [_number_or_text(sheet, value) if figure else _safe(sheet, value) for value, figure in zip(row, exact, strict=True)]
        )


def _header(name: Any, language: str) -> str:
    """A column's header in words; a column the schema does not know keeps its name."""
    try:
        return say(f"column_{name}", language)
    except KeyError:
        return str(name)


def _safe(sheet: Any, value: Any) -> Any:
    """A cell that a spreadsheet shows as it is: text is marked as text, so that = or + begins no formula."""
    from openpyxl.cell import WriteOnlyCell

    from analysis.store import guarded

    if not isinstance(value, str):
        return value
    text = _plain(value)
    text = text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"
    if guarded(text) == text:
        return text
    cell = WriteOnlyCell(sheet, value="")
    cell.value, cell.data_type = text, "s"
    cell.quotePrefix = True
    return cell


def _number_or_text(sheet: Any, value: Any) -> Any:
    """A quoted number as a number where Excel's fifteen digits hold it exactly, else as text (2008-01, 199X)."""
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,12}(\.\d{1,3})?", value):
        return float(value) if "." in value else int(value)
    return _safe(sheet, value)


def _shown(value: Any) -> str:
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return _plain(f"{value:,.4g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value))


def _plain(text: Any) -> str:
    return NOT_XML.sub("\ufffd", str(text))


def _write(path: Path, content: bytes) -> Path:
    with replaced(path) as file:
        file.write(_dateless(content))
    return path


def _dateless(content: bytes) -> bytes:
    """The same zip file with one date for all its members, and in its properties."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for told in sorted(source.infolist(), key=lambda told: (told.filename != "[Content_Types].xml", told.filename)):
            member = source.read(told)
            if told.filename == "docProps/core.xml":
                member = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", member)
            fixed = zipfile.ZipInfo(told.filename, LONG_AGO)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(fixed, member)
    return target.getvalue()
