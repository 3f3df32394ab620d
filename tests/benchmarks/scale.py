"""Time and memory from three speeches to a hundred thousand, each as a ratio to a yardstick in the same run.

    ANALYSIS_TESTDATA=../shared/testdata python tests/benchmarks/scale.py [--megabytes 0] [--page]

The yardstick is `yardstick.py`: jieba.cut and a Counter over the same file or folder. Times of one process are seconds of
processor time (user and system) of the whole command, the least of some runs; where several processes work, seconds on
the clock. All of both law collections takes an hour; `--megabytes` takes that much of each, where starting counts for more.
`--page` writes scale.md.
"""

import argparse
import hashlib
import json
import lzma
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]
ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SPEECHES = ROOT / "data" / "speeches"
COLLECTIONS = {"Simplified laws": "prc_laws_simplified", "Traditional laws": "tw_laws_traditional"}
ANALYSIS = [sys.executable, "-m", "analysis"]
YARDSTICK = [sys.executable, str(HERE / "yardstick.py")]


RESAMPLING = "The rest is loading pandas and scipy, and two thousand resamples for the intervals of each pair of speeches."
DRAWING = (
    "Seven notebooks load pandas and matplotlib anew, and each chart is drawn as svg, pdf and png, for the notebook and for the "
    "Word report; half of the processor time is drawing."
)
FINDING = (
    "Cutting the words is an eighth of it. The rest are thousands of small questions, asked in Python, about each numeral, name, "
    "heading and sentence; none of them takes more than a few hundredths."
)


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of processor time and on the clock, and megabytes its largest process held."""

    processor: float
    clock: float
    megabytes: float


@dataclass(frozen=True)
class Line:
    """One promise: what was measured, what it must be, what is aimed at ("<= 1.2"), and why an aim is far away."""

    name: str
    value: float
    unit: str
    must: str = ""
    aim: str = ""
    why: str = ""

    def verdict(self) -> str:
        met = [f"{word} {'met' if _holds(self.value, asked) else 'NOT met'}" for word, asked in self._asked() if asked]
        return ", ".join(met)

    def distance(self) -> str:
        """How far the aim is, and why; empty where it is met or there is none."""
        if not self.aim or _holds(self.value, self.aim):
            return ""
        bound = float(self.aim.split()[1])
        return f"{self.name}: {max(self.value / bound, bound / self.value):.1f} times from its aim. {self.why}"

    def _asked(self) -> tuple[tuple[str, str], ...]:
        return ("must", self.must), ("aim", self.aim)

    def cells(self) -> list[str]:
        return [self.name, f"{self.value:.2f} {self.unit}", self.must, self.aim, self.verdict()]


def _holds(value: float, asked: str) -> bool:
    sign, bound = asked.split()
    return value <= float(bound) if sign == "<=" else value >= float(bound)


def cost(command: Command, runs: int = 1, **settings: str) -> Cost:
    """The least of some runs of a command that must succeed."""
    return costs([command], runs, **settings)[0]


def costs(commands: Sequence[Command], runs: int, **settings: str) -> list[Cost]:
    """The least of some runs of each command; they run in turn, because the speed of a machine drifts."""
    made = [[_cost(command, settings) for command in commands] for _ in range(runs)]
    of_each = zip(*made, strict=True)
    return [Cost(*(min(getattr(one, name) for one in told) for name in ("processor", "clock", "megabytes"))) for told in of_each]


def clock(commands: Sequence[Command]) -> float:
    """Seconds until all of some commands are through that begin together."""
    began = time.perf_counter()
    for process in [_begun(command, {}) for command in commands]:
        if process.wait() not in (0, 1):
            raise subprocess.CalledProcessError(process.returncode, process.args)
    return time.perf_counter() - began


def _cost(command: Command, settings: dict[str, str]) -> Cost:
    began = time.perf_counter()
    process = _begun(command, settings)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1000)


def _begun(command: Command, settings: dict[str, str]) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "ANALYSIS_CACHE": "off", **settings}
    # As on a user's machine, Python keeps the modules it has compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen([str(part) for part in command], env=environment, stdout=subprocess.DEVNULL)


def collection(name: str, folder: Path, megabytes: float, skip: int = 0) -> float:
    """Texts of a law collection as files of a folder; gives their megabytes. `skip` leaves out the first ones."""
    folder.mkdir(parents=True)
    size = 0
    with lzma.open(Path(os.environ["ANALYSIS_TESTDATA"]) / "large" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            data = json.loads(line)["text"].encode()
            if number >= skip:
                (folder / f"law{number:06}.txt").write_bytes(data)
                size += len(data)
            if megabytes and size >= megabytes * 1e6:
                break
    return size / 1e6


def tables(folder: Path, out: Path, *more: str) -> list[str | Path]:
    return [*ANALYSIS, "tables", folder, "--found", "--format", "parquet", "--out", out, "-q", *more]


def small(work: Path) -> Iterator[Line]:
    """Three speeches: the whole process, from start to files written."""
    found = [*ANALYSIS, "tables", SPEECHES, "--found", "--out", work / "found", "-q"]
    whole = [*ANALYSIS, "tables", SPEECHES, "--out", work / "all", "-q"]
    yard, one, measured = costs([[*YARDSTICK, SPEECHES], found, whole], 5)
    yield Line("tables --found, three speeches", one.processor / yard.processor, "x yardstick", "<= 1.2")
    kept = {"ANALYSIS_CACHE": str(work / "cache")}
    cost(found, **kept)
    yield Line("the same with the cache", cost(found, 5, **kept).processor / yard.processor, "x yardstick", "<= 1.2")
    yield Line("tables with the measured ones", measured.processor / yard.processor, "x yardstick", "", "<= 3", RESAMPLING)
    yield Line("analysis --help", cost([*ANALYSIS, "--help"], 5).clock, "s", "<= 0.3")
    yield Line("import analysis", cost([sys.executable, "-c", "import analysis"], 5).clock, "s", "<= 0.15")
    copy = work / "speeches"
    shutil.copytree(SPEECHES, copy)
    run = [*ANALYSIS, "run", copy, "--out", work / "run", "-q"]
    cost(run, **kept)
    yield Line("analysis run, nothing changed", cost(run, 3, **kept).clock, "s", "<= 3")
    shutil.copy(Path(os.environ["ANALYSIS_TESTDATA"]) / "speeches" / "tw_newyear_2005.txt", copy)
    yield Line("analysis run after one new speech", cost(run, **kept).clock, "s", "", "<= 40", DRAWING)


def large(work: Path, megabytes: float) -> Iterator[Line]:
    """Folders of law texts: the found tables against counting words alone."""
    for name, file in COLLECTIONS.items():
        folder, half, out = work / file, work / f"{file}-half", work / f"{file}-out"
        size = collection(file, folder, megabytes)
        collection(file, half, size / 2)
        commands = [
            [*YARDSTICK, folder],
            tables(folder, out),
            tables(folder, work / "two", "--jobs", "2"),
            tables(half, work / "half"),
        ]
        # Two runs each, since other work on the machine makes one slow now and then.
        yard, one, two, first = costs(commands, 2)
        yield Line(f"{name}, {size:.0f} MB, one process", yard.processor / one.processor, "x as fast", ">= 2", ">= 4", FINDING)
        yield Line(f"{name}, two processes", one.clock / two.clock, "x faster", ">= 1.7")
        both = min(clock([tables(half, work / "half"), tables(half, work / "other")]) for _ in range(2))
        yield Line(f"{name}, what this machine allows: two runs at once, not in turn", 2 * first.clock / both, "x faster")
        yield Line(f"{name}, two processes: tables with other bytes", float(_hash(work / "two") != _hash(out)), "", "<= 0")
        cost(tables(folder, work / "two", "--cluster", "local"))
        yield Line(f"{name}, a local cluster: tables with other bytes", float(_hash(work / "two") != _hash(out)), "", "<= 0")
        yield Line(f"{name}, peak memory", max(one.megabytes, two.megabytes), "MB", "<= 1000")
        yield Line(f"{name}, peak memory, all to half", one.megabytes / first.megabytes, "x", "<= 1.1")
        yield Line(f"{name}, time for all to twice the half", one.processor / (2 * first.processor), "x", "<= 1.1")
        kept = {"ANALYSIS_CACHE": str(work / f"{file}-cache")}
        cost(tables(folder, out), **kept)
        again = cost(tables(folder, out), **kept)
        yield Line(f"{name}, rerun with nothing new: reading and rewriting", again.processor / one.processor, "of the first run")
        (folder / "new.txt").write_bytes(next(half.glob("*.txt")).read_bytes() + "。完".encode())
        added = cost(tables(folder, out), **kept)
        yield Line(f"{name}, rerun with one more speech", added.processor / one.processor, "of the first run")
        for used in (folder, half, out, work / "two", work / "half", work / "other"):
            shutil.rmtree(used)


def _hash(folder: Path) -> str:
    """One hash of all tables but intake, which names the run's own files alike."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.parquet")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def growth(work: Path) -> Iterator[list[str]]:
    """How the cost grows: with characters, with the number of speeches, and with the vocabulary."""
    whole = work / "growth"
    collection("prc_laws_simplified", whole, 4)
    texts = [path.read_text(encoding="utf-8") for path in sorted(whole.glob("*.txt"))]
    text = "\n".join(texts)
    cases: dict[str, list[str]] = {
        "0.5 million characters, 1 speech": [text[:500_000]],
        "1 million characters, 1 speech": [text[:1_000_000]],
        "1 million characters, 100 speeches": _pieces(text[:1_000_000], 10_000),
        "1 million characters, 1,000 speeches": _pieces(text[:1_000_000], 1_000),
        "1 million characters, 100 speeches, few words": _pieces((text[:20_000] * 50)[:1_000_000], 10_000),
    }
    for name, pieces in cases.items():
        folder = work / hashlib.sha256(name.encode()).hexdigest()[:8]
        folder.mkdir()
        for number, piece in enumerate(pieces):
            (folder / f"p{number:05}.txt").write_text(piece, encoding="utf-8")
        yard, ours = costs([[*YARDSTICK, folder], tables(folder, work / "growth-out")], 1)
        yield [name, f"{yard.processor:.1f} s", f"{ours.processor:.1f} s", f"{yard.processor / ours.processor:.2f}"]


