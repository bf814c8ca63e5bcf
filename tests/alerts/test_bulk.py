"""Acts on many warnings: a result for each, and what can be taken back."""

import datetime

import pytest

from alerts.bulk import asking
from alerts.bulk.acts import Kind, Wanted
from alerts.bulk.asking import Asked
from alerts.models import Alert, BulkAct
from alerts.selectors import all_of
from alerts.verification.assigning import assign
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from foundation.workflow.move import Request, move
from tests.alerts.made import DAY
from tests.alerts.warnings import plant, states
from tests.people import NEIGHBOUR_VILLAGE

pytestmark = pytest.mark.usefixtures("english")


def ask(
    user: User, kind: str, wanted: Wanted | None = None, reason: str = "看过", **options: object
) -> BulkAct:
    return asking.ask(all_of(user), Asked(kind, wanted or Wanted(), reason), by=user, **options)


def results(bulk: BulkAct) -> list[str]:
    return list(bulk.items.order_by("pk").values_list("result", flat=True))


def test_a_whole_view_is_dispatched_and_the_township_told_once(people: dict[str, User]) -> None:
    alerts = plant(people["xian"], 12)
    bulk = ask(people["xian"], Kind.DISPATCH)
    assert results(bulk) == ["done"] * 12
    assert states(alerts) == ["dispatched"] * 12
    assert Notice.objects.get(recipient=people["zhen"], kind="alerts_dispatched").count == 12
    assert Entry.objects.filter(verb="alert.dispatch").count() == 12
    assert Entry.objects.filter(verb="alert.bulk_asked").count() == 1


def test_ticked_ones_are_done_as_they_were_seen(people: dict[str, User]) -> None:
    first, second, third = plant(people["xian"], 3)
    seen = {first.pk: first.version, second.pk: second.version}
    move(second, Request("dispatch"), by=people["xian"])
    bulk = ask(people["xian"], Kind.DISPATCH, seen=seen)
    assert states([first, second, third]) == ["dispatched", "dispatched", "raised"]
    refused = bulk.items.get(alert=second)
    assert refused.result == "refused"
    assert "not possible" in refused.why


@pytest.mark.slow
def test_two_thousand_with_five_that_fail_say_why_and_go_back(people: dict[str, User]) -> None:
    User.objects.filter(pk=people["xian"].pk).update(language="en")
    alerts = plant(people["xian"], 2_000, first=1_000)
    odd = alerts[10:15]
    for alert in odd[:3]:
        move(alert, Request("dispatch"), by=people["xian"])
    for alert in odd[3:]:
        Kin.objects.create(
            user=people["xian"], household=alert.household.code, relation="kin", declared_on=DAY
        )
    bulk = ask(people["xian"], Kind.DISPATCH, ring=False)
    job = run_here(Job.objects.get(uuid=bulk.job))
    assert job.result == {"done": 1_995, "refused": 5}
    refused = {item.alert_id: item.why for item in bulk.items.filter(result="refused")}
    assert set(refused) == {alert.pk for alert in odd}
    assert sum("recusal" in why for why in refused.values()) == 2
    assert sum("not possible" in why for why in refused.values()) == 3
    gone_on = alerts[20]
    gone_on.refresh_from_db()
    assign(gone_on, people["cun"], by=people["zhen"])
    undoing = asking.undo(bulk, by=people["xian"], ring=False)
    assert run_here(Job.objects.get(uuid=undoing.job)).result == {"done": 1_994, "refused": 1}
    assert Alert.objects.filter(state="raised").count() == 1_996
    assert undoing.items.get(result="refused").alert_id == gone_on.pk


def test_closing_many_keeps_the_usual_cool_down_of_each(people: dict[str, User]) -> None:
    alerts = plant(people["xian"], 2)
    bulk = ask(people["xian"], Kind.CLOSE, Wanted(outcome="not_eligible"), "收入稳定")
    assert states(alerts) == ["closed"] * 2
    until = DAY + datetime.timedelta(days=90)
    assert set(Alert.objects.values_list("quiet_until", flat=True)) == {until}
    asking.undo(bulk, by=people["xian"])
    assert states(alerts) == ["raised"] * 2
    assert Alert.objects.filter(reopened=1, quiet_until=None).count() == 2


def test_an_outcome_that_the_area_lacks_is_everybodys_refusal(people: dict[str, User]) -> None:
    plant(people["xian"], 2)
    bulk = ask(people["xian"], Kind.CLOSE, Wanted(outcome="forgotten"))
    assert set(bulk.items.values_list("why", flat=True)) == {"Choose an outcome from the list."}


def test_visits_are_assigned_to_who_works_there_and_has_least(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    alerts = plant(people["xian"], 4)
    ask(people["xian"], Kind.DISPATCH)
    bulk = ask(people["zhen"], Kind.ASSIGN)
    assert results(bulk) == ["done"] * 4
    assert states(alerts) == ["assigned"] * 4
    sent = Alert.objects.values_list("visitor__username", flat=True)
    assert max(list(sent).count(name) for name in set(sent)) == 1, "four people of the village, one each"


def test_the_one_who_is_named_must_work_there(people: dict[str, User]) -> None:
    plant(people["xian"], 1)
    ask(people["xian"], Kind.DISPATCH)
    refused = ask(people["zhen"], Kind.ASSIGN, Wanted(visitor=people["lin_cun"].pk))
    assert "does not visit households of this village" in refused.items.get().why
    assert results(ask(people["zhen"], Kind.ASSIGN, Wanted(visitor=people["cun"].pk))) == ["done"]
    assert Alert.objects.get().visitor == people["cun"]


def test_the_neighbours_warnings_are_not_in_the_view(people: dict[str, User]) -> None:
    plant(people["lin_xian"], 2, area=NEIGHBOUR_VILLAGE)
    with pytest.raises(Refused, match="No warning is chosen"):
        ask(people["xian"], Kind.DISPATCH)


def test_who_may_not_act_is_refused(people: dict[str, User]) -> None:
    plant(people["xian"], 1)
    with pytest.raises(Refused):
        ask(people["cun"], Kind.DISPATCH)


def test_an_act_is_taken_back_once(people: dict[str, User]) -> None:
    plant(people["xian"], 1)
    bulk = ask(people["xian"], Kind.DISPATCH)
    asking.undo(bulk, by=people["xian"])
    with pytest.raises(Refused, match="already"):
        asking.undo(bulk, by=people["xian"])


def test_a_cool_down_is_changed_and_put_back(people: dict[str, User]) -> None:
    (alert,) = plant(people["xian"], 1)
    ask(people["xian"], Kind.CLOSE, Wanted(outcome="not_eligible", quiet_days=30))
    bulk = ask(people["xian"], Kind.QUIET, Wanted(until=None), "要再看")
    alert.refresh_from_db()
    assert alert.quiet_until is None
    asking.undo(bulk, by=people["xian"])
    alert.refresh_from_db()
    assert alert.quiet_until == DAY + datetime.timedelta(days=30)
