"""What only looks like a figure: list markers, quoted labels, meetings, articles, ranks, codes, bare small numerals.

>>> blocked("一、提高认识")
{0: 2}

Idioms and names are told by lexicons (`figure_words`); this is the rest, told by shape and neighbours.
"""

import re
from collections.abc import Iterator

from analysis.find.figure_amounts import Candidate, Unread
from analysis.find.figure_words import NUMERAL_CHARACTERS
from analysis.find.numerals import VULGAR
from analysis.read.speech import HAN

_N = NUMERAL_CHARACTERS
_VULGAR = "".join(VULGAR)
# Where a figure may begin.
TRIGGER = re.compile(
    rf"第(?=[ ]?[0-9{_N}])|[0-9{_N}]|\.(?=\d)|半|[几数](?=[十百千万亿])|[xX×]{{2,}}|[去今前明本上下](?=[ ]?[（(][ ]?[\d一二三四五六七八九十]{{1,4}}[ ]?[)）][ ]?[年月])|[{_VULGAR}]|(?:公元|西元|纪元|民国)(?=前?[ ]?[0-9{_N}元])"
)
# 一、 (一) 1. (1) ① at the start of a line; (一) and 1. also after the end of a sentence.
_MARKER = re.compile(
    rf"(?m)^[ \t\u3000#*>]{{0,20}}(?:[{_N}]{{1,4}}[ ]?[、.．,，:：](?![0-9])|\d{{1,2}}(?:[.．、)）](?!\d)|[,，](?=[ ]?[{HAN}]))|第[ ]?[0-9{_N}]{{1,6}}[ ]?[条章节编部分](?:之[{_N}]+)?(?=[\s\u3000,，:：、.]|[{HAN}]))"
    rf"|[(（\[【〔][ ]?(?:[{_N}]{{1,3}}|\d{{1,2}})[ ]?[)）\]】〕]"
    rf"|(?<=[。;；:：!！?？”」)）])[ ]?\d{{1,2}}(?:[.．、)）](?![\d ]))"
    rf"|(?m:^)[ \t\u3000]{{0,20}}(?:[一二三四五六七八九十两]{{1,3}}|\d{{1,2}})[ \u3000]{{0,20}}$"
)
# 一是 二要 第一， 其一 in the running text.
_ITEM = re.compile(
    rf"(?:(?<=[。;；:：!！?？,，、“”（(\s])|^)(?:[一二三四五六七八九十]{{1,3}}(?:个?是|要|靠|抓|看|则|曰)(?![{_N}])|第[一二三四五六七八九十]{{1,3}}[ ]?(?=[,，、:：.]|是|要))"
    rf"|初[一二三四五六七八九十]{{1,2}}(?:[至到、][一二三四五六七八九十]{{1,3}})?"
    rf"|其[一二三四五六七八九十]{{1,2}}(?=[ ]?[,，、:：是])"
)
# A quoted label: no mark that ends a clause inside; a long quotation is ordinary text.
_LABEL = re.compile(r"[“‘「『\"']([^“”‘’「」『』\"'。，,；;！!？?：:\n]{1,14})[”’」』\"']")
_TITLE = re.compile(r"《[^《》\n]{1,60}》|〈[^〈〉\n]{1,60}〉")
# 一X一Y: a manner of speaking (一戶一檔案, 一年一大變化), unless it is a date.
_ONE_ONE = re.compile(rf"一(?![{_N}])[{HAN}](?:(?![{_N}])[{HAN}])?、?一(?![{_N}])[{HAN}]")
_MEETING = re.compile(
    rf"[0-9{_N}xX]{{1,5}}届[ ]?[0-9{_N}xX]{{1,4}}[次中]|[0-9{_N}xX]{{1,5}}届(?=全国|全会|中央|代表|政协|人大|委员|[xX]|会议)|[{_N}]{{2,3}}大(?![{_N}])|[一二三四五六七八九十]中全会|[0-9{_N}]{{1,4}}次(?=全国代表大会|全会|代表大会|执委|全委|党代会|中央全会|常委会|会议|全体)"
)
_ARTICLE_KINDS = ("count",)
_LETTER_BEFORE = re.compile(r"[A-Za-zΑ-ω]-?$")
_BLANKET = ("个", "种", "项", "件", "次")
# Units that make an order or a rank of a single Chinese digit (三级, 二线, 一期), or a common word.
_RANKS = frozenset("级线期环路档重面道口站团排方石里度门套把手点字号款部班角节章卡升甲分担寸丈斗文股")
_PHONE = re.compile(r"0\d{2,3}-\d{7,8}|1[3-9]\d{9}")
# What may stand beside a numeral that stands alone: no letter, or a word that puts numbers beside each other.
_FREE_AFTER = re.compile(rf"[^{HAN}0-9A-Za-z]|$|[和与及是]")
_FREE_BEFORE = re.compile(rf"[^{HAN}0-9A-Za-z]|[和与及是为达到至共有于计比]")
# Formal digits are words of their own too (参股, 大陆): alone they count nothing.
_RANKED = re.compile("[高低多少长强快](?![级度等中校])")
_FORMAL_DIGITS = frozenset("壹贰叁参肆伍陆柒捌玖拾佰仟倆俩")
_MONEYLIKE = ("money", "measure")
_YEAR_OF = re.compile(r"(?:的|这|那|新|每|又|头|另|同|当|某|有|隔)$")

