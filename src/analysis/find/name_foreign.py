"""Foreign names in letters of transcription: of persons, and of places and bodies by what follows.

>>> from analysis.read.lexicons import load
>>> from analysis.find.name_words import cut
>>> sorted({(c.name, c.kind) for c in foreign(cut("总统哈里斯在斯特拉斯堡", load()), load())})
[('哈里斯', 'person'), ('斯特拉斯堡', 'place')]

A run of letters of transcription that makes no words is a foreign name. It is a place where the word of one follows
(特兰西瓦尼亚州) or where one is spoken of (在, 位于), a body where the word of a body follows (卡内基公司), else a person. Parts
joined by a dot are a person. Letters are few and many of them are words: a run needs two that hardly ever are.
"""

import re
from collections.abc import Iterator

import numpy as np

from analysis.find.dictionary import dictionary
from analysis.find.name_evidence import signs_beside
from analysis.find.name_lists import ORGANISATION, PERSON, PLACE, gazetteer, listed, titles
from analysis.find.name_marks import ADDRESSES, LETTER, SYLLABLE
from analysis.find.name_signs import signed, title_after, title_before
from analysis.find.name_transcribed import NO_NAME, TRANSCRIBED, words_of_letters
from analysis.find.name_words import Candidate, Words
from analysis.read.lexicons import Lexicons

# Letters of transcription that are also words before a name.
_LEADING = frozenset("因和与由以于若当及让也依")
_NAME_TAGS = ("nr", "nrt", "nrfg")
LONGEST_TRANSCRIBED = 7
LONGEST_PART = 7  # of a name joined by dots
LONGEST_RUN = 12
# 总理史卡利本（二〇〇四）年: 本 is this (year).
_THIS_YEAR = re.compile("本[(（][0-9一二九]")
_LATIN = re.compile("[A-Z][a-z]{1,15}(?:[ -][A-Z][a-z]{1,15}){0,3}(?![A-Za-z0-9])")
_REIGN = re.compile("[一二三四五六七八九十]{1,2}世(?!纪|界|代)")
_REIGN_END = re.compile("世(?!纪|界|代)")
_NUMERALS = frozenset("一二三四五六七八九十")
_JOINED = re.compile("[\u4e00-\u9fff]{1,7}[·•‧・․](?:[\u4e00-\u9fff]{1,7}[·•‧・․]){0,3}[\u4e00-\u9fff]{1,7}")
# Letters of parts joined by dots; alone they are too common as words.
_DOTTED = TRANSCRIBED | frozenset(
    "伍儒厄厮哥恰梯梵涅狄缪腊腓蕾诃赖迦陶魏黎东申甫陆斐立理开木以代香明申珠梦玲露曲李廉倩玫薇茵芙萍莹蓓绮琪琦珊璐碧婕嘉杨陈王刘美英凤秀仙宝贵"
)
# A letter of transcription this common as a word (jieba's count) neither begins nor ends a run.
COMMON_LETTER = 11_000
_PLACE_WORD = re.compile(
    "(?:自治区|自治州|联邦区|州|市|县|省|郡|镇|村|半岛|群岛|岛|山脉|山|河|湖|海峡|海湾|海|湾|港|盆地|高原|平原|沙漠|运河|瀑布|机场|广场|大桥|公园|火山|堡|角|冰川)(?![长员人民区委])"
)
_BODY_WORD = re.compile(
    "(?:股份有限公司|有限公司|集团公司|公司|集团|银行|大学|学院|研究所|基金会|博物馆|俱乐部|足球队|队|乐团|汽车|电器|航空|酒店|饭店|百货|唱片|杂志|日报|时报)"
)
# What follows makes a word of another kind: a people, a language, a doctrine, a prize.
_OTHER_WORD = re.compile(
    "[人族语文教系式型号级]|主义|民族|奖|病|综合征|定理|定律|效应|方程|指数|元|牌|战争|战役|会议|宫|王朝|帝国|时代|条约|协定|议定书|宣言|公约|教派|法则|进程|模式|杯|赛|年"
)
# Ends of names of countries and towns: -burg, -nia, -stan, -land, -via, -ville.
_LIKE_PLACES = ("堡", "尼亚", "斯坦", "兰", "维亚", "维尔", "利亚", "里亚", "西亚")
_WHERE = re.compile(
    "(?:位于|前往|抵达|首都|首府|来自|出生于|生于|死于|迁往|飞往|通往|途经|在|从|到|至|赴|驻|离开|占领|攻占|围攻|解放)$"
)


