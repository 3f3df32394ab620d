"""jieba's dictionary as data."""

from pathlib import Path

import pytest

from analysis.measure import dictionary
from analysis.read.errors import InputError
from analysis.read.speech import n_han


def test_words_and_counts() -> None:
    assert dictionary.dictionary()["职工"] == (5213, "n")  # workers
    assert "工会组织" in dictionary.words()  # union organisation


def test_general_counts_are_counted_like_n() -> None:
    """On its own or inside longer words, as search mode cuts, by brute force."""
    keys = ["工会", "基层", "农民工", "的", "没有这个词"]  # union, grass roots, peasant worker, particle, no such word
    expected = dict.fromkeys(keys, 0)
    for word, (count, _) in dictionary.dictionary().items():
        for key in keys:
            if key == word:
                expected[key] += count
            elif len(key) in dictionary.INSIDE and len(word) > len(key):
                places = sum(word[i : i + len(key)] == key for i in range(len(word) - len(key) + 1))
                expected[key] += count * places
    assert dictionary.general_counts(keys) == expected


def test_general_size_is_in_han_characters() -> None:
    assert dictionary.general_size() == sum(count * n_han(word) for word, (count, _) in dictionary.dictionary().items())


def test_frequent_words() -> None:
    found = dictionary.frequent(300_000)
    assert "的" in found
    assert all(dictionary.dictionary()[word][0] >= 300_000 for word in found)
    assert len(found) == sum(count >= 300_000 for count, _ in dictionary.dictionary().values())


def test_a_list_of_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("word,n\n職工,3\n职工,4\n工會,1\n", encoding="utf-8")
    assert dictionary.read_counts(path) == {"职工": 7, "工会": 1}
    path.write_text("wort,n\n職工,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column word"):
        dictionary.read_counts(path)
