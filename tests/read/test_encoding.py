"""Bytes → text: right, or refused, or marked as a guess; never wrong in silence."""

import pytest

from analysis.read import characters
from analysis.read.encoding import decode
from analysis.read.errors import InputError
from analysis.read.mojibake import garbled
from analysis.read.weighing import known

# "Trade union meeting: comrades, the work of the past year went well, and we thank the broad masses of staff and workers."
TRADITIONAL = "工會會議:同志們,過去一年的工作進展順利,我們向廣大職工民眾表示衷心的感謝。"
SIMPLIFIED = "工会会议:同志们,过去一年的工作进展顺利,我们向广大职工群众表示衷心的感谢。"


def codes(notes):
    return [each.code for each in notes]


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL + "恒", "cp950", "cp950"),  # 恒 "constant" is in CP950 and not in Python's big5
        (TRADITIONAL + "嘅咗啲", "big5hkscs", "big5hkscs"),  # Cantonese particles, in Hong Kong's set only
        (SIMPLIFIED, "gb2312", "gb2312"),
        (TRADITIONAL, "gbk", "gbk"),
        (SIMPLIFIED + "㐀𠀀", "gb18030", "gb18030"),  # four bytes each
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
    ],
)
def test_unmarked_encodings_are_told_and_said_to_be_guessed(text, codec, name):
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, codes(decoded.notes)) == (text, name, ["W_ENCODING_GUESSED"])


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_no_guess_and_the_mark_is_no_text(codec):
    decoded = decode(TRADITIONAL.encode(codec))
    assert (decoded.text, decoded.notes) == (TRADITIONAL, ())


@pytest.mark.parametrize("at", [0, 10, 30, 60])
def test_a_damaged_byte_does_not_turn_utf8_into_another_encoding(at):
    data = bytearray(TRADITIONAL.encode())
    data[at] = 0xFF
    decoded = decode(bytes(data))
    assert decoded.encoding == "utf-8"
    assert codes(decoded.notes) == ["W_REPAIRED"]
    assert at - 2 <= decoded.notes[0].details["at"] <= at  # where the character begins
    assert "\ufffd" in decoded.text


def test_utf8_cut_within_a_character():
    decoded = decode(TRADITIONAL.encode()[:-1])
    assert decoded.text == TRADITIONAL[:-1] + "\ufffd"
    assert codes(decoded.notes) == ["W_REPAIRED"]


@pytest.mark.parametrize("first", ["utf-8", "big5"])
def test_a_file_that_changes_its_encoding_is_refused_with_the_place(first):
    second = {"utf-8": "big5", "big5": "utf-8"}[first]
    start = (TRADITIONAL * 3).encode(first)
    with pytest.raises(InputError) as refused:
        decode(start + (TRADITIONAL * 3).encode(second))
    assert refused.value.code == "E_ENCODING"
    told = int("".join(c for c in refused.value.note.english.split("at byte ")[1].split(".")[0] if c.isdigit()))
    assert abs(told - len(start)) <= 3


def test_the_user_is_obeyed():
    assert decode("恒".encode("cp950"), encoding="cp950").text == "恒"
    with pytest.raises(InputError, match="E_ENCODING"):
        decode(TRADITIONAL.encode("cp950"), encoding="utf-8")


@pytest.mark.parametrize("name", ["rot13", "zip", "no-such-thing", "", "utf-8\0"])
def test_what_is_no_text_encoding_is_refused(name):
    with pytest.raises(InputError):
        known(name)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("latin-1", "utf-8"),
        ("cp1252", "utf-8"),
        ("gb18030", "utf-8"),
        ("gb18030", "cp950"),
        ("cp950", "gb18030"),
        ("latin-1", "gb18030"),
        ("cp1252", "cp950"),
    ],
)
def test_mojibake_is_noticed(wrong, right):
    text = SIMPLIFIED if right == "gb18030" else TRADITIONAL
    assert garbled(text.encode(right).decode(wrong, "replace"))


