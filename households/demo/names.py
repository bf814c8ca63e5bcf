"""What the invented people are called: common surnames and given names, put together by chance.

The households of the stories, and the staff, are called after the 24 solar terms instead, and nobody else is.
"""

from foundation.accounts.demo.names import SOLAR_TERMS
from households.demo.chance import Chance, Weighted
from households.demo.numbers import FEMALE, MALE

_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
)
_LESS = "沈钟姜崔谭陆范汪廖石金贾夏付方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
SURNAMES = Weighted(
    {surname: 60 / (place + 8) for place, surname in enumerate(_COMMON)} | dict.fromkeys(_LESS, 0.4)
)
#: Characters of given names by sex and by generation: born before 1970, before 2000, since.
_GIVEN = {
    MALE: (
        "国建军明德福贵金玉林成文华荣兴发财富宝祥忠义和平生根山海长春永正全有万学光良树云天开永贤",
        "伟强勇军杰涛超明刚平辉鹏飞波斌磊凯峰龙亮俊东海宁健旭洋毅翔鑫林雷阳帆志文建新浩宇庆松",
        "浩宇轩子涵梓睿泽俊博文杰昊然辰逸晨皓天佑嘉铭志远诚思源明哲一凡雨航家豪承泽瑞霖",
    ),
    FEMALE: (
        "秀英桂兰玉珍凤琴芳莲香菊翠云素梅月华淑贞美春花金银爱群先碧清仙桃彩连娥珠巧惠珍",
        "丽敏静艳娟霞燕玲红梅芳莉萍慧婷倩雪晶洁娜琳丹颖璐蓉琴欣晓春雅文佳薇瑶小海",
        "梓涵欣怡诗雨佳思语嫣然可馨雅静一诺若曦依诺子萱梦琪紫妍欣妍雨桐芷晴安琪婉婷奕彤",
    ),
}
_TERMS = frozenset(SOLAR_TERMS)


def surname(chance: Chance) -> str:
    """Return a surname, the common ones more often."""
    return chance.of(SURNAMES)


def full_name(chance: Chance, family: str, sex: str, born: int) -> str:
    """Return a name for somebody of a surname, sex and year of birth; one in five has one character after it."""
    pool = _GIVEN[sex][0 if born < 1970 else 1 if born < 2000 else 2]
    first = chance.one_of(pool)
    if chance.happens(0.2):
        return family + first
    given = first + chance.one_of(pool)
    return family + (first if given in _TERMS else given)
