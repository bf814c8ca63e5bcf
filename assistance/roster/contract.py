"""The declared layout of both lists: one row per person. Ours has more columns; theirs needs those that are required.

The layout is the platform's proposal: the 2026 documents ask that both groups are identified together and data are
shared, and name no form (domain.md 5.10).
"""

from foundation.tables.columns import LOST_DIGITS, Column, TableColumns
from households.identity.numbers import IdNumber, read_id_number
from households.models import Standing

COLUMNS = (
    Column("身份证号", "id_number", required=True, aliases=("证件号码", "公民身份号码")),
    Column("姓名", "name", required=True),
    Column("救助类别", "kind", required=True, aliases=("保障类别", "对象类别")),
)
#: Words of the third column → kind of standing.
KINDS: dict[str, str] = {
    "低保": Standing.Kind.DIBAO.value,
    "农村低保": Standing.Kind.DIBAO.value,
    "最低生活保障": Standing.Kind.DIBAO.value,
    "特困": Standing.Kind.TEKUN.value,
    "特困人员": Standing.Kind.TEKUN.value,
    "特困供养": Standing.Kind.TEKUN.value,
    "低保边缘": Standing.Kind.DIBAO_MARGIN.value,
    "低保边缘家庭": Standing.Kind.DIBAO_MARGIN.value,
    "刚性支出困难": Standing.Kind.RIGID_EXPENSE.value,
    "刚性支出困难家庭": Standing.Kind.RIGID_EXPENSE.value,
}
ASSISTED = tuple(dict.fromkeys(KINDS.values()))


def id_cell(text: str) -> tuple[str, str]:
    """Read the cell of an ID number: its normal form, or the reason code."""
    shortened = text.startswith(LOST_DIGITS)
    read = read_id_number(text.removeprefix(LOST_DIGITS), from_number=shortened)
    return (read.number, "") if isinstance(read, IdNumber) else ("", read.value)


def kind_cell(text: str) -> tuple[str, str]:
    """Read the cell of the kind: its code, or the reason code."""
    code = KINDS.get(text.strip(), "")
    return (code, "") if code else ("", "not_in_list")


def columns() -> TableColumns:
    """Return the columns of their list with their readings."""
    return TableColumns(COLUMNS, key="id_number", readings={"id_number": id_cell, "kind": kind_cell})
