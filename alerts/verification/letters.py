"""Letters to households: owed when a visited warning comes to an outcome, printed, and delivered on the record."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Alert, Letter
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Act, record
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.units import SPANS
from foundation.regulations.working_days import deadline
from households.identity.masking import masked_text

#: Outcomes of which a visited household is told by letter: it would otherwise wait for an answer.
LETTERED = frozenset({"not_eligible", "solved_by_policy", "wrong_information", "watched"})
DELIVER_BY, ASK_UNTIL = "result_told_days", "result_recheck_days"


@dataclass(frozen=True, slots=True)
class Ended:
    """That an alert came to an outcome on a day."""

    alert: Alert
    outcome: str
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a household was told, on which day; `taken_by` names who took it where it was not the head."""

    way: str
    on: datetime.date
    taken_by: str = ""


def owe(ended: Collection[Ended]) -> None:
    """Owe a letter to each visited household; once for each outcome. In the transaction of the move."""
    wanted = [each for each in ended if each.alert.visit_id is not None and each.outcome in LETTERED]
    days: dict[tuple[str, datetime.date], tuple[datetime.date | None, datetime.date]] = {}
    letters = []
    for each in wanted:
        key = (each.alert.area_id[: Level.COUNTY], each.on)
        if key not in days:
            days[key] = (last_day(DELIVER_BY, *key), last_day(ASK_UNTIL, *key) or each.on)
        due, until = days[key]
        letters.append(
            Letter(alert=each.alert, outcome=each.outcome, concluded_on=each.on, due_on=due, until=until)
        )
    Letter.objects.bulk_create(letters, ignore_conflicts=True)


def owe_no_longer(alerts: Collection[int]) -> None:
    """Take letters back that nobody has delivered, because their warnings are taken up again."""
    Letter.objects.owed().filter(alert__in=alerts).delete()


@transaction.atomic
def deliver(letter: Letter, told: Delivery, *, by: User) -> Letter:
    """Write down that a household was told; refused for kin, before the outcome, and a second time."""
    alert = letter.alert
    actor = by.authority(Right.VISIT_HOUSEHOLDS, alert.area_id)
    if forbidden := recused(by, alert.household.recusal_keys):
        raise Refused(forbidden)
    if told.way not in Letter.Way.values:
        raise Refused(_("Choose how the household was told."), field="way")
    if not letter.concluded_on <= told.on <= clock.today():
        raise Refused(_("Choose a day from the outcome up to today."), field="on")
    written = {
        "delivered_on": told.on,
        "way": told.way,
        "taken_by": masked_text(told.taken_by.strip()),
        "by": by,
    }
    if Letter.objects.owed().filter(pk=letter.pk).update(**written) != 1:
        raise Refused(_("Somebody has written this down already."))
    today = clock.today()
    details = {"letter": letter.pk, "outcome": letter.outcome, "way": told.way}
    record(
        Act("alert.letter_delivered", "alerts.alert", str(alert.pk), told.on, today, area=alert.area_id,
            details=details),
        by=actor,
    )  # fmt: skip
    letter.refresh_from_db()
    return letter


def last_day(rule: str, area: str, on: datetime.date) -> datetime.date | None:
    """Return the last day of a span that begins on a day; None where the area has none in force."""
    found = value(rule, area=area, on=on)
    if found.silent or found.amount is None or found.unit not in SPANS:
        return None
    mark_used(found)
    return deadline(on, found.amount, found.unit, area).day
