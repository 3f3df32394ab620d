"""figures/index.html: all charts on one page that needs no network, with what to say of them and the sentences behind them.

>>> write_page(tables, Path("figures"))                                   # doctest: +SKIP

Everything from a speech is escaped: it can be read, never run.
"""

import json
import os
from collections.abc import Iterator, Mapping
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.atomic import write_text
from analysis.draw.chart import labels, state_of_texts
from analysis.draw.export import PICTURES, bundles_in, read_bundle
from analysis.draw.finds import find
from analysis.draw.snippets import snippets
from analysis.draw.words import listed, say
from analysis.read.script import shadow
from analysis.read.settings import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

HERE = Path(__file__).parent
MOST_SOURCES = 12  # speeches listed before the first chart; more are folded away
MOST_ROWS = 300  # of a chart's table on the page; the CSV has them all
MOST_CHARACTERS = 4_000_000  # of sentences in the page; a browser searches these in a moment
# Nothing is loaded but the pictures beside the page.
POLICY = "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write_page(tables: "Tables", folder: Path) -> Path:
    """Write index.html into `folder` for the charts of `tables`; gives its path."""
    path = folder / "index.html"
    write_text(path, page(tables, folder))
    return path


def page(tables: "Tables", folder: Path) -> str:
    """The page as text; pictures are linked from `folder`."""
    charts = tables.charts or folder
    language = tables.settings.language
    bundles = [(path.stem, *read_bundle(path)) for path in bundles_in(charts)]
    base = os.path.relpath(charts, folder).replace(os.sep, "/")
    prefix = "" if base == "." else base + "/"
    speeches = tables.speeches["speech"].tolist()
    title = say("page_title", language, speeches=listed(labels(tables, speeches), most=5))
    heads = _titles(bundles, language)
    sections = "\n".join(_section(name, data, about, prefix, language, head=heads[name]) for name, data, about in bundles)
    data = _data(tables, language)
    searchable = f'<p id="find"><label for="search">{_say("page_search", language)}</label><br><input id="search" type="search" ' \
        f'placeholder="{_say("page_search_hint", language)}" autocomplete="off"></p>' if data["sentences"] else \
        f'<p class="quiet">{_say("page_too_many", language)}</p>'  # fmt: skip
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{_text(title)}</title>
<style>
{(HERE / "page.css").read_text(encoding="utf-8")}</style>
</head>
<body>
<header>
<h1>{_text(title)}</h1>
{_made_from(tables, language)}
</header>
<nav aria-label="{_say("page_contents", language)}"><ol>
{_contents(bundles, language)}</ol></nav>
<main>
{searchable}
<p class="quiet{" screen" if bundles else ""}">{_say("page_click" if bundles else "page_no_charts", language)}</p>
{sections}
</main>
<aside id="panel" hidden tabindex="-1" aria-live="polite"><header><strong id="told"></strong>
<button id="close" type="button">{_say("page_close", language)}</button></header><ol id="found" tabindex="0"></ol></aside>
<script type="application/json" id="data">{_json(data)}</script>
<script>
{(HERE / "page.js").read_text(encoding="utf-8")}</script>
</body>
</html>
"""


def _made_from(tables: "Tables", language: str) -> str:
    rows = tables.speeches
    shown = zip(labels(tables, rows["speech"].tolist()), rows["title"], rows["file"], rows["n_han"], rows["sha256"], strict=True)
    items = "".join(
        f"<li>{_text(label)}: {_text(title)} ({_text(file)}; {_say('size_han', language, n=f'{n:,}')}; sha256 <code>{_text(str(sha)[:12])}</code>)</li>"
        for label, title, file, n, sha in shown
    )
    made = _say("page_made", language, version=version("analysis"), lexicons=tables.lexicons.version)
    state = _text(state_of_texts(tables)[language])
    sources = f'<ul class="quiet">{items}</ul>'
    if len(rows) <= MOST_SOURCES:
        told = f"<p>{_say('page_from', language)}</p>{sources}"
    else:
        told = f"<details><summary>{_say('page_from_many', language, n=len(rows))}</summary>{sources}</details>"
    return f'{told}<p class="quiet">{made} {state}</p>'


def _contents(bundles: list[tuple[str, Any, Any]], language: str) -> str:
    return "".join(
        f'<li><a href="#{_text(name)}">{_text(title)}</a></li>\n' for name, title in _titles(bundles, language).items()
    )


def _titles(bundles: list[tuple[str, Any, Any]], language: str) -> dict[str, str]:
    """The title of each chart; where two charts find the same, with the name."""
    titles = [about["title"][language] for _, _, about in bundles]
    return {
        name: title if titles.count(title) == 1 else f"{title} ({name})"
        for (name, _, _), title in zip(bundles, titles, strict=True)
    }


def _section(name: str, data: "pd.DataFrame", about: Mapping[str, Any], prefix: str, language: str, *, head: str) -> str:
    told = about["parameters"]["language"]
    alt = about["alt"][told]
    links = " · ".join(f'<a href="{_text(prefix + name)}.{form}">{form}</a>' for form in (*PICTURES, "csv", "json"))
    return f"""<section id="{_text(name)}" aria-labelledby="{_text(name)}-title">
