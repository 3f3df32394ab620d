"""Web pages, Word documents and PDF: what is kept, what is left out, and that nothing escapes the child process."""

import importlib.util
import random
import sys
from pathlib import Path

import pytest

from analysis.read import docx, html, pdf
from analysis.read.errors import InputError
from analysis.read.formats import content, kind_of
from analysis.read.limits import Limits
from analysis.read.numbering import render
from analysis.read.sandbox import extract

_spec = importlib.util.spec_from_file_location("bad_inputs_for_formats", Path(__file__).with_name("bad_inputs.py"))
assert _spec
assert _spec.loader
bad_inputs = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = bad_inputs
_spec.loader.exec_module(bad_inputs)


def of_html(page: str) -> str:
    return html.read(page.encode(), None).text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>工會<b>會</b>議</p><p>二</p>", "工會會議\n二"),  # bold is no word end
        ("<p>工會\n會議</p>", "工會會議"),  # a line break of the source is no space in Chinese
        ("<p>trade\nunion</p>", "trade union"),
        ("<p>一<br>二</p>", "一\n二"),
        ("<table><tr><td>年份<td>人數<tr><td>2016<td>37</table>", "年份\t人數\n2016\t37"),
        ("<ul><li>一是<li>二是</ul>", "一是\n二是"),
        ("<p>甲<del>乙</del><rp>x</rp></p>", "甲"),
        ("<p>甲<span style='display: none'>乙</span><span hidden>丙</span></p>", "甲"),
        ("<p>工會<sup class=reference><a href=#1>[1]</a></sup>會議</p>", "工會會議"),
        ("<div><a href=1>新聞</a><a href=2>公告</a><a href=3>下載</a></div><p>正文</p>", "正文"),
        (
            "<p>見<a href=1>甲</a>、<a href=2>乙</a>和<a href=3>丙</a>等文件,工會都要學習。</p>",
            "見甲、乙和丙等文件,工會都要學習。",
        ),
        ("<pre>一\n　　二</pre>", "一\n　　二"),
        ("<p>工會", "工會"),
        ("<form><p>工會</p><button>送出</button></form>", "工會"),  # some servers put the whole page into a form
        ("<ruby>工<rt>ㄍㄨㄥ<p>會議</p>", "工\n會議"),  # a reading that is never closed ends with its paragraph
        ("<p style='font-size:0'>偽</p><p style='left:-9999px'>裝</p><p>正</p>", "正"),  # a trap for copiers
        (
            "<div>" + "<br>".join(f"<a href=#{n}>{'工會的每一句話都是連結。' * 6}</a>" for n in "123") + "</div>",
            "\n".join(["工會的每一句話都是連結。" * 6] * 3),
        ),  # long linked text is no menu
        ("工會<script>壞</script><!-- 壞 --><style>壞</style>", "工會"),
    ],
)
def test_pages(page, text):
    assert of_html(f"<html><body>{page}</body></html>") == text


@pytest.mark.parametrize("tag", ["script", "style", "!--", "!-- ", "textarea", "title"])
def test_what_an_unclosed_tag_swallows_is_named(tag):
    held = html.read(f"<p>前文。</p><{tag}>後面九個字都不見了".encode(), None)
    named = "".join(each.english for each in held.notes)
    assert ("後面九個字都不見了" in held.text) != ("(9 characters)" in named)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<nav><p>工會</p></nav>", "all of the page is menu"),
        ("<frameset><frame src=a></frameset>", "shows none"),
        ("<script>var a='工會'</script>", "shows none"),
    ],
)
def test_a_page_without_text_says_why(page, why):
    with pytest.raises(InputError, match=f"E_NO_TEXT.*{why}"):
        of_html(page)


def test_characters_lost_before_are_told():
    for name, data in (("a.txt", "工會\ufffd會議。".encode()), ("a.html", "<p>工會\0會議。".encode())):
        held = content(data, name, encoding=None, limits=Limits())
        assert [each.code for each in held.notes] == ["W_LOST_CHARS"]


