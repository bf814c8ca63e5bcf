"""Nothing stays with a post that ended: visits go to the stand-in, a colleague or the next level, and they are told."""

import datetime

import pytest

from alerts.models import Alert
from alerts.tasks import look_after_warnings
from alerts.verification.leaving import hand_on
from foundation.accounts import clock, postings
from foundation.accounts.models import Kin, Posting, User
from foundation.inbox.models import Notice
from foundation.workflow.models import Passage
from households.models import Household
from tests.alerts.made import DAY, find, follow, run_of, the_alert
from tests.people import VILLAGE

D = datetime.date
People = dict[str, User]


@pytest.fixture
def alert(home: Household, people: People) -> Alert:
    """Return a warning that lies with the village assistant."""
    run = run_of(people["xian"])
    find(run, "house_unsafe", home)
    follow(run)
    Alert.objects.update(state="assigned", visitor=people["cun"])
    return the_alert(home)


def visitor(alert: Alert) -> User | None:
    alert.refresh_from_db()
    return alert.visitor


def post(people: People, who: str) -> Posting:
    return Posting.objects.get(user=people[who])


def colleague(people: People) -> None:
    """Post the first secretary as a second assistant of the village."""
    Posting.objects.filter(user=people["shuji"]).update(role="village_assistant")


def test_a_colleague_takes_over_at_once(alert: Alert, people: People) -> None:
    colleague(people)
    postings.end(post(people, "cun"), by=people["anquan"], reason="调走")
    assert visitor(alert) == people["shuji"]
    assert Passage.objects.filter(verb="reassign", object_id=str(alert.pk)).count() == 1
    told = dict(Notice.objects.values_list("kind", "recipient__username"))
    assert (told["alerts_assigned"], told["alerts_left"]) == ("shuji", "zhen")


def test_without_a_colleague_it_is_the_next_level(alert: Alert, people: People) -> None:
    postings.end(post(people, "cun"), by=people["anquan"], reason="调走")
    assert visitor(alert) == people["zhen"]


def test_a_post_that_ends_later_keeps_its_work_until_then(alert: Alert, people: People) -> None:
    postings.end(post(people, "cun"), by=people["anquan"], on=D(2026, 11, 6), reason="调走")
    for day, who in ((4, "cun"), (6, "cun"), (7, "zhen")):
        with clock.at(D(2026, 11, day)):
            look_after_warnings()
        assert visitor(alert) == people[who], day


def test_who_declares_kin_does_not_go(alert: Alert, people: People) -> None:
    Kin.objects.create(
        user=people["cun"], household="YS000001", relation=Kin.Relation.values[0], declared_on=DAY
    )
    assert hand_on(Alert.objects.all()) == 1
    assert visitor(alert) == people["zhen"]


def test_where_nobody_may_go_nobody_is_named(alert: Alert, people: People) -> None:
    for who in ("cun", "zhen"):
        Kin.objects.create(
            user=people[who], household="YS000001", relation=Kin.Relation.values[0], declared_on=DAY
        )
    assert hand_on(Alert.objects.all()) == 1
    assert visitor(alert) == people["cun"]
    assert Notice.objects.get(kind="alerts_left").recipient == people["zhen"]


def test_who_still_visits_keeps_the_work(alert: Alert, people: People) -> None:
    assert hand_on(Alert.objects.all()) == 0
    assert visitor(alert) == people["cun"]


def test_work_is_spread_over_colleagues(alert: Alert, people: People) -> None:
    colleague(people)
    Posting.objects.filter(user=people["duiyuan"]).update(role="village_assistant")
    Posting.objects.filter(user=people["cun"]).update(until_day=D(2026, 11, 3))
    hand_on(Alert.objects.all())
    first = visitor(alert)
    assert first in (people["shuji"], people["duiyuan"])
    assert Posting.objects.filter(user=first, area=VILLAGE).exists()
