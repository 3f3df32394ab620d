"""One file → its speeches, by the titles that collections on the web carry; what belongs to no speech is listed.

>>> [part.title for part in split("導言。\\n講話(一):\\n同志們辛苦了。\\n講話(二):\\n謝謝大家。\\n").parts]
['講話(一)', '講話(二)']

Marks of a collection: (一)…(二) behind a title, 篇一, 第一篇, numbered or repeated titles, a rule of === or ---. Headings
inside a speech (一、 (一) 第一章) never split it, and a file without such marks is one speech, title line included.
Introductions, front matter, lists of links and licence boxes stay outside. It does not look inside a speech.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from analysis.read.frontmatter import front_matter
from analysis.read.kinds import NEVER_FIRST
from analysis.read.lines import Lines, lines_of
from analysis.read.speech import HAN, n_han


class Span(NamedTuple):
    """Half-open stretch of the decoded file, in code points."""

    start: int
    end: int


class Part(NamedTuple):
    """One speech of a file: its title line and where its text stands."""

    title: str
    start: int
    end: int


class Split(NamedTuple):
    """The speeches of a file, and the text outside them (title lines and rules are neither)."""

    parts: tuple[Part, ...]
    outside: tuple[Span, ...]


class _Cut(NamedTuple):
    """Where a speech begins: the numbers of the first and last line that are not part of its text, and its title."""

    first: int
    last: int
    title: str


LONGEST_TITLE = 60  # characters; the longest title of the test data has 42
NUMERAL = "[一二三四五六七八九十]{1,3}|[0-9０-９]{1,3}"
# What a title of a speech calls it, in both scripts: talk, address, report, statement, message, greeting, opening words.
GENRE = (
    "[讲講][话話]|致[辞辭词詞]|演[讲講说說]|[报報]告|[发發]言|[讲講]稿|[声聲]明|[谈談][话話]|文告|[贺賀][词詞辞辭]|[寄献獻][语語词詞]"
    "|公[报報]|祝[词詞辞辭]|[开開閉闭]幕[词詞辞辭]|主持[词詞]"
)
# What may follow it: draft, full text, summary, extract, record, model text; then brackets or a number.
_GENRE = re.compile(
    rf"(?:{GENRE})(?:稿|全文|摘要|摘[录錄编編]|[节節][选選]|[实實][录錄]|[范範]文|精[选選]|[样樣]本|集)*"
    rf"\s*(?:[(（\[【〔].{{0,14}}[)）\]】〕])?\s*(?:[篇第之]*\s*(?:{NUMERAL})\s*篇?)?$"
)
_NAMED = re.compile(GENRE)
# What every numbered title has: a numeral, and a word for a speech or for a piece.
_NUMERALS = re.compile("[一二三四五六七八九十0-9０-９]")
_MARKED = re.compile(rf"{GENRE}|篇|[范範]文|例文")
# Two characters that may be one of these words: few lines have them, and only those are looked at closely.
_TWO = [re.findall(r"\[.+?\]|.", word) for word in f"{GENRE}|[范範例]文".split("|")]
_FIRST, _SECOND = ("".join(pair[place].strip("[]") for pair in _TWO) for place in (0, 1))
_HINT = re.compile(f"[{_FIRST}篇](?:(?<=篇)|[{_SECOND}])")  # begins with a class, so that it is tried only there
_SENTENCE_END = re.compile("[。!?！？;；]")
_SENTENCE = re.compile(r"[。!?！？;；…][”’」』)）]*$")
# Who is spoken to: comrades, delegates, members, compatriots, guests, friends, ladies, gentlemen, everybody.
_SALUTATION = re.compile(
    "^(?=.{2,80}$)(?:.*(?:同志|代表|[委议議][员員]|同胞|[来來貴贵嘉][宾賓]|朋友|女士|先生|同[学學事仁]|[乡鄉][亲親]|父老|[将將]士).{0,6}[:：!！]"
    "|(?:各位|尊敬的|[亲親][爱愛]的).{0,60}[:：!！]|大家.{0,4}好[!！]?.{0,20})$"
)
_CALL = re.compile("[:：!！]")  # what nearly all of them end in
_RULE = re.compile(r"^(?:[=＝]{3,}|[-－]{3,}|[*＊]{3,}|[_＿]{3,}|[—─━]{3,}|(?:[-=*_] ){2,}[-=*_])$")
_RULES = "=＝-－*＊_＿—─━"
_TALK_AT = re.compile(rf"在.{{2,50}}[的之](?:{GENRE})稿?$")  # 在…上的講話: talk at …
_HEADING = re.compile(rf"^[(（第]?(?:{NUMERAL})[)）、.．章節节條条]")
_CHAPTER = re.compile(rf"^第(?:{NUMERAL})[章節节]")

# A title's number: behind it in brackets, as 篇一 (piece one), as 第一篇 (first piece), before it, or bare behind it.
_STYLES = {
    "behind": re.compile(rf"^(?P<stem>.*\S)\s*[(（\[【〔]\s*(?P<n>{NUMERAL})\s*[)）\]】〕]$"),
    "piece": re.compile(
        rf"^(?P<stem>[^。]{{0,50}}?)[\s:：_—-]*[(（]?(?:篇|[范範]文|例文)\s*(?P<n>{NUMERAL})[)）]?"
        r"(?:[\s:：、.．—-]+(?P<rest>.*))?$"
    ),
    "nth": re.compile(rf"^(?P<stem>[^。]{{0,50}}?)[(（]?第\s*(?P<n>{NUMERAL})\s*篇[)）]?[\s:：、.．—-]*(?P<rest>.*)$"),
    "before": re.compile(rf"^[(（]?(?P<n>{NUMERAL})[)）、.．]+\s*(?P<stem>.+)$"),
    "bare": re.compile(rf"^(?P<stem>.*(?:{GENRE})稿?)(?:之)?\s*(?P<n>{NUMERAL})$"),
}

# Lines that web pages put around a speech: more, source, editor, related, previous, next, share, print, close, scan; host,
# registration number, contact, site map, date of release, times read, back to the list, categories.
_FURNITURE = re.compile(
    "^[【\\[(（》]*\\s*(?:更多|本文[来來]源|文章[来來]源|[来來]源|出[处處]|[责責]任?[编編][辑輯]|[编編][辑輯]|相[关關](?:[报報][道導]|文[档檔章]|[阅閱][读讀]|推[荐薦]|[链鏈連]接)"
    "|上一[篇页頁]|下一[篇页頁]|推[荐薦][阅閱][读讀]|延伸[阅閱][读讀]|猜你喜[欢歡]|看[过過了]|版[权權]|分享到|打印|列印|[关關][闭閉]|扫一扫|掃一掃|[点點][击擊閱]"
    "|以上(?:就是|是).{0,40}(?:全部|分享|整理)|返回(?:[顶頂首]|上)|免[责責]|Public domain$|Public domain[Pp]"
    "|主[办辦](?:[单單]位)?[:：]|承[办辦](?:[单單]位)?[:：]|[备備]案[号號]|.{0,2}ICP[备備]|[网網]站(?:[标標][识識]|地[图圖])|.{0,2}公[网網]安[备備]"
    "|[联聯][系絡络]我[们們]|[Cc]opyright|©|收藏|[发發]布(?:日期|[时時][间間])[:：]|[发發]佈(?:日期|時間)[:：]|[浏瀏][览覽](?:次[数數]|人次|量)|最[后後]更新|更新日期"
    "|回(?:上一[页頁]|列表|首[页頁])|分[类類][:：]|[隐隱]藏分[类類]|取自[「“]|[检檢]索自)"
)
# The licence boxes of Wikisource (this work is … / comes from …) and of sites: where otherwise noted, Creative Commons.
_LICENCE = re.compile(
    "^(?:(?:本|此|[这這]部?)作品(?:[来來]自|是|在|原|[为為]|可|依|根[据據]|[属屬]|的|不)|PD-|Public domain"
    "|本[页頁]面?(?:最[后後]|.{0,30}(?:知[识識]共享|授[权權]))|除(?:非|了)?.{0,8}另有.{0,6}[声聲注註]明|.{0,12}Creative Commons)"
)
_LICENCE_BEGINS = "本此这這部作PD除"
TAIL = 3_000  # characters at the end of a text in which licence boxes and lists of links are looked for
FEWEST_BUTTONS = 3  # lines on top of a page before they are taken for its buttons
_ARROWS = (">", "＞", "»", "›", ">>")
WEB_LINE = 60  # characters: a longer line behind a furniture line is speech again


def split(text: str) -> Split:
    """The speeches of a decoded file and the text outside them."""
    front = front_matter(text)
    begin = front.end if front else 0
    before = (_trimmed(text, 0, begin),) if front else ()
    lines = lines_of(text[begin:]).moved(begin)
    named = _named(text, begin, lines)
    cuts = next((cuts for find in _WAYS if len(cuts := find(lines, named)) > 1), [])
    if cuts:
        parts, outside = _cut(text, lines, cuts, begin)
        return Split(parts, (*before, *outside))
    start, end = _after_head(lines) or begin, _before_tail(len(text), lines)
    outside = (_trimmed(text, begin, start),) if start > begin else ()
    title = (title_of(front.title) if front else "") or _title(lines)
    whole = Part(title, start, end if end is not None else len(text))
    return Split((whole,), (*before, *outside, *(() if end is None else (_trimmed(text, end, len(text)),))))


def title_of(line: str) -> str:
    """A line as a title, without the colon behind it and the marks of Markdown; empty where it does not look like one."""
    bare = _bare(line)
    dated = re.fullmatch(r"[\d\s/.:年月日第號号()（）-]+", bare)
    unlike = len(bare) > 40 or _SENTENCE_END.search(bare) or bare.endswith((",", "，", "、")) or _FURNITURE.match(bare) or dated
    return "" if unlike or _salutes(line) or line.endswith((":", "：")) or not n_han(bare) else bare


def _salutes(line: str) -> bool:
    """Whether somebody is spoken to; 大家好 (hello everybody) may stand without a mark."""
    return bool((_CALL.search(line) or "大家" in line) and _SALUTATION.match(line))


def _title(lines: Lines) -> str:
    """The title on top of a speech: of the lines a page puts there the one that names a speech, else the first."""
    top: list[str] = []
    number, stop = 0, min(15, len(lines.texts))
    while number < stop:
        following = _broken_up_to(lines, number, stop)
        line = "".join(map(_together, lines.texts[number:following]))
        after = lines.texts[following : following + 1]
        running = following > number + 1 and after and after[0][0] in NEVER_FIRST
        if running or _SENTENCE_END.search(line) or len(line) > LONGEST_TITLE or line[-1] in _GOES_ON or _salutes(line):
            break
        if not _BUTTON.fullmatch(line):
            top.append(line)
        number = following
    named = map(title_of, filter(_NAMED.search, top))
    return next(filter(_GENRE.search, named), title_of(top[0]) if top else "")


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


# A line that ends in 的 (of), 了, 和 (and), 在 (at) goes on in the next one.
_GOES_ON = "的了和在与與及暨"
_SPACED = re.compile(rf"(?:[{HAN}]|\d+)(?:\s+(?:[{HAN}]|\d+))+")
# Download, print, full screen, bookmark, font size: larger, reset, smaller; you are here.
_BUTTON = re.compile(
    "[\u200b\ufeff]+|下[载載]|打印|列印|全屏|收藏|【?字[号號体體]:?：?|加大|[还還]原|[减減]小|大|中|小|[】>|]|首[页頁]"
    "|(?:您的|[当當]前)位置[:：]"
)


def _named(text: str, begin: int, lines: Lines) -> list[int]:
    """The short lines that may hold a word for a speech."""
    numbers = dict.fromkeys(bisect_right(lines.starts, match.start()) - 1 for match in _HINT.finditer(text, begin))
    return [number for number in numbers if len(lines.texts[number]) <= LONGEST_TITLE + 10]


def _bare(line: str) -> str:
    return line.strip("#*＊【】《》 \t\u3000\u200b\ufeff").rstrip(":：").strip("*＊【】 \t\u3000")


# Ways in which a collection marks its speeches, surest first: lines → cuts -------------------------------------------


def _numbered(lines: Lines, named: Sequence[int]) -> list[_Cut]:
    """Titles that count: (一) (二) behind them, 篇一 篇二, 第一篇, 1. 2. before them."""
    short = [number for number in named if _marked(lines.texts[number])]
    if len(short) < 2:
        return []
    has_chapters = any(map(_CHAPTER.match, lines.texts))
    for style, pattern in _STYLES.items():
        candidates = []
        for number in short:
            match = pattern.match(_bare(lines.texts[number]))
            if match and _is_title(style, match, has_chapters, lines, number):
                candidates.append((number, _number(match["n"])))
        if len(chain := _chain(lines, candidates)) > 1:
            return [_Cut(number, number, _bare(lines.texts[number])) for number in chain]
    return []


def _marked(line: str) -> bool:
    in_title = len(line) <= LONGEST_TITLE and _NUMERALS.search(line) and _MARKED.search(line)
    return bool(in_title) and not _SENTENCE.search(line)


def _is_title(style: str, match: re.Match[str], has_chapters: bool, lines: Lines, number: int) -> bool:
    found = match.groupdict()
    stem, rest = found.get("stem") or "", found.get("rest") or ""
    if style == "piece":
        return not _SENTENCE_END.search(rest)
    if style == "nth":  # plans and reports call their parts 第一篇 too
        return not has_chapters and (bool(_GENRE.search(stem + rest)) or not (stem + rest))
    if style == "before":  # a numbered heading looks the same: a salutation tells, or "talk AT the meeting"
        return bool(_GENRE.search(stem)) and (_greets(lines, number) or bool(_TALK_AT.match(stem)))
    return bool(_GENRE.search(stem))


def _chain(lines: Lines, candidates: Sequence[tuple[int, int]]) -> list[int]:
    """The lines that count 1, 2, 3 … and have text under them (a table of contents has none), of lines with their count."""
    chain: list[int] = []
    stops = [*(number for number, _ in candidates), len(lines.texts)][1:]
    for (number, count), following in zip(candidates, stops, strict=False):
        if not _has_body(lines, number + 1, following):
            continue
        if count == 1 and len(chain) < 2:
            chain = [number]
        elif chain and count == len(chain) + 1:
            chain.append(number)
    return chain


def _number(numeral: str) -> int:
    if not re.fullmatch("[一二三四五六七八九十]+", numeral):
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    digits = "零一二三四五六七八九"
    return (digits.find(tens) if tens else 1) * 10 * bool(ten) + (digits.find(ones) if ones else 0)


def _repeated(lines: Lines, named: Sequence[int]) -> list[_Cut]:
    """The same title over each speech; a running head of a page is not followed by a salutation or a long text."""
    places: dict[str, list[int]] = defaultdict(list)
    for number in named:
        if _titled(lines.texts[number]):
            places[_bare(lines.texts[number])].append(number)
    for title, at in places.items():
        with_body = _with_body(lines, at)
        if len(with_body) > 1 and (all(_greets(lines, number) for number in with_body) or _apart(lines, with_body)):
            return [_Cut(number, number, title) for number in with_body]
    return []


def _apart(lines: Lines, titles: Sequence[int]) -> bool:
    """Whether each title stands between blank lines after a finished sentence and has 200 Han characters under it."""
    stops = [*titles[1:], len(lines.texts)]
    long = all(sum(map(n_han, lines.texts[title + 1 : stop])) >= 200 for title, stop in zip(titles, stops, strict=True))
    alone = all(lines.after_blank[title] and any(lines.after_blank[title + 1 : title + 2]) for title in titles)
    finished = all(_SENTENCE.search(lines.texts[title - 1]) for title in titles[1:])
    return long and alone and finished


def _ruled(lines: Lines, named: Sequence[int]) -> list[_Cut]:
    """A rule of === or --- with a title or a salutation under it."""
    rules = [number for number, text in enumerate(lines.texts[:-1]) if text[0] in _RULES and number and _RULE.match(text)]
    starts = _with_body(lines, [rule for rule in rules if not _underlines(lines, rule) and _parts(lines, rule)])
    if not starts:
        return []
    cuts = [_after_rule(lines, start) for start in starts]
    same_kind = not _opens(lines, starts[0] + 1) and _has_body(lines, 0, starts[0])  # none of them has a title
    if _opens(lines, 0) and _has_body(lines, 0, starts[0]):
        cuts.insert(0, _after_rule(lines, -1))
    elif same_kind or sum(map(n_han, lines.texts[: starts[0]])) >= 200:
        cuts.insert(0, _Cut(-1, -1, ""))
    return cuts


def _parts(lines: Lines, rule: int) -> bool:
    """Whether a rule stands between speeches: a title or a salutation follows, or it is a double one after a finished sentence."""
    above, line, following = lines.texts[rule - 1 : rule + 2]
    double = line[0] in "=＝" and _SENTENCE.search(above) and not _HEADING.match(following)
    return _opens(lines, rule + 1) or bool(double)


def _after_rule(lines: Lines, rule: int) -> _Cut:
    """The title under the rule, and under that what underlines it."""
    title = lines.texts[rule + 1]
    if not _titled(title):
        return _Cut(rule, rule, "")
    underlined = any(map(_RULE.match, lines.texts[rule + 2 : rule + 3]))
    return _Cut(rule, rule + 1 + underlined, _bare(title))


def _underlines(lines: Lines, rule: int) -> bool:
    """A rule right under a title is an underline, as in Markdown."""
    return not lines.after_blank[rule] and _titled(lines.texts[rule - 1])


def _opens(lines: Lines, number: int) -> bool:
    """Whether a speech may begin on that line."""
    return any(_titled(line) or _salutes(line) for line in lines.texts[number : number + 1])


def _titled_and_greeting(lines: Lines, named: Sequence[int]) -> list[_Cut]:
    """Different titles, each with a salutation under it."""
    titles = [number for number in named if _titled(lines.texts[number]) and _greets(lines, number)]
    return [_Cut(number, number, _bare(lines.texts[number])) for number in _with_body(lines, titles)]


_WAYS: tuple[Callable[[Lines, Sequence[int]], list[_Cut]], ...] = (_numbered, _repeated, _ruled, _titled_and_greeting)


def _titled(line: str) -> bool:
    if len(line) > LONGEST_TITLE + 10 or not _NAMED.search(line):
        return False
    bare = _bare(line)
    looks_so = 4 <= len(bare) <= LONGEST_TITLE and _GENRE.search(bare) and not _SENTENCE_END.search(bare)
    return bool(looks_so) and not _FURNITURE.match(bare)


def _greets(lines: Lines, title: int) -> bool:
    """Whether a salutation follows within four lines, with nothing but date, place and speaker between."""
    for line in lines.texts[title + 1 : title + 5]:
        if _salutes(line):
            return True
        if len(line) > 40 or _SENTENCE.search(line):
            return False
    return False


def _with_body(lines: Lines, numbers: Sequence[int]) -> list[int]:
    """Those of the lines that have text under them before the next of them."""
    stops = [*numbers, len(lines.texts)][1:]
    return [number for number, stop in zip(numbers, stops, strict=True) if _has_body(lines, number + 1, stop)]


def _has_body(lines: Lines, first: int, stop: int) -> bool:
    return any(_SENTENCE_END.search(line) or len(line) > 40 for line in lines.texts[first:stop])


# Cuts → parts ----------------------------------------------------------------------------------------------------------


def _cut(text: str, lines: Lines, cuts: Sequence[_Cut], begin: int) -> Split:
    parts, outside = [], []
    first = cuts[0].first
    if first > 0 and (before := _trimmed(text, begin, lines.starts[first])).end > before.start:
        outside.append(before)
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        stop = following.first if following else len(lines.texts)
        part, tail = _part(text, lines.some(cut.last + 1, stop), cut.title)
        parts.append(part)
        outside.extend(tail)
    return Split(tuple(parts), tuple(outside))


def _part(text: str, lines: Lines, title: str) -> tuple[Part, list[Span]]:
    """The speech that these lines hold, from the indent of its first line to its last; and the web's lines behind it."""
    start, end = _indent(text, lines.starts[0]), lines.starts[-1] + len(lines.texts[-1])
    if (tail := _before_tail(end, lines)) is None:
        return Part(title, start, end), []
    return Part(title, start, _trimmed(text, start, tail).end), [Span(tail, end)]


