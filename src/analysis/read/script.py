"""The Simplified shadow of a text: same length, one script, so that counts do not depend on the script.

>>> shadow("農民工入會率高達９１.73%")
'农民工入会率高达91.73%'

Finders read the shadow and keep offsets, which hold for the original too: every step maps one code point to one.
It never changes a text, and it does not touch vocabulary (民眾 stays 民众, not 群众).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise

import numpy as np

from analysis.read.codes import Codes, codes_in, text_of
from analysis.read.conversion import BASIC_PLANE, FIRST_IDEOGRAPH, LAST_IDEOGRAPH, converted, converter
from analysis.read.kinds import (
    FORM,
    LINE_END,
    SIMPLIFIED,
    TELLING,
    TRADITIONAL,
    VARIANT,
    Kinds,
    kinds_in,
    kinds_of,
    met,
    n_of,
    plain_forms,
    variants,
)

# A paragraph is called Traditional or Simplified by characters that only one of the scripts has.
# Fewer than this share of the telling characters on the minor side is a slip, not a second script
# (GSD sentences, converted by hand, keep up to one in twelve).
MINOR_SHARE = 0.1
# Dictionary entries remembered with their Simplified form: some 20 MB.
MOST_REMEMBERED = 100_000
REPLACEMENT = 0xFFFD


def shadow(text: str, *, apart: bool = False) -> str:
    """Simplified form of `text`, of the same length, decided paragraph by paragraph.

    Half-width forms stand for full-width letters, digits and per cent; unified ideographs for compatibility ones.
    A paragraph without a telling character follows the text as a whole, or stands alone where the lines are `apart`.
    """
    return shadows([text], apart=apart)[0]


def shadows(texts: Sequence[str], *, apart: bool = False) -> list[str]:
    """The shadow of each of some texts. What can be is done for all at once, since each look-up has its price."""
    scripts = [met(kinds_of(text)) & (TRADITIONAL | SIMPLIFIED | FORM) for text in texts]
    together = [text for text, script in zip(texts, scripts, strict=True) if script == TRADITIONAL]
    traditional = iter(_parted(_from_traditional("\n".join(together)), together))
    simple = [
        next(traditional) if script == TRADITIONAL else _converted_alone(text, apart)
        for text, script in zip(texts, scripts, strict=True)
    ]
    whole = "\n".join(simple)
    if met(kinds_in(codes_in(whole))) & VARIANT:
        whole = text_of(_replaced(codes_in(whole), _variants()))
    return _parted(_respelled(whole), texts)


def _parted(whole: str, texts: Sequence[str]) -> list[str]:
    """What has become of each text, of those that were joined; as long as it was."""
    if len(whole) != (length := max(0, sum(len(text) + 1 for text in texts) - 1)):
        begin = "".join(texts)[:30]
        raise ValueError(f"conversion to Simplified changed the length from {length} to {len(whole)} at {begin!r}")
    ends = accumulate((len(text) + 1 for text in texts), initial=0)
    return [whole[begin : end - 1] for begin, end in pairwise(ends)]


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
    kinds = kinds_of(text)
    return n_of(kinds, TRADITIONAL), n_of(kinds, SIMPLIFIED)


def _converted_alone(text: str, apart: bool) -> str:
    """A text that may have characters of both scripts, or other than plain ones."""
    kinds = kinds_of(text)
    return _well_formed(text, apart) if met(kinds) & FORM else _converted(text, kinds, apart)


def _well_formed(text: str, apart: bool) -> str:
    """The same in plain forms, converted."""
    codes = _replaced(codes_in(text), _plain_forms())
    # NUL and half of a broken character (a lone surrogate) cannot be handed to OpenCC; they are put back afterwards.
    broken = ((codes & 0xFFFFF800) == 0xD800) | (codes == 0)
    whole = text_of(np.where(broken, np.uint32(REPLACEMENT), codes))
    simple = _converted(whole, kinds_in(codes_in(whole)), apart)
    return text_of(np.where(broken, codes, codes_in(simple))) if broken.any() else simple


def _converted(text: str, kinds: Kinds, apart: bool) -> str:
    """The text in Simplified characters, each paragraph as its script asks for."""
    scripts = met(kinds)
    # Where no character tells, 著 does: Simplified text has it in few words, and those keep it (著力, but 名著).
    if not scripts & SIMPLIFIED:
        return _from_traditional(text) if scripts & TRADITIONAL or "著" in text else text
    return "".join(_mixed_parts(text, kinds, apart)) if scripts & TRADITIONAL else text


def _mixed_parts(text: str, kinds: Kinds, apart: bool) -> Iterator[str]:
    """A text that has characters of both scripts, paragraph by paragraph; neighbours of one script come as one part."""
    first = np.concatenate([[0], np.flatnonzero(kinds[:-1] & LINE_END != 0) + 1])
    telling, other = (np.add.reduceat(kinds & kind != 0, first, dtype=np.int64) for kind in (TRADITIONAL, SIMPLIFIED))
    balance = telling - other
    written = np.where(balance == 0, other == 0 if apart else balance.sum() > 0, balance > 0)
    groups = np.concatenate([[0], np.flatnonzero(np.diff(written.astype(np.int8))) + 1, [len(first)]]).tolist()
    edges = [*first.tolist(), len(text)]
    # The whole text both ways, because each call has its price; no phrase spans two lines.
    traditional, stray = _from_traditional(text), converted("t2s", text)
    for begin, end in pairwise(groups):
        # Stray Traditional characters in Simplified text; t2s leaves all else alone.
        form = traditional if written[begin] else stray if telling[begin:end].any() else text
        yield form[edges[begin] : edges[end]]


def _from_traditional(text: str) -> str:
    return _keep_zhu(text, converted("tw2s", text))


def _keep_zhu(text: str, simple: str) -> str:
    """Put 著 back in the words that keep it (顯著 → 显著): tw2s makes every 著 a 着.

    OpenCC 1.4 does so for most of them; the words are those of data/lexicons/variants.csv.
    """
    if "著" not in text:
        return simple
    worn = (match.start() + match[0].index("着") for match in _worn_words().finditer(simple))
    kept = [place for place in worn if text[place] == "著"]
    ends = [*kept, len(simple)]
    return simple[: ends[0]] + "".join("著" + simple[place + 1 : end] for place, end in pairwise(ends))


@cache
def _worn_words() -> re.Pattern[str]:
    """The words that keep 著, as tw2s leaves them (显着)."""
    words = sorted((standard.replace("著", "着") for _, standard in variants() if "著" in standard), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _respelled(text: str) -> str:
    """One spelling for words written in two ways (部份 → 部分), as variants.csv tells; of the same length."""
    any_word, standards = _words()
    if not any_word.search(text):  # as in most texts
        return text
    for written in [written for written in standards if written in text]:
        text = text.replace(written, standards[written])
    return text


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words written in two ways, and their standard spellings."""
    standards = {written: standard for written, standard in variants() if len(written) > 1 and "著" not in standard}
    return re.compile("|".join(map(re.escape, standards))), standards


@cache
def _variants() -> Codes:
    """One character for another (羣 → 群, 臺 → 台), whatever the script, as a table by code point."""
    return _table({ord(written): ord(standard) for written, standard in variants() if len(written) == 1})


@cache
def _plain_forms() -> Codes:
    return _table(plain_forms())


def _table(forms: Mapping[int, int]) -> Codes:
    """A code point for each of the basic plane: itself unless `forms` names another; the last stands for all beyond."""
    table = np.arange(BASIC_PLANE + 1, dtype=np.uint32)
    table[list(forms)] = list(forms.values())
    return table


def _replaced(codes: Codes, table: Codes) -> Codes:
    """The code points with those of the basic plane replaced by `table`."""
    replaced = table.take(codes, mode="clip")
    return np.where(codes < BASIC_PLANE, replaced, codes) if codes.max(initial=0) >= BASIC_PLANE else replaced


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