def _pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def shares(megabytes: float = 2) -> list[tuple[str, float]]:
    """Share of each finder in the processor time of the found tables, over both collections, largest first."""
    from analysis import tables as registry
    from analysis.read.lexicons import load
    from analysis.read.speech import Speech, shadow_together

    spent = dict.fromkeys(("shadow", *registry.FINDERS, "the rest"), 0.0)
    lexicons = load()
    registry.find_speech(
        Speech("s", "s", "s", "工會會議共3天。工会会议共3天。"), lexicons
    )  # a union meeting of 3 days: loads all
    finder = registry._finder

    def timed(table):  # type: ignore[no-untyped-def]
        def find(*given):  # type: ignore[no-untyped-def]
            began = time.process_time()
            made = [rows if isinstance(rows, dict | tuple) else list(rows) for rows in finder(table)(*given)]
            spent[table] += time.process_time() - began
            return made

        return find

    registry._finder = timed
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        for file in COLLECTIONS.values():
            collection(file, Path(folder) / file, megabytes)
            paths = sorted((Path(folder) / file).glob("*.txt"))
            speeches = [Speech(path.stem, path.name, "", path.read_text(encoding="utf-8")) for path in paths]
            for some in range(0, len(speeches), 10):
                before = time.process_time()
                shadow_together(speeches[some : some + 10])
                spent["shadow"] += time.process_time() - before
                for _ in registry.find_speeches(speeches[some : some + 10], lexicons):
                    pass
    registry._finder = finder
    whole = time.process_time() - began
    spent["the rest"] = whole - sum(spent.values())
    return sorted(((name, seconds / whole) for name, seconds in spent.items()), key=lambda one: -one[1])


