"""The next day of a demonstration: move its pinned day on by one, and let the night do its work."""

import datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import Installation, User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record

#: The built-in account in whose name the night works.
NIGHT = "system"


class NightWork(Protocol):
    """What the night between two days does; config/composition.py lists it in order under NEXT_DAY."""

    def __call__(self, *, by: User, on: datetime.date) -> None:
        """Do the work of the night that leads into the day `on`, in the transaction that turns the day."""


@transaction.atomic
def turn(shown: datetime.date, *, by: User) -> datetime.date:
    """Turn the demonstration from the day `shown` to the next, and return the new day.

    1. The pinned day moves on, only if it is still the one that `by` saw: a double press turns once.
    2. The ledger keeps who turned it.
    3. The night's work runs on the new day, in the name of the platform.
    """
    refuse_where_days_turn_by_themselves()
    following = shown + datetime.timedelta(days=1)
    moved = Installation.objects.filter(demo=True, pinned_day=shown).update(pinned_day=following)
    if moved != 1:
        raise Refused(_("The day has been turned meanwhile: it is now %(day)s.") % {"day": _pinned()})
    record(
        Act(
            "clock.next_day",
            "installation",
            "1",
            happened_on=shown,
            entered_on=shown,
            area="",
            before=str(shown),
            after=str(following),
        ),
        by=_whoever(by),
    )
    night = User.objects.built_in(NIGHT)
    with clock.at(following):
        for work in parts("NEXT_DAY"):
            work(by=night, on=following)
    return following


def refuse_where_days_turn_by_themselves() -> None:
    """Refuse outside a demonstration, and where the environment holds the day fast."""
    if settings.SHOUWANG_TODAY:
        raise Refused(
            _("SHOUWANG_TODAY holds the day fast: start without it, and the demonstration's own day moves.")
        )
    if not clock.is_demonstration():
        raise Refused(_("Days can be turned only in the demonstration: here the calendar decides."))


def _pinned() -> datetime.date | None:
    return Installation.objects.filter(demo=True).values_list("pinned_day", flat=True).first()


def _whoever(user: User) -> Actor:
    """Name the person in the ledger; no right is needed, because a demonstration harms nobody."""
    first = next(iter(user.duties()), None)
    return Actor(
        user.username if user.is_built_in else f"staff:{user.pk}",
        first.role if first else "",
        first.area if first else "",
    )
