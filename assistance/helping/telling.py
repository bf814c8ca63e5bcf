"""What people are told of helpers: that they were named, what was answered, hand-overs, what is overdue."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import HandOver, HelperPlace
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify, take_back

KINDS = (
    NoticeKind(
        "helper_named",
        _("I am named as the helper of a household"),
        _("Households for which you are named as helper: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "helper_answered",
        _("Somebody whom I named as helper answers"),
        _("Helpers who answered: {count}."),
    ),
    NoticeKind(
        "helper_ended", _("My help of a household ends"), _("Households that you help no more: {count}.")
    ),
    NoticeKind(
        "helpers_overdue",
        _("Households of my area lack a helper after the last day"),
        _("Households without all their helpers after the last day: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "hand_over_asked",
        _("Households are handed over to me"),
        _("Households that are handed over to you: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "hand_over_answered",
        _("A hand-over of mine is answered"),
        _("Households whose hand-over was answered: {count}."),
    ),
)


def tell_named(place: HelperPlace, *, by: User) -> None:
    """Tell somebody that they were named; not who named themselves."""
    if place.person_id != by.pk:
        notify([place.person], "helper_named", place=answer_page(place), group=str(place.pk))


def tell_answered(place: HelperPlace, *, by: User) -> None:
    """Tell who named a person what they answered."""
    if place.assigned_by_id != by.pk:
        notify([place.assigned_by], "helper_answered", place=case_page(place), group=str(place.case_id))


def tell_ended(place: HelperPlace, *, by: User) -> None:
    """Tell a person that they help no more; what they had not read about being named goes."""
    take_back("helper_named", [str(place.pk)])
    if place.person_id != by.pk:
        notify([place.person], "helper_ended", place=reverse("cases:my_households"))


def tell_overdue(township: str, count: int) -> None:
    """Tell who names helpers in a township of households that lack one after the last day."""
    own = [
        person
        for person in holders(Right.ASSIGN_HELPERS, township)
        if any(len(duty.area) >= Level.TOWNSHIP for duty in person.duties())
    ]
    people = own or holders(Right.ASSIGN_HELPERS, township)
    place = f"{reverse('cases:helpers')}?lack=overdue"
    notify(people, "helpers_overdue", place=place, group=township, count=count)


def tell_handed_over(row: HandOver, count: int) -> None:
    """Tell the receiver of a hand-over that waits for them."""
    notify([row.receiver], "hand_over_asked", place=hand_over_page(row), group=str(row.pk), count=count)


def tell_hand_over_answered(row: HandOver, count: int, *, by: User) -> None:
    """Tell the giver and who began a hand-over what became of it, and the receiver what they need no longer answer.

    Who has given everything away may not open the hand-over any more: it leads to their own list.
    """
    take_back("hand_over_asked", [str(row.pk)])
    office, own = hand_over_page(row), reverse("cases:my_households")
    places = {row.giver: own, row.made_by: office}
    if row.answer == HandOver.Answer.TAKEN_BACK:
        places[row.receiver] = own
    for person, place in places.items():
        if person.pk != by.pk:
            notify([person], "hand_over_answered", place=place, group=str(row.pk), count=count)


def answer_page(place: HelperPlace) -> str:
    """Return where somebody answers that they were named."""
    return reverse("cases:helper_answer", args=[place.pk])


def case_page(place: HelperPlace) -> str:
    """Return the page of the case of a place."""
    return reverse("cases:case", args=[place.case_id])


def hand_over_page(row: HandOver) -> str:
    """Return the page of a hand-over."""
    return reverse("cases:hand_over", args=[row.pk])
