"""report.xlsx: the tables as a workbook that opens at once, with headers in words and a first sheet that says what is where.

>>> write_xlsx(tables, Path("figures"))                                   # doctest: +SKIP

A long table is cut so that every speech keeps an equal part of it, and the sheet says how many rows it has of how many.
Same tables, same bytes.
"""

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.draw.chart import state_of_texts
from analysis.draw.office import plain, write
from analysis.draw.views import n_columns
from analysis.draw.words import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

# With as many rows in each table a spreadsheet opens in seconds and the file stays under 10 MB; the files of tables have all.
MOST_ROWS = 10_000
LONGEST_CELL = 1_000  # characters; only the outline's rows of whole speeches are longer, and those are files of their own
A4 = 9  # as the file format numbers paper
NARROWEST, WIDEST = 7, 60  # of a column, in half-width characters
WIDEST_HEAD = 28
FONT, POINTS = "Calibri", 11
SEEN = 200  # rows that tell how wide a column is
# What each table has an equal part of for each of, where it is cut: keywords from both ends, the words used more and those used less.
PARTS = {"keywords": ["speech", "reference"], "reuse": ["speech_a"]}
BOTH_ENDS = frozenset({"keywords"})


def write_xlsx(tables: "Tables", folder: Path) -> Path:
    """Write report.xlsx: a sheet of contents, then one sheet per table with headers in words."""
    from openpyxl import Workbook

    language = tables.settings.language
    book = Workbook(write_only=True)
    shown = {name: part(name, tables[name]) for name in schema.TABLES if name in tables}
    _contents(book.create_sheet(plain(say("report_contents", language))), tables, shown)
    for name, frame in shown.items():
        _table(book.create_sheet(name), name, frame, len(tables[name]), language)
    target = io.BytesIO()
    book.save(target)
    return write(folder / "report.xlsx", target.getvalue())


def part(name: str, frame: "pd.DataFrame") -> "pd.DataFrame":
    """The rows of a table that the workbook has: all, or as many of each speech, the first ones (of keywords the last ones too)."""
    if len(frame) <= MOST_ROWS:
        return frame
    of = [column for column in PARTS.get(name, ["speech"]) if column in frame]
    if not of:
        return frame.head(MOST_ROWS)
    groups = frame.groupby(of, sort=False, dropna=False)
    each = max(2, MOST_ROWS // groups.ngroups)
    ends = name in BOTH_ENDS
    kept = groups.cumcount() < (each // 2 if ends else each)
    if ends:
        kept |= groups.cumcount(ascending=False) < each // 2
    return frame[kept].head(MOST_ROWS)


def _contents(sheet: Any, tables: "Tables", shown: dict[str, "pd.DataFrame"]) -> None:
    """What the quotations are, each table with the rows it has here, then each column with its meaning."""
    language = tables.settings.language
    _lay_out(sheet, [16, 30, 20, 110])
    sheet.append([_bold(sheet, say("report_contents", language))])
    for note in (state_of_texts(tables)[language], say("report_cut", language)):
        sheet.append([note])  # over the empty cells beside it
    sheet.append([])
    sheet.append(_head(sheet, [say(key, language) for key in ("report_table", "report_rows", "report_here")]))
    for name, frame in shown.items():
        sheet.append([_link(sheet, name), len(tables[name]), len(frame)])
    sheet.append([])
    sheet.append(
        _head(sheet, [say(key, language) for key in ("report_table", "report_header", "report_column", "report_meaning")])
    )
    for name in shown:
        for column, meaning in schema.meanings(name).items():
            sheet.append([name, header(column, language), column, meaning])


def _table(sheet: Any, name: str, shown: "pd.DataFrame", n_rows: int, language: str) -> None:
    """One table: header in words, frozen and filtered; text as text, numbers as numbers; a last line where rows are left out."""
    from openpyxl.utils import get_column_letter

    heads = [header(column, language) for column in shown]
    _lay_out(sheet, [_width(head, shown[column].head(SEEN)) for column, head in zip(shown, heads, strict=True)])
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    if heads:
        corner = f"{get_column_letter(len(heads))}{len(shown) + 1}"
        sheet.auto_filter.ref = f"A1:{corner}"
        sheet.print_area = f"A1:{corner}" if len(shown) == n_rows else f"A1:{get_column_letter(len(heads))}{len(shown) + 3}"
    sheet.append(_head(sheet, heads))
    exact = [column in ("value", "value_high") for column in shown]
    for row in shown.astype(object).where(shown.notna(), None).itertuples(index=False):
        sheet.append(
            [_number_or_text(sheet, cell) if figure else safe(sheet, cell) for cell, figure in zip(row, exact, strict=True)]
        )
    if len(shown) < n_rows:
        sheet.append([])
        sheet.append([_bold(sheet, say("report_left_out", language, n=f"{len(shown):,}", all=f"{n_rows:,}", table=name))])


def _lay_out(sheet: Any, widths: Iterable[float]) -> None:
    """Widths of the columns; on paper the sheet lies across and is as wide as the page."""
    from openpyxl.utils import get_column_letter

    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def _width(head: str, cells: "pd.Series[Any]") -> float:
    """As wide as the header and the cells want, within bounds."""
    texts = max((n_columns(str(cell)) for cell in cells.dropna()), default=0)
    return 2 + 1.1 * min(WIDEST, max(NARROWEST, min(WIDEST_HEAD, n_columns(head)), texts))


def _head(sheet: Any, texts: Iterable[str]) -> list[Any]:
    """The cells of a header: bold on grey."""
    from openpyxl.styles import PatternFill

    cells = [_bold(sheet, text) for text in texts]
    for cell in cells:
        cell.fill = PatternFill("solid", fgColor="E8E8E8")
    return cells


def _bold(sheet: Any, text: str) -> Any:
    from openpyxl.styles import Font

    cell = _cell(sheet, plain(text))
    cell.font = Font(name=FONT, size=POINTS, bold=True)
    return cell


def _link(sheet: Any, name: str) -> Any:
    """The name of a table, leading to its sheet."""
    from openpyxl.styles import Font

    cell = _cell(sheet, name)
    cell.hyperlink = f"#'{name}'!A1"
    cell.font = Font(name=FONT, size=POINTS, color="005A8E", underline="single")
    return cell


def _cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value="")
    cell.value, cell.data_type = text, "s"
    return cell


def header(name: Any, language: str) -> str:
    """A column's header in words; a column the schema does not know keeps its name."""
    try:
        return say(f"column_{name}", language)
    except KeyError:
        return str(name)


def safe(sheet: Any, value: Any) -> Any:
    """A cell that a spreadsheet shows as it is: text is marked as text, so that = or + begins no formula."""
    from openpyxl.styles import Alignment

    from analysis.store import guarded

    if not isinstance(value, str):
        return value
    text = plain(value)
    text = text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"
    formula, long = guarded(text) != text, n_columns(text[: WIDEST + 1]) > WIDEST
    if not (formula or long):
        return text
    cell = _cell(sheet, text)
    if formula:
        cell.quotePrefix = True
    if long:
        cell.alignment = Alignment(horizontal="fill")  # shown as far as the cell goes: every row is one line
    return cell


def _number_or_text(sheet: Any, value: Any) -> Any:
    """A quoted number as a number where Excel's fifteen digits hold it exactly, else as text (2008-01, 199X)."""
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,12}(\.\d{1,3})?", value):
        return float(value) if "." in value else int(value)
    return safe(sheet, value)