def foreign(words: Words, lexicons: Lexicons) -> list[Candidate]:
    """Foreign names of a text; they may overlap."""
    return [
        *_runs(words, lexicons),
        *_known(words, lexicons),
        *_reigns(words),
        *_latin(words, lexicons),
        *_dotted(words, lexicons),
        *_before(words, lexicons),
        *_after(words, lexicons),
    ]


def _runs(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Letters of transcription that make no words, with nothing beside them that says what they name."""
    flags, free = words.marks.characters, 0
    for hint in words.hints.runs.tolist():
        if hint < free:
            continue
        start = free = hint
        while start and flags[start - 1] & (LETTER | SYLLABLE):
            start -= 1
        while flags[free] & (LETTER | SYLLABLE):
            free += 1
        for begin, stop in _names_in(words, start, free) if free - start >= 3 else ():
            sure = int(np.count_nonzero(flags[begin:stop] & SYLLABLE))
            found = _told(words, begin, stop, lexicons) if sure > 1 and 2 * sure >= stop - begin else None
            if found:
                yield found


def _known(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Words that jieba has as transcribed names (福尔摩斯 Holmes)."""
    names = words_of_letters()
    for start in words.standing(words.hints.transcribed).tolist():
        end = words.end(start)
        if words.shadow[start:end] in names:
            found = _told(words, start, end, lexicons)
            if found:
                yield found


def _reigns(words: Words) -> Iterator[Candidate]:
    """查理四世: letters of transcription with the number of a reign."""
    shadow = words.shadow
    for rank in words.hints.ranks.tolist():
        number = rank
        while number and shadow[number - 1] in _NUMERALS and rank - number < 2:
            number -= 1
        if number == rank or not _REIGN_END.match(shadow, rank):
            continue
        start = number
        while start and shadow[start - 1] in _DOTTED and number - start < LONGEST_TRANSCRIBED:
            start -= 1
        while start < number and (not words.edges[start] or shadow[start] in _LEADING):
            start += 1
        if number - start >= 2:
            yield Candidate(start, rank + 1, PERSON, shadow[start : rank + 1])


def _latin(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Ivan Paskievich after a title or beside another sign of a person."""
    free = 0
    for start in words.hints.capitals.tolist():
        match = _LATIN.match(words.shadow, start) if start >= free else None
        if not match:
            continue
        free = match.end()
        told, role = signed(words, match.start(), match.end(), lexicons)
        if told or any(signs_beside(words, match.start(), match.end(), lexicons)):
            yield Candidate(match.start(), match.end(), PERSON, match[0], role)


def _names_in(words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of single letters and of words that jieba has as names, inside a run."""
    spans: list[tuple[int, int]] = []
    begun = -1
    at = words.edges.find(1, start)
    for word in words.between(at, len(words.shadow)):
        good = (
            at + len(word) <= end
            and (len(word) == 1 or dictionary().get(word)[1] in (*_NAME_TAGS, "ns", "nz", ""))
            and word not in NO_NAME
        )
        if good and begun < 0:
            begun = at
        if not good:
            if begun >= 0:
                spans.append((begun, at))
            begun = -1
            if at + len(word) > end:
                break
        at += len(word)
    if begun >= 0:  # the text ends with it
        spans.append((begun, at))
    for first, last in spans:
        while first < last and _common_letter(words, first):
            first += 1
        while first < last and _common_letter(words, last - 1):
            last -= 1
        if 3 <= last - first <= LONGEST_RUN:
            yield first, last


def _common_letter(words: Words, place: int) -> bool:
    """Whether a letter stands alone there and is an everyday word."""
    return bool(words.edges[place] and words.edges[place + 1]) and dictionary().get(words.shadow[place])[0] > COMMON_LETTER


def _told(words: Words, start: int, end: int, lexicons: Lexicons) -> Candidate | None:
    """The name that a stretch is, by what is around it."""
    shadow, name = words.shadow, words.shadow[start:end]
    if name in NO_NAME or name in listed(lexicons):
        return None
    if shadow[end] in "·•‧・․" if end < len(shadow) else False:
        return None
    place = _PLACE_WORD.match(shadow, end)
    if place and words.edges[place.end()]:
        return Candidate(start, place.end(), PLACE, shadow[start : place.end()])
    body = _BODY_WORD.match(shadow, end)
    if body and words.edges[body.end()]:
        return Candidate(start, body.end(), ORGANISATION, shadow[start : body.end()])
    if _OTHER_WORD.match(shadow, end):
        return None
    if name in gazetteer(lexicons):
        return None
    if name.endswith(_LIKE_PLACES) or (
        dictionary().get(name)[1] not in _NAME_TAGS and _WHERE.search(shadow, max(0, start - 3), start)
    ):
        return Candidate(start, end, PLACE, name)
    return Candidate(start, end, PERSON, name, signed(words, start, end, lexicons)[1])


def _dotted(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Parts joined by dots."""
    shadow = words.shadow
    for match in _joined(words):
        start, end = match.start(), match.end()
        dots = [i for i in range(start, end) if shadow[i] in "·•‧・․"]
        while dots[0] - start > 1 and not _is_part(words, start, dots[0]):
            start += 1
        while end - dots[-1] > 2 and not _is_part(words, dots[-1] + 1, end):
            end -= 1
        while dots[0] - start > 2 and _common_letter(words, start):
            start += 1
        while end - dots[-1] > 3 and _common_letter(words, end - 1):
            end -= 1
        if shadow[start] in _DOTTED and shadow[end - 1] in _DOTTED:
            role = signed(words, start, end, lexicons)[1]
            reign = _REIGN.match(shadow, end)
            end = reign.end() if reign else end
            yield Candidate(start, end, PERSON, shadow[start:end], role)


def _is_part(words: Words, start: int, end: int) -> bool:
    """Whether a stretch of whole words is letters, or a word that jieba has as a name."""
    part = words.shadow[start:end]
    whole = words.edges[start] and words.edges[end]
    return bool(whole and (all(letter in _DOTTED for letter in part) or dictionary().get(part)[1] in _NAME_TAGS))


def _joined(words: Words) -> Iterator[re.Match[str]]:
    """Parts joined by dots, left to right."""
    free = 0
    for dot in words.hints.dots.tolist():
        begins = range(max(free, dot - LONGEST_PART), dot)
        match = next(filter(None, (_JOINED.match(words.shadow, begin) for begin in begins)), None)
        if match:
            free = match.end()
            yield match


def _before(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """布希总统: letters of transcription before a title or a form of address."""
    shadow = words.shadow
    for end in words.standing(words.hints.before_titles).tolist():
        role = title_after(words, end, lexicons)
        if not (role[1] or shadow.startswith(ADDRESSES, end)):
            continue
        run = end
        while run and shadow[run - 1] in TRANSCRIBED and end - run < LONGEST_TRANSCRIBED:
            run -= 1
        while run < end and (not words.edges[run] or shadow[run] in _LEADING):
            run += 1
        if _may_be_name(shadow[run:end], lexicons):
            before = title_before(words, run, lexicons)
            reign = _REIGN.match(shadow, end)
            name = shadow[run:end]
            yield Candidate(run, reign.end() if reign else end, PERSON, name, before if before[1] else role)


def _after(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """总统哈里斯: all the letters of transcription that follow a title, if they make no words."""
    shadow, known = words.shadow, titles(lexicons)
    for start in words.standing(words.hints.after_titles).tolist():
        if shadow[words.begin(start) : start] not in known:
            continue
        end = start
        while shadow[end : end + 1] in TRANSCRIBED and end - start < LONGEST_TRANSCRIBED:
            end += 1
        if _THIS_YEAR.match(shadow, end - 1):
            end -= 1
        while end > start and (not words.edges[end] or shadow[end - 1] in _LEADING):
            end -= 1
        unknown = all(
            len(piece) == 1 or dictionary().get(piece, (0, "nr"))[1] in _NAME_TAGS for piece in words.between(start, end)
        )
        if end - start >= 3 and unknown and _may_be_name(shadow[start:end], lexicons):
            yield Candidate(start, end, PERSON, shadow[start:end], title_before(words, start, lexicons))


def _may_be_name(name: str, lexicons: Lexicons) -> bool:
    return len(name) >= 2 and name not in listed(lexicons) and dictionary().get(name, (0, "nr"))[1] in _NAME_TAGS
