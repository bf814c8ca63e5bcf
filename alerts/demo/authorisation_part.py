"""How far the authorisations of the stories are, and how they are brought back to their day."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.demo.acts import holder, is_filled
from alerts.demo.authorising import Asks
from alerts.demo.plot import PLOT
from foundation.accounts import clock
from foundation.accounts.demo.story import LAST_DAY
from foundation.accounts.roles import Role
from foundation.workflow.move import Request
from households.authorisations.ending import end
from households.demo.page import who_looks
from households.demo.storytelling import Line, PutBack, reason
from households.models import Authorisation, Household
from households.signing.selectors import progress

_STANDING = ("pending", "refused", "in_force")


class AuthorisationPart:
    """The authorisations' part in a story."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say how far the newest authorisation is."""
        row = Authorisation.objects.filter(household=home).order_by("-pk").first()
        if row is None:
            return []
        state = _("authorisation: %(state)s, %(signed)s signed") % {
            "state": row.state_label, "signed": progress(row),
        }  # fmt: skip
        page = reverse("authorisations:authorisation", args=[row.pk])
        next_act = str(_("have it signed")) if row.state in ("pending", "refused") else ""
        return [Line(state, next_act, page, _who_signs(home) if next_act else who_looks(home.area_id)[0])]

    def put_back(self, home: Household, found: PutBack) -> None:
        """Cancel what is not as the plot left it, and ask again as it was asked then."""
        acts = [act for act in PLOT.get(home.code, ()) if isinstance(act, Asks)]
        for row in Authorisation.objects.filter(household=home, state__in=_STANDING):
            since = row.asked_on >= LAST_DAY and not acts
            if since or (acts and not any(act.stands(row) for act in acts)):
                by = holder(Role.TOWNSHIP_VERIFIER, home.area_id)
                end(row, Request("cancel", reason=reason()), by=by)
                found.done.append(home.code + ": " + _("an authorisation is cancelled"))
        for act in acts:
            if not act.done(home):
                with clock.at(act.day):
                    act.play(home)
                found.done.append(home.code + ": " + _("the authorisation is as it was"))


def _who_signs(home: Household) -> str:
    """Return who has it signed: the village's assistant, or where the post is empty the township's verifier."""
    filled = is_filled(Role.VILLAGE_ASSISTANT, home.area_id)
    return holder(Role.VILLAGE_ASSISTANT if filled else Role.TOWNSHIP_VERIFIER, home.area_id).username


AUTHORISATIONS = AuthorisationPart()
