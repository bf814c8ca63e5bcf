"""Aid is written down by who works with the household or was asked, acknowledged, stopped, struck out, put back."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assistance.aid import acknowledging, recording
from assistance.aid.selectors import delivered_aid
from assistance.aid.totals import by_year
from assistance.measures.answering import Landed, land
from assistance.measures.selectors import of_case
from assistance.measures.wording import answer_told, badge
from assistance.models import AidRecord, Case, Measure
from assistance.plans.clocks import due_of
from assistance.plans.tables import rows_for
from assistance.removal.evidence import Evidence
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.codes.tokens import household_address, new_token
from households.models import HouseholdCode
from tests.assistance.aid.made import aid, once, recorded
from tests.assistance.help.helped import ENOUGH, member, ticked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def asked(case: Case, people: dict[str, User]) -> Measure:
    """Return a measure that the medical insurance office was asked for."""
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    return Measure.objects.select_related("case__household").get(pk=made.pk)


@pytest.mark.parametrize("who", ["cun", "shuji", "zhen", "xian"])
def test_who_works_with_the_case_records(case: Case, people: dict[str, User], who: str) -> None:
    row = recorded(case, people[who])
    assert (row.state, row.kind, row.name, row.touched_on) == (
        "recorded",
        "100A48",
        "最低生活保障",
        clock.today(),
    )
    assert Entry.objects.filter(verb="aid.record", object_id=str(row.pk)).exists()


@pytest.mark.parametrize("who", ["jingban", "yibao", "lingdao", "lin_zhen", "bangfu"])
def test_nobody_else_does(case: Case, people: dict[str, User], who: str) -> None:
    with pytest.raises(Refused):
        recording.record_aid(case, aid(case), by=people[who])


def test_the_office_that_was_asked_records_for_its_measure_alone(
    asked: Measure, people: dict[str, User]
) -> None:
    case = asked.case
    said = once(case, measure=asked, payer="medical_insurance")
    with pytest.raises(Refused):
        recording.record_aid(case, said, by=people["jingban"])
    row = recorded(case, people["yibao"], said)
    assert (row.measure_id, row.department_id) == (asked.pk, "medical_insurance")
    assert AidRecord.objects.visible_to(people["yibao"]).get() == row
    assert not AidRecord.objects.visible_to(people["jingban"]).exists()
    assert Notice.objects.filter(recipient=people["cun"], kind="aid_recorded").exists()
    with pytest.raises(Refused, match="itself"):
        recording.record_aid(case, aid(case), by=people["yibao"])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": None}, "amount"),
        ({"service": "培训"}, "amount"),
        ({"amount": Decimal(0)}, "amount"),
        ({"landed_on": datetime.date(2026, 11, 5)}, "landed_on"),
        ({"until_month": datetime.date(2026, 8, 31)}, "until_month"),
        ({"per": "once", "until_month": datetime.date(2026, 10, 1)}, "until_month"),
        ({"per": "week"}, "per"),
        ({"resident": None}, "resident"),
        ({"resident": 0}, "resident"),
        ({"code": "no_such"}, "code"),
        ({"note": "一" * 201}, "note"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    case: Case, people: dict[str, User], given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        recording.record_aid(case, aid(case, given.pop("code", "dibao"), **given), by=people["cun"])
    assert refused.value.field == field


def test_no_aid_is_recorded_of_a_case_that_came_to_nothing(case: Case, people: dict[str, User]) -> None:
    Case.objects.filter(pk=case.pk).update(state="declined")
    with pytest.raises(Refused, match="while the case is"):
        recording.record_aid(case, aid(case), by=people["cun"])


def test_the_same_aid_is_not_counted_twice(case: Case, people: dict[str, User]) -> None:
    row = recorded(case, people["cun"])
    with pytest.raises(Refused, match="2026-09"):
        recording.record_aid(case, aid(case, landed_on=datetime.date(2026, 10, 1)), by=people["cun"])
    recorded(case, people["cun"], aid(case, resident=member(case, 3).pk))
    recorded(case, people["cun"], once(case))
    with pytest.raises(Refused, match="recorded already"):
        recording.record_aid(case, once(case), by=people["zhen"])
    recording.stop(row, datetime.date(2026, 9, 30), "金额调整", by=people["cun"])
    recorded(case, people["cun"], aid(case, landed_on=datetime.date(2026, 10, 1), amount=Decimal(450)))
    with pytest.raises(Refused, match="2026-10"):
        recording.go_on(row, "点错了", by=people["cun"])


def test_a_stop_is_taken_back(case: Case, people: dict[str, User]) -> None:
    row = recorded(case, people["cun"])
    assert by_year([row], clock.today())[0].yuan == Decimal(1260)
    with pytest.raises(Refused, match="has not begun"):
        recording.stop(row, datetime.date(2026, 12, 1), "到期", by=people["cun"])
    with pytest.raises(Refused, match="before it began"):
        recording.stop(row, datetime.date(2026, 8, 1), "到期", by=people["cun"])
    with pytest.raises(Refused, match="reason"):
        recording.stop(row, datetime.date(2026, 9, 1), " ", by=people["cun"])
    recording.stop(row, datetime.date(2026, 9, 20), "退出低保", by=people["cun"])
    assert by_year([row], clock.today())[0].yuan == Decimal(420)
    recording.go_on(row, "点错了", by=people["cun"])
    assert (row.stopped_month, by_year([row], clock.today())[0].yuan) == (None, Decimal(1260))


def test_a_struck_record_counts_nowhere_stays_and_is_put_back(case: Case, people: dict[str, User]) -> None:
    row = recorded(case, people["cun"], once(case))
    recording.strike(row, "记错了户", by=people["zhen"])
    assert by_year(AidRecord.objects.filter(case=case), clock.today()) == []
    assert delivered_aid([case]) == {}
    again = recorded(case, people["cun"], once(case))
    with pytest.raises(Refused, match="recorded again meanwhile"):
        recording.restore(row, "原来没错", by=people["zhen"])
    recording.strike(again, "重复", by=people["cun"])
    recording.restore(row, "原来没错", by=people["zhen"])
    assert by_year(AidRecord.objects.filter(case=case), clock.today())[0].yuan == Decimal(2000)
    assert Entry.objects.filter(verb="aid.strike").count() == 2


def test_the_first_aid_stops_the_clock_and_holds_the_guard(asked: Measure, people: dict[str, User]) -> None:
    case = asked.case
    assert due_of([case])[case.pk].first is not None
    (before,) = of_case(case)
    assert badge(before).tone != "done"
    Measure.objects.filter(pk=asked.pk).update(due_on=clock.today() - datetime.timedelta(days=1))
    listed = rows_for(people["cun"]).get(pk=case.pk)
    assert (listed.promised, listed.landed, listed.late) == (1, 0, 1)
    recorded(case, people["cun"], once(case, measure=asked))
    second = {
        "per": "once",
        "landed_on": datetime.date(2026, 10, 25),
        "amount": Decimal(500),
        "measure": asked,
    }
    recorded(case, people["cun"], aid(case, "medical_aid", **second))
    assert due_of([case])[case.pk].first is None
    listed = rows_for(people["cun"]).get(pk=case.pk)
    assert (listed.promised, listed.landed, listed.late) == (1, 1, 0)
    (after,) = of_case(case)
    assert badge(after).tone == "done"
    # The plan on paper and the card of the household say it in the same words.
    assert "2026-10-20" in answer_told(after)
    assert Evidence(case, clock.today()).delivered == [("医疗救助", datetime.date(2026, 10, 20))]
    land(asked, Landed(clock.today()), by=people["yibao"])
    # What the office answers and what is recorded of the same measure are one delivered measure.
    assert Evidence(case, clock.today()).delivered == [("医疗救助", clock.today())]


def test_it_is_acknowledged_by_telephone_or_by_the_code_of_the_household(
    case: Case, people: dict[str, User]
) -> None:
    row = recorded(case, people["cun"])
    with pytest.raises(Refused, match="who told"):
        acknowledging.by_phone(row, " ", by=people["cun"])
    acknowledging.by_phone(row, "柳霜降", by=people["cun"])
    assert (row.acknowledged_how, row.acknowledged_by, row.acknowledged_on) == (
        "phone",
        "柳霜降",
        clock.today(),
    )
    acknowledging.take_back(row, "打错了", by=people["cun"])
    assert (row.acknowledged_how, row.acknowledged_on) == ("", None)
    token = new_token()
    HouseholdCode.objects.create(
        household=case.household, token=token, issued_on=clock.today(), issued_by=people["cun"]
    )
    with pytest.raises(Refused, match="not the code in force"):
        acknowledging.by_code(row, household_address(case.area_id, new_token()), by=people["cun"])
    acknowledging.by_code(row, household_address(case.area_id, token), by=people["cun"])
    assert row.acknowledged_how == "code"


def test_a_signature_acknowledges_and_its_undoing_takes_that_back(
    case: Case, people: dict[str, User]
) -> None:
    row = recorded(case, people["cun"])
    owed = acknowledging.ask_signature(row, by=people["cun"])
    assert acknowledging.ask_signature(row, by=people["cun"]) == owed
    assert owed.resident == member(case, 0)
    owed.state, owed.signed_on = "signed", clock.today()
    type(owed).objects.filter(pk=owed.pk).update(
        state="signed", signed_on=clock.today(), signed_at="2026-11-04T08:00Z", way="drawn", binding="b" * 64
    )
    acknowledging.after_signature(row, owed, by=people["cun"])
    row.refresh_from_db()
    assert (row.acknowledged_how, row.acknowledged_on) == ("signed", clock.today())
    with pytest.raises(Refused, match="take the signature back"):
        acknowledging.take_back(row, "错了", by=people["cun"])
    type(owed).objects.filter(pk=owed.pk).update(state="owed")
    acknowledging.after_signature(row, owed, by=people["cun"])
    row.refresh_from_db()
    assert row.acknowledged_how == ""


@pytest.mark.parametrize(
    "broken",
    [
        {"amount": None},
        {"service": "也写"},
        {"acknowledged_how": "phone"},
        {"payer": "村", "department_id": "labour"},
    ],
)
def test_the_database_keeps_what_the_rules_say(
    case: Case, people: dict[str, User], broken: dict[str, Any]
) -> None:
    row = recorded(case, people["cun"])
    with pytest.raises(IntegrityError), transaction.atomic():
        AidRecord.objects.filter(pk=row.pk).update(**broken)