def test_saved_mail_and_web_archives_are_no_text():
    data = b"From: <Saved>\r\nSubject: =?utf-8?Q?a?=\r\n b\r\nMIME-Version: 1.0\r\n\r\n<p>=E5=B7=A5</p>"
    with pytest.raises(InputError, match="E_TYPE_MISMATCH"):
        content(data, "a.txt", encoding=None, limits=Limits())


def test_word_document_by_the_documented_rules():
    held = docx.read(bad_inputs.docx(bad_inputs.EVERYTHING, bad_inputs.SIDE_PARTS), Limits())
    assert held.text == bad_inputs.EVERYTHING_TEXT
    (left,) = held.notes
    named = {
        "deleted text (2",
        "hidden text (2",
        "ruby readings (3",
        "footnotes (4",
        "endnotes (4",
        "comments (4",
        "header (4",
        "footer (4",
    }
    assert all(part in left.english for part in named)


def test_the_numbers_that_word_writes_are_read():
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/>'
        '</w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    levels = (0, 1, 1, 0, 1)
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>工會</w:t></w:r></w:p>'
        for level in levels
    )
    held = docx.read(bad_inputs.docx(body, {"word/numbering.xml": numbering.encode()}), Limits())
    assert held.text.split("\n") == ["一、工會", "1. 工會", "2. 工會", "二、工會", "1. 工會"]


W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def of_word(body, **parts):
    held = docx.read(bad_inputs.docx(body, {f"word/{name}.xml": data.encode() for name, data in parts.items()}), Limits())
    return held.text, " ".join(note.english for note in held.notes)


def test_a_list_that_starts_anew_counts_from_its_own_first_number():
    level = "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='0'/>"
        "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>"
    )
    styles = (
        f"<w:styles {W}><w:style w:styleId='A'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:styleId='B'><w:basedOn w:val='A'/></w:style></w:styles>"
    )
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{}'/></w:numPr>"
    body = "".join(paragraph("工會", numbered.format(number)) for number in (1, 2, 2, 1, 0)) + paragraph(
        "工會", "<w:pStyle w:val='B'/>"
    )
    text, _ = of_word(body, numbering=numbering, styles=styles)
    assert text.split("\n") == ["1. 工會", "5. 工會", "6. 工會", "2. 工會", "工會", "3. 工會"]


@pytest.mark.parametrize(
    ("body", "text", "named"),
    [
        ("<w:tbl><w:tr><w:tc>{甲}{乙}</w:tc></w:tr></w:tbl>", "甲\n乙", ""),  # a table that lays out the page
        ("<w:tbl><w:tr><w:tc>{甲}{乙}</w:tc><w:tc>{丙}</w:tc></w:tr></w:tbl>", "甲 乙\t丙", ""),
        ("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>{二}</w:tc></w:tr></w:tbl>", "\t二", ""),
        ("<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{刪}</w:tc></w:tr></w:tbl>{留}", "留", "deleted text (1"),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>{後}", "前後", ""),  # one paragraph now
        (
            "<w:p><w:moveFrom><w:r><w:t>舊</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>",
            "新",
            "deleted",
        ),
        (
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
            "<w:sdtContent>{一、任務}</w:sdtContent></w:sdt>{正}",
            "正",
            "table of contents (4",
        ),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{按此輸入}</w:sdtContent></w:sdt>{正}", "正", "form (4"),
        (
            "<w:p><w:r><w:sym w:font='SimSun' w:char='3010'/><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>",
            "【",
            "picture font (1",
        ),
        ("<w:p><w:r><w:pict><v:textpath xmlns:v='urn:v' string='藝術字'/></w:pict></w:r></w:p>{正}", "\n正", "a drawing (3"),
    ],
)
def test_what_word_documents_hold(body, text, named):
    import re

    held, notes = of_word(re.sub(r"\{(\w+(?:、\w+)?)\}", lambda m: paragraph(m[1]), body))
    assert held == text
    assert named in notes
    assert bool(notes) == bool(named)


def test_the_code_of_a_field_is_no_text_even_where_another_field_stands_in_it():
    def field(code, result):
        marks = [f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")]
        return f"{marks[0]}{code}{marks[1]}{result}{marks[2]}"

    inner = field("<w:r><w:instrText>A</w:instrText></w:r>", "<w:r><w:t>內</w:t></w:r>")
    assert of_word(f"<w:p>{field(inner, '<w:r><w:t>外</w:t></w:r>')}</w:p>")[0] == "外"
    unfinished = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>"
    assert of_word(unfinished + paragraph("正"))[0] == "\n正"


def test_styles_tell_hidden_text_and_the_table_of_contents():
    styles = (
        f"<w:styles {W}><w:style w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId='I'><w:basedOn w:val='H'/></w:style>"
        "<w:style w:styleId='11'><w:name w:val='toc 1'/></w:style><w:style w:styleId='loop'><w:basedOn w:val='loop'/></w:style></w:styles>"
    )
    marked = "".join(
        paragraph(text, f"<w:pStyle w:val='{style}'/>") for text, style in (("藏", "I"), ("目錄行", "11"), ("正", "loop"))
    )
    text, notes = of_word(marked, styles=styles)
    assert text == "正"
    assert "hidden text (1" in notes
    assert "table of contents (3" in notes


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "japaneseCounting", "十"),
        (21, "taiwaneseCounting", "二十一"),
        (2, "ideographTraditional", "乙"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (7, "bullet", ""),
        (5, "unheard-of", "5"),
    ],
)
def test_numbers_of_word(number, form, written):
    assert render(number, form) == written


