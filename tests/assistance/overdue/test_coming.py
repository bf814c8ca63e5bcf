"""After-care that comes due stands among the work of who goes there, and is told once, some days before."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.followups.places import of_follow_ups
from assistance.models import Case, FollowUp, Removal
from assistance.overdue import telling
from assistance.overdue.coming import tell_coming
from assistance.removal.places import of_removals
from foundation.accounts.models import Posting, User
from foundation.inbox.models import Notice
from households.models import Household
from tests.assistance.followups.test_before import DUE as BEFORE_DUE
from tests.assistance.followups.test_before import gone
from tests.assistance.helping.helped import a_helper, helped
from tests.assistance.removal.made import TODAY, enrolled, on
from tests.foundation.regulations.made import says
from tests.house.planted_removals import a_removal_of
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")
DAY = datetime.timedelta(days=1)
DUE = datetime.date(2027, 11, 4)
People = dict[str, User]


def removed(people: People, due: datetime.date = DUE) -> Case:
    """Return a case whose risk is removed, and whose household is visited again by a day."""
    case = enrolled(people)
    removal = a_removal_of(case, "removed")
    Case.objects.filter(pk=case.pk).update(state="removed", ended_on=TODAY)
    Removal.objects.filter(pk=removal.pk).update(visit_due_on=due, decided_on=TODAY, removed_on=TODAY)
    FollowUp.objects.all().delete()
    case.refresh_from_db()
    return case


def told(person: User) -> list[tuple[str, int]]:
    """Return the notices of after-care that comes due to a person: place and number."""
    rows = Notice.objects.filter(kind="aftercare_coming", recipient=person)
    return list(rows.order_by("pk").values_list("place", "count"))


def work(people: People, day: datetime.date) -> list[tuple[str, datetime.date | None]]:
    """Return the lines of after-care on the village's home page on a day."""
    with on(day):
        return [(item.title, item.due) for item in of_removals(people["cun"]) if "After-care" in item.title]


def test_a_visit_stands_among_the_work_from_the_tenth_day_before_its_last(people: People) -> None:
    removed(people)
    assert work(people, DUE - 11 * DAY) == []
    line = ("After-care visits due: 1", DUE)
    assert [work(people, day) for day in (DUE - 10 * DAY, DUE, DUE + DAY)] == [[line]] * 3


def test_it_is_told_once_to_the_village_and_not_after_its_last_day(people: People) -> None:
    removed(people)
    assert tell_coming(DUE - 11 * DAY) == 0
    assert tell_coming(DUE - 10 * DAY) > 0
    assert [tell_coming(day) for day in (DUE - 9 * DAY, DUE, DUE + DAY)] == [0, 0, 0]
    assert told(people["cun"]) == [("/cases/removals/?visit=yes", 1)]
    assert [told(people[name]) for name in ("zhen", "lin_cun")] == [[], []]


def test_where_the_post_of_the_village_is_empty_the_township_is_told(people: People) -> None:
    removed(people)
    Posting.objects.filter(user=people["cun"]).update(until_day=TODAY)
    tell_coming(DUE - 10 * DAY)
    assert [told(people[name]) for name in ("zhen", "cun")] == [[("/cases/removals/?visit=yes", 1)], []]


def test_what_was_not_told_before_is_told_on_the_last_day_and_what_is_over_is_the_townships(
    people: People,
) -> None:
    removed(people)
    assert tell_coming(DUE) > 0
    Notice.objects.all().delete()
    telling.night_work(by=User.objects.built_in("system"), on=DUE + DAY)
    assert {row.kind for row in Notice.objects.all()} == {"aftercare_overdue"}


def test_households_of_one_day_are_one_notice_and_read_ones_are_not_told_again(people: People) -> None:
    removed(people)
    removed(people)
    tell_coming(DUE - 10 * DAY)
    assert told(people["cun"]) == [("/cases/removals/?visit=yes", 2)]
    Notice.objects.filter(recipient=people["cun"]).update(read_at="2027-10-26T08:00:00Z")
    tell_coming(DUE - 8 * DAY)
    assert told(people["cun"]) == [("/cases/removals/?visit=yes", 2)]


def test_a_county_says_how_many_days_before(people: People, signed_in: Callable[[str], Client]) -> None:
    says("aftercare_soon_days", COUNTY, "2026-01-01", "3")
    case = removed(people)
    assert [bool(work(people, DUE - days * DAY)) for days in (4, 3)] == [False, True]
    assert tell_coming(DUE - 4 * DAY) == 0
    assert tell_coming(DUE - 3 * DAY) > 0
    client = signed_in("cun")
    for days, listed in ((4, False), (3, True)):
        with on(DUE - days * DAY):
            page = client.get("/cases/removals/", {"visit": "yes"}).content.decode()
        assert (case.number in page) is listed


def test_a_helper_who_stayed_hears_of_their_own(people: People) -> None:
    person, case = a_helper("liuxia"), removed(people)
    Case.objects.filter(pk=case.pk).update(state="enrolled")
    case.refresh_from_db()
    helped(case, person, people["zhen"])
    Case.objects.filter(pk=case.pk).update(state="removed")
    removed(people)
    tell_coming(DUE - 10 * DAY)
    assert told(person) == [("/cases/helpers/mine/", 1)]
    assert told(people["cun"]) == [("/cases/removals/?visit=yes", 2)]


def test_who_was_removed_before_this_platform_is_told_of_the_same_way(
    home: Household, people: People
) -> None:
    gone(home, people)
    with on(BEFORE_DUE - 11 * DAY):
        assert of_follow_ups(people["cun"]) == []
    assert tell_coming(BEFORE_DUE - 11 * DAY) == 0
    with on(BEFORE_DUE - 10 * DAY):
        (line,) = of_follow_ups(people["cun"])
    assert "removed before this platform" in line.title
    assert tell_coming(BEFORE_DUE - 10 * DAY) > 0
    assert told(people["cun"]) == [("/cases/follow-ups/?removed=yes", 1)]


def test_the_pages_of_household_and_case_say_when_it_is_visited_next(
    people: People, signed_in: Callable[[str], Client]
) -> None:
    case = removed(people)
    client = signed_in("cun")
    home = reverse("households:household", args=[case.household_id])
    for page in (home, reverse("cases:case", args=[case.pk])):
        said = client.get(page).content.decode()
        assert "Next after-care visit" in said
        assert DUE.isoformat() in said
    Case.objects.filter(pk=case.pk).update(state="enrolled")
    assert "Next after-care visit" not in client.get(home).content.decode()
