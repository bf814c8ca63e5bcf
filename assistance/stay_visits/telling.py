"""What people are told of visits where a household lives: one to accept, and what became of one."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import StayVisit
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify, take_back

KINDS = (
    NoticeKind(
        "stay_visits_asked",
        _("Another village asks for a visit to a household that lives in mine"),
        _("Households that live in your village and are to be visited: {count}."),
    ),
    NoticeKind(
        "stay_visits_answered",
        _("A visit that my village asked for was accepted, refused or made"),
        _("Visits that your village asked for, with an answer: {count}."),
    ),
)


def page_of(row: StayVisit) -> str:
    """Return the address of a request."""
    return reverse("cases:stay_visit", args=[row.pk])


def tell_asked(row: StayVisit, *, by: User) -> None:
    """Tell who visits in the village that is asked; where nobody does, the township hears of it."""
    near = holders(Right.VISIT_HOUSEHOLDS, row.to_area_id, but=by)
    notify(near, "stay_visits_asked", place=page_of(row), group=str(row.pk))


def tell_answered(row: StayVisit, *, by: User) -> None:
    """Tell the own village what became of its request; nobody else needs to accept it any more."""
    take_back("stay_visits_asked", [str(row.pk)])
    people = holders(Right.PREPARE_CASES, row.case.area_id, but=by)
    notify(people, "stay_visits_answered", place=page_of(row), group=str(row.pk))


def forget(row: StayVisit, *, by: User) -> None:
    """Take back what nobody has read; who promised the visit is told that it is not needed."""
    take_back("stay_visits_asked", [str(row.pk)])
    if row.visitor is not None:
        notify([row.visitor], "stay_visits_answered", place=page_of(row), group=str(row.pk))
