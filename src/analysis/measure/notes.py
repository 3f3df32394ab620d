"""The note under a result: N, V, unit, blocks, how far to trust it, stop list, lexicon and package versions."""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from analysis.measure.blocks import blocks
from analysis.measure.compare import reference
from analysis.measure.counts import words_of
from analysis.measure.phrases import say
from analysis.measure.reliability import ROUGH, coverage
from analysis.measure.stopwords import stop_words
from analysis.measure.vocabulary import met

if TYPE_CHECKING:
    from analysis.tables import Tables

# Packages whose version can move a number.
PACKAGES = ("analysis", "jieba", "rjieba", "opencc", "numpy", "scipy")


def note(tables: "Tables", language: str | None = None) -> str:
    """The whole note, one sentence a point, in the language of the settings or the one asked for."""
    language = language or tables.settings.language
    points = [_size(tables, language), say("note_counts", language), _intervals(tables, language), _coverage(tables, language)]
    if len(tables.speeches) > 1:
        points.append(_tests(tables, language))
    points.append(_equivalents(tables, language))
    stop = say("stop", language)
    points.append(say("note_lists", language, **_lists(tables, language)))
    return "".join(f"{point}{stop}" for point in points if point).strip()


def basis(tables: "Tables", language: str | None = None) -> str:
    """The line under every table: N, V, size, stop list, lexicon and versions."""
    language = language or tables.settings.language
    return say("basis", language, **_counts(tables), **_lists(tables, language)).strip()


def _size(tables: "Tables", language: str) -> str:
    return say("note_size", language, **_counts(tables), speeches=f"{len(tables.speeches):,}")


def _counts(tables: "Tables") -> dict[str, str]:
    words = words_of(tables.tokens)
    values = {"n": len(words), "v": words["key"].nunique(), "size": int(tables.speeches["n_han"].sum())}
    return {name: f"{value:,}" for name, value in values.items()}


def _n_blocks(tables: "Tables") -> dict[str, int]:
    return blocks(tables).groupby("speech", sort=False).size().to_dict() if len(tables.speeches) else {}


def _intervals(tables: "Tables", language: str) -> str:
    told = ", ".join(f"{speech} {n}" for speech, n in _n_blocks(tables).items())
    return say("note_intervals", language, resamples=tables.settings.resamples, seed=tables.settings.seed, blocks=told)


def _coverage(tables: "Tables", language: str) -> str:
    """Coverage for the fewest and the most blocks, with a warning where it is low."""
    counts = _n_blocks(tables)
    if not counts:
        return ""
    values = sorted({coverage(n) for n in counts.values()})
    told = " – ".join(f"{value:.0%}" for value in dict.fromkeys([values[0], values[-1]]))
    warning = say("and_then", language) + say("rough", language) if values[0] < ROUGH else ""
    return say("note_coverage", language, coverage=told + warning)


def _tests(tables: "Tables", language: str) -> str:
    rows = tables.keywords[tables.keywords["reference"] == reference(tables)]
    told = ", ".join(f"{speech} m = {m}" for speech, m in rows.groupby("speech", sort=False).size().items())
    return say("note_tests", language, m=told)


def _lists(tables: "Tables", language: str) -> dict[str, str]:
    settings = tables.settings
    file = settings.stopwords.name if settings.stopwords else "stopwords.csv"
    return {
        "stop": say("stop_own", language, n=len(stop_words(tables.lexicons, settings.stopwords)), file=file),
        "names": say("names_hidden" if settings.hide_names else "names_shown", language),
        "lexicon": tables.lexicons.version,
        "packages": ", ".join(f"{name} {_version(name)}" for name in PACKAGES),
    }


def _equivalents(tables: "Tables", language: str) -> str:
    """Words counted as one by the setting `equivalents`, as far as the speeches have them."""
    pairs = met(tables)
    return say("note_equivalents", language, pairs=", ".join(f"{text} = {key}" for text, key in pairs)) if pairs else ""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
