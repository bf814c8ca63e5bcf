"""Help at a glance: seven numbers that lead to their lists, the ten that have waited longest, and whose they are."""

import datetime
from collections.abc import Callable
from io import BytesIO

import openpyxl
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
from foundation.ledger.models import Entry
from tests.assistance.made import CHAIN, opened, taken
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
    assert counts(people["xian"]) == [1, 0, 1, 1, 1, 1, 1, 1, 0, 0]
    client = signed_in("lingdao")
    page = client.get(reverse("cases:overview")).content.decode()
    for each in numbers(people["lingdao"], COUNTY):
        assert each.url.replace("&", "&amp;") in page
        listed = client.get(each.url)
        assert listed.status_code == 200
        shown = listed.content.decode()
        held = everything.household.code in shown or everything.number in shown
        assert held is (each.count == 1 and "due=overdue" not in each.url), each.label


@pytest.mark.parametrize(("days", "late"), [(3, 0), (29, 0), (32, 1), (90, 1)])
def test_that_nothing_has_landed_is_bad_only_after_the_last_day(people: People, days: int, late: int) -> None:
    enrolled(people, TODAY - days * DAY)
    nothing = numbers(people["xian"], COUNTY)[5]
    assert (nothing.count, nothing.late, nothing.is_bad) == (1, late, late > 0)
    assert nothing.beside == f"{late} of them after the last day"


def test_each_sees_the_numbers_of_their_own_area(everything: Case, people: People, signed_in: In) -> None:
    assert counts(people["cun"], VILLAGE)[0] == 1
    assert counts(people["lin_cun"], NEIGHBOUR_VILLAGE) == [0] * 10
    assert longest(people["lin_cun"], COUNTY) == []
    assert signed_in("lin_cun").get(reverse("cases:overview_of", args=[COUNTY])).status_code == 404


def test_a_household_stands_once_with_what_it_waited_for_longest(everything: Case, people: People) -> None:
    (row,) = longest(people["xian"], COUNTY)
    due = datetime.date(2026, 3, 30)
    assert (row.case.pk, row.since, row.more) == (everything.pk, due, 5)
    assert (row.days, row.what) == ((TODAY - due).days, "there is no plan of help")


def test_the_ten_that_waited_longest_come_in_their_order(people: People) -> None:
    cases = [late_visit(enrolled(people, TODAY), days) for days in range(1, MOST + 3)]
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


def test_the_workbook_holds_numbers_and_the_longest_and_that_it_was_taken_is_on_record(
    everything: Case, people: People, signed_in: In
) -> None:
    made = signed_in("xian").post(reverse("cases:overview_sheet", args=[COUNTY]))
    book = openpyxl.load_workbook(BytesIO(b"".join(made)))
    assert [sheet.title for sheet in book] == ["Help at a glance", "Waiting longest"]
    said = {str(cell) for sheet in book for row in sheet.values for cell in row}
    assert {"Monitored now", everything.household.code, everything.number} <= said
    assert Entry.objects.filter(verb="case.overview_taken", area=COUNTY).count() == 1
    assert signed_in("lin_cun").post(reverse("cases:overview_sheet", args=[COUNTY])).status_code == 404


def test_each_number_is_as_long_as_its_list(people: People, signed_in: In) -> None:
    """A wrong identification under way is monitored still; one household is back, one is due for after-care."""
    enrolled(people, TODAY - 300 * DAY, state="correcting")
    back, gone = removed(people), removed(people)
    type(gone).objects.filter(pk=gone.pk).update(visit_due_on=TODAY + 10 * DAY)
    with on(TODAY + 30 * DAY):
        enrolled(people, TODAY + 20 * DAY, now(back).household)
        found = {each.label: each for each in numbers(people["xian"], COUNTY)}
        wanted = {
            "Monitored now": 2, "After-care visit due": 1, "Came back within a year of the removal": 1,
            "Without a plan": 2, "Nothing has landed yet": 2,
        }  # fmt: skip
        assert {label: found[label].count for label in wanted} == wanted
        client = signed_in("xian")
        for label, count in wanted.items():
            rows = client.get(found[label].url).context["table"].rows
            assert len(rows) == count, label


def test_enrolled_of_checked_counts_households_and_leads_to_them(people: People, signed_in: In) -> None:
    case = taken(opened(people), *CHAIN, people=people)
    Case.objects.filter(pk=case.pk).update(decided_on=TODAY)
    opened(people)
    found = numbers(people["xian"], COUNTY)[1]
    assert (found.count, found.beside, found.is_bad) == (1, "50.0 % of 2 households checked", False)
    listed = signed_in("xian").get(found.url)
    assert (len(listed.context["table"].rows), case.number in listed.content.decode()) == (1, True)
    Case.objects.filter(pk=case.pk).update(state="corrected")
    assert numbers(people["xian"], COUNTY)[1].count == 0
    with on(TODAY + 366 * DAY):
        assert numbers(people["xian"], COUNTY)[1].count == 0, "the last year alone"
