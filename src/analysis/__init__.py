"""Chinese speeches as tidy tables, notebooks and charts in which every number leads back to its characters.

>>> import analysis
>>> tables = analysis.load()                                              # doctest: +SKIP
>>> analysis.concordance(tables, "權益")                                   # doctest: +SKIP

Importing this package loads nothing heavy: each name below is fetched when it is first used.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "load": "analysis.run",
    "read_table": "analysis.tables",
    "concordance": "analysis.measure.concordance",
    "show": "analysis.draw.chart",
}
__all__ = ["concordance", "load", "read_table", "show"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"analysis has no {name!r}; it has {', '.join(sorted(_HOMES))}")
    return getattr(import_module(_HOMES[name]), name)
