"""Files that are the old ones or the new ones, never half."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from analysis import atomic
from analysis.atomic import FEW, staged


def contents(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


# All at the end; some on the way.
@pytest.mark.parametrize("count", [1, FEW - 1, FEW, 3 * FEW + 1])
@pytest.mark.parametrize("here", [False, True])
def test_staged_files_take_their_places(count: int, here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    brought: list[str] = []
    monkeypatch.setattr(atomic, "_to_disk", brought.extend)
    folder = Path() if here else tmp_path / "out" / "of"
    with staged(folder) as stage:
        (stage.folder / "a" / "b").mkdir(parents=True)
        for number in range(count):
            stage.write(stage.folder / ("a/b" if number % 2 else "a") / f"{number}.txt", str(number).encode())
        (stage.folder / "top.txt").write_text("new")
        assert not (folder / "top.txt").exists()
    wanted = {f"a/b/{number}.txt" if number % 2 else f"a/{number}.txt": str(number) for number in range(count)}
    assert contents(folder) == {**wanted, "top.txt": "new"}
    assert sorted(Path(path).name for path in brought) == sorted(Path(path).name for path in [*wanted, "top.txt"])


def test_what_does_not_reach_the_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(paths: Iterable[str]) -> None:
        if any(path.endswith("0.txt") for path in paths):
            raise OSError("no space left")

    monkeypatch.setattr(atomic, "_to_disk", full)

    def fill() -> None:
        with staged(tmp_path) as stage:
            for number in range(FEW):
                stage.write(stage.folder / f"{number}.txt", b"")

    with pytest.raises(OSError, match="no space"):
        fill()
    assert contents(tmp_path) == {}


def test_what_fails_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("old")

    def fail() -> None:
        with staged(tmp_path) as stage:
            (stage.folder / "kept.txt").write_text("new")
            raise RuntimeError("failed on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        fail()
    assert contents(tmp_path) == {"kept.txt": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
