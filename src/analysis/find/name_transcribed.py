"""Words of jieba's dictionary that are foreign names in letters of transcription.

>>> "福尔摩斯" in words_of_letters()  # Holmes
True
"""

from functools import lru_cache

from analysis.find.cutting import SYLLABLES
from analysis.find.dictionary import dictionary, from_dictionary

# Letters of transcribed names (Xinhua's tables): a foreign name is made of these only.
TRANSCRIBED = frozenset(
    "阿葛埃艾爱安昂奥澳巴白柏班邦保鲍贝本比彼毕宾波玻伯勃博布查昌茨达戴丹当道德登邓迪蒂丁杜顿多恩尔耳法范方菲费芬丰佛夫弗福富盖甘冈高戈格根贡古瓜圭哈海汉豪赫亨洪"
    "胡华怀惠霍基吉加贾简杰金津喀卡凯坎康考柯科克肯孔库夸奎拉莱兰朗劳勒雷里丽利莉连列林琳龙隆卢鲁路伦罗洛吕马玛迈麦曼芒毛梅门蒙孟米密缅明摩莫默姆穆纳奈南内尼"
    "宁纽努诺欧帕派潘庞佩彭皮匹平珀普齐奇契钱强乔切琼丘让热仁日荣茹瑞若撒萨塞赛桑瑟森沙山尚绍舍圣施什石史士舒斯司丝松苏索塔台泰坦汤唐特腾提田廷亭图托陀瓦万旺"
    "威韦维温文翁沃乌武西希锡席夏香肖歇谢辛欣兴休许逊雅亚延扬耶叶伊因英尤于约泽扎詹珍芝治兹朱茱祖佐娜娅妮姬卓瓜澤黛雯莎茜妲娃尤伏依露薛申碧包"
)
# Words of these letters that name no person, place or body: doctrines, peoples, substances, units, sports.
_NO_NAME_WORDS = (
    "苏维埃 法西斯 伊斯兰 布尔什维克 马拉松 高尔夫 奥林匹克 奥运 乌托邦 海洛因 福尔马林 阿拉伯 斯拉夫 日耳曼 拉丁 维吾尔 哈萨克 柯尔克孜 乌孜别克 塔吉克 塔塔尔 纳米 克隆 托福 休克 巴士 沙文 尼龙 "
    "达斡尔 鄂温克 喀斯特 高高兴兴 平平安安 波尔卡 阿米巴 伽马 贝塔 马赛克 巴洛克 卡拉 兰特 普惠 普惠托 托班托 布尔塞维克 穆斯林 斯诺克 史莱姆 卢比 里拉 比索 法郎 马克 马尔克 克朗 卢布 安培 伏特 瓦特 欧姆 焦耳 赫兹 诺贝尔 奥斯卡 迪斯科 芭蕾 沙拉 可兰 古兰 "
    "雅利安 盎格鲁撒克逊 撒克逊 布尔乔亚 拉尼娜 厄尔尼诺 圣诞 尼古丁 安非他 布达拉 达赖 班禅 喇嘛 道德 豪杰 科普 登基 默契 约莫 多达 爱戴 勒索 希奇 威武 博雅 伯伯 比武 哈佛 吉普 摩托 多普勒 贝尔 "
)
NO_NAME = frozenset(_NO_NAME_WORDS.split())


@lru_cache(maxsize=1)
def words_of_letters() -> frozenset[str]:
    """Those words."""
    return frozenset(transcribed_words())


@from_dictionary("transcribed")
def transcribed_words() -> list[str]:
    """Words of jieba's dictionary tagged as transcribed names of persons, or as persons without a Chinese surname, in letters."""
    letters = TRANSCRIBED | SYLLABLES
    return sorted(
        word
        for word, (_, tag) in dictionary().items()
        if len(word) > 2
        and word not in NO_NAME
        and ((tag == "nrt" and len(set(word) - letters) <= (len(word) > 3)) or (tag in ("nr", "ns") and set(word) <= letters))
        and len(set(word) & SYLLABLES) > 1
    )
