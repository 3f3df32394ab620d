"""Bytes of a text file → text, telling what is no text at all from what is in an unknown encoding."""

from analysis.read.encoding import Decoded, decode
from analysis.read.errors import InputError
from analysis.read.kinds import ODD, kinds_of, met

CONTROL = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"


def decode_text(data: bytes, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Like `encoding.decode`, but bytes that are no text at all are called so."""
    try:
        decoded = decode(data, encoding=encoding, declared=declared)
    except InputError:
        if _share_of_controls(data) > 0.02:
            raise InputError("E_NOT_TEXT", detected=("no known kind of text", "無法辨識的資料")) from None
        raise
    if decoded.encoding == "utf-8" and met(kinds_of(decoded.text)) & ODD and _share_of_controls(data) > 0.3:
        raise InputError("E_NOT_TEXT", detected=("mostly control characters", "多為控制字元的資料"))
    return decoded


def _share_of_controls(data: bytes) -> float:
    sample = data.strip(b"\0")[:100_000]  # zeros that a disk put around the text say nothing about it
    return 1 - len(sample.translate(None, CONTROL)) / max(1, len(sample))
