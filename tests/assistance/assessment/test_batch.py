"""What was judged goes through the batch: confirmed, evaluated, posted, decided, carried out, and back again."""

import datetime

import pytest

from alerts.models import Alert
from assistance.assessment import carrying, confirming, declaring
from assistance.assessment.aftercare import PURPOSE, tell_overdue
from assistance.models import AssessedHousehold, PolicyExit
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from households.models import Household, Standing, VisitPurpose
from tests.alerts.verification.made import reported
from tests.assistance.assessment.made import (
    able,
    declared,
    on_lists,
    papered,
    poor,
    rows,
    state_of,
    unsaid,
    walked,
)  # fmt: skip
from tests.assistance.noticed import called
from tests.assistance.removal.made import enrolled, on, visited
from tests.assistance.removal.walked import LAST, OVER

pytestmark = pytest.mark.usefixtures("english", "line")
LATER = OVER


def test_a_change_needs_a_reason_and_a_confirmation_none(people: dict[str, User]) -> None:
    able(people)
    (row,) = rows(declared(people))
    with pytest.raises(Refused, match="differs"):
        confirming.confirm([row], "stays", " ", by=people["zhen"])
    done = confirming.confirm([row], "stays", "户主重病，年底前观察", by=people["zhen"])
    assert (done.moved, done.refused) == (1, [])
    (row,) = rows([row])
    assert (row.state, row.proposed, row.result, row.why) == (
        "confirmed",
        "leaves",
        "stays",
        "户主重病，年底前观察",
    )


def test_who_is_monitored_does_not_become_an_object_again(people: dict[str, User]) -> None:
    home = able(people)
    enrolled(people, home=home)
    (row,) = rows(declared(people))
    done = confirming.confirm([row], "object", "又有新风险", by=people["zhen"])
    assert (done.moved, len(done.refused)) == (0, 1)


def test_meeting_notice_review_and_county_take_the_list_on(people: dict[str, User]) -> None:
    home = able(people)
    made = declared(people)
    walked(people, made, "posted")
    (row,) = rows(made)
    line = row.notice_items.get()
    assert (row.state, row.result, line.until) == ("posted", "leaves", LAST)
    assert line.category == "lifted out of poverty: leaves in order"
    on_lists(people, made)["heard"]()
    (row,) = rows(made)
    assert row.state == "heard"
    assert [line.result for line in papered(people, [row], "review").items.all()] == ["done"]
    papered(people, rows(made), "approval")
    (row,) = rows(made)
    assert (row.state, carrying.decided_on(row)) == ("decided", OVER)
    with on(OVER):
        done = carrying.carry_out([row], by=people["zhen"])
    assert (done.moved, done.refused) == (1, [])
    ended = PolicyExit.objects.get()
    assert (ended.household_id, ended.last_day) == (home.pk, OVER)
    assert ended.visit_due_on == OVER.replace(year=OVER.year + 1)
    due = ended.visit_due_on
    late = due + datetime.timedelta(1)
    assert [tell_overdue(day) for day in (due, late, late + datetime.timedelta(1))] == [0, 1, 0]
    notice = Notice.objects.get(kind="aftercare_overdue", recipient=people["zhen"])
    assert (notice.count, notice.place) == (1, "/cases/assessments/ends/?due=yes")
    visit = visited(home, people["cun"], late, {"found": "稳定"}, "call")
    VisitPurpose.objects.create(visit=visit, model=PURPOSE.model, object_id=str(ended.pk), added_on=late)
    PURPOSE.served(visit, str(ended.pk), by=people["cun"])
    ended.refresh_from_db()
    assert (ended.visit_due_on, ended.told_on) == (late.replace(year=late.year + 1), None), (
        "told anew next year"
    )
    # What somebody was counts on: the standing and every count of it stay.
    assert Standing.objects.get(household=home, kind="lifted_out").until_day is None
    assert Entry.objects.filter(verb="assessment.policy_ended").count() == 1


def decided(
    people: dict[str, User], home: Household, result: str = "", why: str = "核实"
) -> AssessedHousehold:
    """Return a household that the county has decided about."""
    made = declared(people)
    if result:
        confirming.confirm(rows(made), result, why, by=people["zhen"])
        for step in on_lists(people, made).values():
            step()
    else:
        walked(people, made, "decided")
    (row,) = [each for each in rows(made) if each.household_id == home.pk]
    assert row.state == "decided"
    return row


