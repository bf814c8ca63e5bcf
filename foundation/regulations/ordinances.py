"""What the lower storeys ask of the values in force (foundation.accounts.ordinances.Ordinances)."""

import datetime
from collections.abc import Iterable, Mapping

from foundation.accounts.roles import Role
from foundation.regulations.lookup import book
from foundation.regulations.units import in_language

BACKDATING, ROLE_NAMES, SECOND_FACTOR = "backdating_days", "role_names", "second_factor_roles"


class InForce:
    """Answers from the book of values; a subject that is not loaded yet holds nowhere."""

    def backdating_days(self, areas: Iterable[str], on: datetime.date) -> int | None:
        """Return after how many days an entry is a late one: the fewest of `areas`; None where nothing holds."""
        values = book()
        if BACKDATING not in values.subjects:
            return None
        answers = [values.resolve(BACKDATING, area, on) for area in set(areas)]
        return min((int(each.amount) for each in answers if each.amount is not None), default=None)

    def role_names(self, areas: Iterable[str], on: datetime.date) -> Mapping[str, Mapping[Role, str]]:
        """Return for each of `areas` what the nearest value calls its roles, in the language of the page."""
        values = book()
        if ROLE_NAMES not in values.subjects:
            return {area: {} for area in areas}
        return {area: _named(values.resolve(ROLE_NAMES, area, on).items) for area in areas}

    def second_factor_roles(self, areas: Iterable[str], on: datetime.date) -> Mapping[str, frozenset[Role]]:
        """Return for each of `areas` which roles sign in with a second factor."""
        values = book()
        if SECOND_FACTOR not in values.subjects:
            return {area: frozenset() for area in areas}
        return {area: frozenset(_named(values.resolve(SECOND_FACTOR, area, on).items)) for area in areas}

    def amount(self, subject: str, area: str, on: datetime.date) -> int | None:
        """Return what a subject says in an area, as a whole number; None where nothing holds."""
        values = book()
        if subject not in values.subjects:
            return None
        found = values.resolve(subject, area, on).amount
        return None if found is None else int(found)

    def smallest(self, subject: str) -> int | None:
        """Return the smallest amount that any area ever set for a subject."""
        amounts = [row.amount for row in book().values() if row.subject_id == subject]
        return min((int(each) for each in amounts if each is not None), default=None)


def _named(items: list[dict[str, str]]) -> dict[Role, str]:
    return {Role(each["code"]): in_language(each["zh"], each["en"]) for each in items if each["code"] in Role}


IN_FORCE = InForce()