# 第一第一第一…, 1%1%1%…: a stretch with a numeral, this often in a row, says nothing.
_OFTEN = 20
_AGAIN = re.compile(rf"(?=[第半几数xX0-9{_N}{_VULGAR}])([^\n]{{1,8}}?)\1{{{_OFTEN - 1},}}")


def repeated(shadow: str) -> Iterator[tuple[int, int]]:
    """Stretches of noise: the same few characters over and over. Mere numerals are read over by `figure_numbers`."""
    for match in _AGAIN.finditer(shadow):
        if match[1].strip(f"0123456789{_N}., "):
            yield match.span()


def blocked(shadow: str) -> dict[int, int]:
    """Places where numerals number parts, belong to a label, a title or a meeting: first numeral → end."""
    spans: dict[int, int] = {}
    for pattern in (_MARKER, _ITEM, _MEETING):
        for match in pattern.finditer(shadow):
            _block(spans, shadow, match.start(), match.end())
    for match in _LABEL.finditer(shadow):
        if not re.search(r"\d", match[1]) or not re.search(r"\d+年|%|\d(?:万|亿)", match[1]):
            _block_all(spans, shadow, match.start(1), match.end(1))
    for match in _TITLE.finditer(shadow):
        _block_all(spans, shadow, match.start(), match.end())
    for match in _ONE_ONE.finditer(shadow):
        if not re.match(r"一月一[日号]|一[年日月]一[日月号]", match.group()) and not re.search("[百千万亿十]", match.group()):
            _block(spans, shadow, match.start(), match.end())
    return spans


def _block(spans: dict[int, int], shadow: str, start: int, end: int) -> None:
    if trigger := TRIGGER.search(shadow, start, end):
        spans[trigger.start()] = max(end, spans.get(trigger.start(), 0))


def _block_all(spans: dict[int, int], shadow: str, start: int, end: int) -> None:
    for trigger in TRIGGER.finditer(shadow, start, end):
        spans[trigger.start()] = max(end, spans.get(trigger.start(), 0))


