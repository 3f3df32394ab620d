"""A chart: the table that is drawn, everything else needed to draw it, and what it says in three languages.

>>> show(frequency_bars(tables, speech="union-meetings-1"), tables)        # doctest: +SKIP

`draw(data, parameters)` depends on nothing else, so a chart can be drawn again from its CSV and JSON alone.
Charts select and sort; what they show was counted in `measure` or found in `find`.
"""

import base64
import html
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypedDict

from analysis.draw.rows import largest
from analysis.draw.sheet import Sheet, TooTall
from analysis.draw.style import PRESETS, look
from analysis.draw.words import Phrase, joined, listed, phrase, say
from analysis.read.settings import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.tables import Tables

# Each kind of chart is a module here with a function `paint(sheet, data, parameters)`.
KINDS = (
    "bars", "cloud", "dots", "figures", "heat", "icicle", "keyness", "position", "reuse", "shift", "strip"
)  # fmt: skip
# A sheet of fixed height (slide) grows, and its text shrinks against it, until everything fits.
SCALES = tuple(1.12**step for step in range(24))
ALT_LENGTH = 300  # characters; a rule of the house style
NOTEBOOK_DPI = 150  # sharp on a screen of twice the usual resolution, small enough for a committed notebook
NOTEBOOK_WIDTH = 120  # pixels an inch of the chart takes on the page


class Options(TypedDict, total=False):
    """What every chart function takes besides its own options.

    title: "finding" (default), "neutral" or "none" (for a caption in Word); language and preset: instead of the settings';
    name: the file name instead of the usual one.
    """

    title: str
    language: str
    preset: str
    name: str


@dataclass(frozen=True, eq=False)
class Chart:
    """One chart; in a notebook it shows itself, with its alt text."""

    name: str
    data: "pd.DataFrame" = field(repr=False)
    parameters: dict[str, Any] = field(repr=False)
    title: Phrase
    caption: Phrase = field(repr=False)
    alt: Phrase = field(repr=False)
    made_from: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def figure(self) -> "Figure":
        """The drawing, made anew: whoever asks may change it."""
        return draw(self.data, self.parameters)

    @cached_property
    def drawn(self) -> "Figure":
        """The drawing that the notebook and the bundle share; to be saved, not changed."""
        return self.figure()

    @cached_property
    def png(self) -> bytes:
        """The picture for a notebook."""
        return saved(self.drawn, "png", dpi=NOTEBOOK_DPI)

    @property
    def table(self) -> "pd.DataFrame":
        """The data with headers in words, for the cell below the chart."""
        headers = self.parameters["headers"]
        return self.data[list(headers)].rename(columns=headers)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # As HTML, because JupyterLab gives no alternative text to an image/png.
        language = self.parameters["language"]
        alt, caption = self.alt[language], self.caption[language]
        width = min(960, round(PRESETS[self.parameters["preset"]].width / 72 * NOTEBOOK_WIDTH))
        data = base64.b64encode(self.png).decode("ascii")
        image = f'<img src="data:image/png;base64,{data}" width="{width}" alt="{html.escape(alt)}">'
        told = f"<details><summary>{say('caption_label', language)}</summary>{html.escape(caption)}</details>"
        shown = f'<figure id="chart-{html.escape(self.name)}" class="tex2jax_ignore mathjax_ignore" style="margin:0">{image}<figcaption>{told}</figcaption></figure>'
        return {"text/html": shown, "text/plain": alt}


def draw(data: "pd.DataFrame", parameters: Mapping[str, Any]) -> "Figure":
    """The figure of a chart, from its data and parameters alone."""
    kind = parameters["chart"]
    if kind not in KINDS:
        raise ValueError(f"there is no chart {kind!r}; charts are {', '.join(KINDS)}")
    paint = import_module(f"analysis.draw.{kind}").paint
    with look():
        for scale in SCALES:
            sheet = Sheet(dict(parameters), scale)
            try:
                paint(sheet, data, parameters)
            except TooTall:
                continue
            sheet.figure.areas = sheet.areas
            return sheet.figure  # type: ignore[no-any-return]
    raise ValueError(f"{kind}: too much for one {parameters['preset']}; ask for fewer words or speeches")


