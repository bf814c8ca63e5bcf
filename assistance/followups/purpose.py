"""Follow-ups as what a visit serves: joined with everything else that is due in that yard.

`FOLLOW_UPS` is a PurposeSource (households/visits/purposes.py), named in config/composition.py.
"""

import datetime
from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.followups import keeping
from assistance.followups.before import ENDED
from assistance.income.joining import income_steps
from assistance.models import Case, FollowUp, SeenRisk
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household, Visit
from households.visits.purposes import Due, Purpose, Step

#: From so many days before its last day on, a form begins with the follow-up ticked: it counts as made then.
SOON = datetime.timedelta(days=10)


class FollowUps:
    """The visit that a monitored household is owed."""

    model = FollowUp._meta.label_lower

    def due_at(self, household: Household, user: User) -> Sequence[Due]:
        """Return the owed visit of the household's case, to who may visit there, also because it is lent to them."""
        if not user.holds(Right.VISIT_HOUSEHOLDS, household.area_id, of=household):
            return []
        found = FollowUp.objects.owed().filter(case__household=household).select_related("case")
        return [_due(row, ticked=row.due_on <= clock.today() + SOON) for row in found]

    def told(self, keys: Collection[str], user: User) -> dict[str, Due]:
        """Return the follow-ups of cases that `user` may see, lent ones included, in words."""
        rows = FollowUp.objects.filter(pk__in=keys, case__in=Case.objects.visible_to(user))
        rows = rows.select_related("case")
        return {str(row.pk): _due(row, ticked=True) for row in rows}

    def opened(self, household: Household, *, by: User) -> None:
        """Nothing follows: that somebody looks at the form is no visit."""

    def served(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Take the owed visit as made."""
        keeping.serve(_locked(object_id), visit)

    def corrected(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Let the visit serve or not serve, as it says now."""
        row = _locked(object_id)
        if row.visit_id is None:
            keeping.serve(row, visit)
        elif visit.outcome != Visit.Outcome.MET:
            keeping.take_back(row, visit)

    def unserved(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Owe the visit again."""
        keeping.take_back(_locked(object_id), visit)

    def steps(self, visit: Visit, object_id: str, user: User) -> Sequence[Step]:
        """Offer the income sheet that is owed, and the case."""
        row = FollowUp.objects.select_related("case__household").get(pk=object_id)
        found = [*income_steps(row.case, visit, user)]
        found.append(Step(_("Back to the case"), reverse("cases:case", args=[row.case_id])))
        return found


def _due(row: FollowUp, *, ticked: bool) -> Due:
    said = pgettext("case", "Follow-up of the monitored household, due on %(day)s")
    if row.case.state == ENDED:
        said = pgettext("case", "After-care visit, risk removed before this platform, due on %(day)s")
    said %= {"day": row.due_on}
    if row.visit_id is not None and SeenRisk.objects.filter(visit=row.visit_id).exists():
        said = _("%(follow_up)s; a new risk was reported") % {"follow_up": said}
    page = reverse("cases:case", args=[row.case_id])
    return Due(Purpose(FollowUps.model, str(row.pk)), said, page, ticked=ticked)


def _locked(key: str) -> FollowUp:
    return FollowUp.objects.select_for_update(of=("self",)).select_related("case").get(pk=key)


FOLLOW_UPS = FollowUps()
