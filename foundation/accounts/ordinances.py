"""Values of an area that this storey needs and a higher one keeps: law as data (foundation/regulations)."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Protocol

from foundation.accounts.composition import parts
from foundation.accounts.roles import Role


class Ordinances(Protocol):
    """Who answers from the values in force; config/composition.py names one under ORDINANCES."""

    def backdating_days(self, areas: Iterable[str], on: datetime.date) -> int | None:
        """Return after how many days an entry is a late one: the fewest of `areas`; None where nothing holds."""
        ...

    def role_names(self, areas: Iterable[str], on: datetime.date) -> Mapping[str, Mapping[Role, str]]:
        """Return for each of `areas` what the nearest value calls its roles, in the language of the page."""
        ...

    def second_factor_roles(self, areas: Iterable[str], on: datetime.date) -> Mapping[str, frozenset[Role]]:
        """Return for each of `areas` which roles sign in with a second factor."""
        ...

    def amount(self, subject: str, area: str, on: datetime.date) -> int | None:
        """Return what a subject says in an area, as a whole number; None where nothing holds."""
        ...

    def smallest(self, subject: str) -> int | None:
        """Return the smallest amount that any area ever set for a subject."""
        ...


def ordinances() -> Ordinances:
    """Return who answers."""
    (found,) = parts("ORDINANCES")
    answering: Ordinances = found
    return answering
