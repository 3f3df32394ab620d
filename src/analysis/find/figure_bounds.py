"""Words beside a number that say about, over or under: 約22萬名, 不超过5%, 三年以上, 大约损失5000元.

>>> before("大约22万名", 2), before("突破1000亿元", 2), after("5%左右", 2)
((0, 'about'), (2, 'over'), (4, 'about'))

A word that touches the number belongs to the figure; a word one verb away only sets its bound, as do verbs like 突破.
"""

from analysis.find.figure_patterns import lazily

# Longest first; what stands before a number and touches it.
_TOUCHING = {
    "about": ("大约为", "大约", "大概", "差不多", "约为", "约合", "约", "大致"),
    "over": (
        "不少于",
        "不低于",
        "不下于",
        "不小于",
        "至少",
        "最少",
        "起码",
        "超过",
        "超出",
        "多于",
        "高于",
        "大于",
        "不下",
        "超",
        "逾",
        "≥",
        ">",
        "上",
    ),
    "under": (
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "至多",
        "最多",
        "不足",
        "不到",
        "不满",
        "未满",
        "少于",
        "低于",
        "小于",
        "将近",
        "接近",
        "近",
        "≤",
        "<",
    ),
}
# Verbs that say over and are no part of the figure.
_VERB_ENDS = ("突破", "突破了", "超过了", "跨过", "跨越", "迈过")
_WORDS = sorted(((word, bound) for bound, words in _TOUCHING.items() for word in words), key=lambda entry: -len(entry[0]))
_BY_LAST = {last: [entry for entry in _WORDS if entry[0][-1] == last] for last in {word[-1] for word, _ in _WORDS}}
# Characters before 约, 近, 超, 上, 逾 that make another word of it (节约, 最近, 以上, 网上).
_OTHER_WORD = {
    "约": "节条公合契签制履预违集简婉邀纽特盟毁北和誓解失守大",
    "近": "最附邻临靠接亲逼相远将新贴走就",
    "超": "中英高反赶远",
    "上": "以网线加晚早马地身手路会天海向朝往赶跟迎登攀达算基总历际世本至",
    "逾": "",
}
# 大约损失5000元, 约有3人, 超过了5%: a verb of at most this many characters in between.
_BETWEEN = lazily(
    r"(大约|大概|约|近|超过|不足|不到|至少|最多|不少于|不低于|不超过)(?:有|占|为|是|需|需要|损失|减少|增加|增长|提高|下降|投资|合|达|达到|花费|[了其])$"
)
_BETWEEN_ENDS = frozenset("有占为是要失少加长高降资合达到费了其需")
# What a word before a number may end with, or a blank.
ENDS = _BETWEEN_ENDS | {word[-1] for word in _VERB_ENDS} | set(_BY_LAST) | {" "}
# 超过全球一半: what the share is of may stand between; 超过去年三成 tells the difference itself.
_SHARE_OF = lazily(r"(超过|不到|不足|接近|将近)(?!去年|上年|前年|同期|预期|计划|目标)(?P<of>[\u4e00-\u9fff]{1,4})$")
_AFTER = lazily(
    r"[ ]?(?:(?P<about>左右|上下)|(?P<over>以上|或以上|开外|有余|出头|之多|稍多|略多|还多|(?<=[%成半倍零一二三四五六七八九十百])强(?![度化势制调国大盛壮烈项者力烈]))|(?P<under>稍弱|(?<=[%成半倍零一二三四五六七八九十百])弱(?![势点小化视])|以下|或以下|以内|之内))"
)
AFTER_BEGINS = " 左上以或开有出之稍略还强弱"
# 以上 opens a new phrase in 以上三项 and the like; it closes one after a number unless these follow.
_NOT_AFTER = lazily(r"[ ]?以[上下](?=[所各诸][述项])")


def before(shadow: str, start: int) -> tuple[int, str]:
    """Where a figure starts whose number starts at `start`, and the bound told before it (empty: none)."""
    if not start or shadow[start - 1] not in ENDS:
        return start, ""
    left = shadow[max(0, start - 8) : start].rstrip(" ")
    for word, bound in _BY_LAST.get(left[-1:], ()):
        if left.endswith(word):
            rest = left[: -len(word)]
            if rest and rest[-1] in _OTHER_WORD.get(word, ""):
                break
            if word == "上" and shadow[start : start + 1] not in tuple("十百千万亿"):
                break
            return start - len(shadow[max(0, start - 8) : start]) + len(rest), bound
    if left.endswith(_VERB_ENDS):
        return start, "over"
    if left[-1:] in _BETWEEN_ENDS and (match := _BETWEEN.search(left)):
        word = match[1]
        if not (match.start() and left[match.start() - 1] in _OTHER_WORD.get(word, "")):
            return start, next(bound for told, bound in _WORDS if told == word)
    return start, ""


def before_share(shadow: str, start: int) -> str:
    """The bound of a share whose whole stands before it (empty: none)."""
    match = _SHARE_OF.search(shadow[max(0, start - 8) : start])
    return next(bound for told, bound in _WORDS if told == match[1]) if match else ""


def after(shadow: str, end: int) -> tuple[int, str]:
    """Where a figure ends whose unit ends at `end`, and the bound told after it (empty: none)."""
    match = _AFTER.match(shadow, end) if shadow[end : end + 1] in AFTER_BEGINS else None
    if not match or _NOT_AFTER.match(shadow, end):
        return end, ""
    return match.end(), match.lastgroup or ""
