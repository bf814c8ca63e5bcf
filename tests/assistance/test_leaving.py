"""The side doors: each with what it needs, and the way back where there is one."""

import datetime
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alerts.models import Alert
from assistance.enrolment import leaving
from assistance.enrolment.leaving import Stated
from assistance.models import Case
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.files.models import Attachment
from tests.alerts.verification.made import visited
from tests.assistance.made import opened, taken, walked_to
from tests.house.planted_cases import a_case_of
from tests.households.signing.made import photograph

DAY = datetime.date(2026, 11, 4)


def said(**fields: object) -> Stated:
    usual = {"way": "call", "said_on": DAY, "said_by": "沈立夏", "words": "儿子接去同住，不再申请"}
    return Stated(**usual | fields)  # type: ignore[arg-type]


def test_a_withdrawal_is_a_call_that_somebody_wrote_down(people: dict[str, User]) -> None:
    case = leaving.withdraw(opened(people), said(), "不再申请", by=people["cun"])
    assert (case.state, case.ended_on, case.waits_for) == ("withdrawn", DAY, [])
    assert case.statements.get().said_by == "沈立夏"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"way": "paper"}, "photo"),  # nothing signed is attached
        ({"way": "rumour"}, "way"),
        ({"said_by": " "}, "said_by"),
        ({"words": ""}, "words"),
        ({"said_on": datetime.date(2026, 11, 5)}, "said_on"),
        ({"said_on": datetime.date(2026, 11, 3)}, "said_on"),
    ],
)
def test_a_withdrawal_without_a_statement_is_none(
    people: dict[str, User], fields: dict[str, object], field: str
) -> None:
    case = opened(people)
    with pytest.raises(Refused) as refusal:
        leaving.withdraw(case, said(**fields), "不再申请", by=people["cun"])
    assert refusal.value.field == field
    assert not case.statements.exists()


def test_the_signed_statement_comes_with_the_form_and_stays_with_the_case(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    case, cun = opened(people), signed_in("cun")
    url = reverse("cases:move", args=[case.pk, "withdraw"])
    given = {
        "version": case.version,
        "way": "paper",
        "said_on": "2026-11-04",
        "said_by": "沈立夏",
        "words": "不再申请",
    }
    assert "Photograph the signed statement" in cun.post(url, given).content.decode()
    photo = SimpleUploadedFile("声明.jpg", photograph(), "image/jpeg")
    assert cun.post(url, given | {"photo": photo}).status_code == 302
    assert Case.objects.get().state == "withdrawn"
    assert Attachment.objects.of(case).get().kind == "statement"


def test_not_authorised_stops_and_goes_on_any_day_with_its_clock_paused(people: dict[str, User]) -> None:
    case = taken(opened(people), "apply", people=people)
    leaving.mark_unauthorised(case, "户主不同意", by=people["cun"])
    assert (case.state, case.waits_for, case.total_due_on) == ("unauthorised", [], None)
    assert Alert.objects.get(pk=case.alert_id).state == "proposed"
    leaving.resume(case, "补签了", by=people["cun"])
    assert (case.state, case.waits_for) == ("open", ["apply"])
    assert case.total_due_on is not None


def test_three_attempts_since_the_opening_end_a_case(people: dict[str, User]) -> None:
    case = opened(people)
    alert = Alert.objects.select_related("household").get(pk=case.alert_id)
    for tried in range(leaving.ATTEMPTS):
        with pytest.raises(Refused, match=str(tried)):
            leaving.give_up(case, "多次不在家", by=people["cun"])
        visited(alert, people["cun"], met=False)
    leaving.give_up(case, "多次不在家", by=people["cun"])
    assert case.state == "unreachable"
    assert Alert.objects.get(pk=alert.pk).outcome == "unreachable"


def test_a_duplicate_names_the_case_that_goes_on(people: dict[str, User]) -> None:
    case, other = opened(people), opened(people)
    with pytest.raises(Refused):
        leaving.mark_duplicate(case, case, "重复", by=people["zhen"])
    leaving.mark_duplicate(case, other, "重复", by=people["zhen"])
    assert case.state == "duplicate"
    with pytest.raises(Refused):
        leaving.mark_duplicate(other, case, "重复", by=people["zhen"])


def test_a_household_with_another_running_case_does_not_come_back(people: dict[str, User]) -> None:
    case = leaving.withdraw(opened(people), said(), "不再申请", by=people["cun"])
    a_case_of(case.household)
    with pytest.raises(Refused):
        leaving.resume(case, "又来申请", by=people["cun"])


def test_kin_do_not_act_and_neither_do_others(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "compare", people)
    Kin.objects.create(user=people["shuji"], household=case.household.code, relation="kin", declared_on=DAY)
    for username in ("shuji", "lin_cun", "xian", "shending"):
        with pytest.raises(Refused):
            leaving.mark_unauthorised(Case.objects.get(pk=case.pk), "不同意", by=people[username])
