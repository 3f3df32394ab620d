"""What a figure measures and whether it is achieved, a target or a rule: read off the words of its clause.

農民工入會率高達91.73% → 農民工入會率; 解決5910名的困難職工 → 困難職工; 發放助學款500.91萬元 → 助學款.

The phrase is a stretch of the text itself, found by the cutter's parts of speech; it stays empty rather than be guessed.
"""

import re
from functools import lru_cache

from analysis.find.cutting import cutter, tags
from analysis.find.figure_reader import Candidate
from analysis.read.lexicons import Lexicons

_MARKS = re.compile(r"[。，,；;：:！!？?\n、（）()“”《》]")
WINDOW = 16
_NOUNISH = ("n", "v n", "an", "l", "j", "nz", "ns", "nt", "nr", "b", "eng", "s", "i")
# Words between an indicator and its number (率 高达 91.73%), Simplified.
_LINKS = frozenset(
    "达 达到 达到了 高达 多达 为 是 约 约为 增长 增长了 增加 增加了 增 提高 提高了 提高到 增加到 增长到 上升 上升到 下降 下降了 下降到 降低 降低了 降到 降至 减少 减少了 减少到 "
    "超过 突破 共 共计 总计 合计 仅 只 只有 有 已 已经 已达 占 升至 升到 到 至 由 从 又 也 就 都 比 上年 去年 年均 平均 每年 了 累计 保持 在 控制 完成 实现 扩大 扩大到 缩小 近 不足 将 还 分别 翻 约有 净增 新增 同比 实际 可达 均 一般 大约 以上 左右 不到 是".split()
)
_ACHIEVED = re.compile("了|已|达到|高达|完成|增长|增加|提高|实现了|累计|共|先后|建成|超过|下降|减少|上升|去年|过去|以来|突破|建立|资助|发放|帮助|获|解决|增至|升至|扩大|参加|投入|由|比上年|为")
_TARGET = re.compile("要|将|力争|争取|确保|努力|计划|规划|目标|预期|到20[2-9]|达到.*以上|拟|预计|安排|保持在|控制在|准备|今年|明年|今后|未来|实现|任务")
_RULE = re.compile("不得|应当|必须|罚|规定|标准|不准|依照|按照.{0,6}规定|最低|上限|下限|不少于|不低于")
_CLAUSE_END = re.compile(r"[。；;！!？?\n]")


def measured(shadow: str, one: Candidate, lexicons: Lexicons) -> tuple[int, int]:
    """Start and end of what the figure measures; an empty stretch where unclear."""
    nothing = (one.end, one.end)
    if one.kind in ("date", "ordinal", "duration"):
        return nothing
    counted = one.kind == "count"
    ahead = _ahead(shadow, one.end, lexicons)
    behind = _behind(shadow, one.start, lexicons)
    first, second = (ahead, behind) if counted else (behind, ahead)
    return first or second or nothing


def _ahead(shadow: str, end: int, lexicons: Lexicons) -> tuple[int, int] | None:
    """The noun phrase that follows directly, after 的."""
    stop = _MARKS.search(shadow, end, end + WINDOW)
    window = shadow[end : stop.start() if stop else end + WINDOW]
    start = end + (1 if window.startswith("的") else 0)
    place, last = start, start
    for word, noun in _tagged(window[start - end :], lexicons):
        place += len(word)
        if noun:
            last = place
        elif not (word in ("和", "及", "与") and last > start and last == place - len(word)):
            break
    return (start, last) if last - start >= 1 else None


def _behind(shadow: str, start: int, lexicons: Lexicons) -> tuple[int, int] | None:
    """The noun phrase that stands before, past words like 高达 and 增长."""
    first = max(0, start - WINDOW)
    begin = first
    for mark in _MARKS.finditer(shadow, first, start):
        begin = mark.end()
    pieces = _tagged(shadow[begin:start], lexicons)
    place = start
    while pieces and pieces[-1][0] in _LINKS:
        place -= len(pieces.pop()[0])
    last = place
    while pieces and pieces[-1][1]:
        place -= len(pieces.pop()[0])
    return (place, last) if last > place else None


def _tagged(window: str, lexicons: Lexicons) -> list[tuple[str, bool]]:
    """The words of a window, each with whether it may stand in a noun phrase."""
    known = tags(lexicons)
    return [(word, _nounish(word, known.get(word, ""))) for word in _cut(window, lexicons)]


@lru_cache(maxsize=4096)
def _cut(window: str, lexicons: Lexicons) -> tuple[str, ...]:
    return tuple(cutter(lexicons).cut(window, False))


def _nounish(word: str, tag: str) -> bool:
    if word in _LINKS:
        return False
    if word in ("率", "量", "数", "额", "值", "度", "款", "费", "金", "总额", "总值", "入会", "人均"):
        return True
    return tag[:1] in ("n", "l", "j", "b", "s") or tag in ("vn", "an", "eng", "a") and len(word) > 1


def status_of(shadow: str, one: Candidate) -> str:
    """achieved, target, rule or other."""
    first = max(0, one.start - 60)
    begin = first
    for mark in _CLAUSE_END.finditer(shadow, first, one.start):
        begin = mark.end()
    clause = shadow[begin : min(len(shadow), one.end + 12)]
    if one.kind in ("date", "ordinal"):
        return "other"
    if _RULE.search(clause):
        return "rule"
    if re.search("要|力争|争取|确保|努力|计划|规划|目标|预期|拟|预计", clause):
        return "target"
    return "achieved" if _ACHIEVED.search(clause) else "other"
