"""What the page of a case says of help that came first and of the disaster behind it, and the act beside it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.acts import Act
from assistance.disasters.selectors import kinds_of
from assistance.fast_track.helping import KINDS
from assistance.fast_track.papers import name_of
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case, Disaster, FirstHelp
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class HelpedFirst:
    """The section of a case that is on the fast track, or whose household got help first."""

    order = 60
    template = "assistance/_helped_first.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return help, day of the papers and disasters; None where nothing came first."""
        helps = list(FirstHelp.objects.filter(case=case))
        disasters = Disaster.objects.visible_to(user).filter(households__case=case).order_by("pk").distinct()
        if not case.fast_track and not helps:
            return None
        names = dict(kinds_of(KINDS, case.area_id))
        return {
            "name": name_of(case.area_id),
            "helps": [(each, names.get(each.kind, each.kind)) for each in helps],
            "due": case.papers_due_on if case.state in UNDER_WAY else None,
            "disasters": list(disasters),
        }


class HelpActs:
    """Help that cannot wait is written down from the page of a case whose procedure is not over."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act, for who prepares cases there."""
        if case.state not in UNDER_WAY or not user.holds(Right.PREPARE_CASES, case.area_id):
            return []
        return [Act("help_first", _("Help first, papers after"), reverse("cases:help_first", args=[case.pk]))]


PANEL, ACTS = HelpedFirst(), HelpActs()
