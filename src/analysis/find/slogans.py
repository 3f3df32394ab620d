"""Table `slogans`: slogans and political formulas (提法 tifa).

“四個全面” is found by its numeral, “強基固本、實幹興縣” by its quotation marks, 大眾創業、萬眾創新 through the register
data/lexicons/slogans.csv.

The row is the text without its quotation marks; `key` is the canonical form of the register where it is listed there, else
the text itself, in Simplified characters. Quotation marks also hold quotations, titles and words used with distance; these
are told from labels by their punctuation, by what introduces them and by being an everyday word, which is a guess.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import numpy as np

from analysis.find import Found
from analysis.find.dictionary import dictionary
from analysis.find.locate import sentences_at
from analysis.find.name_lists import in_simplified
from analysis.find.pairs import Marks, marks_of_pairs, pair_table
from analysis.find.together import Together, together
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.schema import Slogan

QUOTED, NUMERAL, LISTED = "quoted", "numeral", "listed"
LONGEST_LABEL = 40

_QUOTE = re.compile("[“「『‘]([^“”「」『』‘’\n]{1,60})[”」』’]")
_NESTED = re.compile("[“「]([^“”「」\n]{1,40}[‘『][^‘’『』“”「」\n]{1,20}[’』][^“”「」‘’『』\n]{0,40})[”」]")
_SENTENCE_END = re.compile("[。！？!?;；…：:]")
# Words before a quotation of what somebody said or wrote: 指出 point out, 强调 stress, 说 say, 常言道 as the saying goes.
_SAID = re.compile(
    "(?:指出|强调|说|讲|写道|道|告诉|认为|回答|表示|宣布|宣称|问|呼吁|点赞|称赞|赞扬|评价|云|曰|说过|讲过|称|叫嚷|叫嚣|叫喊|鼓吹|规定之)[:：,，]?$"
    "|提出[:：,，]$"
    # 所谓 so-called keeps a distance from what follows.
    "|所谓的?$|什么$"
)
# What a label names: the word after the quotation marks, at most a few characters away. 行动 action, 工程 project, 精神 spirit.
_NAMES = re.compile(
    "[”」』’]的?(?:[、和][“「][^”」]{1,20}[”」])*的?[\u4e00-\u9fff]{0,4}?(?:行动|工程|计划|规划|建设|精神|要求|活动|体系|制度|模式|政策|战略|方针|原则|理念|主题|"
    "专项|品牌|机制|试点|改革|项目|平台|方案|倡议|企业|示范|创建|管理|服务|体制|格局|目标|任务|角色|工作|口号|思想|路线|运动|产业|称号|经验|作风|承诺|道路|姿态|作用|样板|名片|发展)"
    # A glossary explains a label.
    "|[”」][:：]\n?(?:指|是|包括|即)"
)
# 116个“美丽街区”: what is counted is a kind with a name.
_COUNTED = re.compile("[0-9一二两三四五六七八九十百千万亿多余][个家条项批处座所名]$")
# Bodies, agreements, laws and events have names, and these are no slogans (names.py has most of them).
_NO_SLOGAN = re.compile(
    ".*(?:联盟|基金会|协会|学会|联合会|委员会|理事会|研究院|研究所|大学|学院|公司|集团|银行|电视台|出版社|博物馆|纪念馆|合作社|商会|总会|公会|"
    "公报|报告|协定|协议|条例|办法|公约|宣言|条约|规则|章程|宪法|法案|声明|备忘录|盟约|基本法|白皮书|议定书|决议案|规定|"
    "水灾|地震|风灾|事件|事变|惨案|战争|战役|之战|之乱)"
)
# Grades and lengths of time are counted, not abbreviated: “二级”, “三年”.
_GRADE = re.compile("[二两三四五六七八九十][级等类流年月天岁次度成倍点分届期线档]")
# A sentence after a colon is quoted, and so is one that speaks of itself: “客观世界，也改造自己的…”.
_SENTENCE = re.compile("[，,].*[也又都就我你他她它们是]")
# What is done with a label, or with others in quotation marks before it: 推进 advance, 打造 build, 推广 spread.
_PROMOTED = re.compile(
    "(?:推进|推动|推广|开展|实施|打造|建设|发展|开发|创新|创建|建立|设立|探索|深化|启动|落实|践行|弘扬|坚持|争创|推行|完善|建成|首座|全球|挂牌)"
    "(?:[“「][^“”「」]{1,20}[”」][、和及]?)*$"
)
# “硬性投入不足”问题 names a problem.
_PROBLEM = re.compile("[”」』’]问题")
# A phrase of everyday words in quotation marks recurs this often if it is a label.
RECURS = 3
_PLAIN_FIRST, _PLAIN_SECOND = ("a", "ad", "an", "b", "n", "v", "vn", "t", "d"), ("n", "vn")
# Labels without characters, or a number of articles: 1+2+4+N, 1310, 33条.
_FORMULA = re.compile("[0-9A-Z]{1,4}(?:[+][0-9A-Z]{1,4})+|[0-9]{3,5}|[0-9]{1,3}条")
_HAN = re.compile("[\u4e00-\u9fff]")
_BLANKS = re.compile("[xX×＊*○Ｘ]+")

_DIGIT = "[二两三四五六七八九十双]"
_OF = "(?:个|大|项|条|种|类|位|大类)"
# A numeral abbreviation counts things: 四个全面, 三严三实, 六稳, 五大发展理念, 两不愁三保障, 三去一降一补, 十三五. Not one that starts
# with 一 (一业一查 one trade, one check), nor a date or a number of two digits (九二共识, 三七五减租, 二十二连丰).
_NUMERAL_LABEL = re.compile(
    f"{_DIGIT}{_OF}[\u4e00-\u9fff]{{1,7}}"
    f"|{_DIGIT}(?![二两三四五六七八九十百千万亿])[\u4e00-\u9fff]{{1,4}}"
    f"|{_DIGIT}(?![二两三四五六七八九十百千万亿])[\u4e00-\u9fff]{{1,4}}(?:[、，]?[一二两三四五六七八九十]{_OF}?[\u4e00-\u9fff]{{1,4}}){{1,3}}"
    "|[七八九六]五|十[一二三四五]五"
)
# Both sides (of the strait) and the like: a pair, not an abbreviation.
_PAIR = re.compile("两(?:岸|国|会|地|边|面|者|党|军|极)|双(?:方|边|十)|三(?:国|军)|十(?:年|分|里)|[七九]大")
# Written 一…, abbreviations all the same.
_ONE_WORDS = "一国两制 一带一路 一个国家、两种制度 一老一小 "
_ONE = frozenset(_ONE_WORDS.split())
_IDIOM_TAGS = ("i", "l")
# Numerals that need no quotation marks: five-year plans, and N个 of the things that are counted in formulas.
_BARE_NUMERAL = re.compile(
    "(?<![一二三四五六七八九十百第])(?:十[一二三四五]五)(?=规划|计划|时期|期间|开局|发展|末|以来|收官|建设|的|[、，,。])|"
    "(?<![一二三四五六七八九十百第])(?:[二两三四五六七八九十]个(?:全面|自信|维护|意识|确立|毫不动摇|一百年|代表|坚持|着力|普遍|有利于|务必|统筹|必由之路)(?![团们人]))|"
    "五大发展理念|三严三实|两学一做|三农|一国两制|一带一路|五位一体|三去一降一补|双碳|双循环|四风|六稳|六保|两不愁三保障|双一流|双减|双随机"
)


# The pairs of characters that begin the numerals above.
_BARE_HEADS_WORDS = (
    "十一 十二 十三 十四 十五 五大 三严 两学 三农 一国 一带 五位 三去 双碳 双循 四风 六稳 六保 两不 双一 双减 双随 "
)
_BARE_HEADS = (*_BARE_HEADS_WORDS.split(), *(f"{number}个" for number in "二两三四五六七八九十"))
_LISTED, _BARE = 1, 2


class _Register(NamedTuple):
    """The register, ready to be looked up: form → canonical form, and the forms by their first two characters."""

    forms: Mapping[str, str]
    heads: Mapping[str, tuple[str, ...]]
    pairs: Marks


@lru_cache(maxsize=4)
def register(lexicons: Lexicons) -> _Register:
    """Slogans of the register with their variants, in Simplified form."""
    forms: dict[str, str] = {}
    for line in in_simplified(f"{row['slogan']}|{row['variants']}" for row in lexicons.rows("slogans")):
        canonical, *variants = line.split("|")
        for form in filter(None, map(str.strip, (canonical, *variants))):
            forms.setdefault(form, canonical)
    heads: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        heads.setdefault(form[:2], []).append(form)
    pairs = pair_table([(_LISTED, heads), (_BARE, _BARE_HEADS)])
    return _Register(forms, {head: tuple(found) for head, found in heads.items()}, pairs)


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Slogan]:
    """Rows of table `slogans`, by start; they do not overlap."""
    return next(find_each([speech], [found], lexicons))


def find_each(speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons) -> Iterator[Iterator[Slogan]]:
    """The rows of each speech, as `find` gives them; short speeches are searched as one text."""
    whole = together(tuple(speeches))
    told: list[list[tuple[int, int, str]]] = [[] for _ in speeches]
    for place, end, form in _spans(whole, lexicons):
        number, start = whole.at(place)
        told[number].append((start, start + end - place, form))
    return map(_rows, speeches, founds, told, repeat(lexicons))


def _rows(speech: Speech, found: Found, told: Sequence[tuple[int, int, str]], lexicons: Lexicons) -> Iterator[Slogan]:
    sentences = sentences_at(found, [start for start, _, _ in told])
    for (start, end, form), sentence in zip(told, sentences, strict=True):
        plain = _plain(speech.shadow[start:end])
        key = register(lexicons).forms.get(plain, plain)
        yield Slogan(speech.speech, sentence, start, end, speech.text[start:end], form, key)


def _spans(whole: Together, lexicons: Lexicons) -> list[tuple[int, int, str]]:
    """Start, end and form of each slogan."""
    shadow = whole.shadow
    labels = list(_labels(whole, lexicons))
    edges = sorted((start, end) for start, end, _ in labels)
    pairs = marks_of_pairs(shadow, register(lexicons).pairs)
    bare = [
        *_bare_numerals(shadow, np.flatnonzero(pairs & _BARE != 0).tolist()),
        *_listed(shadow, np.flatnonzero(pairs & _LISTED != 0).tolist(), lexicons),
        *_unquoted(whole, [(start, end) for start, end, form in labels if form == NUMERAL]),
    ]
    free = [span for span in bare if not _inside(span, edges)]
    free.sort(key=lambda span: (span[0] - span[1], span[0], span[2] != NUMERAL))
    taken: set[int] = set()
    for start, end, form in free:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            labels.append((start, end, form))
    return sorted(labels)


def _inside(span: tuple[int, int, str], edges: list[tuple[int, int]]) -> bool:
    """Whether a span touches one of the labels, which are sorted and apart."""
    place = bisect_right(edges, (span[1] - 1, 10**9)) - 1
    return place >= 0 and edges[place][1] > span[0]


def _plain(form: str) -> str:
    """A form as the register writes it: full-width commas, no inner quotation marks or blanks."""
    return re.sub("[“”‘’「」『』 ]", "", form).replace(",", "，")


def _labels(whole: Together, lexicons: Lexicons) -> Iterator[tuple[int, int, str]]:
    shadow = whole.shadow
    quotes = [match.span(1) for match in _QUOTE.finditer(shadow)]
    # How often a speech has the same in quotation marks.
    times = Counter((whole.at(start)[0], shadow[start:end]) for start, end in quotes)
    if "‘" in shadow or "『" in shadow:
        quotes += [match.span(1) for match in _NESTED.finditer(shadow)]
    reached = 0
    for start, end in sorted(quotes, key=lambda span: (span[0], -span[1])):
        if start < reached:
            continue
        form = _label_form(shadow, start, end, times[whole.at(start)[0], shadow[start:end]], lexicons)
        if form:
            reached = end
            yield start, end, form


def _is_numeral(label: str, listed: bool) -> bool:
    """Whether a label abbreviates several things by their number."""
    if label in _ONE:
        return True
    return (
        bool(_NUMERAL_LABEL.fullmatch(label))
        and not _PAIR.match(label)
        and not _GRADE.fullmatch(label)
        # 两个凡是 is one word of jieba's, but not the phrase 三心二意.
        and (listed or label[1] in "个项大" or dictionary().get(label, (0, ""))[1] not in _IDIOM_TAGS)
    )


def _label_form(shadow: str, start: int, end: int, times: int, lexicons: Lexicons) -> str:
    """quoted or numeral for a label that stands `times` in quotation marks, empty for other things in them."""
    label = _plain(shadow[start:end])
    listed = label in register(lexicons).forms
    if _is_numeral(label, listed) and not _NO_SLOGAN.fullmatch(label):
        return NUMERAL
    if listed:
        return QUOTED
    if _FORMULA.fullmatch(label):
        return QUOTED
    if len(_HAN.findall(label)) < 2 or len(label) > LONGEST_LABEL or _BLANKS.fullmatch(label) or _SENTENCE_END.search(label):
        return ""
    if _SAID.search(shadow[max(0, start - 6) : start - 1]) or _PROBLEM.match(shadow, end) or _NO_SLOGAN.fullmatch(label):
        return ""
    if shadow[max(0, start - 2) : start - 1] in ("：", ":") and _SENTENCE.search(label):
        return ""
    if label in dictionary():
        return QUOTED if len(label) > 3 and times > 1 and dictionary()[label][1] in ("i", "l", "v", "nz") else ""
    named = (
        times >= RECURS
        or _NAMES.match(shadow, end)
        or _COUNTED.search(shadow[max(0, start - 3) : start - 1])
        or _PROMOTED.search(shadow[max(0, start - 60) : start - 1])
    )
    return QUOTED if named or not _is_plain(label) else ""


@lru_cache(maxsize=4096)
def _is_plain(label: str) -> bool:
    """Whether a label is two everyday words, the second a noun: 合法身份 lawful status, 效忠信 letters of loyalty."""
    entries = dictionary()
    for at in (2, 1):
        first, second = entries.get(label[:at], (0, "")), entries.get(label[at:], (0, ""))
        if 3 <= len(label) <= 4 and first[1] in _PLAIN_FIRST and second[1] in _PLAIN_SECOND and min(first[0], second[0]) > 1:
            return True
    return False


def _bare_numerals(shadow: str, places: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Numerals that need no quotation marks, looked for at `places`."""
    free = 0
    for place in places:
        match = _BARE_NUMERAL.match(shadow, place) if place >= free else None
        if match:
            free = match.end()
            yield match.start(), free, NUMERAL


