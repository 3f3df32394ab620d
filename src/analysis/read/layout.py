"""Characters with their places on a page → lines in reading order → paragraphs.

>>> glyphs = [Glyph(c, 10.0 * n, 0.0, 10.0 * n + 10, 10.0) for n, c in enumerate("工會")]
>>> [line.text for line in lines_of(glyphs)]
['工會']

Lines are found by their baselines, columns by the gutter between them; vertical text is turned first. A line goes on in
the next one where it is full and the next is not indented. It guesses from geometry alone, so whoever calls it says so.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.read.kinds import NEVER_FIRST


class Glyph(NamedTuple):
    """One character: its left and right edge, its baseline and its size, and its top and bottom, in points; y grows upwards."""

    text: str
    left: float
    y: float
    right: float
    size: float
    top: float = 0.0
    bottom: float = 0.0


class Line(NamedTuple):
    """One line of a page in reading order, with the margins of the column it stands in; `cells`: it is a row of a table."""

    text: str
    left: float
    right: float
    y: float
    size: float
    margins: tuple[float, float]
    cells: bool = False


# All in units of the character size.
SAME_LINE = 0.5  # baselines nearer than this are one line (superscripts too)
WORD_GAP = 0.22  # between Latin letters: a space
COLUMN_GAP = 1.6  # between characters of one line: they may stand in two columns
CELL_GAP = 2.0  # between cells of a table
INDENT = 0.8  # of a paragraph's first line: Chinese ones have two characters
FULL = 2.2  # from the right margin: such a line is full (a mark may not begin the next line)
NARROWEST = 8  # a column; what is narrower is a list
CELL = 6  # characters: fewer on one side of a gap are a cell of a table, a date or a number
LONG = 0.7  # of the width of its column: shorter lines are headings
_GLUED = frozenset(NEVER_FIRST + "”’」』）》")  # marks that no paragraph begins with
COLUMN_LINES = 5  # lines on either side before a gap is taken for a gutter
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f\u2014\u2018-\u201d\u2026\U00020000-\U0003347f]")
_SENTENCE = re.compile(r"[。!?！？;；…:：][”’」』)）]*$")
_PAGE_NUMBER = re.compile(r"[-—–‐·.\s第]*[0-9０-９ivxIVX]{1,5}[-—–‐·.\s页頁/共0-9]*")


def is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether most characters stand under the one before."""
    down = across = 0
    for one, other in pairwise(glyphs):
        size = max(one.size, other.size)
        if abs(_middle(one) - _middle(other)) < SAME_LINE * size and 0.5 * size < one.y - other.y < 2.5 * size:
            down += 1
        elif abs(one.y - other.y) < SAME_LINE * size and other.left > one.left:
            across += 1
    return down > 2 * across and down > 5


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


def turned(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Vertical text as if it were horizontal: down becomes right, and the column on the right becomes the top line."""
    return [Glyph(g.text, -g.top, _middle(g), -g.bottom, g.size) for g in glyphs]


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines of a page in reading order, column after column."""
    return lines_of_rows(rows_of(glyphs))


def lines_of_rows(rows: Sequence["_Row"]) -> list[Line]:
    """The same from the rows of the page."""
    return list(_columns(rows))


def has_columns(rows: Sequence["_Row"]) -> bool:
    """Whether the page is set in columns."""
    return _gutter(rows) is not None


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without the second print of a character that is printed twice to look bold."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    kept = []
    for glyph in glyphs:
        step = max(1.0, glyph.size * 0.3)
        place = (glyph.text, round(glyph.left / step), round(glyph.y / step))
        if place not in seen:
            seen[place] = glyph
            kept.append(glyph)
    return kept


_Row = list[Glyph]


def rows_of(glyphs: Sequence[Glyph]) -> list[_Row]:
    """Characters of one baseline, from left to right; rows from top to bottom."""
    rows: list[_Row] = []
    for glyph in sorted(_once(glyphs), key=lambda g: -g.y):
        if rows and rows[-1][0].y - glyph.y < SAME_LINE * max(rows[-1][0].size, 1):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.left) for row in rows]


