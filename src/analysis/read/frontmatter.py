"""Front matter: facts about a text that stand on top of it between --- lines (YAML) or +++ lines (TOML), as in Markdown.

>>> front_matter("---\\ntitle: 工會講話\\ndate: 2016-01-18\\n---\\n同志們好。")  # union talk; hello comrades
Front(end=37, title='工會講話')

They are no part of the speech. Only the title is understood, and only where it is written plainly.
"""

import re
from typing import NamedTuple


class Front(NamedTuple):
    """Where the front matter of a text ends, and the title it names, if any."""

    end: int
    title: str = ""


LONGEST = 10_000  # characters; those of web sites have some hundreds
# How it begins → how it ends.
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
# A key with what it says; or a key whose list follows, an item, an indented line, a remark, the name of a TOML table.
_FACT = re.compile(r"""(?P<key>["']?\w[\w .-]{0,40}["']?)\s*(?::\s|=)\s*(?P<value>\S.*)""")
_MORE = re.compile(r"""["']?\w[\w .-]{0,40}["']?\s*:\s*$|\s+\S|-(?:\s|$)|#|\[|[\]}]|\s*$""")
_TITLE = ("title", "标题", "標題", "题目", "題目")
# Signs with which YAML and TOML begin what is more than a plain word: blocks, lists, tables, references.
_NOT_PLAIN = "|>[{&*!@`%"


def front_matter(text: str) -> Front | None:
    """The front matter of a text; None where it has none, or nothing but that."""
    if not text.startswith(tuple(_FENCES)):
        return None
    lines = text[:LONGEST].splitlines(keepends=True)
    fence = lines[0].rstrip()
    if fence not in _FENCES:
        return None
    end = len(lines[0])
    facts: dict[str, str] = {}
    for line in lines[1:]:
        end += len(line)
        if line.rstrip() in _FENCES[fence]:
            return Front(end, _title(facts)) if facts and text[end:].strip() else None
        if fact := _FACT.match(line):
            facts.setdefault(fact["key"].strip("\"' ").lower(), fact["value"].strip())
        elif not _MORE.match(line):
            return None
    return None


def _title(facts: dict[str, str]) -> str:
    value = next((facts[key] for key in _TITLE if key in facts), "")
    if value[:1] in ("'", '"'):
        inner, quote = value[1:-1], value[0]
        return inner if value[-1] == quote and quote not in inner and "\\" not in inner else ""
    return "" if value[:1] in _NOT_PLAIN else value.partition(" #")[0].rstrip()
