"""Table `tokens`: the words and punctuation marks of a speech, column by column because they are many.

新增農民工會員93.4萬名 gives 新增 農民工 會員 93.4萬 名.

The Simplified shadow is cut, so that a speech gives the same keys in both scripts; `text` is what stands in the speech.
Blanks (white space, control and format characters) belong to no token, but a zero-width character may stand inside one;
its key leaves it out. What was found in the speech decides before the dictionary does, in this order:
1. errata.csv: a damaged place is one token with the key it should have had;
2. list markers: the numeral is one token and each mark beside it another (一|、);
3. names of persons, organisations and places are one token; documents and meetings are cut like any text, since their
   parts are words one wants to count (劳动|合同|法);
4. numeral slogans (十三五) are one token;
5. figures: the number with its scale is one token and its unit another (22萬|名); 约, 多, 以上 beside them stand alone.
It does not tell homographs apart: `pos` is the tag jieba's dictionary gives the word, whatever its place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find import Found
from analysis.find.columnar import Coded, Offsets
from analysis.find.cutting import NUMERALS, cut, whole_lines
from analysis.find.spans import Span, Spans, apart, none_of, spans_of, spread
from analysis.find.word_numbers import Numbers, Vocabulary, vocabulary
from analysis.read.codes import codes_in, text_of
from analysis.read.lexicons import Lexicons
from analysis.read.script import simplified
from analysis.read.speech import Speech

Columns = dict[str, Any]
Kinds = npt.NDArray[np.uint8]

# Tag of a name by its kind, as jieba's: nr person, nt organisation, ns place.
NAME_TAGS = {"person": "nr", "organisation": "nt", "place": "ns"}
# Of a numeral slogan: jieba's of abbreviations.
SLOGAN_TAG = "j"
# Control and format characters (Unicode Cc and Cf) that are not white space, as a class of a regular expression.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
# Pieces of a list marker: a numeral, or one mark, or the rest of a word (一|是, 第一|,).
_MARKER_PIECES = re.compile(rf"第?[{NUMERALS}\d]+|\w+|[^\w\s]")
# The number in a figure; what stands beside it is cut like any text.
_NUMBER = re.compile(rf"第?[\d{NUMERALS}][\d{NUMERALS}.,/xX×]*(?:[多余][万亿千百十]+)?|百分之[{NUMERALS}点]+")
_SOLID, _WHITE_SPACE = re.compile(r"\S+"), re.compile(r"\s")
# What a character can be; those beyond the basic plane share one place in a table of kinds.
BLANK, PERHAPS_DROPPED, LAST_KIND = 1, 2, 0x10000
# Characters cut at a time: so a long text needs little memory.
STRETCH = 60_000


class _Placed(NamedTuple):
    """A speech, the rows found in it so far, and where it begins among the speeches that are cut together."""

    begin: int
    speech: Speech
    found: Found


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Columns:
    """Columns of table `tokens` for one speech, in the order of the schema, each as long as there are tokens."""
    return next(find_each([speech], [found], lexicons))


def find_each(speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons) -> Iterator[Columns]:
    """The columns of each speech, as `find` gives them; short speeches are cut as one text."""
    shadow = "\n".join(speech.shadow for speech in speeches)
    begins = [0, *accumulate(len(speech.text) + 1 for speech in speeches[:-1])]
    placed = list(map(_Placed, begins, speeches, founds))
    repaired = _repaired(placed, lexicons)
    kinds = _kinds_in(shadow)
    words = vocabulary(lexicons)
    tagged, tags = _tagged(placed, words)
    # What the dictionary has no say in; the first of two that overlap is kept.
    spans = np.concatenate([spans_of(repaired), _markers(placed, shadow), tagged, _figures(placed, shadow)])
    fixed = apart(_without_blanks(shadow, spans, np.flatnonzero(kinds == BLANK)))
    parts = [_cut_part(shadow, kinds, stretch, fixed, words, lexicons) for stretch in whole_lines(shadow, STRETCH)]
    starts, ends, keys = map(np.concatenate, zip(*parts, strict=True)) if parts else _NOTHING
    texts = _as_written(placed, shadow, kinds, _Part(starts, ends, keys), words)
    for span, key in repaired.items():
        keys[_places(spans_of([span]), starts, ends)[0]] = words.number(key)
    pos = words.tags_of(keys)
    places, whole = _places(tagged, starts, ends)
    pos[places] = tags[whole]
    sentences = _sentences(placed, starts)
    first = np.searchsorted(starts, begins).tolist()
    for (begin, speech, _), rows in zip(placed, map(slice, first, [*first[1:], len(starts)]), strict=True):
        yield {
            "speech": Coded([speech.speech], np.zeros(rows.stop - rows.start, np.int32)),
            "sentence": sentences[rows],
            "start": starts[rows] - begin,
            "end": ends[rows] - begin,
            "text": Coded(words.words, texts[rows]),
            "key": Coded(words.words, keys[rows]),
            "pos": Coded(words.tags, pos[rows]),
        }


class _Part(NamedTuple):
    """Tokens of a stretch: places in the speech, and numbers of the keys, so that the words need not be kept."""

    starts: Offsets
    ends: Offsets
    keys: Numbers


_NOTHING = _Part(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int32))


def _cut_part(shadow: str, kinds: Kinds, stretch: Span, fixed: Spans, words: Vocabulary, lexicons: Lexicons) -> _Part:
    begin, end = stretch
    first, last = np.searchsorted(fixed[:, 0], stretch)
    starts, ends, keys = _cut(shadow[begin:end], kinds[begin:end], fixed[first:last] - begin, words, lexicons)
    return _Part(starts + begin, ends + begin, keys)


def _cut(shadow: str, kinds: Kinds, spans: Spans, words: Vocabulary, lexicons: Lexicons) -> _Part:
    """Tokens with their places in `shadow`, whatever was dropped before cutting."""
    if not (kinds == PERHAPS_DROPPED).any():
        return _cut_clean(shadow, kinds, spans, words, lexicons)
    kept = np.delete(np.arange(len(shadow)), [match.start() for match in _DROPPED.finditer(shadow)])
    spans = np.searchsorted(kept, spans)
    spans = spans[spans[:, 0] < spans[:, 1]]
    starts, ends, keys = _cut_clean(_DROPPED.sub("", shadow), kinds[kept], spans, words, lexicons)
    return _Part(kept[starts], kept[ends - 1] + 1, keys)


def _cut_clean(shadow: str, kinds: Kinds, spans: Spans, words: Vocabulary, lexicons: Lexicons) -> _Part:
    ends = cut(shadow, spans, lexicons)
    starts = np.concatenate([np.zeros(1, np.int64), ends])[:-1]
    told = np.flatnonzero(kinds.take(starts) != BLANK)
    starts, ends = starts.take(told), ends.take(told)
    return _Part(starts, ends, words.numbers_of(shadow, starts, ends))


def _as_written(placed: Sequence[_Placed], shadow: str, kinds: Kinds, tokens: _Part, words: Vocabulary) -> Numbers:
    """Numbers of the tokens' texts: those of the keys, but where a speech is written in another way than its shadow."""
    starts, ends, keys = tokens
    texts = keys.copy()
    if len(texts):
        written = "\n".join(one.speech.text for one in placed)
        others = np.flatnonzero((codes_in(written) != codes_in(shadow)) | (kinds == PERHAPS_DROPPED))
        holders = np.zeros(len(texts), np.bool_)
        holders[np.searchsorted(starts, others, "right") - 1] = True
        texts[holders] = words.numbers_of(written, starts[holders], ends[holders])
    return texts


