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
