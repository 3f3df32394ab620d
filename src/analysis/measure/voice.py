"""Voice: how a speech speaks. Counted with receipts, not judged.

`marks` gives the places: directives (要, 必須) and what was done (取得, 實現了); `speakers` who speaks (我, 我們) and on whose
behalf (我代表縣委); `lengths` sentences and clauses; `series` parallel series (一年來,… five times); `rhythm` the share of
clauses of four characters. All by section. A mark is a word: 要 in 只要 (if only) or 需要 (need) is none, but 要 may still
mean "want". Nothing here says that a speech is strict or boastful.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.measure.counts import by_speech
from analysis.measure.sections import section_at, sections
from analysis.measure.shares import wilson
from analysis.read.script import shadow
from analysis.read.speech import HAN, n_han

if TYPE_CHECKING:
    from analysis.tables import Tables

# Words that say what shall be done, in Simplified: have to, must, by all means, make sure, strive for, should, strictly forbidden.
DIRECTIVES = frozenset("要 必须 务必 务必要 务须 确保 力争 应 应当 应该 须 不得 不能 严禁 务求 坚决".split())  # noqa: SIM905
# Words that say what was reached: obtain, win, gain, be awarded, reach, amount to, break through, succeed.
ACHIEVEMENTS = frozenset("取得 赢得 获得 荣获 获 达到 高达 达 突破 超额完成 圆满完成 成功".split())  # noqa: SIM905
# Ends a verb that is over and done with: 实现|了 (realised), and 过 (went through).
DONE = frozenset(["了"])
# A verb before 了 counts only if it is two characters long or one of these: 建 build, 抓 take in hand, 办 do.
SHORT_VERBS = frozenset("建抓办修树激写")
SELF, SELVES = "self", "we"
# 我 I, 本人 I myself; 我们 we, 咱们 we all, 我县 our county, 我国 our country.
_SPEAKER = re.compile(
    f"(?P<self>我(?!们|[国省县市旗区院党军方会部厅局处校])|本人)|(?P<we>我们|咱们)|(?P<our>我[国省县市旗区院党军会部厅局](?![{HAN}]?[门们]))"
)
# 我代表… up to the next mark: on whose behalf the thanks are given.
_BEHALF = re.compile(
    "(?:我|本人|我们)[^，,。:：;；!！?？\n]{0,4}代表(?P<whom>[^，,。:：;；!！?？\n]{1,40}?)(?=[，,]|向|致|对|同|表示|祝|宣|作|$)"
)
_CLAUSE = re.compile("[^，,。；;：:！!？?、\n“”‘’「」『』()（）《》…—]+")
# Weaker and weaker marks: a series may run over sentences, clauses or items.
LEVELS = (re.compile("[^。！!？?；;：:\n]+"), re.compile("[^。！!？?；;：:，,\n]+"), re.compile("[^。！!？?；;：:，,、\n]+"))
# A series has this many members at least.
SERIES = 3
# Marks that may part two clauses of one run.
JOINING = frozenset("、，,；;")
LONGEST_OPENER = 6
_FOUR = 4
_OPENING_MARKS = re.compile("[\\s“‘「『(（]*(?:[一二三四五六七八九十]+[是要、])?")

SECTION_TYPES = {"speech": "string", "section": "Int64", "kind": "string", "title": "string"}


class Mark(NamedTuple):
    """One place; kind: directive or achievement."""

    speech: str
    section: int
    sentence: int | None
    start: int
    end: int
    text: str
    kind: str


def marks(tables: "Tables", *, depth: int = 1) -> pd.DataFrame:
    """One row per word that says what shall be done (directive) or what was reached (achievement), in text order."""
    parts, tokens = sections(tables, depth=depth), by_speech(tables.tokens)
    rows = []
    for speech in tables.speeches["speech"]:
        found = list(_marks(tokens(speech)))
        section = section_at(parts, speech, [start for _, start, _, _ in found]).tolist() if found else []
        for (sentence, start, end, kind), number in zip(found, section, strict=True):
            rows.append(Mark(speech, int(number), sentence, start, end, tables.texts[speech][start:end], kind))
    types = {
        "speech": "string",
        "section": "Int64",
        "sentence": "Int64",
        "start": "Int64",
        "end": "Int64",
        "text": "string",
        "kind": "string",
    }
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def directives(tables: "Tables", *, depth: int = 1) -> pd.DataFrame:
    """One row per section: sentences with a directive and with an achievement, their shares, and marks per 10,000 characters."""
    types = SECTION_TYPES | {"n_han": "Int64", "of_sentences": "Int64"}
    for kind in ("directive", "achievement"):
        types |= {f"n_{kind}": "Int64", f"{kind}_sentences": "Int64", f"{kind}_share": "Float64"}
        types |= {f"{kind}_low": "Float64", f"{kind}_high": "Float64", f"{kind}_per_10k": "Float64", f"{kind}_words": "string"}
    parts, found = sections(tables, depth=depth), marks(tables, depth=depth)
    sentences, marks_of = by_speech(tables.sentences), found.groupby(["speech", "section"]).indices
    rows = []
    for part in parts.itertuples():
        starts = sentences(str(part.speech))["start"].to_numpy(np.int64)
        total = int(((starts >= part.start) & (starts < part.end)).sum())
        row = [part.speech, part.section, part.kind, part.title, part.n_han, total]
        here = found.take(marks_of.get((part.speech, part.section), []))
        for kind in ("directive", "achievement"):
            row += _summary(here[here["kind"] == kind], total, int(part.n_han))
        rows.append(row)
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def speakers(tables: "Tables", *, depth: int = 1) -> pd.DataFrame:
    """One row per mention of the speaker: who (self, we, our), and on whose behalf where it is said (whom, a slice of the text)."""
    parts = sections(tables, depth=depth)
    types = {
        "speech": "string",
        "section": "Int64",
        "start": "Int64",
        "end": "Int64",
        "text": "string",
        "who": "string",
        "whom": "string",
    }
    rows = []
    for speech in tables.speeches["speech"]:
        text = tables.texts[speech]
        plain = shadow(text)
        behalf = {match.start(): match.span("whom") for match in _BEHALF.finditer(plain)}
        found = list(_SPEAKER.finditer(plain))
        section = section_at(parts, speech, [match.start() for match in found]).tolist() if found else []
        for match, number in zip(found, section, strict=True):
            start, end = match.span()
            whom = text[slice(*behalf[start])] if start in behalf else None
            rows.append((speech, number, start, end, text[start:end], match.lastgroup, whom))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def lengths(tables: "Tables", *, depth: int = 1) -> pd.DataFrame:
    """One row per section: sentences and clauses, their mean and median length and the longest, in Han characters."""
    names = ("n", "mean", "median", "longest")
    types = SECTION_TYPES | {
        f"{unit}_{name}": "Int64" if name in ("n", "longest") else "Float64" for unit in ("sentence", "clause") for name in names
    }
    sentences = by_speech(tables.sentences)
    rows = []
    for part in sections(tables, depth=depth).itertuples():
        of_speech = sentences(str(part.speech))
        here = of_speech[(of_speech["start"] >= part.start) & (of_speech["start"] < part.end)]
        text = tables.texts[str(part.speech)][int(part.start) : int(part.end)]
        clauses = [n_han(text[start:end]) for start, end in _clauses(text, (0, len(text)))]
        rows.append(
            [part.speech, part.section, part.kind, part.title, *_lengths([n_han(t) for t in here["text"]]), *_lengths(clauses)]
        )
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def rhythm(tables: "Tables", *, depth: int = 1) -> pd.DataFrame:
    """One row per section: clauses (cut at every mark, also 、), those of four characters, their share with Wilson's interval."""
    types = SECTION_TYPES | {
        "clauses": "Int64",
        "of_four": "Int64",
        "share": "Float64",
        "share_low": "Float64",
        "share_high": "Float64",
    }
    rows = []
    for part in sections(tables, depth=depth).itertuples():
        text = tables.texts[str(part.speech)]
        clauses = _clauses(text, (int(part.start), int(part.end)))
        four = sum(_is_four(text[start:end]) for start, end in clauses)
        low, high = wilson(four, len(clauses))
        share = four / len(clauses) if clauses else None
        rows.append((part.speech, part.section, part.kind, part.title, len(clauses), four, share, low, high))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def four_character_runs(tables: "Tables", *, least: int = 2) -> pd.DataFrame:
    """One row per run of `least` or more clauses of four characters on end: 求真務實、開拓進取; longest first."""
    types = {"speech": "string", "start": "Int64", "end": "Int64", "text": "string", "n": "Int64"}
    rows = []
    for speech in tables.speeches["speech"]:
        text = tables.texts[speech]
        for run in _runs_of_four(text):
            if len(run) >= least:
                rows.append((speech, run[0][0], run[-1][1], text[run[0][0] : run[-1][1]], len(run)))
    rows.sort(key=lambda row: (-row[4], row[0], row[1]))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def series(tables: "Tables", *, least: int = SERIES) -> pd.DataFrame:
    """One row per parallel series: members on end that begin with the same words, or (items) end with the same character.

    kind: opening (一年來,…;一年來,…) or ending (機關化、行政化、貴族化); `words` is what they share, `n` how many members.
    """
    types = {
        "speech": "string",
        "start": "Int64",
        "end": "Int64",
        "text": "string",
        "kind": "string",
        "words": "string",
        "n": "Int64",
    }
    rows = []
    for speech in tables.speeches["speech"]:
        text = tables.texts[speech]
        plain = shadow(text)
        found = [run for level in LEVELS for run in _openings(plain, level, least)] + list(_endings(plain, least))
        for start, end, kind, words, n in _outermost(found):
            rows.append((speech, start, end, text[start:end], kind, text[words[0] : words[1]], n))
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def _marks(tokens: pd.DataFrame) -> Iterator[tuple[int | None, int, int, str]]:
    """Sentence, start, end and kind of each mark of one speech."""
    columns = [tokens[name].tolist() for name in ("sentence", "start", "end", "key", "pos")]
    rows = [(None if s is pd.NA else s, a, b, key, pos) for s, a, b, key, pos in zip(*columns, strict=True)]
    nothing = (None, -1, -1, "", "")
    for ahead, row, after in zip([nothing, *rows], rows, [*rows[1:], nothing], strict=False):
        sentence, start, end, key, pos = row
        if key in DIRECTIVES:
            # 不要 (do not) is one mark, told from its 不 on.
            yield sentence, ahead[1] if ahead[3] == "不" else start, end, "directive"
        elif key in ACHIEVEMENTS and pos != "n":
            yield sentence, start, after[2] if after[3] in DONE and after[1] == end else end, "achievement"
        elif after[3] in DONE and after[1] == end and pos.startswith("v") and (len(key) > 1 or key in SHORT_VERBS):
            yield sentence, start, after[2], "achievement"


