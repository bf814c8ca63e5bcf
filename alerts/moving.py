"""Warnings go along with a household that moves (households.moving.followers.MoveFollower)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.notices import tell_dispatchers
from alerts.verification.assigning import recall
from alerts.verification.leaving import hand_on
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from households.moving.followers import Journey, acted_since

#: With a township or at a door: somebody of the new place is sent instead.
_SENT = ("dispatched", "assigned", "returned")


class WarningsGo:
    """The open warning is dispatched anew where the household comes to; what was reported is reviewed there."""

    claims = ("alerts.Alert.area", "alerts.Alert.household")

    def tells(self, journey: Journey) -> Iterator[str]:
        """Say where the open warning stands, and what becomes of it."""
        for alert in Alert.objects.open().filter(household=journey.household.pk):
            anew = alert.state in _SENT and journey.to_another_township
            sentence = (
                _("Open warning (%(state)s): it goes along and is dispatched anew.")
                if anew
                else _("Open warning (%(state)s): it goes along and goes on where it stands.")
            )
            yield sentence % {"state": alert.state_label}

    def hinders(self, journey: Journey) -> Iterator[str]:
        """A warning stands before no move."""
        return iter(())

    def later(self, journey: Journey) -> Iterator[str]:
        """Say whether a warning came, or went on, since the household did."""
        keys = list(Alert.objects.filter(household=journey.household.pk).values_list("pk", flat=True))
        if acted_since(journey.move, Alert, keys):
            yield _("A warning of the household went on since.")

    def follow(self, journey: Journey, *, by: User) -> None:
        """Write the new village, and take back who was sent from the old one."""
        Alert.objects.filter(household=journey.household.pk).update(area=journey.target)
        system = User.objects.built_in("system")
        rows = Alert.objects.open().filter(household=journey.household.pk).select_related("household")
        for alert in rows:
            if alert.state in _SENT and journey.to_another_township:
                recall(alert, _("The household moved."), by=system)
                tell_dispatchers(journey.target[: Level.COUNTY], 1)
            elif alert.visitor_id is not None:
                hand_on(Alert.objects.filter(pk=alert.pk))


WARNINGS = WarningsGo()
