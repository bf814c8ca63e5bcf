"""Follow-ups: owed by level from the day monitoring begins, served by visits, owed again, told when overdue."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from assistance.followups import keeping, places
from assistance.models import Case, FollowUp
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from households.models import Household, Visit
from households.visits.followers import next_steps
from households.visits.purposes import Purpose, due_at
from households.visits.writing import annul_visit, record_visit
from tests.assistance.made import opened, taken, walked_to
from tests.households.visits.made import told

TODAY = datetime.date(2026, 11, 4)
SignedIn = Callable[[str], Client]


def enrolled(people: dict[str, User], level: str = "high") -> Case:
    case = walked_to(opened(people), "approve", people)
    taken(case, "approve", people=people, level=level)
    taken(case, "announce", people=people)
    return case


def purpose(row: FollowUp) -> Purpose:
    return Purpose("assistance.followup", str(row.pk))


def owed(case: Case) -> FollowUp:
    return FollowUp.objects.owed().get(case=case)


def on(day: datetime.date) -> override_settings:
    return override_settings(SHOUWANG_TODAY=day.isoformat())


@pytest.mark.parametrize(("level", "days"), [("high", 15), ("middle", 30), ("low", 90), ("", 30)])
def test_the_first_visit_is_owed_from_the_day_monitoring_begins(
    people: dict[str, User], level: str, days: int
) -> None:
    case = walked_to(opened(people), "announce", people)
    assert not case.follow_ups.exists()
    Case.objects.filter(pk=case.pk).update(level=level)
    case.refresh_from_db()
    taken(case, "announce", people=people)
    row = owed(case)
    assert (row.counts_from, row.due_on, row.level) == (TODAY, TODAY + datetime.timedelta(days), level)
    assert not row.is_late(row.due_on)
    assert row.is_late(row.due_on + datetime.timedelta(1))


def test_a_visit_serves_what_is_owed_and_the_next_counts_from_its_day(people: dict[str, User]) -> None:
    case = enrolled(people)
    first = owed(case)
    day = TODAY + datetime.timedelta(12)
    with on(day):
        (due,) = [each for each in due_at(case.household, people["cun"]) if each.purpose == purpose(first)]
        assert due.ticked
        nobody = told(case.household, outcome=Visit.Outcome.NOBODY, met=[])
        record_visit(case.household, nobody, by=people["cun"], serves=[purpose(first)])
        assert owed(case) == first
        visit = record_visit(case.household, told(case.household), by=people["cun"], serves=[purpose(first)])
    first.refresh_from_db()
    assert (first.visit, first.done_on) == (visit, day)
    assert (owed(case).counts_from, owed(case).due_on) == (day, day + datetime.timedelta(15))


def test_what_is_owed_in_weeks_is_not_ticked_beforehand(people: dict[str, User]) -> None:
    case = enrolled(people, "low")
    (due,) = [each for each in due_at(case.household, people["cun"]) if each.purpose == purpose(owed(case))]
    assert not due.ticked


def test_an_annulled_visit_is_owed_again(people: dict[str, User]) -> None:
    case = enrolled(people)
    first = owed(case)
    visit = record_visit(case.household, told(case.household), by=people["cun"], serves=[purpose(first)])
    annul_visit(visit, reason="填错了户", by=people["cun"])
    assert owed(case) == first
    assert FollowUp.objects.filter(case=case).count() == 1


def test_what_was_visited_since_is_not_owed_again(people: dict[str, User]) -> None:
    case = enrolled(people)
    first = owed(case)
    visit = record_visit(case.household, told(case.household), by=people["cun"], serves=[purpose(first)])
    second = owed(case)
    later = told(case.household, answers={"found": "又去看了一次", "risk_seen": "none"})
    record_visit(case.household, later, by=people["cun"], serves=[purpose(second)])
    third = owed(case)
    annul_visit(visit, reason="填错了户", by=people["cun"])
    assert owed(case) == third


def test_a_risk_that_a_form_of_before_names_without_its_kind_leads_to_the_report(
    people: dict[str, User],
) -> None:
    case = enrolled(people)
    seen = told(case.household, answers={"found": "又住院了", "risk_seen": "yes"})
    visit = record_visit(case.household, seen, by=people["cun"], serves=[purpose(owed(case))])
    urls = [step.url for step in next_steps(visit, people["cun"])]
    assert urls[0] == reverse("alerts:report", args=[case.household_id])
    assert urls[-1] == reverse("cases:case", args=[case.pk])


def test_who_is_monitored_no_more_is_owed_nothing(people: dict[str, User]) -> None:
    case = enrolled(people)
    Case.objects.filter(pk=case.pk).update(state="corrected")
    case.refresh_from_db()
    keeping.after_move([case], by=people["zhen"])
    assert not FollowUp.objects.owed().filter(case=case).exists()
    assert case.follow_ups.get().ended_on == TODAY


def test_the_night_owes_visits_to_cases_from_before_and_tells_once(
    people: dict[str, User], home: Household
) -> None:
    case = Case.objects.create(
        household=home,
        area=home.area,
        state="enrolled",
        origin="import",
        opened_on=TODAY,
        first_clue_on=TODAY,
    )
    system = User.objects.built_in("system")
    keeping.night_work(by=system, on=TODAY)
    row = owed(case)
    assert row.due_on == TODAY + datetime.timedelta(30)
    notices = Notice.objects.filter(kind="follow_ups_overdue", recipient=people["zhen"])
    with on(row.due_on):
        keeping.night_work(by=system, on=row.due_on)
        assert not notices.exists()
    with on(after := row.due_on + datetime.timedelta(1)):
        keeping.night_work(by=system, on=after)
        keeping.night_work(by=system, on=after)
        assert notices.get().count == 1
    assert owed(case) == row


def test_list_panel_and_home_say_what_is_owed_to_whom_it_concerns(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    case = enrolled(people)
    page = reverse("cases:follow_ups")
    assert case.household.code in signed_in("cun").get(page).content.decode()
    assert case.household.code not in signed_in("cun").get(page, {"late": "yes"}).content.decode()
    assert case.household.code not in signed_in("lin_cun").get(page).content.decode()
    shown = signed_in("cun").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert f"{reverse('households:visit_write', args=[case.household_id])}?form=call" in shown
    assert places.of_follow_ups(people["cun"]) == []
    with on(TODAY + datetime.timedelta(5)):
        (line,) = places.of_follow_ups(people["cun"])
    assert line.due == TODAY + datetime.timedelta(15)
    assert places.of_follow_ups(people["lin_cun"]) == []
