"""Recusal: staff declare their own and their kin's households and act on none of them (field.md 5.8)."""

import unicodedata
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record

_LONGEST = 40


@transaction.atomic
def declare(household: str, relation: Kin.Relation, *, by: User) -> Kin:
    """Declare a household, by its number, as one's own or kin's; from now on one acts on it no more."""
    number = household_number(household)
    try:
        with transaction.atomic():
            kin = Kin.objects.create(user=by, household=number, relation=relation, declared_on=clock.today())
    except IntegrityError as twice:
        raise Refused(_("You have already declared this household."), field="household") from twice
    _note("kin.declared", kin, by)
    return kin


@transaction.atomic
def withdraw(kin: Kin, *, by: User, reason: str) -> Kin:
    """Take back a declaration that was wrong or is no longer true; only who made it may."""
    if kin.user_id != by.pk:
        raise Refused(_("Only who declared a household withdraws it."))
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    today = clock.today()
    if Kin.objects.filter(pk=kin.pk, withdrawn_on__isnull=True).update(withdrawn_on=today) != 1:
        raise Refused(_("This declaration is already withdrawn."))
    kin.withdrawn_on = today
    _note("kin.withdrawn", kin, by, reason)
    return kin


def recused(user: User, keys: Iterable[str]) -> str | None:
    """Return the rule that forbids `user` to act on something with these keys (household numbers), or None.

    Every act asks this before it changes anything; one query.
    """
    numbers = [household_number(key) for key in keys]
    declared = Kin.objects.filter(user=user, withdrawn_on__isnull=True, household__in=numbers).first()
    if declared is None:
        return None
    return _(
        "You declared this household as %(relation)s: nobody acts on their own or their kin's household. "
        "The work goes to another person."
    ) % {"relation": Kin.Relation(declared.relation).label}


def recused_people(keys: Iterable[str]) -> frozenset[int]:
    """Return the ids of all who may not act on something with these keys: what re-routing passes over."""
    numbers = [household_number(key) for key in keys]
    rows = Kin.objects.filter(withdrawn_on__isnull=True, household__in=numbers)
    return frozenset(rows.values_list("user_id", flat=True))


def household_number(typed: str) -> str:
    """Return a household number in the one form that is compared: half width, upper case, no blanks."""
    number = "".join(unicodedata.normalize("NFKC", typed).split()).upper()
    if not number or len(number) > _LONGEST:
        raise Refused(_("Enter the household's number, at most 40 characters."), field="household")
    return number


def _note(verb: str, kin: Kin, by: User, reason: str = "") -> None:
    """Write one entry; which household it is stays a commitment, because it says who somebody's kin are."""
    day = clock.today()
    duty = next(iter(by.duties()), None)
    actor = Actor(f"staff:{by.pk}", duty.role if duty else "", duty.area if duty else "")
    record(
        Act(
            verb,
            "kin",
            str(kin.pk),
            day,
            day,
            basis=reason,
            details={"staff": kin.user_id},
            personal={"household": kin.household, "relation": kin.relation},
        ),
        by=actor,
    )