def _unquoted(whole: Together, labels: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Further mentions, without quotation marks, of numeral abbreviations that a speech has in them (三保)."""
    quoted: dict[int, set[str]] = {}
    for start, end in labels:
        quoted.setdefault(whole.at(start)[0], set()).add(whole.shadow[start:end])
    for number, of_speech in quoted.items():
        pattern = re.compile(
            "(?<![一二两三四五六七八九十百第])(?:" + "|".join(sorted(map(re.escape, of_speech), key=len, reverse=True)) + ")"
        )
        begin = whole.begins[number]
        for match in pattern.finditer(whole.shadow, begin, begin + len(whole.speeches[number].text)):
            yield match.start(), match.end(), NUMERAL


def _listed(shadow: str, places: Iterable[int], lexicons: Lexicons) -> Iterator[tuple[int, int, str]]:
    """Forms of the register, longest at each of the `places`."""
    heads, free = register(lexicons).heads, 0
    for start in places:
        if start < free:
            continue
        forms = heads.get(shadow[start : start + 2], ())
        if not shadow.startswith(forms, start):
            continue
        form = next(form for form in forms if shadow.startswith(form, start))
        free = start + len(form)
        within_number = start and shadow[start] in "一二两三四五六七八九十" and shadow[start - 1] in "第一二三四五六七八九十百"
        if not within_number:
            yield start, free, NUMERAL if _is_numeral(form, True) else LISTED


def propose(speeches: Iterable[Speech], lexicons: Lexicons, least: int = 3) -> list[tuple[str, int, int]]:
    """Labels in quotation marks that recur and are not in the register: (key, occurrences, speeches), commonest first."""
    times: Counter[str] = Counter()
    speeches_with: Counter[str] = Counter()
    for speech in speeches:
        labels = [_plain(speech.shadow[start:end]) for start, end, _ in _labels(together((speech,)), lexicons)]
        times.update(labels)
        speeches_with.update(set(labels))
    known = register(lexicons).forms
    return sorted(
        ((label, n, speeches_with[label]) for label, n in times.items() if n >= least and label not in known),
        key=lambda row: (-row[1], row[0]),
    )
