"""Words: they tile the text, do not depend on the script, and obey what was found before."""

import csv
import unicodedata
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis import schema
from analysis.find import cutter, cutting, tokens
from analysis.find.dictionary import dictionary
from analysis.find.spans import spans_of
from analysis.read.lexicons import SHIPPED, Lexicons, load
from analysis.read.script import shadow, simplified
from analysis.read.speech import Speech

LEXICONS = load()
SHIPPED_SPEECHES = SHIPPED.parent / "speeches" / "union-meetings.txt"


def listed(columns):
    """Columns as plain lists."""
    return {name: column.tolist() if hasattr(column, "tolist") else list(column) for name, column in columns.items()}


def columns(text: str, **found) -> dict:
    return listed(tokens.find(Speech("s", "s.txt", "s", text), found, LEXICONS))


def cut(text: str, **found) -> str:
    return " ".join(columns(text, **found)["text"])


def row(text: str, part: str, **values) -> SimpleNamespace:
    """A found row for the first place of `part`."""
    start = text.index(part)
    return SimpleNamespace(start=start, end=start + len(part), text=part, **values)


CUTS = [
    ("各級工會組織圍繞全縣發展大局", "各級 工會組織 圍繞 全縣 發展 大局"),  # unions at all levels serve the county's development
    ("新增農民工會員93.4萬名", "新增 農民工 會員 93.4萬 名"),  # 934,000 new migrant-worker members
    ("發放4950多萬元", "發放 4950多萬 元"),  # paid out over 49.5 million yuan
    ("共30多個,三十多年", "共 30 多 個 , 三十 多 年"),  # over 30 of them, over thirty years
    ("一個問題，第一次，三種", "一 個 問題 ， 第一 次 ， 三 種"),  # one problem, the first time, three kinds
    ("一九九八年，308,000人", "一九九八 年 ， 308,000 人"),  # 1998; 308,000 people
    ("百分之三十五點五", "百分之三十五點五"),  # 35.5 per cent
    ("入會率達91.73%", "入會率 達 91.73 %"),  # rate of membership
    ("20xx年", "20xx 年"),  # a redacted year
    ("十三五規劃，五中全會", "十三五 規劃 ， 五中全會"),  # 13th five-year plan; fifth plenum
    ("推進廠務公開和工資集體協商", "推進 廠務公開 和 工資集體協商"),  # openness of factory affairs, collective bargaining
    ("群團幹部維權幫扶", "群團 幹部 維權 幫扶"),  # cadres of mass organisations defend rights and help
    ("增強職工的獲得感", "增強 職工 的 獲得感"),  # sense of gain
    ("積極開展活動", "積極 開展 活動"),  # actively launch activities: not one word, though jieba lists it
    ("PM2.5濃度與A-AVG遊戲", "PM2.5 濃度 與 A-AVG 遊戲"),  # Latin words with points and hyphens
    ("５０％以上", "５０ ％ 以上"),  # full-width: over 50 %
    ("普魯申科奪冠", "普魯申科 奪冠"),  # Plushenko wins: a name no dictionary has
]


@pytest.mark.parametrize(("text", "expected"), CUTS)
def test_cuts(text: str, expected: str) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(("text", "expected"), CUTS)
def test_cuts_do_not_depend_on_the_script(text: str, expected: str) -> None:
    assert cut(shadow(text)) == shadow(expected)


def test_columns_are_those_of_the_schema() -> None:
    for text in ("", " \n", "工會"):  # nothing, blanks, union
        assert list(columns(text)) == schema.columns("tokens")
        assert len({len(values) for values in columns(text).values()}) == 1


@given(st.text(alphabet="工會一3.,%萬的 \n\t\u200b\ufeff\u3000\0\x85x“𠮷\ud800", max_size=40))
@example("工\u200b會")
@example("\ufeff工會")
def test_tokens_tile_what_is_not_blank(text: str) -> None:
    made = columns(text)
    held = [place for start, end in zip(made["start"], made["end"], strict=True) for place in range(start, end)]
    assert held == sorted(set(held))
    for place, character in enumerate(text):
        blank = character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
        assert blank or place in held
    for start, end, written, key in zip(*(made[name] for name in ("start", "end", "text", "key")), strict=True):
        assert text[start:end] == written
        assert not any(character.isspace() for character in written)
        assert key == "".join(c for c in shadow(text)[start:end] if unicodedata.category(c) not in ("Cc", "Cf"))


