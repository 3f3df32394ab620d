"""What a figure measures: the phrase of its clause it is said of.

農民工入會率高達91.73% → 農民工入會率; 解決5910名的困難職工 → 困難職工; 財政收入6.13萬億元，增長19.5% → 財政收入, twice.

The phrase is a stretch of the text itself, found by the cutter's parts of speech; it stays empty rather than be guessed.
Grammar beyond neighbouring words is not read: a subject two clauses back is not found.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from analysis.find.cutting import cutter, tags
from analysis.find.figure_reader import Candidate
from analysis.read.lexicons import Lexicons

Span = tuple[int, int]
_MARKS = re.compile(r"[。，,；;：:！!？?\n、（）()“”‘’「」『』《》]")
_SENTENCE_ENDS = re.compile(r"[。！!？?\n；;]")
# How far a phrase is looked for, in characters: two clauses.
REACH_BEHIND, REACH_AHEAD = 40, 16
_AHEAD_QUOTED = re.compile(r"[“「『]([^“”「」『』，。\n]{2,12})[”」』]")
# Words between an indicator and its number (率 高达 91.73%), Simplified.
_LINKS = frozenset(
    [
        "达",
        "达到",
        "高达",
        "多达",
        "为",
        "是",
        "约",
        "约为",
        "增长",
        "增加",
        "增",
        "提高",
        "提升",
        "上升",
        "下降",
        "降低",
        "降",
        "减少",
        "缩减",
        "缩短",
        "压减",
        "增至",
        "降至",
        "升至",
        "提高到",
        "增加到",
        "增长到",
        "上升到",
        "降到",
        "下降到",
        "减少到",
        "扩大到",
        "达到了",
        "增加了",
        "增长了",
        "提高了",
        "下降了",
        "减少了",
        "扩大了",
        "超过",
        "突破",
        "共",
        "共计",
        "总计",
        "合计",
        "仅",
        "只",
        "只有",
        "有",
        "已",
        "已经",
        "已达",
        "占",
        "到",
        "至",
        "由",
        "从",
        "又",
        "也",
        "就",
        "都",
        "比",
        "比上年",
        "上年",
        "去年",
        "今年",
        "前年",
        "同期",
        "年均",
        "平均",
        "每年",
        "逐年",
        "了",
        "累计",
        "保持",
        "在",
        "控制",
        "控制在",
        "一直",
        "稳定",
        "扩大",
        "缩小",
        "近",
        "不足",
        "将",
        "还",
        "分别",
        "翻",
        "约有",
        "净增",
        "同比",
        "实际",
        "可达",
        "均",
        "一般",
        "大约",
        "年",
        "月",
        "日",
        "底",
        "末",
        "初",
        "的",
        "同",
        "与",
        "相比",
        "前",
        "后",
        "超",
        "逾",
        "拟",
        "按",
        "安排",
        "递增",
        "递减",
        "仍",
        "仍然",
        "再",
        "高",
        "低",
        "高于",
        "低于",
        "多",
        "少",
        "快",
        "快于",
        "共有",
        "就有",
        "达成",
        "位居",
        "居",
        "稳居",
        "列",
        "位列",
        "第",
        "名列",
        "排名",
        "来到",
        "来",
        "每",
        "人均每年",
        "连续",
        "而",
        "并",
        "且",
        "其中",
        "以上",
        "以下",
        "为了",
        "长",
        "宽",
        "逆势",
        "逾越",
        "预计",
        "预期",
        "计划",
        "稳步",
        "持续",
        "以",
        "稳居全国",
        "居全国",
    ]
)
# Passed over before a rank (居全国第三), part of a phrase elsewhere (世界冠军).
_PLACES = frozenset(["全国", "全省", "全市", "全县", "全区", "世界", "全球", "亚洲", "我国", "我省"])
# Adverbs the dictionary calls nouns or adjectives.
_ADVERBS = frozenset(["全部", "全面", "圆满", "共", "均", "都", "普遍", "基本上", "成功"])
# Verbs that take what is counted as their object (建設高標準農田910萬畝): cut off before the phrase.
_VERBS = frozenset(
    [
        "建设",
        "新建",
        "改造",
        "完成",
        "实施",
        "发放",
        "资助",
        "安排",
        "筹集",
        "追讨",
        "帮助",
        "解决",
        "盘活",
        "治理",
        "开垦",
        "新增",
        "创建",
        "推出",
        "建成",
        "打造",
        "启动",
        "投入",
        "招募",
        "留用",
        "培育",
        "引进",
        "落实",
        "减轻",
        "降低",
        "扩大",
        "增加",
        "减少",
        "转移",
        "发展",
        "开展",
        "组织",
        "实现",
        "举办",
        "开通",
        "新开通",
        "对接",
        "招收",
        "改建",
        "扩建",
        "开工",
        "开发",
        "生产",
        "支持",
        "补助",
        "救助",
        "慰问",
        "培训",
        "帮扶",
        "累计",
        "扶持",
        "释放",
        "取得",
        "获得",
        "荣获",
        "成立",
        "建立",
        "建",
        "组建",
        "拥有",
        "制定",
        "修订",
        "出台",
        "解散",
        "安置",
        "吸纳",
        "动员",
        "派出",
        "共开垦",
        "受理",
        "办理",
        "查处",
        "表彰",
        "评选",
        "设立",
        "登记",
        "提供",
        "争取",
        "支付",
        "拨付",
        "下达",
        "兑付",
        "利用",
        "实际利用",
        "使用",
        "动用",
        "新",
        "达成",
        "签订",
        "签署",
        "参加",
        "处理",
        "整治",
        "修复",
        "改善",
        "植树",
        "退出",
        "化解",
        "关闭",
        "增收",
        "开户",
        "约",
        "擦亮",
        "追讨",
        "共开垦",
        "欠",
    ]
)
# Nouns that only carry a number (5%的水平) and say nothing of it.
_EMPTY = frozenset(
    [
        "水平",
        "速度",
        "目标",
        "幅度",
        "情况",
        "规模",
        "时间",
        "部分",
        "左右",
        "全国",
        "全省",
        "全市",
        "国家",
        "世界",
        "以上",
        "方面",
        "历史",
    ]
)
_AND = frozenset(["和", "及", "与", "、", "以及"])
_MEASURE_WORDS = frozenset(
    [
        "率",
        "量",
        "数",
        "额",
        "值",
        "款",
        "费",
        "金",
        "总额",
        "总值",
        "人均",
        "产值",
        "增速",
        "涨幅",
        "收入",
        "支出",
        "负担",
        "就业",
        "出口",
        "进口",
        "投资",
        "减税",
        "消费",
        "销售",
        "贷款",
        "存款",
        "储蓄",
        "欠薪",
        "工资",
        "入会",
        "分红",
        "起数",
        "人数",
    ]
)
_RANK_UNITS = ("位", "名", "")


class Said(NamedTuple):
    """What the figure before measured: inherited by 增长19.5% after 财政收入6.13万亿元; `queue` serves 分别."""

    end: int = -1
    place: Span = (0, 0)
    queue: tuple[Span, ...] = ()


def measured(shadow: str, one: Candidate, lexicons: Lexicons, said: Said) -> tuple[Span, Said]:
    """Start and end of what the figure measures (empty where unclear), and what the next one may inherit."""
    nothing = (one.end, one.end)
    if one.kind in ("date", "duration"):
        return nothing, said
    if one.kind == "ordinal":
        return (_ordinal(shadow, one, lexicons) or nothing), said
    queue: tuple[Span, ...] = ()
    if said.queue and shadow[said.end : one.start] in ("、", "和", "，", ",", "以及", "与"):
        place, queue = said.queue[0], said.queue[1:]
    elif one.kind == "count" or shadow.startswith("的", one.end):
        place = _ahead(shadow, one, lexicons) or nothing
        if place == nothing:
            place, queue = _behind(shadow, one.start, lexicons, said)
    else:
        place, queue = _behind(shadow, one.start, lexicons, said)
        if place[0] == place[1]:
            place = _ahead(shadow, one, lexicons) or nothing
    return place if place[0] < place[1] else nothing, Said(one.end, place, queue)


def _ordinal(shadow: str, one: Candidate, lexicons: Lexicons) -> Span | None:
    """第三位 ranks what stands before it, 第一个 counts what follows."""
    if shadow[slice(*one.unit)] in _RANK_UNITS:
        return _behind(shadow, one.start, lexicons, Said())[0] or None
    return _ahead(shadow, one, lexicons)


def _ahead(shadow: str, one: Candidate, lexicons: Lexicons) -> Span | None:
    """The noun phrase that follows directly or after 的: modifiers, then nouns up to the first other word."""
    end = one.end
    if quoted := _AHEAD_QUOTED.match(shadow, end):
        return quoted.span(1)
    start = end + 1 if shadow.startswith("的", end) else end
    stop = _MARKS.search(shadow, start, start + REACH_AHEAD)
    window = shadow[start : stop.start() if stop else start + REACH_AHEAD]
    place, last, nouns = start, start, 0
    for word, tag in _tagged(window, lexicons):
        place += len(word)
        if _noun(word, tag):
            last, nouns = place, nouns + 1
        elif word in _AND and nouns:
            continue
        elif nouns or not _modifier(word, tag):
            break
    words = shadow[start:last]
    return (start, last) if words and words not in _EMPTY else None


def _behind(shadow: str, start: int, lexicons: Lexicons, said: Said) -> tuple[Span, tuple[Span, ...]]:
    """The noun phrase before the number, past words like 高达 and 增长 and at most one comma; else the inherited one."""
    begin = max(0, start - REACH_BEHIND, said.end)
    for mark in _SENTENCE_ENDS.finditer(shadow, begin, start):
        begin = mark.end()
    pieces = _tagged(shadow[begin:start], lexicons)
    place, commas, apart = start, 0, False
    while pieces:
        word, tag = pieces[-1]
        if word in "，,、" and commas == 0:
            commas += 1
        elif not (
            word in _LINKS or word in _PLACES or tag in ("m", "d", "t", "uj", "ul", "p") or word[:1].isdigit() or word in "“”「」"
        ):
            break
        apart = apart or word == "分别"
        place -= len(pieces.pop()[0])
    phrase = _phrase_before(pieces, place)
    if phrase[0] == phrase[1]:
        inherits = said.end == begin and said.place[0] < said.place[1] and not pieces
        return (said.place if inherits else phrase), ()
    if apart and (others := _siblings(pieces, phrase)):
        return others[0], (*others[1:], phrase)
    return phrase, ()


def _phrase_before(pieces: list[tuple[str, str]], last: int) -> Span:
    """The noun phrase that ends the pieces; takes them off the list."""
    taken: list[str] = []
    while pieces:
        word, tag = pieces[-1]
        left = pieces[-2] if len(pieces) > 1 else ("", "x")
        inner = taken and (_noun(*left) or _modifier(*left))
        joins = word == "的" and taken and _noun(*left)
        head = not taken and (word in _MEASURE_WORDS or (tag[:1] == "v" and _noun(*left) and word not in _LINKS))
        if not (
            _noun(word, tag)
            or joins
            or head
            or (
                inner
                and (_modifier(word, tag) or (word in _VERBS and _noun(*left) and len(word) > 1) or _particle_of_word(word, tag))
            )
            or (taken and tag in ("a", "b", "ad"))
        ):
            break
        taken.append(pieces.pop()[0])
    while taken and (taken[-1] in _VERBS or taken[-1] == "的" or taken[-1] in _PLACES) and len(taken) > 1:
        taken.pop()
    phrase = "".join(reversed(taken))
    return (last, last) if phrase in _EMPTY or phrase in _VERBS else (last - len(phrase), last)


def _siblings(pieces: list[tuple[str, str]], phrase: Span) -> tuple[Span, ...]:
    """A of A和B分别…: the phrases before 和 or 、, in text order."""
    found: list[Span] = []
    place = phrase[0]
    while pieces and pieces[-1][0] in _AND:
        place -= len(pieces.pop()[0])
        one = _phrase_before(pieces, place)
        if one[0] == one[1]:
            break
        found.append(one)
        place = one[0]
    return tuple(reversed(found))


def _noun(word: str, tag: str) -> bool:
    if word in _LINKS or word in _VERBS or word in _ADVERBS or _MARKS.match(word) or word[:1].isdigit():
        return False
    return (
        word in _MEASURE_WORDS
        or tag[:1] in ("n", "l", "j", "i")
        or tag in ("vn", "an", "s", "eng", "b")
        or (not tag and len(word) > 1)
    )


def _particle_of_word(word: str, tag: str) -> bool:
    """A single character the cutter left over of a word it does not know (银|龄人才)."""
    return len(word) == 1 and tag[:1] in ("", "z", "g") and not _MARKS.match(word) and not word.isascii()


def _modifier(word: str, tag: str) -> bool:
    return tag[:1] in ("a", "b", "v") and word not in _LINKS and word not in _VERBS


def _tagged(window: str, lexicons: Lexicons) -> list[tuple[str, str]]:
    known = tags(lexicons)
    return [(word, known.get(word, "")) for word in _cut(window, lexicons)]


@lru_cache(maxsize=4096)
def _cut(window: str, lexicons: Lexicons) -> tuple[str, ...]:
    return tuple(cutter(lexicons).cut(window, False))