def _columns(rows: Sequence[_Row]) -> Iterator[Line]:
    gutter = _gutter(rows)
    if gutter is None:
        yield from _as_lines(rows)
        return
    left: list[_Row] = []
    right: list[_Row] = []
    for row in rows:
        if any(g.left < gutter < g.right for g in row):  # a title over both columns
            yield from [*_columns(left), *_columns(right), *_as_lines([row])]
            left, right = [], []
            continue
        for side, inside in ((left, [g for g in row if g.right <= gutter]), (right, [g for g in row if g.left >= gutter])):
            if inside:
                side.append(inside)
    yield from [*_columns(left), *_columns(right)]


def _gutter(rows: Sequence[_Row]) -> float | None:
    """Middle of a strip that hardly any row crosses, with text on both sides of it."""
    if len(rows) < COLUMN_LINES:
        return None
    gaps = [(a.right, b.left) for row in rows for a, b in pairwise(row) if b.left - a.right > COLUMN_GAP * a.size]
    # A page whose columns are not level has rows in one column only; their ends and starts tell as well.
    first, last = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    ends = [(row[-1].right, last) for row in rows if last - row[-1].right > 0.25 * (last - first)]
    starts = [(first, row[0].left) for row in rows if row[0].left - first > 0.25 * (last - first)]
    candidates = {round((a + b) / 2) for a, b in gaps} | _between(ends, starts)
    best = max(((_crossed(rows, x), x) for x in candidates), default=(0.0, 0.0))
    return best[1] if best[0] > 0 else None


def _between(ends: Sequence[tuple[float, float]], starts: Sequence[tuple[float, float]]) -> set[int]:
    if not ends or not starts:
        return set()
    left = Counter(round(a) for a, _ in ends).most_common(1)[0][0]
    right = Counter(round(b) for _, b in starts).most_common(1)[0][0]
    return {round((left + right) / 2)} if right > left else set()


def _crossed(rows: Sequence[_Row], x: float) -> float:
    """How good a gutter x is: rows on its weaker side; 0 where too many rows cross it or a side is too empty."""
    crossing = 0
    sides: list[tuple[bool, bool]] = []
    for row in rows:
        crossing += any(g.left < x < g.right for g in row) or any(
            a.right <= x <= b.left and b.left - a.right < COLUMN_GAP * a.size for a, b in pairwise(row)
        )
        sides.append((_n_inked(g for g in row if g.right <= x) >= CELL, _n_inked(g for g in row if g.left >= x) >= CELL))
    left, right = sum(a for a, _ in sides), sum(b for _, b in sides)
    # Columns stand beside each other: on one baseline, or nearer to the next than two lines of one column can be.
    beside = sum(a and b for a, b in sides) + sum(
        one != other and all(any(pair) for pair in zip(one, other, strict=True)) and _near(upper, lower)
        for (one, upper), (other, lower) in pairwise(zip(sides, rows, strict=True))
    )
    enough = min(left, right) >= COLUMN_LINES and crossing <= 0.2 * len(rows) and beside >= COLUMN_LINES - 2
    return min(left, right) - 3 * crossing if enough else 0.0


def _n_inked(glyphs: Iterable[Glyph]) -> int:
    return sum(not glyph.text.isspace() for glyph in glyphs)


def _near(upper: _Row, lower: _Row) -> bool:
    return upper[0].y - lower[0].y < 0.95 * min(upper[0].size, lower[0].size)


def _as_lines(rows: Sequence[_Row]) -> Iterator[Line]:
    shown = [row for row in rows if any(not g.text.isspace() for g in row)]
    spans = []
    for row in shown:
        inked = [g for g in row if not g.text.isspace()]
        spans.append((inked[0].left, inked[-1].right))
    margins = (_common([a for a, _ in spans], min), _right_margin([b for _, b in spans]))
    for row, (left, right) in zip(shown, spans, strict=True):
        size = Counter(round(g.size, 1) for g in row).most_common(1)[0][0]
        gaps = sum(b.left - a.right > CELL_GAP * a.size for a, b in pairwise(row))
        yield Line(_text(row), left, right, row[0].y, size, margins, cells=0 < gaps < len(row) / 2)


