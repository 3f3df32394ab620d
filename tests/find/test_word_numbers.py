"""Words by number: a number stands for one word, however it was met."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.find import word_numbers
from analysis.find.word_numbers import Vocabulary, unknown_tag
from analysis.read.lexicons import load

WORDS = st.lists(st.text("工会員a1\0 𠀀\U0010ffff", min_size=1, max_size=5), max_size=12)  # work, meeting, member, and odd ones


@given(st.lists(WORDS, max_size=4), st.sampled_from((1, 18)))
def test_a_number_stands_for_one_word(texts: list[list[str]], bits: int) -> None:
    usual = word_numbers.PLACES_BITS
    try:
        word_numbers.PLACES_BITS = bits  # with two places nearly all short words share one
        vocabulary = Vocabulary(load())
        for words in [*texts, *texts]:
            ends = np.cumsum([0, *map(len, words)])
            numbers = vocabulary.numbers_of("".join(words), ends[:-1], ends[1:])
            assert [vocabulary.words[number] for number in numbers] == words
    finally:
        word_numbers.PLACES_BITS = usual
    assert len(set(vocabulary.words)) == len(vocabulary.words)


def test_tags_are_told_of_words_in_any_order() -> None:
    vocabulary = Vocabulary(load())
    union, mark = vocabulary.number("工会"), vocabulary.number("，")
    for numbers, expected in (([mark], ["w"]), ([union, mark, union], ["n", "w", "n"]), ([], [])):
        tags = vocabulary.tags_of(np.array(numbers, np.int32))
        assert [vocabulary.tags[tag] for tag in tags] == expected


@pytest.mark.parametrize(
    ("word", "tag"),
    [("，", "w"), ("%", "w"), ("3.5万", "m"), ("百分之三十五", "m"), ("PM2.5", "eng"), ("㐂", "x"), ("阿扁扁", "n"), ("①", "m")],
)
def test_unknown_words_have_a_tag_by_rule(word: str, tag: str) -> None:
    assert unknown_tag(word) == tag
