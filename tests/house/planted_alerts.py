"""Alerts that the walks look at: one on every household, with a signal that somebody typed."""

from collections.abc import Iterator
from typing import Any

from alerts.models import Alert, BulkAct, BulkItem, Letter, Relocation, Rule, Signal
from foundation.accounts.models import User
from households.models import Household
from tests.house.planted_views import saved_views
from tests.house.things import DAY, Thing
from tests.households.families import make_household
from tests.people import NEIGHBOUR_COUNTY


def warned(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let something have been reported of every household, put off, and looked at through views; by kind of thing."""
    pairs = list(_reported(people, homes))
    return {
        "alert": [alert for alert, _signal in pairs],
        "signal": [signal for _alert, signal in pairs],
        "letter": list(lettered(pairs)),
        "alert_rule": list(ruled(people)),
        "relocation": list(moved(people)),
        "bulk_act": list(acted_on(people)),
        "saved_view": list(saved_views(people)),
    }


def lettered(pairs: list[tuple[Thing, Thing]]) -> Iterator[Thing]:
    """Let a letter be owed to every household."""
    for alert, _signal in pairs:
        letter = Letter.objects.create(
            alert_id=alert.key, outcome="not_eligible", concluded_on=DAY, due_on=DAY, until=DAY
        )
        yield Thing(letter.pk, alert.area)


def _reported(people: dict[str, User], homes: list[Household]) -> Iterator[tuple[Thing, Thing]]:
    for home in homes:
        made = _alert(home)
        reporter = "lin_xian" if home.area_id.startswith(NEIGHBOUR_COUNTY) else "xian"
        texts = {"text": "火灾", "reporter": "邻居", "by": people[reporter]}
        signals = [
            Signal.objects.create(
                alert=made,
                channel="visit",
                event_kind="disaster",
                day=DAY,
                attached_on=DAY,
                cause="-",
                **texts,
            )
            for _number in range(2)
        ]
        yield Thing(made.pk, home.area_id), Thing(signals[0].pk, home.area_id)


def ruled(people: dict[str, User]) -> Iterator[Thing]:
    """Let the dispatcher of each county keep a rule."""
    for username in ("xian", "lin_xian"):
        county = people[username].postings.get().area_id
        made = Rule.objects.create(kind="dispatch", area_id=county, kept_by=people[username], from_day=DAY)
        yield Thing(made.pk, county)


def moved(people: dict[str, User]) -> Iterator[Thing]:
    """Let a signal of each alert have been moved, and moved back."""
    for alert in list(Alert.objects.order_by("pk")):
        made = Relocation.objects.create(
            source=alert, target=alert, signals=[0], reason="认错户", by=people["xian"], on=DAY, undone_on=DAY
        )
        yield Thing(made.pk, alert.area_id)


def acted_on(people: dict[str, User]) -> Iterator[Thing]:
    """Let the dispatcher of each county have put an alert off, as an act on many."""
    for username in ("xian", "lin_xian"):
        county = people[username].postings.get().area_id
        made = BulkAct.objects.create(kind="snooze", area_id=county, by=people[username], asked_on=DAY)
        for alert in Alert.objects.filter(area__code__startswith=county):
            BulkItem.objects.create(bulk=made, alert=alert, version=1, result="done")
        yield Thing(made.pk, county)


def an_alert(state: str, people: dict[str, User]) -> Alert:
    """Return an alert in a state, on a household of its own (for the walk of the lifecycles)."""
    number = Alert.objects.count()
    return _alert(make_household(f"YS{number:06d}", by=people["xian"]), state=state)


def _alert(home: Household, **fields: Any) -> Alert:
    made: Alert = Alert.objects.create(
        household=home, area=home.area, opened_on=DAY, **{"state": "raised"} | fields
    )
    return made
