"""Organisations that no list has: a place or a level with its office, a company by its last word.

>>> from analysis.read.lexicons import load
>>> from analysis.find.name_words import cut, known_names
>>> words = cut("海南省教育厅和县总工会", load())
>>> [c.name for c in bodies(words, [c for c in known_names(words, load())], load())]
['县总工会', '海南省教育厅']

A body is a place (or a level: 省 province, 旗 banner) followed by the words of its office. A kind of body without a place
(各级工会 unions at every level, 政府 government) names none and is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress

from analysis.find.dictionary import dictionary
from analysis.find.name_ends import FIRMS, LINES, PUBLISHER, SHORT_TAILS, TAILS
from analysis.find.name_hints import LONGEST_OFFICE
from analysis.find.name_lists import AREAS, ORGANISATION, PLACE, listed
from analysis.find.name_marks import BEFORE_LISTED, FUNCTION, NOT_BEFORE_LEVEL
from analysis.find.name_words import Candidate, Words, tail_after
from analysis.read.lexicons import Lexicons

# Levels and other words that are nouns ending in one of these and name no body.
_NO_BODY_WORDS = (
    "西部 东部 中部 南部 北部 内部 外部 全部 干部 局部 大厅 客厅 餐厅 海军 陆军 空军 冠军 将军 大军 亚军 季军 西南部 东南部 西北部 东北部 部署 布局 裁军 强军 侵略军 驻军 扩军 格局 结局 大局 全局 时局 "
    "俱乐部 "
)
NO_BODY = frozenset(_NO_BODY_WORDS.split())
# Ends of words that say what kind of group it is: 修正主义集团 (revisionist clique), 大型集团 (large groups).
KINDS = ("主义", "性", "型", "级", "党", "派", "国", "条约", "公约")
# Parts of speech that a body's name is made of.
_INSIDE_WORDS = "n vn nz nt ns j b an l nr nrt s ng vd nrfg "
INSIDE = frozenset(_INSIDE_WORDS.split())
# Verbs that stand in names of bodies; other verbs end one (行使 exercise, 达到 reach).
_VERBS_WORDS = (
    "联合 开发 运营 保护 出版 发行 广播 勘察 勘探 设计 检验 检测 咨询 传播 投资 控股 创新 筹备 预备 调查 救助 保障 评估 认证 互助 合作 协调 促进 改革 "
    "统战 指挥 护理 康复 制造 冶炼 加工 监督 管理 研究 服务 建设 航空 运输 销售 进出口 装备 储备 教育 宣传 交流 统一 动力 预防 防治 监测 规划 应用 按摩 "
)
VERBS = frozenset(_VERBS_WORDS.split())
# 联营公司 joint ventures, 村镇银行 village banks: kinds of firms that are seldom words.
_KINDS_OF_FIRMS = (
    "联营",
    "函授",
    "综合",
    "重点",
    "业余",
    "电视",
    "村镇",
    "经纪",
    "反党",
    "核销",
    "信托",
    "皮包",
    "合营",
    "承包",
    "劳务",
    "租赁",
    "母",
    "子",
    "分",
)
MOST_WORDS = 8
LONGEST_WORD = 20  # remembered; longer ones are runs of letters or digits
# 学校, 集团 and the like after these are kinds: 企业集团 enterprise groups, 反党集团 anti-Party clique.
COMMON_WORD = 300  # a word seldomer than this in jieba's counts can be the name of a firm (海螺 conch)
_OFFICES = "党委|人民政府|人大常委会|总工会|纪委监委|政府|政协|人大|纪委|监委|妇联|工商联|委常委会|委宣传部|委组织部|委办公室|委统战部|委党校|委(?![员托派会任屈])|总(?=[今明去要年决已的和、,，])"
_LEVEL = re.compile(f"(?<![各级全几外跨两每辖特省市县区旗州镇乡])(?:自治区|[省市县区旗州镇乡])(?:{_OFFICES})")
# 中华民国（台湾）政府: a place, another name of it in brackets, and its government.
_BRACKET = re.compile("[(（][\u4e00-\u9fff]{2,6}[)）](?:政府|当局|外交部)")
# 第一 in 太原第一热电站 (Taiyuan No. 1 power station).
_ORDINAL = re.compile("第[一二三四五六七八九十]{1,2}")
# 以 (with) and other words that never stand in a body's name whatever their tag.
_BREAKS_WORDS = (
    "的 了 着 和 与 及 或 在 是 对 把 将 从 向 为 被 让 使 由 等 有 以 到 同 给 要 会 发展 建设 推动 推进 支持 加快 加强 实现 提高 坚持 领导 成立 组织 进入 获得 设立 举办 参加 承认 赞成 赞同 "
    "反对 纠集 裁军 强军 地方 历届 历任 反动 统治 侵略 修正主义 反革命 特色 解放军 人民解放军 级 三级 法治 重点 上市 上市公司 跨国公司 "
)
_BREAKS = frozenset(_BREAKS_WORDS.split())


# What the words that a look at bodies begins with are, besides the places.
_FIRM, _PUBLISHERS, _LEVELS, _WHOLE, _NAMED = (1 << bit for bit in range(5))


def bodies(words: Words, known: Sequence[Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """Organisations beside the known ones."""
    shadow = words.shadow
    for place in known:
        opened = place.kind == PLACE and shadow.startswith(("(", "（"), place.end)
        bracket = _BRACKET.match(shadow, place.end) if opened else None
        if bracket:
            yield Candidate(place.start, bracket.end(), ORGANISATION, shadow[place.start : bracket.end()])
    yield from _leveled(words)
    near = tail_after(words, [place.end for place in known], LONGEST_OFFICE)
    for place in compress(known, near):
        if place.kind == PLACE and place.end - place.start > 1:
            found = _office(words, place.start, place.end)
            if found:
                yield found
    levels = words.standing(words.hints.levels)
    levels = levels[words.cuts[levels + 1]]
    for start in compress(levels.tolist(), tail_after(words, levels + 1, LONGEST_OFFICE)):
        found = _level(words, start)
        if found:
            yield found
    kinds = _kinds(lexicons)
    for start in _places_to_look(words):
        kind = kinds[words.word(start)]
        found = _LOOKS[kind](words, start) if kind else None
        if found:
            yield found


def _places_to_look(words: Words) -> list[int]:
    """Starts of words that may be a firm, a publisher, an autonomous region, or a body in one word."""
    cuts, begun = words.cuts, words.hints.business
    # Words of four and more characters that begin with a listed name or end like a firm.
    listed = words.standing(words.hints.listed)
    listed = listed[~(cuts[listed + 1] | cuts[listed + 2] | cuts[listed + 3])]
    ends = begun[begun >= 2] + 2
    ends = ends[cuts[ends] & ~(cuts[ends - 1] | cuts[ends - 2] | cuts[ends - 3])]
    return sorted({*words.standing(begun).tolist(), *listed.tolist(), *map(words.begin, ends.tolist())})


def _leveled(words: Words) -> Iterator[Candidate]:
    """省委, 县政府: a level and its office, whatever words they are cut into."""
    free = 0
    for area in words.hints.offices.tolist():
        match = _LEVEL.match(words.shadow, max(free, area - 2)) or _LEVEL.match(words.shadow, area) if area >= free else None
        # 各省、市、自治区党委 the committees of all of them.
        if match and words.shadow[max(0, match.start() - 2) : match.start()] not in BEFORE_LISTED:
            free = match.end()
            yield _of_the_party(words, match.start(), match.end())


def _office(words: Words, start: int, end: int) -> Candidate | None:
    """The body that a place or level and the words of its office make."""
    last = _office_end(words, end)
    # 县钢铁厂 steel works of counties: a level owns works, it does not name them.
    if not last or (words.shadow[last - 1] == "厂" and end - start == 1):
        return None
    return _of_the_party(words, start, last)


def _of_the_party(words: Words, start: int, end: int) -> Candidate:
    """中共上海市委: a Party committee with the Party's name before it."""
    if words.shadow.startswith("中共", max(0, start - 2)) and words.shadow.endswith(("委", "委员会"), start, end):
        start -= 2
    return Candidate(start, end, ORGANISATION, words.shadow[start:end])