def _kinds_in(text: str) -> Kinds:
    """What each character is: BLANK, PERHAPS_DROPPED or neither."""
    kinds: Kinds = _kinds().take(codes_in(text), mode="clip")
    return kinds


@lru_cache(maxsize=1)
def _kinds() -> Kinds:
    """By code point; what lies beyond the basic plane is looked at again."""
    table = np.zeros(LAST_KIND + 1, dtype=np.uint8)
    table[LAST_KIND] = PERHAPS_DROPPED
    every = text_of(np.arange(LAST_KIND, dtype=np.uint32))
    table[[match.start() for match in _DROPPED.finditer(every)]] = PERHAPS_DROPPED
    table[[match.start() for match in _WHITE_SPACE.finditer(every)]] = BLANK
    return table


def _without_blanks(text: str, spans: Spans, blanks: Offsets) -> Spans:
    """The spans, cut at white space, which stands at `blanks`: no token spans any."""
    solid = none_of(blanks, spans)
    if solid.all():
        return spans
    cut = [[match.span() for match in _SOLID.finditer(text, start, end)] for start, end in spans[~solid].tolist()]
    # In their places, since the earlier of two that overlap is kept.
    places = np.repeat(np.flatnonzero(~solid), [len(pieces) for pieces in cut])
    order = np.argsort(np.concatenate([np.flatnonzero(solid), places]), kind="stable")
    return np.concatenate([spans[solid], spans_of(chain.from_iterable(cut))])[order]


