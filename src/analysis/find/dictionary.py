"""jieba's dictionary as data: which strings are words, how often its corpus has them, and their tags.

>>> dictionary()["职工"]                                                  # workers
(5213, 'n')

jieba itself is never imported: its file dict.txt is read, so that neither its global tokenizer nor its cache file in the
temp folder can change the words. A lookup parses only the entries that begin with the same character, because a short
speech needs few of the 349,000. What must be worked out from all of them (`from_dictionary`) is kept in the folder
`from_dictionary` beside this file, and worked out anew where another dict.txt is installed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, TypeVar

import numpy as np

from analysis.read.codes import codes_in, text_of

Value = TypeVar("Value")
Entry = tuple[int, str]  # count in jieba's corpus, part of speech
Runs = tuple[str, list[int]]  # of lines that begin with the same character: these, and where each run starts

KEPT = Path(__file__).parent / "from_dictionary"
# Words of one first character that are searched for one by one before all of them are made ready.
SEARCHED = 4


class Dictionary:
    """A mapping word (Simplified) → (its count, its tag), in the order of the file; one line there is `word count tag`."""

    def __init__(self, text: str, runs: "Callable[[], Runs] | None" = None) -> None:
        self._text = text.rstrip("\n")
        self._runs = runs or (lambda: runs_of(self._text))
        self._blocks: dict[str, dict[str, tuple[str, str]]] = {}
        self._asked: dict[str, int] = {}

    def __getitem__(self, word: str) -> Entry:
        if entry := self._entry(word):
            return int(entry[0]), entry[1]
        raise KeyError(word)

    def get(self, word: str, default: Entry = (0, "")) -> Entry:
        """The entry of a word, or `default`: never met, no tag."""
        # Asked for thousands of times a second: what is ready is looked up here.
        entry = block.get(word) if (block := self._blocks.get(word[:1])) else self._entry(word)
        return (int(entry[0]), entry[1]) if entry else default

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._entry(word) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def items(self) -> Iterable[tuple[str, Entry]]:
        """All words with their entries."""
        return zip(self.words, self.values(), strict=True)

    def values(self) -> Iterable[Entry]:
        """All entries, in the order of the words."""
        return zip(map(int, self._parts[1::3]), self._parts[2::3], strict=True)

    @cached_property
    def words(self) -> list[str]:
        """All words."""
        return self._parts[0::3]

    @cached_property
    def _parts(self) -> list[str]:
        return self._text.split()

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        """Where the lines that begin with a character stand: mostly one stretch, since the file is nearly sorted."""
        first, starts = self._runs()
        places: dict[str, list[tuple[int, int]]] = {}
        for character, start, end in zip(first, starts, [*starts[1:], len(self._text)], strict=True):
            places.setdefault(character, []).append((start, end))
        return places

    def _entry(self, word: str) -> tuple[str, str] | None:
        """Count and tag as written. The first words of a character are searched for in the text, which costs less than its block."""
        if block := self._blocks.get(first := word[:1]):
            return block.get(word)
        self._asked[first] = asked = self._asked.get(first, 0) + 1
        return self._searched(word) if asked <= SEARCHED else self.beginning_with(first).get(word)

    def _searched(self, word: str) -> tuple[str, str] | None:
        for start, end in self._places.get(word[:1], ()):
            line = start if self._text.startswith(f"{word} ", start) else self._text.find(f"\n{word} ", start, end) + 1 or None
            if line is not None:
                _, count, tag = self._text[line:end].split(None, 3)[:3]
                return count, tag
        return None

    def beginning_with(self, first: str) -> Mapping[str, tuple[str, str]]:
        """The entries that begin with one character, with their counts as written: few of them are asked for."""
        block = self._blocks.get(first)
        if block is None:
            parts = " ".join(self._text[start:end] for start, end in self._places.get(first, ())).split()
            block = self._blocks[first] = dict(zip(parts[0::3], zip(parts[1::3], parts[2::3], strict=True), strict=True))
        return block


def runs_of(text: str) -> Runs:
    """The first characters of the runs of lines that begin alike, and where each run starts."""
    codes = codes_in(text)
    lines = np.concatenate([[0], np.flatnonzero(codes == ord("\n")) + 1])
    first = codes[lines]
    begun = np.concatenate([[0], np.flatnonzero(np.diff(first)) + 1])
    return text_of(first[begun]), lines[begun].tolist()


@cache
def dictionary() -> Dictionary:
    """The dictionary of the installed jieba."""
    return Dictionary(_text(), _runs)


def from_dictionary(name: str) -> Callable[[Callable[[], Value]], Callable[[], Value]]:
    """Keeps what a function without arguments works out from the dictionary alone, as JSON, in `from_dictionary/NAME.json`.

    `python -m analysis.find.dictionary` writes these files; a test compares them with what the functions give.
    """

    def keeping(work: Callable[[], Value]) -> Callable[[], Value]:
        @cache
        def kept() -> Value:
            path = KEPT / f"{name}.json"
            told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
            return told["value"] if told.get("dictionary") == _hash() else work()

        KEEPERS[name] = work
        return kept

    return keeping


# What `from_dictionary` decorates, by name.
KEEPERS: dict[str, Callable[[], Any]] = {}


def keep_all(folder: Path = KEPT) -> None:
    """Work out everything anew and write it."""
    for module in iter_modules([str(Path(__file__).parent)]):
        import_module(f"analysis.find.{module.name}")
    folder.mkdir(exist_ok=True)
    for name, work in KEEPERS.items():
        told = json.dumps({"dictionary": _hash(), "value": work()}, ensure_ascii=False, indent=0, sort_keys=True)
        (folder / f"{name}.json").write_text(told + "\n", encoding="utf-8", newline="\n")


@from_dictionary("runs")
def _runs() -> Runs:
    return runs_of(_text())


def _text() -> str:
    return _bytes().decode().rstrip("\n")


@cache
def _bytes() -> bytes:
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("jieba is not installed: its dictionary gives the words and their tags (pip install jieba)")
    return (Path(spec.submodule_search_locations[0]) / "dict.txt").read_bytes()


@cache
def _hash() -> str:
    return hashlib.sha256(_bytes()).hexdigest()


if __name__ == "__main__":
    from analysis.find import dictionary as this

    this.keep_all()
