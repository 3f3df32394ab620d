"""Literals: each place of each word is met, and nothing else."""

import time

from hypothesis import given
from hypothesis import strategies as st

from analysis.read.literals import literals

LETTERS = "工会主席\U00020000\U00020001 "  # union, chair, two characters beyond the basic plane


@given(st.lists(st.text(LETTERS, max_size=4)), st.text(LETTERS, max_size=30))
def test_all_places_of_all_words_are_met(words: list[str], text: str) -> None:
    expected = {(n, word) for word in words if word for n in range(len(text)) if text.startswith(word, n)}
    found = list(literals(words).places(text))
    assert set(found) == expected
    assert len(found) == len(expected)
    assert found == sorted(found, key=lambda place: (place[0], -len(place[1])))


def test_a_long_text_of_one_word_takes_linear_time() -> None:
    began = time.process_time()
    assert len(list(literals(["工會", "會工", "工"]).places("工會" * 200_000))) == 599_999  # union
    assert time.process_time() - began < 5  # seconds
