"""What the page of a case shows: its head, its acts, and the sections that the parts of the stage bring."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance import wording
from assistance.acts import Acts, acts_of
from assistance.enrolment import chain
from assistance.models import AssessedHousehold, Case
from assistance.panels import ShownPanel, panels_for
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge
from households.models import Resident
from households.models.households import HEAD


@dataclass(frozen=True, slots=True)
class Page:
    """A case in words."""

    case: Case
    title: str
    state: Badge
    marks: list[Badge]
    acts: Acts
    panels: list[ShownPanel]
    may_see_alert: bool


def page_of(case: Case, user: User) -> Page:
    """Gather the page of a case that was found through its scoped door."""
    return Page(
        case=case,
        title=title_of(case),
        state=wording.state_badge(case),
        marks=wording.marks(case),
        acts=acts_of(case, user, chain.standing_of(case)),
        panels=panels_for(case, user),
        may_see_alert=case.alert_id is not None and user.holds(Right.VIEW_ALERTS, case.area_id),
    )


def title_of(case: Case | AssessedHousehold) -> str:
    """Return whose case it is."""
    head = Resident.objects.present().filter(household=case.household_id, relation=HEAD).first()
    if head is None:
        return pgettext("case", "Case of household %(code)s") % {"code": case.household.code}
    return _("Household of %(name)s") % {"name": head.shown_name}
