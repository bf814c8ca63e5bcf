"""Two people move one alert at the same moment: exactly one does."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from alerts.models import Alert
from alerts.verification import reviewing
from alerts.verification.pieces import ReturnItem
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from tests.alerts.verification.made import reported
from tests.people import make_areas, make_people

Act = Callable[[Alert, User], object]
ACTS: dict[str, Act] = {
    "confirm_end": lambda alert, by: reviewing.confirm_end(alert, "not_eligible", "同意", by=by),
    "propose": lambda alert, by: reviewing.propose(alert, "同意", by=by),
    "return": lambda alert, by: reviewing.give_back(alert, [ReturnItem("photos")], "缺照片", by=by),
}


@pytest.mark.parametrize(
    "pair", [("confirm_end", "propose"), ("return", "confirm_end"), ("propose", "propose")]
)
def test_of_two_decisions_exactly_one_is_made(pair: tuple[str, str], own_database: str) -> None:
    people = make_people(make_areas())
    key = reported(people).pk
    begin, said = threading.Barrier(2), []

    def decide(verb: str) -> None:
        alert = Alert.objects.select_related("household", "visit").get(pk=key)
        by = User.objects.get(username="zhen")
        begin.wait(timeout=30)
        try:
            ACTS[verb](alert, by)
        except Refused as refused:
            said.append(str(refused.sentence))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(verb,)) for verb in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    made = Passage.objects.filter(object_id=str(key), verb__in=ACTS, model="alerts.alert")
    assert made.count() == 1
    assert len(said) == 1
    assert Entry.objects.filter(verb__in=[f"alert.{verb}" for verb in ACTS]).count() == 1
