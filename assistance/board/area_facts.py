"""What cases add to the page of an area: how many are under way, late, and enrolled; the words lead to the boards."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.lifecycle import HELD, UNDER_WAY
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.accounts.scope import within
from foundation.desk.area_page import Fact


def cases_here(area: Area, user: User) -> Fact | None:
    """Count the cases of an area, for who may see them; one query."""
    if not user.holds(Right.VIEW_CASES, area.code):
        return None
    on_way, today = Q(state__in=UNDER_WAY), clock.today()
    counts = (
        Case.objects.visible_to(user)
        .filter(within("area__code", [area.code]))
        .aggregate(
            under_way=Count("pk", filter=on_way),
            late=Count("pk", filter=on_way & (Q(step_due_on__lt=today) | Q(total_due_on__lt=today))),
            held=Count("pk", filter=Q(state__in=HELD)),
        )
    )
    said = _("%(under_way)d in procedure, %(late)d of them overdue; %(held)d enrolled") % counts
    return Fact(gettext_lazy("Cases here"), said, reverse("cases:board_of", args=[area.code]))
