"""What the form of a visit is about: gathered from the register, so that only the unknown is asked."""

from collections.abc import Iterable, Sequence

from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Household, Visit
from households.visits.book import declared_of, offered
from households.visits.checking import companions
from households.visits.forms import About
from households.visits.known import facts_of
from households.visits.purposes import Due, due_at
from households.visits.questionnaires import Declared


def about_new(household: Household, declared: Declared, by: User, due: Sequence[Due] = ()) -> About:
    """Return what a new visit of `by` to a household is about."""
    return About(
        household=household,
        declared=declared,
        members=list(household.residents.present().order_by("relation", "pk")),
        facts=facts_of(household, clock.today()),
        companions=companions(household, by),
        due=due,
    )


def due_by_form(household: Household, by: User) -> tuple[list[Due], dict[str, Declared]]:
    """Return what a visit of `by` may settle at a household, and the questionnaires that can be chosen there."""
    due = due_at(household, by)
    return due, offered(clock.today(), {each.purpose.model for each in due})


def settled_with(declared: Declared, due: Sequence[Due], forms: Iterable[Declared]) -> list[Due]:
    """Return what a questionnaire settles: work that has one of its own is settled with that one alone."""
    owned = {each.serves for each in forms if each.serves} - {declared.serves}
    return [each for each in due if each.purpose.model not in owned]


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
