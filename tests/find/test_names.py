"""Names: what is one, of which kind, with which role and canonical form."""

import time
from itertools import pairwise

import pytest

from analysis.find import Columns, names
from analysis.find.name_lists import gazetteer
from analysis.find.name_words import cut, known_names
from analysis.read.lexicons import load
from analysis.read.speech import Speech
from analysis.schema import Name


def found(text: str) -> list[Name]:
    return rows(names.find(Speech("s", "s.txt", "", text), {}, load()))


def rows(columns: Columns) -> list[Name]:
    return [Name(*row) for row in zip(*columns.values(), strict=True)]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(row.text, row.kind) for row in found(text)]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("省委書記羅保銘點讚", "罗保铭", "省委書記"),  # provincial secretary Luo Baoming praised
        ("盛勇同志作了很好的工作報告", "盛勇", ""),  # comrade Sheng Yong gave a report
        (
            "全總黨組書記、副主席、書記處第一書記李玉賦用“特別用情”評價",
            "李玉赋",
            "黨組書記、副主席、書記處第一書記",
        ),  # three titles
        ("大家知道,毛主席亲自主持起草", "毛", "主席"),  # Chairman Mao
        ("外交部李前部長大維,", "李大维", "前部長"),  # former minister Li Dawei, title inside the name
        ("我要感謝馬前總統、", "马", "前總統"),  # former president Ma
        ("諾魯前總統哈里斯於2002年", "哈里斯", "前總統"),  # a transliterated name after its title
        ("詩人王維的名句", "王维", "詩人"),  # the poet Wang Wei, a name of two characters
        ("蔣故總統經國先生", "蒋经国", "故總統"),  # the late president, title inside the name
        ("美國布希總統談到", "布什", "總統"),  # jieba has name and title as one word
        ("省长 孟凡利\n各位代表", "孟凡利", "省长"),  # a speaker's line
    ],
)
def test_a_person_has_a_bare_name_and_a_role(text, name, role):
    assert [(row.name, row.role) for row in found(text) if row.kind == "person"] == [(name, role)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("旗總工會七屆二次全委(擴大)會議", [("旗總工會七屆二次全委(擴大)會議", "meeting")]),  # longest mention of a meeting
        ("貫徹省委六屆九次全會和全總部署", [("省委六屆九次全會", "meeting"), ("全總", "organisation")]),  # plenum; federation
        ("下發了《關於加強群團工作的意見》", [("《關於加強群團工作的意見》", "document")]),  # a document with its marks
        ("天津市政府", [("天津市政府", "organisation")]),  # a place with its government is one body
        ("太平島上之資源", [("太平島", "place")]),  # Itu Aba, before 上 (on)
        ("展現臺灣人的樂觀", [("臺灣", "place")]),  # the place in its people
        ("諾魯共和國位於南太平洋", [("諾魯共和國", "place"), ("南太平洋", "place")]),  # the full name of a state
        ("中華民國（台灣）政府", [("中華民國（台灣）政府", "organisation")]),  # another name in brackets
        ("諾國首府雅連（Yaren）", [("雅連", "place")]),  # a capital in letters of transcription
        ("貫徹中央和省委黨的群團工作會議精神", [("中央和省委黨的群團工作會議", "meeting")]),  # whose meeting, both
        ("2月3日在宁夏回族自治区第十三届人民代表大会第四次会议上", [("宁夏回族自治区第十三届人民代表大会第四次会议", "meeting")]),
        ("香港回归祖国", [("香港", "place")]),  # Hong Kong in a longer word
        ("太原第一热电站", [("太原第一热电站", "organisation")]),  # a power station by its number
        ("海螺集团启动重组", [("海螺集团", "organisation")]),  # a firm
        ("南京、中共上海市委", [("南京", "place"), ("中共上海市委", "organisation")]),  # a Party committee with the Party's name
        ("二十届历次全会精神", [("二十届历次全会", "meeting")]),  # all sessions of a term
        ("推动黄河流域保护", [("黄河流域", "place")]),  # a basin, one word of jieba's
        ("南宁吴圩机场", [("南宁吴圩机场", "place")]),  # an airport by its town
        ("迎接中国共产党第十七次全国代表大会", [("中国共产党第十七次全国代表大会", "meeting")]),  # welcome the congress
        ("党的九大以后,九大路线", [("党的九大", "meeting"), ("九大", "meeting")]),  # ninth congress, full and bare
    ],
)
def test_kinds(text, rows):
    assert kinds(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "舉全會之力",  # with the strength of the whole union
        "發展中國家",  # developing countries
        "入海河流",  # rivers that reach the sea
        "新建鐵路",  # newly built railways; 新建 is also a county
        "抓好蘇木鎮、工業園區",  # sumu and towns, kinds of area
        "各市縣總工會",  # federations of cities and counties
        "黨委、人大、政府、政協",  # generic bodies
        "中國特色社會主義",  # a doctrine
        "推动文明乡风建设",  # local custom
        "函授大学、联营公司",  # correspondence universities, joint ventures
        "各級工會組織",  # unions at every level
        "實施九大行動",  # nine big actions
        "和政府主席团",  # and the government's presidium
        "教育、卫生部门",  # departments of health, not the ministry 卫生部
        "各省、市、自治区党委",  # the committees of all provinces
        "由演员配音",  # dubbed by actors; 由 is a surname too
        "普惠托育、严肃性",  # affordable child care, gravity: letters and endings of names
    ],
)
def test_no_name(text):
    assert kinds(text) == []


