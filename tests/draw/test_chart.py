"""What charts say and draw: bar lengths equal the table, titles and alt text in three languages, text that stays text."""

from collections.abc import Callable

import pytest
from matplotlib.colors import to_hex

from analysis import draw
from analysis.draw.chart import ALT_LENGTH, Chart, Options
from analysis.draw.chart import draw as redraw
from analysis.draw.style import PALE, look
from analysis.read.settings import LANGUAGES
from analysis.tables import Tables

Made = Callable[..., Tables]


def artists(chart: Chart, kind: str) -> list:
    """All artists of one class name, in drawing order."""
    return [a for axes in chart.figure().axes for a in axes.get_children() if type(a).__name__ == kind]


def drawn(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.figure().texts]


def test_bars_are_as_long_as_the_table_says(made: Made) -> None:
    chart = draw.frequency_bars(made(words=12))
    lengths = [bar.get_width() for bar in artists(chart, "Rectangle") if bar.get_width() != 1.0]
    assert lengths[: len(chart.data)] == pytest.approx(chart.data["per_10k"].astype(float).tolist())
    assert chart.data["n"].is_monotonic_decreasing


def test_each_bar_has_its_word_rate_and_count(made: Made) -> None:
    chart = draw.frequency_bars(made(words=5))
    texts = drawn(chart)
    for row in chart.data.itertuples():
        assert {row.text, f"{row.per_10k:.1f}", str(row.n)} <= set(texts)


def test_dots_stand_at_their_rates_and_few_hits_are_hollow(made: Made) -> None:
    chart = draw.comparison_dots(made(words=6))
    dots = [line for line in artists(chart, "Line2D") if line.get_marker() in "osD" and len(line.get_xdata()) == 1]
    dots = dots[3:]  # after those of the key
    assert [float(dot.get_xdata()[0]) for dot in dots] == pytest.approx(chart.data["per_10k"].astype(float).tolist())
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [n < 5 for n in chart.data["n"]]


def test_dots_are_grouped_by_the_leading_speech(made: Made) -> None:
    data = draw.comparison_dots(made(words=8)).data
    leaders = [part.loc[part["per_10k"].astype(float).idxmax(), "label"] for _, part in data.groupby("key", sort=False)]
    assert leaders == sorted(leaders, key=list(dict.fromkeys(leaders)).index)


def test_a_strip_has_one_tick_per_hit_in_either_script(made: Made) -> None:
    tables = made(speeches=2, words=6)
    for word in ("農商", "农商"):  # "farmers and trade", in both scripts
        chart = draw.dispersion_strip(tables, [word])
        hits = chart.data[chart.data["kind"] == "hit"]
        ticks = sum(len(a.get_segments()) for a in artists(chart, "LineCollection"))
        assert ticks == len(hits) > 0
        for hit in hits.itertuples():
            assert tables.texts[hit.speech][hit.start :].startswith(hit.text)


def test_keyness_is_grey_where_the_interval_crosses_zero(made: Made) -> None:
    chart = draw.keyness_bars(made(words=12))
    bars = [a for a in artists(chart, "Rectangle") if a.get_width() in set(chart.data["log_ratio"])]
    grey = [to_hex(bar.get_facecolor()) == PALE for bar in bars]
    assert grey == [low <= 0 <= high for low, high in zip(chart.data["log_ratio_low"], chart.data["log_ratio_high"], strict=True)]


@pytest.mark.parametrize(
    ("chart", "table", "ends"),
    [
        ("frequency_bars", "frequencies", ["per_10k_low", "per_10k_high"]),
        ("comparison_dots", "frequencies", ["per_10k_low", "per_10k_high"]),
        ("keyness_bars", "keywords", ["log_ratio_low", "log_ratio_high"]),
    ],
)
def test_an_interval_that_is_missing_is_not_drawn(chart: str, table: str, ends: list[str], made: Made) -> None:
    """As in a speech of one paragraph: one line less for each row without an interval, none of them from 0 to 0."""
    import pandas as pd

    tables = made(words=12)

    def whiskers(frame: "pd.DataFrame") -> int:
        lines = artists(getattr(draw, chart)(tables.with_frames(**{table: frame})), "Line2D")
        return sum(len(line.get_xdata()) == 2 and line.get_linewidth() == 0.9 for line in lines)

    frame = tables[table]
    first = frame["key"] == getattr(draw, chart)(tables).data["key"].iloc[0]
    some = frame.assign(**{end: frame[end].mask(first) for end in ends})
    none = frame.assign(**{end: pd.Series([pd.NA] * len(frame), dtype="Float64") for end in ends})
    assert whiskers(none) == 0 < whiskers(some) < whiskers(frame)


def test_units_are_never_mixed_in_a_panel(made: Made) -> None:
    chart = draw.figures_chart(made(words=6))
    assert set(chart.data["unit"]) == {"元", "名"}  # "yuan", and the classifier of persons
    assert all(part["number"].is_monotonic_decreasing for _, part in chart.data.groupby("unit"))


