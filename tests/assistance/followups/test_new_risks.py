"""A new risk that was seen on a visit reports itself, whoever visits and for what, and goes back with the visit."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alerts.models import Alert, Signal
from assistance.followups import keeping
from assistance.models import Case, SeenRisk
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.models import Visit
from households.visits.followers import next_steps
from households.visits.purposes import served_by
from households.visits.told import Told
from households.visits.writing import amend_visit, annul_visit, record_visit
from tests.assistance.followups.test_follow_ups import owed, purpose
from tests.assistance.helping.helped import helped, monitored
from tests.assistance.removal.made import CHECKED
from tests.households.families import make_household
from tests.households.visits.made import told

DAY = datetime.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def case(people: dict[str, User]) -> Iterator[Case]:
    """A monitored household with a helper, on a day when the form asks of what kind a new risk is."""
    made = monitored(people)
    helped(made, people["bangfu"], people["zhen"])
    keeping.owe([made])
    with clock.at(DAY):
        yield made


def seen(case: Case, **answers: str) -> Told:
    usual = {"found": "女儿住院，已花去两万多", "risk_seen": "yes", "risk_kind": "illness"}
    return told(case.household, answers=usual | answers)


def visited(case: Case, by: User, said: Told | None = None) -> Visit:
    return record_visit(case.household, said or seen(case), by=by, serves=[purpose(owed(case))])


def alert_of(case: Case) -> Alert:
    return Alert.objects.get(household=case.household_id)


@pytest.mark.parametrize("who", ["bangfu", "cun"])
def test_it_opens_a_warning_for_whoever_visits(case: Case, people: dict[str, User], who: str) -> None:
    visit = visited(case, people[who])
    signal = Signal.objects.get()
    assert (signal.alert.household_id, signal.alert.state) == (case.household_id, "raised")
    assert (signal.channel, signal.event_kind, signal.day) == ("visit", "illness", DAY)
    assert signal.by == people[who]
    assert signal.text == "有风险：女儿住院，已花去两万多"
    assert SeenRisk.objects.get(visit=visit).signal == signal
    assert Notice.objects.get(kind="alerts_raised").recipient == people["xian"]
    entry = Entry.objects.get(verb="alert.reported")
    assert entry.role == ("helper" if who == "bangfu" else "village_assistant")
    (due,) = served_by(visit, people[who])
    assert "a new risk was reported" in due.title
    step = next_steps(visit, people[who])[0]
    address = reverse("alerts:alert", args=[signal.alert_id])
    assert step.url == ("" if who == "bangfu" else address)


def test_the_page_of_the_visit_says_it_to_the_helper_and_leads_the_village_to_the_warning(
    case: Case, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    visit = visited(case, people["bangfu"])
    page = reverse("households:visit", args=[visit.pk])
    warning = reverse("alerts:alert", args=[alert_of(case).pk])
    of_helper = signed_in("bangfu").get(page).content.decode()
    assert "The new risk is reported: nothing more is asked of you." in of_helper
    assert warning not in of_helper
    assert warning in signed_in("cun").get(page).content.decode()
    of_case = signed_in("bangfu").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "new risk reported" in of_case


def test_it_joins_the_open_warning(case: Case, people: dict[str, User]) -> None:
    visited(case, people["cun"])
    visited(case, people["bangfu"], seen(case, risk_seen="maybe", risk_kind="work", found="打工的厂停了"))
    assert set(alert_of(case).signals.values_list("event_kind", "text")) == {
        ("illness", "有风险：女儿住院，已花去两万多"),
        ("work", "需要核查：打工的厂停了"),
    }


def test_without_its_kind_it_is_refused_at_the_question_and_none_is_reported(
    case: Case, people: dict[str, User]
) -> None:
    with pytest.raises(Refused, match="of what kind") as caught:
        visited(case, people["bangfu"], seen(case, risk_kind=""))
    assert caught.value.field == "q_risk_kind"
    assert not Visit.objects.exists()
    visited(case, people["bangfu"], seen(case, risk_seen="none", risk_kind=""))
    assert not Signal.objects.exists()


@pytest.mark.parametrize("who", ["bangfu", "cun"])
def test_an_annulled_visit_takes_its_report_back(case: Case, people: dict[str, User], who: str) -> None:
    visit = visited(case, people[who])
    annul_visit(visit, reason="填错了户", by=people[who])
    signal = Signal.objects.get()
    assert (signal.is_living, signal.retracted_why) == (False, "The visit was annulled.")
    assert alert_of(case).state == "retracted"
    assert not SeenRisk.objects.exists()
    assert Entry.objects.filter(verb="alert.report_retracted").count() == 1


def corrected(visit: Visit, case: Case, by: User, **changes: Any) -> Visit:
    return amend_visit(visit, seen(case, **changes), by=by)


def test_a_corrected_visit_reports_what_it_says_now(case: Case, people: dict[str, User]) -> None:
    visit = visited(case, people["bangfu"])
    first = Signal.objects.get()
    visit = corrected(visit, case, people["bangfu"], risk_kind="work")
    first.refresh_from_db()
    (living,) = Signal.objects.living()
    assert (first.is_living, living.event_kind, living.alert_id) == (False, "work", first.alert_id)
    visit = corrected(visit, case, people["bangfu"], risk_kind="work", done="一起去了医院")
    assert Signal.objects.living().get() == living, "what was found is the same: nothing is reported twice"
    visit = corrected(visit, case, people["bangfu"], risk_seen="none", risk_kind="")
    assert alert_of(case).state == "retracted"
    assert not SeenRisk.objects.exists()
    corrected(visit, case, people["bangfu"])
    assert Signal.objects.living().get().alert.state == "raised"


def test_a_report_that_people_decided_on_stays(case: Case, people: dict[str, User]) -> None:
    visit = visited(case, people["bangfu"])
    Alert.objects.update(state="closed", outcome="not_eligible")
    annul_visit(visit, reason="填错了户", by=people["bangfu"])
    assert Signal.objects.get().is_living
    assert alert_of(case).state == "closed"


def test_who_may_not_visit_there_reports_nothing(case: Case, people: dict[str, User]) -> None:
    assert not people["bangfu"].holds(Right.REPORT_CONCERNS, case.area_id, of=case.household)
    with pytest.raises(Refused):
        visited(case, people["lin_cun"])
    assert not Signal.objects.exists()


def test_a_visit_that_serves_nothing_reports_too_and_takes_it_back(
    case: Case, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    visit = record_visit(case.household, seen(case), by=people["bangfu"])
    assert owed(case).visit is None
    signal = Signal.objects.get()
    assert (signal.event_kind, signal.alert.state) == ("illness", "raised")
    page = signed_in("bangfu").get(reverse("households:visit", args=[visit.pk])).content.decode()
    assert "The new risk is reported: nothing more is asked of you." in page
    record_visit(case.household, seen(case), by=people["bangfu"], key=visit.key)
    visit = amend_visit(visit, seen(case, done="一起去了医院"), by=people["bangfu"])
    assert Signal.objects.get() == signal, "the form that came twice, and another word, report nothing again"
    annul_visit(visit, reason="填错了户", by=people["bangfu"])
    assert (alert_of(case).state, SeenRisk.objects.count()) == ("retracted", 0)


def test_who_is_not_monitored_is_reported_all_the_same(people: dict[str, User]) -> None:
    home = make_household("YS009912", "秦谷雨", by=people["xian"])
    said = told(home, answers={"found": "房子漏雨", "risk_seen": "maybe", "risk_kind": "housing"})
    with clock.at(DAY):
        record_visit(home, said, by=people["cun"])
    assert Alert.objects.get(household=home).signals.get().text == "需要核查：房子漏雨"


@pytest.mark.parametrize("answer", ["yes", "unclear"])
def test_the_removal_check_reports_what_it_sees(case: Case, people: dict[str, User], answer: str) -> None:
    found = {"new_risk": answer, "living_together": 1, "found": "厂里停工了"}
    check = told(
        case.household, questionnaire="removal_check", answers=CHECKED | found | {"risk_kind": "work"}
    )
    visit = record_visit(case.household, check, by=people["cun"])
    signal = Signal.objects.get()
    assert signal.event_kind == "work"
    assert signal.text.startswith("有没有新的返贫致贫风险 ")
    assert signal.text.endswith("：厂里停工了")
    assert next_steps(visit, people["cun"])[0].url == reverse("alerts:alert", args=[signal.alert_id])
    calm = told(case.household, questionnaire="removal_check", answers=CHECKED | {"living_together": 1})
    amend_visit(visit, calm, by=people["cun"])
    assert alert_of(case).state == "retracted"
    with pytest.raises(Refused, match="of what kind"):
        record_visit(
            case.household, told(case.household, questionnaire="removal_check", answers=CHECKED | found),
            by=people["cun"],
        )  # fmt: skip
