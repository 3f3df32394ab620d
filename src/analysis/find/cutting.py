"""Where words begin and end: rjieba with jieba's dictionary, the project's words, and a few rules a reader can check.

>>> from analysis.read.lexicons import load
>>> text = "工会有93.4万名会员"  # the unions have 934,000 members
>>> words(text, cut(text, spans_of([]), load()))
['工会', '有', '93.4万', '名', '会员']

It differs from jieba in five ways, each of them measured in tests/benchmarks/words.py:
1. dictionary entries that a number and a classifier make up (一个, 第一次, 亿元) are not used (cutter.py): they are two words;
2. entries jieba never met in its corpus and that fall apart into two everyday words (积极开展), phrases with 的 or 在 … 中
   (党的领导), and those of data/lexicons/splits.csv, are not used (cutter.py);
3. numbers with their scale, and Latin words with points and hyphens, are one word each (4.03万, A-AVG);
4. jieba guesses unknown words with a hidden Markov model: its guesses are taken only where no character of them is a word
   of grammar and they are no number;
5. syllables of transliterated names are put together (普|鲁|申科).

It knows nothing of names and figures: those found in a speech come as `fixed`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find.cutter import NUMERALS, cutter
from analysis.find.spans import Flags, Span, Spans, apart, none_in, spans_of, spread
from analysis.read.codes import Codes, Offsets, codes_in, text_of
from analysis.read.lexicons import Lexicons

if TYPE_CHECKING:
    import rjieba

Kinds = npt.NDArray[np.uint8]
# What a character can be: part of a numeral, of a transliterated name (strongly, or at all), of an unknown word; or 第.
NUMERAL, SYLLABLE, ANY_SYLLABLE, OPEN, ORDINAL = 1, 2, 4, 8, 16
FIRST_IDEOGRAPH, LAST_IDEOGRAPH, LAST_KIND = 0x3400, 0x9FFF, 0x10000

# A number in digits with what belongs to it: 22,000, 90.5, 20xx, 1/3, 4.03万, 4950多万. It stops before the % sign, a unit.
_NUMBER = (
    r"[0-9](?:(?<![0-9].)[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]*)(?:\.[0-9]+)*"
    r"(?:[xX×]{1,4}(?![A-Za-z])|/[0-9]+|[多余几]?[十百千万亿兆]+)?"
)
# A Latin word with digits, points or hyphens in it: PM2.5, A-AVG, www.gov.cn, 4G.
_LATIN = r"[0-9]{1,4}[GDKP](?![A-Za-z0-9])|[A-Za-z](?:[A-Za-z0-9]{0,40}(?:[.\-&'@_][A-Za-z0-9]{1,40}){1,9}|[A-Za-z]{0,40}[0-9][A-Za-z0-9]{0,40})"
_SHAPE = re.compile(f"{_LATIN}|{_NUMBER}")
_ALPHANUMERIC = np.array([chr(code).isalnum() for code in range(128)])
LONGEST_DENOMINATOR = 9
_FRACTION = re.compile(rf"[{NUMERALS}]{{1,{LONGEST_DENOMINATOR}}}分之[{NUMERALS}]{{1,20}}(?:点[{NUMERALS}]{{1,20}})?")

# A guess of the model that holds one of these is a slip across words (门|为, 这|是, 号|线): they are words of grammar,
# or nouns and verbs so common that they stand alone.
GRAMMAR = frozenset(
    "的了着过是在有和与及或这那其之于以而则等将会要不也都又很更最较各每某本该前后中内外上下里间时年月日号线为所被把从到向对给让使由"
    "就才还再已曾正只可能应须并但且因如若虽既即至自此他她它我你您们人个名种次位项条多少两几一二三四五六七八九十百千万亿数"
    "说做作看去来称叫约近同好出入起开用无没未非别勿并仍却吗呢吧啊呀嘛么得地式制性化率度们者"
)
# Syllables of transliterations (Xinhua's tables of names) that hardly ever are words of their own.
SYLLABLES = frozenset(
    "阿埃艾昂奥巴柏邦贝彼毕宾玻伯勃茨戴丹邓狄迪蒂丁厄恩尔菲弗夫冈戈哥葛圭哈赫亨霍基吉贾杰卡凯坎柯科克肯库奎腊莱赖兰朗劳勒雷蕾"
    "黎莉琳鲁伦罗洛吕玛麦曼芒蒙孟莫默姆穆纳娜涅纽努诺欧帕潘庞佩彭匹珀普奇契恰乔琼丘茹儒瑞萨塞桑瑟森沙莎舒斯丝苏索塔泰坦汤唐陶腾"
    "廷托瓦韦维魏温沃乌伍希锡夏逊雅亚扬耶伊尤泽詹芝茱卓兹佐厮喀迦诃梵腓缪妮娅梯拉奈"
)
# Syllables that are words as well; they join a name and do not begin one.
MORE_SYLLABLES = frozenset(
    "安保本比达大当道德登东杜顿多法凡范方费芬丰佛福富盖甘高格根古瓜海汉豪黑洪胡华怀及加简金津开康考可里理利立连列林龙卢路马梅门米密敏明木内尼宁农皮平齐切钦热仁日荣若赛山尚申圣施什士史司所特提图万旺威文翁武西席显香肖谢辛欣兴休许叶依以易因英约扎珍治州子代代茨里"
)

# What a piece of so many characters, or more, can be.
_BY_SIZE = np.array([0, 0xFF, 0xFF ^ (OPEN | ORDINAL)], np.uint8)
LONGEST_NAME = 12
# Runs of single characters remembered: some 3 MB, more than a speech has.
MOST_REMEMBERED = 20_000
# Characters that rjieba is given at a time: the pieces of more do not stay in the processor's cache, which costs a sixth.
AT_A_TIME = 8_000
# A lone surrogate, half of a broken character: it cannot be handed to rjieba.
BROKEN = re.compile("[\ud800-\udfff]")


def words(text: str, ends: Iterable[int]) -> list[str]:
    """The pieces of `text` between the places where `cut` cuts it."""
    return [text[start:end] for start, end in pairwise((0, *ends))]


def cut(text: str, fixed: Spans, lexicons: Lexicons, *, guess: bool = True) -> Offsets:
    """Ends of the words of `text` (a Simplified shadow without control characters), blanks being words of their own.

    Each span of `fixed` (sorted, apart) is one word whatever the dictionary says, and what stands between is cut by
    itself. `guess` puts unknown words together.
    """
    codes = codes_in(text)
    spans = _spans(text, codes, fixed)
    masked, places = _masked(codes, spans)
    # rjieba makes NUL a word and cuts what stands between by itself.
    stops = np.cumsum(lengths(text_of(masked.take(places)), lexicons))
    ends = np.append(places, len(codes)).take(stops)
    return ends.take(np.flatnonzero(_last(text, masked, ends, _guesser(lexicons) if guess else None)))


def lengths(text: str, lexicons: Lexicons) -> Offsets:
    """Lengths of the pieces that rjieba cuts a text into, which has no broken character."""
    pieces = cutter(lexicons).cut
    parts = [np.fromiter(map(len, pieces(text[begin:end], False)), np.int64) for begin, end in whole_lines(text, AT_A_TIME)]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def whole_lines(text: str, size: int) -> Iterator[Span]:
    """The text in parts of whole lines, each of so many characters or with its last line more."""
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin + size) + 1 or len(text)
        yield begin, end
        begin = end


def _spans(text: str, codes: Codes, fixed: Spans) -> Spans:
    """What is not to be cut: the fixed spans, broken characters, and the shapes that do not touch these."""
    if ((codes & 0xFFFFF800) == 0xD800).any():
        fixed = apart(np.concatenate([fixed, spans_of(match.span() for match in BROKEN.finditer(text))]))
    together = np.concatenate([fixed, _shapes(text, codes, fixed)])
    return together[np.argsort(together[:, 0])]


def _masked(codes: Codes, spans: Spans) -> tuple[Codes, Offsets]:
    """The text with NUL where a span begins, and the places of all its characters but the others of the spans."""
    # A broken character inside a span is masked with it; the others are spans of their own.
    masked = codes.copy()
    masked[spans[:, 0]] = 0
    return masked, np.flatnonzero(~spread(np.True_, np.add(spans, (1, 0)), len(codes)))


def _shapes(text: str, codes: Codes, fixed: Spans) -> Spans:
    """Numbers in digits with their scale, fractions in characters, and Latin words with digits, points or hyphens in them.

    Only those that do not touch the fixed spans.
    """
    # Only where a run of letters and digits begins is there something to match.
    alphanumeric = _ALPHANUMERIC.take(codes, mode="clip")
    begun = alphanumeric.copy()
    begun[1:] &= ~alphanumeric[:-1]
    places = np.flatnonzero(begun)
    found: list[Span] = []
    for start in places[none_in(fixed, np.stack([places, places + 1], axis=1))].tolist():
        if found and start < found[-1][1]:
            continue
        match = _SHAPE.match(text, start)
        if match:
            ordinal = text[start - 1 : start] == "第" and text[start].isdigit()
            found.append((start - ordinal, match.end()))
    fractions = list(_fractions(text))
    shapes = apart(spans_of([*found, *fractions])) if fractions else spans_of(found)
    free: Spans = shapes[none_in(fixed, shapes)]
    return free


def _fractions(text: str) -> Iterator[Span]:
    """三分之二: looked for from the characters in its middle on."""
    free, middle = 0, text.find("分之")
    while middle >= 0 and (match := _FRACTION.search(text, max(free, middle - LONGEST_DENOMINATOR))):
        yield match.span()
        free = match.end()
        middle = text.find("分之", free)


def _last(text: str, masked: Codes, ends: Offsets, guesses: "_Guesses | None") -> Flags:
    """Which pieces end a word: not those that numerals, transliterated names and unknown words go on after."""
    last = np.ones(len(ends), dtype=np.bool_)
    starts = np.concatenate([np.zeros(1, np.int64), ends])[:-1]
    kinds = _kinds_of(masked, starts, ends)
    # Only neighbours of which both may be part of something are looked at; a span is nothing, so nothing is joined to it.
    joinable = kinds != 0
    joined = np.flatnonzero(joinable[:-1] & joinable[1:])
    if len(joined):
        at = np.unique(np.concatenate([joined, joined + 1]))
        last[at] = _last_of(text, _Pieces(starts[at], ends[at], kinds[at], np.diff(at) == 1), guesses)
    return last


class _Pieces(NamedTuple):
    """Some pieces of a text: where they stand, what all characters of each are, and which stand beside the next."""

    starts: Offsets
    ends: Offsets
    kinds: Kinds
    loose: Flags


def _last_of(text: str, pieces: _Pieces, guesses: "_Guesses | None") -> Flags:
    starts, ends, kinds, loose = pieces
    last = np.ones(len(ends), dtype=np.bool_)
    # 十三|五 → 十三五; 第|十八 → 第十八
    last[:-1][(kinds[:-1] & (NUMERAL | ORDINAL) != 0) & (kinds[1:] & NUMERAL != 0) & loose] = False
    if guesses is not None:
        unknown = kinds & OPEN != 0
        for first, end in _names(pieces):
            last[first : end - 1] = unknown[first:end] = False
        for first, end in _runs(unknown, loose):
            for begin, stop in guesses[text[starts[first] : ends[end - 1]]]:
                last[first + begin : first + stop - 1] = False
    return last


def _kinds_of(codes: Codes, starts: Offsets, ends: Offsets) -> Kinds:
    """What all the characters of each piece are; only single ones are part of an unknown word, or 第."""
    each = _kinds().take(codes, mode="clip")
    kinds: Kinds = each.take(starts) & each.take(ends - 1)
    sizes = ends - starts
    kinds &= _BY_SIZE.take(sizes, mode="clip")
    # Few pieces have characters between the first and the last, and are anything by these.
    long = np.flatnonzero((sizes > 2) & (kinds != 0))
    kinds[long] &= np.bitwise_and.reduceat(each, np.stack([starts[long], ends[long] - 1], axis=1).ravel())[::2]
    return kinds


def _names(pieces: _Pieces) -> Iterator[Span]:
    """普|鲁|申科: neighbours made of syllables of names only, two of them single and of no other use."""
    starts, ends, kinds, loose = pieces
    single = ends - starts == 1
    strong = single & (kinds & SYLLABLE != 0)
    bearing = strong | ~single
    sums = np.concatenate([[0], np.cumsum(strong)])
    for first, last in _runs(kinds & ANY_SYLLABLE != 0, loose):
        if sums[last] - sums[first] < 2:
            continue
        # A syllable that is a word as well neither begins nor ends the name.
        places = np.flatnonzero(bearing[first:last])
        begin, end = first + int(places[0]), first + int(places[-1]) + 1
        if 3 <= ends[end - 1] - starts[begin] <= LONGEST_NAME:
            yield begin, end


def _runs(flags: Flags, loose: Flags) -> list[Span]:
    """First and last + 1 of each run of two or more flagged pieces without a firm edge between them."""
    linked = flags[:-1] & flags[1:] & loose
    change = np.diff(np.concatenate([[False], linked, [False]]).astype(np.int8))
    return list(zip(np.flatnonzero(change == 1).tolist(), (np.flatnonzero(change == -1) + 1).tolist(), strict=True))


@cache
def _kinds() -> Kinds:
    """What each code point of the basic plane is, as a sum of NUMERAL, SYLLABLE, ANY_SYLLABLE, OPEN and ORDINAL."""
    table = np.zeros(LAST_KIND + 1, dtype=np.uint8)
    table[FIRST_IDEOGRAPH : LAST_IDEOGRAPH + 1] |= OPEN
    table[_ords(GRAMMAR | set(NUMERALS))] &= ~np.uint8(OPEN)
    table[_ords(NUMERALS)] |= NUMERAL
    table[ord("第")] |= ORDINAL
    table[_ords(SYLLABLES)] |= SYLLABLE
    table[_ords(SYLLABLES | MORE_SYLLABLES)] |= ANY_SYLLABLE
    return table


def _ords(characters: Iterable[str]) -> list[int]:
    return [ord(character) for character in characters]


class _Guesses(dict[str, tuple[Span, ...]]):
    """What the model makes of a run of single characters; worked out once for each run."""

    def __init__(self, cutter: "rjieba.Jieba") -> None:
        super().__init__()
        self._cutter = cutter

    def __missing__(self, run: str) -> tuple[Span, ...]:
        at, spans = 0, []
        for word in self._cutter.cut(run, True):
            if len(word) in (2, 3):
                spans.append((at, at + len(word)))
            at += len(word)
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[run] = tuple(spans)
        return self[run]


@lru_cache(maxsize=4)
def _guesser(lexicons: Lexicons) -> _Guesses:
    return _Guesses(cutter(lexicons))
