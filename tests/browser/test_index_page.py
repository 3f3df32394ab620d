"""The page of the charts in a real browser, used as a person uses it: mouse, keyboard, search, print.

The page is written anew from data/tables beside the charts of figures/. An accessibility checker (axe-core) looks at it too
where AXE names its file axe.min.js; it is no part of the project.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis import tables as all_tables
from analysis.draw.page import page as written
from analysis.tables import Tables

ROOT = Path(__file__).resolve().parents[2]
AXE = os.environ.get("AXE", "")
BARS = "frequency-bars-union-meetings-1"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tables() -> Tables:
    return all_tables.load(ROOT / "data" / "tables", charts=ROOT / "figures")


@pytest.fixture(scope="module")
def folder(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page beside its pictures."""
    made = tmp_path_factory.mktemp("figures")
    for picture in (ROOT / "figures").glob("*.png"):
        shutil.copy(picture, made)
    (made / "index.html").write_text(written(tables, ROOT / "figures"), encoding="utf-8")
    return made


@pytest.fixture
def index(page: Any, folder: Path) -> Iterator[Any]:
    """The page, opened; afterwards it has asked for nothing but files, and no script of it has failed."""
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda told: failed.append(told.text) if told.type == "error" else None)
    page.goto((folder / "index.html").as_uri())
    yield page
    assert not failed
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}


def told(index: Any) -> tuple[int, int]:
    """How many times, and in how many sentences, the panel says."""
    times, sentences = re.search(r"(\d+) times in (\d+) sentences", index.inner_text("#told")).groups()  # type: ignore[union-attr]
    return int(times), int(sentences)


def test_number_table_and_concordance_agree_for_every_bar(index: Any, tables: Tables) -> None:
    """Each bar, and each row of its table, leads to as many places as the table of frequencies says: n_text, at least n."""
    of = {(row.speech, row.text): row for row in tables.frequencies.itertuples()}
    seen = 0
    for speech in tables.speeches["speech"]:
        section = index.locator(f"section#frequency-bars-{speech}")
        for button in section.locator("[data-find]").all():
            button.dispatch_event("click")
            row = of[speech, button.get_attribute("title")]
            assert told(index)[0] == row.n_text >= row.n
            assert index.locator("#found mark").count() == row.n_text
            seen += 1
    assert seen >= 2 * 3 * 10


def test_a_click_on_a_bar_shows_its_sentences(index: Any) -> None:
    bar = index.locator(f"section#{BARS} .drawing button").first
    bar.scroll_into_view_if_needed()
    bar.click()
    word = bar.get_attribute("title")
    assert index.locator("#panel").is_visible()
    assert set(index.locator("#found mark").all_inner_texts()) == {word}


def test_every_chart_leads_to_sentences(index: Any) -> None:
    """Each chart but the matrix of similarities has something to click, and the first of it has sentences behind it."""
    for section in index.locator("main section").all():
        if section.get_attribute("id") == "similarity":
            continue
        section.locator("[data-find]").first.dispatch_event("click")
        assert index.locator("#found li").count() > 0, section.get_attribute("id")


def test_all_sentences_are_searched_in_either_script(index: Any) -> None:
    counts = []
    for word in ("農民工", "农民工"):  # "migrant workers"
        index.fill("#search", word)
        counts.append(told(index))
    assert counts[0] == counts[1]
    assert counts[0][0] > 0
    index.fill("#search", "太空")  # "outer space"
    assert "No sentence" in index.inner_text("#told")


def test_the_keyboard_is_enough(index: Any) -> None:
    """Tab to the table of a chart, Enter opens it and shows the sentences, Escape closes them and goes back to the row."""
    index.locator(f"section#{BARS} summary").first.focus()
    index.keyboard.press("Enter")
    for _ in range(2):  # over the table that scrolls, to its first row
        index.keyboard.press("Tab")
    row = index.evaluate("document.activeElement.dataset.find")
    assert row
    index.keyboard.press("Enter")
    assert index.locator("#panel").is_visible()
    assert index.evaluate("document.activeElement.id") == "panel"
    index.keyboard.press("Tab")
    assert index.evaluate("document.activeElement.id") == "close"
    index.keyboard.press("Escape")
    assert index.locator("#panel").is_hidden()
    assert index.evaluate("document.activeElement.dataset.find") == row


def test_what_is_focused_can_be_seen(index: Any) -> None:
    for _ in range(40):
        index.keyboard.press("Tab")
        outline = index.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", index.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_a_snippet_is_copied(index: Any) -> None:
    index.context.grant_permissions(["clipboard-read", "clipboard-write"])
    section = index.locator(f"section#{BARS}")
    section.locator("summary", has_text="Copy").or_(section.locator("summary").nth(2)).first.click()
    box, button = section.locator("textarea").last, section.locator(".copy").last
    button.click()
    index.wait_for_function("element => element.textContent.includes('Copied')", arg=button.element_handle())
    assert index.evaluate("navigator.clipboard.readText()") == box.input_value()


def test_it_prints_without_what_is_for_the_screen(index: Any, tmp_path: Path) -> None:
    index.emulate_media(media="print")
    for hidden in ("nav", "#find", ".drawing button", ".copy"):
        assert index.locator(hidden).first.is_hidden(), hidden
    assert index.locator("figure img").first.is_visible()
    wide = index.evaluate("[...document.querySelectorAll('main *')].some(e => e.getBoundingClientRect().right > innerWidth + 1)")
    assert not wide
    printed = index.pdf(path=tmp_path / "page.pdf", format="A4")
    assert printed.startswith(b"%PDF")


@pytest.mark.parametrize("width", [380, 1400])
def test_nothing_sticks_out(width: int, index: Any) -> None:
    index.set_viewport_size({"width": width, "height": 800})
    index.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert index.evaluate("document.documentElement.scrollWidth") <= width


def test_what_a_screen_reader_needs_is_there(index: Any) -> None:
    """The findings of an accessibility checker that can be asked for without it: names, labels, headings, a language."""
    assert index.evaluate("document.documentElement.lang")
    assert not index.evaluate("[...document.images].filter(image => !image.alt).length")
    assert not index.evaluate("[...document.querySelectorAll('textarea, input')].filter(field => !field.labels.length).length")
    names = index.evaluate("[...document.querySelectorAll('h2')].map(head => head.textContent)")
    assert len(names) == len(set(names)), "two charts with one name"
    scrolling = "[...document.querySelectorAll('.scroll, #found')].every(part => part.tabIndex === 0)"
    assert index.evaluate(scrolling), "a part that scrolls cannot be reached by keyboard"


@pytest.mark.skipif(not AXE, reason="AXE names no axe.min.js (npm install axe-core)")
def test_an_accessibility_checker_finds_nothing(chromium: Any, folder: Path) -> None:
    context = chromium.new_context(bypass_csp=True)  # the page lets no other script run
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.fill("#search", "農民工")  # "migrant workers": the panel opens
    found = page.evaluate("axe.run()")["violations"]
    context.close()
    assert not [(each["impact"], each["id"], each["nodes"][0]["html"]) for each in found]
