"""The register in the search of the top bar: people and households, each hit leading to the household's page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.desk.search import MOST_HITS, Hit
from households import search
from households.ages import age
from households.models import Household, Resident


class ResidentSearch:
    """People by name, pinyin initials, the end of their ID number or all of it."""

    title = gettext_lazy("Members of households")

    def __call__(self, user: User, text: str) -> list[Hit]:
        """Return residents that `user` may see."""
        return [_resident(row) for row in search.residents(user, text, most=MOST_HITS + 1)]


class HouseholdSearch:
    """Households by their number or its beginning, or by their telephone."""

    title = gettext_lazy("Households")

    def __call__(self, user: User, text: str) -> list[Hit]:
        """Return households that `user` may see."""
        return [_household(row) for row in search.households(user, text, most=MOST_HITS + 1)]


def _resident(row: Resident) -> Hit:
    years = age(row.born_on, row.left_on)
    named = row.name if years is None else _("%(name)s (%(age)d)") % {"name": row.name, "age": years}
    gone = [str(row.get_departure_display())] if row.left_on else []
    return Hit(named, " · ".join([row.area.name, row.household.code, *gone]), _page(row.household_id))


def _household(row: Household) -> Hit:
    return Hit(row.code, row.area.name, _page(row.pk))


def _page(household: int) -> str:
    return reverse("households:household", args=[household])


residents = ResidentSearch()
households = HouseholdSearch()
