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

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.find import Columns, Found
from analysis.find.columnar import Coded, Offsets
from analysis.find.locate import held
from analysis.find.spans import Spans, apart, spans_of
from analysis.find.together import together
from analysis.read.lexicons import Lexicons
from analysis.read.literals import Literals, literals
from analysis.read.script import remember, simplified
from analysis.read.speech import Speech


class Rule(NamedTuple):
    """One term, in Simplified: its words, what its sentence must have and must not have."""

    heads: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]


class Headed(NamedTuple):
    """A rule at one of its words: its number, the place of its theme, and its conditions.

    `needs` and `beside` are asked of the sentence, `longer` of the place: by how much a longer word begins before, and the word.
    """

    number: int
    theme: int
    needs: tuple[tuple[str, ...], ...]
    beside: tuple[str, ...]
    longer: tuple[tuple[int, str], ...]


class Plan(NamedTuple):
    """The themes in order, the words to look for, and the rules each of them heads."""

    themes: tuple[str, ...]
    words: Literals
    rules: dict[str, tuple[Headed, ...]]


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Columns:
    """Columns of table `themes` in text order; rows at one place in the order of the themes in the lexicon."""
    return next(find_each([speech], [found], lexicons))


def find_each(speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons) -> Iterator[Columns]:
    """The columns of each speech, as `find` gives them; short speeches are searched as one text."""
    whole, plan = together(tuple(speeches)), _plan(lexicons)
    sentences = held(whole.begins, founds, "sentences", "sentence")
    spans, themes = _places(whole.shadow, sentences.spans, plan)
    numbers = sentences.at(spans[:, 0])
    nodes = held(whole.begins, founds, "outline", "node").at(spans[:, 0])
    edges = [*np.searchsorted(spans[:, 0], whole.begins).tolist(), len(spans)]
    for speech, begin, (first, last) in zip(speeches, whole.begins, pairwise(edges), strict=True):
        starts, ends = (spans[first:last] - begin).T
        yield {
            "speech": Coded([speech.speech], np.zeros(last - first, np.int32)),
            "sentence": numbers[first:last],
            "node": nodes[first:last],
            "start": starts,
            "end": ends,
            "text": [speech.text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)],
            "theme": Coded(plan.themes, themes[first:last]),
        }


@lru_cache(maxsize=8)
def _plan(lexicons: Lexicons) -> Plan:
    headed: dict[str, list[Headed]] = {}
    by_theme = rules_by_theme(lexicons)
    rules = [(theme, rule) for theme, of_theme in enumerate(by_theme.values()) for rule in of_theme]
    for number, (theme, rule) in enumerate(rules):
        beside = tuple(word for word in rule.unless if not any(head in word for head in rule.heads))
        for head in rule.heads:
            longer = tuple((at, word) for word in rule.unless for at in range(len(word)) if word.startswith(head, at))
            headed.setdefault(head, []).append(Headed(number, theme, rule.needs, beside, longer))
    return Plan(tuple(by_theme), literals(headed), {head: tuple(of_head) for head, of_head in headed.items()})


@lru_cache(maxsize=8)
def rules_by_theme(lexicons: Lexicons) -> dict[str, tuple[Rule, ...]]:
    """Theme → its rules, both in the order of the lexicon."""
    lines = lexicons.rows("themes")
    remember(line["term"] for line in lines)
    rules: dict[str, list[Rule]] = {}
    for line in lines:
        rules.setdefault(line["theme"], []).append(read_rule(line["term"]))
    return {theme: tuple(of_theme) for theme, of_theme in rules.items()}


def read_rule(term: str) -> Rule:
    """The rule written in a cell of `term`; ValueError where it has no word or an empty condition."""
    positive, *unless = simplified(term).split(" -")
    heads, *needs = (tuple(word.strip() for word in part.split("|")) for part in positive.split("&"))
    rule = Rule(heads, tuple(needs), tuple(word.strip() for word in unless))
    if not all((*rule.heads, *(word for need in rule.needs for word in need), *rule.unless)):
        raise ValueError(f"themes.csv: term {term!r} has an empty word; write word, word & word, word|word or word -word")
    return rule


def _places(shadow: str, sentences: Spans, plan: Plan) -> tuple[Spans, Offsets]:
    """Where rules hold in one of the sentences, and their themes; of places of one theme that overlap the longest."""
    met = list(plan.words.places(shadow))
    spans = spans_of((start, start + len(head)) for start, head in met)
    at = np.searchsorted(sentences[:, 0], spans[:, 0], side="right") - 1
    inside = (at >= 0) & (spans[:, 1] <= sentences[at, 1]) if len(sentences) else np.zeros(len(met), np.bool_)
    # A sentence is judged once by each rule, however often its words stand in it.
    judged: dict[tuple[int, int], bool] = {}
    kept: list[tuple[int, int]] = []
    for place, of_sentence in zip(np.flatnonzero(inside).tolist(), at[inside].tolist(), strict=True):
        start, head = met[place]
        for one in plan.rules[head]:
            if one.needs or one.beside:
                if (of_sentence, one.number) not in judged:
                    begin, end = sentences[of_sentence].tolist()
                    judged[of_sentence, one.number] = _holds(shadow[begin:end], one)
                if not judged[of_sentence, one.number]:
                    continue
            if not one.longer or not _inside(shadow, start, one.longer):
                kept.append((place, one.theme))
    places, themes = np.array(kept, dtype=np.int64).reshape(-1, 2).T
    return _longest(spans[places], themes, len(shadow) + 1)


def _inside(shadow: str, start: int, longer: Iterable[tuple[int, str]]) -> bool:
    """Whether the word at `start` is part of one of the longer words."""
    return any(start >= shift and shadow.startswith(word, start - shift) for shift, word in longer)


def _holds(sentence: str, one: Headed) -> bool:
    """Whether the sentence has what the rule needs and none of what it must not have beside its words."""
    for need in one.needs:
        for word in need:
            if word in sentence:
                break
        else:
            return False
    return not any(word in sentence for word in one.beside)


def _longest(spans: Spans, themes: Offsets, size: int) -> tuple[Spans, Offsets]:
    """Of spans of one theme that overlap the longer one, of two equally long the earlier; sorted by start."""
    # The longest come first, and each theme has a stretch of its own.
    order = np.lexsort((spans[:, 0], spans[:, 0] - spans[:, 1]))
    kept = apart((spans + themes[:, None] * size)[order])
    themes, kept = kept[:, 0] // size, kept % size
    order = np.lexsort((themes, kept[:, 0]))
    return kept[order], themes[order]
