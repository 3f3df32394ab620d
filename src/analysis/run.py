"""Bring everything made from some speeches up to date: tables, then notebooks (which draw the charts), then the pages.

>>> tables = load()                                                       # doctest: +SKIP
>>> tables.figures.head()                                                 # doctest: +SKIP

Two places exist: the project itself (data/tables, notebooks, figures) for the folder of data/settings.toml, and a folder
of its own for any other speeches. What has not changed is not made again: each place says what it was made of.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import schema, workers
from analysis import tables as tables_module
from analysis.atomic import staged
from analysis.cache import PACKAGE, Cache, hash_of
from analysis.read import files, intake
from analysis.read import lexicons as lexicon_files
from analysis.read import settings as settings_file
from analysis.read.csvfile import read_rows
from analysis.read.errors import InputError, visible
from analysis.read.lexicons import PROJECT
from analysis.read.limits import Limits
from analysis.read.settings import Settings
from analysis.read.speech import Speech
from analysis.schema import Intake
from analysis.store import Writer, columns, columns_of
from analysis.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

# Packages whose version can move a number or a line in a chart.
ENGINES = ("jieba", "rjieba", "opencc", "pandas", "numpy", "scipy", "matplotlib", "wordcloud")


def _silent(message: str) -> None:
    pass


@dataclass(frozen=True)
class Job:
    """What to make, from which files, and where."""

    paths: tuple[Path, ...]
    home: Path
    settings: Settings
    encoding: str | None = None
    limits: Limits | None = None
    follow_symlinks: bool = False
    jobs: int = 1
    fresh: bool = False
    say: Callable[[str], None] = _silent

    @property
    def in_project(self) -> bool:
        """Whether this refreshes the project itself."""
        return self.home == PROJECT

    @property
    def tables(self) -> Path:
        return PROJECT / "data" / "tables" if self.in_project else self.home / "tables"

    @property
    def notebooks(self) -> Path:
        return self.home / "notebooks"

    @property
    def charts(self) -> Path:
        return self.home / "figures"


@dataclass(frozen=True)
class Layout:
    """Where tables and texts go inside the home of a job, and in which form."""

    tables: str
    texts: str | None
    form: str = "csv"


class RunError(Exception):
    """A run that could not do its work, told in a sentence."""

    exit_code = 3


class NothingUsable(RunError):
    """No speech could be read; earlier outputs stay as they were."""


class UsageError(RunError):
    """The command was given something it cannot work on; nothing was written."""

    exit_code = 2


class NotebookFailed(RunError):
    """A notebook stopped with an error; it is kept as NAME.failed.ipynb and the last good one stays."""

    exit_code = 4


def job(
    paths: Sequence[Path | str] = (),
    out: Path | str | None = None,
    *,
    language: str | None = None,
    preset: str | None = None,
    lexicons: Path | None = None,
    encoding: str | None = None,
    limits: Sequence[str] = (),
    follow_symlinks: bool = False,
    jobs: int = 1,
    fresh: bool = False,
    say: Callable[[str], None] = _silent,
) -> Job:
    """The job for some paths: data/settings.toml, with what is given here in its place.

    Without `out`, speeches of another folder than that of the settings go to runs/<name of the folder>.
    """
    settings = settings_file.load()
    told: dict[str, Any] = {"language": language, "preset": preset, "lexicons": lexicons}
    settings = replace(settings, **{name: value for name, value in told.items() if value})
    _check_lists(settings)
    usual = tuple(path.resolve() for path in settings.speeches)
    wanted = tuple(Path(path).resolve() for path in paths) or usual
    for path in wanted:
        if not path.exists():
            raise UsageError(str(InputError("E_NO_PATH", path=visible(path.name, 200))))
    if out:
        home = Path(out).resolve()
        if home.exists() and not home.is_dir():
            raise UsageError(f"--out {out} is a file; name a folder / --out {out} 是檔案,請指定資料夾")
    else:
        home = PROJECT if wanted == usual else PROJECT / "runs" / _safe_name(wanted[0])
    # A folder without a file is wrong usage, and is told before anything is written.
    files.find(wanted, follow_symlinks=follow_symlinks, exclude=[] if home == PROJECT else [home])
    settings = replace(settings, speeches=wanted)
    return Job(wanted, home, settings, encoding, Limits.of(limits) if limits else None, follow_symlinks, jobs, fresh, say)


def _check_lists(settings: Settings) -> None:
    """Raise UsageError where a list of the user's own is not there or has a name nothing is read from: a slip must show."""
    for name, path in (("lexicons", settings.lexicons), ("stopwords", settings.stopwords), ("general", settings.general)):
        if path and not (path.is_dir() if name == "lexicons" else path.is_file()):
            raise UsageError(f"{name}: there is no {path.name} / 找不到 {path.name}")
    names = ", ".join(lexicon_files.COLUMNS)
    for path in sorted(settings.lexicons.glob("*.csv")) if settings.lexicons else ():
        if path.stem not in lexicon_files.COLUMNS:
            raise UsageError(f"lexicons: {path.name} is none of {names} / {path.name} 不是詞表名稱")


