"""Voice: what a speech says shall be done, what it says was done, and who speaks. Counted with receipts, not judged.

`marks` gives the places: directives (要, 必須) and what was done (取得, 實現了); `speakers` who speaks (我, 我們) and on whose
behalf (我代表縣委). All by section. A mark is a word: 要 in 只要 (if only) or 需要 (need) is none, but 要 may still mean
"want". What is only hoped for (讓我們…贏得民心) was not done. Nothing here says that a speech is strict or boastful.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.measure.sections import SECTION, section_at, sections
from analysis.measure.shares import wilson
from analysis.read.script import shadow
from analysis.read.speech import HAN
from analysis.stored import rows_of

if TYPE_CHECKING:
    from analysis.tables import Tables

# Words that say what shall be done, in Simplified: have to, must, by all means, make sure, strive for, should, strictly forbidden.
DIRECTIVES = frozenset("要 必须 务必 务必要 务须 确保 力争 应 应当 应该 须 不得 不能 严禁 务求".split())  # noqa: SIM905
# Words that say what was reached: obtain, win, gain, be awarded, reach, amount to, break through, succeed.
ACHIEVEMENTS = frozenset("取得 赢得 获得 荣获 获 达到 高达 达 突破 超额完成 圆满完成 成功".split())  # noqa: SIM905
# After these nothing was done yet: hope, let, will, strive, fight for, if, only if, wish, can.
HOPES = frozenset("希望 让 将 努力 争取 如果 只要 若 愿 祝愿 能 能够 才能".split())  # noqa: SIM905
# Not: 不突破 (not exceed).
_NOT = frozenset("不 未 没 没有".split())  # noqa: SIM905
# After a verb these only say which way it goes: 树立|起|了 (set up).
_WAYS = frozenset("起 出 下 上".split())  # noqa: SIM905
# 经过努力，取得… (after efforts, reached): no hope where the word ends its clause.
_CLAUSE_ENDS = frozenset("，,；;：:。！!？?")
# 应尽义务 (duties one owes), 应有的作用 (the part it has to play): no directive.
_OWED = ("尽", "有", "得")
# Ends a verb that is over and done with: 实现|了 (realised), and 过 (went through).
DONE = frozenset(["了"])
# A verb before 了 counts only if it is two characters long or one of these: 建 build, 抓 take in hand, 办 do.
SHORT_VERBS = frozenset("建抓办修树激写")
SELF, SELVES = "self", "we"
# 我 I (not 自我 oneself, 忘我 selfless, 敌我 foe and friend), 本人 I myself; 我们 we, 咱们 we all, 我县 our county, 我国 our country.
_SPEAKER = re.compile(
    f"(?P<self>(?<![自忘敌])我(?!们|[国省县市旗区院党军方会部厅局处校])|本人)|(?P<we>我们|咱们)|(?P<our>我[国省县市旗区院党军会部厅局](?![{HAN}]?[门们]))"
)
# 我代表… up to the next mark: on whose behalf the thanks are given.
_BEHALF = re.compile(
    "(?:我(?![国方军党省县市])|本人|我们)[^，,。:：;；!！?？\n]{0,4}代表(?P<whom>[^，,。:：;；!！?？\n]{1,40}?)(?=[，,]|向|致|对|同|表示|祝|宣|作|$)"
)


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
    parts, tokens = sections(tables, depth=depth), rows_of(tables.tokens)
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
    types = SECTION | {"n_han": "Int64", "of_sentences": "Int64"}
    for kind in ("directive", "achievement"):
        types |= {f"n_{kind}": "Int64", f"{kind}_sentences": "Int64", f"{kind}_share": "Float64"}
        types |= {f"{kind}_low": "Float64", f"{kind}_high": "Float64", f"{kind}_per_10k": "Float64", f"{kind}_words": "string"}
    parts, found = sections(tables, depth=depth), marks(tables, depth=depth)
    sentences, marks_of = rows_of(tables.sentences), found.groupby(["speech", "section"]).indices
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


def _marks(tokens: pd.DataFrame) -> Iterator[tuple[int | None, int, int, str]]:
    """Sentence, start, end and kind of each mark of one speech."""
    columns = [tokens[name].tolist() for name in ("sentence", "start", "end", "key", "pos")]
    rows = [(None if s is pd.NA else s, a, b, key, pos) for s, a, b, key, pos in zip(*columns, strict=True)]
    nothing = (None, -1, -1, "", "")
    now: int | None = None
    hoped = hoped_here = False  # in the sentence so far, and in its clause
    for ahead, row, after in zip([nothing, *rows], rows, [*rows[1:], nothing], strict=False):
        sentence, start, end, key, pos = row
        if sentence != now:
            now, hoped, hoped_here = sentence, False, False
        hoped_here = hoped_here and key not in _CLAUSE_ENDS
        done = after[3] in DONE and after[1] == end
        if key in DIRECTIVES and not (key == "应" and after[3].startswith(_OWED)):
            hoped = hoped_here = True
            # 不要 (do not) is one mark, told from its 不 on.
            yield sentence, ahead[1] if ahead[3] == "不" else start, end, "directive"
        elif key in HOPES and after[3] not in _CLAUSE_ENDS:
            hoped, hoped_here = True, hoped_here or key != "让"
        elif ahead[3] in _NOT or (hoped_here if done else hoped):
            continue
        elif key in ACHIEVEMENTS and pos != "n":
            yield sentence, start, after[2] if done else end, "achievement"
        elif done and key in _WAYS and ahead[2] == start and ahead[4].startswith("v"):
            yield sentence, ahead[1], after[2], "achievement"
        elif done and pos.startswith("v") and (len(key) > 1 or key in SHORT_VERBS):
            yield sentence, start, after[2], "achievement"


def _summary(here: pd.DataFrame, total: int, size: int) -> list[object]:
    """Marks, sentences with one, their share and its interval, marks per 10,000 characters, and the words."""
    n = int(here["sentence"].nunique())
    words = "、".join(f"{word} {count}" for word, count in here["text"].value_counts(sort=True).items())
    share = n / total if total else None
    return [len(here), n, share, *wilson(n, total), len(here) / size * 10_000 if size else None, words]
