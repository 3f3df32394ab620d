"""Words beside a figure and the part they play: links, verbs, nouns; and the noun phrase that ends before a place.

The parts come from data/lexicons/indicators.csv and, for all other words, from the cutter's parts of speech. What a figure
measures is decided in `figure_context`.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from analysis.find.figure_patterns import lazily
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified

Span = tuple[int, int]
MARKS = lazily(r"[。，,；;：:！!？?\n、（）()“”‘’「」『』《》]")
# jieba's tags: numbers, adverbs, times, particles, prepositions; and what stands in a noun phrase beside nouns.
_PASSED_TAGS = ("m", "d", "t", "uj", "ul", "p")
_NOUN_TAGS = ("vn", "an", "s", "eng", "b")


# What the name of an indicator ends with (就业率, 业务量, 人数, 总额), and the tags of words such a name may hold.
_INDICATOR_ENDS = "率量数额值积重例入度速幅"
_MAKE_UP = tuple("nvabdjlizs")
# Words whose parts are remembered: few megabytes.
MOST_REMEMBERED = 1 << 14


class Roles(NamedTuple):
    """Words by the part they play beside a figure (data/lexicons/indicators.csv), Simplified.

    links stand between an indicator and its number (率 高达 91.73%); verbs take what is counted as their object (建设高标准农田
    910万亩); empties only carry a number (5%的水平); places are passed over before a rank (居全国第三); adverbs are called
    nouns by the dictionary; heads may end a phrase whatever their tag; ands join two phrases; acts are verbs that never stand
    inside a noun phrase (農民工追討欠薪); spends are links whose object the clause before does not name (安排了2580萬元).
    """

    links: frozenset[str]
    verbs: frozenset[str]
    empties: frozenset[str]
    places: frozenset[str]
    adverbs: frozenset[str]
    heads: frozenset[str]
    ands: frozenset[str]
    acts: frozenset[str]
    spends: frozenset[str]

    def joins(self, word: str) -> bool:
        """Whether a word stands between phrases, or before one."""
        return word in self.links or word in self.verbs or word in self.places or word in self.ands


@lru_cache(maxsize=4)
def roles(lexicons: Lexicons) -> Roles:
    """The lexicon `indicators`, by role."""

    def words(role: str) -> frozenset[str]:
        return frozenset(simplified(row["word"]) for row in lexicons.rows("indicators") if row["role"] == role)

    acts, spends = words("act"), words("spend")
    return Roles(
        words("link") | spends, words("verb") | acts, words("empty"), words("place"), words("adverb"), words("head"), words("and"),
        acts, spends,
    )  # fmt: skip


class Piece(NamedTuple):
    """A word of the window with its tag and what it can be beside a figure."""

    word: str
    tag: str
    noun: bool
    modifier: bool


NOTHING = Piece("", "x", False, False)


def pass_links(words: list[str], parts: "Parts", place: int, known: Roles) -> tuple[int, bool]:
    """Take links, times and numbers off the end; where the rest ends, and whether 分别 was among them."""
    commas, apart = 0, False
    while words:
        word = words[-1]
        comma = word in "，,、：:" and commas == 0
        passed = word in known.links or word in known.places or word[0].isdigit() or word in "“”「」"
        if not comma and not passed and parts[word].tag not in _PASSED_TAGS:
            break
        commas += comma or word in known.spends
        apart = apart or word == "分别"
        place -= len(words.pop())
    return place, apart


def phrase_before(words: list[str], parts: "Parts", last: int, known: Roles) -> Span:
    """The noun phrase that ends the words; takes them off the list."""
    taken: list[str] = []
    if len(words) > 1 and words[-2] == "的" and len(words[-1]) > 1 and parts[words[-1]].tag[:1] == "v":
        return last - len(words.pop()), last  # 用于“三农”的投入
    while words and _belongs(parts[words[-1]], parts[words[-2]] if len(words) > 1 else NOTHING, bool(taken), known):
        taken.append(words.pop())
    if taken and taken[0][-1] in _INDICATOR_ENDS:
        taken += _whole_indicator(words, parts, len(taken), known)
    while len(taken) > 1 and (taken[-1] in known.verbs or taken[-1] in known.places or taken[-1] == "的"):
        taken.pop()
    phrase = "".join(reversed(taken))
    nothing = phrase in known.empties or phrase in known.verbs or phrase in known.places
    return (last, last) if nothing else (last - len(phrase), last)


def _whole_indicator(words: list[str], parts: "Parts", core: int, known: Roles) -> list[str]:
    """What stands before a rate, an amount or a number of its clause and makes it up: 高校毕业生初次 就业率, 死亡 人数.

    Takes the words off the list; `core` words are taken already. A verb that opens the clause belongs to the name only where
    one word follows it (死亡人数; but 带动 居民 收入).
    """
    taken: list[str] = []
    while words and parts[words[-1]].tag[:1] in _MAKE_UP and not known.joins(words[-1]) and not MARKS.match(words[-1]):
        taken.append(words.pop())
    while taken and (
        (tag := parts[taken[-1]].tag[:1]) == "d" or (tag == "v" and not parts[taken[-1]].noun and core + len(taken) > 2)
    ):
        words.append(taken.pop())
    return taken


def _belongs(piece: Piece, left: Piece, inside: bool, known: Roles) -> bool:
    """Whether a word belongs to the phrase to its right: nouns; verbs, 的 and bits of words only between nouns."""
    word, tag = piece.word, piece.tag
    if piece.noun:
        return True
    if not inside:
        cut_off = len(word) == 1 and tag in ("zg", "q", "uv", "") and word.isalpha() and not word.isascii()
        return word in known.heads or (left.noun and word not in known.links and (tag[:1] == "v" or cut_off))
    if word == "的":
        return left.noun
    if tag in ("a", "b", "ad"):
        return True
    between = left.noun or left.modifier
    return (between and (piece.modifier or _bit_of_a_word(piece))) or (
        left.noun and len(word) > 1 and word in known.verbs and word not in known.acts
    )


def siblings(words: list[str], parts: "Parts", phrase: Span, known: Roles) -> tuple[Span, ...]:
    """A of A和B分别…: the phrases before 和 or 、, in text order."""
    found: list[Span] = []
    place = phrase[0]
    while words and words[-1] in known.ands:
        place -= len(words.pop())
        one = phrase_before(words, parts, place, known)
        if one[0] == one[1]:
            break
        found.append(one)
        place = one[0]
    return tuple(reversed(found))


def _bit_of_a_word(piece: Piece) -> bool:
    """A single character the cutter left over of a word it does not know (银|龄人才)."""
    return len(piece.word) == 1 and piece.tag[:1] in ("", "z", "g") and not piece.word.isascii() and not MARKS.match(piece.word)


class Cutter(NamedTuple):
    """What cuts a window into words, what each word can be, and the roles of words."""

    cut: Callable[[str], list[str]]
    parts: "Parts"
    known: Roles


@lru_cache(maxsize=4)
def cutter_of(lexicons: Lexicons) -> Cutter:
    """The cutter of these lexicons, loaded when a figure first needs it."""
    from analysis.find.cutter import cutter
    from analysis.find.cutting import BROKEN

    cut: Callable[[str, bool], list[str]] = cutter(lexicons).cut
    return Cutter(lambda window: cut(BROKEN.sub("\ufffd", window), False), Parts(lexicons), roles(lexicons))


class Parts(dict[str, Piece]):
    """Words with their tags and what they can be; no word is nothing."""

    def __init__(self, lexicons: Lexicons) -> None:
        super().__init__({"": NOTHING})
        self._lexicons = lexicons

    def __missing__(self, word: str) -> Piece:
        from analysis.find.cutter import tag as tag_of

        known, tag = roles(self._lexicons), tag_of(word, self._lexicons)
        other = word in known.links or word in known.verbs
        noun = not (other or word in known.adverbs or word[0].isdigit() or MARKS.match(word)) and (
            word in known.heads or tag[:1] in ("n", "l", "j", "i") or tag in _NOUN_TAGS or (not tag and len(word) > 1)
        )
        if len(self) >= MOST_REMEMBERED:
            self.clear()
            self[""] = NOTHING
        self[word] = piece = Piece(word, tag, noun, tag[:1] in ("a", "b", "v") and not other)
        return piece
