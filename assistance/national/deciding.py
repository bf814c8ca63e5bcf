"""Decide on differences to the national system: what is corrected where, or why both stay as they are."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.models import ComparedExport, Difference
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many
from households.identity.masking import masked_text
from households.models import Resident

DECIDED = "national.difference_decided"
_LONGEST_NOTE = 200


@transaction.atomic
def decide(
    export: ComparedExport, differences: Collection[int], decision: str, note: str, *, by: User
) -> int:
    """Decide on differences of one export; returns how many. A later decision takes the place of an earlier one.

    Whoever says that both stay says why.
    """
    actor = by.authority(Right.PREPARE_CASES, export.area_id)
    if decision not in Difference.Decision.values:
        raise Refused(_("Choose what is to be done."), field="decision")
    said = masked_text(note.strip())
    if decision == Difference.Decision.EXPLAINED and not said:
        raise Refused(_("Say why both may stay as they are."), field="note")
    if len(said) > _LONGEST_NOTE:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": _LONGEST_NOTE}, field="note")
    rows = list(
        Difference.objects.select_for_update().filter(export=export, pk__in=differences).order_by("pk")
    )
    if not rows:
        raise Refused(_("Choose the differences that you decide on."))
    today = clock.today()
    changed = [row for row in rows if (row.decision, row.note) != (decision, said)]
    Difference.objects.filter(pk__in=[row.pk for row in changed]).update(
        decision=decision, note=said, decided_on=today, decided_by=by
    )
    record_many(
        [
            Act(DECIDED, row._meta.label_lower, str(row.pk), today, today, area=export.area_id,
                before=row.decision or None, after=decision)
            for row in changed
        ],
        by=actor,
    )  # fmt: skip
    return len(changed)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank what differences say of a person who is erased (households.followers.ErasureFollower)."""
    Difference.objects.filter(resident__in=residents).update(person="*", here="", there="", note="")
    homes = Resident.objects.filter(pk__in=residents).values("household")
    Difference.objects.filter(household__in=homes, person="").exclude(side=Difference.Side.BOTH).update(
        here="", there=""
    )
