"""What households have signed, for the walks: a signature of the head of every household."""

import datetime
from typing import Any

from foundation.accounts.models import User
from households.models import Household, Signature
from tests.house.things import DAY
from tests.households.families import make_household

_NOON = datetime.datetime(2026, 11, 4, 4, tzinfo=datetime.UTC)


def a_signature(state: str, people: dict[str, User]) -> Signature:
    """Return a signature in a state, on a household of its own (for the walk of the lifecycles)."""
    number = Signature.objects.count()
    return signature_of(make_household(f"YS{number:06d}", "谢处暑", by=people["xian"]), state=state)


def signature_of(home: Household, **fields: Any) -> Signature:
    """Return the head's signature under what nobody has written."""
    signed = {"way": "drawn", "binding": "0" * 64, "signed_on": DAY, "signed_at": _NOON, "told": "-"}
    made: Signature = Signature.objects.create(
        owner_model="households.household",
        owner_id=str(home.pk),
        household=home,
        party="member",
        resident=home.residents.get(relation="01"),
        document="0" * 64,
        **signed | {"state": "owed"} | fields,
    )
    return made
