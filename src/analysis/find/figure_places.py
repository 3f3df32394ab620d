"""Where a figure may begin, and stretches no figure is read in: plain list markers, quoted labels, titles, noise.

>>> [match.span() for match in PLACE.finditer("（一）继续加强思想教育，增长5%")]  # a marker without a numeral near it: whole; a numeral
[(0, 3), (14, 15)]

What stands at a place, and whether it is a figure, is decided in `figures`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from analysis.find.figure_patterns import lazily
from analysis.find.figure_words import NUMERAL_CHARACTERS as _N
from analysis.find.numerals import VULGAR

# Any letter but those of our alphabet: beside numerals it is Chinese. A class of all Chinese characters compiles slowly.
LETTER = r"[^\W\da-zA-Z_]"
INDENT = " \t\u3000#*>"
BRACKETS = "(（[【〔"
_OPENING = BRACKETS.replace("[", r"\[")
# 一、 1. (1) 第三条 at the start of a line, or a numeral alone on its line.
_LINE_MARKER = (
    rf"[{_N}]{{1,4}}[ ]?[、.．,，:：](?![0-9])|\d{{1,2}}(?:[.．、)）](?!\d)|[,，](?=[ ]?{LETTER}))"
    rf"|第[ ]?[0-9{_N}]{{1,6}}(?:[-－][0-9]{{1,3}})?[ ]?[条章节编部分](?:之[{_N}]+)?(?=[\s\u3000,，:：、.]|{LETTER})"
    r"|(?:[一二三四五六七八九十两]{1,3}|\d{1,2})[ \u3000]{0,20}(?=\n|$)"
)
# (一) anywhere.
_IN_BRACKETS = rf"(?:[{_N}]{{1,3}}|\d{{1,2}})[ ]?[)）\]】〕]"
LINE_MARKER, IN_BRACKETS = lazily(_LINE_MARKER), lazily(_IN_BRACKETS)
# A marker without a numeral close after it: neither noise nor part of anything else, so it is passed over at once.
_MARKER = (
    rf"(?:(?<=\n)(?=[{INDENT}第0-9{_N}])[{INDENT}]{{0,20}}(?:{_LINE_MARKER})|(?<=[{_OPENING}])[ ]?{_IN_BRACKETS})"
    rf"(?![^\n]{{0,7}}[第0-9{_N}])"
)
_VULGAR = "".join(VULGAR)
# Where a figure may begin: one of these characters, and for some of them what must follow; 参 alone (参加 take part) is none.
_NUMERAL = f"0-9{_N}半{_VULGAR}"
_WORDS = "第.几数xX×去今前明本上下公西纪民"
_BEGINS = (
    rf"(?<=[{_NUMERAL}])(?!(?<=参)[^{_N}])|(?<=[{_WORDS}])(?:(?<=第)(?=[ ]?[0-9{_N}])|(?<=\.)(?=\d)|(?<=[几数])(?=[十百千万亿])"
    r"|(?<=[xX×])[xX×]+|(?<=[去今前明本上下])(?=[ ]?[（(][ ]?[\d一二三四五六七八九十]{1,4}[ ]?[)）][ ]?[年月])"
    rf"|(?:(?<=[公西])元|(?<=纪)元|(?<=民)国)(?=前?[ ]?[0-9{_N}元]))"
)
# A place where a figure may begin, or a plain marker: its group 1.
PLACE = lazily(rf"[{_NUMERAL}{_WORDS}\n{_OPENING}](?:{_BEGINS}|({_MARKER}))")

# A quoted label: no mark that ends a clause inside; a long quotation is ordinary text.
_QUOTES, _LABEL = "“‘「『\"'", r"([^“”‘’「」『』\"'。，,；;！!？?：:\n]{1,14})[”’」』\"']"
_REAL_FIGURE = lazily(r"\d(?:年|[万亿]|[^%]*%)|%[^%\d]*\d")
_TITLES = {"《": r"《[^《》\n]{1,60}》", "〈": r"〈[^〈〉\n]{1,60}〉"}

# 第一第一第一…, 1%1%1%…, 2025-01-012025-01-01…: a stretch with a numeral, this often in a row, says nothing.
OFTEN, LONGEST_PERIOD = 20, 16
# So many characters hold the same one as often where there may be noise.
_NOISE = OFTEN * LONGEST_PERIOD
# Mere numerals are not among them: `figure_numbers` reads over those. So the end of such a stretch is looked for only once.
_MERE_NUMERAL = f"0-9{_N}. "
_AGAIN = lazily(
    rf"(?=[{_MERE_NUMERAL}]{{0,{LONGEST_PERIOD - 1}}}[^{_MERE_NUMERAL}\n])([^\n]{{1,{LONGEST_PERIOD}}}?)\1{{{OFTEN - 1},}}"
)

Span = tuple[int, int]


def noise_end(shadow: str, start: int) -> int:
    """Where a stretch of the same few characters over and over ends that begins at `start`; 0: there is none.

    Its first character comes again within LONGEST_PERIOD: who asks for each place sees to that.
    """
    if shadow.count(shadow[start], start, start + _NOISE) < OFTEN:
        return 0
    again = _AGAIN.match(shadow, start)
    return again.end() if again else 0


def labels(shadow: str) -> Iterator[Span]:
    """Quoted labels without a real figure, and titles in 《》: no figure is read inside them. In text order."""
    spans: list[Span] = []
    # Only marks that the text has are looked for: most texts have one of a kind, and one is found several times as fast.
    if quotes := "".join(mark for mark in _QUOTES if mark in shadow):
        found = _compiled(f"[{quotes}]{_LABEL}").finditer(shadow)
        spans += [match.span(1) for match in found if not _REAL_FIGURE.search(match[1])]
    if titles := "|".join(title for mark, title in _TITLES.items() if mark in shadow):
        spans += [match.span() for match in _compiled(titles).finditer(shadow)]
    return iter(sorted(spans))


_compiled = lru_cache(maxsize=1 << 7)(re.compile)
