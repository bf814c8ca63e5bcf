"""What people tell of the households on the list, many at once: who is safe, and how hard each was hit."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.disasters.guarding import Done, ListGuard
from assistance.models import Disaster, DisasterHousehold
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right

Harm = DisasterHousehold.Harm


@transaction.atomic
def record_safe(disaster: Disaster, keys: Sequence[int], *, safe: bool = True, by: User) -> Done:
    """Say that everybody of these households is safe (or that it was said wrongly)."""
    guard = ListGuard(disaster, keys, Right.PREPARE_CASES, by)
    for row in list(guard.rows):
        if (row.safe_on is not None) == safe:
            guard.refuse(row, _("This is written down already.") if safe else _("Nobody has said so."))
    rows = DisasterHousehold.objects.filter(pk__in=[row.pk for row in guard.rows])
    rows.update(safe_on=clock.today() if safe else None, safe_by=by if safe else None)
    return guard.note("disaster.safe" if safe else "disaster.not_safe")


@transaction.atomic
def set_harm(disaster: Disaster, keys: Sequence[int], harm: str, *, by: User) -> Done:
    """Say how hard these households were hit."""
    if harm not in Harm.values:
        raise Refused(_("Choose how the households were harmed."), field="harm")
    guard = ListGuard(disaster, keys, Right.PREPARE_CASES, by)
    rows = DisasterHousehold.objects.filter(pk__in=[row.pk for row in guard.rows])
    rows.update(harm=harm)
    return guard.note("disaster.harm_set", harm=harm)