def _indent(text: str, start: int) -> int:
    """Start of the line on which `start` is the first visible character."""
    while start and text[start - 1] in " \t\u3000":
        start -= 1
    return start


def _trimmed(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    return Span(start + left, max(start + left, start + len(inner.rstrip())))


def _after_head(lines: Lines) -> int:
    """Where the text begins under the buttons and the trail (home > news) that a page puts on top; 0 where there are none."""
    for number, line in enumerate(lines.texts):
        beside = any(near in _ARROWS for near in lines.texts[max(0, number - 1) : number + 2])
        if not _BUTTON.fullmatch(line) and not (beside and len(line) <= WEB_LINE):
            return lines.starts[number] if number >= FEWEST_BUTTONS else 0
    return 0


def _before_tail(end: int, lines: Lines) -> int | None:
    """Where the licence box or the page's links begin behind a speech; None where there are none."""
    first, n = max(1, bisect_left(lines.starts, end - TAIL)), len(lines.texts)
    boxes = (
        number
        for number, line in enumerate(lines.texts[first:], first)
        if (line[0] in _LICENCE_BEGINS or "Creative Commons" in line) and _LICENCE.match(line)
    )
    tail = licence = next(boxes, n)
    for number in range(licence - 1, first - 1, -1):
        line = lines.texts[number]
        if _FURNITURE.match(line):
            tail = number
        elif len(line) > WEB_LINE or _SENTENCE_END.search(line):
            break
    return lines.starts[tail] if tail < n else None
