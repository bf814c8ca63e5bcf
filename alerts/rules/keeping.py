"""Make, change and end rules; every one is in the record of acts."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Rule
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record

#: The right that a rule works with.
NEEDS: dict[str, Right] = {Rule.Kind.DISPATCH: Right.DISPATCH_ALERTS, Rule.Kind.ASSIGN: Right.REVIEW_VISITS}


@transaction.atomic
def keep(rule: Rule, *, by: User) -> Rule:
    """Keep a new rule, or a changed one: whoever changes it keeps it from then on, and it works with their rights."""
    actor = by.authority(NEEDS[rule.kind], rule.area_id)
    if rule.pk is not None:
        by.authority(NEEDS[rule.kind], Rule.objects.values_list("area", flat=True).get(pk=rule.pk))
    if rule.until_day is not None and rule.until_day < rule.from_day:
        raise Refused(_("The last day lies before the first."), field="until_day")
    rule.kept_by, rule.rests_since = by, None
    rule.save()
    _note("alert.rule_kept", rule, actor)
    return rule


@transaction.atomic
def end(rule: Rule, *, by: User) -> Rule:
    """End a rule today: tonight it does nothing any more. What it did stays."""
    actor = by.authority(NEEDS[rule.kind], rule.area_id)
    today = clock.today()
    if rule.until_day is not None and rule.until_day < today:
        raise Refused(_("This rule has ended already."))
    rule.until_day = today - datetime.timedelta(days=1)
    rule.from_day = min(rule.from_day, rule.until_day)
    rule.save(update_fields=["until_day", "from_day"])
    _note("alert.rule_ended", rule, actor)
    return rule


def _note(verb: str, rule: Rule, actor: Actor) -> None:
    today = clock.today()
    details = {
        "kind": rule.kind, "standards": rule.standards, "bands": rule.bands, "most_open": rule.most_open,
        "from": str(rule.from_day), "until": str(rule.until_day or ""),
    }  # fmt: skip
    act = Act(verb, "alerts.rule", str(rule.pk), today, today, area=rule.area_id, details=details)
    record(act, by=actor)
