"""Lines that look like titles of speeches, or like salutations; and the title on top of a speech.

>>> title_of("【在全總執委會上的講話】")  # talk at the executive committee of the federation
'在全總執委會上的講話'
>>> titled("講話要點如下。"), salutes("同志們:")  # the main points of the talk are as follows; comrades
(False, True)

It goes by single lines and knows nothing of the text under them.
"""

import re

from analysis.read.kinds import NEVER_FIRST
from analysis.read.lines import Lines
from analysis.read.speech import HAN, n_han
from analysis.read.webpage import BUTTON, FURNITURE, SENTENCE_END

LONGEST_TITLE = 60  # characters; the longest title of the test data has 42
NUMERAL = "[一二三四五六七八九十]{1,3}|[0-9０-９]{1,3}"
# What a title of a speech calls it, in both scripts: talk, address, report, statement, message, greeting, opening words.
GENRE = (
    "[讲講][话話]|致[辞辭词詞]|演[讲講说說]|[报報]告|[发發]言|[讲講]稿|[声聲]明|[谈談][话話]|文告|[贺賀][词詞辞辭]|[寄献獻][语語词詞]"
    "|公[报報]|祝[词詞辞辭]|[开開閉闭]幕[词詞辞辭]|主持[词詞]"
)
# What may follow it: draft, full text, summary, extract, record, model text; then brackets or a number.
ENDS_IN_GENRE = re.compile(
    rf"(?:{GENRE})(?:稿|全文|摘要|摘[录錄编編]|[节節][选選]|[实實][录錄]|[范範]文|精[选選]|[样樣]本|集)*"
    rf"\s*(?:[(（\[【〔].{{0,14}}[)）\]】〕])?\s*(?:[篇第之]*\s*(?:{NUMERAL})\s*篇?)?$"
)
_NAMED = re.compile(GENRE)
# What every numbered title has: a numeral, and a word for a speech or for a piece.
_NUMERALS = re.compile("[一二三四五六七八九十0-9０-９]")
_MARKED = re.compile(rf"{GENRE}|篇|[范範]文|例文")
SENTENCE = re.compile(r"[。!?！？;；…][”’」』)）]*$")
# Who is spoken to: comrades, delegates, members, compatriots, guests, friends, ladies, gentlemen, everybody.
_SALUTATION = re.compile(
    "^(?=.{2,80}$)(?:.*(?:同志|代表|[委议議][员員]|同胞|[来來貴贵嘉][宾賓]|朋友|女士|先生|同[学學事仁]|[乡鄉][亲親]|父老|[将將]士).{0,6}[:：!！]"
    "|(?:各位|尊敬的|[亲親][爱愛]的).{0,60}[:：!！]|大家.{0,4}好[!！]?.{0,20})$"
)
_CALL = re.compile("[:：!！]")  # what nearly all of them end in
# A line that ends in 的 (of), 了, 和 (and), 在 (at) goes on in the next one.
_GOES_ON = "的了和在与與及暨"
_SPACED = re.compile(rf"(?:[{HAN}]|\d+)(?:\s+(?:[{HAN}]|\d+))+")


def title_of(line: str) -> str:
    """A line as a title, without the colon behind it and the marks of Markdown; empty where it does not look like one."""
    title = bare(line)
    dated = re.fullmatch(r"[\d\s/.:年月日第號号()（）-]+", title)
    unlike = len(title) > 40 or SENTENCE_END.search(title) or title.endswith((",", "，", "、")) or FURNITURE.match(title) or dated
    return "" if unlike or salutes(line) or line.endswith((":", "：")) or not n_han(title) else title


def salutes(line: str) -> bool:
    """Whether somebody is spoken to; 大家好 (hello everybody) may stand without a mark."""
    return bool((_CALL.search(line) or "大家" in line) and _SALUTATION.match(line))


def title_on_top(lines: Lines) -> str:
    """The title on top of a speech: of the lines a page puts there the one that names a speech, else the first."""
    top: list[str] = []
    number, stop = 0, min(15, len(lines.texts))
    while number < stop:
        following = _broken_up_to(lines, number, stop)
        line = "".join(map(_together, lines.texts[number:following]))
        after = lines.texts[following : following + 1]
        running = following > number + 1 and after and after[0][0] in NEVER_FIRST
        if running or SENTENCE_END.search(line) or len(line) > LONGEST_TITLE or line[-1] in _GOES_ON or salutes(line):
            break
        if not BUTTON.fullmatch(line):
            top.append(line)
        number = following
    named = map(title_of, filter(_NAMED.search, top))
    return next(filter(ENDS_IN_GENRE.search, named), title_of(top[0]) if top else "")


def _broken_up_to(lines: Lines, number: int, stop: int) -> int:
    """The line after those over which one is broken: within a word for a speech, behind 的 (of), before 的."""
    for following in range(number + 1, stop):
        last, first = lines.texts[following - 1][-1], lines.texts[following][0]
        goes_on = last in _GOES_ON or first in NEVER_FIRST + "的" or _NAMED.fullmatch(last + first)
        if lines.after_blank[following] or not goes_on:
            return following
    return stop


def _together(line: str) -> str:
    """A line without the blanks between its characters where each stands alone: 政 府 工 作 报 告, work report."""
    return "".join(line.split()) if _SPACED.fullmatch(line) else line


def titled(line: str) -> bool:
    """Whether a line looks like the title of a speech."""
    if len(line) > LONGEST_TITLE + 10 or not _NAMED.search(line):
        return False
    title = bare(line)
    looks_so = 4 <= len(title) <= LONGEST_TITLE and ENDS_IN_GENRE.search(title) and not SENTENCE_END.search(title)
    return bool(looks_so) and not FURNITURE.match(title)


def marked(line: str) -> bool:
    """Whether a line may be one of titles that count."""
    in_title = len(line) <= LONGEST_TITLE and _NUMERALS.search(line) and _MARKED.search(line)
    return bool(in_title) and not SENTENCE.search(line)


def bare(line: str) -> str:
    """A line without the colon behind it and the marks of Markdown."""
    return line.strip("#*＊【】《》 \t\u3000\u200b\ufeff").rstrip(":：").strip("*＊【】 \t\u3000")
