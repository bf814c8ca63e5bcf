"""What stands before a way back, said before anybody presses the button: why, and which move is ended first."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from foundation.accounts.models import User
from households.lineage import undoing
from households.models import HouseholdMove, LineageAct
from households.moving.answering import why_not_back
from households.moving.telling import page_of


@dataclass(frozen=True, slots=True)
class Before:
    """Why there is no way back now; `url` leads to the move that says so, where the reader may see it (`words`)."""

    sentence: str
    words: str = ""
    url: str = ""


def before_event(act: LineageAct, user: User) -> Before | None:
    """Return what stands before the way back of a family event; None where nothing does."""
    by_move = HouseholdMove.objects.filter(event=act, state="accepted").first()
    return _told(undoing.why_not(act), by_move or undoing.waiting_on(act), user)


def before_move(row: HouseholdMove, user: User) -> Before | None:
    """Return what stands before the way back of an accepted move; None where nothing does."""
    if row.of_person:
        waits = undoing.waiting_on(row.event) if row.event is not None else None
    else:
        waits = HouseholdMove.objects.waiting().filter(household=row.household_id).first()
    return _told(why_not_back(row), waits, user)


def _told(sentence: str, other: HouseholdMove | None, user: User) -> Before | None:
    if not sentence:
        return None
    if other is None or not HouseholdMove.objects.visible_to(user).filter(pk=other.pk).exists():
        return Before(sentence)
    return Before(sentence, pgettext("move", "The move"), page_of(other))
