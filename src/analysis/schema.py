"""The columns of every table: one row type per table, each column with its meaning.

>>> columns("sentences")
['speech', 'sentence', 'node', 'start', 'end', 'text']

This is the only place where a column is named. The data dictionary in data/README.md is written from it.
It holds no behaviour beyond describing itself: rows are found in `find`, counted in `measure`.
"""

from typing import Annotated, NamedTuple, get_args, get_type_hints

# A type and what the column means, in one line a reader of the CSV can use.
Speech_ = Annotated[str, "id of the speech"]
Start = Annotated[int, "where it starts, in Unicode code points into the text of the speech"]
End = Annotated[int, "where it ends: the first code point after it"]
Text = Annotated[str, "the characters themselves, as the speech has them: text[start:end]"]
SentenceNumber = Annotated[int | None, "number of the sentence it stands in, from 1; empty outside sentences"]
Node = Annotated[int | None, "node of the outline it stands in"]
Key = Annotated[str, "Simplified form by which the word is counted and compared"]
WordText = Annotated[str, "the word as the speeches write it (the commonest form)"]


class Intake(NamedTuple):
    """One row per file found, whatever became of it."""

    file: Annotated[str, "path of the file, relative to the PATH given"]
    status: Annotated[str, "ok, warning, skipped or failed"]
    code: Annotated[str, "all codes that apply, worst first, joined by ;"]
    message: Annotated[str, "what happened and what to do, English / Chinese"]
    format: Annotated[str, "txt, md, html, docx or pdf, by content"]
    encoding: Annotated[str, "character encoding the bytes were read with"]
    n_bytes: Annotated[int | None, "size of the file in bytes"]
    n_chars: Annotated[int | None, "length of the decoded text in code points"]
    n_speeches: Annotated[int | None, "number of speeches read from it"]
    sha256: Annotated[str, "SHA-256 of the bytes of the file"]


class SpeechRow(NamedTuple):
    """One row per speech."""

    speech: Annotated[str, "id: the file's safe stem, plus -N where a file holds several"]
    file: Annotated[str, "file it was read from, as in intake"]
    title: Annotated[str, "its title line"]
    label: Annotated[str, "short name for charts: from the catalogue, else the title"]
    script: Annotated[str, "traditional, simplified, mixed or none"]
    start: Annotated[int, "where its text starts in the decoded file, in code points"]
    end: Annotated[int, "where its text ends in the decoded file"]
    n_han: Annotated[int, "Han characters: the size used in every rate"]
    n_tokens: Annotated[int, "word tokens, punctuation left out"]
    n_sentences: Annotated[int, "sentences"]
    n_paragraphs: Annotated[int, "paragraphs"]
    n_redacted: Annotated[int, "blanks such as xx or 20xx where something was taken out"]
    sha256: Annotated[str, "SHA-256 of the text of the speech in UTF-8"]


class OutlineNode(NamedTuple):
    """One row per part of a speech; the rows of level 1 and more tile its text."""

    speech: Speech_
    node: Annotated[int, "number of the node within the speech, 0 for the speech itself"]
    parent: Annotated[int | None, "node it belongs to; empty for the speech itself"]
    level: Annotated[int, "depth: 0 the speech, 1 its top headings"]
    kind: Annotated[str, "speech, title, salutation, heading, item, paragraph or closing"]
    marker: Annotated[str, "the numbering as written: 一、 (二) 一是"]
    number: Annotated[int | None, "the marker as an integer"]
    start: Start
    end: End
    text: Text


class Sentence(NamedTuple):
    """One row per sentence."""

    speech: Speech_
    sentence: Annotated[int, "number of the sentence within the speech, from 1"]
    node: Node
    start: Start
    end: End
    text: Text


class Token(NamedTuple):
    """One row per word or punctuation mark; the rows tile the non-blank characters."""

    speech: Speech_
    sentence: SentenceNumber
    start: Start
    end: End
    text: Text
    key: Key
    pos: Annotated[str, "part of speech: w for punctuation, else jieba's tag"]


