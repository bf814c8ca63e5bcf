"""When proposals are looked at anew: after a delivery, after a change of the register, when a person is erased."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from foundation.accounts.models import Area, User
from foundation.jobs import asking
from foundation.jobs.models import Job
from foundation.workflow.move import Request, move_many
from households.models import Resident
from monitoring.contracts import book
from monitoring.models import Dataset, Delivery, RegisterProposal
from monitoring.proposals.deciding import is_membership, row_of
from monitoring.proposals.job_kind import COMPARE
from monitoring.proposals.proposing import RIGHTS


def after_delivery(delivery: Delivery, *, by: User) -> None:
    """Have what a delivery says of the register compared with it (monitoring.followers.DeliveryFollower)."""
    if datasets := speaking_with(delivery.dataset_id):
        ask(delivery.area_id, datasets, by=by)


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """End what a correction has settled; after a file, have everything compared anew (households.followers)."""
    if households is not None:
        _overtake(households, on)
        return
    for area in areas:
        if datasets := delivered_in(area):
            ask(area, datasets, by=by)


def forget(residents: Collection[int], subjects: Collection[UUID]) -> None:
    """Destroy what is proposed about a person who is erased (households.followers.ErasureFollower)."""
    RegisterProposal.objects.filter(Q(resident__in=residents) | Q(subject__in=subjects)).delete()


def ask(area: str, datasets: Sequence[str], *, by: User, ring: bool = True) -> Job:
    """Ask for a comparison of datasets with the register of an area, as long work."""
    asker = by if any(by.holds(right, area) for right in RIGHTS) else User.objects.built_in("system")
    params = {"area": area, "datasets": list(datasets)}
    return asking.enqueue(COMPARE.code, params, by=asker, area=area, ring=ring)


def speaking_with(code: str) -> list[str]:
    """Return the datasets that speak for a field that `code` speaks for, itself among them; none where it does not.

    What one of them no longer says, another may say still.
    """
    contracts = book.contracts()
    if code not in contracts:
        return []
    fields = {each.field for each in contracts[code].authoritative}
    return sorted(
        name for name, other in contracts.items() if fields & {each.field for each in other.authoritative}
    )


def delivered_in(area: str) -> list[str]:
    """Return the datasets in force in an area that speak for a field of the register."""
    here = Delivery.objects.in_force().filter(
        Q(area__code__startswith=area) | Q(area__in=[area[:length] for length in range(2, len(area))])
    )
    found = Dataset.objects.declared().filter(pk__in=here.values("dataset"))
    return sorted(code for code in found.values_list("pk", flat=True) if speaking_with(code))


def _overtake(households: Collection[int], on: datetime.date) -> None:
    """End the proposals of households whose register no longer says what it said when they were made."""
    rows = RegisterProposal.objects.waiting().filter(household__in=households)
    settled = [row for row in rows.select_related("household", "resident") if _is_settled(row)]
    if settled:
        move_many(settled, Request("overtake", writes={"decided_on": on}), by=User.objects.built_in("system"))


def _is_settled(row: RegisterProposal) -> bool:
    if row.household.dissolved_on is not None:
        return True
    if row.resident is not None and row.resident.left_on is not None:
        return True
    if is_membership(row):
        living = Resident.objects.filter(household=row.household_id, left_on__isnull=True)
        return row.subject_id is not None and living.filter(identity=row.subject_id).exists()
    now: Any = getattr(row_of(row), row.column)
    return bool(now != row.present)


@dataclass(frozen=True, slots=True)
class ProposalsFollow:
    """Proposals take the area of their household; stands behind the follower that moves the households."""

    claims = ("monitoring.RegisterProposal.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the new village where the household has one."""
        moved = RegisterProposal.objects.filter(area=predecessor).exclude(household__area=F("area"))
        for row in moved.select_related("household").only("pk", "household__area"):
            RegisterProposal.objects.filter(pk=row.pk).update(area=row.household.area_id)


areas = ProposalsFollow()
