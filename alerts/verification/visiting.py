"""What the person who is sent does before the visit: opens the work, and calls the household in one press."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification.attempts import NEEDED, UNREACHABLE, attempts_of
from alerts.verification.reported import Reported, report_visit
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from households.identity import showing

#: Where the work lies with whoever was sent.
TO_VISIT = ("assigned", "returned")


def is_own(alert: Alert, user: User) -> bool:
    """Say whether a warning is the open work of `user`: they were sent, and have not reported yet."""
    return alert.visitor_id == user.pk and alert.state in TO_VISIT


@transaction.atomic
def opened(alert: Alert, *, by: User) -> None:
    """Write down when whoever was sent first opened the work; does nothing for anybody else, or a second time."""
    if not is_own(alert, by) or not by.holds(Right.VISIT_HOUSEHOLDS, alert.area_id, of=alert):
        return
    now = timezone.now()
    rows = Alert.objects.filter(pk=alert.pk, visitor=by, opened_by_visitor_at__isnull=True)
    if rows.update(opened_by_visitor_at=now) == 1:
        alert.opened_by_visitor_at = now
        _note("alert.opened_by_visitor", alert, by)


@transaction.atomic
def call(alert: Alert, *, by: User) -> str:
    """Return the telephone of the household, to be dialled at once. The work itself is the reason that is kept.

    Refused where the warning is not the caller's own open work: then a reason is typed (households.identity.showing).
    """
    if not is_own(alert, by):
        raise Refused(
            _("This is not your open work: show the telephone on the household's page, with a reason.")
        )
    household = alert.household
    if household.phone is None:
        raise Refused(_("The register has no telephone of this household."))
    opened(alert, by=by)
    _note("alert.called", alert, by)
    reason = _("Doorstep check of warning %(number)d") % {"number": alert.pk}
    return showing.reveal(household.phone, about=household, reason=reason, by=by)


def may_be_unreachable(alert: Alert, user: User) -> bool:
    """Say whether `user` may report that nobody could be reached: own open work, and enough recorded attempts."""
    return is_own(alert, user) and attempts_of(alert).count() >= NEEDED


@transaction.atomic
def report_unreachable(alert: Alert, reason: str, *, by: User) -> Alert:
    """Report that the household could not be reached, on the last of the recorded attempts; the township reviews it."""
    last = attempts_of(alert).order_by("-happened_on", "-pk").first()
    if last is None or not is_own(alert, by):
        raise Refused(_("There is no recorded attempt of yours: write each of them down first."))
    return report_visit(alert, last, Reported(Alert.Opinion.DECLINE, UNREACHABLE, reason), by=by)


def _note(verb: str, alert: Alert, by: User) -> None:
    today = clock.today()
    act = Act(verb, Alert._meta.label_lower, str(alert.pk), today, today, area=alert.area_id)
    record(act, by=by.authority(Right.VISIT_HOUSEHOLDS, alert.area_id, of=alert))