def test_a_zero_width_character_may_stand_inside_a_token() -> None:
    made = columns("工\u200b會\ufeff組織")  # union organisation
    assert made["text"] == ["工\u200b會\ufeff組織"]
    assert made["key"] == ["工会组织"]


def test_names_are_one_token() -> None:
    text = "盛勇同志到安鄉縣總工會《勞動合同法》"  # comrade Sheng Yong at the unions of Anxiang; Labour Contract Law
    names = {"text": ["盛勇", "安鄉縣總工會", "《勞動合同法》"], "kind": ["person", "organisation", "document"]}
    starts = [text.index(part) for part in names["text"]]
    ends = [start + len(part) for start, part in zip(starts, names["text"], strict=True)]
    names |= {"start": np.array(starts), "end": np.array(ends)}
    made = columns(text, names=names)
    assert made["text"][:4] == ["盛勇", "同志", "到", "安鄉縣總工會"]
    assert made["pos"][0] == "nr"
    assert made["pos"][3] == "nt"
    assert made["text"][4:] == ["《", "勞動", "合同法", "》"]


def test_figures_are_number_and_unit() -> None:
    text = "約22萬名職工,近三個月,1994年3月10日"  # about 220,000 workers, nearly three months, 10 March 1994
    figures = {"text": ["約22萬名", "近三個月", "1994年3月10日"], "unit": ["名", "個月", ""]}
    starts = [text.index(part) for part in figures["text"]]
    ends = [start + len(part) for start, part in zip(starts, figures["text"], strict=True)]
    figures |= {"start": np.array(starts), "end": np.array(ends)}
    assert cut(text, figures=figures) == "約 22萬 名 職工 , 近 三 個月 , 1994 年 3 月 10 日"


def test_numeral_slogans_and_markers() -> None:
    text = "(一)四個全面\n一是兩個普遍"  # (1) the four comprehensives / first, the two universals
    slogans = [row(text, "四個全面", form="numeral"), row(text, "兩個普遍", form="numeral")]
    outline = {"marker": ["(一)", "一是"], "start": [0, 8], "end": [7, 14]}
    assert cut(text, slogans=slogans, outline=outline) == "( 一 ) 四個全面 一 是 兩個普遍"


def test_errata_give_the_key() -> None:
    text = "縣參在線上關和幹部"  # damaged: 參聯機關 offices taking part
    errata = {"speech": "s", "start": "1", "end": "6", "text": "參在線上關", "key": "參聯機關"}
    mended = Lexicons({**LEXICONS.tables, "errata": (errata,)}, "test")
    made = listed(tokens.find(Speech("s", "s.txt", "s", text), {}, mended))
    at = made["text"].index("參在線上關")
    assert made["key"][at] == "参联机关"
    assert (made["start"][at], made["end"][at]) == (1, 6)


def test_splits_take_a_word_out_of_the_dictionary() -> None:
    split = Lexicons({**LEXICONS.tables, "splits": ({"word": "充分發揮"},)}, "test")  # bring fully into play
    assert cutting.words("充分发挥作用", cutting.cut("充分发挥作用", spans_of([]), split)) == ["充分", "发挥", "作用"]


def test_sentence_numbers() -> None:
    text = "工會。 職工。"  # Unions. Workers.
    sentences = {"start": [0, 4], "end": [3, 6], "sentence": [1, 2]}
    assert columns(text, sentences=sentences)["sentence"] == [1, 1, 2, None]
    assert columns(text)["sentence"] == [None] * 4


def test_known_words_have_the_tag_of_the_dictionary() -> None:
    made = columns("工會的,農民工")  # of the union, migrant workers
    assert made["pos"] == [dictionary()["工会"][1], dictionary()["的"][1], "w", "n"]


