"""What people are told of changes of category: one to decide, and what became of one."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import Recategorisation
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify

KINDS = (
    NoticeKind(
        "categories_to_decide",
        _("A change of category waits for the county"),
        _("Changes of category to decide: {count}."),
    ),
    NoticeKind(
        "categories_decided",
        _("The county decided about a change of category"),
        _("Changes of category that the county decided: {count}."),
    ),
)


def page_of(row: Recategorisation) -> str:
    """Return the address of a change of category."""
    return reverse("cases:recategorisation", args=[row.pk])


def tell_proposed(row: Recategorisation, *, by: User) -> None:
    """Tell the county that it is to decide."""
    people = holders(Right.DECIDE_CASES, row.case.area_id[: Level.COUNTY], but=by)
    notify(people, "categories_to_decide", place=page_of(row), group=str(row.pk))


def tell_decided(row: Recategorisation, *, by: User) -> None:
    """Tell township and village what was decided: papers, plan and visits follow the level."""
    area = row.case.area_id
    people = [
        *holders(Right.REVIEW_CASES, area[: Level.TOWNSHIP], but=by),
        *holders(Right.PREPARE_CASES, area, but=by),
    ]
    unique = list({person.pk: person for person in people}.values())
    notify(unique, "categories_decided", place=page_of(row), group=str(row.pk))
