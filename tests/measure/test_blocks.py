"""Blocks tile the text: a paragraph with the heading above it."""

import pandas as pd

from analysis.measure.blocks import blocks, blocks_of
from analysis.read.speech import n_han

# "Comrades: / Last year's work was good. / I. Strengthen the union / Serve workers. First, learn. / Thank you all!"
SPEECH = "同志們:\n\n去年工作很好。\n\n一、加強工會\n\n服務職工。一是學習。二是實踐。\n\n(一)辦好事\n\n謝謝大家!"


def row(node: int, level: int, kind: str, text: str, *, parent: int | None = 0) -> dict[str, object]:
    start = SPEECH.index(text)
    return {"node": node, "parent": parent, "level": level, "kind": kind, "start": start, "end": start + len(text)}


OUTLINE = pd.DataFrame(
    [
        {"node": 0, "parent": None, "level": 0, "kind": "speech", "start": 0, "end": len(SPEECH)},
        row(1, 1, "salutation", "同志們:"),
        row(2, 1, "paragraph", "去年工作很好。"),
        row(3, 1, "heading", "一、加強工會"),
        row(4, 2, "paragraph", "服務職工。", parent=3),
        row(5, 2, "item", "一是學習。", parent=3),  # inside the paragraph
        row(6, 2, "item", "二是實踐。", parent=3),
        row(7, 2, "heading", "(一)辦好事", parent=3),
        row(8, 1, "closing", "謝謝大家!"),
    ]
)


def test_a_heading_goes_with_its_paragraph_and_inline_items_stay_in_theirs() -> None:
    found = list(blocks_of("a", SPEECH, OUTLINE))
    assert [SPEECH[b.start : b.end].strip() for b in found] == [
        "同志們:",
        "去年工作很好。",
        "一、加強工會\n\n服務職工。一是學習。二是實踐。",
        "(一)辦好事\n\n謝謝大家!",  # a heading without a paragraph goes with what follows
    ]
    assert [b.section for b in found] == [0, 0, 3, 3]


def test_items_on_lines_of_their_own_are_blocks() -> None:
    text = "一是學習。\n二是實踐。"  # first, learn; second, practise
    rows = [
        {"node": 1, "parent": 0, "level": 1, "kind": "item", "start": 0, "end": 5},
        {"node": 2, "parent": 0, "level": 1, "kind": "item", "start": 6, "end": 11},
    ]
    assert [(b.start, b.end, b.n_han) for b in blocks_of("a", text, pd.DataFrame(rows))] == [(0, 6, 4), (6, 11, 4)]


def test_salutation_and_closing_are_alone_even_within_a_paragraph() -> None:
    text = "工會很好。謝謝大家!"  # the union is good. thank you all!
    rows = [
        {"node": 1, "parent": 0, "level": 1, "kind": "paragraph", "start": 0, "end": 5},
        {"node": 2, "parent": 0, "level": 1, "kind": "closing", "start": 5, "end": 10},
    ]
    assert len(list(blocks_of("a", text, pd.DataFrame(rows)))) == 2


def test_blocks_tile_the_text(shipped) -> None:  # type: ignore[no-untyped-def]
    found = blocks(shipped)
    assert list(found.columns) == ["speech", "block", "start", "end", "n_han", "section"]
    for speech, rows in found.groupby("speech"):
        text = shipped.texts[speech]
        assert "".join(text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)) == text
        assert rows["n_han"].sum() == n_han(text)
        assert rows["block"].tolist() == list(range(1, len(rows) + 1))


def test_a_text_without_outline_is_one_block() -> None:
    assert [tuple(b) for b in blocks_of("a", "工會", OUTLINE.iloc[:0])] == [("a", 1, 0, 2, 2, 0)]
    assert [b.n_han for b in blocks_of("a", "", OUTLINE.iloc[:0])] == [0]
