"""Alignment of two short strings, character by character: how many characters agree, and how far agreement reaches.

>>> aligned("维护职工权益", "维护好职工权利")  # uphold workers' rights
(5, 7)
>>> reach("的合法权益。", "的合法权利,")  # of lawful rights
(4, 4, 4, 4)

For stretches of some dozen characters between and beyond exact matches; `reuse` finds those.
"""

from collections.abc import Sequence

# One agreement outweighs one character changed, put in or left out (Smith & Waterman 1981, with equal weights).
MATCH, CHANGE = 1, -1
# How far the two may drift apart beyond exact matches, and after how many changes too many agreement is given up.
BAND, GIVE_UP = 8, 12


def aligned(x: Sequence[int] | str, y: Sequence[int] | str) -> tuple[int, int]:
    """Characters that agree and columns of the best alignment of the whole of `x` and `y` (fewest changes, then most agreements)."""
    if not len(x) or not len(y):
        return 0, max(len(x), len(y))
    # Per prefix of y: changes, minus agreements, columns.
    row = [(j, 0, j) for j in range(len(y) + 1)]
    for i, character in enumerate(x, 1):
        diagonal, row[0] = row[0], (i, 0, i)
        for j, other in enumerate(y, 1):
            same = character == other
            best = min(
                (diagonal[0] + (not same), diagonal[1] - same, diagonal[2] + 1),
                (row[j][0] + 1, row[j][1], row[j][2] + 1),
                (row[j - 1][0] + 1, row[j - 1][1], row[j - 1][2] + 1),
            )
            diagonal, row[j] = row[j], best
    return -row[-1][1], row[-1][2]


def reach(x: Sequence[int] | str, y: Sequence[int] | str) -> tuple[int, int, int, int]:
    """How far agreement reaches from the start: characters of `x`, of `y`, agreements, columns; zeros where it does not."""
    best = (0, 0, 0, 0, 0)  # score, then as returned
    # Per prefix of y: score, agreements, columns; outside the band nothing.
    row = {j: (j * CHANGE, 0, j) for j in range(min(BAND, len(y)) + 1)}
    for i, character in enumerate(x, 1):
        above, row = row, {}
        for j in range(max(0, i - BAND), min(len(y), i + BAND) + 1):
            cell = _best_cell(above.get(j - 1), above.get(j), row.get(j - 1), same := j > 0 and character == y[j - 1])
            row[j] = cell
            # Only an agreement can end it, so that no change hangs over.
            if same and cell[0] > best[0]:
                best = (cell[0], i, j, cell[1], cell[2])
        if not row or max(row.values())[0] < best[0] - GIVE_UP:
            break
    return best[1:]


Cell = tuple[int, int, int]
_NOWHERE: Cell = (-1_000_000, 0, 0)


def _best_cell(diagonal: Cell | None, above: Cell | None, left: Cell | None, same: bool) -> Cell:
    score, agreeing, columns = diagonal or _NOWHERE
    best = (score + (MATCH if same else CHANGE), agreeing + same, columns + 1)
    for score, agreeing, columns in (above or _NOWHERE, left or _NOWHERE):
        best = max(best, (score + CHANGE, agreeing, columns + 1))
    return best
