"""With whom an alert lies in its state, and who stands above them: for urging, escalation and the heat list."""

from collections.abc import Iterable, Sequence

from alerts.models import Alert
from foundation.accounts.models import User
from foundation.accounts.roles import RULES, Role
from foundation.accounts.vacancies import Roster

#: Whose work an alert is, by its state; at the door it is the visitor's, where one is named.
HELD_BY = {
    "raised": Role.COUNTY_DISPATCHER,
    "dispatched": Role.TOWNSHIP_VERIFIER,
    "assigned": Role.VILLAGE_ASSISTANT,
    "reported": Role.TOWNSHIP_VERIFIER,
    "returned": Role.VILLAGE_ASSISTANT,
    "proposed": Role.TOWNSHIP_VERIFIER,
    "watched": Role.TOWNSHIP_VERIFIER,
    "referred": Role.TOWNSHIP_VERIFIER,
    "unauthorised": Role.VILLAGE_ASSISTANT,
}
#: Where the visitor holds the alert.
AT_THE_DOOR = frozenset({"assigned", "returned"})


class Holding:
    """Who holds some alerts and who stands above them: the roster of their villages, read once."""

    def __init__(self, alerts: Sequence[Alert]) -> None:
        """Read visitors and roster; three queries whatever the number of alerts."""
        self._roster = Roster.read({row.area_id for row in alerts})
        visitors = {row.visitor_id for row in alerts if row.visitor_id is not None}
        self._visitors = User.objects.in_bulk(visitors)

    def holders(self, alert: Alert) -> list[User]:
        """Return with whom the alert lies: its visitor, else who owns the work of its state (stand-ins, next level)."""
        visitor = self._visitors.get(alert.visitor_id) if alert.visitor_id is not None else None
        if alert.state in AT_THE_DOOR and visitor is not None and visitor.is_active:
            return [visitor]
        role = HELD_BY.get(alert.state)
        return self._owners(alert, role) if role else []

    def superiors(self, alert: Alert) -> list[User]:
        """Return who owns the work one level above the holders; empty where there is no level above."""
        role = HELD_BY.get(alert.state)
        above = RULES[role].next_up if role else None
        held = {user.pk for user in self.holders(alert)}
        return [user for user in self._owners(alert, above) if user.pk not in held] if above else []

    def _owners(self, alert: Alert, role: Role) -> list[User]:
        return unique(owner.user for owner in self._roster.owners(alert.area_id, role))


def unique(people: Iterable[User]) -> list[User]:
    """Return each person once, in order."""
    return list({person.pk: person for person in people}.values())
