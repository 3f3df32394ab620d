"""The outline of a speech: its headings, items and paragraphs, each as written, tiling the text.

Rows of level 1 and more, sorted by start, cover every character but the white space between them. Nesting is only in
`parent`. A heading that runs into its paragraph is its first sentence. It does not judge whether headings are good;
odd numbering (a gap, a repeat, a jump) is reported as a leftover.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.find import Found
from analysis.find.markers import HEADING_STYLES
from analysis.find.parts import Part, parts_of
from analysis.find.roles import give_roles
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.schema import Leftover, OutlineNode

LONGEST_LABEL = 30  # characters; a longer unnumbered heading is a sentence
_CONCLUSION = re.compile("(?:结束语|结语|结论|尾声)$")  # concluding words: as high as the first chapter
_RANK = {style: rank for rank, style in enumerate(HEADING_STYLES)}
# Styles whose numbers are none, or need not follow: first of all (首先) … last.
_UNCOUNTED = {"——", "首先"} | {style for style in HEADING_STYLES if style[0] == "#"}


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[OutlineNode | Leftover]:
    """Rows of the outline: the speech itself, then its parts in text order."""
    text, name, shadow = speech.text, speech.speech, speech.shadow
    parts = give_roles(shadow, parts_of(shadow))
    _nest(shadow, parts)
    yield OutlineNode(name, 0, None, 0, "speech", "", None, 0, len(text), text)
    for node, part in enumerate(parts, 1):
        part.node = node
        marker, number, start = "", None, part.start
        if part.marker:
            style, number, length = part.marker
            marker, number = text[start : start + length].strip(), None if style[0] == "#" else number
        parent = part.parent.node if part.parent else 0
        yield OutlineNode(name, node, parent, part.level, part.kind, marker, number, start, part.end, text[start : part.end])
    yield from _audit(speech, parts)


def _nest(shadow: str, parts: list[Part]) -> None:
    """Give each part its parent and depth: headings by style, the rest under the last heading."""
    ranks: list[tuple[float, Part]] = []
    plain_rank, low_rank = _plain_ranks(parts)
    top_rank = min((_rank(part) for part in parts if part.kind == "heading" and part.marker), default=plain_rank)
    for part in parts:
        if part.kind == "heading":
            unnumbered = low_rank if part.end - part.start > LONGEST_LABEL else plain_rank
            own = _rank(part) if part.marker else unnumbered
            if not part.marker and _CONCLUSION.match(shadow, part.start, part.end):
                own = min(plain_rank, top_rank)
            while ranks and ranks[-1][0] >= own:
                ranks.pop()
            _adopt(ranks[-1][1] if ranks else None, part)
            ranks.append((own, part))
        elif part.kind in ("item", "paragraph"):
            _adopt(ranks[-1][1] if ranks else None, part)
        elif part.kind == "closing":
            ranks = []


def _rank(part: Part) -> int:
    """Place of a numbered heading's style among the styles, outer ones first."""
    return _RANK.get(part.marker.style, len(_RANK)) if part.marker else len(_RANK)


def _plain_ranks(parts: list[Part]) -> tuple[float, float]:
    """Unnumbered headings stand above the numbered ones if the numbering starts anew under them, else below them all.

    Those that are whole sentences (the second rank) stand below those that are labels, where there are both.
    """
    headings = [part for part in parts if part.kind == "heading"]
    restarts = sum(
        1 for part, following in pairwise(headings) if part.marker is None and following.marker and following.marker.number == 1
    )
    numbered = [_rank(part) for part in headings if part.marker]
    below = max(numbered, default=0) + 0.5
    plain = -1 if restarts > 1 or not numbered else below
    labels = any(part.marker is None and part.end - part.start <= LONGEST_LABEL for part in headings)
    return plain, max(plain, below) if labels else plain


def _adopt(parent: Part | None, part: Part) -> None:
    part.parent, part.level = parent, parent.level + 1 if parent else 1


def _audit(speech: Speech, parts: list[Part]) -> Iterator[Leftover]:
    """Numbers that do not follow: a gap, a repeat, a jump back within one list of headings or items."""
    last: dict[tuple[int, str], int] = {}
    for part in parts:
        if not part.marker or part.marker.style in _UNCOUNTED:
            continue
        style, number, length = part.marker
        group = (part.parent.node if part.parent else 0, style)
        before = last.get(group, 0)
        last[group] = number
        expected = before + 1
        if number not in (expected, 1) or (number == 1 and before == 1):
            end = part.start + length
            yield Leftover(
                speech.speech,
                part.start,
                end,
                speech.text[part.start : end],
                "outline",
                f"numbering: {number} where {expected} was expected",
            )
