"""Large and monotonous files: reading takes time in proportion to their size, whatever they repeat."""

import time

import pytest

from analysis.read.formats import content
from analysis.read.limits import Limits
from analysis.read.notice import notice
from analysis.read.split import split

SPEECH = "同志們:\n今天召開工會會議,總結工作。\n"  # Comrades: today we hold a union meeting and sum up the work.
# What regular expressions may stumble over: blank lines, one-character paragraphs, a word over and over, marks without end.
REPEATED = (
    "\n",
    "工\n",
    "工會",
    "一",
    "1,",
    "(",
    "“",
    "《",
    "百分之",
    "第",
    "2年1月",
    " ",
    "\u3000",
    "、",
    "=",
    "- ",
    "#",
    "|",
    "在的講話",
)


def seconds(piece: str, size: int) -> float:
    """Processor time to read a text that repeats a piece up to a number of bytes; the best of three."""
    data = (SPEECH + piece * (size // len(piece.encode()))).encode()
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        text = content(data, "a.txt", encoding=None, limits=Limits()).text
        list(notice(text))
        split(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.slow
@pytest.mark.parametrize("piece", REPEATED, ids=ascii)
def test_time_is_in_proportion_to_size(piece):
    """Eight times the size takes some eight times as long; were it squared it would be sixty-four, so a slow clock decides nothing."""
    eighth, whole = seconds(piece, 125_000), seconds(piece, 1_000_000)
    assert whole <= 24 * eighth + 0.5


@pytest.mark.parametrize("piece", ["工會", "一", "\n"])
def test_a_raised_limit_lets_a_large_file_in(piece):
    data = (SPEECH + piece * 8_000_000).encode()
    assert len(content(data, "a.txt", encoding=None, limits=Limits(text_mb=200)).text) == len(SPEECH) + len(piece) * 8_000_000