def _level(words: Words, start: int) -> Candidate | None:
    """A level as a word of its own: 省 in 省教育厅, not in 全省."""
    if start and (words.shadow[start - 1] in NOT_BEFORE_LEVEL or words.shadow[max(0, start - 2) : start] in BEFORE_LISTED):
        return None
    return _office(words, start, words.end(start))


def _publisher(words: Words, start: int) -> Candidate | None:
    """法律出版社: a publishing house has its subject for a name."""
    begin = words.begin(start)
    before = words.shadow[begin:start] if start else ""
    if len(before) < 2 or dictionary().get(before, (0, ""))[1] not in ("n", "nz", "ns", "vn", "nt"):
        return None
    return Candidate(begin, start + 3, ORGANISATION, words.shadow[begin : start + 3])


def _whole(words: Words, start: int) -> Candidate | None:
    """天津市政府 and 武汉大学, which are one word of jieba's."""
    end = words.end(start)
    last = _office_end(words, end) or end
    return Candidate(start, last, ORGANISATION, words.shadow[start:last])


def _firm(words: Words, start: int) -> Candidate | None:
    """皖维集团: two characters that make no word, or a seldom word, and 集团, 公司 or 银行."""
    if not start:
        return None
    begin, end = words.begin(start), words.end(start)
    if start - begin == 1 and begin and words.edges[begin - 1]:
        begin -= 1
        good = _odd_pair(words.shadow[begin:start])
    else:
        before = words.shadow[begin:start]
        good = _seldom(before) and not before.startswith(_KINDS_OF_FIRMS)
    return Candidate(begin, end, ORGANISATION, words.shadow[begin:end]) if good else None


