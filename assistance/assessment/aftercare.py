"""After policy has ended: the household is looked in on every so many months, as one more purpose of a visit.

`PURPOSE` is a PurposeSource (households/visits/purposes.py); the months are those of after-care of a removal.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import Case, PolicyExit
from assistance.querysets_of_assessments import PolicyExitQuerySet
from assistance.removal.aftercare import SOON, next_visit
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.notices import holders, notify
from households.models import Household, Visit, VisitPurpose
from households.visits.purposes import Due, Purpose, Step


def looked_after(rows: PolicyExitQuerySet) -> Any:
    """Keep the ends of policy that hold and whose household has no case: that one looks after it then."""
    again = Case.objects.running().filter(household=OuterRef("household"))
    return rows.holding().filter(~Exists(again), household__dissolved_on__isnull=True)


class AfterPolicy:
    """A household for which policy has ended: who passes there looks how it does."""

    model = PolicyExit._meta.label_lower

    def due_at(self, household: Household, user: User) -> Sequence[Due]:
        """Return the visit of a household, ticked when it is due soon; also to who the household is lent to."""
        if not user.holds(Right.VISIT_HOUSEHOLDS, household.area_id, of=household):
            return []
        rows = looked_after(PolicyExit.objects.all())
        row = rows.filter(household=household, visit_due_on__isnull=False).first()
        if row is None:
            return []
        soon = row.visit_due_on <= clock.today() + datetime.timedelta(SOON)
        page = _page(row) if user.holds(Right.VIEW_CASES, household.area_id) else ""
        return [Due(_purpose(row), _title(row), page, ticked=soon)]

    def told(self, keys: Collection[str], user: User) -> dict[str, Due]:
        """Return the ends of policy that `user` may see, in words."""
        rows = PolicyExit.objects.visible_to(user).filter(pk__in=keys)
        return {str(row.pk): Due(_purpose(row), _title(row), _page(row)) for row in rows}

    def opened(self, household: Household, *, by: User) -> None:
        """Nothing follows."""

    def served(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Let the next visit be due after this one, where somebody was met."""
        _work_out(int(object_id))

    def corrected(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Work the next visit out anew: the day or the outcome may be another."""
        _work_out(int(object_id))

    def unserved(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Work the next visit out without the one that was annulled."""
        _work_out(int(object_id), but=visit.pk)

    def steps(self, visit: Visit, object_id: str, user: User) -> Sequence[Step]:
        """Return nothing: a new risk is reported on the visit's own page."""
        return []


def _work_out(key: int, but: int | None = None) -> None:
    """Write by when the household is looked in on again: after the last such visit, or after the end of policy."""
    row = PolicyExit.objects.select_for_update(of=("self",)).select_related("household").get(pk=key)
    served = VisitPurpose.objects.filter(model=AfterPolicy.model, object_id=str(key)).exclude(visit=but)
    visits = Visit.objects.filter(pk__in=served.values("visit"), state="recorded", outcome=Visit.Outcome.MET)
    last = visits.order_by("-happened_on").values_list("happened_on", flat=True).first()
    due = next_visit(row.household.area_id, last or row.last_day)
    if due != row.visit_due_on:
        row.visit_due_on, row.told_on = due, None
        row.save(update_fields=["visit_due_on", "told_on"])


@transaction.atomic
def tell_overdue(on: datetime.date) -> int:
    """Tell townships, once for each last day, which visits after the end of policy became overdue; returns how many."""
    late = looked_after(PolicyExit.objects.filter(visit_due_on__lt=on, told_on__isnull=True))
    rows = list(late.select_for_update(of=("self",)).values_list("pk", "household__area"))
    place = f"{reverse('cases:policy_ends')}?due=yes"
    for township, count in Counter(area[: Level.TOWNSHIP] for _pk, area in rows).items():
        people = holders(Right.REVIEW_CASES, township)
        notify(people, "aftercare_overdue", place=place, group=f"{township}-policy", count=count)
    PolicyExit.objects.filter(pk__in=[pk for pk, _area in rows]).update(told_on=on)
    return len(rows)


def _purpose(row: PolicyExit) -> Purpose:
    return Purpose(AfterPolicy.model, str(row.pk))


def _title(row: PolicyExit) -> str:
    return _("Visit after the end of policy on %(day)s") % {"day": row.last_day}


def _page(row: PolicyExit) -> str:
    return reverse("cases:assessed", args=[row.assessed_id])


PURPOSE = AfterPolicy()
