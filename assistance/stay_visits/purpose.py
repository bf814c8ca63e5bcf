"""A visit that was promised to another village, as what a visit serves.

`PURPOSE` is a PurposeSource (households/visits/purposes.py), named in config/composition.py.
"""

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.models import StayVisit
from assistance.stay_visits import telling
from assistance.stay_visits.asking import lend, loans_of, take_back
from foundation.accounts import clock
from foundation.accounts.models import Loan, User
from foundation.workflow.move import Request, move
from households.models import Household, Visit
from households.visits.purposes import Due, Purpose, Step


class StayVisits:
    """The visit that somebody promised to make where the household lives."""

    model = StayVisit._meta.label_lower

    def due_at(self, household: Household, user: User) -> Sequence[Due]:
        """Return what `user` promised to visit here."""
        rows = StayVisit.objects.filter(state="accepted", case__household=household, visitor=user)
        return [_due(row) for row in rows]

    def told(self, keys: Collection[str], user: User) -> dict[str, Due]:
        """Return the requests that `user` may see, in words."""
        rows = StayVisit.objects.visible_to(user).filter(pk__in=keys)
        return {str(row.pk): _due(row) for row in rows}

    def opened(self, household: Household, *, by: User) -> None:
        """Nothing follows: that somebody looks at the form is no visit."""

    def served(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Take the request as done where somebody was met; from tomorrow on the household is no longer seen."""
        row = _locked(object_id)
        if visit.outcome != Visit.Outcome.MET or row.state != "accepted":
            return
        move(row, Request("report", writes={"visit": visit.pk}), by=by)
        # What is written down today may be corrected today.
        Loan.objects.filter(pk__in=[loan.pk for loan in loans_of(row)]).update(until_day=clock.today())
        telling.tell_answered(row, by=by)

    def corrected(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Let the visit count for the request or not, as it says now."""
        if visit.outcome == Visit.Outcome.MET:
            self.served(visit, object_id, by=by)
        else:
            self.unserved(visit, object_id, by=by)

    def unserved(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Let the request wait again for the visit, and who goes there see the household."""
        row = _locked(object_id)
        if row.visit_id != visit.pk:
            return
        # Whoever annuls it may hold no right where the household lives: the request follows by itself.
        system = User.objects.built_in("system")
        move(row, Request("reopen", writes={"visit": None}), by=system)
        row.refresh_from_db()
        take_back(row, by=system)
        lend(row, by=system)

    def steps(self, visit: Visit, object_id: str, user: User) -> Sequence[Step]:
        """Lead back to the request."""
        return [Step(_("Back to the request"), reverse("cases:stay_visit", args=[object_id]))]


def _due(row: StayVisit) -> Due:
    said = pgettext("stay", "Visit that the household's own village asked for: %(why)s") % {"why": row.why}
    page = reverse("cases:stay_visit", args=[row.pk])
    return Due(Purpose(StayVisits.model, str(row.pk)), said, page)


def _locked(key: str) -> StayVisit:
    rows = StayVisit.objects.select_for_update(of=("self",)).select_related("case__household", "visitor")
    return rows.get(pk=key)


PURPOSE = StayVisits()
