"""Artefacts: places where a machine conversion between the scripts, or a scan, probably harmed the wording.

Three kinds of evidence, all weighed by what the sentence costs as a chain of words (jieba's counts, in nats):
1. A character that its word is not written with. 鏇律: the word 旋律 (melody) has no 鏇, and cutting it apart is dear.
2. A converter's word that stands where no word was. 參在線上關: 聯機 (online) was replaced inside 參|聯|機關.
3. A character that looks like the right one, as scans and fast typing leave them (自已 for 自己): see `look_alikes`.

Nothing is changed: a row gives the place, a suggestion in the script of the text, and the evidence. Usual second
spellings (台灣, 佈局, 點讚) and a converter's whole words (民眾 for 群眾: see data/lexicons/equivalents.csv) are no harm.
In a Simplified text only the last two kinds can be seen, and words worn down by a converter (显着 for 显著).
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from analysis.find import Found, look_alikes
from analysis.find.harm import Harm
from analysis.find.misspelled import misspelled
from analysis.find.replaced import replaced
from analysis.find.spelling import in_script
from analysis.find.together import Together, together
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech
from analysis.schema import Artefact


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Iterator[Artefact]:
    """Rows in text order; places that touch are one row."""
    return next(find_each([speech], [found], lexicons))


def find_each(speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons) -> Iterator[Iterator[Artefact]]:
    """The rows of each speech, as `find` gives them; short speeches are searched as one text."""
    whole = together(tuple(speeches))
    harm = [set(misspelled(speech, found, lexicons)) for speech, found in zip(speeches, founds, strict=True)]
    for number, told in chain(replaced(whole, lexicons), _misread(whole, lexicons)):
        harm[number].add(told)
    return map(_rows, speeches, harm)


def _rows(speech: Speech, harm: set[Harm]) -> Iterator[Artefact]:
    for start, end, suggestion, reason in _joined(sorted(harm)):
        yield Artefact(speech.speech, start, end, speech.text[start:end], suggestion, reason)


def _joined(harm: list[Harm]) -> Iterator[Harm]:
    """Places in order, those that touch as one; of two that overlap the first counts."""
    last: Harm | None = None
    for here in harm:
        if last is None or here.start > last.end:
            if last:
                yield last
            last = here
        elif here.start == last.end:
            last = Harm(last.start, here.end, last.suggestion + here.suggestion, f"{last.reason}; {here.reason}")
    if last:
        yield last


def _misread(whole: Together, lexicons: Lexicons) -> Iterator[tuple[int, Harm]]:
    """Characters that were taken for others they look like, each with the number of its speech."""
    for place, mended in look_alikes.places(whole.shadow, lexicons):
        number, start = whole.at(place)
        speech, end = whole.speeches[number], start + len(mended)
        written = speech.text[start:end]
        right = "".join(
            old if old_shadow == new else in_script(new, speech.script)
            for old, old_shadow, new in zip(written, speech.shadow[start:end], mended, strict=True)
        )
        yield number, Harm(start, end, right, f"{written} is no word, {right} looks like it and is")
