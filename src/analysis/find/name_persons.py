"""Persons: surname and given name, where a title, a form of address, a list or repetition says that it is one.

>>> from analysis.read.lexicons import load
>>> from analysis.find.name_words import cut
>>> [c.name for c in persons(cut("县长王建明点赞", load()), [], load())]
['王建明']

How long a name is, is decided by the words around it and by how often its characters stand in given names (counted in
jieba's dictionary). 毛主席 is 毛 with the role 主席; 李前部长大维 is 李大维. A name without any sign that it is one is not
found: rather a name missed than a word called a person.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from math import log

from analysis.find.cutting import dictionary
from analysis.find.name_words import PERSON, Candidate, Words, listed
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

# Forms of address: a sign of a person, no role.
ADDRESSES = ("同志", "先生", "女士", "阁下", "伉俪", "小姐", "夫人")
LONGEST_TITLE = 8
# A given name that is a word this common in jieba's counts is no given name after an everyday surname.
COMMON_WORD = 500
# Words that jieba tags as names of persons.
NO_PERSON = frozenset("马拉松 高尔夫 单晶硅 温室气 白皮书 金字塔 高精尖 安理会 高标准 高水平 全方位".split())
# Letters of transcription that are also words before a name.
_LEADING = frozenset("因和与由以于若当达及让")
_LIST_END = re.compile("[、，,。；;）)]|等|和|及|与|之流|先生|同志|两位|几位")
_GIVEN_END = re.compile("[，,。、！!）)\\s]|先生|女士|等|及|和|与|将|在|于|依|提")
_REIGN = re.compile("[一二三四五六七八九十]{1,2}世(?!纪|界)")
# Log odds that a given name is one: with a title beside it, and on its own.
WITH_SIGN, ALONE = -3.0, 4.0
# Letters of transcribed names (Xinhua's tables): a foreign name is made of these only.
TRANSCRIBED = frozenset(
    "阿埃艾爱安昂奥澳巴白柏班邦保鲍贝本比彼毕宾波玻伯勃博布查昌茨达戴丹当道德登邓迪蒂丁杜顿多恩尔耳法范方菲费芬丰佛夫弗福富盖甘冈高戈格根贡古瓜圭哈海汉豪赫亨洪"
    "胡华怀惠霍基吉加贾简杰金津喀卡凯坎康考柯科克肯孔库夸奎拉莱兰朗劳勒雷里丽利莉连列林琳龙隆卢鲁路伦罗洛吕马玛迈麦曼芒毛梅门蒙孟米密缅明摩莫默姆穆纳奈南内尼"
    "宁纽努诺欧帕派潘庞佩彭皮匹平珀普齐奇契钱强乔切琼丘让热仁日荣茹瑞若撒萨塞赛桑瑟森沙山尚绍舍圣施什石史士舒斯司丝松苏索塔台泰坦汤唐特腾提田廷亭图托陀瓦万旺"
    "威韦维温文翁沃乌武西希锡席夏香肖歇谢辛欣兴休许逊雅亚延扬耶叶伊因英尤于约泽扎詹珍芝治兹朱茱祖佐娜娅妮姬卓瓜澤黛雯莎茜妲娃尤"
)
_JOINED = re.compile("[\u4e00-\u9fff]{1,7}[·•‧・․](?:[\u4e00-\u9fff]{1,7}[·•‧・․]){0,3}[\u4e00-\u9fff]{1,7}")
# A title after a list of persons: 李先念、薄一波两位副总理.
_SHARED = re.compile("(?:[、和及][一-鿿]{2,4}?){0,4}(?:等|等几位|两位|二位|三位|四位|几位)(?=[一-鿿])")
# What follows a person's name and makes it the name of a teaching (毛泽东思想).
_TEACHING = re.compile("思想|理论|主义|新时代|列宁主义")


@cache
def given_odds() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Log odds of each character as first and second character of a given name against running text."""
    text: Counter[str] = Counter()
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for word, (count, tag) in dictionary().items():
        for character in word:
            text[character] += count
        if tag in ("nr", "nrfg") and len(word) == 3:
            first[word[1]] += 1
            second[word[2]] += 1
    size = text.total()
    return _log_odds(first, text, size), _log_odds(second, text, size)


