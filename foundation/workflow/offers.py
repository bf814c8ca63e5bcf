"""What a person may do with a row now: the buttons of its page, drawn from the same table that move() obeys."""

from dataclasses import dataclass

from django.db.models import QuerySet

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.lifecycle import Move
from foundation.workflow.models import Passage, Stateful
from foundation.workflow.rules import Checks


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that leaves from the row's state and whose right the person holds; `blocked` says why not now."""

    move: Move
    blocked: str = ""


def offers(row: Stateful, user: User) -> list[Offer]:
    """Return the moves to show on a page: those of the person's rights, each open or with the reason why not."""
    found: list[Offer] = []
    for move in row.lifecycle.open_from(row.state):
        if not user.holds(move.right, row.area_code):
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
