"""Who looked: every opening of a household's page stands in the record, and its page shows them by day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from foundation.accounts import clock
from foundation.accounts.labels import role_labels
from foundation.accounts.models import Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Right, Role
from foundation.ledger.models import Entry
from foundation.ledger.record import Act, Actor, record
from households.models import Household

OPENED = "household.opened"
REVEALED = "identity.revealed"
OBJECT, MEMBER = "household", "resident"
#: The page shows so many lines; the record of acts has them all.
MOST = 30
_STAFF = "staff:"


@dataclass(frozen=True, slots=True)
class Looked:
    """One person on one day: `who` is a name, or empty where the reader may not know the person.

    `in_full` says that it was a number, shown in full.
    """

    on: datetime.date
    who: str
    role: str
    in_full: bool
    times: int


def record_opening(household: Household, *, by: User, through: str = "page") -> None:
    """Write into the record that `by` looked at a household, through its page or the API."""
    day = clock.today()
    record(
        Act(
            OPENED,
            OBJECT,
            str(household.pk),
            day,
            day,
            area=household.area_id,
            details={"through": through},
        ),
        by=_actor(household, by),
    )


def looked_at(household: Household, reader: User) -> list[Looked]:
    """Return who looked at a household, newest day first; five queries."""
    rows = list(
        openings_of(household)
        .values("entered_on", "actor", "role", "verb")
        .annotate(times=Count("pk"), last=Max("pk"))
        .order_by("-entered_on", "-last")[:MOST]
    )
    names = names_known((_number(row["actor"]) for row in rows), reader)
    labels = role_labels(household.area_id)
    return [
        Looked(
            row["entered_on"],
            names.get(_number(row["actor"]), ""),
            labels[Role(row["role"])] if row["role"] in Role.values else row["role"],
            row["verb"] == REVEALED,
            row["times"],
        )
        for row in rows
    ]


def openings_of(household: Household) -> QuerySet[Entry]:
    """Return the entries of all openings of a household, and of all numbers of its people shown in full."""
    members = [str(pk) for pk in household.residents.values_list("pk", flat=True)]
    itself = Q(object_type=OBJECT, object_id=str(household.pk), verb__in=[OPENED, REVEALED])
    return Entry.objects.filter(itself | Q(object_type=MEMBER, object_id__in=members, verb=REVEALED))


def names_known(numbers: Iterable[int], reader: User) -> dict[int, str]:
    """Return the names of those members of staff whom the reader of a household may know; two queries.

    That is whoever the reader sees anyway, and whoever has a post in the reader's own areas or above them.
    """
    wanted = {number for number in numbers if number}
    own = {duty.area for duty in reader.duties()}
    above = own.union(*(ancestors(code) for code in own))
    known = dict(Posting.objects.filter(user__in=wanted, area__in=above).values_list("user", "user__name"))
    seen = User.objects.visible_to(reader).filter(pk__in=wanted - known.keys())
    return known | dict(seen.values_list("pk", "name"))


def _number(actor: str) -> int:
    number = actor.removeprefix(_STAFF)
    return int(number) if actor.startswith(_STAFF) and number.isdecimal() else 0


def _actor(household: Household, by: User) -> Actor:
    """Return as whom `by` looks: by right in the household's area, or as who was lent it."""
    if by.holds(Right.VIEW_HOUSEHOLDS, household.area_id):
        return by.authority(Right.VIEW_HOUSEHOLDS, household.area_id)
    role = next((duty.role for duty in by.duties()), "")
    return Actor(f"{_STAFF}{by.pk}", role, household.area_id)