def _log_odds(given: Counter[str], text: Counter[str], size: int) -> dict[str, float]:
    """Half a count more for each character of a name and fifty for one of the text, so that rare ones say little."""
    scale = size / given.total()
    return {character: log((given[character] + 0.5) * scale / (n + 50)) for character, n in text.items()}


def odds(given: str) -> float:
    """Log odds of a given name of one or two characters."""
    first, second = given_odds()
    return first.get(given[0], 0.0) + second.get(given[1], 0.0) if len(given) == 2 else second.get(given, 0.0)


@lru_cache(maxsize=4)
def titles(lexicons: Lexicons) -> frozenset[str]:
    """Titles, in Simplified form."""
    return frozenset(simplified(row["title"]) for row in lexicons.rows("titles"))


@lru_cache(maxsize=4)
def _titles_by_head(lexicons: Lexicons) -> Mapping[str, tuple[str, ...]]:
    """Titles by their first two characters, longest first."""
    heads: dict[str, list[str]] = {}
    for title in sorted(titles(lexicons), key=len, reverse=True):
        heads.setdefault(title[:2], []).append(title)
    return {head: tuple(found) for head, found in heads.items()}


@lru_cache(maxsize=4)
def _title_ends(lexicons: Lexicons) -> frozenset[str]:
    """Last characters of titles, and the blanks that may follow one."""
    return frozenset({title[-1] for title in titles(lexicons)} | {" ", "\u3000"})


def _surname_starts(words: Words, lexicons: Lexicons) -> Iterator[int]:
    """Starts of words that begin with the first character of a surname."""
    pattern = re.compile("[" + "".join({surname[0] for surname in surnames(lexicons)}) + "]")
    return (match.start() for match in pattern.finditer(words.shadow) if words.edges[match.start()])


@lru_cache(maxsize=4)
def surnames(lexicons: Lexicons) -> Mapping[str, bool]:
    """Surnames in Simplified form; True for those that are everyday words too."""
    return {simplified(row["surname"]): row["everyday"] == "yes" for row in lexicons.rows("surnames")}


def persons(words: Words, known: Iterable[Candidate], lexicons: Lexicons) -> list[Candidate]:
    """Persons of a text with the place of their role; `known` are those the gazetteer has."""
    found = {c.start: c._replace(role=_signed(words, c.start, c.end, lexicons)[1]) for c in known if not _TEACHING.match(words.shadow, c.end)}
    found = {c.start: c for c in _by_surname(words, lexicons)} | found
    found |= {c.start: c for c in _transcribed(words, lexicons)}
    found = {c.start: c for c in _titled_surnames(words, lexicons)} | found
    found = {c.start: c for c in _by_given_name(words, lexicons)} | found
    found = {c.start: c for c in _listed_beside(words, found, lexicons)} | found
    found = {c.start: c for c in _listed_before(words, found, lexicons)} | found
    return [*found.values(), *_again(words, found.values(), lexicons)]


def title_before(words: Words, start: int, lexicons: Lexicons) -> tuple[int, int]:
    """Span of the titles that end where a name starts, joined by 、 where there are several; (0, 0) for none."""
    shadow, known = words.shadow, titles(lexicons)
    if shadow[max(0, start - 1) : start] not in _title_ends(lexicons):
        return 0, 0
    end = start - 1 if start and shadow[start - 1] in " \u3000" else start
    first = last = end
    while True:
        length = next((n for n in range(min(LONGEST_TITLE, first), 1, -1) if shadow[first - n : first] in known), 0)
        if not length:
            break
        last = first - length
        if last == 0 or shadow[last - 1] not in "、兼":
            break
        first = last - 1
        if not any(shadow[first - n : first] in known for n in range(2, LONGEST_TITLE + 1)):
            break
    return (last, end) if last < end else (0, 0)


def title_after(words: Words, end: int, lexicons: Lexicons) -> tuple[int, int]:
    """Span of the title that follows a name (前总统 former president included); (0, 0) for none."""
    shadow, known = words.shadow, _titles_by_head(lexicons)
    begin = end + (shadow[end : end + 1] in ("前", "代", "老"))
    for title in known.get(shadow[begin : begin + 2], ()):
        if shadow.startswith(title, begin) and words.edges[begin + len(title)]:
            return end, begin + len(title)
    return 0, 0


