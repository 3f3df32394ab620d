"""Which rows of the tables a chart takes: selection and order, no counting of words.

>>> one_speech(tables, None)                                              # doctest: +SKIP
'union-meetings-1'
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from analysis.draw.words import Phrase, phrase, plain
from analysis.measure.frequencies import stands_alone
from analysis.measure.stopwords import left_out
from analysis.read.script import simplified

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def one_speech(tables: "Tables", speech: str | None) -> str:
    """The id asked for, checked; the first speech where none is named."""
    known = tables.speeches["speech"].tolist()
    if not known:
        raise ValueError("there is no speech to draw")
    if speech is not None and speech not in known:
        raise ValueError(f"there is no speech {speech!r}; speeches are {', '.join(known)}")
    return speech or str(known[0])


def some_speeches(tables: "Tables", speeches: Sequence[str] | None, most: int) -> list[str]:
    """The ids asked for, checked; all where none are named, the `most` largest of them in their own order."""
    if speeches is not None:
        return [one_speech(tables, speech) for speech in speeches]
    return largest(tables, most)


def largest(tables: "Tables", most: int) -> list[str]:
    """The ids of the largest speeches, in their own order."""
    rows = tables.speeches
    chosen = set(rows.sort_values(["n_han", "speech"], ascending=[False, True])["speech"].head(most))
    return [str(speech) for speech in rows["speech"] if speech in chosen]


def own_words(tables: "Tables") -> frozenset[str]:
    """Keys that stand on their own somewhere; 民工 that is always part of 農民工 ("migrant worker") would only repeat it."""
    return frozenset(tables.frequencies.loc[tables.frequencies["n_own"] > 0, "key"])


def content_words(tables: "Tables", rows: "pd.DataFrame") -> "pd.DataFrame":
    """Rows of words that can say something of a speech: no stop words, no numbers, single characters only if nouns (黨, "Party").

    A word that hardly ever stands on its own there (農民 in 農民工, "farmers" in "migrant workers"; 主義, "-ism") is not shown
    beside the longer ones.
    """
    stop = left_out(tables)
    rows = rows[rows["per_10k"].notna()]  # words of a speech without Han characters have no rate
    keep = [
        stands_alone(own, n) and key not in stop and (len(key) > 1 or tag[:1] == "n") and tag[:1] not in ("m", "q", "x", "w")
        for key, tag, own, n in zip(rows["key"], rows["pos"].fillna(""), rows["n_own"], rows["n"], strict=True)
    ]
    return rows.loc[keep]  # with brackets alone an empty list would choose no columns


def word_rows(tables: "Tables", words: Sequence[str], speeches: Sequence[str]) -> "pd.DataFrame":
    """Rows of frequencies of the words asked for, in whichever script they are written; 0 where a speech lacks one.

    A word that no speech has is said to be missing.
    """
    import pandas as pd

    known = tables.frequencies.drop_duplicates("key").set_index("key")["text"]
    keys = list(dict.fromkeys(word if word in known.index else simplified(word) for word in words))
    missing = [word for word in words if word not in known.index and simplified(word) not in known.index]
    if missing:
        raise ValueError(f"no speech has {', '.join(missing)} as a word; see the column key of the table frequencies")
    grid = pd.DataFrame([(s, k) for s in speeches for k in keys], columns=["speech", "key"]).astype("string")
    rows = grid.merge(tables.frequencies, on=["speech", "key"], how="left")
    rows["text"] = rows["text"].fillna(rows["key"].map(known))
    counts = ["n", "n_own", "n_text", "per_10k", "per_10k_low", "per_10k_high"]
    # Only where a speech lacks the word: an interval that could not be worked out, as of one paragraph, stays missing.
    absent = rows["n"].isna()
    rows.loc[absent, counts] = rows.loc[absent, counts].fillna(0)
    return rows


def above(low: object, high: object) -> bool:
    """Whether one interval begins where another has ended; never where one of them is missing."""
    import pandas as pd

    return bool(pd.notna(low) and pd.notna(high) and low > high)  # type: ignore[operator]


def intervals_note(rows: "pd.DataFrame") -> Phrase:
    """What the thin lines are, and why some are missing."""
    return phrase("whiskers_some" if rows["per_10k_low"].isna().any() else "whiskers")


class Section(NamedTuple):
    """A part of a speech: a heading with all that stands under it, or what stands before or after them all."""

    kind: str  # opening, heading, closing or whole
    node: int
    marker: str
    heading: str
    start: int
    end: int
    n_han: int

    @property
    def name(self) -> Phrase:
        """Its heading, or what it is where it has none."""
        return plain(self.heading.rstrip("。．.")) if self.heading else phrase(self.kind)


def sections(tables: "Tables", speech: str) -> list[Section]:
    """Parts of one speech in order, from its first character to its last."""
    alone = {name: rows[rows["speech"] == speech] for name, rows in tables.items() if name in ("speeches", "outline")}
    return all_sections(tables.with_frames(**alone))[speech]


def all_sections(tables: "Tables") -> dict[str, list[Section]]:
    """Parts of each speech in order, from its first character to its last, as `measure.sections` cuts it."""
    from analysis.measure.sections import sections as cut

    markers = {(row.speech, row.node): str(row.marker or "") for row in tables.outline.itertuples()}
    parts: dict[str, list[Section]] = {speech: [] for speech in tables.speeches["speech"]}
    for row in cut(tables).itertuples():
        marker = markers.get((row.speech, row.node), "").strip("、.． ")
        node, start, end, n = int(row.node), int(row.start), int(row.end), int(row.n_han)
        parts[str(row.speech)].append(Section(str(row.kind), node, marker, str(row.title), start, end, n))
    return parts
