"""Help has an end: its last day, a stop and its undoing, the aid that is paid under it; then it stands no more."""

import datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from assistance.aid import recording
from assistance.measures import ending
from assistance.measures.answering import Landed, answer_again, land
from assistance.measures.lasting import last_day, months_before, runs, stands
from assistance.measures.offering import offered
from assistance.measures.suggesting import offer_for
from assistance.models import AidRecord, Case, Measure
from assistance.plans.checking import open_risks
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from tests.assistance.aid.made import aid, recorded
from tests.assistance.help.helped import ENOUGH, member, ticked
from tests.house.planted_help import a_measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
D = datetime.date


def of(case: Case, code: str = "dibao") -> Measure:
    return Measure.objects.select_related("case__household").get(case=case, code=code)


@pytest.fixture
def running(case: Case, people: dict[str, User]) -> Measure:
    """Return a measure against illness that landed by the month on 20 October, and runs on."""
    a_measure(
        "landed",
        case,
        people["cun"],
        landed_on=D(2026, 10, 20),
        amount=420,
        per="month",
        resident=member(case, 0),
    )
    return of(case, "medical_aid")


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ({}, None),
        ({"per": "once"}, None),
        ({"per": "month"}, None),
        ({"per": "month", "until_day": D(2026, 12, 31)}, D(2026, 12, 31)),
        ({"per": "month", "until_day": D(2026, 12, 31), "stopped_on": D(2026, 10, 31)}, D(2026, 10, 31)),
        ({"per": "year"}, D(2027, 2, 28)),
        ({"per": "year", "landed_on": D(2024, 2, 29)}, D(2025, 2, 28)),
        ({"per": "term", "landed_on": D(2026, 8, 31)}, D(2027, 2, 28)),
        ({"per": "year", "until_day": D(2026, 6, 30)}, D(2026, 6, 30)),
        ({"state": "asked", "until_day": D(2026, 6, 30)}, None),
    ],
)
def test_the_last_day_is_what_was_named_or_what_the_amount_is_for(
    told: dict[str, Any], last: D | None
) -> None:
    assert last_day(Measure(**{"state": "landed", "landed_on": D(2026, 3, 1)} | told)) == last


@given(
    landed=some.dates(D(2020, 1, 1), D(2030, 1, 1)), later=some.integers(0, 800),
    per=some.sampled_from(["term", "year"]),
)  # fmt: skip
def test_a_year_and_a_term_end_on_the_same_day_in_rows_and_in_lists(landed: D, later: int, per: str) -> None:
    on = landed + datetime.timedelta(later)
    over = landed <= months_before(on, {"term": 6, "year": 12}[per])
    assert stands(Measure(state="landed", landed_on=landed, per=per), on) is not over


def test_rows_and_lists_agree_on_what_stands(case: Case, people: dict[str, User]) -> None:
    today = clock.today()
    days = (None, today - datetime.timedelta(1), today)
    states = ("proposed", "asked", "landed", "refused", "withdrawn")
    for number, (state, per, until, stopped) in enumerate(
        product(states, ("", "once", "month", "year"), days, days)
    ):
        if stopped is not None and state != "landed":
            continue
        a_measure(
            state, case, people["cun"], code=f"c{number}", per=per, amount=1 if per else None, until_day=until,
            stopped_on=stopped, landed_on=D(2025, 9, 1),
        )  # fmt: skip
    rows = Measure.objects.filter(case=case)
    listed = set(rows.standing_on(today).values_list("pk", flat=True))
    assert listed == {row.pk for row in rows if stands(row, today)}
    assert 0 < len(listed) < rows.count()


def test_what_is_over_stands_against_no_risk(case: Case, running: Measure) -> None:
    today = clock.today()
    assert open_risks(["01"], [running]) == ()
    running.until_day = today
    assert open_risks(["01"], [running]) == ()
    running.until_day = today - datetime.timedelta(1)
    assert open_risks(["01"], [running]) == ("01",)


