"""New since my last visit: up to where a person has seen what comes into a list.

What comes is counted by its key, which only grows; `seen` is told by the page itself while it is looked at, or by a
press. During a visit “new” keeps its meaning, so that nothing vanishes under the reader's eyes.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.desk.models import ListVisit

#: A visit is over when the person has not looked for so long.
PAUSE = datetime.timedelta(minutes=30)


def new_after(user: User, table: str) -> int:
    """Return the key after which things are new to a person: 0 for who was never there."""
    visit = ListVisit.objects.filter(user=user, table=table).first()
    if visit is None:
        return 0
    return visit.seen_before if timezone.now() - visit.at <= PAUSE else visit.seen


@transaction.atomic
def look(table: str, newest: int, *, by: User) -> None:
    """Write down that a person looks at a list whose newest thing is `newest`."""
    now = timezone.now()
    visit, made = ListVisit.objects.select_for_update().get_or_create(
        user=by, table=table, defaults={"seen": newest, "seen_before": 0, "at": now}
    )
    if made:
        return
    if now - visit.at > PAUSE:
        visit.seen_before = visit.seen
    visit.seen, visit.at = max(visit.seen, newest), now
    visit.save(update_fields=["seen", "seen_before", "at"])


@transaction.atomic
def have_seen(table: str, newest: int, *, by: User) -> None:
    """Write down that a person has seen everything up to `newest`: from here on only what comes later is new."""
    ListVisit.objects.update_or_create(
        user=by, table=table, defaults={"seen": newest, "seen_before": newest, "at": timezone.now()}
    )
