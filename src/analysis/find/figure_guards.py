"""What only looks like a figure: list markers, meetings, articles, ranks, codes, bare small numerals.

Idioms and names are told by lexicons (`figure_words`); this is the rest, told by shape and neighbours.
"""

import re

from analysis.find.figure_amounts import Candidate, Unread
from analysis.find.figure_patterns import lazily
from analysis.find.figure_places import BRACKETS, IN_BRACKETS, INDENT, LETTER, LINE_MARKER
from analysis.find.figure_words import NUMERAL_CHARACTERS as _N

# 一、 1. (1) 第三条 at the start of a line.
_LONGEST_INDENT = 20
# 1. after the end of a sentence.
_STOPS = frozenset("。;；:：!！?？”」)）")
_INLINE_MARKER = lazily(r"\d{1,2}[.．、)）](?![\d ])")
# 一是 二要 第一， in the running text; 其一, 初一.
_CLAUSE_ENDS = "。;；:：!！?？,，、“”（("
_ITEM_BEGINS = frozenset("一二三四五六七八九十第")
_ITEM = lazily(
    rf"[一二三四五六七八九十]{{1,3}}(?:个?是|要|靠|抓|看|则|曰)(?![{_N}])|第[一二三四五六七八九十]{{1,3}}[ ]?(?=[,，、:：.]|是|要)"
)
_AFTER_WORD = {
    "初": lazily("[一二三四五六七八九十]{1,2}(?:[至到、][一二三四五六七八九十]{1,3})?"),
    "其": lazily("[一二三四五六七八九十]{1,2}(?=[ ]?[,，、:：是])"),
}
# After a Chinese character a numeral is no marker; marks stand before and behind these in Unicode.
HAN_BEGINS, HAN_ENDS = "㐀", "\ue000"
_SCALES = frozenset("百千万亿十")
# 一X一Y: a manner of speaking (一戶一檔案, 一年一大變化), unless it is a date.
_ONE_ONE = lazily(rf"一(?![{_N}]){LETTER}(?:(?![{_N}]){LETTER})?、?一(?![{_N}]){LETTER}")
_ONE_DATE = lazily("一月一[日号]|一[年日月]一[日月号]")
_MEETING = lazily(
    rf"[0-9{_N}xX]{{1,5}}届(?:[ ]?[0-9{_N}xX]{{1,4}}[次中]|(?=全国|全会|中央|代表|政协|人大|委员|[xX]|会议))|[{_N}]{{2,3}}大(?![{_N}])|[一二三四五六七八九十]中全会|[0-9{_N}]{{1,4}}次(?=全国代表大会|全会|代表大会|执委|全委|党代会|中央全会|常委会|会议|全体)"
)
# What follows its number, and what may follow its first character.
MEETING_UNITS = "届次大中"
_MEETING_GOES_ON = frozenset(f"{MEETING_UNITS}xX0123456789{_N}")
# C919, A-1, PM_2.5 (also set below the line): letters make a name of the number.
LAST_LETTER = "ω"
_LETTER_BEFORE = lazily(r"(?:[A-Za-zΑ-ω][-_]?|PM\s)$")
_LETTERS = frozenset(filter(str.isalpha, map(chr, range(ord(LAST_LETTER) + 1)))) | frozenset("-_")
_BLANKET = ("个", "种", "项", "件", "次")
# Units that make an order or a rank of a single Chinese digit (三级, 二线, 一期), or a common word.
_RANKS = frozenset("级线期环路档重面道口站团排方石里度门套把手点字号款部班角节章卡升甲分担寸丈斗文股")
_SMALL = lazily("[一二两三四五六七八九十]|[一二三四五六七八][二三四五六七八九]")
_ARABIC = lazily(r"\d")
_DIGITS = lazily(r"\d{5,}|0\d+")
_TELLING = lazily("[0-9一二三四五六七八九]|分之")
_PHONE = lazily(r"0\d{2,3}-\d{7,8}|1[3-9]\d{9}")
# What may stand beside a numeral that stands alone: no letter, or a word that puts numbers beside each other.
_FREE_AFTER = lazily(r"[\W_]|$|[和与及是]")
_FREE_BEFORE = lazily(r"[\W_]|[和与及是为达到至共有于计比]")
# Formal digits are words of their own too (参股, 大陆): alone they count nothing.
_RANKED = lazily("[高低多少长强快](?![级度等中校])")
_FORMAL_DIGITS = frozenset("壹贰叁参肆伍陆柒捌玖拾佰仟倆俩")
_MONEYLIKE = ("money", "measure")
_YEAR_OF = lazily(r"(?:的|这|那|新|每|又|头|另|同|当|某|有|隔)$")


def blocked_end(shadow: str, start: int) -> int:
    """Where the list marker, item or meeting ends whose first numeral stands at `start`; 0: there is none.

    >>> blocked_end("一、提高认识", 0), blocked_end("一百人", 0)
    (2, 0)
    """
    first, left = shadow[start], shadow[start - 1] if start else "\n"
    if not HAN_BEGINS <= left < HAN_ENDS:
        end = _marker_end(shadow, start, left)
    else:
        end = _end(_AFTER_WORD[left], shadow, start) if left in _AFTER_WORD else 0
    if first == "第":
        return end
    if first == "一" and "一" in shadow[start + 2 : start + 5] and (one := _ONE_ONE.match(shadow, start)):
        words = one.group()
        if not _ONE_DATE.match(words) and _SCALES.isdisjoint(words):
            end = max(end, one.end())
    if shadow[start + 1 : start + 2] not in _MEETING_GOES_ON:
        return end
    return max(end, _end(_MEETING, shadow, start))


