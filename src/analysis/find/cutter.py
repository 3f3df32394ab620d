"""Which words rjieba knows: those of jieba's dictionary, the project's own, and not those that are two words.

>>> from analysis.read.lexicons import load
>>> cutter(load()).cut("积极开展一次活动", False)  # actively launch an activity once
['积极', '开展', '一', '次', '活动']
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING, Any

from analysis.find.dictionary import dictionary, from_dictionary
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

if TYPE_CHECKING:
    import rjieba

# Tag of a word of words.csv without one: jieba's tag of fixed expressions.
LEXICON_TAG = "l"

NUMERALS = "〇零○一二三四五六七八九十百千万亿兆两几"
# Units and classifiers: a dictionary entry that a numeral makes up with one of these is two words.
CLASSIFIERS = (
    "个 名 位 人 件 条 种 项 次 年 天 月 日 元 吨 亩 家 户 所 座 只 支 张 片 段 句 声 届 批 套 层 根 本 部 篇 幅 份 台 辆 艘 "
    "架 间 栋 幢 场 颗 粒 株 棵 朵 头 匹 尾 副 组 群 队 排 串 堆 团 股 束 枝 枚 杯 碗 瓶 盒 袋 箱 桶 桌 顿 餐 趟 回 遍 轮 期 章 节 "
    "页 卷 首 幕 集 点 类 倍 周 秒 米 里 尺 寸 丈 斤 克 升 岁 镑 票 公里 千米 厘米 毫米 公斤 平方米 立方米 平方公里 公顷 千瓦 "
    "千瓦时 美元 日元 英镑 港元 欧元 法郎 马克 人次 周年 世纪 年代 月份 小时 分钟 秒钟 季度 分之一 个月 光年 架次 辆次"
)
# Words in their own right, although they look like a numeral with a classifier.
NOT_COUNTED = frozenset(
    [
        "一回",
        "一点",
        "两点",
        "几点",
        "零点",
        "半点",
        "千点",
        "万里",
        "千里",
        "万年",
        "万岁",
        "千年",
        "百年",
        "百里",
        "千米",
        "千克",
        "千升",
        "千瓦",
        "百家",
        "万家",
        "万户",
        "千户",
        "一期",
        "二期",
        "三期",
        "半天",
        "半路",
        "半日",
        "万人",
        "百人",
        "千人",
        "三里",
        "四里",
        "千张",
    ]
)
# jieba gives this count to entries that came from word lists, not from its corpus.
LISTED_ONLY = 3
# Both halves must be words that its corpus has at least this often.
EVERYDAY = 20
# jieba's tags of abbreviations, numerals and times: these stay whole.
WHOLE_TAGS = ("j", "m", "mq", "t")
# Its tag of idioms. It gives it to phrases as well (积极参与, 根本宗旨), of words that its corpus has at least this often;
# of 120 drawn at random none was an idiom that every dictionary has.
IDIOM_TAG, COMMON = "i", 200
# Its tags of names. It gives them to phrases as well (努力提高 a person, 重大意义 a place): those are two words where neither
# half is a name or one of the words that names are made with (numerals, short forms, sides: 第三世界, 北方地区).
NAME_TAGS = ("nr", "nrt", "nrfg", "ns", "nt", "nz")
IN_NAMES = (*NAME_TAGS, "m", "j", "f", "s")
_NUMERAL_ENTRY = re.compile(rf"第?[{NUMERALS}数多半]+[多余来]?(?:{'|'.join(CLASSIFIERS.split())})[个名月年]?")
_APPROXIMATE_ENTRY = re.compile(f"[{NUMERALS}]*[十百千万亿][{NUMERALS}]*[多余]")


@lru_cache(maxsize=4)
def cutter(lexicons: Lexicons) -> "rjieba.Jieba":
    """A rjieba that knows the words of data/lexicons/words.csv and not those of splits.csv and of `unused`."""
    cutter: rjieba.Jieba = _cutters()()
    for word in [*unused(), *(simplified(row["word"]) for row in lexicons.rows("splits"))]:
        # rjieba cannot delete a word; one that is never met is never chosen either.
        cutter.add_word(word, 0, None)
    for word in lexicon_words(lexicons):
        known = dictionary().get(word)[0] if cutter.has_word(word) else 0
        cutter.add_word(word, max(cutter.suggest_freq(word), known), None)
    return cutter


def _cutters() -> Any:
    """rjieba's class of cutters. Its package makes one as it is loaded, for which three speeches would wait a tenth longer."""
    package = find_spec("rjieba")
    spec = PathFinder.find_spec("rjieba.rjieba", package.submodule_search_locations) if package else None
    if spec is None or spec.loader is None:  # another version, or none
        import rjieba

        return rjieba.Jieba
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Jieba


@from_dictionary("unused")
def unused() -> list[str]:
    """Entries of jieba's dictionary that are two words: numeral with classifier, and chance neighbours."""
    return sorted(
        word
        for word, (count, tag) in dictionary().items()
        if _is_counted(word, tag) or _is_compound(word, count, tag) or _is_phrase(word, tag)
    )


def _is_counted(word: str, tag: str) -> bool:
    """一个, 第一次, 亿元, 三十多."""
    if tag not in ("m", "mq", "t", "q", "nrt", "nr", "j", "n") or word in NOT_COUNTED:
        return False
    return bool(_NUMERAL_ENTRY.fullmatch(word) or _APPROXIMATE_ENTRY.fullmatch(word))


def _is_compound(word: str, count: int, tag: str) -> bool:
    """积极开展, 国际裁判, 重大意义: in no corpus of jieba's, and made of two words that are."""
    if count > LISTED_ONLY or len(word) < 4 or tag in WHOLE_TAGS:
        return False
    apart_from = IN_NAMES if tag in (*NAME_TAGS, IDIOM_TAG) else ()
    least = COMMON if tag == IDIOM_TAG else EVERYDAY
    return any(
        _everyday(word[:at], apart_from, least) and _everyday(word[at:], apart_from, least) for at in range(2, len(word) - 1)
    )


def _is_phrase(word: str, tag: str) -> bool:
    """党的领导, 在实践中: joined by 的 (of), or a place told with 在 … 中, 上, 下 (in, on, under)."""
    if tag in (*WHOLE_TAGS, *NAME_TAGS, IDIOM_TAG) or len(word) < 4:
        return False
    owner, of, owned = word.partition("的")
    joined = of and len(owned) > 1 and _everyday(owner) and _everyday(owned)
    return bool(joined) or (word[0] == "在" and word[-1] in "中上下" and _everyday(word[1:-1]))


def _everyday(word: str, apart_from: tuple[str, ...] = (), least: int = EVERYDAY) -> bool:
    """Whether jieba's corpus has a word often, with none of these tags."""
    count, tag = dictionary().get(word, (0, ""))
    return count >= least and tag not in apart_from


@lru_cache(maxsize=4)
def lexicon_words(lexicons: Lexicons) -> Mapping[str, str]:
    """Words of data/lexicons/words.csv: Simplified form → part of speech."""
    return {simplified(row["word"]): row["pos"] or LEXICON_TAG for row in lexicons.rows("words")}


def tag(word: str, lexicons: Lexicons) -> str:
    """Part of speech of a known word, else empty; the project's word list before jieba's dictionary."""
    return lexicon_words(lexicons).get(word) or dictionary().get(word, (0, ""))[1]
