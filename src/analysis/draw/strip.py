"""Dispersion strips: where in a speech its words stand, one thin line per hit, like an X-ray of the text.

>>> dispersion_strip(tables, ["農民工", "權益"])                            # doctest: +SKIP

Hits are those of plain text (n_text), found on the Simplified form, so that a word is found in either script.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from analysis.draw.chart import Chart, Options, Story, compose, labels
from analysis.draw.rows import Section, all_sections, some_speeches
from analysis.draw.sheet import Sheet
from analysis.draw.style import BAND, BLUE, GREY, INK, PALE, shorten
from analysis.draw.words import Phrase, listed, phrase
from analysis.read.script import shadow, simplified

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST_SPEECHES, MOST_WORDS = 10, 25
TICKS = (0, 25, 50, 75, 100)
TENTH, FEW = 0.1, 5  # hits that stand close together: at least five of them, and half of all, in a tenth of the speech


def dispersion_strip(
    tables: "Tables", words: Sequence[str], *, speeches: Sequence[str] | None = None, **options: Unpack[Options]
) -> Chart:
    """Chart of every place where some words stand, one strip per word and speech.

    Needs the tables speeches and outline, and the texts. A strip without hits is drawn too: it is a result.
    """
    import pandas as pd

    chosen = some_speeches(tables, speeches, MOST_SPEECHES)
    named = dict(zip(chosen, labels(tables, chosen), strict=True))
    hits = list(_hits(tables, list(dict.fromkeys(words))[:MOST_WORDS], chosen))
    parts = all_sections(tables)
    marks = [
        (s, label, "", start, 100 * start / max(1, len(tables.texts[s]))) for s in chosen for label, start in _marks(parts[s])
    ]
    columns = ["speech", "label", "word", "kind", "text", "start", "position"]
    rows = [(s, named[s], word, "hit", text, start, place) for s, word, text, start, place in hits]
    rows += [(s, named[s], "", "section", text, start, place) for s, text, _, start, place in marks]
    counts = {(word, s): 0 for word in words for s in chosen}
    for s, word, *_ in hits:
        counts[word, s] += 1
    return compose(
        tables,
        "strip",
        "dispersion-strip",
        pd.DataFrame(rows, columns=columns).astype({"start": "Int64", "position": "Float64"}),
        story=Story(
            neutral=phrase("strip_neutral", words=listed(words), speeches=listed(named.values())),
            finding=_finding(hits, counts, named, dict(zip(tables.speeches["speech"], tables.speeches["n_han"], strict=True))),
            subtitle=phrase("strip_subtitle"),
            method=phrase("method_n_text"),
            notes=[phrase("strip_note")],
        ),
        speeches=chosen,
        headers={"label": "speech", "word": "word", "kind": "kind", "text": "text", "start": "start", "position": "position"},
        options=options,
        words=list(dict.fromkeys(words))[:MOST_WORDS],
        speeches_shown=list(named.values()),
        count_header=phrase("n"),
    )


def _hits(tables: "Tables", words: Sequence[str], speeches: Sequence[str]) -> Iterator[tuple[str, str, str, int, float]]:
    """Speech, word, characters, start and place in per cent of each hit, not overlapping."""
    for speech in speeches:
        text = tables.texts[speech]
        plain = shadow(text)
        for word in words:
            key = simplified(word)
            start = plain.find(key)
            while key and start >= 0:
                yield speech, word, text[start : start + len(key)], start, 100 * start / len(text)
                start = plain.find(key, start + len(key))


def _marks(parts: Sequence[Section]) -> Iterator[tuple[str, int]]:
    """Number and start of each section."""
    for section in parts:
        if section.start:
            yield section.marker, section.start


def _finding(
    hits: Sequence[tuple[Any, ...]], counts: Mapping[tuple[str, str], int], named: Mapping[str, str], sizes: Mapping[str, int]
) -> Phrase:
    """The word that stands closest together in a speech; where none does, the one with most hits and where it has them."""
    from analysis.measure.dispersion import densest

    places: dict[tuple[str, str], list[float]] = {}
    for speech, word, *_, place in hits:
        places.setdefault((word, speech), []).append(place)
    close = {at: densest(found, 100 * TENTH) for at, found in places.items()}
    # What counts is how many more stand there than an even spread would put there.
    best = max(close, key=lambda at: close[at] - TENTH * counts[at], default=None)
    if best and close[best] >= max(FEW, counts[best] / 2):
        return phrase("strip_finding", word=best[0], speech=named[best[1]], m=close[best], n=counts[best])
    totals: dict[str, int] = {}
    for (word, _), n in counts.items():
        totals[word] = totals.get(word, 0) + n
    if not any(totals.values()):
        return phrase("strip_none")
    word = max(totals, key=lambda w: totals[w])
    # Speeches differ in length: what is compared is how often, the title says in how many characters.
    most = max(named, key=lambda s: counts[word, s] / max(1, sizes[s]))
    least = min(named, key=lambda s: counts[word, s] / max(1, sizes[s]))
    if counts[word, most] == counts[word, least]:
        return phrase("strip_one", word=word, n=counts[word, most], speech=listed(named.values()))
    told = {"word": word, "n": counts[word, most], "speech": named[most], "m": counts[word, least], "other": named[least]}
    return phrase("strip_counts", **told, size=f"{sizes[most]:,}", size_other=f"{sizes[least]:,}")


def paint(sheet: Sheet, data: "pd.DataFrame", parameters: Mapping[str, Any]) -> None:
    """A panel per word with a strip per speech; with one speech, a strip per word."""
    size, words, speeches = sheet.size, parameters["words"], parameters["speeches_shown"]
    single = len(speeches) == 1
    names = sheet.labels(words if single else speeches, 0.3)
    needs = [max(1.9 * size, len(lines) * sheet.line + 0.5 * size) for lines in names]
    panels = 1 if single else max(1, len(words))
    head, gap = (0.0, 0.0) if single else (1.7 * sheet.line, 0.6 * size)
    mark_room = 1.15 * sheet.line
    marked = set(data.loc[(data["kind"] == "section") & (data["text"].fillna("") != ""), "label"])
    rooms = [
        mark_room * ((place == 0) if single else (label in marked)) for place, label in enumerate(words if single else speeches)
    ]
    heights = sheet.pitch(needs * panels, panels * (head + gap) + sum(rooms) + 1.5 * sheet.line)[: len(needs)]
    left = sheet.widest([line for lines in names for line in lines]) + 0.8 * size
    count = sheet.widest([parameters["count_header"], "0,000"]) + 0.8 * size
    total = panels * (head + gap + sum(heights)) + sum(rooms) + 1.5 * sheet.line
    sheet.open(total)
    width = sheet.width - left - count
    top = 0.0
    sheet.write(sheet.width, 0.55 * (head or mark_room), parameters["count_header"], colour=GREY, align="right")
    for panel in range(panels if words else 0):
        if not single:
            sheet.write(0, top + 0.55 * head, shorten(words[panel], sheet.width - count, 1.15 * size), size=1.15)
            top += head
        for place in range(len(names)):
            label = speeches[0] if single else speeches[place]
            word = words[place] if single else words[panel]
            space = rooms[place] if panel == 0 else 0.0
            numbered = space > 0
            _strip(sheet, data[data["label"] == label], word, (left, top + space, width, heights[place]), numbered=numbered)
            ids = list(data.loc[data["label"] == label, "speech"])[:1] or parameters["speeches"]
            sheet.area(0, top + space, sheet.width, heights[place], {"key": simplified(word), "speeches": ids})
            sheet.block(left - 0.8 * size, top + space + heights[place] / 2, names[place], align="right")
            top += space + heights[place]
        top += gap
    _scale(sheet, left, top + 0.6 * sheet.line, width)


def _strip(sheet: Sheet, rows: "pd.DataFrame", word: str, box: tuple[float, float, float, float], *, numbered: bool) -> None:
    left, top, width, height = box
    axes = sheet.axes(left=left, top=top, width=width, height=height)
    axes.set_xlim(0, 100)
    axes.axhspan(0.12 * height, 0.88 * height, color=BAND, linewidth=0)
    last = float("-inf")
    for mark in rows[rows["kind"] == "section"].itertuples():
        axes.plot([mark.position] * 2, [0, height], color=PALE, linewidth=0.6, clip_on=False)
        x = left + mark.position / 100 * width
        half = sheet.widest([mark.text]) / 2
        if numbered and x - half > last + 0.2 * sheet.size and x + half < sheet.width:
            sheet.write(x, top - 0.55 * sheet.line, mark.text, colour=GREY, align="center")
            last = x + half
    hits = rows[(rows["kind"] == "hit") & (rows["word"] == word)]
    axes.vlines(hits["position"].astype(float), 0.12 * height, 0.88 * height, color=BLUE, linewidth=max(0.7, sheet.size / 9))
    sheet.write(sheet.width, top + height / 2, f"{len(hits):,}", colour=INK if len(hits) else GREY, align="right")


def _scale(sheet: Sheet, left: float, y: float, width: float) -> None:
    for tick in TICKS:
        align = {0: "left", 100: "right"}.get(tick, "center")
        sheet.write(left + tick / 100 * width, y, f"{tick} %", colour=GREY, align=align)
