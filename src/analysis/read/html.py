"""Web pages → text in reading order: one line for each paragraph, heading, list item or table row.

>>> read("<p>工會<ruby>會<rt>ㄏㄨㄟˋ</rt></ruby>議</p>".encode(), None).text
'工會會議'

Kept: headings, paragraphs, lists, captions, tables (cells parted by a tab), the base of ruby. Left out and named: menus,
lists of links, side columns, footers, buttons and fields, hidden and deleted text, ruby readings, footnote marks, drawings,
and what stands behind a tag that is never closed. Scripts and styles are not text. Nothing is fetched, and no tree is
built: a page may nest as deep as it likes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from analysis.read.content import Content
from analysis.read.errors import InputError, Note, note
from analysis.read.leftout import left_out, named
from analysis.read.plain import decode_text
from analysis.read.speech import HAN, n_han

_DECLARED = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,80}encoding=["']([\w:.-]{2,40})"""
)
DECLARED_WITHIN = 4096  # bytes; browsers look at the first 1024

NO_TEXT = frozenset(
    {"script", "style", "template", "iframe", "object", "embed", "audio", "video", "canvas", "map", "head", "noframes"}
)
PART_OF: Mapping[str, str] = {
    "nav": "menu",
    "menu": "menu",
    "aside": "side column",
    "footer": "footer",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "svg": "text of a drawing",
    "dialog": "hidden text",
    "noscript": "hidden text",
    "del": "deleted text",
    "s": "deleted text",
    "strike": "deleted text",
    "rt": "ruby readings",
    "rp": "ruby readings",
    "rtc": "ruby readings",
}
BLOCKS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "caption",
        "blockquote",
        "pre",
    }
    | {
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "address",
        "hr",
        "br",
        "center",
        "body",
    }
    | {"form", "fieldset", "details", "summary", "title", "thead", "tbody", "option", "menu"}
)
GROUPS = frozenset({"ul", "ol", "div", "table", "section", "p", "td", "header", "dl", "center"})
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source", "track", "embed", "param"})
# A group of at least so many links, which are nearly all of its text, is a menu; a speech with links has most text outside them.
MENU_LINKS, MENU_SHARE = 3, 0.7
LONGEST_LINK = 60  # characters on average: longer ones are text that happens to be linked
# Not shown, or shown where or so small that nobody sees it: how pages mark what is for copiers and machines.
_HIDDEN = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}"
)
# These hold no paragraphs: one that is still open where a block begins was never closed.
INLINE = frozenset({"rt", "rp", "rtc", "s", "strike"})
SWALLOWING = ("script", "style", "title", "textarea", "xmp", "iframe", "noframes", "template", "select")
_WORDS = re.compile(f"[{HAN}]+")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# Between two wide characters a line break of the source is no space (CSS Text 3, "segment break transformation").
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\n\r\f][ \t\n\r\f]*(?=[{_WIDE}])")


def read(data: bytes, encoding: str | None) -> Content:
    """Text of a web page with notes on what was left out."""
    declared = _declared(data)
    decoded = decode_text(data, encoding, declared)
    page = _Page()
    _feed(page, decoded.text)
    text = page.text()
    page.omitted["text behind an unclosed tag"] += _swallowed(decoded.text, text)
    notes = [*decoded.notes, *_charset_note(declared, decoded.encoding, data), *page.notes()]
    if not text:
        raise _without_text(page, decoded.text)
    return Content(text, "html", decoded.encoding, tuple(notes))


def _without_text(page: "_Page", source: str) -> InputError:
    if not source.strip("\ufeff\x00 \t\r\n\u3000"):
        return InputError("E_EMPTY")
    fix = (
        "Open the page in a browser, copy the speech into a .txt file, or save the frame that shows it.",
        "請用瀏覽器開啟網頁,把講話複製到 .txt 檔,或另存顯示講話的框架。",
    )
    if parts := page.parts_left_out():
        english, chinese = named(parts)
        return InputError("E_NO_TEXT", why=(f"all of the page is {english}", f"全頁都是{chinese}"), fix=fix)
    return InputError("E_NO_TEXT", why=("the page itself shows none, or is cut off", "網頁本身不顯示文字,或不完整"), fix=fix)


def _swallowed(source: str, text: str) -> int:
    """Han characters behind a tag or comment that is never closed, where the parser took all that follows for its own."""
    lower = source.lower()
    starts = [lower.rfind(f"<{tag}") for tag in SWALLOWING if f"</{tag}" not in lower[max(0, lower.rfind(f"<{tag}")) :]]
    comment = lower.rfind("<!--")
    if "-->" not in lower[max(0, comment) :]:
        starts.append(comment)
    first = min((start for start in starts if start >= 0), default=len(source))
    words = _WORDS.findall(source[first:])
    return 0 if not words or words[-1] in text else n_han(source[first:])


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:DECLARED_WITHIN])
    return (match[1] or match[2]).decode("ascii") if match else None


