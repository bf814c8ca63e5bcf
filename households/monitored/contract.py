"""The contract `monitored_objects` (datasets.md section 5): one row per person of a monitored household."""

from dataclasses import dataclass

from foundation.regulations.lookup import book
from foundation.tables.columns import Column, TableColumns
from households.models import Standing
from households.register.contract import words as register_words

RISKS = 5
#: Fields of the risk columns, the main one first.
RISK_FIELDS = tuple(f"risk_{number}" for number in range(1, RISKS + 1))
COLUMNS = (
    Column("户编号", "household", required=True),
    Column("行政区划代码", "area", required=True),
    Column("姓名", "name", required=True),
    Column("身份证号", "id_number", required=True, aliases=("证件号码", "公民身份号码")),
    Column("与户主关系", "relation", required=True),
    Column("监测对象类别", "category", required=True),
    *(
        Column(f"风险类型{number}", field, required=number == 1)
        for number, field in enumerate(RISK_FIELDS, start=1)
    ),
    Column("识别监测时间", "identified", required=True),
    Column("风险是否已消除", "removed", required=True),
    Column("风险消除时间", "removed_in", aliases=("消除监测时间",)),
    Column("风险消除方式", "removal_way"),
    Column("帮扶责任人", "helper"),
    Column("帮扶措施", "measures"),
    Column("纳入时人均纯收入", "income"),
)
HEADERS = {column.field: column.header for column in COLUMNS}

#: What people call the third category besides its names in the law of an area.
_ALSO_CATEGORIES = {"突发严重困难户": "sudden", "突发困难户": "sudden"}
#: What forms and exports call some risks besides their names in the list (domain.md 2.8, 3.3).
_ALSO_RISKS = {
    "因灾": "02",
    "自然灾害": "02",
    "因缺劳动力": "04",
    "因意外": "05",
    "意外事故": "05",
    "因产业失败": "06",
    "产业项目失败": "06",
    "因务工不稳": "07",
    "务工就业不稳": "07",
    "因住房": "housing",
    "因饮水": "water",
    "其他原因": "99",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a file stand for: word → code, for each list."""

    categories: dict[str, str]
    risks: dict[str, str]
    removal_ways: dict[str, str]
    relations: dict[str, str]


def words() -> Words:
    """Return the words of the lists, those of every area and time: a file may be old, or another county's."""
    kinds = {kind.value for kind in Standing.MONITORED}
    categories = {word: code for word, code in _names("category_names").items() if code in kinds}
    return Words(
        categories={**_ALSO_CATEGORIES, **categories},
        risks={**_ALSO_RISKS, **_names("risk_types")},
        removal_ways=_names("removal_ways"),
        relations={word: code for field, word, code in register_words() if field == "relation"},
    )


def table_columns(**readings: object) -> TableColumns:
    """Return the columns as the reader of tables wants them."""
    return TableColumns(COLUMNS, key="id_number", readings=readings)  # type: ignore[arg-type]


def _names(subject: str) -> dict[str, str]:
    return {
        item["zh"]: item["code"] for row in book().values() if row.subject_id == subject for item in row.items
    }
