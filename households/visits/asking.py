"""What the form of a visit is about: gathered from the register, so that only the unknown is asked."""

from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Household, Visit
from households.visits.book import declared_of
from households.visits.checking import companions
from households.visits.forms import About
from households.visits.known import facts_of
from households.visits.purposes import due_at
from households.visits.questionnaires import Declared


def about_new(household: Household, declared: Declared, by: User) -> About:
    """Return what a new visit of `by` to a household is about."""
    return About(
        household=household,
        declared=declared,
        members=list(household.residents.present().order_by("relation", "pk")),
        facts=facts_of(household, clock.today()),
        companions=companions(household, by),
        due=due_at(household, by),
    )


def about_old(visit: Visit, by: User) -> About:
    """Return what the correction of a visit is about: the same questions, and the members of its day."""
    household = visit.household
    return About(
        household=household,
        declared=declared_of(visit.questionnaire),
        members=list(household.residents.present(visit.happened_on).order_by("relation", "pk")),
        facts=facts_of(household, visit.happened_on),
        companions=companions(household, by),
    )
