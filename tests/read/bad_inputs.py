"""The bad inputs of every kind, one builder for each: `python tests/read/bad_inputs.py FOLDER` writes them all.

A case names its row in the list of promises (1 empty files … 42 folders), what must become of the file and a code that
must be among its codes. `text` is what a right reading gives, where that can be said.
"""

import io
import os
import socket
import sqlite3
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

# "Comrades: today we hold a trade union meeting and sum up the work. Last year the rate of members reached 91.73 %.
# Let us thank the broad masses of staff and workers, and go on to do well in protecting their rights!"
TRADITIONAL = "同志們:\n今天召開工會會議,總結工作。去年農民工入會率達91.73%。\n讓我們感謝廣大職工民眾,繼續做好維護權益的工作!\n"
SIMPLIFIED = "同志们:\n今天召开工会会议,总结工作。去年农民工入会率达91.73%。\n让我们感谢广大职工群众,继续做好维护权益的工作!\n"
ENGLISH = "Comrades, today we meet. In 2016 we had 37 meetings.\n"
JAPANESE = "みなさん、こんにちは。今日は労働組合の会議を開きます。よろしくお願いします。\n"  # Good day; today the union meets.
KOREAN = "여러분 안녕하십니까. 오늘 노동조합 회의를 개최합니다.\n"  # Good day, everybody; today the union meets.

FAILED, SKIPPED, WARNING, OK = "failed", "skipped", "warning", "ok"


class Bad(NamedTuple):
    """One bad input: row of the list, name of the file, what becomes of it, and how it is made (in a folder)."""

    row: int
    file: str
    status: str
    code: str
    make: Callable[[Path], object]
    text: str | None = None


CASES: list[Bad] = []


def case(row: int, file: str, status: str, code: str, data: bytes | Callable[[Path], object], text: str | None = None) -> None:
    def write(path: Path) -> object:
        return path.write_bytes(data) if isinstance(data, bytes) else data(path)

    CASES.append(Bad(row, file, status, code, write, text))


