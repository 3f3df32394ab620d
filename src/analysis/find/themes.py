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
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from analysis.find import Found
from analysis.find.locate import nodes_at, sentence_spans, sentences_at
from analysis.read.lexicons import Lexicons
from analysis.read.literals import Literals, literals
from analysis.read.script import remember, simplified
from analysis.read.speech import Speech
from analysis.schema import Theme


class Rule(NamedTuple):
    """One term, in Simplified: its words, what its sentence must have and must not have."""

    heads: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]


class Headed(NamedTuple):
    """A rule at one of its words: its number, the place of its theme, and what its sentence must not have beside its words."""

    number: int
    theme: int
    rule: Rule
    beside: tuple[str, ...]


class Plan(NamedTuple):
    """The themes in order, the words to look for, and the rules each of them heads."""

    themes: tuple[str, ...]
    words: Literals
    rules: dict[str, tuple[Headed, ...]]


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Theme]:
    """Rows in text order; rows at one place in the order of the themes in the lexicon."""
    plan, text = _plan(lexicons), speech.text
    told = sorted(_places(speech.shadow, *sentence_spans(found), plan))
    starts = [start for start, _, _ in told]
    for (start, theme, end), sentence, node in zip(told, sentences_at(found, starts), nodes_at(found, starts), strict=True):
        yield Theme(speech.speech, sentence, node, start, end, text[start:end], plan.themes[theme])


@lru_cache(maxsize=8)
def _plan(lexicons: Lexicons) -> Plan:
    headed: dict[str, list[Headed]] = {}
    by_theme = rules_by_theme(lexicons)
    rules = [(theme, rule) for theme, of_theme in enumerate(by_theme.values()) for rule in of_theme]
    for number, (theme, rule) in enumerate(rules):
        beside = tuple(word for word in rule.unless if not any(head in word for head in rule.heads))
        for head in rule.heads:
            headed.setdefault(head, []).append(Headed(number, theme, rule, beside))
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


def _places(shadow: str, starts: Sequence[int], ends: Sequence[int], plan: Plan) -> Iterator[tuple[int, int, int]]:
    """Where rules hold in one of the sentences: start, theme and end; of places of one theme that overlap the longest."""
    by_theme: dict[int, set[tuple[int, int]]] = {}
    # A sentence is judged once by each rule, however often its words stand in it.
    judged: dict[tuple[int, int], bool] = {}
    for start, head in plan.words.places(shadow):
        at, end = bisect_right(starts, start) - 1, start + len(head)
        if at < 0 or end > ends[at]:
            continue
        for one in plan.rules[head]:
            if one.rule.needs or one.rule.unless:
                if (at, one.number) not in judged:
                    judged[at, one.number] = _holds(shadow[starts[at] : ends[at]], one)
                if not judged[at, one.number] or _inside(shadow, start, head, one.rule.unless):
                    continue
            by_theme.setdefault(one.theme, set()).add((start, end))
    for theme, places in by_theme.items():
        for start, end in _longest(places):
            yield start, theme, end


def _holds(sentence: str, one: Headed) -> bool:
    """Whether the sentence has what the rule needs and none of what it must not have beside its words."""
    for need in one.rule.needs:
        for word in need:
            if word in sentence:
                break
        else:
            return False
    return not any(word in sentence for word in one.beside)


def _inside(shadow: str, start: int, head: str, longer: Iterable[str]) -> bool:
    """Whether the `head` at `start` is part of one of the longer words."""
    for word in longer:
        shift = word.find(head)
        while shift >= 0:
            if start >= shift and shadow.startswith(word, start - shift):
                return True
            shift = word.find(head, shift + 1)
    return False


def _longest(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places that do not overlap: the longer one stays, of two equally long the earlier."""
    group: list[tuple[int, int]] = []
    reached = 0
    for place in sorted(places):
        # Only places that hang together have to be weighed against each other.
        if place[0] >= reached:
            yield from _apart(group)
            group = []
        group.append(place)
        reached = max(reached, place[1])
    yield from _apart(group)


def _apart(group: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if len(group) < 2:
        yield from group
        return
    first = group[0][0]
    taken = bytearray(max(end for _, end in group) - first)
    for start, end in sorted(group, key=lambda place: (place[0] - place[1], place[0])):
        if not any(taken[start - first : end - first]):
            taken[start - first : end - first] = b"\1" * (end - start)
            yield start, end