# A table drawn with lines: post, number of people; director, one.
DRAWN = "┌────┬──┐\n│職稱│人數│\n├────┼──┤\n│主任│一人│\n└────┴──┘\n" * 8


@pytest.mark.parametrize(
    "text",
    [
        TRADITIONAL,
        SIMPLIFIED,
        "Café résumé – naïve",
        "盛勇、羅保銘、龔正、嘎瑪澤登、張雨浦",
        "①②③",
        DRAWN,
        "本日は、労働組合の大会を開催いたします。会員は百二十名です。経済は発展しています。",  # the union meets today
        "工會········12",
        "“……”——“……”",
        "ÀÁÂÃÄÅÆÇÈÉ",
    ],
)
def test_good_text_is_not_called_mojibake(text):
    assert garbled(text) is None


def test_the_shipped_costs_are_those_of_jieba():
    assert characters.build() == characters.TABLE.read_text(encoding="utf-8")


def test_test_data_reads_to_its_originals(testdata):
    for path in sorted((testdata / "encodings").iterdir()):
        original = testdata / "speeches" / (path.name.removeprefix("recoded_").split(".")[0] + ".txt")
        assert decode(path.read_bytes()).text == original.read_bytes().decode("utf-8"), path.name


def test_no_speech_of_the_test_data_is_called_mojibake(testdata):
    assert [path.name for path in (testdata / "speeches").glob("*.txt") if garbled(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("first", "second"), [("gbk", "big5"), ("big5", "gbk"), ("gbk", "utf-8"), ("big5", "utf-8")], ids="-".join
)
@pytest.mark.parametrize("lines", [1, 4000])
def test_a_file_in_two_older_encodings_is_refused_with_the_place(first, second, lines):
    """However long the first part is, and however short the second."""
    texts = {"gbk": SIMPLIFIED, "big5": TRADITIONAL, "utf-8": TRADITIONAL}
    before = f"{texts[first]}\n".encode(first) * lines
    with pytest.raises(InputError, match=r"changes from one encoding to another at byte (\d+)") as raised:
        decode(before + f"{texts[second]}\n".encode(second))
    place = int("".join(c for c in raised.value.note.english if c.isdigit() or c == " ").split()[0])
    assert len(before) - 4 <= place <= len(before)  # up to two characters may be either


@pytest.mark.parametrize("text", [TRADITIONAL, SIMPLIFIED])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_zeros_around_a_text_stay_and_do_not_hide_its_encoding(text, codec):
    assert decode(bytes(1000) + text.encode(codec) + bytes(1000)).text.strip("\0") == text


def test_a_wrong_mark_is_told():
    for data in (b"\xff\xfe" + TRADITIONAL.encode(), b"\xef\xbb\xbf" + TRADITIONAL.encode("big5")):
        decoded = decode(data)
        assert decoded.text == TRADITIONAL
        assert codes(decoded.notes) == ["W_ENCODING_GUESSED"]
        assert "byte-order mark says otherwise" in decoded.notes[0].english


@pytest.mark.parametrize("codec", ["hz", "utf-7", "iso2022_jp_2"])
def test_encodings_of_old_mail(codec):
    decoded = decode(SIMPLIFIED.encode(codec))
    assert (decoded.text, codes(decoded.notes)) == (SIMPLIFIED, ["W_ENCODING_GUESSED"])


@pytest.mark.parametrize("data", [b"3+4=7", b"a ~{ b ~} c", b"1 + AGQ- 2", b"\x1b[1m bold"])
def test_plain_letters_and_signs_are_no_old_mail(data):
    assert decode(data).text == data.decode()


def test_cantonese_and_the_numerals_of_contracts_are_usual():
    for text in ("佢哋話呢個係好緊要嘅事", "壹佰玖拾萬叁仟柒佰貳拾壹圓整"):  # They say it matters. / 1,903,721 dollars exactly.
        assert decode(text.encode("big5hkscs")).text == text