def _charset_note(declared: str | None, encoding: str, data: bytes) -> Iterator[Note]:
    from analysis.read.weighing import same_family

    if declared and not data.isascii() and not same_family(declared, encoding):
        yield note("W_WRONG_CHARSET", declared=declared, encoding=encoding)


def _feed(page: "_Page", text: str) -> None:
    from lxml import etree

    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    # lxml's HTML parser recovers from everything but an empty page.
    try:
        etree.fromstring(text.encode("utf-8", "replace") + b"\n", parser)
    except etree.XMLSyntaxError as error:
        raise InputError("E_CORRUPT", why=(f"the page cannot be parsed: {error.msg}", f"網頁無法解析:{error.msg}")) from error


@dataclass
class _Open:
    """An element that is open: its tag, the part it opened, and the group its text belongs to."""

    tag: str
    part: str
    group: int
    link: bool
    pre: bool


@dataclass
class _Page:
    """Collects the lines of a page from the parser's events."""

    open: list[_Open] = field(default_factory=lambda: [_Open("", "", 0, False, False)])
    lines: list[tuple[str, int]] = field(default_factory=list)  # text and group
    current: list[str] = field(default_factory=list)
    omitted: Counter[str] = field(default_factory=Counter)
    groups: int = 0
    links: Counter[int] = field(default_factory=Counter)
    linked: Counter[int] = field(default_factory=Counter)
    in_link: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not isinstance(tag, str):
            return
        if tag in BLOCKS:
            self._break()
        elif tag in ("td", "th") and any(self.current):
            self.current.append("\t")
        while tag in BLOCKS and self.open[-1].tag in INLINE:
            self.open.pop()
        above = self.open[-1]
        if tag == "iframe" and (framed := attributes.get("srcdoc")):
            shown = "".join(piece.rpartition(">")[2] for piece in framed.split("<"))
            self.omitted["text of a frame"] += len("".join(shown.split()))
        if tag in VOID:
            return
        group = above.group
        if tag in GROUPS:
            self.groups += 1
            group = self.groups
        if tag == "a" and "href" in attributes:
            self.links[group] += 1
        part = above.part or self._part(tag, attributes)
        self.open.append(_Open(tag, part, group, above.link or (tag == "a" and "href" in attributes), above.pre or tag == "pre"))

    def _part(self, tag: str, attributes: Mapping[str, str]) -> str:
        if tag in NO_TEXT:
            return "nothing"
        # A page may hide its body until a script shows it.
        if tag not in ("html", "body") and ("hidden" in attributes or _HIDDEN.search(attributes.get("style", ""))):
            return "hidden text"
        if tag == "sup" and "reference" in attributes.get("class", ""):
            return "footnote marks"
        return PART_OF.get(tag, "")

    def end(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag in BLOCKS:
            self._break()
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def data(self, text: str) -> None:
        here = self.open[-1]
        if here.part:
            if here.part != "nothing":
                self.omitted[here.part] += len("".join(text.split()))
            return
        if here.link:
            self.linked[here.group] += len(text.strip())
        self.current.append(text if here.pre else _BLANKS.sub(" ", _WIDE_BREAK.sub("", text)))

    def comment(self, text: str) -> None:
        """Comments are no text."""

    def close(self) -> None:
        self._break()

    def _break(self) -> None:
        line = "".join(self.current).strip(" \t\n\r\f")
        self.current.clear()
        if line:
            self.lines.extend((piece, self.open[-1].group) for piece in line.splitlines() if piece.strip())

    def _menus(self) -> set[int]:
        """Groups that are lists of links."""
        size: dict[int, int] = defaultdict(int)
        for line, group in self.lines:
            size[group] += len(line)
        many = {g: n for g, n in size.items() if self.links[g] >= MENU_LINKS and self.linked[g] <= LONGEST_LINK * self.links[g]}
        return {g for g, n in many.items() if self.linked[g] >= MENU_SHARE * n}

    def text(self) -> str:
        menus = self._menus()
        self.omitted["list of links"] += sum(len(line) for line, group in self.lines if group in menus)
        return "\n".join(line for line, group in self.lines if group not in menus)

    def notes(self) -> Iterator[Note]:
        if parts := self.parts_left_out():
            yield left_out(parts)

    def parts_left_out(self) -> dict[str, int]:
        """What was left out, with its number of characters."""
        return {part: n for part, n in sorted(self.omitted.items()) if n}
