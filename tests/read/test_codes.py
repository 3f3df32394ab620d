"""Arrays of code points: remembered for the texts that are asked for again, and let go where they are large."""

import weakref

import pytest

from analysis.read.codes import LONG, MANY, codes_of, pairs_of


@pytest.mark.parametrize("work", [codes_of, pairs_of])
def test_of_a_very_long_text_nothing_is_kept(work):
    told = work("工" * LONG)  # work
    held = weakref.ref(told)
    del told
    assert held() is None


@pytest.mark.parametrize("work", [codes_of, pairs_of])
def test_dozens_of_short_texts_are_remembered(work):
    texts = [f"工會{number}" for number in range(MANY)]  # union
    told = list(map(work, texts))
    assert all(work(text) is one for text, one in zip(texts, told, strict=True))
