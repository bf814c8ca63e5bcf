"""The open alert of one household: the one that is there, or a new one, for what people bring to it."""

from alerts.facts import monitored
from alerts.models import Alert
from alerts.verification.path import begin
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.ledger.record import Actor
from foundation.workflow.move import create
from households.models import Household


def open_for(household: Household, *, by: User, actor: Actor) -> Alert:
    """Return the open alert of a household that the caller has locked; opened anew where there is none."""
    found = Alert.objects.open().select_for_update().filter(household=household).first()
    return found or opened(household, actor, by)


def opened(household: Household, actor: Actor, by: User) -> Alert:
    """Open an alert for a household that has none; it follows the last one that was closed."""
    closed = Alert.objects.filter(household=household, state="closed", merged_into__isnull=True)
    before = closed.order_by("-pk").first()
    today = clock.today()
    alert = Alert(
        household=household,
        area_id=household.area_id,
        opened_on=today,
        already_monitored=bool(monitored([household.pk], today)),
        follows=before,
        woke=Alert.Woke.REPORTED if before else "",
    )
    create(alert, by=by, actor=actor)
    begin([alert])
    return alert
