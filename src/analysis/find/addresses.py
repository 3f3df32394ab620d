"""Who a speech speaks to: salutations, addresses inside the speech, wishes and thanks at its end.

>>> salutes("各位代表:"), salutes("主席先生、各位貴賓,大家好!"), salutes("我代表國務院報告工作:")
(True, True, False)
"""

import re

LONGEST_SALUTATION = 300  # a national-day address greets a dozen of guests by name and office
LONGEST_WISH = 120
# Comrades, compatriots, friends, delegates, members, guests, gentlemen, ladies, folks, partners, colleagues, soldiers.
PEOPLE = "同志|同胞|侨胞|朋友|代表|委员|来宾|贵宾|嘉宾|先生|女士|乡亲|父老|兄弟|姐妹|姊妹|伙伴|先进|同仁|同学|老师|同事|将士|官兵|青年|听众|观众|使节"
# Chairman, president, minister, head of …, secretary, ambassador, His Excellency, with his wife, presidium.
OFFICE = "主席|总统|总理|[院部市省县州区校局处科司厂社会议董]长|元首|首长|书记|大使|阁下|伉俪|夫妇|夫人|主席团|主任|总裁|顾问|教授|博士"
# Everybody is well, good morning …, happy new year.
GREETING = "(?:大家|你们|各位)?(?:好|早安|午安|晚安|早上好|上午好|下午好|晚上好|新年好|新年快乐|平安)"
_ADDRESSED = re.compile(rf".*各位|(?:尊敬|敬爱|亲爱|可爱)的|全体|全国|(?:.*(?:{PEOPLE})(?:们|$))")
_ADDRESSEE = re.compile(rf"(?!我|本人|现|谨)(?:.*各位|(?:尊敬|敬爱|亲爱)的).+$|.*(?:{PEOPLE}|{OFFICE})们?$|{GREETING}$")
_MARKS = "、，,：:！!。 \u3000"
_PIECES = re.compile(f"[{_MARKS}]+")
# What the last piece ends in, unless it holds 各位 (all of you), 尊敬, 敬爱 or 亲爱 (dear): few lines have any of it.
_LAST = frozenset(word[-1] for word in f"{PEOPLE}|{OFFICE}|们|好|安|快乐".split("|"))
# 各位 (all of you) …, dear …, comrades …: what a paragraph to the audience begins with.
_ONE = rf"(?:各位|(?:尊敬|敬爱|亲爱)的|[^，,。:：!！、]{{0,8}}(?:{PEOPLE})们)[^，,。:：!！、]{{0,30}}"
ADDRESS = re.compile(rf"{_ONE}(?:[、，, ]{_ONE}){{0,8}}[，,!！:：]|[^，,。:：!！、]{{0,6}}(?:{PEOPLE})[!！:：]")
# Wish, respectfully wish, thank you, long live, cheer, God bless.
WISH = re.compile("(?<!庆)祝(?!贺)|谢谢|感谢(?:大家|各位|你们)|万岁|高呼|欢呼|天佑")


def salutes(line: str) -> bool:
    """Whether a Simplified line is a salutation and nothing else: every piece of it is somebody spoken to, or a greeting."""
    last = line.rstrip(_MARKS + "\n")[-1:]
    if last not in _LAST and "各位" not in line and "敬" not in line and "亲爱" not in line:
        return False
    size = len(line)
    if size > LONGEST_SALUTATION or line[-1] in "；;…）)" or 0 <= line.find("。") < size - 1:
        return False
    pieces = [piece for piece in _PIECES.split(line) if piece]
    return all(map(_ADDRESSEE.match, pieces)) and any(map(_ADDRESSED.match, pieces))
