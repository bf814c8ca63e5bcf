"""Premium subsidies and small loans, which lists tell by the year and by the contract, are compared with promises."""

import datetime
from decimal import Decimal

import pytest

from assistance.aid import settling
from assistance.aid.keeping import refresh
from assistance.aid.wording import months_of
from assistance.models import AidGap, AidRecord, Case
from foundation.accounts.models import User
from households.models import Resident
from tests.assistance.aid.made import once, recorded
from tests.assistance.aid.test_matching import found, monitored_long
from tests.assistance.help.helped import member
from tests.monitoring.feeds import delivered, number_of

__all__ = ["monitored_long"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def insured(person: Resident, amount: str, year: str = "2026") -> dict[str, str]:
    """Return the row of a member in the list of who is insured, with what of the premium was paid."""
    return {
        "身份证号": number_of(person), "姓名": person.name, "参保年度": year, "是否参保": "是",
        "个人缴费补贴": amount,
    }  # fmt: skip


def test_a_premium_subsidy_is_compared_with_the_list_of_who_is_insured(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case, head, son = monitored_long, member(monitored_long, 0), member(monitored_long, 2)
    Case.objects.filter(pk=case.pk).update(decided_on=datetime.date(2025, 11, 1))
    record = recorded(case, people["cun"], once(case, "premium_subsidy", landed_on=datetime.date(2026, 3, 5)))
    rows = [insured(head, ""), insured(son, "240.00")]
    delivered("medical_insurance_status", rows, by=people["yibao"], period="2026-10")
    refresh([case.pk])
    assert found(case) == [
        ("unpaid", "premium_subsidy", head.pk, "03", "03"), ("unrecorded", "premium_subsidy", son.pk, "01", "01"),
    ]  # fmt: skip
    gap = AidGap.objects.select_related("case__household").get(side="unrecorded")
    assert months_of(gap) == "2026"
    settling.take_over(gap, by=people["cun"])
    taken = AidRecord.objects.exclude(pk=record.pk).get()
    assert (taken.per, taken.landed_on, taken.amount, taken.resident_id, taken.department_id) == (
        "once", datetime.date(2026, 1, 1), Decimal(240), son.pk, "medical_insurance",
    )  # fmt: skip
    delivered("medical_insurance_status", [insured(head, "120")], by=people["yibao"], period="2026-10-31")
    refresh([case.pk])
    assert found(case) == []


def test_a_small_loan_is_compared_by_its_day_and_by_its_contract_where_the_day_is_not_said(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case, head = monitored_long, member(monitored_long, 0)
    recorded(
        case, people["cun"], once(case, "small_loan", resident=None, landed_on=datetime.date(2026, 8, 5))
    )
    loan = {"合同编号": "HT1", "身份证号": number_of(head), "姓名": head.name, "贷款金额": "50000",
            "到期日期": "2029-08-01"}  # fmt: skip
    stranger = loan | {"合同编号": "HT0", "身份证号": "999901199004150019", "姓名": "路人"}
    delivered("microloan", [stranger], by=people["xian"], period="2026-09")
    refresh([case.pk])
    assert found(case) == [("unpaid", "small_loan", None, "08", "08")]
    delivered("microloan", [loan], by=people["xian"], period="2026-09-30")
    refresh([case.pk])
    assert found(case) == []
    delivered("microloan", [loan | {"放款日期": "2026-10-12"}], by=people["xian"], period="2026-10")
    refresh([case.pk])
    assert found(case) == [
        ("unpaid", "small_loan", None, "08", "08"), ("unrecorded", "small_loan", head.pk, "10", "10"),
    ]  # fmt: skip
    settling.take_over(
        AidGap.objects.select_related("case__household").get(side="unrecorded"), by=people["cun"]
    )
    taken = AidRecord.objects.get(feed="small_loan")
    assert (taken.amount, taken.service, taken.landed_on) == (
        None, "小额信贷放款 50,000.00 元", datetime.date(2026, 10, 12),
    )  # fmt: skip
