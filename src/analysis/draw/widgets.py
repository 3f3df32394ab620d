"""Things to work with on a notebook's page: ask about a word, add a speech.

>>> explorer(tables)                                                      # doctest: +SKIP

Each shows itself as widgets where the page can show them, and as plain HTML everywhere else (a committed notebook, a
web page, a machine without ipywidgets). What a speech or a file name says is escaped and never run.
"""

import html
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.atomic import replaced
from analysis.draw.one_word import INERT, Explorer
from analysis.draw.word_views import leading_word
from analysis.draw.words import say
from analysis.read.ids import safe_stem
from analysis.read.lexicons import PROJECT

if TYPE_CHECKING:
    from analysis.tables import Tables

VIEW = "application/vnd.jupyter.widget-view+json"
KINDS = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
# Folders of data/ that hold no speeches.
OTHER_DATA = ("lexicons", "tables")


@dataclass(frozen=True, eq=False)
class Panel:
    """Widgets for a page that can show them, with HTML and text that stand in for them elsewhere."""

    controls: Callable[[], Any] = field(repr=False)
    html: str = field(repr=False)
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {**self._view(), "text/html": self.html, "text/plain": self.text}

    def _view(self) -> dict[str, Any]:
        try:
            import_module("ipywidgets")
        except ImportError:
            return {}
        return {VIEW: self.controls()._repr_mimebundle_()[VIEW]}


def explorer(tables: "Tables", word: str | None = None) -> Panel:
    """A field for a word: its counts in each speech, where it stands, and every sentence with it, while one types."""
    language = tables.settings.language
    about = Explorer(tables)
    first = leading_word(tables) if word is None else word
    hint = say("explore_plain", language, word=first)
    plain = f'<div {INERT}><p style="color:#595959">{html.escape(hint)}</p></div>{about.page(first)}'
    return Panel(lambda: _explorer_controls(about, first), plain, hint)


def _explorer_controls(about: Explorer, first: str) -> Any:
    widgets: Any = import_module("ipywidgets")
    language = about.tables.settings.language
    field_ = widgets.Text(
        value=first,
        description=say("word", language),
        placeholder=say("explore_prompt", language),
        style={"description_width": "initial"},
        layout={"width": "24em"},
    )
    shown = widgets.HTML(about.page(first))

    def show(change: Any) -> None:
        shown.value = about.page(change["new"])

    field_.observe(show, names="value")
    return widgets.VBox([field_, shown])


def upload(tables: "Tables") -> Panel:
    """A button that does what dropping files into the folder of the speeches does."""
    plain = "upload_plain" if any(path.is_dir() for path in tables.settings.speeches) else "upload_plain_files"
    told = say(plain, tables.settings.language, folder=_named(_folders(tables)[0]))
    return Panel(lambda: _upload_controls(tables), f"<div {INERT}><p>{html.escape(told)}</p></div>", told)


def _upload_controls(tables: "Tables") -> Any:
    widgets: Any = import_module("ipywidgets")
    language = tables.settings.language
    folders = list(dict.fromkeys(map(_named, _folders(tables))))
    folder = widgets.Combobox(
        value=folders[0],
        options=folders,
        description=say("upload_into", language),
        style={"description_width": "initial"},
        layout={"width": "28em"},
    )
    replace = widgets.Checkbox(value=False, description=say("upload_replace", language), indent=False)
    button = widgets.FileUpload(
        accept=",".join(KINDS), multiple=True, description=say("upload_button", language), layout={"width": "auto"}
    )
    shown = widgets.HTML()

    def save(change: Any) -> None:
        if not change["new"]:
            return
        files = [(file["name"], bytes(file["content"])) for file in change["new"]]
        shown.value = save_files(tables, folder.value, files, overwrite=replace.value)
        button.value = ()  # so that the same file can be chosen again
        replace.value = False

    button.observe(save, names="value")
    return widgets.VBox([widgets.HBox([button, folder]), replace, shown])