def test_pdf_paragraphs_are_put_together():
    full = "工會會議總結了過去一年的各項工作並且部署了今年的任務"  # 26 characters: the line is full
    placed = [(96, 700, full[:24]), (72, 684, full), (72, 668, "成績很大。"), (96, 652, full[:24]), (72, 636, "謝謝大家!")]
    held = pdf.read(bad_inputs.pdf(placed), Limits())
    assert held.text == f"{full[:24]}{full}成績很大。\n{full[:24]}謝謝大家!"


def test_lines_of_a_pdf_without_an_even_right_margin_go_on():
    full = "工會會議總結了過去一年的各項工作並且部署了今年的任務"
    short, heading = full[:21], "一、任務"  # five characters before the margin; tasks
    lines = [
        (96, full[:24]),
        (72, full),
        (72, short),
        (72, "成績很大。"),
        (72, heading),
        (96, full[:24]),
        (72, full[:15]),
        (72, ",好。"),
    ]
    held = pdf.read(bad_inputs.pdf([(left, 700 - 16 * n, text) for n, (left, text) in enumerate(lines)]), Limits())
    assert held.text.split("\n") == [f"{full[:24]}{full}{short}成績很大。", heading, f"{full[:24]}{full[:15]},好。"]


FULL = ("今天召開工會會議總結工作並且部署今後任務要求各位", "代表認真討論積極發言把會議開好開成一個團結的大會")  # two full lines


@pytest.mark.parametrize("turn", ["0 1 -1 0 {} 72", "-1 0 0 -1 500 {}", "0 -1 1 0 {} 700"])
def test_pages_that_lie_on_their_side_are_read(turn):
    down = {"0 1": 1, "-1 ": 1, "0 -": -1}[turn[:3]]
    placed = [(turn.format(300 + 20 * down * n), line) for n, line in enumerate(FULL)]
    data = bad_inputs.pdf([(0, 0, line) for line in FULL])
    for n, (matrix, _) in enumerate(placed):  # the same number of bytes, so that the tables of the file stay right
        data = data.replace(b"1 0 0 1 0 0 Tm", matrix.encode() + b" Tm", 1) if n < 2 else data
    assert pdf.read(data, Limits()).text == "".join(FULL)


def test_slanted_text_is_left_out_and_named():
    data = bad_inputs.pdf([(72, 700, FULL[0]), (0, 0, "內部資料")])  # internal: a watermark
    held = pdf.read(data.replace(b"1 0 0 1 0 0 Tm", b"0.7 0.7 -0.7 0.7 150 400 Tm"), Limits())
    assert held.text == FULL[0]
    assert "slanted text (4" in held.notes[-1].english


def test_columns_that_are_not_level():
    left = [(72, 700 - 16 * n, f"左欄文字先讀之{n}。") for n in range(9)]
    right = [(320, 692 - 16 * n, f"右欄文字後讀之{n}。") for n in range(9)]
    held = pdf.read(bad_inputs.pdf(left + right), Limits())
    assert held.text.split("\n") == [line for _, _, line in left + right]
    assert [each.code for each in held.notes] == ["W_LAYOUT"]


