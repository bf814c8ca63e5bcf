"""Scope: whose rows a person may see, from their postings alone (design.md section 3).

A duty is a posting that is in force on a day, the person's own or one they stand in for. Scope is the set of
area-code prefixes of the duties whose role holds a right; an empty set means nothing at all.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.refusals import NoRight
from foundation.accounts.roles import RULES, Right, Role
from foundation.ledger.record import Actor

if TYPE_CHECKING:
    from foundation.accounts.models import User

#: What somebody to whom a single record is lent may do with it, where their own post lets them do it elsewhere: go to
#: that one household, and what belongs to going there. Every other right ends at the areas of one's duties. Some
#: roles hold such rights for lent records alone (RoleRule.with_loan): a helper sees the households that they help.
GOES_WITH_A_LOAN = frozenset(
    {
        Right.VIEW_HOUSEHOLDS,
        Right.VIEW_CASES,
        Right.VISIT_HOUSEHOLDS,
        Right.TAKE_AUTHORISATIONS,
        Right.REVEAL_NUMBERS,
        Right.PLAN_HELP,
        Right.RECORD_AID,
    }
)
#: The prefix of every code: the scope of the built-in accounts only.
WHOLE_COUNTRY = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing a person may act as on a day; `standing_in_for` is the absent person's id, or None."""

    role: Role
    area: str
    department: str | None
    posting: int
    standing_in_for: int | None = None

    def holds(self, right: Right) -> bool:
        """Say whether the role of this duty has `right`."""
        return right in RULES[self.role].rights

    def holds_if_lent(self, right: Right) -> bool:
        """Say whether the role has `right` for a record that is lent to the person."""
        return right in GOES_WITH_A_LOAN and right in RULES[self.role].rights | RULES[self.role].with_loan


class DutiesOfDay:
    """A person's duties on one day, and where they hold each right that was asked about so far."""

    def __init__(self, duties: tuple[Duty, ...]) -> None:
        self.duties = duties
        self._prefixes: dict[Right, frozenset[str]] = {}

    def prefixes(self, right: Right) -> frozenset[str]:
        """Return the area prefixes within which they hold `right`, without those inside another."""
        if right not in self._prefixes:
            self._prefixes[right] = outermost(duty.area for duty in self.duties if duty.holds(right))
        return self._prefixes[right]


def duties_of(user: "User", on: datetime.date | None = None) -> tuple[Duty, ...]:
    """Return a person's duties on a day; one query, remembered on the `user` object for that day."""
    return _on(user, on or clock.today()).duties


def prefixes(user: "User", right: Right, on: datetime.date | None = None) -> frozenset[str]:
    """Return the area prefixes within which `user` holds `right`, without those inside another."""
    if user.is_built_in:
        return frozenset({WHOLE_COUNTRY})
    return _on(user, on or clock.today()).prefixes(right)


def outermost(codes: Iterable[str]) -> frozenset[str]:
    """Drop the codes that lie inside another of `codes`."""
    found: set[str] = set()
    for code in sorted(set(codes), key=len):
        if not any(code.startswith(above) for above in found):
            found.add(code)
    return frozenset(found)


def within(field: str, codes: Iterable[str]) -> Q:
    """Return the condition that the area code in `field` lies under one of `codes` (none: matches nothing)."""
    condition = Q(pk__in=[])
    for code in sorted(codes):
        if code == WHOLE_COUNTRY:
            return Q()
        condition |= Q(**{f"{field}__startswith": code})
    return condition


def covers(user: "User", right: Right, area: str, *, of: Model | None = None) -> bool:
    """Say whether `user` holds `right` in `area` today, or for the one record `of` that is lent to them."""
    return any(area.startswith(prefix) for prefix in prefixes(user, right)) or _goes_with(user, right, of)


def authority(user: "User", right: Right, area: str, *, of: Model | None = None) -> Actor:
    """Return the actor that the ledger names when `user` uses `right` in `area`; refuse who does not hold it.

    Of several duties the one nearest to the area counts; an own duty goes before one stood in for. `of` is the record
    in question: who was lent it acts on it by the post that they hold elsewhere.
    """
    if user.is_built_in:
        return Actor(ref=user.username, role="platform", area=area)
    holding = [duty for duty in duties_of(user) if duty.holds(right)]
    fitting = [duty for duty in holding if area.startswith(duty.area)]
    if not fitting and _goes_with(user, right, of):
        fitting = [duty for duty in duties_of(user) if duty.holds_if_lent(right)]
    if not fitting:
        raise NoRight(
            _("You have no right to do this here: it needs “%(right)s” in this area.")
            % {"right": right.label}
        )
    nearest = max(fitting, key=lambda duty: (len(duty.area), duty.standing_in_for is None))
    return Actor(ref=f"staff:{user.pk}", role=nearest.role, area=area)


def _goes_with(user: "User", right: Right, record: Model | None) -> bool:
    """Say whether `record` is lent to `user` today, whose post holds `right` somewhere else, or for what is lent."""
    if record is None or not any(duty.holds_if_lent(right) for duty in duties_of(user)):
        return False
    return user.was_lent(record)


def _on(user: "User", day: datetime.date) -> DutiesOfDay:
    # By attribute, not by `__dict__`: the user of a request is a proxy, and the proxy's own dictionary is another.
    if user.remembered_duties is None:
        user.remembered_duties = {}
    if day not in user.remembered_duties:
        user.remembered_duties[day] = DutiesOfDay(_read_duties(user, day))
    return user.remembered_duties[day]


def _read_duties(user: "User", day: datetime.date) -> tuple[Duty, ...]:
    """Ask in one statement that stands ready: every request begins with it."""
    with connection.cursor() as cursor:
        cursor.execute(_duties_statement(), {"person": user.pk, "day": day})
        duties = tuple(Duty(Role(role), *rest) for role, *rest in cursor.fetchall())
    if user.acts_by is None:
        return duties
    return tuple(each for each in duties if each.posting == user.acts_by and each.standing_in_for is None)


@cache
def _duties_statement() -> str:
    return (Path(__file__).parent / "sql/duties.sql").read_text(encoding="utf-8")
