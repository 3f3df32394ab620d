"""What web pages put around a speech: buttons and a trail (home > news) on top, links and a licence box behind it.

>>> text = "同志們好。\\n責任編輯:張三\\n"  # hello comrades; the page's editor
>>> text[before_tail(text, 0, len(text)) :]
'責任編輯:張三\\n'

It knows such lines by how they begin, and reads no page: that is `html`.
"""

import re

from analysis.read.lines import Lines, lines_back

SENTENCE_ENDS = "。!?！？;；"
SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}]")
# Lines that web pages put around a speech: more, source, editor, related, previous, next, share, print, close, scan; host,
# registration number, contact, site map, date of release, times read, back to the list, categories.
FURNITURE = re.compile(
    "^[【\\[(（》]*\\s*(?:更多|本文[来來]源|文章[来來]源|[来來]源|出[处處]|[责責]任?[编編][辑輯]|[编編][辑輯]|相[关關](?:[报報][道導]|文[档檔章]|[阅閱][读讀]|推[荐薦]|[链鏈連]接)"
    "|上一[篇页頁]|下一[篇页頁]|推[荐薦][阅閱][读讀]|延伸[阅閱][读讀]|猜你喜[欢歡]|看[过過了]|版[权權]|分享到|打印|列印|[关關][闭閉]|扫一扫|掃一掃|[点點][击擊閱]"
    "|以上(?:就是|是).{0,40}(?:全部|分享|整理)|返回(?:[顶頂首]|上)|免[责責]|Public domain$|Public domain[Pp]"
    "|主[办辦](?:[单單]位)?[:：]|承[办辦](?:[单單]位)?[:：]|[备備]案[号號]|.{0,2}ICP[备備]|[网網]站(?:[标標][识識]|地[图圖])|.{0,2}公[网網]安[备備]"
    "|[联聯][系絡络]我[们們]|[Cc]opyright|©|收藏|[发發]布(?:日期|[时時][间間])[:：]|[发發]佈(?:日期|時間)[:：]|[浏瀏][览覽](?:次[数數]|人次|量)|最[后後]更新|更新日期"
    "|回(?:上一[页頁]|列表|首[页頁])|分[类類][:：]|[隐隱]藏分[类類]|取自[「“]|[检檢]索自)"
)
# The licence boxes of Wikisource (this work is … / comes from …) and of sites: where otherwise noted, Creative Commons.
_LICENCE = re.compile(
    "^(?:(?:本|此|[这這]部?)作品(?:[来來]自|是|在|原|[为為]|可|依|根[据據]|[属屬]|的|不)|PD-|Public domain"
    "|本[页頁]面?(?:最[后後]|.{0,30}(?:知[识識]共享|授[权權]))|除(?:非|了)?.{0,8}另有.{0,6}[声聲注註]明|.{0,12}Creative Commons)"
)
# What each of them has somewhere.
_OF_LICENCE = re.compile("作品|PD-|Public domain|本[页頁]|另有|Creative Commons")
TAIL = 3_000  # characters at the end of a text in which licence boxes and lists of links are looked for
FEWEST_BUTTONS = 3  # lines on top of a page before they are taken for its buttons
_ARROWS = (">", "＞", "»", "›", ">>")
WEB_LINE = 60  # characters: a longer line behind a furniture line is speech again
# Download, print, full screen, bookmark, font size: larger, reset, smaller; you are here.
BUTTON = re.compile(
    "[\u200b\ufeff]+|下[载載]|打印|列印|全屏|收藏|【?字[号號体體]:?：?|加大|[还還]原|[减減]小|大|中|小|[】>|]|首[页頁]"
    "|(?:您的|[当當]前)位置[:：]"
)


def after_head(lines: Lines) -> int:
    """Where the text begins under the buttons and the trail (home > news) that a page puts on top; 0 where there are none."""
    for number, line in enumerate(lines.texts):
        beside = any(near in _ARROWS for near in lines.texts[max(0, number - 1) : number + 2])
        in_trail = beside and len(line) <= WEB_LINE and not SENTENCE_END.search(line)
        if not in_trail and not BUTTON.fullmatch(line):
            return lines.starts[number] if number >= FEWEST_BUTTONS else 0
    return 0


def before_tail(text: str, first: int, stop: int) -> int | None:
    """Where the licence box or the page's links begin behind a speech, both up to `stop`; None where there are none.

    They begin behind the line that begins at `first`.
    """
    first = max(first + 1, stop - TAIL)
    tail = None
    if _OF_LICENCE.search(text, first, stop):
        boxes = (start for start, line in lines_back(text, first, stop) if _LICENCE.match(line))
        tail = min(boxes, default=None)
    for start, line in lines_back(text, first, stop if tail is None else tail):
        if FURNITURE.match(line):
            tail = start
        elif len(line) > WEB_LINE or SENTENCE_END.search(line):
            break
    return tail
