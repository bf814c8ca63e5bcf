"""Measures of the old county run to their own end there, unless the new one takes them over (MoveFollower)."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from assistance.data_checks.following import ask_again
from assistance.models import Measure
from assistance.querysets_of_help import MeasureQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from households.moving.followers import Journey

#: So many are named one by one.
_MOST = 20


class MeasuresGo:
    """What a department of the old county was asked for, or pays still, stays its own (field.md 3.16, 5.7)."""

    claims = ("assistance.Measure.case", "assistance.Measure.kept_area")

    def tells(self, journey: Journey) -> Iterator[str]:
        """Name every measure that runs, and what becomes of it."""
        for measure in running(journey.household.pk).order_by("pk")[:_MOST]:
            said = {"name": measure.called, "state": measure.state_label, "until": measure.until_day or "—"}
            if journey.to_another_county and not journey.back and measure.department_id:
                yield _("%(name)s (%(state)s, until %(until)s): the old county sees it to its end.") % said
            else:
                yield _("%(name)s (%(state)s, until %(until)s): it goes along.") % said

    def hinders(self, journey: Journey) -> Iterator[str]:
        """No measure stands before a move."""
        return iter(())

    def later(self, journey: Journey) -> Iterator[str]:
        """What was answered since is told with the case."""
        return iter(())

    def follow(self, journey: Journey, *, by: User) -> None:
        """Keep what runs with the offices of the old county; on the way back they answer as before."""
        home = journey.household.pk
        if journey.back:
            kept = Measure.objects.filter(case__household=home, kept_area=journey.target[: Level.COUNTY])
            kept.update(kept_area=None)
        elif journey.to_another_county:
            rows = running(home).filter(department__isnull=False, kept_area__isnull=True)
            rows.update(kept_area=journey.origin[: Level.COUNTY])
        ask_again([home])


def running(household: int) -> MeasureQuerySet:
    """Return the measures of a household that wait for their office, or landed and have not ended."""
    today = clock.today()
    ended = Q(until_day__lt=today) | Q(stopped_on__lt=today)
    landed = Q(state="landed") & ~Q(ended)
    return Measure.objects.filter(Q(state="asked") | landed, case__household=household)


MEASURES = MeasuresGo()