def test_a_table_is_read_row_by_row():
    placed = [(x, 700 - 20 * n, text) for n in range(8) for x, text in ((72, f"201{n}年"), (250, f"{n}00人"), (400, f"{n}%"))]
    assert pdf.read(bad_inputs.pdf(placed), Limits()).text.split("\n") == [f"201{n}年 {n}00人 {n}%" for n in range(8)]


def test_page_numbers_and_running_heads_are_left_out_and_named():
    from analysis.read.layout import Line, without_running_heads

    pages = [[Line(text, 0, 100, 0, 10, (0, 100)) for text in ("工會講話彙編", f"第{n}件事。", f"- {n} -")] for n in "123"]
    kept, omitted = without_running_heads(pages)
    assert [[line.text for line in page] for page in kept] == [[f"第{n}件事。"] for n in "123"]
    assert omitted == 3 * (6 + 3)


def test_the_child_has_bounds_of_time_and_memory():
    data = bad_inputs.docx(bad_inputs.paragraphs(bad_inputs.TRADITIONAL))
    with pytest.raises(InputError, match="E_TIMEOUT"):
        extract(data, "docx", Limits(seconds=0.01))
    pytest.importorskip("resource", reason="memory is bounded on POSIX only")
    with pytest.raises(InputError, match="E_MEMORY"):
        extract(bad_inputs.docx(bad_inputs.paragraphs("工會\n" * 1_000_000)), "docx", Limits(memory_mb=300, ratio=10_000))


def test_the_parent_ends_a_child_that_takes_too_much_where_the_system_does_not(monkeypatch):
    data = bad_inputs.docx(bad_inputs.paragraphs("工會\n" * 400_000))
    monkeypatch.setattr(
        "analysis.read.sandbox.asdict", lambda limits: {**vars(limits), "memory_mb": 100_000}
    )  # what the child is told
    with pytest.raises(InputError, match="E_MEMORY"):
        extract(data, "docx", Limits(memory_mb=120, ratio=10_000))


@pytest.mark.parametrize("event", ["socket.connect", "subprocess.Popen", "os.system"])
def test_the_child_may_not_reach_out(event):
    from analysis.read.sandbox import _refuse

    with pytest.raises(PermissionError):
        _refuse(event, ())
    with pytest.raises(PermissionError):
        _refuse("open", ("/tmp/x", "w", 0))
    _refuse("open", ("/tmp/x", "r", 0))


SEEDS = {
    "a.txt": bad_inputs.TRADITIONAL.encode("big5"),
    "b.txt": bad_inputs.SIMPLIFIED.encode(),
    "a.html": bad_inputs.html(bad_inputs.TRADITIONAL),
    "a.docx": bad_inputs.docx(bad_inputs.EVERYTHING, bad_inputs.SIDE_PARTS),
    "a.pdf": bad_inputs.pdf([(72, 700, "工會會議")]),
}


@pytest.mark.parametrize("name", SEEDS)
def test_damaged_bytes_raise_nothing_but_our_error(name, monkeypatch):
    """1,000 mutations of each; docx and pdf are read here instead of in the child, which takes too long to start so often."""
    readers = {"docx": docx.read, "pdf": pdf.read}
    monkeypatch.setattr("analysis.read.sandbox.extract", lambda data, kind, limits: readers[kind](data, limits))
    chance = random.Random(name)
    for _ in range(1000):
        data = bytearray(SEEDS[name])
        for _ in range(chance.choice((1, 1, 3, 20))):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 1, 1, 5))] = chance.randbytes(chance.choice((0, 1, 1, 4)))
        try:
            content(bytes(data), name, encoding=None, limits=Limits())
        except InputError as error:
            str(error)  # the message can be made


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"<!DOCTYPE html><p>x", "html"), (b"  <html>", "html"), (b"plain", "txt"), (b"%PDF-1.4", "pdf"), (b"PK\x03\x04", "docx")],
)
def test_kinds_are_told_by_content(data, kind):
    assert kind_of(data, "speech.txt") == kind
