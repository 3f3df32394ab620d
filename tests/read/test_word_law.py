"""The law of reading Word: each character of a document is in its text, once, or is counted among what was left out."""

import importlib.util
import random
import re
import sys
from pathlib import Path

import pytest

from analysis.read import docx
from analysis.read.limits import Limits

_spec = importlib.util.spec_from_file_location("bad_inputs_for_word", Path(__file__).with_name("bad_inputs.py"))
assert _spec
assert _spec.loader
bad_inputs = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = bad_inputs
_spec.loader.exec_module(bad_inputs)

STYLES = (
    "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    "<w:style w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId='T'><w:name w:val='toc 2'/></w:style></w:styles>"
)
RUN_PROPERTIES = ("", "", "<w:vanish/>", "<w:b/>", "<w:rStyle w:val='H'/>", "<w:vanish w:val='0'/>")
PARAGRAPH_PROPERTIES = ("", "", "<w:pStyle w:val='H'/>", "<w:pStyle w:val='T'/>", "<w:rPr><w:del/></w:rPr>")
INLINE = ("ins", "del", "moveTo", "moveFrom", "hyperlink", "smartTag", "fldSimple", "bdo", "unheardOf")
CONTROLS = ("", "<w:showingPlcHdr/>", "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>")


class Writer:
    """Writes a document at random; no character comes twice."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.written = 0

    def document(self) -> str:
        return self.some(lambda: self.block(4), 1, 5)

    def some(self, make, least=0, most=3):
        return "".join(make() for _ in range(self.chance.randint(least, most)))

    def block(self, depth):
        kind = self.chance.random()
        if depth <= 0 or kind < 0.6:
            return self.paragraph(depth)
        if kind < 0.8:
            return f"<w:tbl>{self.some(lambda: self.row(depth))}</w:tbl>"
        tag = self.chance.choice(("customXml", "ins", "del", "moveFrom", "unheardOf"))
        return f"<w:{tag}>{self.block(depth - 1)}</w:{tag}>"

    def row(self, depth):
        deleted = self.chance.choice(("", "", "<w:trPr><w:del/></w:trPr>"))
        return f"<w:tr>{deleted}{self.some(lambda: self.cell(depth))}</w:tr>"

    def cell(self, depth):
        deleted = self.chance.choice(("", "", "<w:tcPr><w:cellDel/></w:tcPr>"))
        return f"<w:tc>{deleted}{self.some(lambda: self.block(depth - 1))}</w:tc>"

    def paragraph(self, depth):
        properties = self.chance.choice(PARAGRAPH_PROPERTIES)
        return f"<w:p><w:pPr>{properties}</w:pPr>{self.some(lambda: self.inline(depth), 0, 4)}</w:p>"

    def inline(self, depth):
        if depth <= 0 or self.chance.random() < 0.6:
            return self.run(depth)
        if self.chance.random() < 0.2:
            control = self.chance.choice(CONTROLS)
            return f"<w:sdt><w:sdtPr>{control}</w:sdtPr><w:sdtContent>{self.inline(depth - 1)}</w:sdtContent></w:sdt>"
        tag = self.chance.choice(INLINE)
        return f"<w:{tag}>{self.some(lambda: self.inline(depth - 1))}</w:{tag}>"

    def run(self, depth):
        kind = self.chance.randrange(8)
        if kind < 3:
            held = self.text()
        elif kind == 3:
            held = f"{self.text()}<w:tab/>{self.text()}<w:br/>"
        elif kind == 4:
            held = f"<w:fldChar w:fldCharType='{self.chance.choice(('begin', 'separate', 'end', 'unheardOf'))}'/>"
        elif kind == 5:
            base, reading = self.text(), self.text()
            held = f"<w:ruby><w:rt><w:r>{reading}</w:r></w:rt><w:rubyBase><w:r>{base}</w:r></w:rubyBase></w:ruby>"
        elif kind == 6:
            held = "<w:instrText>CODE</w:instrText>"
        else:
            held = f"<w:drawing><w:txbxContent>{self.paragraph(depth - 1) if depth > 0 else ''}</w:txbxContent></w:drawing>"
        return f"<w:r><w:rPr>{self.chance.choice(RUN_PROPERTIES)}</w:rPr>{held}</w:r>"

    def text(self):
        self.written += 1
        return f"<w:t>{chr(0x4E00 + self.written)}</w:t>"


@pytest.mark.parametrize("seed", range(200))
def test_no_character_is_lost_or_told_twice(seed):
    writer = Writer(seed)
    body = f"{writer.document()}<w:p><w:r>{writer.text()}</w:r></w:p>"  # at least one character is in the text
    held = docx.read(bad_inputs.docx(body, {"word/styles.xml": STYLES.encode()}), Limits())
    read = re.findall("[\u4e00-\u9fff]", held.text)
    named = sum(int(n) for note in held.notes for n in re.findall(r"\((\d+) character", note.english))
    assert len(set(read)) == len(read)
    assert len(read) + named == writer.written
