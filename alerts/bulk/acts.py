"""The acts on many alerts: who may ask for each, and what each is given."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alerts import cooling, snoozing
from alerts.models import Alert, BulkAct
from alerts.verification import urging
from foundation.accounts.models import User
from foundation.accounts.roles import Right

Kind = BulkAct.Kind
#: Who may ask; one of the rights is needed somewhere, and for each alert in its area.
RIGHTS: dict[str, tuple[Right, ...]] = {
    Kind.DISPATCH: (Right.DISPATCH_ALERTS,),
    Kind.ASSIGN: (Right.REVIEW_VISITS,),
    Kind.CLOSE: (Right.DISPATCH_ALERTS,),
    Kind.SNOOZE: snoozing.RIGHTS,
    Kind.WAKE: snoozing.RIGHTS,
    Kind.QUIET: cooling.RIGHTS,
    Kind.URGE: urging.RIGHTS,
}
#: Acts that can be taken back while nobody has gone on since.
CAN_BE_UNDONE = frozenset(Kind.values) - {Kind.WAKE, Kind.URGE}
#: Acts that ask for nothing and harm nobody: on ticked ones they are done at one press.
AT_ONE_PRESS = frozenset({Kind.URGE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an act on many is given. Every field is there for one act alone.

    `visitor` None: who works in each village, whoever has least open. `quiet_days` None: the usual days of each
    alert's standards. `until` of a cool-down None: it ends now.
    """

    visitor: int | None = None
    outcome: str = ""
    quiet_days: int | None = None
    until: datetime.date | None = None

    def plain(self) -> dict[str, Any]:
        """Return it as the row keeps it."""
        return {
            "visitor": self.visitor,
            "outcome": self.outcome,
            "quiet_days": self.quiet_days,
            "until": str(self.until) if self.until else None,
        }

    @staticmethod
    def read(kept: Mapping[str, Any]) -> "Wanted":
        """Read it back."""
        until = kept.get("until")
        return Wanted(
            visitor=kept.get("visitor"),
            outcome=kept.get("outcome", ""),
            quiet_days=kept.get("quiet_days"),
            until=datetime.date.fromisoformat(until) if until else None,
        )


def offered_acts(user: User, *, asleep: bool, everything: bool) -> list[tuple[str, str]]:
    """Return the acts that `user` may ask for somewhere, with their names, in the order of the page.

    What is put off is taken up again (`asleep`); a cool-down is changed in the list of every alert (`everything`).
    """
    hidden = {Kind.SNOOZE if asleep else Kind.WAKE}
    if not everything:
        hidden.add(Kind.QUIET)
    return [(kind.value, str(kind.label)) for kind in Kind if kind not in hidden and may_ask(kind, user)]


def may_ask(kind: str, user: User) -> bool:
    """Say whether `user` may ask for an act somewhere."""
    return any(user.holds(right) for right in RIGHTS[kind])


def put_off(alert: Alert, user: User) -> dict[str, Any]:
    """Return what the page of an alert says of its putting off, and the side acts that its reader may ask for."""
    snooze = snoozing.running(alert)
    fitting = [Kind.WAKE if snooze else Kind.SNOOZE] if alert.is_open else []
    if alert.state == "closed":
        fitting.append(Kind.QUIET)
    here = [kind for kind in fitting if any(user.holds(right, alert.area_id) for right in RIGHTS[kind])]
    return {"snooze": snooze, "side_acts": [(kind.value, str(kind.label)) for kind in here]}
