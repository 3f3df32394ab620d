"""The bundle: five files, the same bytes each time, drawn again from csv and json."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import draw
from analysis.draw.chart import show
from analysis.draw.export import csv_bytes, export, read_bundle, verify
from analysis.tables import Tables

Made = Callable[..., Tables]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("figures")


def charts(made: Made) -> list:
    tables = made(words=6, language="zh-Hant", preset="column")
    return [draw.frequency_bars(tables), draw.word_cloud(tables), draw.figures_chart(tables), draw.theme_sections(tables)]


def test_a_bundle_has_five_files_with_the_same_bytes_each_time(made: Made, folder: Path, tmp_path: Path) -> None:
    for chart in charts(made):
        paths = export(chart, folder)
        again = export(chart, tmp_path)
        assert sorted(path.suffix for path in paths) == [".csv", ".json", ".pdf", ".png", ".svg"]
        assert [path.read_bytes() for path in paths] == [path.read_bytes() for path in again]


def test_a_bundle_that_is_there_is_not_written_again(made: Made, folder: Path) -> None:
    chart = charts(made)[0]
    export(chart, folder)
    assert export(chart, folder) == []
    (folder / f"{chart.name}.png").write_bytes(b"changed")
    assert len(export(chart, folder)) == 5


def test_verify_finds_what_was_changed(made: Made, tmp_path: Path) -> None:
    chart = charts(made)[0]
    export(chart, tmp_path)
    assert verify(tmp_path) == []
    table = tmp_path / f"{chart.name}.csv"
    table.write_bytes(table.read_bytes().replace(b",40,", b",41,", 1).replace(b",36,", b",37,", 1).replace(b",29,", b",30,", 1))
    assert any(".png" in problem for problem in verify(tmp_path))
    (tmp_path / f"{chart.name}.pdf").unlink()
    assert any("missing" in problem for problem in verify(tmp_path))
    (tmp_path / f"{chart.name}.json").write_text("{", encoding="utf-8")
    assert any("cannot be drawn again" in problem for problem in verify(tmp_path))


def test_the_csv_gives_the_data_back_exactly(made: Made, folder: Path) -> None:
    for chart in charts(made):
        export(chart, folder)
        data, about = read_bundle(folder / f"{chart.name}.json")
        assert csv_bytes(data) == csv_bytes(chart.data)
        assert data.equals(chart.data)
        assert list(about["title"]) == ["en", "zh-Hant", "zh-Hans"]
        assert about["made_from"]["texts"]


def test_cells_that_look_like_formulas_are_guarded(made: Made, tmp_path: Path) -> None:
    tables = made(words=3)
    chart = draw.frequency_bars(tables.with_frames(frequencies=tables.frequencies.assign(text="=1+1")))
    export(chart, tmp_path)
    assert b",'=1+1," in (tmp_path / f"{chart.name}.csv").read_bytes()
    assert read_bundle(tmp_path / f"{chart.name}.json")[0]["text"].tolist() == ["=1+1"] * 3


def test_pictures_are_what_a_report_needs(made: Made, folder: Path) -> None:
    from PIL import Image

    chart = charts(made)[0]
    export(chart, folder)
    with Image.open(folder / f"{chart.name}.png") as picture:
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert picture.width == pytest.approx(89 / 25.4 * 300, abs=1)
    svg = (folder / f"{chart.name}.svg").read_text(encoding="utf-8")
    assert "<text" not in svg
    assert "http" not in svg.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "http://creativecommons.org", ""
    ).replace("https://matplotlib.org", "")
    pdf = (folder / f"{chart.name}.pdf").read_bytes()
    assert b"/CIDFontType2" in pdf  # TrueType, as fonttype 42 embeds it
    assert b"CreationDate" not in pdf


def test_a_slide_has_its_pixels(made: Made, tmp_path: Path) -> None:
    from PIL import Image

    for words in (3, 25):
        chart = draw.comparison_dots(made(words=words, length=6, preset="slide"), top=25)
        export(chart, tmp_path)
        with Image.open(tmp_path / f"{chart.name}.png") as picture:
            assert picture.size == (1920, 1080)


def test_show_saves_the_bundle_beside_showing(made: Made, tmp_path: Path) -> None:
    from dataclasses import replace

    tables = replace(made(words=3), charts=tmp_path)
    show(draw.frequency_bars(tables), tables)
    assert (tmp_path / "frequency-bars-speech-1.json").exists()


def test_another_process_writes_the_same_bytes(made: Made, folder: Path, tmp_path: Path) -> None:
    chart = charts(made)[1]
    export(chart, folder)
    code = (
        "import sys; from pathlib import Path; from analysis.draw.export import read_bundle; from analysis.draw.chart import picture\n"
        "data, about = read_bundle(Path(sys.argv[1])); Path(sys.argv[2]).write_bytes(picture(data, about['parameters'], 'png'))"
    )
    target = tmp_path / "again.png"
    subprocess.run([sys.executable, "-c", code, str(folder / f"{chart.name}.json"), str(target)], check=True)
    assert target.read_bytes() == (folder / f"{chart.name}.png").read_bytes()


def test_the_json_names_no_path_of_this_machine(made: Made, folder: Path) -> None:
    for chart in charts(made):
        export(chart, folder)
    for path in folder.glob("*.json"):
        about = json.loads(path.read_text(encoding="utf-8"))
        assert str(Path.home()) not in json.dumps(about)
        assert str(folder) not in json.dumps(about)
