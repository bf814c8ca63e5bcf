"""Who of a neighbouring village goes where nobody of the household's own village may: the household is lent to them.

Where everybody who visits in a village is of the household's kin, or nobody does, who visits in the township's other
villages may be sent (field.md 5.8, 7.3). They see this one household and its warning, and nothing else there, from
the day they are sent until the work has left them (foundation.accounts.loans).
"""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from alerts.models import Alert
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.loans import end_for_work, lend_for_work
from foundation.accounts.models import Loan, User
from foundation.accounts.roles import Right
from foundation.ledger.record import Actor
from households.models import Household

#: While the work is with who was sent: to be done, to be mended, to be judged, to be signed for.
THEIR_WORK = frozenset({"assigned", "returned", "reported", "proposed"})
#: A loan ends with the work; this many days it lasts at most, whatever becomes of the work.
LONGEST = 180
_ALERT, _HOUSEHOLD = Alert._meta.label_lower, Household._meta.label_lower


def lend_to_visitors(alerts: Sequence[Alert], *, by: User) -> None:
    """Let who is sent from a neighbouring village see the households, and end what the work needs no longer.

    Call it after every move. One query where nobody was lent anything and everybody visits at home.
    """
    running = _running(alerts)
    wanted = {alert.pk: alert for alert in alerts if alert.visitor_id and alert.state in THEIR_WORK}
    for loan in running:
        alert = wanted.get(int(loan.object_id))
        if alert is None or alert.visitor_id != loan.borrower_id:
            _end(loan, by)
    lent = {(int(loan.object_id), loan.borrower_id) for loan in running}
    missing = [each for each in wanted.values() if (each.pk, each.visitor_id) not in lent]
    people = User.objects.in_bulk({each.visitor_id for each in missing})
    for alert in missing:
        visitor = people[alert.visitor_id]
        if not visitor.holds(Right.VISIT_HOUSEHOLDS, alert.area_id):
            _lend(alert, visitor, by)


def still_going(alerts: Sequence[Alert]) -> frozenset[int]:
    """Return those of `alerts` that lie with somebody to whom they were lent and who may still go there."""
    people = User.objects.in_bulk({loan.borrower_id for loan in _running(alerts)})
    found = set()
    for alert in alerts:
        visitor = people.get(alert.visitor_id) if alert.visitor_id is not None else None
        if visitor is None or not visitor.is_active or recused(visitor, alert.recusal_keys()):
            continue
        if visitor.holds(Right.VISIT_HOUSEHOLDS, alert.area_id, of=alert):
            found.add(alert.pk)
    return frozenset(found)


def _running(alerts: Sequence[Alert]) -> list[Loan]:
    keys = [str(alert.pk) for alert in alerts]
    return list(Loan.objects.filter(model=_ALERT, object_id__in=keys, ended_on__isnull=True))


def _lend(alert: Alert, visitor: User, by: User) -> None:
    until = clock.today() + datetime.timedelta(days=LONGEST)
    reason = _("Doorstep check of warning %(number)d") % {"number": alert.pk}
    for record in (alert, alert.household):
        lend_for_work(record, alert.area_id, visitor, until, actor=_actor(by, alert.area_id), reason=reason)


def _end(loan: Loan, by: User) -> None:
    """End the loan of a warning, and that of the household which was made with it."""
    household = Alert.objects.values_list("household", flat=True).get(pk=loan.object_id)
    with_it = Loan.objects.filter(
        model=_HOUSEHOLD, object_id=str(household), borrower=loan.borrower_id, reason=loan.reason
    )
    for each in (loan, *with_it.filter(ended_on__isnull=True)):
        end_for_work(each, actor=_actor(by, loan.area_id))


def _actor(by: User, area: str) -> Actor:
    """Return as whom `by` made the move: by the duty that lies over the area, or the one they hold elsewhere."""
    if by.is_built_in:
        return Actor(by.username, "platform", area)
    duties = sorted(by.duties(), key=lambda duty: (area.startswith(duty.area), len(duty.area)), reverse=True)
    return Actor(f"staff:{by.pk}", duties[0].role if duties else "", area)
