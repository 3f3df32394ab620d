"""One file → its speeches, by the titles that collections on the web carry; what belongs to no speech is listed.

>>> [part.title for part in split("導言。\\n講話(一):\\n同志們辛苦了。\\n講話(二):\\n謝謝大家。\\n").parts]
['講話(一)', '講話(二)']

Marks of a collection: (一)…(二) behind a title, 篇一, 第一篇, numbered or repeated titles, a rule of === or ---. Headings
inside a speech (一、 (一) 第一章) never split it, and a file without such marks is one speech, title line included.
Introductions, front matter, lists of links and licence boxes stay outside. It does not look inside a speech.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from analysis.read.frontmatter import front_matter
from analysis.read.lines import Lines, lines_of
from analysis.read.signs import RULE, RULES, signs_in
from analysis.read.speech import n_han
from analysis.read.titles import (
    ENDS_IN_GENRE,
    GENRE,
    NUMERAL,
    SENTENCE,
    bare,
    marked,
    salutes,
    title_of,
    title_on_top,
    titled,
)
from analysis.read.webpage import SENTENCE_END, SENTENCE_ENDS, after_head, before_tail


class Span(NamedTuple):
    """Half-open stretch of the decoded file, in code points."""

    start: int
    end: int


class Part(NamedTuple):
    """One speech of a file: its title line and where its text stands."""

    title: str
    start: int
    end: int


class Split(NamedTuple):
    """The speeches of a file, and the text outside them (title lines and rules are neither)."""

    parts: tuple[Part, ...]
    outside: tuple[Span, ...]


class _Cut(NamedTuple):
    """Where a speech begins: the numbers of the first and last line that are not part of its text, and its title."""

    first: int
    last: int
    title: str


_TALK_AT = re.compile(rf"在.{{2,50}}[的之](?:{GENRE})稿?$")  # 在…上的講話: talk at …
_HEADING = re.compile(rf"^[(（第]?(?:{NUMERAL})[)）、.．章節节條条]")
_CHAPTER = re.compile(rf"^第(?:{NUMERAL})[章節节]")

# A title's number: behind it in brackets, as 篇一 (piece one), as 第一篇 (first piece), before it, or bare behind it.
_STYLES = {
    "behind": re.compile(rf"^(?P<stem>.*\S)\s*[(（\[【〔]\s*(?P<n>{NUMERAL})\s*[)）\]】〕]$"),
    "piece": re.compile(
        rf"^(?P<stem>[^。]{{0,50}}?)[\s:：_—-]*[(（]?(?:篇|[范範]文|例文)\s*(?P<n>{NUMERAL})[)）]?"
        r"(?:[\s:：、.．—-]+(?P<rest>.*))?$"
    ),
    "nth": re.compile(rf"^(?P<stem>[^。]{{0,50}}?)[(（]?第\s*(?P<n>{NUMERAL})\s*篇[)）]?[\s:：、.．—-]*(?P<rest>.*)$"),
    "before": re.compile(rf"^[(（]?(?P<n>{NUMERAL})[)）、.．]+\s*(?P<stem>.+)$"),
    "bare": re.compile(rf"^(?P<stem>.*(?:{GENRE})稿?)(?:之)?\s*(?P<n>{NUMERAL})$"),
}


# Behind the line of the first sentence end stands neither a title nor a button of the page.
_TOP_ENDS = re.compile(f"[{SENTENCE_ENDS}].*")


def split(text: str) -> Split:
    """The speeches of a decoded file and the text outside them."""
    front = front_matter(text)
    begin = front.end if front else 0
    before = (_trimmed(text, 0, begin),) if front else ()
    lines, cuts = _cuts(text, begin)
    if cuts:
        parts, outside = _cut(text, lines, cuts, begin)
        return Split(parts, (*before, *outside))
    sentence = _TOP_ENDS.search(text, begin)
    top = lines_of(text[begin : sentence.end() if sentence else len(text)]).moved(begin)
    start, end = after_head(top) or begin, before_tail(text, next(iter(top.starts), len(text)), len(text))
    outside = (_trimmed(text, begin, start),) if start > begin else ()
    title = (title_of(front.title) if front else "") or title_on_top(top)
    whole = Part(title, start, end if end is not None else len(text))
    return Split((whole,), (*before, *outside, *(() if end is None else (_trimmed(text, end, len(text)),))))


def _cuts(text: str, begin: int) -> tuple[Lines, list[_Cut]]:
    """The lines of a collection, and where its speeches begin; nothing of a file that holds one speech."""
    signs = signs_in(text, begin)
    if len(signs.titles) > 1 or signs.ruled:
        lines = lines_of(text[begin:]).moved(begin)
        named = [bisect_left(lines.starts, start) for start in signs.titles]
        for find in _WAYS:
            if len(cuts := find(lines, named)) > 1:
                return lines, cuts
    return Lines([], [], []), []


# Ways in which a collection marks its speeches, surest first: lines → cuts -------------------------------------------


def _numbered(lines: Lines, named: Sequence[int]) -> list[_Cut]:
    """Titles that count: (一) (二) behind them, 篇一 篇二, 第一篇, 1. 2. before them."""
    short = [number for number in named if marked(lines.texts[number])]
    if len(short) < 2:
        return []
    has_chapters = any(map(_CHAPTER.match, lines.texts))
    for style, pattern in _STYLES.items():
        candidates = []
        for number in short:
            match = pattern.match(bare(lines.texts[number]))
            if match and _is_title(style, match, has_chapters, lines, number):
                candidates.append((number, _number(match["n"])))
        if len(chain := _chain(lines, candidates)) > 1:
            return [_Cut(number, number, bare(lines.texts[number])) for number in chain]
    return []


def _is_title(style: str, match: re.Match[str], has_chapters: bool, lines: Lines, number: int) -> bool:
    found = match.groupdict()
    stem, rest = found.get("stem") or "", found.get("rest") or ""
    if style == "piece":
        return not SENTENCE_END.search(rest)
    if style == "nth":  # plans and reports call their parts 第一篇 too
        return not has_chapters and (bool(ENDS_IN_GENRE.search(stem + rest)) or not (stem + rest))
    if style == "before":  # a numbered heading looks the same: a salutation tells, or "talk AT the meeting"
        return bool(ENDS_IN_GENRE.search(stem)) and (_greets(lines, number) or bool(_TALK_AT.match(stem)))
    return bool(ENDS_IN_GENRE.search(stem))


def _chain(lines: Lines, candidates: Sequence[tuple[int, int]]) -> list[int]:
    """The lines that count 1, 2, 3 … and have text under them (a table of contents has none), of lines with their count."""
    chain: list[int] = []
    stops = [*(number for number, _ in candidates), len(lines.texts)][1:]
    for (number, count), following in zip(candidates, stops, strict=False):
        if not _has_body(lines, number + 1, following):
            continue
        if count == 1 and len(chain) < 2:
            chain = [number]
        elif chain and count == len(chain) + 1:
            chain.append(number)
    return chain


def _number(numeral: str) -> int:
    if not re.fullmatch("[一二三四五六七八九十]+", numeral):
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    digits = "零一二三四五六七八九"
    return (digits.find(tens) if tens else 1) * 10 * bool(ten) + (digits.find(ones) if ones else 0)


def _repeated(lines: Lines, named: Sequence[int]) -> list[_Cut]:
    """The same title over each speech; a running head of a page is not followed by a salutation or a long text."""
    places: dict[str, list[int]] = defaultdict(list)
    for number in named:
        if titled(lines.texts[number]):
            places[bare(lines.texts[number])].append(number)
    for title, at in places.items():
        with_body = _with_body(lines, at)
        if len(with_body) > 1 and (all(_greets(lines, number) for number in with_body) or _apart(lines, with_body)):
            return [_Cut(number, number, title) for number in with_body]
    return []


def _apart(lines: Lines, titles: Sequence[int]) -> bool:
    """Whether each title stands between blank lines after a finished sentence and has 200 Han characters under it."""
    stops = [*titles[1:], len(lines.texts)]
    long = all(sum(map(n_han, lines.texts[title + 1 : stop])) >= 200 for title, stop in zip(titles, stops, strict=True))
    alone = all(lines.after_blank[title] and any(lines.after_blank[title + 1 : title + 2]) for title in titles)
    finished = all(SENTENCE.search(lines.texts[title - 1]) for title in titles[1:])
    return long and alone and finished


def _ruled(lines: Lines, named: Sequence[int]) -> list[_Cut]:
    """A rule of === or --- with a title or a salutation under it."""
    rules = [number for number, text in enumerate(lines.texts[:-1]) if text[0] in RULES and number and RULE.match(text)]
    starts = _with_body(lines, [rule for rule in rules if not _underlines(lines, rule) and _parts(lines, rule)])
    if not starts:
        return []
    cuts = [_after_rule(lines, start) for start in starts]
    same_kind = not _opens(lines, starts[0] + 1) and _has_body(lines, 0, starts[0])  # none of them has a title
    if _opens(lines, 0) and _has_body(lines, 0, starts[0]):
        cuts.insert(0, _after_rule(lines, -1))
    elif same_kind or sum(map(n_han, lines.texts[: starts[0]])) >= 200:
        cuts.insert(0, _Cut(-1, -1, ""))
    return cuts


def _parts(lines: Lines, rule: int) -> bool:
    """Whether a rule stands between speeches: a title or a salutation follows, or it is a double one after a finished sentence."""
    above, line, following = lines.texts[rule - 1 : rule + 2]
    double = line[0] in "=＝" and SENTENCE.search(above) and not _HEADING.match(following)
    return _opens(lines, rule + 1) or bool(double)


def _after_rule(lines: Lines, rule: int) -> _Cut:
    """The title under the rule, and under that what underlines it."""
    title = lines.texts[rule + 1]
    if not titled(title):
        return _Cut(rule, rule, "")
    underlined = any(map(RULE.match, lines.texts[rule + 2 : rule + 3]))
    return _Cut(rule, rule + 1 + underlined, bare(title))


def _underlines(lines: Lines, rule: int) -> bool:
    """A rule right under a title is an underline, as in Markdown."""
    return not lines.after_blank[rule] and titled(lines.texts[rule - 1])


def _opens(lines: Lines, number: int) -> bool:
    """Whether a speech may begin on that line."""
    return any(titled(line) or salutes(line) for line in lines.texts[number : number + 1])


def _titled_and_greeting(lines: Lines, named: Sequence[int]) -> list[_Cut]:
    """Different titles, each with a salutation under it."""
    titles = [number for number in named if titled(lines.texts[number]) and _greets(lines, number)]
    return [_Cut(number, number, bare(lines.texts[number])) for number in _with_body(lines, titles)]


_WAYS: tuple[Callable[[Lines, Sequence[int]], list[_Cut]], ...] = (_numbered, _repeated, _ruled, _titled_and_greeting)


def _greets(lines: Lines, title: int) -> bool:
    """Whether a salutation follows within four lines, with nothing but date, place and speaker between."""
    for line in lines.texts[title + 1 : title + 5]:
        if salutes(line):
            return True
        if len(line) > 40 or SENTENCE.search(line):
            return False
    return False


def _with_body(lines: Lines, numbers: Sequence[int]) -> list[int]:
    """Those of the lines that have text under them before the next of them."""
    stops = [*numbers, len(lines.texts)][1:]
    return [number for number, stop in zip(numbers, stops, strict=True) if _has_body(lines, number + 1, stop)]


def _has_body(lines: Lines, first: int, stop: int) -> bool:
    return any(SENTENCE_END.search(line) or len(line) > 40 for line in lines.texts[first:stop])


# Cuts → parts ----------------------------------------------------------------------------------------------------------


def _cut(text: str, lines: Lines, cuts: Sequence[_Cut], begin: int) -> Split:
    parts, outside = [], []
    first = cuts[0].first
    if first > 0 and (before := _trimmed(text, begin, lines.starts[first])).end > before.start:
        outside.append(before)
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        stop = following.first if following else len(lines.texts)
        part, tail = _part(text, lines.some(cut.last + 1, stop), cut.title)
        parts.append(part)
        outside.extend(tail)
    return Split(tuple(parts), tuple(outside))


def _part(text: str, lines: Lines, title: str) -> tuple[Part, list[Span]]:
    """The speech that these lines hold, from the indent of its first line to its last; and the web's lines behind it."""
    start, end = _indent(text, lines.starts[0]), lines.starts[-1] + len(lines.texts[-1])
    if (tail := before_tail(text, lines.starts[0], end)) is None:
        return Part(title, start, end), []
    return Part(title, start, _trimmed(text, start, tail).end), [Span(tail, end)]


def _indent(text: str, start: int) -> int:
    """Start of the line on which `start` is the first visible character."""
    while start and text[start - 1] in " \t\u3000":
        start -= 1
    return start


def _trimmed(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    return Span(start + left, max(start + left, start + len(inner.rstrip())))
