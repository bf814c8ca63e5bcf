"""No work without an owner (field.md 5.25): who owns a role's work in an area, and which posts stand empty."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundation.accounts import clock
from foundation.accounts.models import Area, Posting, StandIn, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import RULES, Right, Role

ENDING_SOON_DAYS = 30
#: Roles whose post must never stand empty, lowest area last.
ACTING_ROLES = tuple(role for role, rule in RULES.items() if rule.acts)


class Via(StrEnum):
    """How work comes to its owner."""

    POSTING = "posting"
    STAND_IN = "stand_in"
    NEXT_LEVEL = "next_level"


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who owns work: as whom (`role`, `area`), by which posting, and how it came to them."""

    user: User
    role: Role
    area: str
    posting: int
    via: Via


@dataclass(frozen=True, slots=True)
class _Holder:
    """One posting of the roster and who acts in it, or None where its holder cannot and nobody stands in."""

    posting: Posting
    acting: User | None
    stands_in: bool


def owners(
    area: str, role: Role, on: datetime.date | None = None, *, without: Collection[int] = ()
) -> tuple[Owner, ...]:
    """Return who owns the work of `role` in `area` on a day; empty only when no level has anybody.

    1. Who is posted there and not absent, and the stand-in of each who is absent.
    2. Failing all of them, the next level by the role table, by the same rule.

    `without` are people who may not act (recused, or makers of the step): they are passed over.
    """
    return Roster.read([area], on).owners(area, role, without=without)


class Roster:
    """Who acts in some areas and all above them on a day: read once, asked for many areas and roles."""

    def __init__(self, holders: Iterable[_Holder]) -> None:
        """Sort the holders by area and role."""
        self._holders: dict[tuple[str, Role], list[_Holder]] = {}
        for holder in holders:
            key = (holder.posting.area_id, Role(holder.posting.role))
            self._holders.setdefault(key, []).append(holder)

    @classmethod
    def read(cls, codes: Iterable[str], on: datetime.date | None = None) -> "Roster":
        """Read the postings and stand-ins of `codes` and their ancestors; two queries."""
        wanted = {code for area in codes for code in (*ancestors(area), area)}
        day = on or clock.today()
        postings = list(
            Posting.objects.in_force(day)
            .filter(area_id__in=wanted)
            .select_related("user")
            .order_by("area_id", "role", "from_day", "id")
        )
        substitutes: dict[int, User] = {
            row.posting_id: row.substitute
            for row in StandIn.objects.in_force(day)
            .filter(posting__in=[posting.pk for posting in postings])
            .select_related("substitute")
        }
        return cls(_holder(posting, substitutes.get(posting.pk)) for posting in postings)

    def owners(self, area: str, role: Role, *, without: Collection[int] = ()) -> tuple[Owner, ...]:
        """Return the owners of a role's work in an area (see `owners`)."""
        climbed = False
        step: Role | None = role
        while step is not None:
            place = _place(area, step)
            found = tuple(self._at(place, step, without, climbed=climbed)) if place else ()
            if found:
                return found
            step, climbed = RULES[step].next_up, True
        return ()

    def _at(self, area: str, role: Role, without: Collection[int], *, climbed: bool) -> Iterator[Owner]:
        for holder in self._holders.get((area, role), []):
            if holder.acting is None or holder.acting.pk in without:
                continue
            via = Via.NEXT_LEVEL if climbed else Via.STAND_IN if holder.stands_in else Via.POSTING
            yield Owner(holder.acting, role, area, holder.posting.pk, via)


def vacancies(user: User, on: datetime.date | None = None) -> QuerySet[Area]:
    """Return the living areas in `user`'s scope where a post that must not stand empty has no holder.

    One row per area; `empty_roles(areas)` names the posts. One statement, whatever the number of areas: each area
    of a role's level asks the index of postings once, so that no plan can grow with areas times postings.
    """
    day = on or clock.today()
    empty = Q(pk__in=[])
    for role in ACTING_ROLES:
        empty |= vacant(role, day)
    return Area.objects.visible_to(user, Right.VIEW_VACANCIES).living().filter(empty)


def vacant(role: Role, on: datetime.date | None = None) -> Q:
    """Return the condition on areas that `role` has its post there and nobody holds it."""
    filled = Posting.objects.in_force(on).filter(role=role, user__is_active=True, area=OuterRef("pk"))
    return Q(level__in=RULES[role].levels) & ~Q(Exists(filled))


def empty_roles(areas: Iterable[Area], on: datetime.date | None = None) -> dict[str, list[Role]]:
    """Return the posts without a holder in each of `areas` (a page of them); one query."""
    page = list(areas)
    filled = set(
        Posting.objects.in_force(on)
        .filter(area_id__in=[area.pk for area in page], role__in=ACTING_ROLES, user__is_active=True)
        .values_list("area_id", "role")
    )
    return {
        area.pk: [
            role
            for role in ACTING_ROLES
            if area.level in RULES[role].levels and (area.pk, role) not in filled
        ]
        for area in page
    }


def ending_soon(user: User, on: datetime.date | None = None) -> QuerySet[Posting]:
    """Return the postings in `user`'s scope that end within 30 days, the next one first."""
    return (
        Posting.objects.visible_to(user)
        .ending_within(ENDING_SOON_DAYS, on)
        .select_related("user", "area", "department")
        .order_by("until_day", "id")
    )


def _holder(posting: Posting, substitute: User | None) -> _Holder:
    """An absent holder's work is the stand-in's; a disabled account owns nothing."""
    acting = substitute or posting.user
    return _Holder(posting, acting if acting.is_active else None, stands_in=substitute is not None)


def _place(area: str, role: Role) -> str | None:
    """Return the area at or above `area` where `role` has its post: the lowest that fits."""
    for code in (area, *reversed(ancestors(area))):
        if len(code) in RULES[role].levels:
            return code
    return None
