"""The command line: `analysis run|tables|check|charts|lab`, also as `python -m analysis`.

Data goes to standard output, talk and progress to standard error. Exit codes:
0 all inputs read; 1 finished, some inputs failed (or warnings with --strict); 2 wrong usage, nothing written;
3 could not finish or nothing usable, earlier outputs untouched; 4 a notebook failed; 130 and 143 stopped by a signal.
Heavy modules are imported where they are used, so that --help answers at once.
"""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from analysis.run import Job

EXAMPLES = """\
examples:
  analysis run                               bring tables, notebooks and charts of data/speeches up to date
  analysis run speech.docx --out runs/mine   the same for other speeches, kept apart
  analysis check FOLDER                      what would be read, and what not, with reasons
  analysis tables FOLDER --out DIR           tables only, for pandas, R or a spreadsheet
  analysis charts verify                     redraw each chart from its CSV and compare
  analysis lab                               open JupyterLab on the start notebook
"""
OK, SOME_FAILED, USAGE, NOTHING, NOTEBOOK = 0, 1, 2, 3, 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    if arguments is None:
        _in_utf8()
    options = _parser().parse_args(arguments)
    # What a command makes has no cycles, so looking for them every 700 objects costs a sixth of a short run for nothing.
    gc.set_threshold(100_000, 50, 100)
    signal.signal(signal.SIGTERM, _terminated)
    _printable(sys.stdout)
    _printable(sys.stderr)
    try:
        code = int(options.command(options))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _failed("stopped", 130)
    except BrokenPipeError:
        # The reader of our output has gone (| head): nothing is wrong. Python must not complain when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except _expected() as error:
        if options.debug:
            raise
        return _failed(f"{error}", getattr(error, "exit_code", NOTHING))
    except Exception as error:
        if options.debug:
            raise
        told = f"{type(error).__name__}: {error}"
        return _failed(f"a fault of this program: {told}; run it again with --debug and report what it shows", NOTHING)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="analysis",
        usage="analysis COMMAND [PATH...] [options]",
        description=EXAMPLES,
        epilog="analysis COMMAND --help shows the options of one command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    run = _command(commands, "run", _run, "tables, notebooks and charts, redoing what is out of date")
    run.add_argument("--out", metavar="DIR", type=Path, help="folder for everything made from PATH")
    run.add_argument("--lang", choices=("en", "zh-Hant", "zh-Hans"), help="language of charts, captions and alt text")
    run.add_argument("--jobs", metavar="N", type=_positive, default=1, help="processes that read speeches at once")
    run.add_argument("--fresh", action="store_true", help="make everything anew")

    tables = _command(commands, "tables", _tables, "the tidy tables as CSV or Parquet", paths="+")
    tables.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder for the tables")
    tables.add_argument("--format", choices=("csv", "parquet"), default="csv")
    tables.add_argument("--found", action="store_true", help="leave out the tables that compare speeches")
    tables.add_argument("--jobs", metavar="N", type=_positive, default=1, help="processes that read speeches at once")
    tables.add_argument("--cluster", metavar="ADDRESS", help="Dask scheduler to hand the speeches to (extra `cluster`)")

    _command(commands, "check", _check, "what would be read and what not; writes nothing", paths="+")

    charts = commands.add_parser("charts", help="check exported charts against their data")
    charts.add_argument("action", choices=("verify",))
    charts.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="folder of charts (figures)")
    charts.add_argument("--debug", action="store_true")
    charts.set_defaults(command=_charts)

    lab = _command(commands, "lab", _lab, "open JupyterLab on 127.0.0.1 at the start notebook")
    lab.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    return parser