@pytest.mark.parametrize(
    "name",
    ["frequency_bars", "comparison_dots", "theme_speeches", "figures_chart", "keyness_bars", "word_cloud", "outline_icicle"],
)
def test_what_a_chart_says(name: str, made: Made) -> None:
    chart = getattr(draw, name)(made())
    for language in LANGUAGES:
        assert 0 < len(chart.alt[language]) <= ALT_LENGTH
        assert chart.alt[language] != chart.title[language]
        # What the picture's title says is not said again below it.
        assert chart.title[language] not in chart.caption[language]
        assert chart.title[language] in chart.alt[language]
    told = "".join(drawn(chart))
    assert "Source:" in told
    assert "characters" in told
    assert "analysis" in told
    assert all(
        sign not in chart.title["zh-Hant"] + chart.caption["zh-Hant"] for sign in "行列"
    )  # rows, columns: their senses swap


def test_a_chart_without_title_and_with_a_neutral_one(made: Made) -> None:
    tables = made()
    finding, neutral, none = (draw.frequency_bars(tables, **Options(title=title)) for title in ("finding", "neutral", "none"))
    assert finding.title["en"] != neutral.title["en"] == none.title["en"]
    assert neutral.title["en"] in " ".join(drawn(neutral))
    assert none.title["en"] not in " ".join(drawn(none))


def test_no_clear_difference_is_said() -> None:
    import pandas as pd

    from analysis.draw.dots import clearest

    row = {"key": "词", "text": "詞", "n": 9, "per_10k_low": 1.0, "per_10k_high": 9.0}  # 詞: "word"
    rows = pd.DataFrame([{**row, "speech": s, "label": s, "per_10k": rate} for s, rate in (("a", 4.0), ("b", 5.0))])
    assert "No clear difference" in clearest(rows, ["a", "b"])["en"]


def test_text_of_a_speech_is_inert(made: Made) -> None:
    tables = made(words=3)
    nasty = r"$\frac{1}{0}$ <b>_x_ {n} %s"
    changed = tables.frequencies.assign(text=nasty)
    chart = draw.frequency_bars(tables.with_frames(frequencies=changed))
    assert any(nasty.split()[0] in text for text in drawn(chart))
    assert chart.png.startswith(b"\x89PNG")


def test_a_missing_glyph_is_drawn_as_its_number_with_a_warning(made: Made) -> None:
    tables = made(words=2)
    chart = draw.frequency_bars(tables.with_frames(frequencies=tables.frequencies.assign(text="🫠𠮷")))
    with pytest.warns(UserWarning, match="W_GLYPH"):
        assert "U+1FAE0U+20BB7" in drawn(chart)


def test_a_notebook_is_given_the_alt_text(made: Made) -> None:
    chart = draw.frequency_bars(made(language="zh-Hant"))
    told = chart._repr_mimebundle_()
    assert told["text/plain"] == chart.alt["zh-Hant"]
    assert f'alt="{chart.alt["zh-Hant"]}"' in told["text/html"]
    assert "<figcaption>" in told["text/html"]


def test_the_table_has_headers_in_words(made: Made) -> None:
    assert list(draw.frequency_bars(made(language="zh-Hant")).table)[:2] == ["詞", "次數"]  # "word", "times"


def test_the_settings_of_matplotlib_stay_as_they_were(made: Made) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    draw.frequency_bars(made()).figure()
    assert dict(mpl.rcParams) == before


def test_drawing_depends_on_data_and_parameters_alone(made: Made) -> None:
    chart = draw.word_cloud(made(words=20))
    again = redraw(chart.data.copy(), dict(chart.parameters))
    assert [t.get_position() for t in again.texts] == [t.get_position() for t in chart.figure().texts]


def test_an_unknown_kind_is_refused(made: Made) -> None:
    chart = draw.frequency_bars(made())
    with pytest.raises(ValueError, match="there is no chart 'os'"):
        redraw(chart.data, {**chart.parameters, "chart": "os"})


def test_unknown_words_and_speeches_are_named(made: Made) -> None:
    with pytest.raises(ValueError, match="貓"):  # "cat"
        draw.comparison_dots(made(), words=["貓"])
    with pytest.raises(ValueError, match="speech-9"):
        draw.frequency_bars(made(), "speech-9")


def test_print_sizes_keep_chinese_at_seven_points(made: Made) -> None:
    for preset in ("column", "report", "page"):
        with look():
            assert min(text.get_fontsize() for text in draw.comparison_dots(made(preset=preset)).figure().texts) >= 7


def test_the_size_of_a_word_in_the_cloud_is_its_count_alone(made: Made) -> None:
    chart = draw.word_cloud(made(words=25, length=2))
    sizes = {text.get_text(): text.get_fontsize() for text in chart.figure().texts}
    told = [(n, round(sizes[text], 1)) for n, text in zip(chart.data["n"], chart.data["text"], strict=True)]
    assert len(told) == 25  # every word of the table is drawn
    assert len(set(told)) == len({n for n, _ in told})  # one size for one count
    assert [size for _, size in told] == sorted((size for _, size in told), reverse=True)
