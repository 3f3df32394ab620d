"""Alignment of two short strings, character by character: how many characters agree, and how far agreement reaches.

>>> aligned("维护职工权益", "维护好职工权利")  # uphold workers' rights
(5, 7)
>>> reach("的合法权益。", "的合法权利,")  # of lawful rights
(4, 4, 4, 4)

For stretches of some dozen characters between and beyond exact matches; `reuse` finds those.
"""

# One agreement outweighs one character changed, put in or left out (Smith & Waterman 1981, with equal weights).
MATCH, CHANGE = 1, -1
# After a change, how many characters of either text are tried for agreement, and after how many more changes than
# agreements it is given up.
FARTHEST, GIVE_UP = 6, 12


def aligned(x: str, y: str) -> tuple[int, int]:
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


def reach(x: str, y: str) -> tuple[int, int, int, int]:
    """How far agreement reaches from the start: characters of `x`, of `y`, agreements, columns; zeros where it does not.

    Goes along both, and after a change on from the nearest two characters that agree again; the best end is kept. This is
    not the optimal alignment, but within a character or two of it, and a hundred times faster.
    """
    best, best_score = (0, 0, 0, 0), 0
    i = j = agreeing = columns = score = 0
    while True:
        same = _same(x, y, i, j)
        i, j, agreeing, columns, score = i + same, j + same, agreeing + same, columns + same, score + same * MATCH
        if score > best_score:
            best, best_score = (i, j, agreeing, columns), score
        jump = next((jump for jump in _JUMPS if _agrees(x, y, i + jump[0], j + jump[1])), None)
        if jump is None:
            return best
        i, j = i + jump[0], j + jump[1]
        columns, score = columns + max(jump), score + max(jump) * CHANGE
        if score < best_score - GIVE_UP:
            return best


# Characters left out of either text, fewest first; of equally many, the same number in both first.
_JUMPS = sorted(
    ((i, j) for i in range(FARTHEST + 1) for j in range(FARTHEST + 1) if i or j),
    key=lambda jump: (max(jump), abs(jump[0] - jump[1]), jump),
)


def _same(x: str, y: str, i: int, j: int) -> int:
    n = 0
    while i + n < len(x) and j + n < len(y) and x[i + n] == y[j + n]:
        n += 1
    return n


def _agrees(x: str, y: str, i: int, j: int) -> bool:
    """Whether two characters agree here."""
    return i + 1 < len(x) and j + 1 < len(y) and x[i] == y[j] and x[i + 1] == y[j + 1]
