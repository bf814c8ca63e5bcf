"""Overdue plans, first measures, answers and after-care are told once for each deadline, to who answers for them."""

import datetime

import pytest

from assistance.models import Case, FollowUp, Measure, Removal, ToldDeadline
from assistance.overdue import telling
from assistance.overview.longest import longest
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from tests.assistance.removal.made import TODAY, enrolled
from tests.house.planted_help import a_measure
from tests.house.planted_removals import a_removal_of
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")
DAY = datetime.timedelta(days=1)
People = dict[str, User]


def night(on: datetime.date = TODAY) -> int:
    return telling.tell(by=User.objects.built_in("system"), on=on)


def names(people: People, kind: str) -> set[User]:
    return {row.recipient for row in Notice.objects.filter(kind=kind)}


def test_a_late_plan_and_a_late_first_measure_are_told_once_to_the_township(people: People) -> None:
    enrolled(people, TODAY - 300 * DAY)
    enrolled(people, TODAY)
    assert night() == 2
    assert night() == 0
    assert night(TODAY + DAY) == 0
    assert people["zhen"] in names(people, "plans_overdue")
    assert people["zhen"] in names(people, "first_measures_overdue")
    assert people["cun"] not in names(people, "plans_overdue")
    assert people["lin_zhen"] not in names(people, "plans_overdue")
    assert {row.what for row in ToldDeadline.objects.all()} == {"plan", "first"}


def test_a_late_answer_is_told_to_the_office_and_to_who_dispatches_and_again_for_another_day(
    people: People,
) -> None:
    measure = a_measure("asked", enrolled(people, TODAY), people["cun"])
    Measure.objects.filter(pk=measure.pk).update(due_on=TODAY)
    assert night() == 0, "the last day itself is not over"
    assert night(TODAY + DAY) == 1
    assert names(people, "answers_overdue_below")
    assert not names(people, "answers_overdue") & names(people, "answers_overdue_below")
    assert night(TODAY + DAY) == 0
    Measure.objects.filter(pk=measure.pk).update(due_on=TODAY + DAY)
    assert night(TODAY + 5 * DAY) == 1


def test_late_after_care_is_told_and_stands_among_the_longest(people: People) -> None:
    case = enrolled(people, TODAY - 3 * DAY)
    removal = a_removal_of(case, "removed")
    Case.objects.filter(pk=case.pk).update(state="removed")
    Removal.objects.filter(pk=removal.pk).update(visit_due_on=TODAY, decided_on=TODAY, removed_on=TODAY)
    FollowUp.objects.all().delete()
    assert longest(people["xian"], COUNTY) == []
    Removal.objects.filter(pk=removal.pk).update(visit_due_on=TODAY - 2 * DAY)
    (row,) = longest(people["xian"], COUNTY)
    assert (row.case.pk, row.days, "after-care" in row.what) == (case.pk, 2, True)
    assert night() == 1
    assert people["zhen"] in names(people, "aftercare_overdue")


def test_a_late_plan_stands_among_the_longest_with_the_day_it_was_due(people: People) -> None:
    case = enrolled(people, TODAY - 300 * DAY)
    assert night() == 2
    days = dict(ToldDeadline.objects.values_list("what", "due_on"))
    (row,) = longest(people["xian"], COUNTY)
    assert (row.case.pk, row.since, row.more) == (case.pk, min(days.values()), 1)
