r"""What to paste into a report so that a chart stands in it, with its caption and alternative text.

>>> snippets("bars", {"title": "職工 leads", "caption": "Words of A.", "alt": "Bars: 職工 leads."})["Markdown"]  # 職工: "staff"
'![Bars: 職工 leads.](bars.png)\n\n*Words of A.*'

Every text is escaped for the language it is put into. It copies nothing and draws nothing.
"""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

# A chart as wide as the text may be taller than the page; LaTeX would let it run over the foot.
SIZE = r"width=\linewidth,height=0.7\textheight,keepaspectratio"
# The characters need a Chinese font, and so a LaTeX that takes one.
NEEDS = (
    "% XeLaTeX: \\usepackage{graphicx,xeCJK} \\setCJKmainfont{Noto Sans CJK TC}\n"
    "% LuaLaTeX: \\usepackage{graphicx,luatexja-fontspec} \\setmainjfont{Noto Sans CJK TC}"
)
_LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "[": "{[}", "]": "{]}", **{sign: "\\" + sign for sign in "&%$#_{}"},
}  # fmt: skip
_MARKDOWN = frozenset("\\`*_[]<>$|&#~")


def snippets(name: str, told: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """Text to paste, by target: LaTeX, Markdown, HTML. `told` has title, caption and alt; files are looked for under `prefix`."""
    return {"LaTeX": latex(name, told, prefix), "Markdown": markdown(name, told, prefix), "HTML": html(name, told, prefix)}


def latex(name: str, told: Mapping[str, str], prefix: str = "") -> str:
    """A figure with the PDF, no taller than the page lets it be; the title alone goes to the list of figures."""
    title, caption, alt = (in_latex(told[key]) for key in ("title", "caption", "alt"))
    return (
        f"{NEEDS}\n\\begin{{figure}}[htbp]\n\\centering\n\\includegraphics[{SIZE},alt={{{alt}}}]{{{prefix}{name}.pdf}}\n"
        f"\\caption[{title}]{{{caption}}}\n\\label{{fig:{name}}}\n\\end{{figure}}"
    )


def markdown(name: str, told: Mapping[str, str], prefix: str = "") -> str:
    """The PNG, then the caption in italics."""
    return f"![{in_markdown(told['alt'])}]({quote(prefix + name)}.png)\n\n*{in_markdown(told['caption'])}*"


def html(name: str, told: Mapping[str, str], prefix: str = "") -> str:
    """A figure with the SVG, as wide as it was drawn for but no wider than the page."""
    return (
        f'<figure>\n<img src="{escape(quote(prefix + name))}.svg" alt="{escape(told["alt"])}" style="max-width: 100%; height: auto">\n'
        f"<figcaption>{escape(told['caption'])}</figcaption>\n</figure>"
    )


def in_latex(text: str) -> str:
    """The text as LaTeX prints it: no sign of it is a command."""
    return "".join(_LATEX.get(sign, sign) for sign in text)


def in_markdown(text: str) -> str:
    """The text as Markdown shows it: no sign of it is markup."""
    return "".join("\\" + sign if sign in _MARKDOWN else sign for sign in text)
