"""The word cutter: rjieba with jieba's own dictionary and the project's words, and jieba's part-of-speech tags.

>>> from analysis.read.lexicons import load
>>> cutter(load()).cut("工会组织职工", False)
['工会', '组织', '职工']

rjieba is built once per process and set of lexicons. jieba itself is never imported: its dictionary is read as data, so
that neither its global tokenizer nor its cache file in the temp folder can change the words.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import rjieba

from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

# Tag of a word of words.csv without one: jieba's tag of fixed expressions.
LEXICON_TAG = "l"


@cache
def dictionary() -> Mapping[str, tuple[int, str]]:
    """jieba's dictionary: word (Simplified) → (its count in jieba's corpus, part of speech)."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("jieba is not installed: its dictionary gives the words and their tags (pip install jieba)")
    lines = (Path(spec.submodule_search_locations[0]) / "dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: (int(count), tag) for word, count, tag in (line.split(" ") for line in lines)}


@lru_cache(maxsize=4)
def cutter(lexicons: Lexicons) -> rjieba.Jieba:
    """A rjieba that knows the words of data/lexicons/words.csv beside its own."""
    cutter = rjieba.Jieba()
    for word in lexicon_words(lexicons):
        cutter.add_word(word)
    return cutter


@lru_cache(maxsize=4)
def lexicon_words(lexicons: Lexicons) -> Mapping[str, str]:
    """Words of data/lexicons/words.csv: Simplified form → part of speech."""
    return {simplified(row["word"]): row["pos"] or LEXICON_TAG for row in lexicons.rows("words")}


@lru_cache(maxsize=4)
def tags(lexicons: Lexicons) -> Mapping[str, str]:
    """Part of speech of each known word; the project's word list before jieba's dictionary."""
    return {word: tag for word, (_, tag) in dictionary().items()} | dict(lexicon_words(lexicons))
