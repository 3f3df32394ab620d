"""jieba's dictionary as the finders read it: the same entries whichever way they are asked for."""

import json
from importlib import import_module
from pkgutil import iter_modules

import pytest

import analysis.find
from analysis.find.dictionary import KEEPERS, KEPT, SEARCHED, Dictionary, dictionary

for module in iter_modules(analysis.find.__path__):
    import_module(f"analysis.find.{module.name}")


def test_a_lookup_gives_what_the_whole_file_says() -> None:
    known = dictionary()
    assert {word: known[word] for word in known} == dict(known.items())


def test_words_that_are_searched_for_are_those_of_the_whole_file() -> None:
    told = dict(dictionary().items())
    fresh = Dictionary("\n".join(f"{word} {count} {tag}" for word, (count, tag) in told.items()))
    first = {word[0]: word for word in told}  # the last word of each first character
    asked = [*first.values(), *first, *(f"{character}没有" for character in first)]  # 没有 there is none
    assert len(asked) < SEARCHED * len(first)
    assert {word: fresh.get(word) for word in asked} == {word: told.get(word, (0, "")) for word in asked}


def test_what_is_not_there() -> None:
    known = Dictionary("工会 3 n\n工人 5 n\n会 7 v\n工厂 2 n\n")  # union, worker, can, factory: 工 in two stretches
    assert list(known) == ["工会", "工人", "会", "工厂"]
    assert known["工厂"] == (2, "n")
    assert known.get("工") == (0, "")
    assert "" not in known
    with pytest.raises(KeyError):
        known["没有"]  # there is no such word


@pytest.mark.parametrize("name", sorted(KEEPERS))
def test_what_is_kept_is_what_the_dictionary_gives(name: str) -> None:
    kept = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))["value"]
    assert kept == json.loads(json.dumps(KEEPERS[name]())), "run `python -m analysis.find.dictionary`"


def test_nothing_else_is_kept() -> None:
    assert {path.name for path in KEPT.glob("*")} == {f"{name}.json" for name in KEEPERS} | {"LICENSE.txt"}
