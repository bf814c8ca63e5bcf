"""How far the removal of S9a is, and how it is brought back to the meeting of its evening."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.demo.acts import holder
from assistance.demo import helping, leaving
from assistance.models import Removal
from assistance.removal.chain import open_steps, standings_of
from assistance.removal.guards import guards_of
from foundation.accounts import clock
from foundation.accounts.demo.story import LAST_DAY
from foundation.accounts.roles import Role
from foundation.workflow.offers import history
from households.demo.storytelling import Line, PutBack
from households.models import Household


class RemovalPart:
    """The removal's part in a story: what stands, or what does not hold yet."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say how far the removal is; where none is proposed, how many conditions hold, and from when all could."""
        case = helping.case_of(home.code)
        by = holder(Role.TOWNSHIP_VERIFIER, home.area_id).username
        row = Removal.objects.filter(case__household=home).order_by("-pk").first()
        if row is not None:
            steps = "、".join(step.label for step in open_steps(standings_of([row]).get(row.pk)))
            state = _("removal: %(state)s") % {"state": row.state_label}
            waits = steps if row.state in ("proposed", "approved") else ""
            return [Line(state, waits, reverse("cases:removal", args=[row.pk]), by)]
        if case is None or home.code not in (leaving.TOO_EARLY, leaving.KEPT):
            return []
        page = reverse("cases:case", args=[case.pk])
        if case.no_labour:
            return [Line(_("removal: none is proposed, the safety net holds this household"), "", page, by)]
        guards = guards_of(case, Removal.Way.ASSISTED)
        held = {"held": sum(each.holds for each in guards), "all": len(guards)}
        state = _("removal: %(held)d of %(all)d conditions hold") % held
        if dated := [each.could for each in guards if each.could and not each.holds]:
            days = (max(dated) - clock.today()).days
            state += "；" + _("%(days)d days short of %(day)s") % {"days": days, "day": max(dated)}
        return [Line(state, "", page, by)]

    def put_back(self, home: Household, found: PutBack) -> None:
        """Check and propose again what was annulled and taken back; a vote, a notice and a mark stay, and are named."""
        if home.code in leaving.CHECKED_ON and not leaving.is_checked(home.code):
            with clock.at(leaving.CHECKED_ON[home.code]):
                leaving.check(home.code)
            found.done.append(home.code + ": " + _("the house check is there again"))
        if home.code != leaving.LEAVING:
            return
        row = leaving.removal()
        if row is not None and (since := _since(row)):
            told = {"home": home.code, "state": row.state_label, "acts": "、".join(since)}
            if row.state != "withdrawn":
                found.left.append(_("%(home)s: the removal went on (%(acts)s) and stays “%(state)s”") % told)
                return
        for is_done, again, day in (
            (leaving.is_proposed, leaving.propose, leaving.PROPOSED_ON),
            (leaving.is_called, leaving.call, leaving.CALLED_ON),
        ):
            if not is_done():
                with clock.at(day):
                    again()
                found.done.append(home.code + ": " + _("the removal stands on the list of its meeting again"))


def _since(row: Removal) -> list[str]:
    """Return what was done with a removal on the demonstration's last day and later, in words."""
    made = history(row).filter(entered_on__gte=LAST_DAY).exclude(verb="propose")
    return [str(row.lifecycle.find(each.verb).label) for each in made]


REMOVALS = RemovalPart()
