"""What a family event lets follow: each follower says beforehand what will happen, and then does exactly that.

Any package adds one: an object named in `config/composition.py` under LINEAGE_FOLLOWERS, asked in order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from households.lineage.plans import Plan
from households.models import Household, LineageAct


@dataclass(frozen=True, slots=True)
class Consequence:
    """One sentence of a preview under a heading; `url` leads to what it speaks of, `grave` marks work for people."""

    about: str
    sentence: str
    url: str = ""
    grave: bool = False


class LineageFollower(Protocol):
    """Follows family events. `name` is the key of what it keeps of an act (LineageAct.followed)."""

    name: str

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say what would follow, as far as `user` may see it; writes nothing."""

    def follow(self, act: LineageAct, plan: Plan, *, by: User) -> dict[str, Any]:
        """Do it in the transaction of the act; returns what the way back needs (keys and codes, never a name)."""

    def unfollow(self, act: LineageAct, kept: dict[str, Any], *, by: User) -> None:
        """Go back before the rows of the act do; Refused where that cannot be."""


def seen_of(plan: Plan, user: User) -> list[Household]:
    """Return the households of a plan that `user` may see: of the others nothing is said but who goes and comes.

    Whoever receives a person of another area reads nothing of the household that is left (decision 0108).
    """
    keys = [home.pk for home in plan.households]
    seen = set(Household.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [home for home in plan.households if home.pk in seen]


def foreseen(plan: Plan, user: User) -> list[Consequence]:
    """Return what every follower says would follow."""
    return [each for follower in parts("LINEAGE_FOLLOWERS") for each in follower.foresee(plan, user)]


def follow(act: LineageAct, plan: Plan, *, by: User) -> None:
    """Let every follower do what it said, and keep what its way back needs."""
    act.followed = {
        follower.name: kept
        for follower in parts("LINEAGE_FOLLOWERS")
        if (kept := follower.follow(act, plan, by=by))
    }
    act.save(update_fields=["followed"])


def unfollow(act: LineageAct, *, by: User) -> None:
    """Let every follower go back, the last one first."""
    for follower in reversed(parts("LINEAGE_FOLLOWERS")):
        follower.unfollow(act, act.followed.get(follower.name, {}), by=by)