def _marker_end(shadow: str, start: int, left: str) -> int:
    """Where a list marker or an item ends that a mark, a blank or a line before it makes one."""
    end = 0
    if left == "\n" or (left in INDENT and _opens_line(shadow, start)):
        end = _end(LINE_MARKER, shadow, start)
    before = shadow[start - 2 : start - 1] if left == " " and start > 1 else left
    if before in BRACKETS:
        end = max(end, _end(IN_BRACKETS, shadow, start))
    if before in _STOPS:
        end = max(end, _end(_INLINE_MARKER, shadow, start))
    if shadow[start] in _ITEM_BEGINS and (left in _CLAUSE_ENDS or left.isspace()):
        return max(end, _end(_ITEM, shadow, start))
    return end


def _opens_line(shadow: str, start: int) -> bool:
    """Whether only an indent stands before `start` on its line."""
    before = shadow[max(0, start - _LONGEST_INDENT - 1) : start].rstrip(INDENT)
    return before[-1] == "\n" if before else start <= _LONGEST_INDENT


def _end(pattern: re.Pattern[str], shadow: str, start: int) -> int:
    match = pattern.match(shadow, start)
    return match.end() if match else 0


def is_figure(shadow: str, one: Candidate, numeral: int) -> bool:
    """False for what only looks like a figure: articles, ranks, letters with digits, bare small numerals."""
    left = shadow[numeral - 1 : numeral] if numeral else ""
    beside = shadow[numeral - 2 : numeral - 1] if left.isspace() else left
    if beside in _LETTERS and _LETTER_BEFORE.search(shadow, max(0, numeral - 3), numeral):
        return False
    if one.kind == "date":
        return True
    after = shadow[one.end : one.end + 1]
    if "A" <= after <= "z" and after.isalpha() and shadow[one.end - 1].isascii() and shadow[one.end - 1].isalnum():
        return False
    begin, end = one.unit
    unit = shadow[begin:end]
    if one.kind == "ordinal" and unit and unit != "版" and shadow[numeral] == "第":
        return True
    digits = shadow[numeral : begin if begin > numeral else one.end]
    if (unit == "版" and "." in digits) or (after == "级" and digits and not digits.strip("百千万亿")):
        return False  # 2.0版 is a name, 千亿元级 a class
    if one.kind == "ordinal":
        rank = _RANKED.match(shadow, one.end)  # 第二高: the second highest
        return bool(unit or rank) or not after.isalpha()
    if _ARABIC.search(digits) or one.kind in ("percent", "fraction", "multiple"):
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
    core = digits.strip()
    if unit in _RANKS and one.bound == "exact" and _SMALL.fullmatch(core):
        return False
    if core and len(core) <= 2 and not core.strip("百千万亿") and one.bound == "exact":
        return len(core) == 2 and (one.kind in _MONEYLIKE or unit in ("人次", "户", "人", "名"))
    return bool(one.high or len(core) < 2 or core.strip("一二三四五六七八九"))


def _bare(shadow: str, one: Candidate, digits: str) -> bool:
    """A Chinese numeral without unit: a figure where 万 or 亿 scale it, or where it stands alone between marks."""
    core = digits.strip()
    if core and not core.strip("百千万亿"):
        return one.bound != "exact" and len(core) >= 2
    if len(core) >= 2 and set("万亿兆") & set(core) and core[0] not in "百千万亿兆":
        return True
    if one.bound != "exact" and set("十百千万亿") & set(core):
        return True
    if len(core) < 2:
        return False
    side_by_side = bool(one.high) and not set("至到—~-") & set(core)
    alone = _FREE_AFTER.match(shadow, one.end) and _FREE_BEFORE.search(shadow, max(0, one.start - 1), one.start)
    return bool(alone or (one.start == 0 and _FREE_AFTER.match(shadow, one.end))) and not side_by_side


def _code(shadow: str, start: int, end: int) -> bool:
    """A phone number, a postal code, a designation: digits that count nothing."""
    text = shadow[start:end]
    return bool(
        _PHONE.fullmatch(text)
        or (text[:1] == "0" and len(text) > 1 and text.isdecimal())
        or shadow[end : end + 1] in ("·",)
        or (shadow[start - 1 : start] == "·" and start)
    )


def dropped(shadow: str, one: Candidate) -> str:
    """Why a numeral read well is no figure, where a reader may want to know; empty: nothing worth a row."""
    text = shadow[one.start : one.end]
    if text[:1].isdecimal() and (_PHONE.fullmatch(text) or (_DIGITS.fullmatch(text) and _code(shadow, one.start, one.end))):
        return "digits that look like a code or a telephone number"
    if one.unit[0] == one.unit[1] and len(text) >= 3 and one.kind == "count" and set("十百千") & set(text):
        return "a numeral without a unit"
    return ""


def unread_reason(shadow: str, one: Unread) -> str:
    text = shadow[one.start : one.end]
    return one.reason if len(text) >= 2 and _TELLING.search(text) else ""
