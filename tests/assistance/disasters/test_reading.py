"""An emergency list: household numbers and ID numbers, pasted or in a file."""

import io

import pytest

from assistance.disasters.reading import read_file, read_text
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.models import Household
from tests.households.families import HEAD, SAID, id_number, make_household

pytestmark = pytest.mark.django_db


def number_of(order: int) -> str:
    """Return the ID number of the head of YS… with this order (tests.households.families)."""
    return id_number("999901", SAID[HEAD][0], 2 * (order % 490) + 1)


def test_lines_name_households_by_their_number_or_a_persons(
    homes: list[Household], people: dict[str, User]
) -> None:
    text = f"YS000100 严重\n{number_of(101)}，倒塌\nYS000102\nYS999999 严重\n\n"
    read = read_text(text, "affected", by=people["zhen"])
    assert read.harms == {homes[0].pk: "heavy", homes[1].pk: "heavy", homes[2].pk: "affected"}
    assert (read.lines, read.unknown) == (4, [4])


def test_the_heavier_harm_of_two_lines_counts(homes: list[Household], people: dict[str, User]) -> None:
    read = read_text("YS000100 倒塌\nYS000100 一般", "affected", by=people["zhen"])
    assert read.harms == {homes[0].pk: "heavy"}


def test_the_file_of_the_emergency_office_is_read(homes: list[Household], people: dict[str, User]) -> None:
    rows = [
        "户主身份证号,户主姓名,灾种,受灾日期,房屋损坏,直接经济损失",
        f"{number_of(100)},沈立夏,洪涝,2026-10-30,严重,20000",
        f"{number_of(101)},沈立夏,洪涝,2026-10-30,无,300",
    ]
    read = read_file(io.BytesIO("\n".join(rows).encode("gb18030")), "heavy", by=people["zhen"])
    assert read.harms == {homes[0].pk: "heavy", homes[1].pk: "affected"}


def test_a_file_without_such_a_column_is_refused(people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        read_file(io.BytesIO("姓名,电话\n甲,1\n".encode()), "heavy", by=people["zhen"])


def test_households_of_other_areas_are_unknown(homes: list[Household], people: dict[str, User]) -> None:
    far = make_household("LX000100", "马白露", area="999902001001", by=people["lin_xian"])
    read = read_text(f"{far.code}\nYS000100", "affected", by=people["zhen"])
    assert read.harms == {homes[0].pk: "affected"}
