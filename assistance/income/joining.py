"""A visit that is going on leads to the income sheet that is owed: what is due in one yard is asked once."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.income.periods import collected
from assistance.income.rights import may_write
from assistance.income.selectors import taken_over
from assistance.models import Case, IncomeSheet
from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Visit
from households.visits.purposes import Step


def income_steps(case: Case, visit: Visit, user: User) -> Sequence[Step]:
    """Return the way to the sheet of the present period, begun or not; nothing where it is confirmed already."""
    if not may_write(case, user):
        return []
    period = collected(case.area_id, clock.today())
    rows = IncomeSheet.objects.filter(case=case, from_day=period.first, until_day=period.last)
    states = dict(rows.filter(state__in=("draft", "confirmed")).values_list("state", "pk"))
    if "confirmed" in states or taken_over(case, period) is not None:
        return []
    why = _("What departments know is filled in; you are there now, so ask for the rest.")
    if "draft" in states:
        return [
            Step(_("Go on with the income sheet"), reverse("cases:income_sheet", args=[states["draft"]]), why)
        ]
    address = f"{reverse('cases:income_begin', args=[case.pk])}?visit={visit.pk}"
    return [Step(_("Write the income sheet"), address, why)]