def machine(taken: float = 0) -> str:
    """What it ran on, and the share of the processors' time that the host of a virtual machine took for others."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    told = (
        f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
    return f"{told}; its host took {taken:.0%} of their time for others meanwhile" if taken >= 0.05 else told


def stolen() -> float:
    """Seconds that the host took from the processors of a virtual machine so far; 0 where the system does not say."""
    try:
        return int(Path("/proc/stat").read_text().split()[8]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


def _markdown(header: list[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=0, help="of each law collection; 0, the default, takes all")
    parser.add_argument("--page", action="store_true", help="write scale.md beside this file")
    options = parser.parse_args()
    lines: list[Line] = []
    began, before = time.perf_counter(), stolen()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for part in (small(work), large(work, options.megabytes)):
            for line in part:
                lines.append(line)
                print("  ".join(filter(None, line.cells())), flush=True)
        grown = list(growth(work))
    spent = [[name, f"{share:.0%}"] for name, share in shares()]
    told = machine((stolen() - before) / (time.perf_counter() - began) / (os.cpu_count() or 1))
    aims = "\n".join(f"- {line.distance()}" for line in lines if line.distance()) or "All aims are met."
    promises = _markdown(["what", "measured", "must", "aim", ""], [line.cells() for line in lines])
    costs = _markdown(["what", "yardstick", "found tables", "times as fast"], grown)
    profile = _markdown(["step", "share of the time"], spent)
    print(f"\n{aims}\n\n{costs}\n\n{profile}\n\n{told}")
    if options.page:
        page = PAGE.format(machine=told, promises=promises, aims=aims, costs=costs, profile=profile)
        (HERE / "scale.md").write_text(page, encoding="utf-8", newline="\n")
    sys.exit(any("must NOT met" in line.verdict() for line in lines))


PAGE = """\
# Time and memory

Written by `python tests/benchmarks/scale.py --page`. Each ratio is to a yardstick in the same run: `yardstick.py`, the script
one would write to count words (jieba.cut and a Counter). Machine: {machine}.

## Promises

{promises}

## How far the aims are, and why

{aims}

## How the cost grows

{costs}

## Where the time goes

{profile}

The three largest, and why:

- **tokens**: half of it is the Rust cutter. The rest numbers each word, joins numerals, names and unknown words, and keeps
  every name, number and list marker that was found whole.
- **figures**: every numeral is read with its unit, its bounds, what it measures and its clause's verbs.
- **names**: every title, surname, place and organisation ending is weighed against the words around it.
"""

if __name__ == "__main__":
    main()