def picture(data: "pd.DataFrame", parameters: Mapping[str, Any], form: str, *, dpi: float | None = None, **about: Any) -> bytes:
    """The drawing as png, svg or pdf; the same bytes for the same data and parameters."""
    figure = draw(data, parameters)
    return saved(figure, form, dpi=dpi, **about)


def saved(figure: "Figure", form: str, *, dpi: float | None = None, title: str = "", alt: str = "") -> bytes:
    """One figure as png, svg or pdf, without dates, with title and alt text where the format has a place for them."""
    metadata: dict[str, dict[str, str | None]] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Title": title or None, "Description": alt or None},
        "pdf": {"CreationDate": None, "Title": title or None, "Subject": alt or None},
    }
    target = io.BytesIO()
    with look():
        figure.savefig(
            target, format=form, dpi=dpi or figure.dpi, metadata={k: v for k, v in metadata[form].items() if _kept(k, v)}
        )
    return target.getvalue()


def _kept(name: str, value: str | None) -> bool:
    """None takes a date or a program's name out; a title that is not there is not named at all."""
    return value is not None or name in ("Software", "Date", "CreationDate")


def show(chart: Chart, tables: "Tables") -> None:
    """Show the chart and save its bundle into the folder of the charts, unless the bundle there is the same already."""
    from analysis.draw.export import export

    if tables.charts is not None:
        export(chart, tables.charts)
    try:
        from IPython.display import display
    except ImportError:
        print(chart.alt[chart.parameters["language"]])
    else:
        display(chart)  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Story:
    """What a chart says, in every language: `neutral` names it, `finding` is what it shows, the rest is the small print."""

    neutral: Phrase
    finding: Phrase
    subtitle: Phrase
    method: Phrase
    notes: Sequence[Phrase] = ()


def compose(
    tables: "Tables", kind: str, name: str, data: "pd.DataFrame", *, story: Story, speeches: Sequence[str],
    headers: Mapping[str, str | Phrase], options: Options, what: str | None = None, **specific: Any,
) -> Chart:  # fmt: skip
    """The chart of some data: chooses the language, writes title, caption and alt text, and names the source.

    `headers`: column → key of words.csv (or phrase) for the table; `what`: what to call the kind of chart, if not by its
    module; `specific`: parameters of this kind of chart, where phrases become text of the chart's language.
    """
    language = options.get("language", tables.settings.language)
    name = options.get("name", name)
    source = source_line(tables, speeches, story.method)
    title = {"finding": story.finding, "neutral": story.neutral, "none": None}[options.get("title", "finding")]
    # The caption says what the picture's title does not: what is shown under a finding, what is found under a neutral title.
    other = story.neutral if title is story.finding else story.finding
    parameters = {
        "chart": kind,
        "language": language,
        "preset": options.get("preset", tables.settings.preset),
        "seed": tables.settings.seed,
        "title": title[language] if title else None,
        "subtitle": story.subtitle[language],
        "notes": joined(story.notes)[language],
        "source": source[language],
        "speeches": list(speeches),
        "headers": {c: (say(h, language) if isinstance(h, str) else h[language]) for c, h in headers.items()},
        **{key: _local(value, language) for key, value in specific.items()},
    }
    return Chart(
        name=name,
        data=tidy(data),
        parameters=parameters,
        title=dict(title or story.neutral),
        caption=phrase("caption", title=other, subtitle=story.subtitle, notes=_spaced(story.notes), source=source),
        alt=_alt(phrase(f"kind_{what or kind}"), name, story),
        made_from={"texts": _hashes(tables, speeches), "lexicons": tables.lexicons.version},
    )


