"""Who helps a household that moves: they stay where their post fits, otherwise help ends and the new clock begins."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.helping import clocks, lending
from assistance.helping.places import fitting, may_have_helpers
from assistance.helping.telling import tell_ended
from assistance.models import Case, HelperClock, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import Posting, User
from foundation.workflow.move import Request, move_many
from households.moving.followers import Journey

_ENDS = {"offered": "take_back", "accepted": "end"}


class HelpersGo:
    """Places whose post may still fill them stay; all others end, and are filled within the new area's days."""

    claims = ("assistance.HelperPlace.case", "assistance.HelperClock.case")

    def tells(self, journey: Journey) -> Iterator[str]:
        """Say how many helpers stay and how many go."""
        stay, leave = _parted(journey)
        if stay:
            yield ngettext("%(count)d helper stays.", "%(count)d helpers stay.", len(stay)) % {
                "count": len(stay)
            }
        if leave:
            yield ngettext(
                "The help of %(count)d person ends: the new township names somebody.",
                "The help of %(count)d people ends: the new township names others.",
                len(leave),
            ) % {"count": len(leave)}

    def hinders(self, journey: Journey) -> Iterator[str]:
        """No posting stands before a move."""
        return iter(())

    def later(self, journey: Journey) -> Iterator[str]:
        """Who was named since is told with the case."""
        return iter(())

    def follow(self, journey: Journey, *, by: User) -> None:
        """End what does not fit, lend anew what does, and begin the clock of the new area."""
        stay, leave = _parted(journey)
        _end(leave)
        system = User.objects.built_in("system")
        for place in stay:
            lending.take_back([place], by=system)
            lending.lend(place, actor=lending.acting(system, place.case.area_id))
        for case in _cases(journey):
            _begin(case, system)


def _cases(journey: Journey) -> list[Case]:
    rows = Case.objects.filter(household=journey.household.pk).select_related("household", "area")
    return [case for case in rows if may_have_helpers(case) and case.is_running]


def _parted(journey: Journey) -> tuple[list[HelperPlace], list[HelperPlace]]:
    """Return the places that go on in the new village, and those that end."""
    rows = HelperPlace.objects.active().filter(case__household=journey.household.pk)
    stay: list[HelperPlace] = []
    leave: list[HelperPlace] = []
    for place in rows.select_related("case__household", "person", "posting").order_by("pk"):
        place.case.area_id = journey.target
        fits = Posting.objects.in_force().filter(fitting(place.case, place.kind), pk=place.posting_id)
        (stay if fits.exists() else leave).append(place)
    return stay, leave


def _end(places: list[HelperPlace]) -> None:
    """End places by the platform, and tell the people; what waited in a hand-over goes with them."""
    system, today, reason = User.objects.built_in("system"), clock.today(), _("The household moved.")
    for state, verb in _ENDS.items():
        some = [place for place in places if place.state == state]
        move_many(some, Request(verb, reason=reason, writes={"ended_on": today, "reason": reason}), by=system)
    lending.take_back(places, by=system)
    for place in places:
        tell_ended(place, by=system)


def _begin(case: Case, system: User) -> None:
    """Let the clock of the new area run from today, unless every place is filled; the one of the old area stops."""
    HelperClock.objects.running().filter(case=case).update(stopped_on=clock.today())
    clocks.start([(case, clock.today())])
    clocks.settle([case], by=system)


HELPERS = HelpersGo()