def test_union_counts_in_the_shipped_speeches() -> None:
    """工會 union, on its own: about 10, 8 and 60 times as a word of the three speeches."""
    text = SHIPPED_SPEECHES.read_text(encoding="utf-8")
    parts = text.split("在工會會議上的講話(")[1:]
    assert [part.count("工會") for part in parts] == [37, 29, 120]
    own = [columns(part)["key"].count("工会") for part in parts]
    assert all(few <= n <= many for n, few, many in zip(own, (8, 6, 50), (13, 11, 70), strict=True)), own


@pytest.mark.parametrize(("module", "size"), [(tokens, "STRETCH"), (cutting, "AT_A_TIME")])
def test_a_part_may_end_with_any_line(module, size: str, monkeypatch) -> None:
    text = "各級工會組織\n要維護職工權益。\r\n\n" * 40  # unions must defend workers' rights
    whole = columns(text)
    monkeypatch.setattr(module, size, 10)
    assert columns(text) == whole


def test_same_words_as_jieba_where_no_rule_differs() -> None:
    """jieba is the oracle of rjieba: with its own dictionary and without its model both cut alike."""
    import jieba
    import rjieba

    jieba.setLogLevel(60)
    oracle = jieba.Tokenizer()
    from math import log

    # Its cache file in the temp folder is not read: the dictionary is built in memory.
    oracle.FREQ, oracle.total = oracle.gen_pfdict(oracle.get_dict_file())
    oracle.initialized = True
    assert log(oracle.total) > 0
    text = shadow(SHIPPED_SPEECHES.read_text(encoding="utf-8"))
    assert rjieba.Jieba().cut(text, False) == oracle.lcut(text, HMM=False)


def test_cutters_are_those_of_rjieba(monkeypatch: pytest.MonkeyPatch) -> None:
    import rjieba

    assert cutter._cutters() is rjieba.Jieba
    # Where its extension cannot be found by itself, its package is loaded.
    monkeypatch.setattr(cutter.PathFinder, "find_spec", lambda *_: None)
    assert cutter._cutters() is rjieba.Jieba


def test_dictionary_is_data() -> None:
    assert dictionary()["工会"] == (981, "n")
    assert "积极开展" in cutter.unused()  # launch actively
    assert "一个" in cutter.unused()  # one (of)
    assert not {"社会主义", "万一", "十分", "一点"} & set(cutter.unused())  # socialism, in case, very, a little


def lexicon(name: str) -> list[dict[str, str]]:
    with (SHIPPED / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", ["words", "splits"])
def test_each_entry_is_glossed_sourced_and_listed_once(name: str) -> None:
    rows = lexicon(name)
    assert len({simplified(entry["word"]) for entry in rows}) == len(rows)
    for entry in rows:
        assert entry["gloss"], entry
        assert entry["source"], entry
    assert name != "words" or len(rows) >= 600


def test_words_and_splits_do_not_contradict_each_other() -> None:
    assert not {simplified(entry["word"]) for entry in lexicon("words")} & {simplified(e["word"]) for e in lexicon("splits")}


def test_splits_are_words_of_jieba() -> None:
    assert [e["word"] for e in lexicon("splits") if simplified(e["word"]) not in dictionary()] == []


def sources(testdata) -> dict[str, str]:
    text = SHIPPED_SPEECHES.read_text(encoding="utf-8")
    parts = text.split("在工會會議上的講話(")[1:]
    shipped = {f"union-meetings-{n}": part for n, part in enumerate(parts, 1)}
    return shipped | {path.stem: path.read_text(encoding="utf-8") for path in (testdata / "speeches").glob("*.txt")}


@pytest.mark.parametrize("name", ["words", "splits"])
def test_each_entry_stands_in_its_source(name: str, testdata) -> None:
    texts = sources(testdata)
    assert [e["word"] for e in lexicon(name) if e["word"] not in texts[e["source"]]] == []


def test_each_shipped_word_stands_in_its_source() -> None:
    parts = SHIPPED_SPEECHES.read_text(encoding="utf-8").split("在工會會議上的講話(")
    for entry in lexicon("words") + lexicon("splits"):
        if entry["source"].startswith("union-meetings-"):
            assert entry["word"] in parts[int(entry["source"][-1])], entry