def _summary(here: pd.DataFrame, total: int, size: int) -> list[object]:
    """Marks, sentences with one, their share and its interval, marks per 10,000 characters, and the words."""
    n = int(here["sentence"].nunique())
    words = "、".join(f"{word} {count}" for word, count in here["text"].value_counts(sort=True).items())
    share = n / total if total else None
    return [len(here), n, share, *wilson(n, total), len(here) / size * 10_000 if size else None, words]


def _clauses(text: str, within: tuple[int, int]) -> list[tuple[int, int]]:
    """Start and end of each clause that holds a Han character, blanks on both sides left out."""
    found = []
    for match in _CLAUSE.finditer(text, *within):
        body = match[0].strip()
        if n_han(body):
            start = match.start() + match[0].index(body)
            found.append((start, start + len(body)))
    return found


def _is_four(clause: str) -> bool:
    return len(clause) == _FOUR and n_han(clause) == _FOUR


def _runs_of_four(text: str) -> Iterator[list[tuple[int, int]]]:
    """Clauses of four characters that only one mark parts."""
    run: list[tuple[int, int]] = []
    for start, end in _clauses(text, (0, len(text))):
        if not _is_four(text[start:end]) or (run and text[run[-1][1] : start] not in JOINING):
            if run:
                yield run
            run = []
        if _is_four(text[start:end]):
            run.append((start, end))
    if run:
        yield run


