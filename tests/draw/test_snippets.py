"""What is pasted into a report: read back by Markdown, HTML and LaTeX, it is the text that was put in."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis.draw.fonts.build import FILE
from analysis.draw.snippets import in_latex, snippets

# Signs that mean something to one of the three, and a heading of a speech: "I. Serve the staff".
NASTY = "一、服務職工 50% of $x_1^2$ & #1 {a} \\b [c] <i>*d*</i> `e` ~f~ |g| \"h\" 'k' http://a.b/ &amp; -- “l”"
TOLD = {"title": NASTY, "caption": f"{NASTY}. {NASTY}.", "alt": NASTY}


class Seen(HTMLParser):
    """Attributes of the pictures, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.pictures: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            self.pictures.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_read_back() -> None:
    seen = Seen(snippets("bars", TOLD, "figures/")["HTML"])
    assert seen.tags == ["figure", "img", "figcaption"]
    assert [(a["src"], a["alt"]) for a in seen.pictures] == [("figures/bars.svg", NASTY)]
    assert seen.text.strip() == TOLD["caption"]


def test_markdown_is_read_back() -> None:
    mistune = pytest.importorskip("mistune")
    seen = Seen(mistune.html(snippets("bars", TOLD, "figures/")["Markdown"]))
    assert seen.tags == ["p", "img", "p", "em"]
    assert [(a["src"], a["alt"]) for a in seen.pictures] == [("figures/bars.png", NASTY)]
    assert seen.text.strip() == TOLD["caption"]


def test_latex_has_no_sign_that_commands() -> None:
    plain = re.sub(r"\\(text\w+\{\}|[&%$#_{}])|\{[\[\]]\}", "", in_latex(NASTY))
    assert not set(plain) & set("\\&%$#_^{}[]~<>")


def test_latex_keeps_a_tall_chart_on_its_page() -> None:
    assert "height=0.7\\textheight,keepaspectratio" in snippets("bars", TOLD)["LaTeX"]


@pytest.mark.skipif(
    not shutil.which("xelatex"), reason="XeLaTeX is not installed: apt install texlive-xetex texlive-lang-chinese"
)
def test_xelatex_sets_the_snippet(tmp_path: Path) -> None:
    from matplotlib.figure import Figure

    Figure(figsize=(6, 20)).savefig(tmp_path / "bars.pdf")
    snippet = snippets("bars", TOLD)["LaTeX"]
    # The preamble is the one the snippet's own first line asks for, with a font that is surely there.
    needs = (
        snippet.splitlines()[0].removeprefix("% XeLaTeX: ").replace("{Noto Sans CJK TC}", f"[Path={FILE.parent}/]{{{FILE.name}}}")
    )
    body = (
        f"\\documentclass{{article}}{needs}\\begin{{document}}\\listoffigures See \\ref{{fig:bars}}. {snippet}\\end{{document}}"
    )
    (tmp_path / "report.tex").write_text(body, encoding="utf-8")
    for _ in range(2):
        done = subprocess.run(
            ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex"],
            cwd=tmp_path,
            capture_output=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout[-1500:].decode("utf-8", "replace")
    log = (tmp_path / "report.log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    assert "Float too large" not in log
    assert "undefined" not in log
