"""The repository tests itself: what it says of itself is true of its files."""

import ast
import doctest
import json
import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from analysis import schema

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Floors of the house, lowest first; a module imports only from floors below its own (or its own).
FLOORS = [
    "schema atomic",
    "read",
    "find",
    "store stored tables cache workers",
    "measure",
    "draw",
    "run notebooks lab cli __init__ __main__",
]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
# A word for each package under another name in conda-forge.
CONDA_NAMES = {"great-tables": "great_tables"}


def _names(requirements: list[str]) -> dict[str, str]:
    """Package → its bounds."""
    matches = [re.match(r"([A-Za-z0-9_.-]+)\s*(.*)", line) for line in requirements]
    return {match[1].lower().replace("_", "-"): match[2] for match in matches if match}


def _declared() -> dict[str, str]:
    return _names(PYPROJECT["project"]["dependencies"])


def _environment() -> list[str]:
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    return [line.strip().removeprefix("- ").strip('"') for line in lines if line.strip().startswith("- ")]


def test_environment_names_every_dependency_with_its_bounds():
    told = _names(_environment())
    missing = {name: bounds for name, bounds in _declared().items() if told.get(name) != bounds}
    assert not missing, f"environment.yml and pyproject.toml differ: {missing}"


EXTRAS = [line for extra in PYPROJECT["project"]["optional-dependencies"].values() for line in extra]


@pytest.mark.parametrize(("lock", "more"), [("requirements.lock", []), ("tests/requirements.lock", EXTRAS)])
def test_lock_pins_every_dependency_within_its_bounds(lock, more):
    from packaging.requirements import Requirement

    pinned = _pinned(lock)
    for wanted in map(Requirement, [*PYPROJECT["project"]["dependencies"], *more]):
        version = pinned.get(canonicalize_name(wanted.name))
        assert version, f"{wanted.name} is not in {lock}"
        assert wanted.specifier.contains(version), f"{lock} pins {wanted.name} {version}, pyproject.toml wants {wanted.specifier}"


def test_tests_run_on_the_versions_that_users_have():
    used, tested = _pinned("requirements.lock"), _pinned("tests/requirements.lock")
    assert used.items() <= tested.items()
    assert not {"pytest", "playwright", "mypy"} & set(used), "what only tests need is not downloaded by `make run`"


def _pinned(lock: str) -> dict[str, str]:
    """Package → its version in a lock, which has hashes and names no host."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    return {canonicalize_name(m[1]): m[2] for m in re.finditer(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", text, re.M)}


@pytest.mark.parametrize("page", ["README.md", "README.zh-Hant.md", "CONTRIBUTING.md", "data/README.md"])
def test_paths_named_in_the_pages_exist(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    told = re.findall(r"`((?:data|notebooks|src|tests|figures|\.ci)/[\w./-]*)`", text) + re.findall(r"\]\(([^)#:]+)\)", text)
    base = {path: ROOT / path if (ROOT / path).exists() else (ROOT / page).parent / path for path in told}
    missing = [path for path, place in base.items() if not place.exists()]
    assert told, f"{page} names no path"
    assert not missing, f"{page} names paths that do not exist: {missing}"


def test_make_targets_named_in_the_pages_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    for page in ("README.md", "README.zh-Hant.md", "CONTRIBUTING.md"):
        told = set(re.findall(r"`make ([a-z-]+)`", (ROOT / page).read_text(encoding="utf-8")))
        assert told <= targets, f"{page}: {told - targets}"


def test_data_dictionary_is_that_of_the_schema():
    page = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert data_dictionary() in page, "run `python tests/test_project.py` to print the dictionary for data/README.md"


def data_dictionary() -> str:
    """The data dictionary as it must stand in data/README.md."""
    parts = []
    for table, row in schema.TABLES.items():
        lines = [f"### {table}", "", (row.__doc__ or "").strip(), "", "| column | type | meaning |", "|---|---|---|"]
        types = {"string": "text", "Int64": "whole number", "Float64": "number"}
        dtypes = schema.dtypes(table)
        lines += [f"| {name} | {types[dtypes[name]]} | {told} |" for name, told in schema.meanings(table).items()]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def test_a_module_imports_only_from_floors_below():
    package = ROOT / "src" / "analysis"
    floor = {name: level for level, names in enumerate(FLOORS) for name in names.split()}
    for path in package.rglob("*.py"):
        relative = path.relative_to(package)
        own = relative.parts[0].removesuffix(".py")
        for imported in _imports(path):
            assert floor[imported] <= floor[own], f"{relative} imports analysis.{imported}, which is above it"


def _imports(path: Path) -> set[str]:
    """First parts of the names below `analysis` that a module imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "analysis":
            found |= {
                name.name
                for name in node.names
                if (path.parents[0] / name.name).exists() or name.name in " ".join(FLOORS).split()
            }
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {name.name.split(".")[1] for name in node.names if name.name.startswith("analysis.")}
    return found


def test_the_package_evaluates_and_unpickles_nothing():
    banned = re.compile(r"\b(?:eval|exec)\(|\bpickle\b|\bmarshal\b|shell=True|os\.system\(")
    for path in (ROOT / "src").rglob("*.py"):
        assert not banned.search(path.read_text(encoding="utf-8")), path


def test_importing_the_package_loads_nothing_heavy():
    import subprocess
    import sys

    code = "import sys, analysis, analysis.cli; print([m for m in ('pandas', 'matplotlib', 'jieba', 'numpy', 'scipy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_hold_no_logic(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert "parameters" in next(c for c in notebook["cells"] if c["cell_type"] == "code")["metadata"]["tags"]
    assert "version" not in notebook["metadata"].get("language_info", {})
    for source in code:
        assert len(source.splitlines()) <= 8, source
        tree = ast.parse(source)
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda)], source
        assert not re.search(r"\bopen\(|read_csv|re\.", source), source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_committed_notebooks_are_executed_without_error(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in cells)
    assert not [o for cell in cells for o in cell["outputs"] if o["output_type"] == "error"]
    text = path.read_text(encoding="utf-8")
    assert "/home/" not in text
    assert str(ROOT) not in text


def test_changelog_names_the_version():
    assert f"## {PYPROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    print(data_dictionary())


@pytest.mark.parametrize("path", [path for path in sorted((ROOT / "src").rglob("*.py")) if ">>> " in path.read_text("utf-8")])
def test_examples_of_docstrings_are_true(path):
    module = import_module(".".join(path.relative_to(ROOT / "src").with_suffix("").parts))
    assert doctest.testmod(module).failed == 0
