"""Since when an alert stands where it stands, and when its total clock stood still: read from what happened to it."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from alerts.lifecycle import ENDED
from alerts.models import Alert
from foundation.regulations.models import ClockEvent
from foundation.workflow.models import Passage

#: Where nobody of township or village can go on; time in these states is a pause where the area says so.
PAUSED = frozenset({"referred", "unauthorised", "watched", *ENDED})
Kind = ClockEvent.Kind


@dataclass(slots=True)
class Past:
    """What happened to one alert: since when it is in its state, and the pauses of its total clock."""

    since: datetime.date | None = None
    pauses: list[ClockEvent] = field(default_factory=list)

    @property
    def paused(self) -> bool:
        """Whether the clock stands still now."""
        return bool(self.pauses) and self.pauses[-1].kind == Kind.PAUSE

    def passed(self, to: str, on: datetime.date, paused: Collection[str] = PAUSED) -> None:
        """Note that the alert went into another state on a day; `paused` are the states in which nobody can go on."""
        self.since = on
        if to in paused and not self.paused:
            self.pauses.append(ClockEvent(kind=Kind.PAUSE, on=on, entered_on=on, reason=to))
        elif to not in paused and self.paused:
            self.pauses.append(ClockEvent(kind=Kind.RESUME, on=on, entered_on=on))


def pasts(alerts: Sequence[Alert]) -> dict[int, Past]:
    """Return what happened to each alert; one query."""
    keys = [str(alert.pk) for alert in alerts]
    rows = Passage.objects.filter(model=Alert._meta.label_lower, object_id__in=keys).order_by("pk")
    return _told(rows.values_list("object_id", "from_state", "to_state", "happened_on"))


def _told(rows: Iterable[tuple[str, str, str, datetime.date]]) -> dict[int, Past]:
    found: dict[int, Past] = {}
    for key, before, after, on in rows:
        if before != after:
            found.setdefault(int(key), Past()).passed(after, on)
    return found