@pytest.mark.parametrize("who", ["cun", "zhen", "yibao"])
def test_its_office_or_who_plans_stops_it_and_takes_that_back(
    running: Measure, people: dict[str, User], who: str
) -> None:
    assert {"stop"} <= set(offered(running, people[who]))
    assert "go_on" not in offered(running, people[who])
    with pytest.raises(Refused, match="needs a reason"):
        ending.stop(running, D(2026, 10, 31), " ", by=people[who])
    ending.stop(running, D(2026, 10, 31), "已康复", by=people[who])
    assert (running.state, running.stopped_on, stands(running, clock.today())) == (
        "landed",
        D(2026, 10, 31),
        False,
    )
    with pytest.raises(Refused, match="stopped already"):
        ending.stop(running, D(2026, 10, 31), "已康复", by=people[who])
    assert "stop" not in offered(running, people[who])
    ending.go_on(running, "写错了", by=people[who])
    assert (running.stopped_on, stands(running, clock.today())) == (None, True)
    with pytest.raises(Refused, match="was not stopped"):
        ending.go_on(running, "写错了", by=people[who])


def test_the_other_side_is_told(running: Measure, people: dict[str, User]) -> None:
    ending.stop(running, D(2026, 10, 31), "已康复", by=people["shuji"])
    told = set(Notice.objects.filter(kind="measures_ended").values_list("recipient__username", flat=True))
    assert told == {"cun", "yibao"}


@pytest.mark.parametrize("who", ["jingban", "lingdao", "bangfu", "lin_zhen"])
def test_nobody_else_stops_it(running: Measure, people: dict[str, User], who: str) -> None:
    assert "stop" not in offered(running, people[who])
    with pytest.raises(Refused):
        ending.stop(running, D(2026, 10, 31), "已康复", by=people[who])


@pytest.mark.parametrize("last", [D(2026, 10, 19), D(2026, 12, 1)])
def test_it_ends_between_its_day_and_the_end_of_the_month(
    running: Measure, people: dict[str, User], last: D
) -> None:
    with pytest.raises(Refused) as refused:
        ending.stop(running, last, "已康复", by=people["cun"])
    assert refused.value.field == "stopped_on"


