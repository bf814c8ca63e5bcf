"""A plan that holds and answers a risk no more is seen: in the list, on the home page, on the case, at approval."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.acts import acts_of
from assistance.board.selectors import board_rows
from assistance.measures import ending
from assistance.measures.answering import Landed, land, refuse
from assistance.models import Case, CaseRisk, Measure, Plan, PlanLine
from assistance.plans.bare import bare_of, leaving_bare
from assistance.plans.checking import NoDevelopment
from assistance.plans.making import Wanted, approve, submit
from assistance.plans.tables import rows_for
from assistance.plans.worklists import of_plans
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.models import Household, Resident, Standing
from tests.alerts.made import find, run_of
from tests.assistance.help.helped import ENOUGH, monitored, ticked
from tests.house.planted_help import a_measure, a_plan
from tests.people import VILLAGE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
D = datetime.date
SAID = "Plans that hold but leave a risk bare: 1"


@pytest.fixture
def planned(case: Case, people: dict[str, User]) -> Case:
    """Return a case whose approved plan answers illness and schooling, and develops it."""
    ticked(case, people["cun"], *ENOUGH)
    approve(submit(case, Wanted(), by=people["cun"]), by=people["zhen"])
    return case


def of(case: Case, code: str) -> Measure:
    return Measure.objects.select_related("case__household").get(case=case, code=code)


def bare(user: User) -> dict[int, list[str]]:
    return {row.pk: row.bare for row in leaving_bare(user)}


def judged(case: Case, people: dict[str, User]) -> None:
    """Judge a finding of the case to be a new risk."""
    finding = find(run_of(people["xian"]), "disaster_loss", case.household)
    CaseRisk.objects.create(case=case, finding=finding, told_on=clock.today(), answer="new_risk",
                            answered_on=clock.today(), answered_by=people["zhen"], note="山洪")  # fmt: skip


def test_a_refused_measure_leaves_its_risk_bare_until_a_new_version_is_made(
    planned: Case, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    assert (bare(people["cun"]), bare_of(planned)) == ({}, ())
    refuse(of(planned, "medical_aid"), "不符合条件", by=people["yibao"])
    assert bare(people["cun"]) == bare(people["zhen"]) == {planned.pk: ["01"]}
    assert bare(people["lin_zhen"]) == {}
    for who in ("cun", "zhen"):
        (line,) = (item for item in of_plans(people[who]) if item.title == SAID)
        page = signed_in(who).get(line.url).content.decode()
        assert planned.number in page
        assert "illness" in page
    assert (
        "leaves “illness” without"
        in signed_in("cun").get(reverse("cases:case", args=[planned.pk])).content.decode()
    )
    assert acts_of(planned, people["cun"], None).first.verb == "tick_measures"  # type: ignore[union-attr]
    ticked(planned, people["cun"], ("temporary_aid", None, "01"))
    lead = acts_of(planned, people["cun"], None).first
    assert lead is not None
    assert (lead.verb, lead.label) == ("make_plan", "Make a new version")
    assert bare(people["cun"]) == {planned.pk: ["01"]}
    submit(planned, Wanted(), by=people["cun"])
    assert (bare(people["cun"]), bare_of(planned)) == ({}, ())
    assert planned.number not in signed_in("cun").get(reverse("cases:plans") + "?state=bare").content.decode()


def test_a_new_risk_and_a_stop_leave_a_plan_bare(planned: Case, people: dict[str, User]) -> None:
    judged(planned, people)
    assert bare(people["cun"]) == {planned.pk: ["02"]}
    land(of(planned, "medical_aid"), Landed(clock.today()), by=people["yibao"])
    assert bare(people["cun"]) == {planned.pk: ["02"]}
    ending.stop(of(planned, "medical_aid"), clock.today(), "已康复", by=people["yibao"])
    assert bare(people["cun"]) == {planned.pk: ["02"]}
    Measure.objects.filter(case=planned, code="medical_aid").update(
        landed_on=D(2026, 10, 1), stopped_on=clock.today() - datetime.timedelta(1)
    )
    assert bare(people["cun"]) == {planned.pk: ["01", "02"]}


def test_lists_and_pages_agree_and_ask_the_same_of_each_measure(
    home: Household, people: dict[str, User]
) -> None:
    case = monitored(home, "01", "0201")
    plan = a_plan("approved", case, people["cun"])
    today, seen = clock.today(), set()
    for risk, code in (
        ("01", "medical_aid"),
        ("02", "temporary_aid"),
        ("", "medical_aid"),
        ("0201", "donation"),
    ):
        for fields in (
            {"state": "refused"},
            {"state": "asked"},
            {"state": "landed"},
            {"state": "landed", "until_day": today},
            {"state": "landed", "until_day": today - datetime.timedelta(1)},
            {"state": "landed", "stopped_on": today - datetime.timedelta(1)},
            {"state": "landed", "per": "year", "amount": 1, "landed_on": D(2025, 11, 4)},
            {"state": "landed", "per": "term", "amount": 1, "landed_on": D(2026, 5, 5)},
        ):
            row = a_measure(str(fields.pop("state")), case, people["cun"], risk_type=risk, code=code,
                            **{"landed_on": D(2026, 10, 1)} | fields)  # fmt: skip
            PlanLine.objects.create(plan=plan, measure=row, risk_type=risk, state=row.state)
            listed = tuple(rows_for(people["cun"]).get(pk=case.pk).bare)  # type: ignore[attr-defined]
            assert listed == bare_of(case), (risk, fields)
            seen.add(listed)
            PlanLine.objects.all().delete()
            row.delete()
    assert len(seen) >= 3


def test_what_the_county_never_decided_is_read_from_the_old_list(
    home: Household, people: dict[str, User]
) -> None:
    last = Resident.objects.filter(household=home).latest("pk").revision
    standing = Standing.objects.create(
        household=home, kind="marginal", from_day=D(2026, 1, 1), risk_types=["09"], revision=last
    )
    case = monitored(home, risk_types=[], origin="import", standing=standing)
    a_plan("approved", case, people["cun"])
    assert (bare(people["cun"]), bare_of(case)) == ({case.pk: ["09"]}, ("09",))


def test_the_board_of_the_village_reads_it_too(planned: Case, people: dict[str, User]) -> None:
    refuse(of(planned, "medical_aid"), "不符合条件", by=people["yibao"])
    assert board_rows(people["cun"], VILLAGE).get(pk=planned.pk).bare == ["01"]  # type: ignore[attr-defined]


def test_what_fell_away_before_the_approval_is_not_approved(case: Case, people: dict[str, User]) -> None:
    ticked(case, people["cun"], *ENOUGH)
    plan = submit(case, Wanted(), by=people["cun"])
    refuse(of(case, "medical_aid"), "不符合条件", by=people["yibao"])
    with pytest.raises(Refused, match="illness"):
        approve(plan, by=people["zhen"])
    assert Plan.objects.get(pk=plan.pk).state == "submitted"


def test_neither_is_one_whose_development_measure_fell_away(case: Case, people: dict[str, User]) -> None:
    ticked(case, people["cun"], *ENOUGH)
    plan = submit(case, Wanted(), by=people["cun"])
    Measure.objects.filter(case=case, code="job_referral").update(state="refused")
    with pytest.raises(Refused, match="development measure"):
        approve(plan, by=people["zhen"])
    later = NoDevelopment("照料病人", clock.today() + datetime.timedelta(30))
    Plan.objects.filter(pk=plan.pk).update(no_development=later.reason, revisit_on=later.revisit_on)
    excused = Plan.objects.select_related("case__household").get(pk=plan.pk)
    assert approve(excused, by=people["zhen"]).state == "approved"