def load(
    speeches: Path | str | Sequence[Path | str] | None = None,
    out: Path | str | None = None,
    *,
    language: str | None = None,
    preset: str | None = None,
) -> Tables:
    """All tables of some speeches, made anew where speeches, lexicons, settings or code have changed.

    `speeches` is a file, a folder or several; without it the folder of data/settings.toml. Raises InputError where
    nothing can be read. This is what each notebook calls first.
    """
    paths = [speeches] if isinstance(speeches, str | Path) else list(speeches or ())
    return up_to_date(job(paths, out, language=language, preset=preset))


def up_to_date(task: Job) -> Tables:
    """The tables of a job, from its folder where they are still those of its files."""
    made_from = fingerprint(task)
    if task.fresh or tables_module.read_marker(task.tables).get("made_from") != made_from:
        _build(task, Layout("data/tables", None) if task.in_project else Layout("tables", "texts"))
        tables_module.write_marker(task.tables, {"made_from": made_from, "engines": engines()})
    from analysis.measure.vocabulary import applied

    return applied(tables_module.load(task.tables, task.settings, task.charts))


def write_tables(task: Job, *, form: str, only_found: bool, cluster: str | None = None) -> list[Intake]:
    """Write DIR/<table>.csv|parquet and DIR/texts; gives the intake rows."""
    return _build(task, Layout(".", "texts", form), only_found=only_found, cluster=cluster)


def everything(task: Job) -> list[Intake]:
    """Tables, notebooks, charts and the pages around them; gives the intake rows."""
    from concurrent.futures import ProcessPoolExecutor

    from analysis import notebooks
    from analysis.draw import report

    tables = up_to_date(task)
    made_from = fingerprint(task)
    if notebooks.execute(task, made_from):
        notebooks.remove_stale_charts(task)
        task.say("writing index.html, report.docx and report.xlsx")
        with ProcessPoolExecutor(2) as pool:
            # The Word report draws every chart once more, without its title: it takes as long as all the rest.
            word = pool.submit(report.write_docx, tables, task.charts)
            pages = pool.submit(_write_pages, task.in_project, tables, task.home)
            word.result()
            pages.result()
        notebooks.finish(task, made_from)
    task.say(f"done: {_shown(task.charts)} holds the charts, {_shown(task.charts / 'index.html')} shows them")
    return [Intake(*row) for row in tables.intake.astype(object).where(tables.intake.notna(), None).itertuples(index=False)]


def _write_pages(in_project: bool, tables: Tables, home: Path) -> None:
    from analysis.draw import page, workbook

    charts = tables.charts or home / "figures"
    page.write_page(tables, charts)
    workbook.write_xlsx(tables, charts)
    if not in_project:
        page.write_page(tables, home)


def intake_rows(task: Job) -> list[Intake]:
    """One row per file found, read as a run would read it; nothing is written."""
    rows: list[Intake] = []
    for _ in _speeches(task, rows):
        pass
    return rows


def report_line(row: Intake) -> str:
    """One intake row as a reader wants it."""
    size = f"{row.n_chars} characters, {row.n_speeches} speech(es)" if row.n_chars is not None else f"{row.n_bytes or 0} bytes"
    told = f"\n    {row.message}" if row.message else ""
    return f"{row.status:<8} {visible(row.file, 200)}  [{row.code or 'OK'}; {row.format or '-'}; {row.encoding or '-'}; {size}]{told}"


def fingerprint(task: Job) -> str:
    """A hash of all that the tables depend on: files, lexicons, catalogue, settings, code, engines."""
    digest = hashlib.sha256()
    for file in files.find(task.paths, follow_symlinks=task.follow_symlinks, exclude=[] if task.in_project else [task.home]):
        digest.update(
            f"{file.file}\0{file.passed_over.code if file.passed_over else _sha256(file.path)}\n".encode(
                "utf-8", "backslashreplace"
            )
        )
    settings = task.settings
    lists = b"".join(path.read_bytes() for path in (settings.stopwords, settings.general) if path)
    told = (
        settings.language,
        settings.hide_names,
        settings.equivalents,
        settings.minimum_count,
        settings.resamples,
        settings.seed,
        task.encoding,
        task.limits,
    )
    for part in (repr(told), lexicon_files.load(settings.lexicons).version, repr(sorted(catalogue().items())), engine_and_code()):
        digest.update(part.encode("utf-8", "backslashreplace") + b"\n")
    digest.update(lists)
    return digest.hexdigest()


