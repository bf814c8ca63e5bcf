"""What helpers are told of family events at their households."""

from django.utils.translation import pgettext_lazy

from assistance.models import Case, HelperPlace
from assistance.telling import page_of
from foundation.accounts.models import User
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import notify

KINDS = (
    NoticeKind(
        "helped_family_changed",
        pgettext_lazy("lineage", "The family of a household that I help changed"),
        pgettext_lazy("lineage", "Households that you help whose family changed: {count}."),
    ),
)


def tell_helpers(case: Case, *, by: User) -> None:
    """Tell who helps a household, but not who entered the event."""
    held = HelperPlace.objects.held().filter(case=case).select_related("person")
    people = [place.person for place in held if place.person_id != by.pk]
    notify(people, "helped_family_changed", place=page_of(case), group=str(case.pk))