def tidy(data: "pd.DataFrame") -> "pd.DataFrame":
    """Plain columns of pandas' nullable types, numbers to six significant digits: what a CSV gives back exactly."""
    import pandas as pd

    made = {}
    for name in data:
        values = data[name]
        if pd.api.types.is_bool_dtype(values.dtype):
            made[str(name)] = values.astype("boolean")
        elif pd.api.types.is_integer_dtype(values.dtype):
            made[str(name)] = values.astype("Int64")
        elif pd.api.types.is_float_dtype(values.dtype):
            rounded = [None if pd.isna(v) else float(f"{float(v):.6g}") for v in values]
            made[str(name)] = pd.Series(rounded, dtype="Float64")
        else:
            made[str(name)] = pd.Series([None if pd.isna(v) else str(v) for v in values], dtype="string")
    return pd.DataFrame({name: values.reset_index(drop=True) for name, values in made.items()})


def source_line(tables: "Tables", speeches: Sequence[str], method: Phrase) -> dict[str, str]:
    """Speeches, their sizes, the method and the version, as one line."""
    rows = tables.speeches.set_index("speech").loc[list(speeches)]
    named = [str(label) for label in labels(tables, speeches)]
    sizes = [(f"{int(row.n_han):,}", f"{int(row.n_tokens):,}") for row in rows.itertuples()]
    if len(named) == 1:
        told: Phrase = phrase("size_one", n_han=sizes[0][0], n_words=sizes[0][1])
    elif len(named) <= 3:
        each = [phrase("size_of", label=label, n_han=han, n_words=n) for label, (han, n) in zip(named, sizes, strict=True)]
        told = each[0]
        for more in each[1:]:
            told = phrase("semicolon", a=told, b=more)
    else:
        totals = {"n_han": f"{int(rows.n_han.sum()):,}", "n_words": f"{int(rows.n_tokens.sum()):,}"}
        chosen = set(speeches) == set(largest(tables, len(named))) and len(named) < len(tables.speeches)
        told = phrase("size_largest" if chosen else "size_total", n=len(named), all=len(tables.speeches), **totals)
    shown = [str(t) for t in rows["title"]] if len(named) <= 3 else named
    return phrase("source", speeches=listed(dict.fromkeys(shown)), sizes=told, method=method, version=version("analysis"))


def state_of_texts(tables: "Tables") -> dict[str, str]:
    """What a reader of quotations should know: as received, and where they show a conversion by machine or lack what was taken out."""
    told = [phrase("page_received")]
    n_blanks = int(tables.speeches["n_redacted"].fillna(0).sum())
    if len(tables.artefacts):
        told.append(phrase("page_converted", n=len(tables.artefacts)))
    if n_blanks:
        told.append(phrase("page_blanks", n=n_blanks))
    return joined(told)


def labels(tables: "Tables", speeches: Sequence[str]) -> list[str]:
    """Short names of speeches for a chart; where two are the same, with the id."""
    rows = tables.speeches.set_index("speech")
    named = {speech: str(rows.at[speech, "label"] or rows.at[speech, "title"] or speech) for speech in rows.index}
    shared = {label for label in named.values() if list(named.values()).count(label) > 1}
    return [f"{named[s]} ({s})" if named[s] in shared else named[s] for s in speeches]


def _local(value: Any, language: str) -> Any:
    """Text of one language where a value is a phrase, or a list of them."""
    if isinstance(value, list):
        return [_local(item, language) for item in value]
    return value[language] if isinstance(value, Mapping) and set(value) == set(LANGUAGES) else value


def _spaced(notes: Sequence[Phrase]) -> dict[str, str]:
    return {language: text + (" " if text and language == "en" else "") for language, text in joined(notes).items()}


def _alt(what: Phrase, name: str, story: Story) -> dict[str, str]:
    """What kind of chart compares what; the finding with its numbers; where the table is. Cut to the allowed length."""
    long = phrase("alt", kind=what, neutral=story.neutral, finding=story.finding, name=name)
    short = phrase("alt_short", kind=what, neutral=story.finding, name=name)
    shortest = {language: text if len(text) <= ALT_LENGTH else text[: ALT_LENGTH - 1] + "…" for language, text in short.items()}
    return {language: text if len(text) <= ALT_LENGTH else shortest[language] for language, text in long.items()}


def _hashes(tables: "Tables", speeches: Sequence[str]) -> dict[str, str]:
    rows = tables.speeches.set_index("speech")
    return {speech: str(rows.at[speech, "sha256"]) for speech in speeches}