def _repaired(placed: Sequence[_Placed], lexicons: Lexicons) -> dict[Span, str]:
    """Damaged places by errata.csv: span → the key it should have had."""
    rows: dict[str, list[Mapping[str, str]]] = {}
    for row in lexicons.rows("errata"):
        rows.setdefault(row["speech"], []).append(row)
    repaired = {}
    for begin, speech, _ in placed:
        for row in rows.get(speech.speech, ()):
            start, end = int(row["start"]), int(row["end"])
            if speech.text[start:end] == row["text"]:
                repaired[begin + start, begin + end] = simplified(row["key"])
    return repaired


def _of_each(placed: Sequence[_Placed], table: str) -> list[tuple[int, Columns]]:
    """Where each speech begins, with the columns of a table where it has some."""
    return [(begin, found[table]) for begin, _, found in placed if table in found]


def _markers(placed: Sequence[_Placed], shadow: str) -> Spans:
    """Pieces of the list markers: numeral and marks apart."""
    rows = [
        (begin + start, marker)
        for begin, told in _of_each(placed, "outline")
        for start, marker in zip(np.asarray(told["start"]).tolist(), told["marker"], strict=True)
        if marker
    ]
    return _inside([start for start, _ in rows], [_pieces(shadow[start : start + len(marker)]) for start, marker in rows])


@lru_cache(maxsize=4096)
def _pieces(marker: str) -> tuple[Span, ...]:
    return tuple(piece.span() for piece in _MARKER_PIECES.finditer(marker))


def _inside(starts: Sequence[int], parts: Sequence[Sequence[Span]]) -> Spans:
    """Spans that are told from a start of their own as spans of the whole."""
    sizes = np.fromiter(map(len, parts), np.int64)
    moved: Spans = spans_of(chain.from_iterable(parts)) + np.repeat(np.array(starts, np.int64), sizes)[:, np.newaxis]
    return moved


def _tagged(placed: Sequence[_Placed], words: Vocabulary) -> tuple[Spans, Numbers]:
    """Spans whose tag does not come from a dictionary, with its number: names, then numeral slogans."""
    tags = {kind: words.tag(name) for kind, name in NAME_TAGS.items()}
    rows = [
        (begin + start, begin + end, tags[kind])
        for begin, told in _of_each(placed, "names")
        for start, end, kind in zip(told["start"].tolist(), told["end"].tolist(), told["kind"], strict=True)
        if kind in tags
    ]
    # Without the parts of a longer slogan such as 四個全面戰略布局.
    rows += [
        (begin + row.start, begin + row.end, words.tag(SLOGAN_TAG))
        for begin, _, found in placed
        for row in found.get("slogans", ())
        if row.form == "numeral"
    ]
    told = np.array(rows, np.int64).reshape(-1, 3)
    return told[:, :2], told[:, 2].astype(np.int32)


def _figures(placed: Sequence[_Placed], shadow: str) -> Spans:
    """Number and unit of each figure; each row's other characters are left to the dictionary."""
    rows = [
        (begin + start, begin + end - (len(unit) if unit and text.endswith(unit) else 0), begin + end)
        for begin, told in _of_each(placed, "figures")
        for start, end, text, unit in zip(told["start"].tolist(), told["end"].tolist(), told["text"], told["unit"], strict=True)
    ]
    places = np.array(rows, np.int64).reshape(-1, 3)
    numbers = _inside([start for start, _, _ in rows], [_numbers(shadow[start:stop]) for start, stop, _ in rows])
    return np.concatenate([places[:, 1:], numbers])


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[Span, ...]:
    """Where the numbers stand in a figure's text without its unit."""
    return tuple(number.span() for number in _NUMBER.finditer(text))


def _places(spans: Spans, starts: Offsets, ends: Offsets) -> tuple[Offsets, Offsets]:
    """Indices of the tokens that are exactly one of the spans, and of these spans."""
    at = np.searchsorted(starts, spans[:, 0])
    held = np.flatnonzero(at < len(starts))
    told = held[(starts[at[held]] == spans[held, 0]) & (ends[at[held]] == spans[held, 1])]
    return at[told], told


def _sentences(placed: Sequence[_Placed], starts: Offsets) -> npt.NDArray[Any]:
    """Number of the sentence each token stands in, masked where it stands in none."""
    numbers = np.zeros(len(starts), np.int64)
    if rows := _of_each(placed, "sentences"):
        spans = np.concatenate([np.stack([told["start"], told["end"]], axis=1) + begin for begin, told in rows])
        number = np.concatenate([told["sentence"] for _, told in rows])
        numbers = spread(number, np.searchsorted(starts, spans), len(starts))
    return np.ma.MaskedArray(numbers, numbers == 0)
