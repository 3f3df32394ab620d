"""Words that end the names of bodies, firms and facilities.

>>> "教育局".endswith(TAILS)  # bureau of education
True

They say how a name may end, not that it does: that is for the finders.
"""

# Words that end the name of a body.
_TAILS_WORDS = (
    "政府 总工会 委员会 常委会 党委 人大 政协 法院 检察院 大学 学院 公司 集团 银行 农商行 协会 学会 联合会 总会 基金会 研究院 研究所 医院 军区 联盟 议会 国会 电视台 电台 报社 出版社 交易所 博物馆 图书馆 中学 "
    "小学 省委 市委 县委 区委 旗委 州委 书记处 政治局 办公室 办公厅 总局 总署 总公司 当局 工厂 气象局 科学院 纪委 监委 军委 妇联 工商联 科协 文联 残联 团委 党组 联社 总社 商会 公会 政治协商会议 人民代表大会 "
    "党校 总督府 代表团 热电站 水电站 发电站 发电厂 电厂 球队 女足 男足 俱乐部 创新中心 研究中心 疾控中心 大使馆 使馆 领事馆 代表处 交响乐团 剧院 实验室 航空公司 股份 铁路局 电力局 警察局 警署 商学院 医学院 师范学院 教育局 教育厅 财政厅 卫生厅 "
)
TAILS = tuple(_TAILS_WORDS.split())
# Single characters that end a body's name only as the end of a longer noun (财政部, 教育局).
SHORT_TAILS = frozenset("部局厅署军党厂")
PUBLISHER = "出版社"
FIRMS = ("集团", "公司", "银行", "集团公司", "股份有限公司", "有限公司")
# Lines of business that end the name of a firm after a name or a place (友邦保险, 香港航空), and other bodies.
_LINES_WORDS = "保险 航空 汽车 电器 证券 洋行 煤矿 拍卖行 唱片 影业 百货 饭店 日报 晚报 时报 书院 俱乐部 乐团 足球队 商会 铁路公司 教会 教廷 "
LINES = tuple(_LINES_WORDS.split())
# What stands at a place and has a name of its own.
_FACILITY_WORDS = (
    "机场 火车站 车站 体育场 体育馆 植物园 动物园 公园 广场 大桥 隧道 水库 风景区 景区 度假区 开发区 产业园 科技园 工业园 校区 小区 教堂 大厦 纪念碑 纪念堂 "
    "农场 林场 油田 煤矿 湿地 保护区 大酒店 酒店 码头 遗址 故居 陵园 古镇 古城 高铁站 口岸"
)
FACILITIES = tuple(_FACILITY_WORDS.split())
