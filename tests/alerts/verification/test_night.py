"""What the night brings back: watched warnings on their day, neither before nor after."""

import datetime

import pytest

from alerts.verification import reviewing
from alerts.verification.night import night_work
from alerts.verification.reported import Reported
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from tests.alerts.verification.made import reported

DAY = datetime.date(2026, 11, 4)


def test_a_watched_warning_comes_back_on_its_day(people: dict[str, User]) -> None:
    alert = reviewing.watch(
        reported(people, Reported("watch", reason="再看看")), DAY.replace(day=20), "再看看", by=people["zhen"]
    )
    assert (alert.state, alert.step_due_on) == ("watched", DAY.replace(day=20))
    system = User.objects.built_in("system")
    for day, state in ((19, "watched"), (20, "dispatched")):
        with clock.at(DAY.replace(day=day)):
            night_work(by=system, on=DAY.replace(day=day))
        alert.refresh_from_db()
        assert alert.state == state
    assert (alert.visitor, alert.visit, alert.relook_on) == (None, None, None)
    assert Notice.objects.filter(kind="alerts_dispatched", recipient=people["zhen"]).exists()


@pytest.mark.parametrize("day", [DAY, DAY - datetime.timedelta(1), DAY + datetime.timedelta(400), None])
def test_a_day_to_look_again_lies_ahead(people: dict[str, User], day: datetime.date | None) -> None:
    alert = reported(people, Reported("watch"))
    with pytest.raises(Refused) as refusal:
        reviewing.watch(alert, day, "再看看", by=people["zhen"])
    assert refusal.value.field == "relook_on"
