"""Finders: one speech → rows. They find; they do not count and do not draw."""

from collections.abc import Mapping
from typing import Any

# Rows already found for one speech, by table, in the order of tables.FINDERS: a list of rows, or columns where they are many.
Found = Mapping[str, Any]
# Column → one value per row: a list, an array, or one of `columnar`.
Columns = dict[str, Any]
