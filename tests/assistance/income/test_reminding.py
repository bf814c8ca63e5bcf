"""Overdue income sheets are told to helpers, else to who visits the village, and to the township: once per period."""

import datetime

import pytest

from assistance.income.periods import collected, due_on
from assistance.income.reminding import night_work, remind
from assistance.models import Case, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from tests.assistance.income.made import confirmed
from tests.people import VILLAGE

KINDS = ("income_sheets_overdue", "income_sheets_overdue_below")


def told() -> set[tuple[str, str, int]]:
    """Return kind, person and count of what was told of overdue sheets."""
    rows = Notice.objects.filter(kind__in=KINDS).select_related("recipient")
    return {(row.kind, row.recipient.username, row.count) for row in rows}


@pytest.fixture
def due(case: Case) -> datetime.date:
    """Return the last day of the collection that is over."""
    last = due_on(VILLAGE, collected(VILLAGE, clock.today()))
    assert last is not None
    return last


def test_the_night_after_the_last_day_tells_once_and_again_for_the_next_period(
    case: Case, people: dict[str, User], due: datetime.date
) -> None:
    night = User.objects.built_in("system")
    night_work(by=night, on=due)
    assert told() == set()
    late = due + datetime.timedelta(1)
    with clock.at(late):
        night_work(by=night, on=late)
        first = told()
        assert {kind for kind, _who, _count in first} == set(KINDS)
        assert ("income_sheets_overdue_below", people["zhen"].username, 1) in first
        assert ("income_sheets_overdue", people["cun"].username, 1) in first
        Notice.objects.all().delete()
        assert (remind(on=late), remind(on=late + datetime.timedelta(1)), told()) == (0, 0, set())
    again = due.replace(year=due.year + 1) + datetime.timedelta(40)
    with clock.at(again):
        assert (remind(on=again), remind(on=again)) == (1, 0)


def test_who_helps_is_told_and_nobody_else_of_the_village(
    case: Case, people: dict[str, User], due: datetime.date
) -> None:
    HelperPlace.objects.create(
        case=case, kind="helper", person=people["bangfu"], posting=people["bangfu"].postings.get(), state="accepted",
        assigned_by=people["zhen"], offered_on=clock.today(), accepted_on=clock.today(),
    )  # fmt: skip
    late = due + datetime.timedelta(1)
    with clock.at(late):
        remind(on=late)
    assert {who for kind, who, _count in told() if kind == KINDS[0]} == {people["bangfu"].username}


def test_a_confirmed_sheet_and_a_removed_household_are_not_overdue(
    case: Case, people: dict[str, User], due: datetime.date
) -> None:
    late = due + datetime.timedelta(1)
    confirmed(case, people["cun"], A1="20000")
    with clock.at(late):
        assert remind(on=late) == 0
    Case.objects.filter(pk=case.pk).update(state="removed")
    with clock.at(late):
        assert remind(on=late) == 0
