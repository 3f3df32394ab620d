"""The Simplified shadow of a text: same length, one script, so that counts do not depend on the script.

>>> shadow("農民工入會率高達９１.73%")
'农民工入会率高达91.73%'

Finders read the shadow and keep offsets, which hold for the original too: every step maps one code point to one.
It never changes a text, and it does not touch vocabulary (民眾 stays 民众, not 群众).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import opencc

# A paragraph is called Traditional or Simplified by characters that only one of the scripts has.
# Fewer than this share of the telling characters on the minor side is a slip, not a second script
# (GSD sentences, converted by hand, keep up to one in twelve).
MINOR_SHARE = 0.1
TRADITIONAL, SIMPLIFIED = 1, 2
FIRST_IDEOGRAPH, LAST_IDEOGRAPH = 0x3400, 0x9FFF
# Unicode: CJK Compatibility Ideographs, CJK Radicals Supplement and Kangxi Radicals.
COMPATIBILITY_BLOCKS = ((0xF900, 0xFB00), (0x2E80, 0x2FE0))
BASIC_PLANE = 0x10000
# Dictionary entries remembered with their Simplified form: some 20 MB.
MOST_REMEMBERED = 100_000
REPLACEMENT = 0xFFFD
# One line of Traditional characters, one of Simplified ones.
TELLING = Path(__file__).with_name("telling_characters.txt")
Codes = npt.NDArray[np.uint32]
# Where str.splitlines ends a line.
_LINE_ENDS = np.isin(np.arange(0x202B), [0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029])


def shadow(text: str, *, apart: bool = False) -> str:
    """Simplified form of `text`, of the same length, decided paragraph by paragraph.

    Half-width forms stand for full-width letters, digits and per cent; unified ideographs for compatibility ones.
    A paragraph without a telling character follows the text as a whole, or stands alone where the lines are `apart`.
    """
    if text.isascii():
        return text
    plain = _replaced(_codes(text), _plain_forms())
    # NUL and half of a broken character (a lone surrogate) cannot be handed to OpenCC; they are put back afterwards.
    broken = ((plain & 0xFFFFF800) == 0xD800) | (plain == 0)
    whole = np.where(broken, np.uint32(REPLACEMENT), plain) if broken.any() else plain
    codes = np.concatenate([_codes(part) for part in _converted_parts(whole, apart)])
    if len(codes) != len(text):
        raise ValueError(f"conversion to Simplified changed the length from {len(text)} to {len(codes)} at {text[:30]!r}")
    return _respelled(_text(np.where(broken, plain, _replaced(codes, _variants()))))


def simplified(word: str) -> str:
    """Simplified form of one dictionary entry, in whichever script it is written."""
    return _forms()[word]


def remember(words: Iterable[str]) -> None:
    """Convert many dictionary entries at once, which takes a fiftieth of the time of one by one."""
    new = [word for word in words if "\n" not in word]
    _forms().update(zip(new, shadow("\n".join(new), apart=True).split("\n"), strict=True))


class _Forms(dict[str, str]):
    """Simplified form of each word met."""

    def __missing__(self, word: str) -> str:
        if len(self) > MOST_REMEMBERED:
            self.clear()
        self[word] = form = shadow(word)
        return form


@cache
def _forms() -> _Forms:
    return _Forms()


def script_of(text: str) -> str:
    """`traditional`, `simplified`, `mixed` or `none` (no Chinese character that tells).

    >>> script_of("工會"), script_of("工会"), script_of("人民")
    ('traditional', 'simplified', 'none')
    """
    traditional, simplified_ = telling_characters(text)
    if not traditional + simplified_:
        return "none"
    if min(traditional, simplified_) > MINOR_SHARE * (traditional + simplified_):
        return "mixed"
    return "traditional" if traditional > simplified_ else "simplified"


def telling_characters(text: str) -> tuple[int, int]:
    """How many characters of `text` are Traditional only, and Simplified only."""
    kinds = _kinds_of(text)
    return int((kinds == TRADITIONAL).sum()), int((kinds == SIMPLIFIED).sum())


def _converted_parts(codes: Codes, apart: bool) -> Iterator[str]:
    """The text paragraph by paragraph in Simplified characters; neighbours of one script come as one part."""
    kinds = _kinds()[np.minimum(codes, len(_kinds()) - 1)]
    traditional, simplified_ = kinds == TRADITIONAL, kinds == SIMPLIFIED
    # Where no character tells, 著 does: Simplified text has it in few words, and those keep it (著力, but 名著).
    undecided = not simplified_.any()
    if not traditional.any() and not (undecided and (codes == ord("著")).any()):
        yield _text(codes)
        return
    first = np.flatnonzero(np.concatenate([[True], _LINE_ENDS[np.minimum(codes[:-1], len(_LINE_ENDS) - 1)]]))
    telling = np.add.reduceat(traditional.astype(np.int64), first)
    other = np.add.reduceat(simplified_.astype(np.int64), first)
    balance = telling - other
    written = np.where(balance == 0, other == 0 if apart else balance.sum() > 0 or undecided, balance > 0)
    groups = np.concatenate([[0], np.flatnonzero(np.diff(written.astype(np.int8))) + 1, [len(first)]])
    edges = np.append(first, len(codes))
    for begin, end in pairwise(groups.tolist()):
        part = _text(codes[edges[begin] : edges[end]])
        yield _from_traditional(part) if written[begin] else _from_simplified(part, int(telling[begin:end].sum()))


def _from_traditional(text: str) -> str:
    return _keep_zhu(text, _converted("tw2s", text))


def _from_simplified(text: str, n_traditional: int) -> str:
    """Stray Traditional characters in Simplified text; t2s leaves all else alone."""
    return _converted("t2s", text) if n_traditional else text


def _converted(config: str, text: str) -> str:
    converted: str = converter(config).convert(text)
    if len(converted) != len(text):
        raise ValueError(f"{config} changed the length from {len(text)} to {len(converted)} at {text[:30]!r}")
    return converted


def _keep_zhu(text: str, converted: str) -> str:
    """Put 著 back in the words that keep it (顯著 → 显著): tw2s makes every 著 a 着.

    OpenCC 1.4 does so for most of them; the words are those of data/lexicons/variants.csv.
    """
    if "著" not in text:
        return converted
    worn = (match.start() + match[0].index("着") for match in _worn_words().finditer(converted))
    kept = [place for place in worn if text[place] == "著"]
    ends = [*kept, len(converted)]
    return converted[: ends[0]] + "".join("著" + converted[place + 1 : end] for place, end in pairwise(ends))


@cache
def _worn_words() -> re.Pattern[str]:
    """The words that keep 著, as tw2s leaves them (显着)."""
    words = sorted((word.replace("著", "着") for word in _words_with_zhu()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def converter(config: str) -> opencc.OpenCC:
    """OpenCC's converter of that name, loaded once: some take 30 ms."""
    return opencc.OpenCC(config, include_tofu_risk_dictionaries=False)


