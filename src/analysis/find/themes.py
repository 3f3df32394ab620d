"""Themes: places where a sentence uses a term of a theme of data/lexicons/themes.csv.

>>> rule = read_rule("培訓 & 職工|工人 -幹部")
>>> rule.heads, rule.needs, rule.unless
(('培训',), (('职工', '工人'),), ('干部',))

A `term` is one or more words and, where one word is not enough, conditions on the sentence it stands in:
    維權                    the word
    欠薪|拖欠工資            either word
    培訓 & 職工|工人         the first, in a sentence that also has one of the others
    改革 -改革發展           the first, but not as part of the longer word
    四化 -現代化             the first, in a sentence without the other
A row marks the first word only: conditions decide, they are not counted. Within one theme the longest term wins where
two overlap; one place may belong to several themes. Terms are compared in Simplified.
It does not say what a sentence is about: it says which words of which theme stand in it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from analysis.find import Found
from analysis.find.locate import node_at, sentence_at
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified
from analysis.read.speech import Speech
from analysis.schema import Sentence, Theme


class Rule(NamedTuple):
    """One term, in Simplified: its words, what its sentence must have and must not have."""

    heads: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Theme]:
    """Rows in text order; rows at one place in the order of the themes in the lexicon."""
    rows = []
    for order, (theme, rules) in enumerate(rules_by_theme(lexicons).items()):
        places = {place for rule in rules for place in _places(speech.shadow, found, rule)}
        for start, end in _longest(places, len(speech.shadow)):
            number = sentence_at(found, start)
            row = Theme(speech.speech, number, node_at(found, start), start, end, speech.text[start:end], theme)
            rows.append((start, order, end, row))
    yield from (row for _, _, _, row in sorted(rows, key=lambda item: item[:3]))


@lru_cache(maxsize=8)
def rules_by_theme(lexicons: Lexicons) -> dict[str, tuple[Rule, ...]]:
    """Theme → its rules, both in the order of the lexicon."""
    rules: dict[str, list[Rule]] = {}
    for line in lexicons.rows("themes"):
        rules.setdefault(line["theme"], []).append(read_rule(line["term"]))
    return {theme: tuple(of_theme) for theme, of_theme in rules.items()}


def read_rule(term: str) -> Rule:
    """The rule written in a cell of `term`; ValueError where it has no word or an empty condition."""
    positive, *unless = term.split(" -")
    heads, *needs = (tuple(simplified(word.strip()) for word in part.split("|")) for part in positive.split("&"))
    rule = Rule(heads, tuple(needs), tuple(simplified(word.strip()) for word in unless))
    if not all((*rule.heads, *(word for need in rule.needs for word in need), *rule.unless)):
        raise ValueError(f"themes.csv: term {term!r} has an empty word; write word, word & word, word|word or word -word")
    return rule


def _places(shadow: str, found: Found, rule: Rule) -> Iterator[tuple[int, int]]:
    """Where the rule holds: start and end of each of its words."""
    within = [word for word in rule.unless if any(head in word for head in rule.heads)]
    without = [word for word in rule.unless if word not in within]
    # A sentence is judged once, however often the word stands in it.
    judged: dict[int, bool] = {}
    for head in rule.heads:
        for start in _occurrences(shadow, head):
            sentence = _sentence(found, start, start + len(head))
            if sentence is None:
                continue
            if sentence.sentence not in judged:
                judged[sentence.sentence] = _holds(shadow[sentence.start : sentence.end], rule.needs, without)
            if judged[sentence.sentence] and not any(_inside(shadow, start, head, word) for word in within):
                yield start, start + len(head)


def _occurrences(shadow: str, word: str) -> Iterator[int]:
    start = shadow.find(word)
    while start >= 0:
        yield start
        start = shadow.find(word, start + len(word))


def _sentence(found: Found, start: int, end: int) -> Sentence | None:
    """The sentence that holds the whole stretch."""
    sentences = found.get("sentences", ())
    place = bisect_right(sentences, start, key=lambda row: row.start) - 1
    return sentences[place] if place >= 0 and end <= sentences[place].end else None


def _holds(sentence: str, needs: tuple[tuple[str, ...], ...], without: list[str]) -> bool:
    return all(any(word in sentence for word in need) for need in needs) and not any(word in sentence for word in without)


def _inside(shadow: str, start: int, head: str, word: str) -> bool:
    """Whether the `head` at `start` is part of the longer `word`."""
    shift = word.find(head)
    while shift >= 0:
        if start >= shift and shadow.startswith(word, start - shift):
            return True
        shift = word.find(head, shift + 1)
    return False


def _longest(places: set[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """Places that do not overlap: the longer one stays, of two equally long the earlier."""
    taken = bytearray(length)
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield start, end
