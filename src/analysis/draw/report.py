"""report.docx: the charts and the tables of a comparison as a Word report, ready to be taken apart.

>>> write_docx(tables, Path("figures"))                                   # doctest: +SKIP

Captions are numbered by Word's own fields, so they can be cross-referenced. Same tables, same bytes.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.draw.chart import labels, picture, state_of_texts
from analysis.draw.export import bundles_in, read_bundle
from analysis.draw.office import LONG_AGO, plain, write
from analysis.draw.views import cells, is_numeric, n_columns
from analysis.draw.words import listed, say

if TYPE_CHECKING:
    from analysis.draw.views import View
    from analysis.tables import Tables

WIDTH_MM, HEIGHT_MM = 160, 215  # of the text on an A4 page with usual margins, with room for a caption
WIDE_MM = 260  # of the text on a page laid across
DPI = 220  # sharp in print, and Word stores no more than this by default
MOST_ROWS = 60  # of a table; the workbook has more
EM_MM = 1.75  # width of a half-width character of a table's text
PADDING_MM = 4.0  # of a cell, both sides
LONGEST_QUOTE = 90  # characters of a sentence in a table of the report; some sentences are whole paragraphs
FONTS = {"en": "Microsoft JhengHei", "zh-Hant": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei"}


def write_docx(tables: "Tables", folder: Path) -> Path:
    """Write report.docx: each chart with caption, alt text and source, then the comparison and the numbers quoted."""
    from docx import Document

    language = tables.settings.language
    document = Document()
    _set_up(document, language)
    named = labels(tables, tables.speeches["speech"].tolist())
    title = say("report_title" if len(named) > 1 else "report_title_one", language, speeches=listed(named, most=5))
    document.core_properties.title = plain(title)
    document.add_heading(plain(title), level=0)
    _say_where_from(document, tables)
    for path in bundles_in(tables.charts or folder):
        _add_chart(document, path)
    _turn(document)
    for heading, table in _views(tables):
        _add_caption(document, "Table", say("report_table_of", language), say(heading, language), keep=True)
        _add_table(document, table, language)
    target = io.BytesIO()
    document.save(target)
    return write(folder / "report.docx", target.getvalue())


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
        document.add_paragraph(plain(f"{label}: {title} ({say('size_han', language, n=f'{n:,}')})"), style="List Bullet")
    document.add_paragraph(state_of_texts(tables)[language])


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
    shape._inline.docPr.set("descr", plain(about["alt"][language]))
    shape._inline.docPr.set("title", plain(about["title"][language]))
    shape._inline.docPr.set("name", plain(about["name"]))
    _add_caption(document, "Figure", say("report_figure", language), about["title"][language])


def _add_caption(document: Any, series: str, word: str, text: str, *, keep: bool = False) -> None:
    """`Figure 3  text`, numbered by a SEQ field, which Word counts and cross-references; it shows our count until Word does."""
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = keep
    caption.add_run(word + " ")
    field = f"SEQ {series}"
    count = sum(field in (told.text or "") for told in caption.part.element.iter(_named("w:instrText"))) + 1
    for kind, told in (("begin", ""), ("", f" {field} \\* ARABIC "), ("separate", ""), ("number", str(count)), ("end", "")):
        _field_part(caption.add_run(), kind, told)
    caption.add_run(f"  {plain(text)}")


def _field_part(run: Any, kind: str, text: str) -> None:
    """One part of a field: its begin, its code, its separator, the number shown, its end."""
    from docx.oxml import OxmlElement

    if kind == "number":
        run.text = text
        return
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(_named("w:fldCharType"), kind)
    else:
        element.set(_named("xml:space"), "preserve")
        element.text = text
    run._r.append(element)


def _named(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


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

    frame = view.frame.head(MOST_ROWS)
    columns = [[plain(text) for text in (name, *cells(frame.iloc[:, place]))] for place, name in enumerate(frame)]
    numeric = [is_numeric(frame.iloc[:, place]) for place in range(frame.shape[1])]
    table = document.add_table(rows=len(frame) + 1, cols=max(1, len(columns)))
    table.autofit = False
    _rule(table)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    widths = _widths(columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for at, (row, texts) in enumerate(zip(table.rows, zip(*columns, strict=True), strict=True)):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width, right in zip(row.cells, texts, widths, numeric, strict=True):
            cell.width = width
            _small(
                cell.paragraphs[0], text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…", right=right, bold=at == 0
            )
    notes = [view.note] if view.note else []
    if len(view.frame) > MOST_ROWS:
        notes.append(say("report_more", language, n=len(view.frame) - MOST_ROWS))
    notes += [view.basis] if view.basis else []
    for note in notes:
        _small(document.add_paragraph(), plain(note))


def _rule(table: Any) -> None:
    """Thin grey lines between the rows only."""
    from docx.oxml import OxmlElement

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "A6A6A6")):
            line.set(_named(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _small(paragraph: Any, text: str, *, right: bool = False, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(6.5 if bold else 7.5), bold or None


def _widths(columns: list[list[str]]) -> list[Any]:
    """Width of each column: room for its longest word; what is left over goes to those whose texts want more, by how much more."""
    from docx.shared import Mm

    least = [PADDING_MM + EM_MM * max(n_columns(word) for text in column for word in _words(text)) for column in columns]
    left = max(0.0, WIDE_MM - sum(least))
    longest = [max((n_columns(text[:LONGEST_QUOTE]) for text in body), default=1) for _, *body in columns]
    wants = [max(1.0, PADDING_MM + EM_MM * text - room) for text, room in zip(longest, least, strict=True)]
    full = [least[place] + left * want / sum(wants) for place, want in enumerate(wants)]
    return [Mm(WIDE_MM * width / sum(full)) for width in full]


def _words(text: str) -> list[str]:
    """What should stay on one line: a word or number; of Chinese, a name of four characters at most."""
    return [word[:4] if n_columns(word) > len(word) else word[:24] for word in text.split()] or [""]
