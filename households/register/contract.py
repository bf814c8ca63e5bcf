"""The contract of the register file: its columns, and which words of the sender mean which code.

Codes are those of foundation/regulations/values/codes; the words are those of the national platform's exports and the
forms that counties keep beside it. A word that no list knows is kept as it was sent, unless it is a number: another
list's number must never be taken for one of ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foundation.regulations.lookup import value
from foundation.tables.columns import Column, TableColumns

COLUMNS = TableColumns(
    (
        Column("户编号", "household", required=True),
        Column("行政区划代码", "area", required=True),
        Column("村民小组", "group_name"),
        Column("户类型", "household_type", required=True),
        Column("详细地址", "address"),
        Column("联系电话", "phone"),
        Column("姓名", "name", required=True),
        Column("身份证号", "number", required=True, aliases=("证件号码", "公民身份号码")),
        Column("与户主关系", "relation", required=True),
        Column("民族", "ethnicity"),
        Column("文化程度", "education"),
        Column("在校生状况", "school_stage"),
        Column("健康状况", "health"),
        Column("劳动能力", "labour"),
        Column("务工地点", "work_place"),
        Column("务工月数", "work_months"),
        Column("是否参加医保", "insured"),
        Column("享受低保", "dibao"),
        Column("享受特困", "tekun"),
        Column("人均纯收入", "income"),
        Column("住房等级", "house_grade"),
        Column("饮水安全", "water_safe"),
    ),
    key="number",
)
HEADERS = {column.field: column.header for column in COLUMNS.columns}
FIELDS = tuple(HEADERS)


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of one column: the list of codes behind it (or none), further words, and whether others are refused.

    `longest`: characters of a word that may be kept as it was sent; 0 where only a code can be kept.
    """

    codes: str = ""
    words: Mapping[str, str] | None = None
    closed: bool = False
    longest: int = 0


WORDS: dict[str, WordList] = {
    "household_type": WordList(words={"一般户": "no", "脱贫户": "yes"}, closed=True),
    "relation": WordList(
        "relations_to_head",
        {
            "本人": "01", "户主本人": "01",
            "妻": "02", "夫": "02", "妻子": "02", "丈夫": "02", "之妻": "02", "之夫": "02",
            "子": "03", "儿子": "03", "长子": "03", "次子": "03", "三子": "03", "独生子": "03",
            "女": "04", "女儿": "04", "长女": "04", "次女": "04", "三女": "04", "独生女": "04",
            "儿媳": "05", "儿媳妇": "05", "女婿": "06",
            "孙子": "07", "孙女": "08", "外孙子": "09", "外孙": "09", "外孙女": "10",
            "父": "11", "父亲": "11", "母": "12", "母亲": "12",
            "岳父": "13", "岳母": "14", "公公": "15", "婆婆": "16",
            "祖父": "17", "祖母": "18", "外祖父": "19", "外祖母": "20",
            "兄弟姐妹": "21", "之兄": "21", "之弟": "21", "之姐": "21", "之妹": "21",
            "兄": "21", "弟": "21", "姐": "21", "妹": "21",
            "曾孙子": "22", "曾孙女": "23", "侄儿": "24", "侄子": "24", "侄女": "25",
            "兄弟媳妇": "26", "叔伯": "27",
        },
        longest=20,
    ),
    "education": WordList(
        "education_levels",
        {
            "研究生及以上": "10", "本科及以上": "20", "本科": "20", "大学": "20", "大专": "30", "专科": "30",
            "中专": "40", "中职": "40", "高中": "60", "文盲或半文盲": "90", "文盲": "90",
        },
        longest=20,
    ),
    "school_stage": WordList(
        "school_stages",
        {
            "初一": "04", "初二": "05", "初三": "06", "高一": "07", "高二": "08", "高三": "09",
            "非在校生": "", "不在校": "", "无": "",
        },
        longest=20,
    ),
    "health": WordList("health_states", closed=True),
    "labour": WordList("labour_abilities", {"弱劳动力": "3", "半劳动力": "3"}, longest=20),
    "insured": WordList(
        words={
            "是": "true", "已参保": "true", "参保": "true", "已参加": "true", "参加": "true", "有": "true",
            "TRUE": "true", "城乡居民基本医疗保险": "true", "城镇职工基本医疗保险": "true", "居民医保": "true",
            "职工医保": "true", "新农合": "true", "否": "false", "未参保": "false", "未参加": "false",
            "无": "false", "FALSE": "false",
        }
    ),
    "dibao": WordList(words={"未享受": "none", "农村低保": "rural", "城市低保": "urban"}, closed=True),
    "tekun": WordList(words={"未享受": "none", "农村特困": "rural", "城市特困": "urban"}, closed=True),
    "house_grade": WordList(
        words={
            "A": "A", "B": "B", "C": "C", "D": "D", "A级": "A", "B级": "B", "C级": "C", "D级": "D",
            "a": "A", "b": "B", "c": "C", "d": "D",
        },
        longest=10,
    ),
    "water_safe": WordList(words={"是": "true", "否": "false"}, closed=True),
}  # fmt: skip


def words(area: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield field, word and code of every word that is understood, the labels of the lists in force among them."""
    for field, listed in WORDS.items():
        known = dict(listed.words or {})
        if listed.codes:
            known |= {item["zh"]: item["code"] for item in value(listed.codes, area=area).items}
        for word, code in known.items():
            yield field, word, code