def _lengths(values: Sequence[int]) -> list[float | int | None]:
    if not values:
        return [0, None, None, None]
    return [len(values), float(np.mean(values)), float(np.median(values)), max(values)]


Found = tuple[int, int, str, tuple[int, int], int]  # start, end, kind, place of the words shared, members


def _openings(plain: str, level: re.Pattern[str], least: int) -> Iterator[Found]:
    """Series of members on end that begin alike, by two characters or more; members are cut at marks of one level."""
    members = []
    for match in level.finditer(plain):
        opening = _OPENING_MARKS.match(plain, match.start())
        start = opening.end() if opening else match.start()
        if start < match.end():
            members.append((start, match.end()))
    first = 0
    for place in range(1, len(members) + 1):
        here = members[place] if place < len(members) else None
        # A paragraph ends a series.
        joined = here and "\n" not in plain[members[place - 1][1] : here[0]]
        if not (joined and here and _alike(plain, members[first], here) >= 2):
            yield from _opening_series(plain, members, (first, place), least)
            first = place


def _opening_series(plain: str, members: Sequence[tuple[int, int]], span: tuple[int, int], least: int) -> Iterator[Found]:
    """The series of the members of `span`; the one before joins if it says the same words later: 在著力…、著力…、著力…"""
    first, last = span
    run = members[first:last]
    if len(run) < 2:
        return
    alike = min(_alike(plain, run[0], other) for other in run[1:])
    start, n = run[0][0], len(run)
    if first and "\n" not in plain[members[first - 1][1] : start]:
        before = plain.rfind(plain[start : start + alike], *members[first - 1])
        start, n = (before, n + 1) if before >= 0 else (start, n)
    if n >= least:
        yield start, run[-1][1], "opening", (run[0][0], run[0][0] + alike), n


