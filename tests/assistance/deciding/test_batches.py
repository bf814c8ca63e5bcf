"""Review, approval and announcement: many cases with one paper, and a result for each."""

import datetime

import pytest

from assistance.deciding.batches import Paper, announce_many, approve_many, review_many
from assistance.deciding.undoing import undo_approval
from assistance.models import Case, CaseBatch
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from households.models import Standing
from tests.assistance.deciding.made import at_decision, case_at, cases_at, concluded
from tests.households.families import make_household

pytestmark = pytest.mark.usefixtures("english", "line")
TODAY = datetime.date(2026, 11, 4)
REVIEW = Paper(TODAY)
APPROVAL = Paper(TODAY, number="防贫审〔2026〕7号")
POSTED = Paper(TODAY, place="村务公开栏")


def results(batch: CaseBatch) -> list[str]:
    return list(batch.items.order_by("pk").values_list("result", flat=True))


def now(case: Case) -> Case:
    case.refresh_from_db()
    return case


def test_a_case_is_reviewed_approved_and_announced(people: dict[str, User]) -> None:
    case = at_decision(people)
    assert case.waits_for == ["decide"]
    assert results(approve_many([case], APPROVAL, by=people["shending"])) == ["done"]
    assert (now(case).state, case.category, case.risk_types, case.level) == (
        "approved",
        "sudden",
        ["01"],
        "middle",
    )
    assert results(announce_many([case], POSTED, by=people["zhenling"])) == ["done"]
    held = now(case).standing
    assert case.state == "enrolled"
    assert held is not None
    assert (held.kind, held.from_day, held.risk_types, held.members.count()) == ("sudden", TODAY, ["01"], 2)
    assert held.net_income_per_head == case.conclusions.holding().get().net_per_head
    assert Entry.objects.filter(verb="standing.held").count() == 1


def test_two_county_approvers_in_turn_are_one_decision(people: dict[str, User]) -> None:
    case = at_decision(people)
    as_seen = Case.objects.select_related("household").get(pk=case.pk)
    approve_many([case], APPROVAL, by=people["shending"])
    second = approve_many([as_seen], Paper(TODAY, number="另一份"), by=people["shending"])
    assert results(second) == ["left"]
    assert Passage.objects.filter(verb="approve").count() == 1


def test_who_reviewed_does_not_decide_and_kin_stay_out_while_the_rest_goes_on(
    people: dict[str, User],
) -> None:
    cases = [case_at("review", people) for _number in range(3)]
    for case in cases:
        concluded(case, people["zhen"])
    Kin.objects.create(
        user=people["zhenling"], household=cases[1].household.code, relation="kin", declared_on=TODAY
    )
    batch = review_many(cases, REVIEW, by=people["zhenling"])
    assert results(batch) == ["done", "left", "done"]
    assert "recusal" in batch.items.get(result="left").why
    assert [now(case).waits_for for case in cases] == [["decide"], ["review"], ["decide"]]


def test_without_a_conclusion_a_case_stays_out_unless_the_computed_one_is_confirmed(
    people: dict[str, User],
) -> None:
    case = case_at("review", people)
    batch = review_many([case], REVIEW, by=people["zhen"])
    assert "Nobody has confirmed" in batch.items.get().why
    again = review_many([now(case)], Paper(TODAY, as_computed=True), by=people["zhen"])
    assert results(again) == ["done"]
    assert case.conclusions.get().category == "sudden"


def test_what_cannot_be_computed_is_not_confirmed_unseen(people: dict[str, User]) -> None:
    case = case_at("review", people, {"risks": ["02"], "changes": ["disaster"], "wages": "8000"})
    batch = review_many([case], Paper(TODAY, as_computed=True), by=people["zhen"])
    assert "choose which kind" in batch.items.get().why
    assert not case.conclusions.exists()


def test_a_mistaken_approval_is_taken_back_the_same_day_by_the_same_person(people: dict[str, User]) -> None:
    case = at_decision(people)
    batch = approve_many([case], APPROVAL, by=people["shending"])
    undo_approval(now(case), "点错了", by=people["shending"])
    assert (now(case).state, case.waits_for, case.category, case.decided_on) == ("open", ["decide"], "", None)
    assert results(batch) == ["undone"]
    assert results(approve_many([case], APPROVAL, by=people["shending"])) == ["done"]


def test_a_day_later_or_announced_an_approval_stands(people: dict[str, User], settings: object) -> None:
    case = at_decision(people)
    approve_many([case], APPROVAL, by=people["shending"])
    settings.SHOUWANG_TODAY = "2026-11-05"  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="same day"):
        undo_approval(now(case), "点错了", by=people["shending"])
    settings.SHOUWANG_TODAY = "2026-11-04"  # type: ignore[attr-defined]
    announce_many([now(case)], POSTED, by=people["zhen"])
    with pytest.raises(Refused, match="not possible"):
        undo_approval(now(case), "点错了", by=people["shending"])


def test_a_household_that_is_monitored_already_is_not_announced(people: dict[str, User]) -> None:
    case = at_decision(people)
    approve_many([case], APPROVAL, by=people["shending"])
    home = case.household
    Standing.objects.create(household=home, kind="marginal", basis=home.source, revision=home.revision)
    batch = announce_many([now(case)], POSTED, by=people["zhen"])
    assert "already" in batch.items.get().why
    assert now(case).state == "approved"


def test_a_paper_says_what_it_needs(people: dict[str, User]) -> None:
    case = at_decision(people)
    with pytest.raises(Refused, match="number"):
        approve_many([case], Paper(TODAY), by=people["shending"])
    with pytest.raises(Refused, match="future"):
        approve_many([case], Paper(TODAY + datetime.timedelta(1), number="1"), by=people["shending"])
    with pytest.raises(Refused, match="tick some"):
        approve_many([], APPROVAL, by=people["shending"])
    with pytest.raises(Refused):
        approve_many([case], APPROVAL, by=people["lin_xian"])


@pytest.mark.slow
def test_two_thousand_are_approved_and_announced_with_those_that_stay_out(people: dict[str, User]) -> None:
    homes = [make_household(f"YB{number:06d}", by=people["xian"]) for number in range(2_000)]
    cases = cases_at("review", homes, people["cun"])
    reviewed = review_many(cases, Paper(TODAY, as_computed=True), by=people["zhen"], ring=False)
    assert run_here(Job.objects.get(uuid=reviewed.job)).result == {"done": 2_000, "left": 0}
    cases = list(Case.objects.order_by("pk").select_related("household"))
    for case in cases[:3]:
        Kin.objects.create(
            user=people["shending"], household=case.household.code, relation="kin", declared_on=TODAY
        )
    batch = approve_many(cases, APPROVAL, by=people["shending"], ring=False)
    assert run_here(Job.objects.get(uuid=batch.job)).result == {"done": 1_997, "left": 3}
    assert set(batch.items.filter(result="left").values_list("case", flat=True)) == {c.pk for c in cases[:3]}
    approved = list(Case.objects.filter(state="approved").select_related("household"))
    posted = announce_many(approved, POSTED, by=people["zhen"], ring=False)
    assert run_here(Job.objects.get(uuid=posted.job)).result == {"done": 1_997, "left": 0}
    assert Standing.objects.filter(kind="sudden", from_day=TODAY).count() == 1_997
    assert Case.objects.filter(state="enrolled", standing__isnull=False, decided_on=TODAY).count() == 1_997
    assert Entry.objects.filter(verb="case.announce").count() == 1_997