def test_what_ends_anyway_or_only_waits_is_not_stopped(
    case: Case, running: Measure, people: dict[str, User]
) -> None:
    Measure.objects.filter(pk=running.pk).update(until_day=D(2026, 10, 31))
    with pytest.raises(Refused, match="ends earlier"):
        ending.stop(of(case, "medical_aid"), D(2026, 10, 31), "已康复", by=people["cun"])
    waiting = a_measure("asked", case, people["cun"], code="loan")
    with pytest.raises(Refused, match="taken back"):
        ending.stop(waiting, D(2026, 10, 31), "已康复", by=people["cun"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=waiting.pk).update(stopped_on=D(2026, 10, 31))


def test_an_answer_that_is_taken_back_takes_its_stop_along(running: Measure, people: dict[str, User]) -> None:
    ending.stop(running, D(2026, 10, 31), "已康复", by=people["yibao"])
    answer_again(running, "填错了户", by=people["yibao"])
    assert (running.state, running.stopped_on) == ("asked", None)


def test_what_is_paid_by_the_month_ends_and_goes_on_with_it(
    case: Case, running: Measure, people: dict[str, User]
) -> None:
    paid = recorded(
        case, people["yibao"], aid(case, "medical_aid", measure=running, landed_on=D(2026, 10, 20))
    )
    ending.stop(running, D(2026, 10, 31), "已康复", by=people["cun"])
    paid.refresh_from_db()
    assert paid.stopped_month == D(2026, 10, 1)
    ending.go_on(running, "写错了", by=people["cun"])
    paid.refresh_from_db()
    assert paid.stopped_month is None
    ending.stop(running, D(2026, 10, 31), "已康复", by=people["cun"])
    recorded(case, people["cun"], aid(case, "medical_aid", landed_on=D(2026, 11, 1), amount=Decimal(500)))
    with pytest.raises(Refused, match="2026-11"):
        ending.go_on(running, "写错了", by=people["cun"])


def test_the_last_record_that_is_stopped_ends_the_measure(
    case: Case, running: Measure, people: dict[str, User]
) -> None:
    first, second = (
        recorded(
            case, people["cun"], aid(case, "medical_aid", measure=running, landed_on=day, until_month=until)
        )
        for day, until in ((D(2026, 10, 20), D(2026, 10, 31)), (D(2026, 11, 1), None))
    )
    recording.stop(second, D(2026, 11, 4), "出院", by=people["cun"])
    running.refresh_from_db()
    assert (running.stopped_on, stands(running, clock.today())) == (D(2026, 11, 30), True)
    recording.go_on(second, "写错了", by=people["cun"])
    running.refresh_from_db()
    assert running.stopped_on is None
    assert AidRecord.objects.get(pk=first.pk).stopped_month is None


def test_a_new_amount_under_the_measure_lets_it_go_on(
    case: Case, running: Measure, people: dict[str, User]
) -> None:
    first = recorded(
        case, people["cun"], aid(case, "medical_aid", measure=running, landed_on=D(2026, 10, 20))
    )
    recording.stop(first, D(2026, 10, 31), "金额调整", by=people["cun"])
    assert of(case, "medical_aid").stopped_on == D(2026, 10, 31)
    recorded(case, people["cun"], aid(case, "medical_aid", measure=running, landed_on=D(2026, 11, 1)))
    assert of(case, "medical_aid").stopped_on is None


def test_what_landed_and_is_over_is_suggested_again_with_its_last_day(
    case: Case, running: Measure, people: dict[str, User]
) -> None:
    def found(code: str) -> list[Any]:
        return [each for each in offer_for(case).suggested if each.measure.code == code]

    assert found("medical_aid") == []
    (left,) = [
        each for each in offer_for(case).left_out if each.measure.code == "medical_aid" and each.person
    ]
    assert (left.already, left.again) == (True, "")
    ending.stop(running, D(2026, 10, 31), "已康复", by=people["cun"])
    (again,) = found("medical_aid")
    assert "had until 2026-10-31" in again.why
    ticked(case, people["cun"], ENOUGH[0])
    assert found("medical_aid") == []
    assert Measure.objects.filter(case=case, code="medical_aid").count() == 2


def test_what_is_given_once_may_come_again_and_is_suggested_anew_next_year(
    case: Case, people: dict[str, User]
) -> None:
    head = member(case, 0)
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    land(of(case, "medical_aid"), Landed(clock.today(), Decimal(2000), "once"), by=people["yibao"])
    (left,) = [each for each in offer_for(case).left_out if each.again]
    assert left.again == f"medical_aid:{head.pk}:01"
    assert f"last landed on {clock.today()}" in left.why
    assert not runs(of(case, "medical_aid"), clock.today())
    Measure.objects.filter(pk=made.pk).update(landed_on=D(2025, 12, 31))
    (again,) = [each for each in offer_for(case).suggested if each.measure.code == "medical_aid"]
    assert "last landed on 2025-12-31" in again.why


def test_a_yearly_grant_is_asked_for_again_before_its_year_is_over(
    case: Case, people: dict[str, User]
) -> None:
    pupil = member(case, 2)
    a_measure(
        "landed", case, people["cun"], code="fee_reduction", risk_type="09", resident=pupil, amount=1500, per="year",
        landed_on=D(2025, 11, 20),
    )  # fmt: skip
    (left,) = [each for each in offer_for(case).left_out if each.again]
    assert (left.again, left.why) == (f"fee_reduction:{pupil.pk}:09", "until 2026-11-19")
    assert stands(of(case, "fee_reduction"), clock.today())
