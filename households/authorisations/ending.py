"""End an authorisation: the household withdraws it, it was entered by mistake, or its time is over."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, move, move_many
from households.authorisations.lifecycle import BY_PEOPLE
from households.models import Authorisation, Signature
from households.signing.asking import drop_signatures

#: Authorisations that expire in one go.
AT_ONCE = 1000


@transaction.atomic
def end(row: Authorisation, asked: Request, *, by: User) -> Authorisation:
    """Withdraw an authorisation, or say that it was entered by mistake: the next use is refused at once.

    What was used before stays as it was. Refused for what rests on a law: nobody withdraws that.
    """
    if asked.verb not in BY_PEOPLE:
        raise Refused(_("The platform does this by itself."))
    Authorisation.objects.select_for_update().get(pk=row.pk)
    if asked.verb == "withdraw" and row.basis == Authorisation.Basis.DUTY:
        raise Refused(_("This rests on a duty that the law names, not on consent: it cannot be withdrawn."))
    writes = {"ended_on": asked.on or clock.today()}
    moved = move(row, Request(asked.verb, on=asked.on, reason=asked.reason, writes=writes), by=by)
    drop_signatures(moved, by=by, reason=asked.reason)
    return moved


@transaction.atomic
def expire_due(*, by: User, on: datetime.date) -> int:
    """Let expire what was valid until the day before `on` or earlier, by the nightly account; returns how many."""
    due = Authorisation.objects.open().filter(valid_until__lt=on).select_related("household")
    rows = list(due.order_by("valid_until", "pk")[:AT_ONCE])
    results = move_many(rows, Request("expire", writes={"ended_on": on}), by=by)
    moved = [result.key for result in results if result.moved]
    owed = Signature.objects.unsigned().filter(
        owner_model=Authorisation._meta.label_lower, owner_id__in=[str(key) for key in moved]
    )
    move_many(list(owed.select_related("household")), Request("drop"), by=by)
    return len(moved)


def night_work(*, by: User, on: datetime.date) -> None:
    """Let expire what is due in the night into the day `on` (foundation.accounts.next_day.NightWork)."""
    while expire_due(by=by, on=on) == AT_ONCE:
        pass
