"""How fast frequencies and keywords are, for 3 and for 30 speeches, as ratios to a yardstick measured in the same run.

    python tests/benchmarks/keywords.py [--third-party]

The yardstick is what 2,000 resamples cost at least: one matrix product and one partition of single-precision numbers
for 1,000 words and 20 blocks. The 30 speeches are the shipped ones ten times over; with --third-party also the 28 long
ones (5,000 to 57,000 characters) of the folder named by ANALYSIS_TESTDATA. A ratio travels to other machines, seconds do not.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from analysis.measure import frequencies, keywords
from analysis.read import lexicons
from analysis.read.settings import Settings
from analysis.read.speech import Speech
from analysis.tables import Tables, found

RESAMPLES = 2000


def shipped(times: int) -> Tables:
    text = (lexicons.PROJECT / "data" / "speeches" / "union-meetings.txt").read_text(encoding="utf-8-sig")
    parts = re.split(r"在工會會議上的講話\([一二三]\):", text)[1:] * times
    return found(
        [Speech(f"{i:02d}", "union-meetings.txt", str(i), part) for i, part in enumerate(parts)],
        settings=Settings(resamples=RESAMPLES),
    )


def third_party() -> Tables | None:
    folder = os.environ.get("ANALYSIS_TESTDATA")
    if not folder:
        return None
    files = sorted((Path(folder) / "speeches").glob("[cg][pw]*.txt"))
    speeches = [Speech(file.stem, file.name, file.stem, file.read_text(encoding="utf-8")) for file in files]
    return found(speeches, settings=Settings(resamples=RESAMPLES))


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The quickest of some runs."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def yardstick() -> float:
    rng = np.random.default_rng(1)
    counts, drawn = rng.random((1000, 20), dtype=np.float32), rng.random((20, RESAMPLES), dtype=np.float32)
    return seconds(lambda: (counts @ drawn).partition(50, axis=1), times=5)


def main() -> int:
    keywords.measure(shipped(1))  # dictionaries and libraries are loaded once
    cases = {"3 shipped": shipped(1), "30 (shipped ×10)": shipped(10)}
    if "--third-party" in sys.argv and (more := third_party()) is not None:
        cases[f"{len(more.speeches)} long"] = more
    print(f"{'speeches':<18}{'measure':<14}{'rows':>9}{'seconds':>9}{'yardsticks':>12}")
    for name, tables in cases.items():
        for measure in (frequencies.measure, keywords.measure):
            rows = 0

            def work(measure: Callable[[Tables], object] = measure, tables: Tables = tables) -> None:
                nonlocal rows
                rows = len(measure(tables))  # type: ignore[arg-type]

            before = yardstick()
            taken = seconds(work, times=3 if len(tables.speeches) < 10 else 1)
            ratio = taken / min(before, yardstick())
            print(f"{name:<18}{measure.__module__.split('.')[-1]:<14}{rows:>9,}{taken:>9.2f}{ratio:>12.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
