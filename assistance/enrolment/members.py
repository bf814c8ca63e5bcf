"""Whom a case on its way counts, when members die, leave or come (field.md 5.4): facts follow, people decide."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Q

from assistance.enrolment.basis import flag_members
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case, CaseMember
from foundation.accounts.models import User
from households.models import Resident

_AT_ONCE = 2_000


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Let cases on their way count who is there now, and ask township and county what follows."""
    here = Q(household__in=households) if households is not None else Q()
    if households is None:
        for area in areas:
            here |= Q(area__code__startswith=area)
    rows = Case.objects.filter(here, state__in=UNDER_WAY).select_related("household").order_by("pk")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = some[-1].pk
        _follow(some, on)


def _follow(cases: Sequence[Case], on: datetime.date) -> None:
    """Note who left and who came in some cases; a case whose members stay the same is left alone."""
    counted: dict[int, dict[int, CaseMember]] = defaultdict(dict)
    for member in CaseMember.objects.filter(case__in=cases, left_on__isnull=True):
        counted[member.case_id][member.resident_id] = member
    present: dict[int, dict[int, Resident]] = defaultdict(dict)
    for resident in Resident.objects.present().filter(household__in=[case.household_id for case in cases]):
        present[resident.household_id][resident.pk] = resident
    changed, gone, came = [], [], []
    for case in cases:
        here = present[case.household_id]
        left = [each for key, each in counted[case.pk].items() if key not in here]
        new = [key for key in here if key not in counted[case.pk]]
        if left or new:
            gone += left
            came += [CaseMember(case=case, resident_id=key) for key in new]
            changed.append((case, {"persons": len(counted[case.pk])}, {"persons": len(here)}))
    _write(gone, came, on)
    if changed:
        flag_members(changed)


def _write(gone: Sequence[CaseMember], came: Sequence[CaseMember], on: datetime.date) -> None:
    days = dict(
        Resident.objects.filter(pk__in=[each.resident_id for each in gone]).values_list("pk", "left_on")
    )
    for member in gone:
        member.left_on = days.get(member.resident_id) or on
    CaseMember.objects.bulk_update(gone, ["left_on"])
    # Somebody who comes back is counted again.
    CaseMember.objects.bulk_create(
        came,
        update_conflicts=True,
        unique_fields=["case", "resident"],
        update_fields=["left_on"],
    )