<h2 class="unseen" id="{_text(name)}-title" lang="{language}">{_text(head)}</h2>
<figure lang="{told}"><div class="drawing"><img src="{_text(prefix + name)}.png" alt="{_text(alt)}" loading="lazy">{_areas(data, about)}</div>
<figcaption>{_text(about["caption"][told])}</figcaption></figure>
<details><summary>{_say("page_table", language)}</summary>{_table(data, about, language)}</details>
<details><summary>{_say("page_alt", language)}</summary><p lang="{told}">{_text(alt)}</p></details>
<details><summary>{_say("page_snippets", language)}</summary>{_snippets(name, about, prefix, language)}</details>
<details><summary>{_say("page_languages", language)}</summary>{_languages(about, told)}</details>
<p class="quiet">{_say("page_files", language)}: {links}</p>
</section>"""


def _areas(data: "pd.DataFrame", about: Mapping[str, Any]) -> str:
    """Invisible buttons over the picture; the table below has the same for the keyboard."""
    names = _names(data)
    return "".join(
        f'<button type="button" tabindex="-1" aria-hidden="true" title="{_text(names.get(told.get("key") or told.get("theme"), ""))}" data-find="{_text(_json(told))}" '
        f'style="left:{100 * x:.2f}%;top:{100 * y:.2f}%;width:{100 * width:.2f}%;height:{100 * height:.2f}%"></button>'
        for x, y, width, height, told in about.get("areas", ())
    )


def _names(data: "pd.DataFrame") -> dict[Any, str]:
    """Keys and themes as the chart writes them."""
    pairs = (("key", "text"), ("row", "row_label"))
    return {key: str(text) for a, b in pairs if a in data and b in data for key, text in zip(data[a], data[b], strict=True)}


def _table(data: "pd.DataFrame", about: Mapping[str, Any], language: str) -> str:
    headers = about["parameters"]["headers"]
    numeric = {name for name in headers if str(data[name].dtype) in ("Int64", "Float64")}
    head = f'<th scope="col">{_say("page_sentences", language)}</th>' + "".join(
        f'<th scope="col"{_number(name in numeric)}>{_text(told)}</th>' for name, told in headers.items()
    )
    rows = data.astype(object).where(data.notna(), None).to_dict("records")
    body = "".join(
        f"<tr><td>{_button(find(about['parameters'], row), row, headers, language)}</td>"
        + "".join(f"<td{_number(name in numeric)}>{_cell(row[name])}</td>" for name in headers)
        + "</tr>"
        for row in rows[:MOST_ROWS]
    )
    more = f'<p class="quiet">{_say("page_more_rows", language, n=len(rows) - MOST_ROWS)}</p>' if len(rows) > MOST_ROWS else ""
    return f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}'


def _button(told: Mapping[str, Any] | None, row: Mapping[str, Any], headers: Mapping[str, str], language: str) -> str:
    if not told:
        return ""
    title = str(row[next(iter(headers))] or "")
    return f'<button type="button" data-find="{_text(_json(told))}" title="{_text(title)}">{_say("page_show", language)}</button>'


def _number(yes: bool) -> str:
    return ' class="number"' if yes else ""


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return _text(_decimal(value))
    return _text(f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value)


def _decimal(value: float) -> str:
    """Four digits, all of a whole number, and never in powers of ten.

    >>> _decimal(5_008_800.0), _decimal(0.12345), _decimal(12345.67)
    ('5,008,800', '0.1235', '12,346')
    """
    whole = value.is_integer() or abs(value) >= 1000
    return f"{value:,.0f}" if whole else np.format_float_positional(value, 4, fractional=False, trim="-")


def _snippets(name: str, about: Mapping[str, Any], prefix: str, language: str) -> str:
    told = {key: about[key][about["parameters"]["language"]] for key in ("title", "caption", "alt")}
    word = {say("page_word", language, file=f"{name}.png"): told["caption"], say("page_word_alt", language): told["alt"]}
    texts = word | snippets(name, told, prefix)
    return "".join(_snippet(f"{name}-{place}", title, text, language) for place, (title, text) in enumerate(texts.items()))


def _snippet(identity: str, title: str, text: str, language: str) -> str:
    return (
        f'<p><label for="{_text(identity)}">{_text(title)}</label></p><textarea id="{_text(identity)}" rows="3" readonly>{_text(text)}</textarea>'
        f'<button type="button" class="copy" data-copy="{_text(identity)}">{_say("page_copy", language)}</button>'
    )


def _languages(about: Mapping[str, Any], told: str) -> str:
    others = [language for language in LANGUAGES if language != told]
    return "".join(
        f'<div lang="{language}"><p><strong>{_text(about["title"][language])}</strong></p><p>{_text(about["caption"][language])}</p>'
        f"<p>{_text(about['alt'][language])}</p></div>"
        for language in others
    )


def _data(tables: "Tables", language: str) -> dict[str, Any]:
    """Sentences with their Simplified form where it differs, themes by sentence, and what the script says."""
    ids = tables.speeches["speech"].tolist()
    named = labels(tables, ids)
    fits = sum(len(tables.texts.get(s, "")) for s in ids) <= MOST_CHARACTERS
    sentences = list(_sentences(tables, ids)) if fits else []
    place = {told: at for at, (told, _) in enumerate(sentences)}
    themes: dict[str, list[int]] = {}
    for speech, number, theme in zip(tables.themes["speech"], tables.themes["sentence"], tables.themes["theme"], strict=True):
        at = place.get((speech, number))
        if at is not None and at not in themes.setdefault(str(theme), [])[-1:]:
            themes[str(theme)].append(at)
    keys = ("found", "times", "none", "first", "copy", "copied", "characters")
    return {
        "speeches": [{"speech": s, "label": label} for s, label in zip(ids, named, strict=True)],
        "sentences": [row for _, row in sentences],
        "themes": {theme: sorted(set(at)) for theme, at in themes.items()},
        "say": {key: say(f"page_{key}", language, n="{n}", m="{m}") for key in keys},
    }


def _sentences(tables: "Tables", ids: list[str]) -> Iterator[tuple[tuple[str, int], list[Any]]]:
    """Speech and number of each sentence; then number of the speech, start, end, text, Simplified text."""
    plain = {s: shadow(tables.texts[s]) for s in ids}
    for row in tables.sentences.itertuples():
        start, end, text = int(row.start), int(row.end), str(row.text)
        other = plain[row.speech][start:end]
        yield (row.speech, row.sentence), [ids.index(row.speech), start, end, text, "" if other == text else other]


def _json(value: Any) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or begins markup."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        told = told.replace(sign, f"\\u{ord(sign):04x}")
    return _whole(told)


def _text(value: Any) -> str:
    return _whole(escape(str(value), quote=True))


def _whole(text: str) -> str:
    """Lone surrogates, which no file in UTF-8 can hold, as replacement characters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _say(key: str, language: str, **values: Any) -> str:
    return _text(say(key, language, **values))
