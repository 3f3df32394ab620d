"""Whether a figure is achieved, a target or a rule, from the verbs of its clause.

>>> status_at("今年经济增长目标是5%左右", 10, "percent"), status_at("筹集了4950多万元", 3, "money")
('target', 'achieved')

Words in quotation marks do not count. The nearest telling word before the number decides; a sentence without one goes
on as the sentence before it in its paragraph; a report says what was done, so what remains is `achieved` for amounts and
`other` for plain counts of what is talked about (这两个).
"""

from analysis.find.figure_patterns import lazily

# Aims and plans that hold for the rest of their paragraph.
_STRONG = r"(?:预期|主要|总体|奋斗|发展)目标|目标是|拟(?!定|订)|(?:今年|明年).{0,12}(?:安排|预算)"
# Aims and duties of one sentence; 要 and 将 only as auxiliaries.
_WEAK = (
    r"力争|争取(?!到|了)|(?<!五年)计划(?!生育|经济|体制|完成|单列|的)|(?<![于合])预期|明年|今后|未来|到20(?:2[7-9]|[3-9]\d)年|争创|即将|希望|让我们|准备|"
    r"(?<![需主重只还首紧次纪简概不])要(?![求素点件紧闻是的害么])|(?<![即必])将(?=[达在会要有继把增提实建成进完使从由是为以同超新对支安可减大加力全适扩下])"
)
_ACHIEVED = r"了|已|达到(?!近)|完成|(?<!比)去年|(?<!比)上年|过去|以来|来[，,]|超额|先后|累计|建成|荣获|获得|圆满|创历史|跃升|稳居|成功|扎实"
_RULE = r"不得|应当|处以|罚款|规定为|上限|不准|基本上不用|免(?:征|缴)|以下的(?:朋友|人|企业|罚款)|按每人"
_TELLING = lazily(f"(?P<rule>{_RULE})|(?P<target>{_STRONG}|{_WEAK})|(?P<achieved>{_ACHIEVED})")
_RULE_WORD = lazily(_RULE)
_CLAUSE = lazily(r"[^。；;，,\n]{0,10}")
_SENTENCE_END = lazily("[。！？!?]")
_STRONG_WORD = lazily(_STRONG)
_QUOTED = lazily(r"[“「『][^”」』\n]{0,60}[”」』]")
# What is counted is only named: 这两个, 该四, 全国2300万.
_NAMED = lazily(r"(?:[这這该那此其各是的]|属于全国|我们|与|的一个)$")
# These are there already, whatever is planned with them: 這十件, 組織動員200萬職工.
_THERE = lazily(r"(?:[这該该那此]|(?:团结|带领|引领|动员|率领|领导|号召|凝聚)(?:了|着|好)?(?:全[国省市县区])?)$")
REACH = 220


def status_at(shadow: str, start: int, kind: str) -> str:
    """achieved, target, rule or other, for a figure of this kind that starts at `start`."""
    if kind in ("date", "ordinal", "duration"):
        return "other"
    begin = max(shadow.rfind("\n", max(0, start - REACH), start) + 1, start - REACH, 0)
    left = _QUOTED.sub("", shadow[begin:start])
    told = _rule_after(shadow, start) or _nearest(left)
    if kind == "count" and _THERE.search(left):
        return "other"
    if kind == "count" and _NAMED.search(left) and told != "target":
        return "other"
    return told or "achieved"


def _rule_after(shadow: str, start: int) -> str:
    """A word of a rule right after the number, in its clause."""
    clause = _CLAUSE.match(shadow, start)
    return "rule" if clause and _RULE_WORD.search(clause.group()) else ""


def _nearest(left: str) -> str:
    """The last telling word of the sentence before the number, else a plan told earlier in the paragraph."""
    *earlier, sentence = _SENTENCE_END.split(left)
    told = [match.lastgroup or "" for match in _TELLING.finditer(sentence)]
    if told:
        return "target" if _STRONG_WORD.search(sentence) else told[-1]
    if earlier and _STRONG_WORD.search("。".join(earlier)):
        return "target"
    return ""
