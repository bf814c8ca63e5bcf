"""The doors to assessments and to lists of civil affairs: everything begins at `visible_to(user)`."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from assistance.assessment.lifecycle import UNDER_WAY
from foundation.accounts.models.areas import ancestors
from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right
from foundation.accounts.scope import duties_of, outermost, prefixes, within

if TYPE_CHECKING:
    from assistance.models import (  # noqa: F401  (named in strings below)
        AssessedHousehold,
        Assessment,
        PolicyExit,
        RosterComparison,
        RosterDifference,
    )
    from foundation.accounts.models import User

#: Whose list is compared: the department of civil affairs (foundation.accounts department).
CIVIL_AFFAIRS = "civil_affairs"


class AssessmentQuerySet(ScopedQuerySet["Assessment"]):
    """Assessments of one's areas, and those of the areas above them: a village finds the county's with its own rows."""

    area_field = "area__code"
    read_right = Right.VIEW_CASES

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep those at, below and above one's areas; the rows inside go through their own door."""
        codes = prefixes(user, right or self.read_right)
        above = {code for each in codes for code in ancestors(each)}
        return self.filter(within(self.area_field, codes) | Q(area__in=above))


class AssessedHouseholdQuerySet(ScopedQuerySet["AssessedHousehold"]):
    """Households of assessments, by the village that is responsible for them today."""

    area_field = "household__area__code"
    read_right = Right.VIEW_CASES

    def under_way(self) -> Self:
        """Keep what is on its way to a decision."""
        return self.filter(state__in=UNDER_WAY)


class PolicyExitQuerySet(ScopedQuerySet["PolicyExit"]):
    """Ends of policy, by the village of the household."""

    area_field = "household__area__code"
    read_right = Right.VIEW_CASES

    def holding(self) -> Self:
        """Keep what was not undone."""
        return self.filter(undone_on__isnull=True)


def exchange_prefixes(user: "User") -> frozenset[str]:
    """Return where somebody sees what was exchanged with civil affairs: cases of the area, or that department's own."""
    own = {
        duty.area
        for duty in duties_of(user)
        if duty.department == CIVIL_AFFAIRS and duty.holds(Right.ANSWER_MEASURES)
    }
    return frozenset(outermost([*own, *prefixes(user, Right.VIEW_CASES)]))


class RosterComparisonQuerySet(models.QuerySet["RosterComparison"]):
    """Lists of civil affairs that were compared, by their area."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep those under one's areas; of departments only civil affairs sees them. With `right`: where it is held."""
        codes = prefixes(user, right) if right else exchange_prefixes(user)
        above = {code for each in codes for code in ancestors(each)}
        return self.filter(within("area__code", codes) | Q(area__in=above))


class RosterDifferenceQuerySet(models.QuerySet["RosterDifference"]):
    """Differences by the household's village; of people whom the register does not know, by the list's area."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep what lies under one's areas."""
        codes = prefixes(user, right) if right else exchange_prefixes(user)
        known = within("household__area__code", codes)
        unknown = within("comparison__area__code", codes) & Q(household__isnull=True)
        return self.filter(known | unknown)

    def unsettled(self) -> Self:
        """Keep what nobody has settled."""
        return self.filter(outcome="")
