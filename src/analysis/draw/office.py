"""What the Word report and the workbook have in common: text that XML can hold, files without dates.

>>> plain("a\\x00b")
'a\\ufffdb'

It lays nothing out.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from analysis.atomic import replaced

# What a zip file can hold as its earliest date; the true one would change the bytes of every run.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
# What XML cannot hold: control characters, surrogates, two non-characters.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: Any) -> str:
    """The text with a replacement character for each that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", str(text))


def write(path: Path, content: bytes) -> Path:
    """Write an office file without its dates; gives its path."""
    with replaced(path) as file:
        file.write(_dateless(content))
    return path


def _dateless(content: bytes) -> bytes:
    """The same zip file with one date for all its members, and in its properties."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for told in sorted(source.infolist(), key=lambda told: (told.filename != "[Content_Types].xml", told.filename)):
            member = source.read(told)
            if told.filename == "docProps/core.xml":
                member = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", member)
            fixed = zipfile.ZipInfo(told.filename, LONG_AGO)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(fixed, member)
    return target.getvalue()
