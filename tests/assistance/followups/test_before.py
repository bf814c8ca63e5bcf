"""After-care of households that were removed before this platform, and of those that a helper stays with."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from assistance.assessment import aftercare as after_policy
from assistance.followups import keeping
from assistance.followups.purpose import FOLLOW_UPS
from assistance.helping.sentences import lines_of
from assistance.imported.adopting import adopt
from assistance.models import Case, FollowUp, Removal
from assistance.removal import aftercare
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from households.models import Household, Standing
from households.visits.purposes import serve
from tests.assistance.helping.helped import a_helper, helped, monitored
from tests.assistance.imported.test_adopting import held
from tests.assistance.removal.made import visited
from tests.house.planted_cases import a_case_of
from tests.house.planted_removals import a_removal_of
from tests.people import VILLAGE

pytestmark = pytest.mark.usefixtures("english")
#: The test day is 2026-11-04; the anniversary of the old removal that is ahead.
REMOVED, DUE = datetime.date(2024, 6, 30), datetime.date(2027, 6, 30)
People = dict[str, User]


def gone(home: Household, people: People, last: datetime.date = REMOVED) -> Case:
    """Return the case of a household that the old register had as removed."""
    held(home, people["xian"], last=last)
    Standing.objects.filter(household=home, until_day=last).update(removal_way="assisted")
    adopt([home.pk])
    return Case.objects.get(household=home, ended_on=last)


def night(on: datetime.date) -> None:
    with override_settings(SHOUWANG_TODAY=on.isoformat()):
        keeping.night_work(by=User.objects.built_in("system"), on=on)


def test_a_removed_household_of_the_old_register_is_visited_at_the_next_anniversary(
    home: Household, people: People, signed_in: Callable[[str], Client]
) -> None:
    case = gone(home, people)
    owed = FollowUp.objects.get()
    assert (owed.case, owed.counts_from, owed.due_on, owed.level) == (case, REMOVED, DUE, "")
    night(clock.today())
    assert FollowUp.objects.count() == 1
    page = signed_in("cun").get("/cases/follow-ups/?removed=yes").content.decode()
    assert "after-care, risk removed in 2024-06" in page
    (due,) = FOLLOW_UPS.due_at(home, people["cun"])
    assert "removed before this platform" in due.title


def test_it_is_told_when_it_is_overdue_and_served_by_a_visit(home: Household, people: People) -> None:
    gone(home, people)
    night(DUE + datetime.timedelta(1))
    assert {row.kind for row in Notice.objects.all()} == {"aftercare_overdue"}
    assert {row.group[-7:] for row in Notice.objects.all()} == {"-before"}, (
        "its own notice, with its own list"
    )
    assert people["zhen"] in {row.recipient for row in Notice.objects.all()}
    owed = FollowUp.objects.get()
    visit = visited(home, people["cun"], datetime.date(2026, 10, 30), {"found": "稳定"}, "call")
    keeping.serve(owed, visit)
    after = FollowUp.objects.owed().get()
    assert (after.counts_from, after.due_on) == (visit.happened_on, datetime.date(2027, 10, 30))
    keeping.take_back(FollowUp.objects.get(pk=owed.pk), visit)
    assert FollowUp.objects.owed().get().due_on == DUE


def test_who_is_identified_again_is_looked_after_by_the_new_case(home: Household, people: People) -> None:
    case = gone(home, people)
    again = a_case_of(home, state="open")
    keeping.after_move([again], by=people["zhen"])
    assert not FollowUp.objects.owed().filter(case=case).exists()
    Case.objects.filter(pk=again.pk).update(state="declined", ended_on=clock.today())
    night(clock.today())
    assert FollowUp.objects.owed().get(case=case).due_on == DUE
    Case.objects.filter(pk=case.pk).update(state="ended")
    Standing.objects.update(removal_way="corrected")
    night(clock.today())
    assert not FollowUp.objects.owed().exists(), "nobody was removed who never should have been there"


def test_of_two_old_times_the_last_one_counts(home: Household, people: People) -> None:
    held(home, people["xian"], "unstable", datetime.date(2021, 1, 1), datetime.date(2022, 1, 31))
    last = gone(home, people)
    assert FollowUp.objects.owed().get().case == last


def test_the_helper_who_stays_sees_the_after_care_and_serves_it(home: Household, people: People) -> None:
    person = a_helper("liuxia")
    case = monitored(people)
    helped(case, person, people["zhen"])
    removal, today = a_removal_of(case, "removed"), clock.today()
    Case.objects.filter(pk=case.pk).update(state="removed", ended_on=today)
    Removal.objects.filter(pk=removal.pk).update(visit_due_on=DUE, decided_on=today)
    case.refresh_from_db()
    person = User.objects.get(pk=person.pk)
    due = [line for line in lines_of([case], person)[case.pk] if line.due is not None]
    assert [(line.due, "After-care" in line.sentence) for line in due] == [(DUE, True)]
    (offered,) = aftercare.PURPOSE.due_at(case.household, person)
    assert offered.url == "", "the page of the removal is not lent"
    assert next(iter(aftercare.PURPOSE.due_at(case.household, people["cun"]))).url
    assert not aftercare.PURPOSE.due_at(case.household, people["lin_cun"])
    assert not after_policy.PURPOSE.due_at(case.household, person)
    visit = visited(case.household, person, today, {"found": "稳定"}, "call")
    serve(visit, [offered.purpose], by=person)
    assert Removal.objects.get(pk=removal.pk).visit_due_on == today.replace(year=today.year + 1)


def test_the_board_keeps_it(home: Household, people: People, signed_in: Callable[[str], Client]) -> None:
    case = gone(home, people)
    page = signed_in("cun").get(f"/cases/board/{VILLAGE}/").content.decode()
    assert case.number in page
    assert DUE.isoformat() in page