def _named(words: Words, start: int) -> Candidate | None:
    """友邦保险: a name that is no everyday word, and a line of business."""
    begin = words.begin(start)
    before = words.shadow[begin:start] if start else ""
    count, tag = dictionary().get(before)
    if 2 <= len(before) <= 3 and tag in ("nz", "nr", "nrt", "ns", "nrfg") and count < COMMON_WORD and not before.endswith(KINDS):
        end = words.end(start)
        return Candidate(begin, end, ORGANISATION, words.shadow[begin:end])
    return None


_LOOKS = {_NAMED: _named, _FIRM: _firm, _PUBLISHERS: _publisher, _LEVELS: _level, _WHOLE: _whole}


class _Kinds(dict[str, int]):
    """Which of the four looks a word asks for; worked out once for each word."""

    def __init__(self, lexicons: Lexicons) -> None:
        super().__init__({**dict.fromkeys(LINES, _NAMED), **dict.fromkeys(FIRMS, _FIRM), PUBLISHER: _PUBLISHERS})
        self["自治区"] = _LEVELS
        self._listed = listed(lexicons)

    def __missing__(self, word: str) -> int:
        kind = _WHOLE if len(word) >= 4 and _part(word) == 2 and self._is_body(word) else 0
        if len(word) <= LONGEST_WORD:
            self[word] = kind
        return kind

    def _is_body(self, word: str) -> bool:
        if word.endswith(("集团", "公司", "银行")) and _seldom(word[:-2]) and not word.startswith(_KINDS_OF_FIRMS):
            return True
        if word.endswith("大学") and dictionary().get(word)[1] == "nt":
            return True
        if word.startswith("中共"):
            return True
        return any(self._listed.get(word[:n], ("",))[0] == PLACE for n in range(2, len(word)))


@lru_cache(maxsize=4)
def _kinds(lexicons: Lexicons) -> _Kinds:
    return _Kinds(lexicons)


@lru_cache(maxsize=65536)
def _part(word: str) -> int:
    """What a word can be in the name of a body: 0 nothing, 1 inside, 2 its end."""
    if _ORDINAL.fullmatch(word):
        return 1
    tag = dictionary().get(word, (0, "n" if word.endswith(TAILS) else ""))[1]
    if (
        (tag not in INSIDE and word not in VERBS and (len(word) > 1 or tag != "v"))
        or word in _BREAKS
        or (len(word) == 1 and word in AREAS)
    ):
        return 0
    ends = word == "厂" or word.endswith(TAILS) or (len(word) > 1 and word[-1] in SHORT_TAILS and tag in ("n", "nt", "j", "nz"))
    return 2 if ends and word not in NO_BODY else 1


def _office_end(words: Words, start: int) -> int:
    """Where the office that begins at `start` ends; 0 where there is none."""
    if not words.edges[start]:
        return 0
    shadow, edges, last, size = words.shadow, words.edges, 0, len(words.shadow)
    for _ in range(MOST_WORDS):
        if start >= size:
            break
        end = edges.find(1, start + 1)
        part = _part(shadow[start:end])
        if not part:
            break
        if part == 2:
            last = end
        start = end
    return last


def _odd_pair(pair: str) -> bool:
    """Whether two characters that make no word may be a firm's name (not 核销, two verbs)."""
    verbs = all(dictionary().get(character, (0, ""))[1] == "v" for character in pair)
    return pair.isalpha() and not FUNCTION & set(pair) and not verbs


def _seldom(word: str) -> bool:
    """Whether a word is a name or seldom enough to be one (海螺 conch; not 企业, 反革命)."""
    count, tag = dictionary().get(word, (0, ""))
    return 2 <= len(word) <= 4 and tag in ("nz", "nr", "nrt", "ns", "n") and count < COMMON_WORD and not word.endswith(KINDS)