def _alike(plain: str, first: tuple[int, int], other: tuple[int, int]) -> int:
    """How many characters two members begin with in common; marks and letters end it."""
    n = 0
    while n < min(LONGEST_OPENER, first[1] - first[0], other[1] - other[0]) and plain[first[0] + n] == plain[other[0] + n]:
        if not n_han(plain[first[0] + n]):
            break
        n += 1
    return n


def _endings(plain: str, least: int) -> Iterator[Found]:
    """Items of one length (two to six characters) joined by 、 that end with the same character: 经常化、制度化、规范化."""
    run: list[tuple[int, int]] = []
    before = (0, 0)
    for here in [*((m.start(), m.end()) for m in _CLAUSE.finditer(plain)), (len(plain), len(plain))]:
        fits = run and plain[run[-1][1] : here[0]] == "、" and plain[here[1] - 1] == plain[run[0][1] - 1]
        if not (fits and here[1] - here[0] == run[0][1] - run[0][0]):
            if len(run) >= least - 1 and (run := _with_first(plain, run, before)) and len(run) >= least:
                yield run[0][0], run[-1][1], "ending", (run[0][1] - 1, run[0][1]), len(run)
            before = run[-1] if run else before
            run = []
        if 2 <= here[1] - here[0] <= LONGEST_OPENER:
            run.append(here)
        elif not run:
            before = here


def _with_first(plain: str, run: list[tuple[int, int]], before: tuple[int, int]) -> list[tuple[int, int]]:
    """The run with the item before it, if that is one more with words before it: 職工的知情權、參與權、表達權."""
    length = run[0][1] - run[0][0]
    longer = before[1] - before[0] > length and plain[before[1] : run[0][0]] == "、"
    alike = longer and plain[before[1] - 1] == plain[run[0][1] - 1]
    return [(before[1] - length, before[1]), *run] if alike else run


def _outermost(found: list[Found]) -> list[Found]:
    """Series in text order; of one found at several levels the one with more members, of equals the longer."""
    kept: dict[str, list[Found]] = {}
    for here in sorted(set(found), key=lambda row: (-row[4], row[0] - row[1], row[0], row[2])):
        # Series of one kind that are kept do not overlap, so only the neighbours have to be looked at.
        others = kept.setdefault(here[2], [])
        place = bisect_left(others, here)
        if all(other[1] <= here[0] or other[0] >= here[1] for other in others[max(0, place - 1) : place + 1]):
            others.insert(place, here)
    return sorted(row for others in kept.values() for row in others)