class Figure(NamedTuple):
    """One row per number the speech quotes."""

    speech: Speech_
    sentence: SentenceNumber
    node: Node
    start: Start
    end: End
    text: Text
    kind: Annotated[str, "count, money, percent, fraction, multiple, duration, date, ordinal or measure"]
    value: Annotated[str, "exact decimal in the unit, ISO-like for dates; empty where redacted or indefinite"]
    value_high: Annotated[str, "upper end of a range, else empty"]
    unit: Annotated[str, "unit or classifier as written; % for every way of writing per cent"]
    bound: Annotated[str, "exact, about, over or under"]
    measures: Annotated[str, "what the number is said of, a verbatim phrase of the text; empty where unclear"]
    status: Annotated[str, "achieved, target, rule or other, from the verbs of its clause"]


class Name(NamedTuple):
    """One row per mention of a person, organisation, place, document or meeting."""

    speech: Speech_
    sentence: SentenceNumber
    start: Start
    end: End
    text: Text
    kind: Annotated[str, "person, organisation, place, document or meeting"]
    name: Annotated[str, "canonical form shared by all aliases"]
    role: Annotated[str, "title of a person beside the name, without the organisation"]


class Slogan(NamedTuple):
    """One row per slogan or political formula (提法 tifa)."""

    speech: Speech_
    sentence: SentenceNumber
    start: Start
    end: End
    text: Text
    form: Annotated[str, "quoted, numeral or listed"]
    key: Annotated[str, "Simplified canonical form shared by its variants"]


class Theme(NamedTuple):
    """One row per term of a theme found in a sentence."""

    speech: Speech_
    sentence: SentenceNumber
    node: Node
    start: Start
    end: End
    text: Text
    theme: Annotated[str, "name of the theme in data/lexicons/themes.csv"]


class Artefact(NamedTuple):
    """One row per place where a machine conversion probably harmed the wording; nothing is changed."""

    speech: Speech_
    start: Start
    end: End
    text: Text
    suggestion: Annotated[str, "what the text probably said"]
    reason: Annotated[str, "the evidence"]


class Leftover(NamedTuple):
    """One row per thing a finder saw and could not read."""

    speech: Speech_
    start: Start
    end: End
    text: Text
    table: Annotated[str, "table it would have belonged to"]
    reason: Annotated[str, "why it could not be read"]


class Frequency(NamedTuple):
    """One row per word and speech."""

    speech: Speech_
    key: Key
    text: WordText
    pos: Annotated[str, "commonest part of speech, jieba's tag"]
    n: Annotated[int, "occurrences as a word, on its own or inside a longer word"]
    n_own: Annotated[int, "occurrences as a word on its own"]
    n_text: Annotated[int, "occurrences as plain text, not overlapping"]
    per_10k: Annotated[float | None, "n per 10,000 Han characters"]
    per_10k_low: Annotated[float | None, "lower end of the 95 % interval of per_10k"]
    per_10k_high: Annotated[float | None, "upper end of the 95 % interval of per_10k"]
    dp: Annotated[float | None, "dispersion DPnorm over the blocks: 0 even, 1 in one block"]
    n_paragraphs: Annotated[int, "paragraphs that hold it"]


