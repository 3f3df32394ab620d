"""What stands behind a bar or a row of a chart: which sentences a reader is shown who asks for it.

>>> find({"chart": "bars", "speeches": ["union-meetings-1"]}, {"key": "职工"})   # 职工: "workers and staff"
{'key': '职工', 'speeches': ['union-meetings-1']}

A find names speeches, a key (looked up in the Simplified text), a theme, or a stretch of characters. It looks nothing up.
"""

from collections.abc import Mapping
from typing import Any

Find = dict[str, Any]


def find(parameters: Mapping[str, Any], row: Mapping[str, Any]) -> Find | None:
    """The find of one row of a chart's data; None where no sentences stand behind it."""
    speeches = [row["speech"]] if row.get("speech") else list(parameters["speeches"])
    kind = parameters["chart"]
    if kind == "heat":
        return _cell(parameters, row)
    if kind in ("icicle", "position", "strip", "figures"):
        return _stretch(speeches, row.get("start"), row.get("end"))
    if kind == "reuse":
        return _stretch(speeches[:1], row.get("start_a"), None)
    return {"key": row["key"], "speeches": speeches}


def _cell(parameters: Mapping[str, Any], row: Mapping[str, Any]) -> Find | None:
    """A cell of a heatmap: `cells` says what its rows are, key or theme, and whether its columns are speeches or sections."""
    if not parameters.get("cells"):
        return None
    what, where = parameters["cells"].split()
    if where == "speeches":
        return {what: row["row"], "speeches": [row["column"]]}
    start, end = parameters["spans"][row["column"]]
    return {what: row["row"], "speeches": list(parameters["speeches"]), "start": start, "end": end}


def _stretch(speeches: list[str], start: Any, end: Any) -> Find | None:
    if start is None:
        return None
    return {"speeches": speeches, "start": int(start), "end": int(start) + 1 if end is None else int(end)}
