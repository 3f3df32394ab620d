"""What charts say, in English and in Chinese of both scripts: the phrases of words.csv, filled in.

>>> say("n_of", "zh-Hant", n=3)
'共 3 次'
>>> phrase("n_of", n=3)["en"]
'3 times in all'

Words of a speech are put in as they are: they keep their script whatever the language of the chart.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.read.settings import LANGUAGES

Phrase = Mapping[str, str]  # language → what to say in it

# What charts say, and what the pages around them say.
_FILES = [Path(__file__).with_name(name) for name in ("words.csv", "pages.csv")]
_COMMA = {"en": ", ", "zh-Hant": "、", "zh-Hans": "、"}
_SPACE = {"en": " ", "zh-Hant": "", "zh-Hans": ""}


@cache
def _phrases() -> Mapping[str, Phrase]:
    phrases: dict[str, Phrase] = {}
    for path in _FILES:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            phrases |= {row["key"]: row for row in csv.DictReader(lines)}
    return phrases


def say(key: str, language: str, **values: Any) -> str:
    """One phrase in one language; a value that is itself a phrase is put in in that language."""
    filled = {name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}
    return _phrases()[key][language].format(**filled)


def phrase(key: str, **values: Any) -> dict[str, str]:
    """One phrase in every language."""
    return {language: say(key, language, **values) for language in LANGUAGES}


def plain(text: str) -> dict[str, str]:
    """A text that is the same in every language."""
    return dict.fromkeys(LANGUAGES, text)


def listed(items: Iterable[str | Phrase], most: int = 3) -> dict[str, str]:
    """The items in a list as each language writes it; beyond `most` it says how many more there are."""
    each = list(items)
    shown = [item if isinstance(item, Mapping) else plain(item) for item in each[:most]]
    lists = {language: _COMMA[language].join(item[language] for item in shown) for language in LANGUAGES}
    return lists if len(each) <= most else phrase("and_more", items=lists, n=len(each) - most)


def joined(sentences: Iterable[Phrase]) -> dict[str, str]:
    """Sentences one after the other; each says its own full stop."""
    each = list(sentences)
    return {language: _SPACE[language].join(s[language] for s in each if s[language]) for language in LANGUAGES}
