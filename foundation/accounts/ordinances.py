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


def ordinances() -> Ordinances:
    """Return who answers."""
    (found,) = parts("ORDINANCES")
    answering: Ordinances = found
    return answering
