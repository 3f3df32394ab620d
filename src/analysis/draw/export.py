"""The bundle of a chart: the picture as svg, pdf and png, its data as csv, and what it says and was made from as json.

>>> export(chart, Path("figures"))                                        # doctest: +SKIP
>>> verify(Path("figures"))                                               # doctest: +SKIP
[]

Same chart, same bytes. A bundle that is there already is not written again.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.atomic import replaced
from analysis.draw.chart import Chart, draw, saved, tidy

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

PICTURES = ("svg", "pdf", "png")
# What can move a line in a picture.
PACKAGES = ("analysis", "matplotlib", "numpy", "pandas", "wordcloud", "pillow", "fonttools")
# The order in which a page or a report shows the charts, by what their names begin with: from the words to the whole speech.
ORDER = (
    "comparison-dots", "frequency-bars", "word-speeches", "dispersion-strip", "keyness", "word-shift", "similarity", "figures",
    "theme-speeches", "theme-sections", "theme-position", "slogans", "reuse", "outline", "word-cloud",
)  # fmt: skip


def export(chart: Chart, folder: Path) -> list[Path]:
    """Write the five files of a chart; gives those written, none where the same bundle is there already."""
    table = csv_bytes(chart.data)
    about = _about(chart, table)
    if _is_there(folder, chart.name, about):
        return []
    files = {"csv": table, **_pictures(chart.drawn, about)}
    about["areas"] = chart.drawn.areas  # type: ignore[attr-defined]
    about["files"] = {form: _sha256(content) for form, content in sorted(files.items())}
    files["json"] = (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
    paths = []
    for form, content in files.items():  # the json last: it says that the bundle is complete
        paths.append(folder / f"{chart.name}.{form}")
        with replaced(paths[-1]) as file:
            file.write(content)
    return paths


def bundles_in(folder: Path) -> list[Path]:
    """The json of each chart of a folder, in the order to read them; charts with a name of their own come last."""

    def place(path: Path) -> tuple[int, str]:
        return next((at for at, start in enumerate(ORDER) if path.stem.startswith(start)), len(ORDER)), path.name

    return sorted((path for path in folder.glob("*.json") if path.is_file()), key=place)


def verify(folder: Path) -> list[str]:
    """What is wrong with the bundles of a folder: each chart is drawn again from its csv and json and compared, byte for byte."""
    if not folder.is_dir():
        return [f"{folder.name}: there is no such folder"]
    return [problem for path in bundles_in(folder) for problem in _problems(path)]


def read_bundle(path: Path) -> tuple["pd.DataFrame", dict[str, Any]]:
    """Data and description of one chart, from its json and the csv beside it."""
    about = json.loads(path.read_text(encoding="utf-8"))
    return read_csv(path.with_suffix(".csv").read_bytes(), dict(about["columns"])), about


def csv_bytes(data: "pd.DataFrame") -> bytes:
    """The data as UTF-8 with byte-order mark; cells that a spreadsheet would take for a formula are guarded."""
    from analysis.store import guarded

    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(list(data))
    for row in data.astype(object).where(data.notna(), None).itertuples(index=False):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return ("\ufeff" + target.getvalue()).encode("utf-8", "surrogatepass")


def read_csv(content: bytes, types: Mapping[str, str]) -> "pd.DataFrame":
    """The data of a csv, with the types its json names."""
    import pandas as pd

    from analysis.store import unguarded

    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig", "surrogatepass"), newline=""))
    if header != list(types):
        raise ValueError(f"columns are {', '.join(header)}; the json names {', '.join(types)}")
    read: dict[str, Callable[[str], Any]] = {
        "string": unguarded,
        "Int64": int,
        "Float64": float,
        "boolean": lambda cell: cell == "True",
    }
    made = {}
    for place, (name, dtype) in enumerate(types.items()):
        # An empty text stays a text; an empty number is missing.
        cells = [read[dtype](row[place]) if row[place] or dtype == "string" else None for row in rows]
        made[name] = pd.Series(cells, dtype=dtype)
    return pd.DataFrame(made)


def _pictures(figure: "Figure", about: Mapping[str, Any]) -> dict[str, bytes]:
    """svg, pdf and png of a drawing."""
    language = about["parameters"]["language"]
    told = {"title": about["title"][language], "alt": about["alt"][language]}
    return {form: saved(figure, form, **told) for form in PICTURES}


def _about(chart: Chart, table: bytes) -> dict[str, Any]:
    about: dict[str, Any] = {
        "name": chart.name,
        "title": dict(chart.title),
        "caption": dict(chart.caption),
        "alt": dict(chart.alt),
        "parameters": chart.parameters,
        "columns": [[name, str(dtype)] for name, dtype in chart.data.dtypes.items()],
        "made_from": dict(chart.made_from),
        "versions": {package: version(package) for package in PACKAGES},
        "data_sha256": _sha256(table),
    }
    return about


def _is_there(folder: Path, name: str, about: Mapping[str, Any]) -> bool:
    """Whether the same chart was exported before, with all its files as they were."""
    try:
        told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        files = told.pop("files")
        told.pop("areas")
        same = json.dumps(told, sort_keys=True) == json.dumps(about, sort_keys=True)
        return same and all(_sha256((folder / f"{name}.{form}").read_bytes()) == files[form] for form in (*PICTURES, "csv"))
    except (OSError, ValueError, KeyError):
        return False


def _problems(path: Path) -> list[str]:
    try:
        data, about = read_bundle(path)
        again = {"csv": csv_bytes(tidy(data)), **_pictures(draw(data, about["parameters"]), about)}
    except (OSError, ValueError, KeyError) as trouble:
        return [f"{path.name}: cannot be drawn again: {trouble}"]
    found = []
    for form, content in again.items():
        file = path.with_suffix(f".{form}")
        if not file.exists():
            found.append(f"{file.name}: is missing")
        elif file.read_bytes() != content:
            found.append(f"{file.name}: is not what {path.with_suffix('.csv').name} and {path.name} give{_other_versions(about)}")
    return found


def _other_versions(about: Mapping[str, Any]) -> str:
    """Says so where another version of a package may be the reason."""
    changed = [f"{name} {told} → {version(name)}" for name, told in about["versions"].items() if told != version(name)]
    return f" (made with other versions: {', '.join(changed)})" if changed else ""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
