"""Regular expressions that are compiled when they are first used: a short speech needs only few of them.

>>> lazily("[0-9]+").match("308000人").group()
'308000'
"""

import re
from typing import Any, cast


class _Later:
    """Stands for a compiled expression; each of its methods is kept once asked for, so a second call goes straight to it."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self._source), name)
        setattr(self, name, method)
        return method


def lazily(source: str) -> re.Pattern[str]:
    """The expression, to be compiled later."""
    return cast("re.Pattern[str]", _Later(source))


def is_han(character: str) -> bool:
    """Whether one character is Chinese; an empty string is not. Cheaper than a class of all of them.

    >>> is_han("工"), is_han("5"), is_han("")
    (True, False, False)
    """
    return "\u4e00" <= character <= "\u9fff" or character == "〇" or "\u3400" <= character <= "\u4dbf" or _RARE(character)


def _RARE(character: str) -> bool:
    return "\uf900" <= character <= "\ufaff" or "\U00020000" <= character <= "\U0003347f"
