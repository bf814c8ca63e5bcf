"""A row that slipped: numbers of people beyond the last column, masked on the page and whole in the workbook."""

import io
from collections.abc import Callable

from django.test import Client
from python_calamine import CalamineWorkbook

from foundation.accounts.models import User
from tests.monitoring.intake.files import number, taken

SignedIn = Callable[[str], Client]


def test_cells_beyond_the_header_are_masked_on_the_page_and_whole_in_the_workbook(
    signed_in: SignedIn, people: dict[str, User]
) -> None:
    """A comma too many pushes the number of somebody out of its column."""
    spaced = f"{number(3)[:6]} {number(3)[6:14]} {number(3)[14:]}"
    file = io.BytesIO(
        (
            "结算流水号,姓名,就诊类别,结算日期,医疗总费用,个人自付,身份证号\n"
            f"J1,沈立夏,住院,2026-10-05,2,1,{number(1)}\n"
            f"J2,沈,立夏,住院,2026-10-05,2,1,{number(2)}\n"
            f"J3,{spaced},住院,2026-10-05,2,1,x,{spaced}\n"
        ).encode()
    )
    made = taken(people["yibao"], file=file)
    assert made.rejects == {"column_count": 2}
    client = signed_in("yibao")
    shown = client.get(f"/deliveries/{made.pk}/rejects/").content.decode()
    assert "Line 3" in shown
    for said in (number(2), spaced, number(3)[6:14]):
        assert said not in shown
    given = client.post(f"/deliveries/{made.pk}/rejects/workbook/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(given.content))
    header, *rows = book.get_sheet_by_index(0).to_python()
    reasons = [line[header.index("Reason")] for line in rows]
    assert [number(2) in reasons[0], spaced in reasons[1]] == [True, True]
