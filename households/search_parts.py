"""The register in the search of the top bar, and in pickers: one function behind both (households.search)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.desk.search import MOST_HITS, Hit
from households import search
from households.ages import age
from households.models import Household, Resident

#: A picker suggests so many.
SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One household that a picker offers: its number, and what tells it from others."""

    code: str
    label: str


class PeopleSearch:
    """Members of households by name, pinyin initials, ID number or its last four characters."""

    title = gettext_lazy("People of the register")

    def __call__(self, user: User, text: str) -> list[Hit]:
        """Return people that `user` may see."""
        found = search.residents(user, text, most=MOST_HITS + 1)
        return [Hit(person.name, _told(person), _page(person.household)) for person in found]


class HouseholdSearch:
    """Households by their number, its beginning, or by their telephone."""

    title = gettext_lazy("Households")

    def __call__(self, user: User, text: str) -> list[Hit]:
        """Return households that `user` may see."""
        found = search.households(user, text, most=MOST_HITS + 1)
        return [Hit(household.code, _place(household), _page(household)) for household in found]


def suggestions(user: User, text: str) -> list[Suggestion]:
    """Return the households that fit what is typed into a picker, by their own number or by one of their people."""
    offered = {
        household.code: Suggestion(household.code, _place(household))
        for household in search.households(user, text, most=SUGGESTED)
    }
    for person in search.residents(user, text, most=SUGGESTED):
        code = person.household.code
        offered.setdefault(code, Suggestion(code, f"{person.name} · {_place(person)}"))
    return list(offered.values())[:SUGGESTED]


people, households = PeopleSearch(), HouseholdSearch()


def _told(person: Resident) -> str:
    years = age(person.born_on)
    told = [
        "" if years is None else _("%(age)d years old") % {"age": years},
        _place(person),
        person.household.code,
    ]
    if person.left_on:
        told.append(person.get_departure_display())
    return " · ".join(filter(None, told))


def _place(row: Household | Resident) -> str:
    return row.area.name


def _page(household: Household) -> str:
    return reverse("households:household", args=[household.pk])
