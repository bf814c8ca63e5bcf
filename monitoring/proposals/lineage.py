"""A family event that a department's row proposed, and that is taken back: its proposal waits again."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.workflow.move import Request, move_many
from households.lineage.followers import Consequence
from households.lineage.plans import Plan
from households.models import LineageAct
from monitoring.models import RegisterProposal


class ProposalsWaitAgain:
    """Events taken from deliveries (households.lineage.followers.LineageFollower)."""

    name = "proposals"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Nothing follows for proposals: what an event settles is overtaken with the register."""
        return ()

    def follow(self, act: LineageAct, plan: Plan, *, by: User) -> dict[str, Any]:
        """Do nothing: the proposal names the event's revision (monitoring.proposals.events.take_event)."""
        return {}

    def unfollow(self, act: LineageAct, kept: dict[str, Any], *, by: User) -> None:
        """Let the proposal from which the event was taken wait again, unless the same was proposed since."""
        rows = RegisterProposal.objects.filter(state="taken", revision=act.revision_id)
        again = RegisterProposal.objects.filter(state__in=["proposed", "refused"]).values("mark")
        found = list(rows.exclude(mark__in=again).select_related("household"))
        if found:
            asked = Request(
                "wait_again", reason=_("The family event was taken back."),
                writes={"decided_on": None, "revision": None},
            )  # fmt: skip
            move_many(found, asked, by=User.objects.built_in("system"))


PROPOSALS = ProposalsWaitAgain()
