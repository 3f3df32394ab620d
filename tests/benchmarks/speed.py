"""Time and memory of the tokens table as shares of jieba.lcut on the same text in the same run.

    ANALYSIS_TESTDATA=../shared/testdata python tests/benchmarks/speed.py [megabytes]

For the statutes of both scripts: the shadow, the tokens and their table (a DataFrame) against jieba.lcut, in seconds of
processor time, the least of three runs, so that other work on the machine matters little. Loading is told apart. Memory
is what the process holds at most above what it held before, each side in a process of its own (where the system tells).
"""

import json
import lzma
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

FILES = ("prc_laws_simplified.jsonl.xz", "tw_laws_traditional.jsonl.xz")
RUNS = 3
SIDES = ("tokens", "jieba")


def text_of(name: str, megabytes: float) -> str:
    """The first texts of one file, joined, of about that many megabytes in UTF-8."""
    parts, size = [], 0
    with lzma.open(Path(os.environ["ANALYSIS_TESTDATA"]) / "large" / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts.append(json.loads(line)["text"])
            size += len(parts[-1].encode())
            if size >= megabytes * 1e6:
                break
    return "\n".join(parts)


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Least processor time of some runs."""
    taken = []
    for _ in range(runs):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return min(taken)


def jieba_cutter() -> Callable[[str], list[str]]:
    """jieba.lcut of a tokenizer of its own, built in memory and without the cache file in the temp folder."""
    import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer.lcut  # type: ignore[no-any-return]


def tokens_table() -> Callable[[str], object]:
    """A text → the DataFrame of its tokens, with everything loaded."""
    from analysis.find import tokens
    from analysis.read.lexicons import load
    from analysis.read.speech import Speech
    from analysis.tables import frame

    lexicons = load()

    def made(text: str) -> object:
        return frame("tokens", tokens.find(Speech("s", "s", "s", text), {}, lexicons))

    made("工會會議。工会会议。")  # union meeting, in both scripts: loads what is loaded once
    return made


def peak_memory(side: str, name: str, megabytes: float) -> float:
    """Megabytes a process of its own holds at most while it does the work, above what it held before."""
    command = [sys.executable, __file__, str(megabytes), "--peak", side, name]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[0])


def print_peak(side: str, name: str, megabytes: float) -> None:
    work = tokens_table() if side == "tokens" else jieba_cutter()
    text = text_of(name, megabytes)
    before = most_held()
    kept = work(text)
    print(most_held() - before, bool(kept is not None))


def most_held() -> float:
    """Most megabytes this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1e3
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    if "--peak" in sys.argv:
        print_peak(sys.argv[-2], sys.argv[-1], megabytes)
        return
    before = time.process_time()
    table = tokens_table()
    print(f"loading: tokens {time.process_time() - before:.2f} s", end="")
    before = time.process_time()
    lcut = jieba_cutter()
    print(f", jieba {time.process_time() - before:.2f} s")
    from analysis.read.script import shadow

    for name in FILES:
        text = text_of(name, megabytes)
        print(f"\n{name}: {len(text.encode()) / 1e6:.1f} MB, {len(text)} characters")
        jieba_time = seconds(lambda text=text: lcut(text), 1)
        for label, work in (("shadow", shadow), ("tokens and table", table)):
            taken = seconds(lambda text=text, work=work: work(text))
            print(f"  {label:20} {taken:6.2f} s   1/{jieba_time / taken:.1f} of jieba.lcut")
        print(f"  {'jieba.lcut':20} {jieba_time:6.2f} s")
        if sys.platform != "win32":
            ours, theirs = (peak_memory(side, name, megabytes) for side in SIDES)
            print(f"  memory: {ours:.0f} MB against {theirs:.0f} MB, {ours / theirs:.2f} of jieba.lcut")


if __name__ == "__main__":
    main()
