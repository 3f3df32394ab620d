"""Places and organisations: known ones, and those whose last word says what they are.

>>> from analysis.read.lexicons import load
>>> from analysis.find.name_words import cut
>>> lexicons = load()
>>> [(c.kind, c.name) for c in bodies(cut("海南省总工会和省委", lexicons), [], lexicons)]
[('organisation', '省委')]

A body is a place (or a level: 省 province, 旗 banner) followed by the words of its office: 天津市政府, 县总工会. A kind of body
without a place (各级工会 unions at every level, 政府 government) names none and is left alone.
"""

import re
from collections.abc import Iterable, Iterator

from analysis.find.cutting import dictionary
from analysis.find.name_words import AREAS, ORGANISATION, PLACE, Candidate, Words
from analysis.read.lexicons import Lexicons

# Words that end the name of a body; the single characters only at the end of a longer word (财政部, 教育局).
TAILS = tuple(
    "政府 总工会 委员会 常委会 党委 人大 政协 法院 检察院 大学 学院 公司 集团 银行 协会 学会 联合会 总会 基金会 研究院 研究所 医院 军区 联盟 议会 国会 电视台 电台 "
    "报社 出版社 交易所 博物馆 图书馆 中学 小学 学校 省委 市委 县委 区委 旗委 州委 书记处 政治局 办公室 办公厅 总局 总署 总公司 共和国 当局 王国 工厂 气象局 科学院 纪委 监委 "
    "军委 妇联 工商联 科协 文联 残联 团委 党组 联社 总社 商会 同业公会 政治协商会议 人民代表大会 党校".split()
)
SHORT_TAILS = frozenset("部局厅署院军党队厂社办委")
# Parts of speech that a body's name is made of.
INSIDE = frozenset(("n", "vn", "nz", "nt", "ns", "j", "b", "an", "l", "nr", "nrt", "v", "a", "s", "f", "ng", "vd", "i"))
MOST_WORDS = 8
# A level's office: 省委, 县政府, 旗总工会; not of every one (各级, 全县各), not inside a longer word.
_LEVEL = re.compile(
    "(?<![各级全几两该一-龥]区)(?<![各级全几外跨])(?:自治区|[省市县区旗州镇乡])"
    "(?:党委|人民政府|人大常委会|总工会|纪委监委|政府|政协|人大|纪委|监委|妇联|工商联|委常委会|委宣传部|委组织部|委办公室|委统战部|委党校|委(?![员托派会任屈])|总(?=[今明去要年决已的和、,，]))"
)
_NOT_OFFICE = re.compile("[的了着和与及或在是对把将从向为被让使由等]")


def bodies(words: Words, places: Iterable[Candidate], lexicons: Lexicons) -> Iterator[Candidate]:
    """Organisations: a place or a level with its office."""
    for match in _LEVEL.finditer(words.shadow):
        yield Candidate(match.start(), match.end(), ORGANISATION, match[0])
    for place in places:
        end = _office_end(words, place.end)
        if end:
            yield Candidate(place.start, end, ORGANISATION, words.shadow[place.start : end])


def _office_end(words: Words, start: int) -> int:
    """Where the office that begins at `start` ends; 0 where there is none."""
    end, first = 0, words.at(start)
    if first >= len(words.words) or words.starts[first] != start:
        return 0
    for place in range(first, min(first + MOST_WORDS, len(words.words))):
        word = words.words[place]
        tag = dictionary().get(word, (0, ""))[1]
        if tag not in INSIDE or _NOT_OFFICE.fullmatch(word):
            break
        if word.endswith(TAILS) or (len(word) > 1 and word[-1] in SHORT_TAILS and tag in ("n", "nt", "j", "nz")):
            end = words.starts[place] + len(word)
    return end


def unknown_places(words: Words) -> Iterator[Candidate]:
    """Places no dictionary has: two or three single characters and the word of an area (x x 县)."""
    pieces, starts = words.words, words.starts
    for place, word in enumerate(pieces):
        if word in AREAS and place >= 2 and len(pieces[place - 1]) == len(pieces[place - 2]) == 1:
            start = starts[place - 2]
            if all("\u4e00" <= c <= "\u9fff" and dictionary().get(c, (0, "n"))[1] in ("n", "ns", "nr", "nz", "g", "zg", "ng", "j", "nrt", "nrfg") for c in pieces[place - 2 : place]):
                yield Candidate(start, starts[place] + 1, PLACE, words.shadow[start : starts[place] + 1])
