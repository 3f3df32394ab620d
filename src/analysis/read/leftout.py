"""Names of the parts of a page or document that hold text and are not read into the speech.

>>> left_out({"menu": 120, "footer": 30}).details["what"][0]
'menu (120 characters), footer (30 characters)'
"""

from collections.abc import Mapping

from analysis.read.errors import Note, note

PARTS: Mapping[str, str] = {
    "menu": "選單",
    "list of links": "連結列表",
    "side column": "側欄",
    "footer": "頁尾",
    "header": "頁首",
    "form": "表單",
    "hidden text": "隱藏文字",
    "deleted text": "已刪除文字",
    "ruby readings": "注音",
    "footnote marks": "註腳標記",
    "footnotes": "註腳",
    "endnotes": "章節附註",
    "comments": "批註",
    "table of contents": "目錄",
    "codes of fields": "功能變數代碼",
    "running heads and page numbers": "頁眉頁碼",
    "symbols of a picture font": "圖形字型符號",
    "text of a drawing": "圖形文字",
    "text of a frame": "內嵌框架文字",
    "text behind an unclosed tag": "未關閉標籤之後的文字",
    "slanted text": "斜置文字",
    "remarks on the page": "頁面註解",
}


def left_out(characters: Mapping[str, int]) -> Note:
    """A note that names each part and how many characters it has; blanks are not counted by the caller."""
    return note("W_LEFT_OUT", what=named(characters))


def named(characters: Mapping[str, int]) -> tuple[str, str]:
    """The parts and their numbers of characters, in English and in Chinese."""
    english = ", ".join(f"{part} ({n} character{'s' * (n != 1)})" for part, n in characters.items())
    return english, "、".join(f"{PARTS[part]}({n} 字)" for part, n in characters.items())
