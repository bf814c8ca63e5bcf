"""What departments propose about a household goes along when it moves (households.moving.followers.MoveFollower).

That its members moved out is what the move itself enters: those proposals are settled by it, and wait again where it is
undone.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.accounts.models import User
from foundation.workflow.move import Request, move_many
from households.models import HouseholdMove
from households.moving.followers import Journey
from monitoring.models import RegisterProposal
from monitoring.proposals.selectors import moved_out


class ProposalsGo:
    """Proposals to the register wait where the household belongs.

    Findings stay with the county of their run (design.md section 3), as their outcomes and the rows returned do.
    """

    claims = ("monitoring.RegisterProposal.area", "monitoring.RegisterProposal.household")

    def tells(self, journey: Journey) -> Iterator[str]:
        """Say how many wait, and how many the move settles."""
        waiting = RegisterProposal.objects.waiting().filter(household=journey.household.pk)
        settled = moved_out(waiting).count()
        count = waiting.count() - settled
        if settled:
            yield ngettext(
                "%(count)d registered moving out is settled by this move; it waits again if the move is undone.",
                "%(count)d registered movings out are settled by this move; they wait again if the move is undone.",
                settled,
            ) % {"count": settled}
        if count:
            yield ngettext(
                "%(count)d change that a department proposes is decided where the household comes to.",
                "%(count)d changes that departments propose are decided where the household comes to.",
                count,
            ) % {"count": count}

    def hinders(self, journey: Journey) -> Iterator[str]:
        """Nothing that is proposed stands before a move."""
        return iter(())

    def later(self, journey: Journey) -> Iterator[str]:
        """What was decided since changed the register, which says so itself."""
        return iter(())

    def follow(self, journey: Journey, *, by: User) -> None:
        """Settle what the move enters (or let it wait again), and write the new village."""
        rows = RegisterProposal.objects.filter(household=journey.household.pk)
        if not journey.back:
            _settle(moved_out(rows.waiting()), journey.move)
        rows.update(area=journey.target)
        if journey.back:
            _wait_again(moved_out(rows.filter(state="overtaken")), journey.move)


def _settle(rows: QuerySet[RegisterProposal], move: HouseholdMove) -> None:
    """End what the move answers, dated with the day on which it came into force: by that day it is found again."""
    asked = Request(
        "overtake", reason=_("The whole household moved."), writes={"decided_on": move.effective_on}
    )
    move_many(list(rows.select_related("household")), asked, by=User.objects.built_in("system"))


def _wait_again(rows: QuerySet[RegisterProposal], move: HouseholdMove) -> None:
    """Let what the move had settled wait again, unless the same was proposed since."""
    again = RegisterProposal.objects.filter(state__in=["proposed", "refused"]).values("mark")
    found = rows.filter(decided_on=move.effective_on).exclude(mark__in=again)
    asked = Request(
        "wait_again", reason=_("The move of the household was undone."), writes={"decided_on": None}
    )
    move_many(list(found.select_related("household")), asked, by=User.objects.built_in("system"))


PROPOSALS = ProposalsGo()
