"""Plain text is counted as str.count counts it."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.measure.plaintext import text_counts

# Worker, meeting, person; an ideograph beyond the first plane; a letter; the blank between two tokens.
LETTERS = "工会人𠀀a\n"


@given(st.text(LETTERS, max_size=40), st.lists(st.text(LETTERS + "新", max_size=30)))
def test_as_str_count(text: str, keys: list[str]) -> None:
    assert text_counts(text, keys) == {key: text.count(key) for key in keys}


def test_long_keys_and_large_alphabets() -> None:
    text = "".join(map(chr, range(0x4E00, 0x6E00))) * 2  # 8,192 ideographs, so that four fill a number
    keys = [text[i : i + length] for i in (0, 8190, 8191) for length in (1, 3, 4, 5, 9)]
    assert text_counts(text, keys) == {key: text.count(key) for key in keys}
