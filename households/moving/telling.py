"""What people are told of moves: one to answer, one answered, one that came up from below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify, take_back, tell_once
from households.models import HouseholdMove

KINDS = (
    NoticeKind(
        "moves_to_answer",
        _("A household or a person comes to my area: to accept or to refuse"),
        _("Households and people who come to your area and wait for your answer: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "moves_due",
        _("A move to my area waits for an answer, and today is the last day"),
        _("Moves to your area to be answered today: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "moves_answered",
        _("A move out of my area was accepted, refused or undone"),
        _("Moves out of your area that were settled: {count}."),
    ),
    NoticeKind(
        "moves_arrived",
        _("A household or a person came to my area"),
        _("Households and people who came to your area: {count}."),
    ),
    NoticeKind(
        "moves_referred",
        _("A move between areas below mine was not answered in time"),
        _("Moves between your areas that were not answered in time: {count}."),
        urgent=True,
    ),
)


def page_of(row: HouseholdMove) -> str:
    """Return the address of a move."""
    return reverse("moves:move", args=[row.pk])


def tell_proposed(row: HouseholdMove, *, by: User) -> None:
    """Tell the receiving area that a household comes; a village's own staff hears of it when it is there."""
    notify(_answerers(row, by), "moves_to_answer", place=page_of(row), group=str(row.pk))


def tell_due(row: HouseholdMove) -> None:
    """Remind the receiving area on the last day."""
    tell_once(_answerers(row, None), "moves_due", place=page_of(row), group=f"{row.pk}-{row.due_on}")


def tell_withdrawn(row: HouseholdMove, *, by: User) -> None:
    """Take back what nobody has read; who had read it sees that there is nothing to answer."""
    take_back("moves_to_answer", [str(row.pk)])


def tell_refused(row: HouseholdMove, *, by: User) -> None:
    """Tell the giving side that the household stays theirs."""
    take_back("moves_to_answer", [str(row.pk)])
    notify(_givers(row, by), "moves_answered", place=page_of(row), group=str(row.pk))


def tell_arrived(row: HouseholdMove, *, by: User) -> None:
    """Tell both sides: the giver that the household is theirs no more, the receiver that it came."""
    tell_refused(row, by=by)
    people = holders(Right.EDIT_HOUSEHOLDS, row.to_area_id, but=by)
    notify(people, "moves_arrived", place=page_of(row), group=str(row.pk))


def tell_undone(row: HouseholdMove, *, by: User) -> None:
    """Tell both sides that the household went back."""
    take_back("moves_arrived", [str(row.pk)])
    notify(_givers(row, by), "moves_answered", place=page_of(row), group=str(row.pk))


def tell_referred(area: str, count: int) -> None:
    """Tell who decides above both areas."""
    place = f"{reverse('moves:moves')}?state=referred"
    notify(holders(Right.SETTLE_MOVES, area), "moves_referred", place=place, group=area, count=count)


def _answerers(row: HouseholdMove, by: User | None) -> list[User]:
    return holders(Right.ANSWER_MOVES, row.to_area_id, but=by)


def _givers(row: HouseholdMove, by: User) -> list[User]:
    """Return who answered for the household: in its village, and in township and county who answer for moves."""
    near = holders(Right.EDIT_HOUSEHOLDS, row.from_area_id, but=by)
    return [person for person in near if any(len(duty.area) >= Level.COUNTY for duty in person.duties())]
