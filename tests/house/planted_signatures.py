"""What households authorise and sign, for the walks: an authorisation of every household, its head to sign."""

import datetime
from collections.abc import Iterator
from typing import Any

from foundation.accounts.models import User
from foundation.regulations.models import Value
from households.authorisations.document import DOCUMENT, covered
from households.models import Authorisation, Household, Signature
from tests.house.things import DAY, Thing
from tests.households.made import family

_NOON = datetime.datetime(2026, 11, 4, 4, tzinfo=datetime.UTC)
_ITEM = {"code": "asset_check", "zh": "信息比对", "en": "asset check"}


def authorised(homes: list[Household]) -> dict[str, list[Thing]]:
    """Let every household be asked for an authorisation; returns those and the signatures by kind of thing."""
    pairs = list(_asked(homes))
    return {"authorisation": [row for row, _owed in pairs], "signature": [owed for _row, owed in pairs]}


def an_authorisation(state: str, people: dict[str, User]) -> Authorisation:
    """Return an authorisation in a state, of a household of its own (for the walk of the lifecycles)."""
    number = Authorisation.objects.count()
    home = family(f"YS{number:06d}", "谢处暑", by=people["xian"])
    return authorisation_of(home, state=state)


def authorisation_of(home: Household, **fields: Any) -> Authorisation:
    """Return what the head of a household is asked to authorise."""
    made: Authorisation = Authorisation.objects.create(
        household=home,
        household_code=home.code,
        basis="written_authorisation",
        purposes=[_ITEM],
        kinds=[_ITEM],
        text="授权",
        text_value=Value.objects.filter(subject="authorisation_text").earliest("from_day"),
        asked_on=DAY,
        valid_from=DAY,
        valid_until=DAY + datetime.timedelta(days=30),
        **{"state": "pending"} | fields,
    )
    covered(made, home.residents.get(relation="01")).save()
    return made


def a_signature(state: str, people: dict[str, User]) -> Signature:
    """Return a signature in a state, on a household of its own (for the walk of the lifecycles)."""
    number = Signature.objects.count()
    home = family(f"YS{number:06d}", "谢处暑", by=people["xian"])
    return _signature(home, "households.household", home.pk, "0" * 64, state=state)


def _asked(homes: list[Household]) -> Iterator[tuple[Thing, Thing]]:
    for home in homes:
        row = authorisation_of(home)
        label, digest = Authorisation._meta.label_lower, DOCUMENT.digest(row)
        owed = _signature(home, label, row.pk, digest, state="owed")
        yield Thing(row.pk, home.area_id), Thing(owed.pk, home.area_id)


def _signature(home: Household, model: str, key: int, digest: str, state: str) -> Signature:
    """Return the head's signature under a row; its columns say all that any state asks for."""
    said = {"way": "drawn", "binding": "0" * 64, "signed_on": DAY, "signed_at": _NOON, "told": "-"}
    made: Signature = Signature.objects.create(
        owner_model=model,
        owner_id=str(key),
        household=home,
        party="member",
        resident=home.residents.get(relation="01"),
        document=digest,
        state=state,
        **said,
    )
    return made
