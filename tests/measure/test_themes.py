"""Shares of themes: sentences with a term, over all sentences of a section, with their interval."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analysis import schema
from analysis.find import themes as finder
from analysis.measure import themes
from analysis.measure.sections import section_at, sections
from analysis.read import lexicons
from analysis.read.lexicons import Lexicons
from analysis.read.speech import Speech, n_han
from analysis.schema import Sentence
from analysis.store import columns, frame
from analysis.tables import find_speech

TEXT = "同志們。一、維權。維護職工權益。改革創新。二、改革。深化改革。請大家討論。"  # uphold rights, reform, please discuss
LEXICON = Lexicons(
    {
        "themes": tuple(
            {"theme": t, "theme_en": e, "term": w}
            for t, e, w in (("維權", "Rights", "權益"), ("改革", "Reform", "改革"), ("無", "None", "甲乙"))
        )
    },
    "test",
)


def table(name: str, rows: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=schema.columns(name)).astype(schema.dtypes(name))


@pytest.fixture
def tables() -> Any:
    rows, start = [], 0
    for number, part in enumerate(TEXT.split("。")[:-1], 1):
        rows.append(Sentence("s", number, 1, start, start + len(part) + 1, part + "。"))
        start += len(part) + 1
    heads = [row for row in rows if "、" in row.text]
    outline = [("s", 0, None, 0, "speech", "", None, 0, len(TEXT), TEXT)]
    outline += [("s", n, 0, 1, "heading", "", n, row.start, row.end, row.text) for n, row in enumerate(heads, 1)]
    tokens = [("s", row.sentence, row.start, row.end, row.text, row.text, "v") for row in rows]
    found = finder.find(Speech("s", "s.txt", "", TEXT), {"sentences": columns("sentences", rows)}, LEXICON)
    return SimpleNamespace(
        speeches=pd.DataFrame({"speech": ["s"]}),
        outline=table("outline", outline),
        sentences=table("sentences", rows),
        themes=table("themes", list(zip(*found.values(), strict=True))),
        tokens=table("tokens", tokens),
        texts={"s": TEXT},
        lexicons=LEXICON,
    )


def test_sections_lie_side_by_side_and_leave_nothing_out(tables: Any) -> None:
    parts = sections(tables)
    assert list(parts["kind"]) == ["opening", "heading", "heading"]
    assert list(parts["start"])[1:] == list(parts["end"])[:-1]
    assert parts["n_han"].sum() == n_han(TEXT)
    assert list(section_at(parts, "s", [0, TEXT.index("二"), len(TEXT) - 1])) == [1, 3, 3]


def test_shares_count_sentences_not_terms_and_may_overlap(tables: Any) -> None:
    found = themes.shares(tables).set_index(["section", "theme"])
    assert len(found) == 9  # three sections, three themes, also those that do not occur
    assert (found.loc[(2, "改革"), "n_sentences"], found.loc[(2, "改革"), "of_sentences"]) == (1, 3)
    assert found.loc[(3, "改革"), "share"] == pytest.approx(2 / 3)
    assert found.loc[(3, "改革"), "terms"] == "改革 2"
    assert found.loc[(3, "無"), "n"] == 0
    assert (found["share_low"] <= found["share"] + 1e-9).all()
    assert (found["share"] <= found["share_high"] + 1e-9).all()
    whole = themes.shares(tables, by="speech").set_index("theme")
    assert (whole.loc["改革", "n_sentences"], whole.loc["改革", "of_sentences"]) == (3, 7)
    assert whole.loc["維權", "theme_en"] == "Rights"


def test_themes_of_the_matrix_are_in_order_of_use(tables: Any) -> None:
    assert list(themes.matrix(tables, by="speech").index) == ["改革", "維權", "無"]


def test_coverage_tells_what_no_theme_explains(tables: Any) -> None:
    found = themes.coverage(tables)
    assert list(found["n_unexplained"]) == [1, 1, 1]
    assert "請大家討論" in found["words"].iloc[2]
    assert list(themes.unexplained(tables, minimum=1)["n"]) == [1, 1, 1]


def test_an_unknown_unit_is_an_error(tables: Any) -> None:
    with pytest.raises(ValueError, match="section or speech"):
        themes.shares(tables, by="word")


def test_no_speech_gives_empty_tables(tables: Any) -> None:
    tables.speeches = tables.speeches.iloc[:0]
    assert themes.shares(tables).empty
    assert themes.coverage(tables).empty


def test_sections_of_the_shipped_speeches_get_the_themes_a_careful_reader_gives_them() -> None:
    text = (lexicons.PROJECT / "data" / "speeches" / "union-meetings.txt").read_text(encoding="utf-8-sig")
    part = text[text.index("在工會會議上的講話(一):\n") + 13 : text.index("在工會會議上的講話(二):\n")]
    found = find_speech(Speech("s", "s.txt", "", part), lexicons.load())
    shaped = SimpleNamespace(
        speeches=pd.DataFrame({"speech": ["s"]}),
        texts={"s": part},
        lexicons=lexicons.load(),
        **{name: frame(name, found[name]) for name in ("outline", "sentences", "themes", "tokens")},
    )
    rows = themes.shares(shaped)
    first = (
        rows.sort_values(["section", "n_sentences"], ascending=[True, False], kind="stable").groupby("section")["theme"].first()
    )
    # Opening, then: serve development, uphold rights, build the organisation, help hardship, conduct of cadres; closing.
    assert list(first)[1:6] == ["服務發展", "維護權益", "基層組織建設", "困難幫扶", "隊伍作風"]
