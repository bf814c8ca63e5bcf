"""Help at a glance: seven numbers that lead to their lists, the ten that have waited longest, and whose they are."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.followups import keeping
from assistance.helping import clocks
from assistance.models import AidGap, Case, FollowUp, HelperClock, Measure
from assistance.overview.longest import MOST, longest
from assistance.overview.numbers import numbers
from foundation.accounts.models import User
from tests.assistance.removal.made import TODAY, enrolled, now, on
from tests.assistance.removal.walked import removed
from tests.house.planted_cases import a_case_of
from tests.house.planted_help import a_measure
from tests.households.families import make_household
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

pytestmark = pytest.mark.usefixtures("english", "line")
In = Callable[[str], Client]
People = dict[str, User]
DAY = datetime.timedelta(days=1)


def counts(user: User, area: str = COUNTY) -> list[int]:
    return [each.count for each in numbers(user, area)]


def late_visit(case: Case, days: int) -> Case:
    """Let the follow-up of a case have been due so many days ago."""
    keeping.owe([case])
    FollowUp.objects.filter(case=case).update(due_on=TODAY - days * DAY)
    return case


@pytest.fixture
def everything(people: People) -> Case:
    """A monitored household for which all of it is late."""
    case = late_visit(enrolled(people), 3)
    clocks.start([(case, TODAY - 60 * DAY)])
    HelperClock.objects.update(due_on=TODAY - 20 * DAY)
    a_measure("asked", case, people["cun"])
    Measure.objects.update(due_on=TODAY - 9 * DAY)
    month = datetime.date(2026, 8, 1)
    AidGap.objects.create(case=case, feed="dibao", side="unpaid", first_month=month, last_month=month)
    return case


def test_seven_numbers_count_households_and_lead_to_their_lists(
    everything: Case, people: People, signed_in: In
) -> None:
    a_case_of(make_household("YS000002", "何冬至", by=people["xian"]), step_due_on=TODAY - DAY)
    assert counts(people["xian"]) == [1, 1, 1, 1, 1, 1, 0]
    client = signed_in("lingdao")
    page = client.get(reverse("cases:overview")).content.decode()
    for each in numbers(people["lingdao"], COUNTY):
        assert each.url.replace("&", "&amp;") in page
        listed = client.get(each.url)
        assert listed.status_code == 200
        shown = listed.content.decode()
        held = everything.household.code in shown or everything.number in shown
        assert held is (each.count == 1 and "due=overdue" not in each.url), each.label


def test_each_sees_the_numbers_of_their_own_area(everything: Case, people: People, signed_in: In) -> None:
    assert counts(people["cun"], VILLAGE)[0] == 1
    assert counts(people["lin_cun"], NEIGHBOUR_VILLAGE) == [0] * 7
    assert longest(people["lin_cun"], COUNTY) == []
    assert signed_in("lin_cun").get(reverse("cases:overview_of", args=[COUNTY])).status_code == 404


def test_a_household_stands_once_with_what_it_waited_for_longest(everything: Case, people: People) -> None:
    (row,) = longest(people["xian"], COUNTY)
    assert (row.case.pk, row.since, row.more) == (everything.pk, datetime.date(2026, 8, 31), 3)
    assert row.days == (TODAY - datetime.date(2026, 8, 31)).days
    assert "promised and not paid" in row.what


def test_the_ten_that_waited_longest_come_in_their_order(people: People) -> None:
    cases = [late_visit(enrolled(people), days) for days in range(1, MOST + 3)]
    found = longest(people["xian"], COUNTY)
    assert [row.case.pk for row in found] == [case.pk for case in reversed(cases)][:MOST]
    assert [row.days for row in found] == list(range(MOST + 2, 2, -1))


def test_ten_households_cost_as_many_queries_as_one(people: People) -> None:
    late_visit(enrolled(people), 1)
    with CaptureQueriesContext(connection) as one:
        longest(people["xian"], COUNTY)
    for days in range(2, MOST + 2):
        late_visit(enrolled(people), days)
    with CaptureQueriesContext(connection) as many:
        assert len(longest(people["xian"], COUNTY)) == MOST
    assert len(many) <= len(one)


def test_who_comes_back_within_a_year_counts_as_returned(people: People) -> None:
    removal = removed(people)
    returned = numbers(people["xian"], COUNTY)[-1]
    assert (returned.count, returned.beside) == (0, "1 removed this year")
    with on(TODAY + 100 * DAY):
        enrolled(people, TODAY + 90 * DAY, now(removal).household)
        assert counts(people["xian"])[-1] == 1
    with on(TODAY + 500 * DAY):
        assert counts(people["xian"])[-1] == 0


def test_where_nothing_waits_the_page_says_so_and_leads_down(people: People, signed_in: In) -> None:
    page = signed_in("xian").get(reverse("cases:overview")).content.decode()
    assert "Nothing here is overdue" in page
    below = signed_in("xian").get(reverse("cases:overview_of", args=[VILLAGE])).content.decode()
    assert 'id="below"' in page
    assert 'id="below"' not in below
