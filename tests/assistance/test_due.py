"""Last days of steps and of the whole: from the day of the step before, across warning and case, pauses apart."""

import datetime

import pytest

from assistance.enrolment import escalating, leaving
from assistance.enrolment.chain import FOLDER
from assistance.enrolment.deadlines import deadlines_of
from assistance.lifecycle import CASE
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.regulations.models import Value
from foundation.workflow import paths
from foundation.workflow.models import Path
from tests.assistance.made import opened, taken, walked_to
from tests.people import COUNTY

D = datetime.date
#: A Wednesday; the calendar of the tests has no holidays near it.
DAY = D(2026, 11, 4)


def test_each_step_runs_from_the_one_before(people: dict[str, User]) -> None:
    case = opened(people)
    assert (case.step_due_on, case.total_due_on) == (D(2026, 11, 6), D(2026, 11, 19))
    with clock.at(D(2026, 11, 6)):
        taken(case, "apply", people=people)
    assert (case.waits_for, case.step_due_on) == (["compare"], D(2026, 11, 11))


def test_not_authorised_pauses_the_whole_and_not_the_gross_days(people: dict[str, User]) -> None:
    case = opened(people)
    with clock.at(D(2026, 11, 5)):
        leaving.mark_unauthorised(case, "不同意", by=people["cun"])
    with clock.at(D(2026, 11, 10)):
        leaving.resume(case, "补签", by=people["cun"])
        told = deadlines_of(case)
    assert case.total_due_on == D(2026, 11, 24)
    assert told.whole is not None
    assert (told.whole.gross, [(each.since, each.until) for each in told.pauses]) == (
        6,
        [(D(2026, 11, 5), D(2026, 11, 10))],
    )


@pytest.mark.parametrize(("today", "misfit"), [(D(2026, 11, 14), False), (D(2026, 11, 15), True)])
def test_a_notice_that_would_end_after_the_last_day_is_a_warning(
    people: dict[str, User], today: datetime.date, misfit: bool
) -> None:
    case = walked_to(opened(people), "post", people)
    assert deadlines_of(case, today).misfit is misfit


def test_what_hangs_already_is_not_warned_about(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "end_notice", people)
    assert not deadlines_of(case, D(2026, 11, 18)).misfit


def test_a_value_that_changes_later_touches_no_running_case(people: dict[str, User]) -> None:
    case = opened(people)
    shipped = Value.objects.filter(subject="case_review_days").get()
    shipped.pk, shipped.from_day, shipped.amount = None, D(2026, 11, 5), 9
    shipped.save(force_insert=True)
    with clock.at(D(2026, 11, 10)):
        walked_to(case, "review", people)
        assert case.step_due_on == D(2026, 11, 12)


def test_a_chain_that_changes_later_touches_no_running_case(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    case = walked_to(opened(people), "compare", people)
    read = paths.read((FOLDER / "anhui.toml").read_text(encoding="utf-8"), file="anhui", lifecycle=CASE)
    Path.objects.create(
        kind=read.kind, area=areas[COUNTY], from_day=D(2026, 11, 5), steps=read.steps, digest="x", source={}
    )
    with clock.at(D(2026, 11, 6)):
        taken(case, "compare", people=people)
        assert case.waits_for == ["evaluate"]
        assert taken(opened(people), "apply", people=people).waits_for == ["compare", "evaluate"]


def test_the_night_tells_the_superior_of_what_is_overdue_once(people: dict[str, User]) -> None:
    case = opened(people)
    night = User.objects.built_in("system")
    assert escalating.escalate(by=night, on=D(2026, 11, 7)) == 0
    with clock.at(D(2026, 11, 30)):
        assert escalating.escalate(by=night, on=D(2026, 11, 30)) == 1
        assert escalating.escalate(by=night, on=D(2026, 12, 1)) == 0
    assert Notice.objects.get(kind="cases_overdue_below").recipient == people["zhen"]
    assert Entry.objects.filter(verb="case.escalated").count() == 1
    assert Case.objects.get(pk=case.pk).escalated_on == D(2026, 11, 30)
