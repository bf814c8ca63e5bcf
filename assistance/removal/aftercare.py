"""After the removal (跟踪回访): the household is visited again every so many months, as one more purpose of a visit.

`PURPOSE` is a PurposeSource (households/visits/purposes.py), named in config/composition.py. Running measures go on to
their own end; who stays in touch stands on the removal.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.data_checks.following import ask_again
from assistance.models import Case, Removal
from assistance.querysets_of_removals import RemovalQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.regulations.lookup import book, value
from foundation.regulations.working_days import add_months
from households.models import Household, Visit, VisitPurpose
from households.visits.purposes import Due, Purpose, Step

MONTHS = "aftercare_visit_months"
#: Value of an area: so many days before its last day a visit stands among the work, and who goes there is told.
NOTICE_DAYS = "aftercare_soon_days"
#: A visit is offered with this purpose ticked so many days before it is due.
SOON = 60


def next_visit(area: str, since: datetime.date) -> datetime.date | None:
    """Return by when a household is visited again after a removal or a visit; None where the area asks for none."""
    found = value(MONTHS, area=area, on=since)
    return None if found.silent or found.amount is None else add_months(since, int(found.amount))


def looked_after(rows: RemovalQuerySet) -> RemovalQuerySet:
    """Keep the removals that are marked and whose household has no new case: that one looks after it then."""
    again = Case.objects.running().filter(household=OuterRef("case__household"))
    return rows.marked().filter(~Exists(again), case__household__dissolved_on__isnull=True)


def near(rows: QuerySet[Any], due: str, area: str, on: datetime.date | None = None) -> QuerySet[Any]:
    """Keep rows whose after-care is overdue, or due within the notice time of their county, on a day (default: today).

    `due` names the column of the last day, `area` the key of the area. Nothing is told sooner than a form ticks it.
    """
    today = on or clock.today()
    ahead = rows.filter(**{f"{due}__lte": today + datetime.timedelta(SOON)})
    known = book()
    by_days: dict[int, list[str]] = defaultdict(list)
    for county in ahead.order_by().values_list(Left(area, int(Level.COUNTY)), flat=True).distinct():
        by_days[min(SOON, int(known.resolve(NOTICE_DAYS, county, today).amount or 0))].append(county)
    wanted = Q(pk__in=())
    for days, counties in by_days.items():
        last = today + datetime.timedelta(days)
        wanted |= within(f"{area}__code", counties) & Q(**{f"{due}__lte": last})
    return ahead.filter(wanted)


class AfterCare:
    """A household whose risk is removed: who passes there looks how it does."""

    model = Removal._meta.label_lower

    def due_at(self, household: Household, user: User) -> Sequence[Due]:
        """Return the after-care visit of a household, ticked when it is due soon; also to who it is lent to."""
        if not user.holds(Right.VISIT_HOUSEHOLDS, household.area_id, of=household):
            return []
        rows = looked_after(Removal.objects.all())
        here = rows.filter(case__household=household, visit_due_on__isnull=False)
        row = here.select_related("case").order_by("-pk").first()
        if row is None or row.visit_due_on is None:
            return []
        soon = row.visit_due_on <= clock.today() + datetime.timedelta(SOON)
        page = _page(row) if user.holds(Right.VIEW_CASES, row.area_id) else ""
        return [Due(_purpose(row), _title(row), page, ticked=soon)]

    def told(self, keys: Collection[str], user: User) -> dict[str, Due]:
        """Return the removals that `user` may see, in words."""
        rows = Removal.objects.visible_to(user).filter(pk__in=keys)
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
        """Return the way to say that the mark was wrong, for who may propose it."""
        row = Removal.objects.select_related("case").get(pk=object_id)
        if not user.holds(Right.REVIEW_CASES, row.area_id):
            return []
        return [
            Step(
                _("Look at the removal"),
                _page(row),
                _("A wrong mark is rolled back; a new risk is a new case."),
            )
        ]


def _work_out(key: int, but: int | None = None) -> None:
    """Write by when the household is visited again: after its last after-care visit, or after the removal."""
    row = Removal.objects.select_for_update(of=("self",)).select_related("case").get(pk=key)
    served = VisitPurpose.objects.filter(model=AfterCare.model, object_id=str(key)).exclude(visit=but)
    visits = Visit.objects.filter(pk__in=served.values("visit"), state="recorded", outcome=Visit.Outcome.MET)
    last = visits.order_by("-happened_on").values_list("happened_on", flat=True).first()
    since = last or row.decided_on
    row.visit_due_on = next_visit(row.area_id, since) if since else None
    row.save(update_fields=["visit_due_on"])
    ask_again([row.case.household_id])


def _purpose(row: Removal) -> Purpose:
    return Purpose(AfterCare.model, str(row.pk))


def _title(row: Removal) -> str:
    return _("After-care visit: risk removed on %(day)s") % {"day": row.decided_on}


def _page(row: Removal) -> str:
    return reverse("cases:removal", args=[row.pk])


PURPOSE = AfterCare()
