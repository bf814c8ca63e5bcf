"""Let the rules work at the end of the night, each as an act on many with a result for each; tell what was done."""

import datetime
from collections.abc import Iterable

from alerts.bulk import asking
from alerts.bulk.acts import Wanted
from alerts.bulk.asking import Asked
from alerts.models import Alert, BulkAct, Rule
from alerts.querysets import AlertQuerySet
from alerts.rules.keeping import NEEDS
from alerts.sending import Visitors
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.notices import holders, notify

#: From which state each kind of rule takes an alert on.
_TAKES = {Rule.Kind.DISPATCH: "raised", Rule.Kind.ASSIGN: "dispatched"}


def night_work(*, by: User, on: datetime.date) -> None:
    """Let every rule work that is in force on a day (foundation.accounts.next_day.NightWork)."""
    done = [made for rule in _in_force(on) if (made := work(rule, on=on))]
    _tell(done, on)


def work(rule: Rule, *, on: datetime.date) -> BulkAct | None:
    """Let one rule work; returns the act on many that it asked for, or None where nothing fits or its keeper left."""
    keeper = rule.kept_by
    if not keeper.is_active or not keeper.holds(NEEDS[rule.kind], rule.area_id):
        _rest(rule, on)
        return None
    rows = fitting(rule, on=on)
    seen = _within_load(rule, rows) if rule.most_open is not None else None
    asked = Asked(rule.kind, Wanted(), filters=str(rule))
    try:
        made = asking.ask(rows, asked, by=keeper, seen=seen)
    except Refused:  # nothing fits today
        return None
    BulkAct.objects.filter(pk=made.pk).update(rule=rule)
    made.rule = rule
    return made


def fitting(rule: Rule, *, on: datetime.date) -> AlertQuerySet:
    """Return the alerts that a rule would take on now, at most as many as one act names, the most urgent first."""
    rows = Alert.objects.visible_to(rule.kept_by).awake(on)
    rows = rows.filter(area__code__startswith=rule.area_id, state=_TAKES[Rule.Kind(rule.kind)])
    if rule.standards:
        rows = rows.filter(standards__overlap=rule.standards)
    if rule.bands:
        rows = rows.filter(band__in=rule.bands)
    return rows


def _within_load(rule: Rule, rows: AlertQuerySet) -> dict[int, int]:
    """Return keys and versions of those for which somebody has less open than the rule allows."""
    alerts = list(rows.select_related("household").order_by("-priority", "pk")[: asking.MOST])
    visitors = Visitors(alerts)
    most = rule.most_open or 0
    return {alert.pk: alert.version for alert in alerts if visitors.has_room(alert, most)}


def _in_force(on: datetime.date) -> Iterable[Rule]:
    """Return the rules of a day: dispatch goes before assignment, so that one night does both."""
    rows = Rule.objects.in_force(on).select_related("kept_by", "area")
    return sorted(rows, key=lambda rule: (rule.kind != Rule.Kind.DISPATCH, rule.pk))


def _rest(rule: Rule, on: datetime.date) -> None:
    """Note that a rule rests, and tell the office of its keeper, once."""
    if rule.rests_since is None:
        Rule.objects.filter(pk=rule.pk).update(rests_since=on)
        notify(
            holders(NEEDS[rule.kind], rule.area_id), "rule_rests", place="/alerts/rules/", group=str(rule.pk)
        )


def _tell(done: Iterable[BulkAct], on: datetime.date) -> None:
    """Tell once a day how many warnings the rules took on: who keeps them, and who would do it by hand."""
    counts: dict[int, tuple[User, int]] = {}
    for made in done:
        count = made.items.count()
        people = {made.by, *holders(NEEDS[made.kind], made.rule.area_id)} if made.rule else {made.by}
        for person in people:
            counts[person.pk] = (person, counts.get(person.pk, (person, 0))[1] + count)
    for person, count in counts.values():
        notify([person], "alerts_by_rule", place="/alerts/bulk/acts/", group=str(on), count=count)
