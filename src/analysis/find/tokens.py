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
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.find import Columns, Found
from analysis.find.columnar import Coded, Offsets
from analysis.find.cutting import cut, whole_lines
from analysis.find.fixed_words import Placed, fixed_words, of_each
from analysis.find.spans import Span, Spans, spans_of, spread
from analysis.find.word_numbers import Numbers, Vocabulary, vocabulary
from analysis.read.codes import codes_in, text_of
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech

Kinds = npt.NDArray[np.uint8]

# Control and format characters (Unicode Cc and Cf) that are not white space, as a class of a regular expression.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_WHITE_SPACE = re.compile(r"\s")
# What a character can be; those beyond the basic plane share one place in a table of kinds.
BLANK, PERHAPS_DROPPED, LAST_KIND = 1, 2, 0x10000
# Characters cut at a time: so a long text needs little memory.
STRETCH = 60_000


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Columns:
    """Columns of table `tokens` for one speech, in the order of the schema, each as long as there are tokens."""
    return next(find_each([speech], [found], lexicons))


def find_each(speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons) -> Iterator[Columns]:
    """The columns of each speech, as `find` gives them; short speeches are cut as one text."""
    shadow = "\n".join(speech.shadow for speech in speeches)
    begins = [0, *accumulate(len(speech.text) + 1 for speech in speeches[:-1])]
    placed = list(map(Placed, begins, speeches, founds))
    kinds, words = _kinds_in(shadow), vocabulary(lexicons)
    fixed = fixed_words(placed, shadow, np.flatnonzero(kinds == BLANK), lexicons)
    parts = [_cut_part(shadow, kinds, stretch, fixed.spans, words, lexicons) for stretch in whole_lines(shadow, STRETCH)]
    starts, ends, keys = map(np.concatenate, zip(*parts, strict=True)) if parts else _NOTHING
    texts = _as_written(placed, shadow, kinds, _Part(starts, ends, keys), words)
    for span, key in fixed.keys.items():
        keys[_places(spans_of([span]), starts, ends)] = words.number(key)
    pos = words.tags_of(keys)
    for tag, spans in fixed.tagged.items():
        pos[_places(spans, starts, ends)] = words.tag(tag)
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


def _as_written(placed: Sequence[Placed], shadow: str, kinds: Kinds, tokens: _Part, words: Vocabulary) -> Numbers:
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


def _places(spans: Spans, starts: Offsets, ends: Offsets) -> Offsets:
    """Indices of the tokens that are exactly one of the spans."""
    at = np.searchsorted(starts, spans[:, 0])
    within = at < len(starts)
    at, spans = at[within], spans[within]
    places: Offsets = at[(starts[at] == spans[:, 0]) & (ends[at] == spans[:, 1])]
    return places


def _sentences(placed: Sequence[Placed], starts: Offsets) -> npt.NDArray[Any]:
    """Number of the sentence each token stands in, masked where it stands in none."""
    numbers = np.zeros(len(starts), np.int64)
    if rows := of_each(placed, "sentences"):
        spans = np.concatenate([np.stack([told["start"], told["end"]], axis=1) + begin for begin, told in rows])
        number = np.concatenate([told["sentence"] for _, told in rows])
        numbers = spread(number, np.searchsorted(starts, spans), len(starts))
    return np.ma.MaskedArray(numbers, numbers == 0)
