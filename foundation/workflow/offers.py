"""What a person may do with a row now: the buttons of its page, drawn from the same table that move() obeys."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow import courses
from foundation.workflow.lifecycle import Move
from foundation.workflow.models import Passage, Stateful
from foundation.workflow.rules import Checks


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that leaves from the row's state and whose right the person holds; `blocked` says why not now."""

    move: Move
    blocked: str = ""


def offers(row: Stateful, user: User, wanted: Collection[str] | None = None) -> list[Offer]:
    """Return the moves to show on a page: those of the person's rights, each open or with the reason why not.

    `wanted` are the verbs that the page has; None: all of them. A move that the area does not have is no offer.
    """
    found: list[Offer] = []
    standing = courses.of([row]).get(str(row.pk))
    for move in row.lifecycle.open_from(row.state):
        if wanted is not None and move.verb not in wanted:
            continue
        if move.by_path and (standing is None or standing.step_of(move.verb) is None):
            continue
        if not user.holds(move.right, row.area_code, of=row.goes_with):
            continue
        try:
            Checks([row], move, user).actor_for(row)
        except Refused as refusal:
            found.append(Offer(move, refusal.sentence))
        else:
            found.append(Offer(move))
    return found


def history(row: Stateful) -> QuerySet[Passage]:
    """Return everything that was done with a row, oldest first, with the people."""
    return Passage.objects.filter(model=row._meta.label_lower, object_id=str(row.pk)).select_related("by")