def texts() -> None:
    """Rows 1 to 27: text files."""
    case(1, "empty.txt", FAILED, "E_EMPTY", b"")
    case(1, "empty.docx", FAILED, "E_EMPTY", b"")
    for number, blank in enumerate((" ", "\u3000\n\n", "\r\n\t", "\ufeff", "\u200b\n")):
        case(2, f"blank-{number}.txt", FAILED, "E_EMPTY", blank.encode())
    case(2, "blank-bom-16.txt", FAILED, "E_EMPTY", "\u3000".encode("utf-16"))
    case(3, "headings.txt", WARNING, "W_NO_BODY", "工會講話\n一、任務\n二、措施\n".encode())  # union talk: tasks, measures
    case(4, "english.txt", WARNING, "W_NO_CHINESE", ENGLISH.encode())
    case(4, "digits.txt", WARNING, "W_NO_CHINESE", b"12345 67,890\n")
    case(4, "emoji.txt", WARNING, "W_NO_CHINESE", "😀👍🏽❤️\n".encode())
    case(5, "japanese.txt", WARNING, "W_LANG", JAPANESE.encode())
    case(5, "korean.txt", WARNING, "W_NO_CHINESE", KOREAN.encode())
    case(6, "mixed.txt", WARNING, "W_MIXED_SCRIPT", (TRADITIONAL + SIMPLIFIED).encode())
    for codec in ("utf-8-sig", "utf-16", "utf-32"):
        case(7, f"mark-{codec}.txt", OK, "", TRADITIONAL.encode(codec), TRADITIONAL)
    case(7, "mark-utf-16-be.txt", OK, "", b"\xfe\xff" + TRADITIONAL.encode("utf-16-be"), TRADITIONAL)
    case(8, "no-mark-le.txt", WARNING, "W_ENCODING_GUESSED", SIMPLIFIED.encode("utf-16-le"), SIMPLIFIED)
    case(8, "no-mark-be.txt", WARNING, "W_ENCODING_GUESSED", TRADITIONAL.encode("utf-16-be"), TRADITIONAL)
    case(8, "wrong-mark.txt", WARNING, "W_ENCODING_GUESSED", b"\xfe\xff" + SIMPLIFIED.encode("utf-16-le"), SIMPLIFIED)
    legacy = (
        (9, "big5", TRADITIONAL),
        (9, "cp950", TRADITIONAL + "恒心。"),  # perseverance
        (9, "big5hkscs", TRADITIONAL + "佢哋嘅工作做咗啲。"),  # Cantonese: they have done some of their work
        (10, "gb2312", SIMPLIFIED),
        (10, "gbk", TRADITIONAL),
        (10, "gb18030", SIMPLIFIED + "㐀𠀀\n"),
    )
    for row, codec, text in legacy:
        case(row, f"legacy-{codec}.txt", WARNING, "W_ENCODING_GUESSED", text.encode(codec), text)
    for n in (8, 20, 50):
        for codec in ("big5", "cp950", "big5hkscs", "gb2312", "gbk", "gb18030", "utf-16-le", "utf-16-be"):
            source = SIMPLIFIED if codec.startswith("g") else TRADITIONAL
            short = source.replace("\n", "")[5 : 5 + n]
            case(11, f"short-{n}-{codec}.txt", WARNING, "W_ENCODING_GUESSED", short.encode(codec), short)
    data = TRADITIONAL.encode()
    case(12, "bad-byte.txt", WARNING, "W_REPAIRED", data[:31] + b"\xff" + data[32:])
    case(12, "cut.txt", WARNING, "W_REPAIRED", data[: data.rindex(b"!") - 1])
    case(13, "half-big5.txt", FAILED, "E_ENCODING", data * 2 + (TRADITIONAL * 2).encode("big5"))
    case(13, "half-utf8.txt", FAILED, "E_ENCODING", (TRADITIONAL * 2).encode("big5") + data * 2)
    for wrong, right, source in (
        ("latin-1", "utf-8", TRADITIONAL),
        ("gb18030", "utf-8", SIMPLIFIED),
        ("gb18030", "cp950", TRADITIONAL),
        ("cp950", "gb18030", SIMPLIFIED),
        ("latin-1", "gb18030", SIMPLIFIED),
        ("cp1252", "cp950", TRADITIONAL),
    ):
        mojibake = source.encode(right).decode(wrong, "replace").encode()
        case(14, f"mojibake-{right}-as-{wrong}.txt", WARNING, "W_MOJIBAKE", mojibake)
    case(
        15,
        "nul.txt",
        WARNING,
        "W_CONTROL_CHARS",
        TRADITIONAL.replace("工", "工\x00").encode(),
        TRADITIONAL.replace("工", "工\x00"),
    )
    case(15, "controls.txt", WARNING, "W_CONTROL_CHARS", (TRADITIONAL + "\x1b[31m\x07\x9b").encode())
    case(16, "picture.txt", FAILED, "E_NOT_TEXT", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    case(16, "sheet.txt", FAILED, "E_NOT_TEXT", zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}))
    case(16, "database.txt", FAILED, "E_NOT_TEXT", database)
    case(16, "noise.txt", FAILED, "E_NOT_TEXT", bytes((n * 167 + n // 251 * 13) % 256 for n in range(5000)))
    case(17, "page.txt", WARNING, "W_TYPE_MISMATCH", html(TRADITIONAL), TRADITIONAL.strip())
    case(17, "word.pdf", WARNING, "W_TYPE_MISMATCH", docx(paragraphs(TRADITIONAL)), TRADITIONAL.strip())
    case(17, "old.doc", FAILED, "E_TYPE_MISMATCH", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    word_2003 = '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument>工會</w:wordDocument>'
    case(17, "word-2003.doc", FAILED, "E_TYPE_MISMATCH", word_2003.encode())
    case(17, "rich.txt", FAILED, "E_TYPE_MISMATCH", b"{\\rtf1\\ansi hello}")
    case(18, "surrogate.txt", WARNING, "W_REPAIRED", data + b"\xed\xa0\x81\xed\xb0\x80\xed\xa0\x80\n")
    for code in (0x200B, 0x200E, 0x202E, 0x2060, 0x2067, 0xFEFF, 0xFE0F, 0xE0041, 0xE0100):
        hidden = TRADITIONAL.replace("會", "會" + chr(code), 2)
        case(19, f"invisible-{code:x}.txt", WARNING, "W_INVISIBLE", hidden.encode(), hidden)
    odd = TRADITIONAL + "e\u0301 \uf914 ⼀ 𠀀𪜶𫝀𫠝𬺰\U00030000\U00031350\n"
    case(20, "odd-characters.txt", OK, "", odd.encode(), odd)
    case(20, "private.txt", WARNING, "W_PRIVATE_USE", (TRADITIONAL + "\ue000\U000f0000\n").encode())
    case(
        21, "wide.txt", OK, "", (TRADITIONAL + "共有１２３人,增長３．５％,１２3戶。\n").encode()
    )  # 123 people, 3.5 %, 123 households
    case(22, "marks.txt", OK, "", (TRADITIONAL + "①工會②職工㈠½卅廿〇兩壹三點五,百分之三點五。\n").encode())
    ends = TRADITIONAL.replace("。", "。\x0b").replace("會", "會\u00ad")
    for number, end in enumerate(("\r", "\r\n", "\u2028", "\u2029", "\x0c", "\x0b")):
        case(23, f"ends-{number}.txt", OK, "", TRADITIONAL.replace("\n", end).encode(), TRADITIONAL.replace("\n", end))
    case(23, "ends-mixed.txt", OK, "", ends.replace("\n", "\r\n", 1).encode())
    case(24, "huge.txt", FAILED, "E_TOO_LARGE", sparse(100_000_000))
    case(25, "blank-lines.txt", OK, "", (TRADITIONAL + "\n" * 100_000).encode())
    case(26, "brackets.txt", OK, "", (TRADITIONAL + "(" * 20_000 + "\n").encode())
    absurd = "共有" + "1" + "0" * 400 + "人,一億億億億元,1e309,00012,1,2,3,4個,2025年1月1日,電話02-2345-6789,第十二條。\n"
    case(27, "absurd.txt", OK, "", (TRADITIONAL + absurd).encode())


def documents() -> None:
    """Rows 28 to 33: docx, pdf, html."""
    big = b"<a>" + b"0" * 30_000_000 + b"</a>"
    case(28, "bomb-ratio.docx", FAILED, "E_BOMB", docx(paragraphs(TRADITIONAL), {"word/big.xml": big}))
    case(
        28,
        "bomb-size.docx",
        FAILED,
        "E_BOMB",
        lambda path: path.write_bytes(docx(paragraphs("工"), {f"word/{n}.xml": big for n in range(4)})),
    )
    case(28, "bomb-nested.docx", FAILED, "E_BOMB", docx(paragraphs(TRADITIONAL), {"word/inner.zip": zipped({"a": b"a"})}))
    case(28, "bomb-entries.docx", FAILED, "E_BOMB", docx(paragraphs(TRADITIONAL), {f"word/{n}": b"" for n in range(10_001)}))
    case(28, "bomb-names.docx", FAILED, "E_BOMB", docx(paragraphs(TRADITIONAL), {"../../escape.xml": b"<a/>"}))
    case(28, "bomb-lies.docx", FAILED, "E_BOMB", lying())
    case(28, "bomb-double.docx", FAILED, "E_BOMB", double())
    whole = docx(paragraphs(TRADITIONAL))
    case(29, "truncated.docx", FAILED, "E_CORRUPT", whole[: len(whole) // 2])
    case(29, "flipped.docx", FAILED, "E_CORRUPT", flipped(whole))
    case(29, "wrong-crc.docx", FAILED, "E_CORRUPT", wrong_crc(whole))
    case(29, "no-document.docx", FAILED, "E_CORRUPT", zipped({"[Content_Types].xml": b"<a/>"}))
    case(
        29,
        "locked.docx",
        FAILED,
        "E_ENCRYPTED",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    )
    case(29, "locked-zip.docx", FAILED, "E_ENCRYPTED", locked(whole))
    case(29, "no-text.docx", FAILED, "E_NO_TEXT", docx("<w:p/>"))
    case(29, "broken.docx", FAILED, "E_CORRUPT", docx("<w:p><w:r></w:p>"))
    laughs = '<!DOCTYPE a [<!ENTITY b "工會"><!ENTITY c "&b;&b;&b;">]>'
    outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    case(30, "laughs.docx", FAILED, "E_UNSAFE_XML", docx("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", before=laughs))
    case(30, "entity.docx", FAILED, "E_UNSAFE_XML", docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", before=outside))
    wide = ('<?xml version="1.0" encoding="utf-16"?>' + laughs + WORD.format("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>")).encode(
        "utf-16"
    )
    case(30, "entity-16.docx", FAILED, "E_UNSAFE_XML", docx("", {"word/document.xml": wide}))
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" TargetMode="External" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://192.0.2.1/a.dotm"/></Relationships>'
    )
    parts = {"word/_rels/settings.xml.rels": relations, "word/vbaProject.bin": b"macro", "word/embeddings/oleObject1.bin": b"ole"}
    case(30, "macro.docm", WARNING, "W_UNSAFE_PART", docx(paragraphs(TRADITIONAL), parts), TRADITIONAL.strip())
    case(31, "everything.docx", WARNING, "W_LEFT_OUT", docx(EVERYTHING, SIDE_PARTS), EVERYTHING_TEXT)
    pdfs()
    pages()


def pdfs() -> None:
    lines = TRADITIONAL.strip().split("\n")
    case(32, "good.pdf", OK, "", pdf([(72, 700 - 20 * n, line) for n, line in enumerate(lines)]), TRADITIONAL.strip())
    after_lines = b"saved by a proxy\n" * 3 + pdf([(72, 700 - 20 * n, line) for n, line in enumerate(lines)])
    case(32, "lines-before.pdf", OK, "", after_lines, TRADITIONAL.strip())
    case(32, "locked.pdf", FAILED, "E_ENCRYPTED", pdf([(72, 700, "工會")], locked=True))
    case(32, "scan.pdf", FAILED, "E_NO_TEXT", pdf([]))
    case(32, "no-pages.pdf", FAILED, "E_", pdf(None))
    case(
        32,
        "no-unicode.pdf",
        FAILED,
        "E_NO_TEXT",
        pdf([(72, 700 - 20 * n, line) for n, line in enumerate(lines)], encoding="Identity-H"),
    )
    left = [(72, 700 - 16 * n, f"左欄文字先讀之{n}。") for n in range(8)]  # the left column is read first
    right = [(320, 700 - 16 * n, f"右欄文字後讀之{n}。") for n in range(8)]  # the right one after it
    mixed = [each for pair in zip(left, right, strict=True) for each in pair]
    columns = "\n".join(line for _, _, line in left + right)
    case(32, "columns.pdf", WARNING, "W_LAYOUT", pdf(mixed), columns)
    down = [
        (500 - 20 * column, 700 - 12 * n, c)
        for column, line in enumerate(("工會會議總結工作。", "職工民眾辛苦了。"))
        for n, c in enumerate(line)
    ]
    case(32, "vertical.pdf", WARNING, "W_LAYOUT", pdf(down), "工會會議總結工作。\n職工民眾辛苦了。")
    parted = [
        (72, 700, "工會會議通過了這一份報告,題目是 trade-"),
        (72, 684, "unionism today,職工代表一致表示贊成和擁護。"),
        (72, 668, "會議結束。"),
    ]
    case(32, "hyphen.pdf", OK, "", pdf(parted))
    case(
        32,
        "loop.pdf",
        FAILED,
        "E_",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>",
    )
    case(32, "garbage.pdf", FAILED, "E_CORRUPT", b"%PDF-1.7\n" + bytes(range(256)) * 20)


def pages() -> None:
    case(33, "no-charset.html", WARNING, "W_ENCODING_GUESSED", html(SIMPLIFIED).decode().encode("gbk"), SIMPLIFIED.strip())
    case(33, "wrong-charset.html", WARNING, "W_WRONG_CHARSET", html(TRADITIONAL, "iso-8859-1"), TRADITIONAL.strip())
    case(33, "right-charset.html", OK, "", html(SIMPLIFIED, "gb2312").decode().encode("gbk"), SIMPLIFIED.strip())
    case(
        33,
        "scripts.html",
        OK,
        "",
        html(TRADITIONAL, more="<script>var 腳本='工會'</script><style>p{color:red}</style>"),
        TRADITIONAL.strip(),
    )
    case(33, "deep.html", OK, "", html(TRADITIONAL, before="<div>" * 100_000), TRADITIONAL.strip())
    case(33, "entities.html", OK, "", html("&#24037;&#x6703;&lt;b&gt;&amp;會議圓滿成功。"), "工會<b>&會議圓滿成功。")
    case(
        33,
        "ruby.html",
        WARNING,
        "W_LEFT_OUT",
        html("<ruby>工<rp>(</rp><rt>ㄍㄨㄥ</rt><rp>)</rp></ruby>會會議圓滿成功。"),
        "工會會議圓滿成功。",
    )
    frame = "<iframe srcdoc='<p>框內文字。</p>'></iframe>"  # text in a frame
    case(33, "frame.html", WARNING, "W_LEFT_OUT", html(TRADITIONAL, more=frame), TRADITIONAL.strip())
    menu = "<nav><a href=a>首頁</a><a href=b>新聞</a></nav>"  # home, news
    case(33, "menu.html", WARNING, "W_LEFT_OUT", html(TRADITIONAL, before=menu), TRADITIONAL.strip())
    case(
        33,
        "picture.html",
        OK,
        "",
        html(TRADITIONAL, more="<img src='http://192.0.2.1/a.png'><link rel=stylesheet href='http://192.0.2.1/a.css'>"),
        TRADITIONAL.strip(),
    )


def names_and_kinds() -> None:
    """Rows 34 to 41: names, links, pipes, cells and markup."""
    case(
        34,
        "twin-b.txt",
        WARNING,
        "W_DUPLICATE_TEXT",
        lambda path: (path.with_name("twin-a.txt").write_text(TWIN, "utf-8"), path.write_text(TWIN, "utf-8")),
    )
    for file in ("folder/same.txt", "SAME.txt", "e\u0301.txt", "\u00e9.txt", "ｓａｍｅ.txt"):
        case(35, file, OK, "", (TRADITIONAL + file + "\n").encode())
    awkward = (
        "a b.txt",
        "#%&'.txt",
        "new\nline.txt",
        "-leading.txt",
        "=cmd.txt",
        "工" * 83 + ".txt",
        "CON.txt",
        '"quoted".txt',
        "=1+1,2.txt",
    )
    for number, file in enumerate(awkward):
        case(36, file, OK, "", TRADITIONAL.replace("今天", f"{number}月").encode())
    case(36, os.fsdecode("工會".encode("big5") + b".txt"), OK, "", TRADITIONAL.replace("今天", "昨天").encode())
    if hasattr(os, "mkfifo"):
        case(37, "link.txt", SKIPPED, "S_SYMLINK", lambda path: path.symlink_to("/etc/passwd"))
        case(37, "link-folder", SKIPPED, "S_SYMLINK", lambda path: path.symlink_to("/etc"))
        case(37, "loop.txt", SKIPPED, "S_SYMLINK", lambda path: path.symlink_to(path.name))
        case(37, "dangling.txt", SKIPPED, "S_SYMLINK", lambda path: path.symlink_to("nowhere.txt"))
        case(37, "zero.txt", SKIPPED, "S_SYMLINK", lambda path: path.symlink_to("/dev/zero"))
        case(37, "pipe.txt", SKIPPED, "S_NOT_REGULAR", os.mkfifo)
        case(37, "socket.txt", SKIPPED, "S_NOT_REGULAR", bound)
    case(37, "empty-folder.txt", SKIPPED, "S_NOT_REGULAR", lambda path: path.mkdir())
    case(37, "folder.txt/inside.txt", OK, "", TRADITIONAL.replace("今天", "明天").encode())
    if hasattr(os, "geteuid") and os.geteuid():
        case(38, "forbidden.txt", FAILED, "E_READ", lambda path: (path.write_text(TRADITIONAL), path.chmod(0)))
    for file in (".hidden.txt", "~$lock.docx", ".DS_Store", "Thumbs.db", ".gitkeep"):
        case(39, file, SKIPPED, "S_IGNORED", b"x")
    cells = "".join(f'{start}1+1,"工會",會議。\n' for start in ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))
    case(40, "cells.txt", OK, "", (cells + TRADITIONAL).encode())
    markup = "<script>alert('工會')</script> $\\TeX$ _md_ | {{工會}} 會議。\n"
    case(41, "markup.txt", OK, "", (TRADITIONAL + markup).encode())


TWIN = TRADITIONAL + "這一篇有兩份。\n"  # There are two copies of this one.


# Builders ---------------------------------------------------------------------------------------------------------------

WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{}</w:body></w:document>'
)
NOTES = '<w:notes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:notes>'
EVERYTHING = (
    "<w:p><w:r><w:t>工會</w:t></w:r><w:del><w:r><w:delText>刪去</w:delText></w:r></w:del><w:ins><w:r><w:t>會議</w:t></w:r></w:ins>"
    "<w:r><w:ruby><w:rt><w:r><w:t>ㄩㄢˊ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>圓</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>滿。</w:t></w:r>"
    "<w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    "<w:r><w:t>今天</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏字</w:t></w:r><w:r><w:t>開會。</w:t></w:r>"
    "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>方框文字。</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>方框文字。</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>年份</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>人數</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
# Union meeting (deleted: "struck") complete. / Today (hidden: "hidden words") we meet. / Text in a box. / Year, people.
EVERYTHING_TEXT = "工會會議圓滿。\n今天開會。\n方框文字。\n年份\t人數"
SIDE_PARTS = {
    f"word/{part}.xml": NOTES.format(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>").encode()
    for part, text in (
        ("footnotes", "註腳文字"),
        ("endnotes", "附註文字"),
        ("comments", "批註文字"),
        ("header1", "頁首文字"),
        ("footer1", "頁尾文字"),
    )
}
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def paragraphs(text: str) -> str:
    """Paragraphs of a Word document."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.strip().split("\n"))


def docx(body: str, parts: dict[str, bytes] | None = None, before: str = "") -> bytes:
    """A Word document with this body and these other parts."""
    usual = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": RELATIONS.encode(),
        "word/document.xml": (before + WORD.format(body)).encode(),
    }
    return zipped({**usual, **(parts or {})})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _directory(data: bytes) -> int:
    """Where the directory's entry of word/document.xml begins."""
    at = data.rindex(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return at


def lying() -> bytes:
    """A document whose directory says 100 bytes, while more are packed."""
    data = bytearray(docx(paragraphs(TRADITIONAL * 50)))
    struct.pack_into("<I", data, _directory(bytes(data)) + 24, 100)
    return bytes(data)


def double() -> bytes:
    """A document with two parts of one name."""
    import warnings

    file = io.BytesIO(docx(paragraphs(TRADITIONAL)))
    with zipfile.ZipFile(file, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", WORD.format(paragraphs("別的文字")))  # another text
    return file.getvalue()


def flipped(data: bytes) -> bytes:
    """One byte changed in the packed document."""
    at = data.index(b"word/document.xml") + 60
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def wrong_crc(data: bytes) -> bytes:
    changed = bytearray(data)
    struct.pack_into("<I", changed, _directory(data) + 16, zlib.crc32(b"something else"))
    return bytes(changed)


def locked(data: bytes) -> bytes:
    """The bit that says: encrypted."""
    changed = bytearray(data)
    at = _directory(data) + 8
    struct.pack_into("<H", changed, at, 1)
    return bytes(changed)


def html(body: str, charset: str = "", before: str = "", more: str = "") -> bytes:
    """A web page with one paragraph for each line."""
    lines = "".join(f"<p>{line}</p>\n" for line in body.strip().split("\n"))
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!DOCTYPE html>\n<html><head>{meta}<title>x</title></head><body>{before}{lines}{more}</body></html>".encode()


def pdf(placed: list[tuple[float, float, str]] | None, encoding: str = "UniCNS-UCS2-H", *, locked: bool = False) -> bytes:
    """A PDF of one page with text at these places (x, y, text) of 12 points; None for a PDF without pages."""
    drawn = "".join(f"BT /F1 12 Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in placed or [])
    kids = "" if placed is None else "3 0 R"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(kids.split()) // 3}>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}endstream",
        f"<</Type/Font/Subtype/Type0/BaseFont/MSung/Encoding/{encoding}/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/MSung/CIDSystemInfo<</Registry(Adobe)/Ordering"
        f"({'Identity' if encoding == 'Identity-H' else 'CNS1'})/Supplement 0>>/DW 1000/W[1 95 500]/FontDescriptor 7 0 R>>",
        "<</Type/FontDescriptor/FontName/MSung/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
        f"<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{'ab' * 32}>/U<{'cd' * 32}>>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    extra = f"/Encrypt 8 0 R/ID[<{'ef' * 16}><{'ef' * 16}>]" if locked else ""
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R{extra}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + trailer.encode()


def sparse(size: int) -> Callable[[Path], None]:
    """A file of this size that takes no room on the disk; it begins like a text."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write("工會".encode())
            file.truncate(size)

    return write


def database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table speeches (text)")
    connection.commit()
    connection.close()


def bound(path: Path) -> None:
    """A socket; its name must be short."""
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def build(bad: Bad, folder: Path) -> Path:
    """Make one bad input in `folder`; OSError where the file system cannot hold it."""
    path = folder / bad.file
    path.parent.mkdir(parents=True, exist_ok=True)
    bad.make(path)
    return path


texts()
documents()
names_and_kinds()

if __name__ == "__main__":
    for each in CASES:
        build(each, Path(sys.argv[1]) / f"{each.row:02d}")
