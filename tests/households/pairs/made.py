"""Pairs as a file brings them: one ID number in two households."""

from foundation.accounts.models import User
from households.models import Duplicate, Household, Resident
from tests.households.made import REGISTER_DAY, revision


def claimed_elsewhere(person: Resident, home: Household, *, by: User) -> Duplicate:
    """Let a file have named a member's ID number in another household."""
    made: Duplicate = Duplicate.objects.create(
        identity_id=person.identity_id, household=person.household, claimed_code=home.code,
        claimed_area_id=home.area_id, claimed_name=person.name, found_on=REGISTER_DAY, revision=revision(by),
    )  # fmt: skip
    return made