def engines() -> dict[str, str]:
    """Versions of the packages that can move a number."""
    from importlib.metadata import version

    return {name: version(name) for name in ENGINES}


@cache
def engine_and_code() -> str:
    """A hash of this package's own files and of the engines' versions."""
    return hash_of(PACKAGE.rglob("*"), ENGINES)


def catalogue(path: Path = PROJECT / "data" / "catalogue.csv") -> dict[str, dict[str, str]]:
    """What is known of each speech beyond its text, by speech."""
    return {row["speech"]: row for row in read_rows(path, ["speech"])} if path.exists() else {}


def _build(task: Job, layout: "Layout", *, only_found: bool = False, cluster: str | None = None) -> list[Intake]:
    """Find, measure and write all tables of a job: all of them, or none where nothing is usable."""
    rows: list[Intake] = []
    names: set[str] = set()
    lexicons = lexicon_files.load(task.settings.lexicons)
    with staged(task.home) as stage:
        tables_folder = stage.folder / layout.tables
        tables_folder.mkdir(parents=True, exist_ok=True)
        texts_folder = stage.folder / layout.texts if layout.texts else None
        if texts_folder:
            texts_folder.mkdir()
        with Writer(tables_folder, layout.form, schema.FOUND) as writer:
            cache = Cache(None) if task.fresh else Cache.of_user()
            for found in workers.find(_speeches(task, rows), lexicons, layout.form, jobs=task.jobs, cluster=cluster, cache=cache):
                for table, part in found.parts:
                    writer.add_part(table, part)
                for speech, problem in found.failed:
                    place = next(place for place, row in enumerate(rows) if row.file == speech.file)
                    rows[place] = intake.without_a_speech(rows[place], problem)
                for speech in found.speeches:
                    names.add(f"{speech.speech}.txt")
                    if texts_folder:
                        stage.write(texts_folder / f"{speech.speech}.txt", speech.text.encode("utf-8", "surrogatepass"))
            writer.add("intake", columns("intake", rows))
        if not names:
            told = "\n".join(map(report_line, rows))
            raise NothingUsable(f"no speech could be read, so nothing was written / 沒有可讀的講話,未寫出任何檔案\n{told}")
        if not only_found:
            _measure(task, tables_folder, layout.form)
    if layout.texts:
        for path in (task.home / layout.texts).glob("*.txt"):
            if path.name not in names:
                path.unlink()
    return rows


def _speeches(task: Job, rows: list[Intake]) -> Iterator[Speech]:
    """Speeches as they are read; the intake row of each file is kept in `rows`."""
    readings = intake.read(
        task.paths,
        encoding=task.encoding,
        catalogue=catalogue(),
        language=task.settings.language,
        limits=task.limits,
        follow_symlinks=task.follow_symlinks,
        exclude=[] if task.in_project else [task.home],
    )
    for reading in readings:
        rows.append(reading.row)
        if reading.speeches:
            task.say(f"reading {reading.row.file}")
        yield from reading.speeches


def _measure(task: Job, folder: Path, form: str) -> None:
    """Write the measured tables beside the found ones."""
    from analysis.measure import claims, frequencies, keywords, reuse
    from analysis.measure.dictionary import read_counts
    from analysis.measure.vocabulary import applied

    tables = applied(tables_module.load(folder, task.settings))
    general = read_counts(task.settings.general) if task.settings.general else None
    # Speech by speech where a table grows with the corpus, so that no more than one part has to be held.
    made: dict[str, Callable[[], Iterable[pd.DataFrame]]] = {
        "frequencies": lambda: frequencies.parts(tables),
        "keywords": lambda: keywords.parts(tables, general=general),
        "reuse": lambda: [reuse.measure(tables)],
        "claims": lambda: [claims.measure(tables)],
    }
    with Writer(folder, form, schema.MEASURED) as writer:
        for table, parts in made.items():
            task.say(f"measuring {table}")
            for part in parts():
                writer.add(table, columns_of(part))
    if refusal := reuse.refusal(tables):
        task.say(refusal)


def _sha256(path: Path) -> str:
    """Hash of a file's bytes; what cannot be read is told as such, and tried again when it can."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return type(error).__name__


def _safe_name(path: Path) -> str:
    return re.sub(r"[^\w.-]+", "-", path.stem if path.is_file() else path.name).strip("-.") or "speeches"


def _shown(path: Path) -> str:
    """A path as a reader at the project folder knows it; no home folder in logs."""
    return path.relative_to(PROJECT).as_posix() if path.is_relative_to(PROJECT) else path.name
