"""Landed aid goes into monitoring as a dataset of its own, through the intake that departments use."""

import pytest

from assistance.aid import recording
from assistance.aid.handing_in import DATASET, file_of, hand_in
from assistance.models import AidRecord, Case
from foundation.accounts.models import User
from monitoring.intake import archive
from monitoring.intake.taking import take
from monitoring.models import Dataset, Delivery
from tests.assistance.aid.made import once, recorded
from tests.assistance.help.helped import member
from tests.monitoring.feeds import number_of
from tests.people import COUNTY

pytestmark = pytest.mark.django_db


def taken() -> list[tuple[str, str, str, str]]:
    """Take what was handed in, and return what counts: record, day, name, yuan."""
    for row in Delivery.objects.filter(dataset=DATASET, state="received").order_by("pk"):
        take(row, by=User.objects.built_in("system"))
    dataset = Dataset.objects.get(pk=DATASET)
    with archive.opened() as tables:
        view = archive.effective(tables, dataset, archive.in_force(dataset, area=COUNTY))
        rows = tables.all(f'SELECT 记录编号, 落实日期, 措施名称, "金额" FROM {view} ORDER BY 记录编号')
    return [(number.split("-")[1], str(day), name, str(yuan)) for number, day, name, yuan in rows]


def test_months_are_handed_in_once_and_replaced_when_something_changed(
    case: Case, people: dict[str, User]
) -> None:
    recorded(case, people["cun"])
    assert hand_in(COUNTY) == 3
    monthly = [
        ("202609", "2026-09-01", "最低生活保障", "420.00"),
        ("202610", "2026-10-01", "最低生活保障", "420.00"),
        ("202611", "2026-11-01", "最低生活保障", "420.00"),
    ]
    assert taken() == monthly
    assert Delivery.objects.filter(dataset=DATASET, matched=1).count() == 3
    assert hand_in(COUNTY) == 0
    given = recorded(case, people["cun"], once(case))
    assert hand_in(COUNTY) == 1
    assert sorted(taken()) == sorted([*monthly, ("202610", "2026-10-20", "医疗救助", "2000.00")])
    recording.strike(given, "记错了户", by=people["cun"])
    assert hand_in(COUNTY) == 1
    assert taken() == monthly


def test_a_month_of_which_nothing_is_left_is_taken_back(case: Case, people: dict[str, User]) -> None:
    row = recorded(case, people["cun"], once(case))
    hand_in(COUNTY)
    assert len(taken()) == 1
    recorded(case, people["cun"], once(case, resident=member(case, 1).pk))
    hand_in(COUNTY)
    assert len(taken()) == 2
    for each in [row, AidRecord.objects.exclude(pk=row.pk).get()]:
        recording.strike(each, "记错了户", by=people["cun"])
    assert hand_in(COUNTY) == 1
    assert taken() == []


def test_aid_of_the_household_goes_in_under_its_head_and_services_have_no_yuan(
    case: Case, people: dict[str, User]
) -> None:
    row = recorded(case, people["cun"], once(case, "house_repair", resident=None))
    head = member(case, 0)
    month = row.landed_on.replace(day=1)
    row.amount, row.service = None, "修了屋顶"
    lines = file_of(month, [row], {case.household_id: head}).decode().splitlines()
    assert lines[1] == f"{row.pk}-202610,{number_of(head)},沈立夏,100A50,危房改造,2026-10-20,,"
    assert file_of(month, [row], {}) == b""
