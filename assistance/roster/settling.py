"""Settle differences to a list of civil affairs: what came of each, with the reason. Nothing changes by itself."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.models import RosterComparison, RosterDifference
from assistance.roster.rights import authority
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, record_many
from households.identity.masking import masked_text

_LONGEST = 200


@transaction.atomic
def settle(
    comparison: RosterComparison, keys: Collection[int], outcome: str, reason: str, *, by: User
) -> int:
    """Settle differences, or settle them anew: the record keeps every answer. Returns how many; a reason is needed."""
    if outcome not in RosterDifference.Outcome.values:
        raise Refused(_("Choose what came of it."), field="outcome")
    said = masked_text(reason.strip())
    if not said:
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if len(said) > _LONGEST:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": _LONGEST}, field="reason")
    visible = RosterDifference.objects.visible_to(by).filter(comparison=comparison, pk__in=list(keys))
    rows = list(
        RosterDifference.objects.select_for_update(of=("self",))
        .filter(pk__in=visible.values("pk"))
        .select_related("household")
        .order_by("pk")
    )
    if not rows:
        raise Refused(_("Choose the differences that you settle."))
    changed = [row for row in rows if (row.outcome, row.reason) != (outcome, said)]
    by_area: dict[str, list[RosterDifference]] = {}
    for row in changed:
        if row.household is not None and (rule := recused(by, row.household.recusal_keys)):
            raise Refused(rule)
        by_area.setdefault(row.household.area_id if row.household else comparison.area_id, []).append(row)
    for area, some in by_area.items():
        record_many([_act(row, area, outcome, said) for row in some], by=authority(by, area))
    RosterDifference.objects.filter(pk__in=[row.pk for row in changed]).update(
        outcome=outcome, reason=said, settled_on=clock.today(), settled_by=by
    )
    return len(changed)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank what differences say of a person who is erased (households.followers.ErasureFollower)."""
    RosterDifference.objects.filter(resident__in=list(residents)).update(person="*")
    settled = RosterDifference.objects.filter(resident__in=list(residents)).exclude(outcome="")
    settled.update(reason="*")


def _act(row: RosterDifference, area: str, outcome: str, said: str) -> Act:
    today = clock.today()
    return Act(
        "roster.settled", row._meta.label_lower, str(row.pk), today, today, area=area, before=row.outcome or None,
        after=outcome, details={"comparison": row.comparison_id, "kind": row.kind}, personal={"reason": said},
    )  # fmt: skip
