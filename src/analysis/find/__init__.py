"""Finders: one speech → rows. They find; they do not count and do not draw."""

from collections.abc import Mapping, Sequence
from typing import Any

# Rows already found for one speech, by table, in the order of tables.FINDERS.
Found = Mapping[str, Sequence[Any]]
