"""Charts and tables to read: each name below is one line in a notebook.

>>> from analysis import draw
>>> analysis.show(draw.frequency_bars(tables), tables)                    # doctest: +SKIP

A chart is a function from tables to `Chart`; a view is a function from tables to a table with headers in words; an
answer is a sentence. Each is fetched from its module when it is first used.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "answers": ("read_answer", "built_answer", "figures_answer", "trace"),
    "comparison_views": (
        "bundles_view",
        "collocates_view",
        "comparison_answer",
        "comparison_view",
        "diversity_view",
        "footer",
        "frequency_answer",
        "linguists_view",
    ),
    "bars": ("frequency_bars",),
    "cloud": ("word_cloud",),
    "dots": ("comparison_dots",),
    "figures": ("figures_chart",),
    "keyness": ("keyness_bars",),
    "one_word": ("concordance_view",),
    "matrix": ("similarity_matrix", "slogan_matrix"),
    "icicle": ("outline_icicle",),
    "position": ("theme_position",),
    "reuse": ("reuse_map",),
    "shift": ("word_shift",),
    "heat": ("theme_sections", "theme_speeches", "word_speeches"),
    "shared_views": (
        "claims_view",
        "dispersion_view",
        "phrases_view",
        "ratios_view",
        "reuse_view",
        "shared_answer",
        "slogans_view",
        "vocabulary_view",
        "warnings_view",
    ),
    "theme_views": ("coverage_view", "leading_theme", "theme_sections_view", "themes_answer", "themes_view", "unexplained_view"),
    "strip": ("dispersion_strip",),
    "views": ("chart_view", "intake_view", "speeches_view", "outline_view", "figures_view", "names_view", "places_view"),
    "widgets": ("explorer", "upload"),
    "voice_views": ("own_words_view", "series_view", "speakers_view", "voice_view"),
    "word_views": ("five_findings", "frequency_view", "keywords_view", "leading_word", "leading_words", "pairs", "sharing_pairs"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"analysis.draw has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"analysis.draw.{_HOME[name]}"), name)