def _right_margin(ends: Sequence[float]) -> float:
    """The rightmost end that at least three lines reach, to 12 points: one line may stick out."""
    for end in sorted(ends, reverse=True):
        if sum(end - 12 <= other <= end for other in ends) >= 3:
            return end
    return max(ends, default=0.0)


def _common(values: Sequence[float], otherwise: Callable[[Sequence[float]], float]) -> float:
    """The commonest value, to a point; the leftmost of equals."""
    if not values:
        return 0.0
    counts = Counter(round(v) for v in values)
    most = max(counts.values())
    return otherwise([float(v) for v, n in counts.items() if n == most])


def _text(row: _Row) -> str:
    pieces = [row[0].text]
    for one, other in pairwise(row):
        gap = other.left - one.right
        blank = one.text.isspace() or other.text.isspace()
        narrow = not (_WIDE.match(one.text) and _WIDE.match(other.text))
        if not blank and gap > (WORD_GAP if narrow and not _WIDE.match(one.text + other.text) else 1.0) * one.size:
            pieces.append(" ")
        pieces.append(other.text)
    return "".join(pieces).strip()


# Lines → paragraphs ------------------------------------------------------------------------------------------------------


def without_running_heads(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without page numbers and repeated first and last lines, and how many characters those had."""
    heads = Counter(_worn(page[at].text) for page in pages if len(page) > 2 for at in (0, -1))
    kept, omitted = [], 0
    for page in pages:
        inside = list(page)
        for at in (0, -1, 0, -1):
            if len(inside) > 1 and _is_running(inside[at].text, heads, len(pages)):
                omitted += len("".join(inside.pop(at).text.split()))
        kept.append(inside)
    return kept, omitted


def _worn(text: str) -> str:
    return re.sub("[0-9０-９]+", "#", text)


def _is_running(text: str, heads: Counter[str], n_pages: int) -> bool:
    often = n_pages >= 3 and heads[_worn(text)] >= max(3, 0.4 * n_pages) and len(text) <= 40
    return often or (len(text) <= 12 and bool(_PAGE_NUMBER.fullmatch(text)))


def paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[str, int]:
    """The text, one line for each paragraph, and how many words were joined that a hyphen had parted."""
    written: list[str] = []
    before: Line | None = None
    hyphens = 0
    indents = _has_indents([line for page in pages for line in page])
    for page in pages:
        for line in page:
            if before is not None and _goes_on(before, line, indents):
                joined, hyphen = _joined(written[-1], line.text)
                written[-1] = joined
                hyphens += hyphen
            else:
                written.append(line.text)
            before = line
    return "\n".join(written), hyphens


def _has_indents(lines: Sequence[Line]) -> bool:
    """Whether paragraphs begin with an indent: then a line that is not indented goes on, whatever the one before ends in."""
    indented = sum(INDENT * line.size < line.left - line.margins[0] < 5 * line.size for line in lines)
    return indented >= max(2, 0.03 * len(lines))


def _goes_on(line: Line, following: Line, indents: bool) -> bool:
    same_size = abs(line.size - following.size) < 0.15 * line.size
    flush = following.left - following.margins[0] < INDENT * following.size
    left, right = line.margins
    if not (same_size and flush and right - left > NARROWEST * line.size) or line.cells or following.cells:
        return False
    near = 0 < line.y - following.y < 2.6 * line.size  # on one page, and paragraphs may stand apart
    ended = bool(_SENTENCE.search(line.text))
    if right - line.right < FULL * line.size:
        return (indents and near) or not ended
    # Set without an even right margin, a line is short where what follows could not be parted: a number, a word.
    long = line.right - left > LONG * (right - left)
    return near and not ended and (following.text[0] in _GLUED or (indents and long))


def _joined(before: str, after: str) -> tuple[str, bool]:
    end = before[-2:]  # not all of a paragraph that grows line by line
    if re.search(r"[A-Za-z][-\u00ad\u2010]$", end) and re.match("[a-z]", after):
        return before[:-1] + after, True
    latin = re.search(r"[A-Za-z0-9,.;:)]$", end) and re.match("[A-Za-z0-9(]", after)
    return before + (" " if latin else "") + after, False