@cache
def _rows_of_variants() -> tuple[tuple[str, str], ...]:
    from analysis.read.lexicons import shipped_rows

    rows = tuple((row["written"], row["standard"]) for row in shipped_rows("variants"))
    unequal = [written for written, standard in rows if len(written) != len(standard)]
    if unequal:
        raise ValueError(f"data/lexicons/variants.csv: both forms must have as many characters: {', '.join(unequal)}")
    return rows


@cache
def _variants() -> Codes:
    """One character for another (羣 → 群, 臺 → 台), whatever the script, as a table by code point."""
    return _table({ord(written): ord(standard) for written, standard in _rows_of_variants() if len(written) == 1})


def _respelled(text: str) -> str:
    """One spelling for words written in two ways (部份 → 部分), as variants.csv tells; of the same length."""
    for written, standard in _rows_of_variants():
        if len(written) > 1 and "著" not in standard and written in text:
            text = text.replace(written, standard)
    return text


@cache
def _words_with_zhu() -> tuple[str, ...]:
    """Words that keep 著, longest first."""
    return tuple(sorted((standard for written, standard in _rows_of_variants() if "著" in standard), key=len, reverse=True))


@cache
def _plain_forms() -> Codes:
    """Full-width letters, digits and a few signs → half-width; compatibility ideographs and radicals → unified."""
    wide = [chr(c) for c in range(0xFF10, 0xFF5B) if chr(c).isalnum()] + list("％．＋－～")
    compatible = [chr(c) for first, last in COMPATIBILITY_BLOCKS for c in range(first, last)]
    forms = {ord(c): unicodedata.normalize("NFKC", c) for c in wide + compatible}
    return _table({code: ord(form) for code, form in forms.items() if len(form) == 1})


def _table(forms: Mapping[int, int]) -> Codes:
    """A code point for each code point of the basic plane: itself unless `forms` names another."""
    table = np.arange(BASIC_PLANE, dtype=np.uint32)
    for code, form in forms.items():
        if code < BASIC_PLANE:
            table[code] = form
    return table


def _replaced(codes: Codes, table: Codes) -> Codes:
    """The code points with those of the basic plane replaced by `table`."""
    if codes.max(initial=0) < BASIC_PLANE:
        return table[codes]
    return np.where(codes < BASIC_PLANE, table[np.minimum(codes, BASIC_PLANE - 1)], codes)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _kinds_of(text: str) -> npt.NDArray[np.int8]:
    """For each code point: TRADITIONAL, SIMPLIFIED or 0 (both, or not Chinese)."""
    return _kinds()[np.minimum(_codes(text), len(_kinds()) - 1)]


@cache
def _kinds() -> npt.NDArray[np.int8]:
    """Kind of each code point up to the last CJK ideograph of the basic plane; the rest counts as both."""
    kinds = np.zeros(LAST_IDEOGRAPH + 2, dtype=np.int8)
    for kind, characters in zip((TRADITIONAL, SIMPLIFIED), TELLING.read_text(encoding="utf-8").split(), strict=True):
        kinds[_codes(characters)] = kind
    return kinds


def characters_that_tell() -> tuple[str, str]:
    """The Traditional and the Simplified characters that the other script lacks, by OpenCC's tables: what `TELLING` holds.

    Worked out from s2t, whose dictionary takes longer to load than a speech to read; `python -m analysis.read.script`
    writes the file.
    """
    ideographs = [chr(code) for code in range(FIRST_IDEOGRAPH, LAST_IDEOGRAPH + 1)]
    # One a line, so that no phrase of the dictionary spans two of them.
    as_simplified = converter("t2s").convert("\n".join(ideographs)).split("\n")
    as_traditional = converter("s2t").convert("\n".join(ideographs)).split("\n")
    rows = list(zip(ideographs, as_simplified, as_traditional, strict=True))
    return (
        "".join(one for one, simple, _ in rows if simple != one),
        "".join(one for one, simple, full in rows if simple == one != full and not _in_big5(one)),
    )


def _in_big5(character: str) -> bool:
    """Characters such as 后, 里, 台 are good Traditional too; Big5 has them and lacks 国, 会, 业."""
    try:
        character.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    TELLING.write_text("\n".join(characters_that_tell()) + "\n", encoding="utf-8", newline="\n")
