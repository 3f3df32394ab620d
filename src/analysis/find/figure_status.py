"""Whether a figure is achieved, a target or a rule, from the verbs of its clause.

>>> status_at("今年经济增长目标是5%左右", 10, "percent"), status_at("筹集了4950多万元", 3, "money")
('target', 'achieved')

Words in quotation marks do not count. The nearest telling word before the number decides; a sentence without one goes
on as the sentence before it in its paragraph; a report says what was done, so what remains is `achieved` for amounts and
`other` for plain counts of what is talked about (这两个).
"""

from functools import lru_cache

from analysis.find.figure_patterns import lazily

# Aims and plans that hold for the rest of their paragraph.
_STRONG = r"(?:预期|主要|总体|奋斗|发展)目标|目标是|拟(?!定|订)|(?:今年|明年).{0,12}(?:安排|预算)"
# Aims and duties of one sentence; 要 and 将 only as auxiliaries.
_WEAK = (
    r"力争|有望|可望|即可|迈向|冲到|就能|争取(?!到|了)|(?<!五年)计划(?!生育|经济|体制|完成|单列|的)|(?<![于合])预期|明年|今后|未来(?![产农型科])|到20(?:2[7-9]|[3-9]\d)年|争创|指标[为是]|拟定为|即将|希望|让我们|准备|"
    r"(?<![需主重只还首紧次纪简概不])要(?![求素点件紧闻是的害么])|(?<![即必])将(?=[达在会要有继把增提实建成进完使从由是为以同超新对支安可减大加力全适扩下])"
)
_PAST = r"了|已|(?<!比)去年|(?<!比)上年|过去|以来|来[，,]|超额|先后|累计|荣获|获得|圆满|创历史|跃升|稳居|扎实"
# Done, where a part of the speech reports; to be done, where it plans.
_DONE = r"达到(?!近)|完成|建成|成功"
_RULE = r"不得|应当|处以|罚款|规定为|上限|不准|基本上不用|免(?:征|缴)|以下的(?:朋友|人|企业|罚款)|按每人"
# What one of these begins with, so that all of them are tried only there.
_BEGINS = "不应处罚规上基免以按预主总奋发目拟今明力有可即迈冲就争计未到指希让准要将了已去过来超先累荣获圆创跃稳扎达完建成"
_TELLING = lazily(f"(?=[{_BEGINS}])(?:(?P<rule>{_RULE})|(?P<target>{_STRONG}|{_WEAK})|(?P<achieved>{_PAST})|(?P<done>{_DONE}))")
# 减少2%的目标
_GOAL_AFTER = lazily(r"(?:[^。；;，,\n]|,\d){0,20}的[\u4e00-\u9fff]{0,4}目标")
_GOAL_REACH = 50
# Each strong word of a plan has one of these.
_STRONG_HAS = ("目标", "拟", "安排", "预算")
# What opens a part that plans, or one that reports, on a line of its own.
_OPENS = {
    "target": ("目标任务", "主要目标", "预期目标", "奋斗目标", "工作安排", "工作部署", "总体要求", "主要任务", "重点任务", "做好以下", "抓好以下", "工作建议", "工作重点", "重点工作"),
    "achieved": ("回顾", "一年来", "五年来", "过去一年", "过去五年", "做了以下", "工作情况", "主要成就"),
}  # fmt: skip
LONGEST_OPENING = 60
# Only the first character is taken: one opening may begin inside another.
_OPENING = lazily("|".join(f"{word[0]}(?={word[1:]})" for words in _OPENS.values() for word in words))
_RULE_WORD = lazily(_RULE)
_CLAUSE = lazily(r"[^。；;，,\n]{0,10}")
_SENTENCE_END = lazily("[。！？!?]")
_STRONG_WORD = lazily(_STRONG)
# 目标任务全面完成并好于预期: the aim is met.
_MET = lazily("完成|好于|超过|高于|超额|圆满|实现了")
_QUOTED = lazily(r"[“「『][^”」』\n]{0,60}[”」』]")
# What is counted is only named: 这两个, 该四, 全国2300万.
_NAMED = lazily(r"(?:[这這该那此其各是]|属于全国|我们|与|的一个)$")
# These are there already, whatever is planned with them: 這十件, 組織動員200萬職工.
_THERE = lazily(r"(?:[这該该那此]|(?:团结|带领|引领|动员|率领|领导|号召|凝聚)(?:了|着|好)?(?:全[国省市县区])?)$")
_LONGEST_BEFORE = 6
REACH = 220
# Kinds that are neither achieved nor planned.
UNTOLD = frozenset(("date", "ordinal", "duration"))


def parts(shadow: str) -> list[tuple[int, str]]:
    """Where parts of a speech begin that plan (target) or report (achieved), told by short lines, in text order."""
    found = []
    for opening in _OPENING.finditer(shadow):
        place = opening.start()
        if (line := _short_line(shadow, place)) and not _MET.search(line):
            found.append((place, next(status for status, words in _OPENS.items() if shadow.startswith(words, place))))
    return found


def _short_line(shadow: str, place: int) -> str:
    """The line that holds `place`; empty where it is no short one."""
    begin = shadow.rfind("\n", max(0, place - LONGEST_OPENING), place)
    end = shadow.find("\n", place, place + LONGEST_OPENING)
    if (begin < 0 and place > LONGEST_OPENING) or (end < 0 and place + LONGEST_OPENING < len(shadow)):
        return ""
    return shadow[begin + 1 : end if end >= 0 else len(shadow)]


def status_at(shadow: str, start: int, kind: str, part: str = "") -> str:
    """achieved, target, rule or other, for a figure of this kind that starts at `start`, in a part that plans or reports."""
    if kind in UNTOLD:
        return "other"
    begin = max(shadow.rfind("\n", max(0, start - REACH), start) + 1, start - REACH, 0)
    left = shadow[begin:start]
    if "“" in left or "「" in left or "『" in left:
        left = _QUOTED.sub("", left)
    if kind == "count" and _THERE.search(left[-_LONGEST_BEFORE:]):
        return "other"
    told = _rule_after(shadow, start) or ("target" if _goal_after(shadow, start) else _nearest(left, part))
    if kind == "count" and told != "target" and _NAMED.search(left[-_LONGEST_BEFORE:]):
        return "other"
    return told or part or "achieved"


def _goal_after(shadow: str, start: int) -> bool:
    """Whether the clause goes on to call the number a goal."""
    return shadow.find("目标", start, start + _GOAL_REACH) >= 0 and bool(_GOAL_AFTER.match(shadow, start))


def _rule_after(shadow: str, start: int) -> str:
    """A word of a rule right after the number, in its clause."""
    clause = _CLAUSE.match(shadow, start)
    return "rule" if clause and _RULE_WORD.search(shadow, start, clause.end()) else ""


def _nearest(left: str, part: str) -> str:
    """The last telling word of the sentence before the number, else a plan told earlier in the paragraph."""
    *earlier, sentence = _SENTENCE_END.split(left)
    may_plan = any(word in left for word in _STRONG_HAS)
    told = [match.lastgroup or "" for match in _TELLING.finditer(sentence)]
    if told:
        while told[-1] == "done" and len(told) > 1:
            told.pop()  # 计划达到: planned
        last = told[-1] if told[-1] != "done" else part or "achieved"
        return "target" if may_plan and _plans(sentence) else last
    return "target" if may_plan and any(map(_plans, earlier)) else ""


@lru_cache(maxsize=1 << 10)
def _plans(sentence: str) -> bool:
    """Whether a sentence tells an aim that is not met."""
    return bool(_STRONG_WORD.search(sentence)) and not _MET.search(sentence)