class Keyword(NamedTuple):
    """One row per word, speech and reference."""

    speech: Speech_
    reference: Annotated[
        str, "rest (all other speeches), the id of one other speech, or general (general: FILE for a list of your own)"
    ]
    rank: Annotated[int, "1 for the word most used here: by signed G2, then n, then key"]
    key: Key
    text: WordText
    n: Annotated[int, "occurrences as a word in the speech"]
    n_ref: Annotated[int, "occurrences as a word in the reference"]
    size: Annotated[int, "Han characters of the speech"]
    size_ref: Annotated[int, "Han characters of the reference"]
    log_ratio: Annotated[float | None, "binary logarithm of the ratio of the two rates, 0.5 added to each count"]
    log_ratio_low: Annotated[float | None, "lower end of its 95 % interval"]
    log_ratio_high: Annotated[float | None, "upper end of its 95 % interval"]
    g2: Annotated[float | None, "log-likelihood G2, four cells, unsigned"]
    p: Annotated[float | None, "permutation p-value"]
    q: Annotated[float | None, "p adjusted over the words of the speech (Benjamini-Hochberg)"]
    n_text: Annotated[int | None, "occurrences in the speech as plain text; only where it is 0 the word is absent"]
    dp: Annotated[float | None, "dispersion DPnorm over the blocks of the speech"]
    expected: Annotated[float | None, "smallest expected count of the four cells"]
    stability: Annotated[float | None, "share of resamples in which the word is among the top 20"]
    verdict: Annotated[str, "more, less, concentrated (in one section) or unclear"]
    caution: Annotated[str, "what to keep in mind: too few, short, cutting, inside, unlisted, joined by ;"]


class Reuse(NamedTuple):
    """One row per passage that two speeches share."""

    speech_a: Annotated[str, "id of the first speech"]
    start_a: Annotated[int, "start in the first speech"]
    end_a: Annotated[int, "end in the first speech"]
    text_a: Annotated[str, "the passage in the first speech"]
    speech_b: Annotated[str, "id of the second speech"]
    start_b: Annotated[int, "start in the second speech"]
    end_b: Annotated[int, "end in the second speech"]
    text_b: Annotated[str, "the passage in the second speech"]
    n_han: Annotated[int, "Han characters of the passage in the first speech"]
    similarity: Annotated[float, "share of characters that agree, 0 to 1"]
    n_speeches: Annotated[int, "speeches that have most of it; from 3 on it is a formula, not a passage passed on"]


class Claim(NamedTuple):
    """One row per pair of figures that do not fit together; never corrected."""

    speech: Speech_
    start: Start
    end: End
    text: Text
    other_start: Annotated[int, "start of the other place"]
    other_end: Annotated[int, "end of the other place"]
    other_text: Annotated[str, "the characters of the other place"]
    problem: Annotated[str, "what does not fit"]


TABLES: dict[str, type] = {
    "intake": Intake,
    "speeches": SpeechRow,
    "outline": OutlineNode,
    "sentences": Sentence,
    "tokens": Token,
    "figures": Figure,
    "names": Name,
    "slogans": Slogan,
    "themes": Theme,
    "artefacts": Artefact,
    "leftovers": Leftover,
    "frequencies": Frequency,
    "keywords": Keyword,
    "reuse": Reuse,
    "claims": Claim,
}
MEASURED = ("frequencies", "keywords", "reuse", "claims")
FOUND = tuple(table for table in TABLES if table not in MEASURED)

# pandas' nullable types, so that an empty table keeps its types too.
_DTYPES = {str: "string", int: "Int64", float: "Float64"}


def columns(table: str) -> list[str]:
    """Names of the columns of `table`, in order."""
    return list(TABLES[table]._fields)  # type: ignore[attr-defined]


def dtypes(table: str) -> dict[str, str]:
    """pandas type of each column of `table`."""
    return {name: _DTYPES[_plain_type(hint)] for name, hint in _hints(table).items()}


def meanings(table: str) -> dict[str, str]:
    """What each column of `table` means, in one line."""
    return {name: get_args(hint)[1] for name, hint in _hints(table).items()}


def _hints(table: str) -> dict[str, object]:
    return get_type_hints(TABLES[table], include_extras=True)


def _plain_type(hint: object) -> type:
    """`int` for Annotated[int | None, ...]."""
    declared: type = get_args(hint)[0]
    return next((t for t in get_args(declared) if t is not type(None)), declared)
