"""What tables and findings say, in English and in Chinese of both scripts: the phrases of phrases.csv, filled in.

>>> say("unclear", "zh-Hant")
'沒有明確差異'

Words and labels are put in as they are: they keep their script whatever the language.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

# A word of a speech within a sentence: Chinese sets it in quotation marks, English tells it by its script.
_MARKS = {"en": "{}", "zh-Hant": "「{}」", "zh-Hans": "“{}”"}


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("phrases.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {row["key"]: row for row in csv.DictReader(lines)}


def say(key: str, language: str, **values: object) -> str:
    """One phrase in one language."""
    return _phrases()[key][language].format(**values)


def quoted(word: str, language: str) -> str:
    """A word of a speech as it stands in a sentence of the language."""
    return _MARKS[language].format(word)
