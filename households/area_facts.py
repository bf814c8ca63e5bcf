"""What the register adds to the page of an area: how many households live there."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.accounts.scope import within
from foundation.desk.area_page import Fact
from foundation.desk.tables import COUNTED
from households.models import Household


def households_here(area: Area, user: User) -> Fact | None:
    """Count the living households of an area up to 1,000, for who may see them; the words lead to their list."""
    if not user.holds(Right.VIEW_HOUSEHOLDS, area.code):
        return None
    rows = Household.objects.visible_to(user).living().filter(within("area__code", [area.code]))
    found = rows.order_by()[: COUNTED + 1].count()
    count = f"{COUNTED:,}+" if found > COUNTED else f"{found:,}"
    return Fact(
        gettext_lazy("Households here"),
        _("%(count)s in the list") % {"count": count},
        f"{reverse('households:households')}?area={area.code}",
    )
