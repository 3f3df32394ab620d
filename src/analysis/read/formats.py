"""Which format a file is in, by its bytes, and its text; the name of the file matters only for Markdown.

>>> kind_of(b"%PDF-1.7 ...", "speech.txt")
'pdf'

Each format has its own module; docx and pdf are read in a child process with bounds. What is no text is refused with
its name.
"""

import re

from analysis.read.content import Content, with_lost_told, without_surrogates
from analysis.read.errors import InputError, note
from analysis.read.limits import Limits
from analysis.read.plain import decode_text

# First bytes of formats that hold no text for us: (offset, bytes, English, Chinese).
BINARY = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture", "PNG 圖片"),
    (0, b"\xff\xd8\xff", "a JPEG picture", "JPEG 圖片"),
    (0, b"GIF8", "a GIF picture", "GIF 圖片"),
    (0, b"BM", "a BMP picture", "BMP 圖片"),
    (0, b"II*\x00", "a TIFF picture", "TIFF 圖片"),
    (0, b"MM\x00*", "a TIFF picture", "TIFF 圖片"),
    (8, b"WEBP", "a WebP picture", "WebP 圖片"),
    (0, b"SQLite format 3\x00", "an SQLite database", "SQLite 資料庫"),
    (0, b"\x1f\x8b", "a gzip archive", "gzip 壓縮檔"),
    (0, b"BZh", "a bzip2 archive", "bzip2 壓縮檔"),
    (0, b"\xfd7zXZ\x00", "an xz archive", "xz 壓縮檔"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "7-Zip 壓縮檔"),
    (0, b"Rar!\x1a\x07", "a RAR archive", "RAR 壓縮檔"),
    (257, b"ustar", "a tar archive", "tar 壓縮檔"),
    (0, b"\x7fELF", "a program", "程式"),
    (0, b"MZ\x90", "a program", "程式"),
    (0, b"ID3", "an MP3 recording", "MP3 錄音"),
    (4, b"ftyp", "a video or recording", "影音檔"),
    (0, b"OggS", "a recording", "錄音"),
    (0, b"RIFF", "a recording or video", "影音檔"),
    (0, b"wOFF", "a font", "字型"),
    (0, b"PAR1", "a Parquet table", "Parquet 資料表"),
    (0, b"CAJ", "a CAJ document", "CAJ 文件"),
    (0, b"%!PS", "PostScript", "PostScript 文件"),
    (0, b"AT&TFORM", "a DjVu picture", "DjVu 圖片"),
    (60, b"BOOKMOBI", "a Kindle book", "Kindle 電子書"),
    (0, b"bplist00", "a Safari web archive", "Safari 網頁封存檔"),
)
# The same bytes by their place, so that one test passes over most files.
_MAGIC = {offset: tuple(magic for place, magic, *_ in BINARY if place == offset) for offset, *_ in BINARY}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A page with all it shows, or an e-mail: MIME headers, line after line.
_MIME = re.compile(rb"(?i)^(?:[\w-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?mime-version:\s*1")
# Some tools put lines before it; readers of PDF look for it in the first 1024 bytes.
_PDF = re.compile(rb"(?m)^\s*%PDF-\d")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# What the ending of a name promises; .docm and other endings promise nothing.
KINDS = {"txt": "txt", "text": "txt", "md": "md", "html": "html", "htm": "html", "xhtml": "html", "docx": "docx", "pdf": "pdf"}
_HTML = re.compile(
    rb"(?is)^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|article|p|h1)\b"
)


def kind_of(data: bytes, name: str) -> str:
    """txt, md, html, docx or pdf; InputError for everything else."""
    if b"%PDF-" in data[:1024] and _PDF.search(data[:1024]):
        return "pdf"
    if data.startswith(ZIP):
        return "docx"
    if data.startswith(OLE):
        raise _ole(data)
    if data.startswith(b"{\\rtf"):
        raise _other("rich text (RTF)", "RTF 格式")
    if _MIME.match(data[:8192].lstrip()):
        fix = ("Open it in a browser and save the speech as .html or .txt.", "請用瀏覽器開啟,把講話另存為 .html 或 .txt。")
        raise InputError("E_TYPE_MISMATCH", detected=("a web archive or an e-mail (MIME)", "網頁封存檔或電子郵件(MIME)"), fix=fix)
    for offset, magic, what, what_zh in BINARY if any(data.startswith(magics, at) for at, magics in _MAGIC.items()) else ():
        if data[offset : offset + len(magic)] == magic and (what != "a BMP picture" or b"\x00" in data[:32]):
            raise InputError("E_NOT_TEXT", detected=(what, what_zh))
    return _kind_of_text(data, name)


def _kind_of_text(data: bytes, name: str) -> str:
    suffix = name.lower().rpartition(".")[2]
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff")
    if suffix in ("html", "htm", "xhtml") or _HTML.match(head):
        return "html"
    if head.startswith(b"<?xml"):
        raise _other("an XML file, such as a Word 2003 document", "XML 檔,例如 Word 2003 文件")
    return "md" if suffix in ("md", "markdown") else "txt"


def _ole(data: bytes) -> InputError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return InputError("E_ENCRYPTED", what=("a Word file with a password", "有密碼的 Word 檔"))
    return _other("an old Office file (.doc)", "舊版 Office 檔(.doc)")


def _other(detected: str, detected_zh: str) -> InputError:
    fix = ("Open it in Word or LibreOffice and save it as .docx or .txt.", "請用 Word 或 LibreOffice 開啟,另存為 .docx 或 .txt。")
    return InputError("E_TYPE_MISMATCH", detected=(detected, detected_zh), fix=fix)


def content(data: bytes, name: str, *, encoding: str | None, limits: Limits) -> Content:
    """Text of a file from its bytes; InputError where it cannot be read."""
    held = with_lost_told(without_surrogates(_content(data, kind_of(data, name), encoding, limits)))
    suffix = name.lower().rpartition(".")[2]
    if KINDS.get(suffix, held.format) == held.format:
        return held
    return held._replace(notes=(*held.notes, note("W_TYPE_MISMATCH", suffix=f".{suffix}", format=held.format)))


def _content(data: bytes, kind: str, encoding: str | None, limits: Limits) -> Content:
    if kind in ("docx", "pdf"):
        from analysis.read.sandbox import extract

        return extract(data, kind, limits)
    if kind == "html":
        from analysis.read.html import read

        return read(data, encoding)
    text, name, notes = decode_text(data, encoding)
    return Content(text, kind, name, notes)