def _signed(words: Words, start: int, end: int, lexicons: Lexicons) -> tuple[bool, tuple[int, int]]:
    """Whether something beside the name says that it is one, and the role."""
    before = title_before(words, start, lexicons)
    after = title_after(words, end, lexicons)
    if not after[1]:
        shared = _SHARED.match(words.shadow, end)
        after = title_after(words, shared.end(), lexicons) if shared else after
    return bool(before[1] or after[1] or words.shadow.startswith(ADDRESSES, end)), before if before[1] else after


def _by_surname(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    shadow, known, everyday = words.shadow, listed(lexicons), surnames(lexicons)
    for start in _surname_starts(words, lexicons):
        head = 2 if shadow[start : start + 2] in everyday else 1
        surname = shadow[start : start + head]
        if surname not in everyday:
            continue
        best: Candidate | None = None
        best_odds = 0.0
        for length in (head + 2, head + 1):
            end = start + length
            if end > len(shadow) or not words.edges[end]:
                continue
            name = shadow[start:end]
            likely = odds(name[head:])
            if likely <= WITH_SIGN or name in known or name[-1] == name[0] or not name.isalpha() or not _loose(words, start, end):
                continue
            signed, role = _signed(words, start, end, lexicons)
            if everyday[surname] and signed and (likely < 0 or _common(name[head:])):
                continue
            if "的" in name or name in NO_PERSON or name[-1] in "河江山湖镇县村":
                continue
            if signed and name[head] not in "前副代老总" and likely > WITH_SIGN and likely + (length - head) > best_odds - 99 * (best is None):
                best, best_odds = Candidate(start, end, PERSON, name, role), likely + (length - head)
            elif not signed and length == head + 2 and likely > ALONE and not everyday[surname] and best is None:
                best, best_odds = Candidate(start, end, PERSON, name), likely
        if best and not _TEACHING.match(shadow, best.end):
            yield best


def _common(given: str) -> bool:
    """Whether what would be the given name is a common word (和政府 and the government, 向全国 to the country)."""
    return len(given) == 2 and dictionary().get(given, (0, ""))[0] >= COMMON_WORD


def _loose(words: Words, start: int, end: int) -> bool:
    """Whether the stretch is no word of another kind: single characters, or a word tagged as a person's name."""
    first = words.at(start)
    pieces = []
    while first < len(words.starts) and words.starts[first] < end:
        pieces.append(words.words[first])
        first += 1
    if len(pieces) == 1:
        return dictionary().get(pieces[0], (0, ""))[1] in ("nr", "nrfg") and len(pieces[0]) >= 3
    return all(len(piece) == 1 for piece in pieces) or (len(pieces) == 2 and len(pieces[0]) == 1)


def _titled_surnames(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """A surname alone before a title: 毛主席 (jieba has some of them as one word), 王院长, 李前部长大维."""
    shadow, everyday = words.shadow, surnames(lexicons)
    for start in _surname_starts(words, lexicons):
        surname = shadow[start : start + 1]
        if surname not in everyday or (start and "\u4e00" <= shadow[start - 1] <= "\u9fff" and everyday[surname]):
            continue
        role = title_after(words, start + 1, lexicons)
        if not role[1] or shadow[start : role[1]] in titles(lexicons):
            continue
        given = shadow[role[1] : role[1] + 2]
        if shadow[start : role[1]] in dictionary() and everyday[surname]:
            continue
        if len(given) == 2 and given.isalpha() and odds(given) > 0 and not _common(given) and _GIVEN_END.match(shadow, role[1] + 2):
            yield Candidate(start, role[1] + 2, PERSON, surname + given, role)
        else:
            yield Candidate(start, start + 1, PERSON, surname, role)


def _transcribed(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Foreign names: parts joined by a dot, or letters of transcription beside a title."""
    shadow = words.shadow
    for match in _JOINED.finditer(shadow):
        start, end = match.start(), match.end()
        dots = [i for i in range(start, end) if shadow[i] in "·•‧・․"]
        while dots[0] - start > 1 and not all(c in TRANSCRIBED for c in shadow[start : dots[0]]):
            start += 1
        while end - dots[-1] > 2 and not all(c in TRANSCRIBED for c in shadow[dots[-1] + 1 : end]):
            end -= 1
        if shadow[start] in TRANSCRIBED and shadow[end - 1] in TRANSCRIBED:
            signed, role = _signed(words, start, end, lexicons)
            yield Candidate(start, end, PERSON, shadow[start:end], role)
    for end in words.starts:
        if not end or shadow[end - 1] not in TRANSCRIBED:
            continue
        role = title_after(words, end, lexicons)
        if not (role[1] or shadow.startswith(ADDRESSES, end)):
            continue
        run = end
        while run and shadow[run - 1] in TRANSCRIBED and end - run < 7:
            run -= 1
        while run < end and (not words.edges[run] or shadow[run] in _LEADING):
            run += 1
        name = shadow[run:end]
        if len(name) >= 2 and name not in listed(lexicons) and dictionary().get(name, (0, "nr"))[1] in ("nr", "nrt", "nrfg"):
            before = title_before(words, run, lexicons)
            reign = _REIGN.match(shadow, end)
            yield Candidate(run, reign.end() if reign else end, PERSON, name, before if before[1] else role)


def _listed_beside(words: Words, found: Mapping[int, Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """Names in a list with a name that was found: 張春橋、姚文元、遲群."""
    shadow, known = words.shadow, surnames(lexicons)
    ends = {c.end for c in found.values()}
    waiting = [c.end + 1 for c in found.values() if shadow[c.end : c.end + 1] == "、" and c.end - c.start > 1]
    while waiting:
        start = waiting.pop()
        if start in found or shadow[start : start + 1] not in known:
            continue
        for end in (start + 3, start + 2):
            name = shadow[start:end]
            if _LIST_END.match(shadow, end) and name.isalpha() and odds(name[1:]) > WITH_SIGN and end not in ends and name not in listed(lexicons) and _loose(words, start, end):
                ends.add(end)
                waiting.append(end + 1)
                yield Candidate(start, end, PERSON, name, _signed(words, start, end, lexicons)[1])
                break


def _listed_before(words: Words, found: Mapping[int, Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """The same backwards: 钟理和 before 、邓雨贤."""
    shadow, known = words.shadow, surnames(lexicons)
    taken = {c.end for c in found.values()}
    waiting = [c.start - 1 for c in found.values() if c.start and shadow[c.start - 1] == "、" and c.end - c.start > 1]
    while waiting:
        end = waiting.pop()
        for start in (end - 3, end - 2):
            name = shadow[max(0, start) : end]
            if end in taken or start < 0 or name[:1] not in known or not name.isalpha() or name in listed(lexicons):
                continue
            if words.edges[start] and odds(name[1:]) > 0 and _loose(words, start, end) and not _common(name[1:]):
                taken.add(end)
                if start and shadow[start - 1] == "、":
                    waiting.append(start - 1)
                yield Candidate(start, end, PERSON, name, _signed(words, start, end, lexicons)[1])


@lru_cache(maxsize=4)
def _given_names(lexicons: Lexicons) -> Mapping[str, str]:
    """Given names of the listed persons of three characters: 经国 → 蒋经国."""
    return {form[1:]: name for form, (kind, name) in listed(lexicons).items() if kind == PERSON and len(form) == 3 and form[0] in surnames(lexicons)}


def _by_given_name(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """经国先生, 中山先生: the given name of a listed person with a form of address."""
    known = _given_names(lexicons)
    for match in re.finditer("[\u4e00-\u9fff]{2}(?=先生|同志)", words.shadow):
        if match[0] in known and words.edges[match.start()]:
            yield Candidate(match.start(), match.end(), PERSON, known[match[0]])


def _again(words: Words, found: Iterable[Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """Later and earlier mentions of names of three characters that were found with a sign."""
    first: dict[str, Candidate] = {}
    for candidate in found:
        if candidate.end - candidate.start >= 3:
            first.setdefault(words.shadow[candidate.start : candidate.end], candidate)
    starts = {candidate.start for candidate in found}
    heads: dict[str, list[str]] = {}
    for text in sorted(first, key=len, reverse=True):
        heads.setdefault(text[:2], []).append(text)
    for place in range(len(words.shadow) if heads else 0):
        for text in heads.get(words.shadow[place : place + 2], ())[:20]:
            end = place + len(text)
            if words.shadow.startswith(text, place) and place not in starts and not _TEACHING.match(words.shadow, end):
                yield Candidate(place, end, PERSON, first[text].name, _signed(words, place, end, lexicons)[1])