def _command(commands: Any, name: str, command: Callable[..., int], told: str, paths: str = "*") -> argparse.ArgumentParser:
    """A subcommand with the options all of them share."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told)
    parser.add_argument("paths", metavar="PATH", nargs=paths, type=Path, help="speeches: files or folders")
    parser.add_argument("--encoding", help="read text files with this encoding instead of finding it out")
    parser.add_argument("--limit", metavar="NAME=N", action="append", default=[], help="raise a limit that a message names")
    parser.add_argument("--follow-symlinks", action="store_true", help="read files that links point to, inside PATH")
    parser.add_argument("--strict", action="store_true", help="warnings count as failures")
    parser.add_argument(
        "--lexicons", metavar="DIR", type=Path, help="folder whose CSV files replace the shipped ones of their name"
    )
    parser.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")
    parser.add_argument("-v", "--verbose", action="store_true", help="name ignored files too")
    parser.set_defaults(command=command)
    return parser


def _run(options: argparse.Namespace) -> int:
    from analysis import run

    if options.paths and not options.out:
        return _failed("PATH needs --out DIR: without it, `analysis run` works on data/speeches", USAGE)
    if options.out and not options.paths:
        return _failed("--out needs PATH: the speeches to read", USAGE)
    return _finished(options, run.everything(_job(options)))


def _tables(options: argparse.Namespace) -> int:
    from analysis import run

    outcome = run.write_tables(_job(options), form=options.format, only_found=options.found, cluster=options.cluster)
    return _finished(options, outcome)


def _check(options: argparse.Namespace) -> int:
    from analysis import run

    rows = run.intake_rows(_job(options))
    for row in rows:
        if options.verbose or row.code != "S_IGNORED":
            print(run.report_line(row))
    return _code_of(options, rows)


def _charts(options: argparse.Namespace) -> int:
    from analysis.draw.export import verify
    from analysis.read.lexicons import PROJECT

    problems = verify(options.folder or PROJECT / "figures")
    print("\n".join(problems) or "every chart is that of its data")
    return SOME_FAILED if problems else OK


def _lab(options: argparse.Namespace) -> int:
    from analysis import lab

    return lab.open_lab(_job(options) if options.paths else None, browser=not options.no_browser)


def _job(options: argparse.Namespace) -> "Job":
    from analysis import run

    return run.job(
        options.paths,
        getattr(options, "out", None),
        language=getattr(options, "lang", None),
        lexicons=options.lexicons,
        encoding=options.encoding,
        limits=options.limit,
        follow_symlinks=options.follow_symlinks,
        jobs=getattr(options, "jobs", 1),
        fresh=getattr(options, "fresh", False),
        say=_quiet if options.quiet else _say,
    )


def _finished(options: argparse.Namespace, rows: Sequence[Any]) -> int:
    from analysis import run

    for row in rows:
        if row.status != "ok" and not options.quiet and (options.verbose or row.code != "S_IGNORED"):
            _say(run.report_line(row))
    return _code_of(options, rows)


def _code_of(options: argparse.Namespace, rows: Sequence[Any]) -> int:
    states = {row.status for row in rows}
    if not any(row.n_speeches for row in rows):
        return _failed("no speech could be read from these paths; nothing was written", NOTHING)
    return SOME_FAILED if "failed" in states or (options.strict and "warning" in states) else OK


def _expected() -> tuple[type[BaseException], ...]:
    """Errors that are told in a sentence instead of a traceback."""
    from analysis.read.errors import InputError
    from analysis.run import RunError

    return (RunError, InputError, ValueError, OSError, RuntimeError)


def _positive(told: str) -> int:
    if not told.isdecimal() or int(told) < 1:
        raise argparse.ArgumentTypeError(f"{told!r} is not a whole number of 1 or more")
    return int(told)


def _in_utf8() -> None:
    """Start anew in UTF-8 mode where the locale has another encoding for file names, which could not hold Chinese ones."""
    if sys.getfilesystemencoding() == "utf-8" or os.environ.get("PYTHONUTF8") == "1":
        return
    terminal = getattr(sys.stdout, "encoding", None) or "ascii"
    environment = {"PYTHONIOENCODING": f"{terminal}:backslashreplace", **os.environ, "PYTHONUTF8": "1"}
    os.execve(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]], environment)


def _printable(stream: Any) -> None:
    """Chinese on a terminal that cannot show it becomes escapes instead of an error."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _quiet(message: str) -> None:
    pass


def _failed(message: str, code: int) -> int:
    print(f"analysis: {message}", file=sys.stderr)
    return code


def _terminated(*_: Any) -> NoReturn:
    sys.exit(143)


class _Version(argparse.Action):
    """Prints the version: looked up when it is asked for, since that takes as long as all else before a command starts."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"analysis {version('analysis')}")
        parser.exit()


if __name__ == "__main__":
    sys.exit(main())