def save_files(tables: "Tables", folder: str, files: Sequence[tuple[str, bytes]], *, overwrite: bool = False) -> str:
    """Write files into a folder of speeches and give HTML that says what became of each, and what to do now."""
    language = tables.settings.language
    target = _target(folder, _folders(tables))
    if target is None:
        return _paragraphs([say("upload_folder", language, folder=folder)])
    outcomes = [_save(target, name, data, language, overwrite=overwrite) for name, data in files]
    told = [each for each, _ in outcomes]
    if written := [path for _, path in outcomes if path]:
        told.append(_now(tables, written))
    return _paragraphs(told)


def _now(tables: "Tables", written: Sequence[Path]) -> str:
    """What makes the new files part of this page: running it again, where their folder is one of those it reads."""
    read = [path.resolve() for path in tables.settings.speeches]
    if all(any(path.is_relative_to(each) for each in read) for path in written):
        return say("upload_now", tables.settings.language)
    if any(path.is_dir() for path in read):  # another folder, kept apart
        settings = f"speeches = {_from_here(written[0].parent)!r}, out = None"
    else:
        settings = f"speeches = {[_from_here(path) for path in dict.fromkeys([*read, *written])]}"
    return say("upload_now_set", tables.settings.language, settings=settings)


def _from_here(path: Path) -> str:
    """A path as a cell of this page may write it: notebooks run in their own folder."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


def _save(folder: Path, name: str, data: bytes, language: str, *, overwrite: bool) -> tuple[str, Path | None]:
    """Write one file, never over another one unless told to; gives what became of it and the path, if it was written."""
    # A browser on Windows may send a path; only the last part is a name.
    name = name.replace("\\", "/").rpartition("/")[2]
    suffix = Path(name).suffix.lower()
    if suffix not in KINDS:
        return say("upload_kind", language, name=name, kinds=" ".join(KINDS)), None
    path = folder / f"{safe_stem(name)}{suffix}"
    if path.exists() and path.read_bytes() == data:
        return say("upload_same", language, name=path.name), None
    if path.exists() and not overwrite:
        return say("upload_exists", language, name=path.name), None
    try:
        with replaced(path) as file:
            file.write(data)
    except OSError as error:
        return say("upload_unwritten", language, name=path.name, folder=_named(folder), why=error.strerror), None
    return say("upload_saved", language, name=path.name, folder=_named(folder)) + " " + _read(path, language), path


def _read(path: Path, language: str) -> str:
    """What a run will make of the file."""
    from analysis.read import intake

    row = next(reading.row for reading in intake.read([path], language=language))
    halves = row.message.split(" / ")
    message = halves[0 if language == "en" or len(halves) < 2 else 1]
    if not row.n_speeches:
        return say("upload_unread", language, why=message)
    told = say("upload_read", language, n=row.n_speeches, n_chars=f"{row.n_chars or 0:,}")
    return f"{told} {message}".strip()


def _target(folder: str, folders: Sequence[Path]) -> Path | None:
    """The folder meant: one of those offered, or one of its own below data/; None for any other place."""
    if chosen := next((each for each in folders if _named(each) == folder.strip()), None):
        return chosen
    path = (PROJECT / folder.strip()).resolve()
    if path in folders:
        return path
    data = PROJECT / "data"
    below = path.relative_to(data).parts if path.is_relative_to(data) else ()
    hidden = any(part.startswith(".") for part in below)
    return path if below and not hidden and below[0] not in OTHER_DATA and not path.is_file() else None


def _folders(tables: "Tables") -> list[Path]:
    """Folders to choose from: those that this page reads (of single files, the first one's), then those below data/."""
    read = [path.resolve() for path in tables.settings.speeches]
    own = [path.resolve() for path in sorted((PROJECT / "data").glob("[!.]*/")) if path.name not in OTHER_DATA]
    return list(dict.fromkeys([*([path for path in read if path.is_dir()] or [read[0].parent]), *own]))


def _named(path: Path) -> str:
    """A folder as a reader at the project folder knows it."""
    path = path.resolve()
    return path.relative_to(PROJECT).as_posix() if path.is_relative_to(PROJECT) else path.name


def _paragraphs(told: Sequence[str]) -> str:
    return f"<div {INERT}>{''.join(f'<p>{html.escape(each)}</p>' for each in told)}</div>"
