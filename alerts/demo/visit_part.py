"""How often the households of the stories were visited, and how visits of later days are taken out again."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.demo.plot import PLOT
from alerts.demo.visiting import Visits
from foundation.accounts import clock
from foundation.accounts.demo.story import LAST_DAY
from households.demo.page import who_looks
from households.demo.storytelling import Line, PutBack, reason
from households.models import Household, Visit
from households.visits.writing import annul_visit


class VisitPart:
    """The visits' part in a story."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say how often the household was visited, and when last; the pages of visits lead on from there."""
        rows = Visit.objects.filter(household=home, state="recorded")
        last = rows.order_by("-happened_on", "-pk").first()
        if last is None:
            return []
        told = {"n": rows.count(), "day": last.happened_on, "way": last.get_way_display()}
        page = reverse("households:household", args=[home.pk])
        return [
            Line(
                _("visits: %(n)d, the last on %(day)s (%(way)s)") % told, "", page, who_looks(home.area_id)[0]
            )
        ]

    def put_back(self, home: Household, found: PutBack) -> None:
        """Annul visits that were written down since, and write down again those of the story that were annulled."""
        since = Visit.objects.filter(household=home, state="recorded", entered_on__gte=LAST_DAY)
        for visit in since.select_related("entered_by", "household"):
            annul_visit(visit, reason=reason(), by=visit.entered_by)
            found.done.append(home.code + ": " + _("a later visit is annulled"))
        for act in PLOT.get(home.code, ()):
            if isinstance(act, Visits) and not act.done(home):
                with clock.at(act.day):
                    act.play(home)
                found.done.append(home.code + ": " + _("the visit is there again"))


VISITS = VisitPart()
