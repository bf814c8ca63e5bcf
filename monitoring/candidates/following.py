"""When candidates are looked for anew: after a delivery, after a register file, when a person is erased."""

import datetime
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.jobs import asking
from foundation.jobs.models import Job
from monitoring.candidates.job_kind import SEEK
from monitoring.cells.reasons import Reason
from monitoring.models import Delivery, RowCandidate


def after_delivery(delivery: Delivery, *, by: User) -> None:
    """Look for who its rows may mean, or stop asking (monitoring.followers.DeliveryFollower)."""
    if _may_have(delivery) or delivery.candidates.waiting().exists():
        ask([delivery.pk], delivery.area_id, by=by)


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Look anew after a file: who came into the register may be meant (households.followers.RegisterFollower)."""
    if households is not None:
        return
    for area in areas:
        above = [area[:length] for length in range(2, len(area))]
        here = Delivery.objects.in_force().filter(Q(area__code__startswith=area) | Q(area__in=above))
        keys = [row.pk for row in here.select_related("dataset").order_by("pk") if _may_have(row)]
        if keys:
            ask(keys, area, by=by)


def forget(residents: Collection[int], subjects: Collection[UUID]) -> None:
    """Destroy what is asked about a person who is erased (households.followers.ErasureFollower)."""
    RowCandidate.objects.filter(resident__in=residents).delete()


def ask(deliveries: Sequence[int], area: str, *, by: User, ring: bool = True) -> Job:
    """Ask for a search through deliveries, as long work."""
    asker = by if by.holds(Right.DELIVER_DATA, area) else User.objects.built_in("system")
    return asking.enqueue(SEEK.code, {"deliveries": list(deliveries)}, by=asker, area=area, ring=ring)


def _may_have(delivery: Delivery) -> bool:
    """Say whether rows of a delivery found nobody, or were rejected for their check digit.

    Data that only an authorised check may use is not looked through.
    """
    return not delivery.dataset.on_query and bool(
        delivery.unmatched or delivery.rejects.get(Reason.ID_CHECKSUM.value)
    )
