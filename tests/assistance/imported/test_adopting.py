"""Monitored households of the old register become cases from before this platform; again changes nothing."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.imported.adopting import adopt, homes_waiting, waiting
from assistance.imported.doubles import answer, to_answer
from assistance.imported.job_kind import ask
from assistance.models import Case, CaseMember
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import State
from foundation.jobs.running import run_here
from foundation.workflow.models import Passage
from households.models import Household, Standing, StandingMember
from tests.house.planted_cases import a_case_of
from tests.households.families import make_household
from tests.households.made import revision
from tests.people import COUNTY, NEIGHBOUR_COUNTY

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime.date(2023, 5, 1), datetime.date(2025, 6, 30)


def held(
    home: Household, by: User, kind: str = "marginal", first: datetime.date | None = FIRST,
    last: datetime.date | None = None,
) -> Standing:  # fmt: skip
    """Let the old register have a household as monitored, with everybody in it."""
    wrote = revision(by, "monitored_file")
    made: Standing = Standing.objects.create(
        household=home,
        kind=kind,
        from_day=first,
        until_day=last,
        risk_types=["01"],
        basis=wrote.kind,
        revision=wrote,
    )
    for resident in home.residents.all():
        StandingMember.objects.create(standing=made, resident=resident, revision=wrote)
    return made


def test_what_is_held_is_enrolled_and_follows_no_chain(home: Household, people: dict[str, User]) -> None:
    standing = held(home, people["xian"])
    assert adopt([home.pk]) == 1
    case = Case.objects.get()
    assert (case.state, case.origin, case.standing) == ("enrolled", "import", standing)
    assert (case.category, case.risk_types, case.decided_on) == ("marginal", ["01"], FIRST)
    assert (case.waits_for, case.step_due_on, case.total_due_on) == ([], None, None)
    assert CaseMember.objects.filter(case=case).count() == 4
    assert list(Passage.objects.values_list("verb", flat=True)) == ["open_case", "adopt"]
    assert adopt([home.pk]) == 0


def test_what_was_over_is_ended_and_both_times_are_told(home: Household, people: dict[str, User]) -> None:
    held(home, people["xian"], "unstable", datetime.date(2021, 1, 1), datetime.date(2022, 1, 31))
    held(home, people["xian"], "marginal", FIRST, LAST)
    held(home, people["xian"], "sudden", datetime.date(2026, 2, 1))
    assert adopt([home.pk]) == 3
    told = list(Case.objects.order_by("pk").values_list("state", "ended_on"))
    assert told == [("ended", datetime.date(2022, 1, 31)), ("ended", LAST), ("enrolled", None)]


@pytest.mark.parametrize(("days", "state"), [(-1, "ended"), (0, "enrolled"), (None, "enrolled")])
def test_the_last_day_still_counts(
    home: Household, people: dict[str, User], days: int | None, state: str
) -> None:
    last = None if days is None else clock.today() + datetime.timedelta(days=days)
    held(home, people["xian"], first=None, last=last)
    adopt([home.pk])
    assert Case.objects.get().state == state


def test_a_household_with_a_running_case_is_proposed_never_made(
    home: Household, people: dict[str, User]
) -> None:
    running = a_case_of(home)
    standing = held(home, people["xian"])
    assert adopt([home.pk]) == 0
    assert list(to_answer(people["zhen"])) == [standing]
    assert not to_answer(people["lin_zhen"]).exists()
    with pytest.raises(Refused):
        answer(standing, "same", "同一户", by=people["cun"])
    with pytest.raises(Refused):
        answer(standing, "same", " ", by=people["zhen"])
    answer(standing, "same", "同一户", by=people["zhen"])
    running.refresh_from_db()
    assert running.state == "duplicate"
    assert Case.objects.running().get().standing == standing
    assert not to_answer(people["zhen"]).exists()


def test_left_apart_it_is_asked_no_more(home: Household, people: dict[str, User]) -> None:
    running = a_case_of(home)
    standing = held(home, people["xian"])
    answer(standing, "apart", "新的风险", by=people["zhen"])
    assert Case.objects.get() == running
    assert not to_answer(people["zhen"]).exists()
    with pytest.raises(Refused):
        answer(standing, "same", "同一户", by=people["zhen"])


def test_dibao_and_the_like_are_no_cases(home: Household, people: dict[str, User]) -> None:
    held(home, people["xian"], "dibao")
    assert not waiting().exists()


def test_the_work_takes_over_a_county_and_only_it(home: Household, people: dict[str, User]) -> None:
    held(home, people["xian"])
    far = make_household("LX000001", "马白露", area="999902001001", by=people["lin_xian"])
    held(far, people["lin_xian"])
    for number in range(5):
        held(make_household(f"YS00020{number}", "贺小满", by=people["xian"]), people["xian"])
    job = run_here(ask(by=people["xian"], area=COUNTY, ring=False))
    assert (job.state, job.result) == (State.DONE, {"made": 6})
    assert homes_waiting(COUNTY) == []
    assert homes_waiting(NEIGHBOUR_COUNTY) == [far.pk]


def test_pages_count_what_is_missing_and_ask_about_doubles(
    home: Household, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    held(home, people["xian"])
    adopt([home.pk])
    double = make_household("YS000300", "贺小满", by=people["xian"])
    a_case_of(double)
    standing = held(double, people["xian"])
    zhen = signed_in("zhen")
    assert "1 household of the old register" in zhen.get(reverse("cases:imported")).content.decode()
    assert signed_in("cun").get(reverse("cases:imported")).status_code == 200
    place = reverse("cases:imported_double", args=[standing.pk])
    assert double.code in zhen.get(reverse("cases:imported_doubles")).content.decode()
    assert signed_in("lin_zhen").get(place).status_code == 404
    zhen.post(place, {"answer": "apart", "reason": "新的风险"})
    assert not to_answer(people["zhen"]).exists()
