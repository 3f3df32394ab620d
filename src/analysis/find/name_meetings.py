"""Documents and meetings: names with a fixed frame.

>>> [c.name for c in documents("印发《关于加强和改进党的群团工作的意见》")]
['《关于加强和改进党的群团工作的意见》']

A document is what stands in 《》, marks included. A meeting is its longest mention: whose, which session, what about
(旗总工会七届二次全委(扩大)会议). A bare 会议 or 大会 names no meeting and is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from analysis.find.name_lists import DOCUMENT, MEETING
from analysis.find.name_marks import STOP
from analysis.find.name_words import Candidate, Words, by_text

_DOCUMENT = re.compile("《[^《》]{1,80}(?:《[^《》]{1,80}》[^《》]{0,80})?》")

_NUMBER = "[0-9xX×〇零一二两三四五六七八九十百]{1,5}"
# A character of a place's name: no word of grammar before one (在上海市第…, 完成了市十六届…, 2月3日在宁夏…).
_LETTER = "(?:(?![在了于照对把向从经日的各我本该全和])[\u4e00-\u9fff])"
# Whose meeting: 党的 the Party's, 省委 the provincial committee, 旗总工会 the banner's federation of unions, 广东省.
_WHOSE = f"(?:(?:中国共产党|中华人民共和国|中国工会|中共|全国|中央|党的?|自治区党委|[省市县旗区州](?:委|总工会|总|政协|人大)?|自治区|全总|{_LETTER}{{2,3}}[省市县旗]|{_LETTER}{{2,6}}自治区(?:党委)?)的?)?"
# The session: 十二届七次, 第十四届, xx届三中、四中、五中 (one meeting word for several).
_TERM = f"(?:第?{_NUMBER}届)"
_TURN = f"(?:第?{_NUMBER}[次中])"
_SESSION = f"(?:{_TERM}(?:[、和及](?:{_TERM})?{_TURN}|{_TURN})*)"
_BODY = "(?:全国人民代表大会(?:常务委员会)?|人民代表大会(?:常务委员会)?|全国委员会|中央委员会|中央纪律检查委员会|全国人大(?:常委会)?|人大(?:常委会)?|政协|全国政协|省委|市委)"
_KIND = "(?:全体会议|全会|全体\\(扩大\\)会议|全委\\(扩大\\)会议|全委（扩大）会议|全委会议|全委会|执委会议|执委会|常委会议|代表大会|代表会议|会员大会|党代会|人代会|会议)"

_CONGRESS = re.compile("党的([七八九十])大|第([七八九十])次全国代表大会")
# Strings one of which every match holds, and the pattern.
_Pattern = tuple[tuple[str, ...], re.Pattern[str]]
_MEETINGS: tuple[_Pattern, ...] = (
    # 1. A session of a body: 省委六届九次全会, 第十四届全国人民代表大会第二次会议, 党的xx届三中、四中、五中全会.
    (("届",), re.compile(f"{_WHOSE}{_SESSION}{_BODY}?(?:第?{_NUMBER}次)?{_KIND}")),
    # 2. A congress by its number: 第二十次全国代表大会, 党的二十大.
    (
        ("代表大会", "代表会议"),
        re.compile(
            f"(?:中国共产党|中国工会|中国共产主义青年团|中国妇女|党的|(?:苏联|越南|古巴|老挝|日本|法国|美国|英国|印度|尼泊尔|希腊|西班牙|葡萄牙|意大利|俄罗斯|朝鲜|蒙古)共产党)?第{_NUMBER}次(?:全国)?(?:代表大会|代表会议|妇女代表大会)"
        ),
    ),
    (
        ("十一大", "十二大", "十三大", "十四大", "十五大", "十六大", "十七大", "十八大", "十九大", "二十大"),
        re.compile(
            "(?:党的|中共|中国工会)?(?<![一二三四五六七八九十百第])(?:十[一二三四五六七八九]|二十)大(?![类项个型批件重力])"
        ),
    ),
    (("党的七大", "党的八大", "党的九大", "党的十大"), re.compile("党的[七八九十]大(?![类项个型批件重力])")),
    (
        ("七大", "八大", "九大", "十大"),
        re.compile(
            "(?<![一二三四五六七八九十百第〇零的])[七八九十]大(?=以来|以前|以后|之后|之前|期间|路线|精神|决议|政治报告|报告|党章|开幕|闭幕|召开|通过|提出)"
        ),
    ),
    # 3. A bare session, its number gone before: 五中全会, 三中全会.
    (("中全会",), re.compile(f"{_WHOSE}(?<!十)[一二三四五六七八九]中全会")),
    # All sessions of a term: 二十届历次全会.
    (("届历次",), re.compile(f"{_WHOSE}{_TERM}历次(?:中央)?(?:全会|全体会议)")),
    # 4. The two sessions.
    (("两会",), re.compile("(?:全国|省|市|县)?[“「『]?两会[”」』]?(?=期间|精神|上|召开|[,，。、])")),
    # 5. A working meeting of a named level about a named matter: 党的群团工作会议, 中央经济工作会议, 全县工会工作会议.
    (
        ("工作会议", "座谈会议", "表彰会议", "动员会议", "工作大会", "座谈大会", "表彰大会", "动员大会"),
        re.compile(
            "中央工作会议|(?:中央|全国|全省|全市|全县|全区|全旗|省委|市委|县委|党的)(?:和省委)?(?:党的)?[\u4e00-\u9fff]{2,10}?(?:工作|座谈|表彰|动员)(?:会议|大会)"
        ),
    ),
    # 6. A gathering of the world, the country or a region about a named matter: 世界制造业大会, 全国城市更新工作推进会.
    (
        ("世界", "全国", "全球", "国际", "亚洲", "亚太", "中国", "全省", "全市"),
        re.compile(
            "(?:世界|全国|全球|国际|亚洲|亚太|中国|全省|全市)(?!各)[\u4e00-\u9fff]{2,9}?(?<!代表)(?<!群众)(?:大会|论坛|峰会|推进会|座谈会|博览会|交易会|现场会|电视电话会议)"
        ),
    ),
    # 7. A gathering of an organisation: 亚太经合组织领导人非正式会议, 上海合作组织青岛峰会, 中非合作论坛北京峰会.
    (
        ("联合国", "集团", "经合组织", "经济合作组织", "上合组织", "东盟", "国家", "论坛", "欧盟", "北约", "上海合作组织"),
        re.compile(
            "(?:联合国|二十国集团|亚太经合组织|亚太经济合作组织|上海合作组织|上合组织|东盟|金砖国家|中非合作论坛|欧盟|北约|七国集团|八国集团)[\u4e00-\u9fff]{0,8}?(?:峰会|领导人(?:非正式)?会议|首脑会议|外长会议|部长级会议)|"
            "(?:首届|第[一二三四五六七八九十]{1,3}届)?“一带一路”国际合作(?:高峰)?论坛|博鳌亚洲论坛(?:[0-9]{4}年)?年会"
        ),
    ),
    # 8. A forum in a list of gatherings, from its comma to its last word.
    (
        ("大会、", "论坛、", "峰会、"),
        re.compile(
            "(?<=大会、)[A-Za-z\u4e00-\u9fff（）()]{2,24}?(?:大会|论坛|峰会)|(?<=论坛、)[A-Za-z\u4e00-\u9fff（）()]{2,24}?(?:大会|论坛|峰会)|(?<=峰会、)[A-Za-z\u4e00-\u9fff（）()]{2,24}?(?:大会|论坛|峰会)"
        ),
    ),
    # 9. A named gathering: 上海合作组织峰会, 第十五届全国运动会.
    (
        ("届",),
        re.compile(
            f"(?:(?:[省市县]|自治区)?第{_NUMBER}届)(?:中国|全国|世界|亚洲|国际|冬季|夏季|[\u4e00-\u9fff]{{2,6}})?(?:运动会|奥运会|亚运会|博览会|残运会|冬奥会|世博会|进博会|峰会|论坛)(?:开幕式|闭幕式)?"
        ),
    ),
)


# Clauses up to this length are remembered.
LONGEST_REMEMBERED = 60


def documents(shadow: str) -> Iterator[Candidate]:
    """Titles in 《》, with their marks."""
    for match in _DOCUMENT.finditer(shadow):
        yield Candidate(match.start(), match.end(), DOCUMENT, match[0])


def meetings(words: Words) -> Iterator[Candidate]:
    """Meetings with whose, which session or what about."""
    shadow = words.shadow
    for clauses in by_text(words, list(_clauses(words))):
        congresses = _congresses(shadow, clauses)
        for start, end in clauses:
            clause = shadow[start:end]
            asked = _asked(clause) if len(clause) <= LONGEST_REMEMBERED else _needed(clause, _MEETINGS)
            for pattern in (*asked, *_needed(clause, congresses)) if congresses else asked:
                # One character more, for a look ahead.
                for match in pattern.finditer(shadow, start, end + 1):
                    name = match[0].replace("（", "(").replace("）", ")")
                    yield Candidate(match.start(), match.end(), MEETING, name)


@lru_cache(maxsize=4096)
def _asked(clause: str) -> tuple[re.Pattern[str], ...]:
    """The patterns a clause may hold; laws repeat their clauses."""
    return _needed(clause, _MEETINGS)


def _needed(clause: str, patterns: Iterable[_Pattern]) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern for needs, pattern in patterns if any(map(clause.__contains__, needs)))


def _clauses(words: Words) -> Iterator[tuple[int, int]]:
    """The stretches between stops that may hold a meeting."""
    ends = words.hints.ends
    stops = ends[words.marks.characters[ends] & STOP != 0]
    # Each once, in order.
    for clause in dict.fromkeys(np.searchsorted(stops, words.hints.meetings).tolist()):
        yield int(stops[clause - 1]) + 1 if clause else 0, int(stops[clause])


def _congresses(shadow: str, clauses: Sequence[tuple[int, int]]) -> list[_Pattern]:
    """Bare 九大 where the text says 党的九大 or 第九次全国代表大会 too; elsewhere it counts nine big things."""
    told = {match[1] or match[2] for start, end in clauses for match in _CONGRESS.finditer(shadow, start, end)}
    return [((f"{n}大",), re.compile(f"(?<![一二三四五六七八九十百第〇零]){n}大(?![类项个型批件重力])")) for n in sorted(told)]