def test_who_becomes_an_object_is_reported_the_ordinary_way(people: dict[str, User]) -> None:
    home = poor(able(people))
    row = decided(people, home)
    with on(LATER):
        carrying.carry_out([row], by=people["zhen"])
    (row,) = rows([row])
    assert row.signal is not None
    alert = Alert.objects.open().get(household=home)
    assert (row.signal.alert_id, row.signal.channel, row.signal.event_kind) == (alert.pk, "visit", "work")
    assert "7,000.00" in row.signal.text
    assert not PolicyExit.objects.exists()


def test_a_monitored_household_leaves_by_a_removal_alone(people: dict[str, User]) -> None:
    home = able(people)
    case = enrolled(people, home=home)
    row = decided(people, home)
    with on(LATER):
        carrying.carry_out([row], by=people["zhen"])
    case.refresh_from_db()
    assert (case.state, PolicyExit.objects.count(), rows([row])[0].state) == ("enrolled", 0, "done")
    assert case.removals.count() == 0


def test_who_stays_stays(people: dict[str, User]) -> None:
    home = unsaid(able(people))
    row = decided(people, home)
    with on(LATER):
        carrying.carry_out([row], by=people["zhen"])
    assert (PolicyExit.objects.count(), Alert.objects.count()) == (0, 0)


def test_policy_does_not_end_while_a_warning_is_open(people: dict[str, User]) -> None:
    home = able(people)
    row = decided(people, home)
    reported(people, home=home)
    with on(LATER):
        done = carrying.carry_out([row], by=people["zhen"])
    assert done.moved == 0
    assert "warning" in done.refused[0][1]
    assert rows([row])[0].state == "decided"


def test_each_step_has_its_way_back(people: dict[str, User]) -> None:
    home = able(people)
    row = decided(people, home)
    with on(LATER):
        carrying.carry_out([row], by=people["zhen"])
        carrying.undo(rows([row])[0], "户主提出异议，待核", by=people["zhen"])
        ended = PolicyExit.objects.get()
        assert (ended.undone_on, ended.undone_why) == (LATER, "户主提出异议，待核")
        assert PolicyExit.objects.holding().count() == 0
        confirming.undo_decision(rows([row]), "漏看一户", by=people["shending"])
        assert state_of(row) == "reviewed"
        confirming.undo_review(rows([row]), "附件缺页", by=people["zhen"])
        assert state_of(row) == "heard"
        papered(people, rows([row]), "review")
        confirming.send_back(rows([row]), "需再核", by=people["shending"], verb="return")
    (row,) = rows([row])
    assert (row.state, row.result, row.why) == ("proposed", "", "")
    # Nothing is lost of what was: every step, and every paper with what became of it.
    assert Passage.objects.filter(object_id=str(row.pk), model=row._meta.label_lower).count() == 13
    assert list(row.batch_items.order_by("pk").values_list("result", flat=True)) == ["undone"] * 3


def test_the_village_sends_a_household_back_with_a_reason(people: dict[str, User]) -> None:
    able(people)
    made = declared(people)
    walked(people, made, "confirmed")
    meeting = called(people, rows(made))
    assert confirming.send_back(rows(made), "  ", by=people["cun"]).moved == 0
    assert confirming.send_back(rows(made), "材料不全", by=people["cun"]).moved == 1
    assert rows(made)[0].state == "proposed"
    assert meeting.items.get().result == "left"


def test_calling_off_frees_the_households(people: dict[str, User]) -> None:
    able(people)
    made = declared(people)
    with pytest.raises(Refused, match="Say why"):
        declaring.cancel(made, " ", by=people["zhen"])
    declaring.cancel(made, "日期报错", by=people["zhen"])
    assert {row.state for row in rows(made)} == {"dropped"}
    with pytest.raises(Refused, match="called off"):
        declaring.go_on(made, by=people["zhen"], ring=False)
    assert len(rows(declared(people))) == 1


def test_what_the_county_decided_stands_in_the_way_of_calling_off(people: dict[str, User]) -> None:
    row = decided(people, able(people))
    with pytest.raises(Refused, match="has decided"):
        declaring.cancel(row.assessment, "重来", by=people["zhen"])
