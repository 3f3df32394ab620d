"""Table `names`: persons, organisations, places, documents and meetings.

省委書記羅保銘 gives the person 羅保銘 with the role 省委書記; 全總 gives the organisation 中华全国总工会.

`name` is the canonical form: that of data/lexicons/names.csv or places.csv where it is listed there, else the mention
itself; always in Simplified characters, so that a text gives the same names in both scripts. Names do not overlap: the
longest mention wins. A kind of body without a name (各級工會 unions at every level, 政府 government) is no name.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

import numpy as np

from analysis.find import Columns, Found
from analysis.find.columnar import Coded
from analysis.find.locate import sentences_at
from analysis.find.name_bodies import bodies
from analysis.find.name_foreign import foreign
from analysis.find.name_lists import DOCUMENT, MEETING, ORGANISATION, PERSON, PLACE
from analysis.find.name_meetings import documents, meetings
from analysis.find.name_persons import persons
from analysis.find.name_places import places
from analysis.find.name_words import Candidate, Words, by_text, cut_together, known_names
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech

_START = itemgetter(0)
# Which of two candidates of the same length is taken.
RANK = {kind: rank for rank, kind in enumerate((DOCUMENT, MEETING, PERSON, ORGANISATION, PLACE))}


def find(speech: Speech, found: Found, lexicons: Lexicons) -> Columns:
    """Names in text order."""
    return next(find_each([speech], [found], lexicons))


def find_each(speeches: Sequence[Speech], founds: Sequence[Found], lexicons: Lexicons) -> Iterator[Columns]:
    """The columns of each speech, as `find` gives them; short speeches are searched as one text."""
    words = cut_together([speech.shadow for speech in speeches], lexicons)
    told = by_text(words, apart(candidates(words, lexicons)))
    begins = [begin for begin, _ in words.texts]
    return map(_columns, speeches, founds, begins, told)


def _columns(speech: Speech, found: Found, begin: int, told: Sequence[Candidate]) -> Columns:
    starts, ends, kinds, names, roles = zip(*told, strict=True) if told else [()] * len(Candidate._fields)
    places = np.array([starts, ends], np.int64) - begin
    return {
        "speech": Coded([speech.speech], np.zeros(len(told), np.int32)),
        "sentence": sentences_at(found, places[0]),
        "start": places[0],
        "end": places[1],
        "text": [speech.text[start:end] for start, end in places.T.tolist()],
        "kind": list(kinds),
        "name": list(names),
        "role": [speech.text[start - begin : end - begin] if end else "" for start, end in roles],
    }


def candidates(words: Words, lexicons: Lexicons) -> list[Candidate]:
    """Everything that may be a name; they may overlap."""
    known = list(known_names(words, lexicons))
    where = [*known, *places(words, known, lexicons)]
    strange = foreign(words, lexicons)
    people = persons(words, [c for c in known if c.kind == PERSON], lexicons, strange)
    others = [c for c in (*where, *strange) if c.kind != PERSON]
    return [*documents(words.shadow), *meetings(words), *others, *bodies(words, where, lexicons), *people]


def apart(found: Iterable[Candidate]) -> list[Candidate]:
    """Those that stay when of any that overlap the longest is kept, by start."""
    kept: list[Candidate] = []
    together: list[Candidate] = []
    reached = 0
    for candidate in sorted(found, key=_START):
        if candidate.start >= reached:
            kept += _longest(together)
            together = []
        together.append(candidate)
        reached = max(reached, candidate.end)
    return kept + _longest(together)


def _longest(together: list[Candidate]) -> list[Candidate]:
    """The same of candidates that touch each other."""
    if len(together) < 2:
        return together
    kept = min(together, key=_preferred)
    before = [candidate for candidate in together if candidate.end <= kept.start]
    after = [candidate for candidate in together if candidate.start >= kept.end]
    return [*_longest(before), kept, *_longest(after)]


def _preferred(candidate: Candidate) -> tuple[int, int, int]:
    return candidate.start - candidate.end, RANK[candidate.kind], candidate.start
