"""Write what became of findings, and tell the departments that delivered their rows. Set-wise."""

import datetime
import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.urls import reverse

from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Right
from foundation.inbox.notices import holders, notify
from households.identity.masking import masked_text
from monitoring.models import Delivery, FindingOutcome

_SQL = (Path(__file__).parent / "sql" / "write_outcomes.sql").read_text(encoding="utf-8")
_AT_ONCE = 5_000
_LONGEST = FindingOutcome._meta.get_field("reason").max_length or 0


@dataclass(frozen=True, slots=True)
class Concluded:
    """That a warning, by its number, came to an outcome on a day, and the findings that it rested on."""

    alert: int
    findings: Sequence[int]
    outcome: str
    on: datetime.date
    visit: int | None = None
    reason: str = ""


def write_outcomes(concluded: Collection[Concluded], *, by: User) -> None:
    """Write the outcomes of findings, and tell each department how many of its rows have one now.

    In the transaction of the move that brought them, whose entry in the record is theirs. Written again, an outcome
    that has not changed keeps its day and is told to nobody.
    """
    rows = [_row(each, finding) for each in concluded for finding in each.findings]
    told: Counter[int] = Counter()
    for first in range(0, len(rows), _AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(_SQL, {"rows": json.dumps(rows[first : first + _AT_ONCE])})
            told.update(dict(cursor.fetchall()))
    _tell_departments(told, by)


def remove_outcomes(alerts: Collection[int]) -> int:
    """Remove the outcomes that warnings had come to, because they are taken up again; returns how many."""
    _with_rows, by_model = FindingOutcome.objects.filter(alert__in=alerts).delete()
    return by_model.get(FindingOutcome._meta.label, 0)


def _row(concluded: Concluded, finding: int) -> dict[str, object]:
    return {
        "finding": finding,
        "alert": concluded.alert,
        "outcome": concluded.outcome,
        "on": concluded.on.isoformat(),
        "visit": concluded.visit,
        "reason": masked_text(concluded.reason.strip())[:_LONGEST],
    }


def _tell_departments(told: Counter[int], by: User) -> None:
    """Tell who delivers for each department; where nobody is posted for it, nobody is told."""
    counts: Counter[tuple[str, str]] = Counter()
    deliveries = Delivery.objects.filter(pk__in=told).values_list("pk", "area", "dataset__department")
    for delivery, area, department in deliveries:
        counts[area, department] += told[delivery]
    place = reverse("outcomes:list")
    for (area, department), count in sorted(counts.items()):
        people = holders(Right.DELIVER_DATA, area, but=by)
        posts = Posting.objects.in_force().filter(user__in=people, department=department)
        own = set(posts.values_list("user", flat=True))
        officers = [person for person in people if person.pk in own]
        notify(officers, "rows_concluded", place=place, group=department, count=count)