def test_a_listed_name_is_found_where_jieba_cuts_across_it():
    assert ("全總", "organisation") in kinds("確保全總改革部署在海南不走樣")  # make sure the federation's reform ...


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("吕卫伦在纽西兰工作", ["吕卫伦"]),  # worked in New Zealand: nothing but the characters says so
        ("最小的弟弟周渝继承", ["周渝"]),  # the youngest brother
        ("谢根荣请史树青等人鉴定", ["谢根荣", "史树青"]),  # asked him and others to judge
        ("次年司马炎出任丞相", ["司马炎"]),  # took office; a surname of two characters
        ("施米特和希比拉", ["施米特", "希比拉"]),  # transcribed; the text ends with one
        ("与普鲁申科的叶甫根尼·普鲁申科", ["普鲁申科", "叶甫根尼·普鲁申科"]),  # joined by a dot
        ("皇帝查理四世和唐太宗", ["查理四世", "唐太宗"]),  # reigns and temple names
        ("由演员Randy Quaid配音", ["Randy Quaid"]),  # Latin letters after a profession
    ],
)
def test_a_person_without_a_title_is_weighed(text, persons):
    assert [row.text for row in found(text) if row.kind == "person"] == persons


def test_aliases_share_a_name():
    assert {row.name for row in found("全總、全国总工会、中华全国总工会")} == {"中华全国总工会"}


def test_both_scripts_give_the_same_rows():
    traditional = found("全總黨組書記李玉賦在海南指出,《中和條約》和臺灣、財政部")
    simplified = found("全总党组书记李玉赋在海南指出,《中和条约》和台湾、财政部")
    assert [row._replace(text="", role="") for row in traditional] == [row._replace(text="", role="") for row in simplified]


def test_rows_are_receipts_in_order_and_apart():
    text = "中國共產黨第二十次全國代表大會在北京召開,習近平總書記作報告。" * 3
    rows = found(text)
    assert all(text[row.start : row.end] == row.text for row in rows)
    assert all(before.end <= after.start for before, after in pairwise(rows))


def test_persons_of_the_third_shipped_speech():
    text = "全總黨組書記李玉賦用,省委書記羅保銘點讚,省長劉賜貴勉勵,陳菁同志,李建國同志"
    assert [row.name for row in found(text) if row.kind == "person"] == ["李玉赋", "罗保铭", "刘赐贵", "陈菁", "李建国"]


def test_every_listed_name_is_its_own_canonical_form_once():
    forms = [row["name"] for row in load().rows("names")]
    assert len(forms) == len(set(forms))
    assert all(
        row["gloss"] and row["source"] for table in ("names", "places", "titles", "surnames") for row in load().rows(table)
    )


def test_the_gazetteer_holds_no_kinds_of_places():
    known = gazetteer(load())
    assert not {"城市", "山区", "自治县", "上市", "哥哥"} & set(
        known
    )  # city, mountain area, autonomous county, be listed, brother


def test_known_names_are_whole_words():
    assert [c.name for c in known_names(cut("发展中国家", load()), load())] == []  # developing countries


@pytest.mark.parametrize("piece", ["一", "《", "王", "省", "1,1,", "斯·"])
def test_time_grows_with_the_text_only(piece):
    def seconds(n: int) -> float:
        speech = Speech("s", "s.txt", "", piece * n)
        assert speech.shadow
        began = time.process_time()
        names.find(speech, {}, load())
        return time.process_time() - began

    found("王明")
    assert seconds(80_000) < 12 * seconds(20_000) + 0.5  # four times the text; a square would take sixteen times


def test_names_are_the_same_beside_other_speeches() -> None:
    """Begins and ends of texts where a name, its sign or half of it stands; 《 that the next speech must not close."""
    texts = [
        "王建明",
        "省委書記羅保銘",  # secretary of the provincial committee Luo Baoming
        "羅保銘說",  # said Luo Baoming, who is not named with his title here
        "印發《關於工會",  # an unclosed title of a document
        "工作的意見》。海南省教育廳和縣",
        "總工會、張春橋、姚文元",
        "北京",
        "",
        "黨的九大",  # the Ninth Congress
        "九大",  # nine big ones, without a congress in the text
        "縣長王建明點贊,王建明",
    ]
    speeches = [Speech("s", "s.txt", "", text) for text in texts]
    together = names.find_each(speeches, [{} for _ in speeches], load())
    assert [rows(columns) for columns in together] == [found(text) for text in texts]