def is_figure(shadow: str, one: Candidate, numeral: int) -> bool:
    """False for what only looks like a figure: articles, ranks, letters with digits, bare small numerals."""
    if _LETTER_BEFORE.search(shadow[max(0, numeral - 2) : numeral]):
        return False
    if one.kind == "date":
        return True
    after = shadow[one.end : one.end + 1]
    if re.match("[A-Za-z]", after) and shadow[one.end - 1].isascii() and shadow[one.end - 1].isalnum():
        return False
    unit = shadow[slice(*one.unit)]
    digits = shadow[numeral : one.unit[0]] if one.unit[0] > numeral else shadow[numeral : one.end]
    if (unit == "版" and "." in digits) or (after == "级" and re.fullmatch("[百千万亿]+", digits)):
        return False  # 2.0版 is a name, 千亿元级 a class
    if one.kind == "ordinal":
        rank = _RANKED.match(shadow, one.end)  # 第二高: the second highest
        return bool(unit or rank) or not re.match(rf"[{HAN}A-Za-z]", after)
    if re.search(r"\d", digits) or one.kind in ("percent", "fraction", "multiple"):
        return not (unit == "" and _code(shadow, numeral, one.end))
    if not unit:
        return _bare(shadow, one, digits)
    return _with_chinese_digits(shadow, one, digits, unit)


def _with_chinese_digits(shadow: str, one: Candidate, digits: str, unit: str) -> bool:
    plain_one = digits.strip() == "一" and one.bound == "exact" and not one.high
    if plain_one and (one.kind == "count" or shadow[max(0, one.start - 1) : one.start] == "每"):
        return False
    if digits.strip() in _FORMAL_DIGITS:
        return False
    if plain_one and unit in ("年", "天", "日", "周", "月", "夜", "晚", "刻钟", "度", "里", "方"):
        left = shadow[max(0, one.start - 1) : one.start]
        return unit in ("年", "天", "周") and not _YEAR_OF.search(left)
    if digits.strip() == "零":
        return False
    if (
        re.fullmatch("[一二两三四五六七八九十]|[一二三四五六七八][二三四五六七八九]", digits.strip())
        and unit in _RANKS
        and one.bound == "exact"
    ):
        return False
    if re.fullmatch("[百千万亿]{1,2}", digits.strip()) and one.bound == "exact":
        return len(digits.strip()) == 2 and (one.kind in _MONEYLIKE or unit in ("人次", "户", "人", "名"))
    return not (re.fullmatch("[一二三四五六七八九]{2,}", digits.strip()) and not one.high)


def _bare(shadow: str, one: Candidate, digits: str) -> bool:
    """A Chinese numeral without unit: a figure where 万 or 亿 scale it, or where it stands alone between marks."""
    core = digits.strip()
    if re.fullmatch("[百千万亿]+", core):
        return one.bound != "exact" and len(core) >= 2
    if len(core) >= 2 and re.search("[万亿兆]", core) and core[0] not in "百千万亿兆":
        return True
    if one.bound != "exact" and re.search("[十百千万亿]", core):
        return True
    side_by_side = bool(one.high) and not re.search("[至到—~-]", core)
    alone = _FREE_AFTER.match(shadow, one.end) and _FREE_BEFORE.search(shadow, max(0, one.start - 1), one.start)
    return bool(alone or (one.start == 0 and _FREE_AFTER.match(shadow, one.end))) and len(core) >= 2 and not side_by_side


def _code(shadow: str, start: int, end: int) -> bool:
    """A phone number, a postal code, a designation: digits that count nothing."""
    text = shadow[start:end]
    return bool(
        _PHONE.fullmatch(text)
        or (re.fullmatch(r"0\d+", text))
        or shadow[end : end + 1] in ("·",)
        or (shadow[start - 1 : start] == "·" and start)
    )


def dropped(shadow: str, one: Candidate) -> str:
    """Why a numeral read well is no figure, where a reader may want to know; empty: nothing worth a row."""
    text = shadow[one.start : one.end]
    if _PHONE.fullmatch(text) or (re.fullmatch(r"\d{5,}|0\d+", text) and _code(shadow, one.start, one.end)):
        return "digits that look like a code or a telephone number"
    if one.unit[0] == one.unit[1] and re.search("[十百千]", text) and len(text) >= 3 and one.kind == "count":
        return "a numeral without a unit"
    return ""


def unread_reason(shadow: str, one: Unread) -> str:
    text = shadow[one.start : one.end]
    return one.reason if len(text) >= 2 and re.search("[0-9一二三四五六七八九]|分之", text) else ""
