"""State a household's income, or correct it: worked out, kept with its Revision, and told to the record of acts."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.lookup import mark_used
from households.income.calculator import Worked, work_out
from households.income.items import known_items
from households.income.periods import Period
from households.income.rules import Rule, rule_for
from households.models import Household, Income, Revision

#: No item of a household reaches this sum; more is a slip of the finger (yuan).
LARGEST = Decimal(100_000_000)


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody says a household earned and spent: items in yuan by code, who counts, and as of which day."""

    parts: Mapping[str, Decimal]
    members: int
    as_of: datetime.date
    #: None: the period that the area's rule gives for `as_of`.
    period: Period | None = None


@transaction.atomic
def state(household: Household, stated: Stated, *, by: User, reason: str = "") -> Income:
    """Keep an income for a period, checked by hand; one that is there for the same period is corrected.

    A correction says why. The version before stays in the history.
    """
    return keep(household, stated, actor=_may(household, by), by=by, reason=reason)


def keep(household: Household, stated: Stated, *, actor: Actor, by: User, reason: str = "") -> Income:
    """Do the same for a part of a higher storey whose own right has let `actor` state it; runs in its transaction."""
    check(stated, household)
    rule = rule_for(household.area_id, stated.as_of)
    period = stated.period or rule.period(stated.as_of)
    before = Income.objects.select_for_update().filter(
        household=household, from_day=period.first, until_day=period.last
    )
    former = before.first()
    if former is not None and not reason.strip():
        raise Refused(
            _("There is an income for this period already: say why it is corrected."), field="reason"
        )
    worked = work_out(stated.parts, stated.members, rule)
    income = _keep(household, stated, period, worked, rule, former=former, by=by, reason=reason)
    mark_used(*rule.answers)
    _note("income.corrected" if former else "income.stated", income, actor, reason)
    return income


def take_back(income: Income, *, actor: Actor, reason: str) -> None:
    """Remove an income that was stated by mistake; its last version stays in the history. For the same callers."""
    _note("income.taken_back", income, actor, reason)
    income.delete()


def worked(income: Income) -> Worked:
    """Work an income out again from what is kept, by the rule of its day."""
    return work_out(income.amounts, income.members, rule_for(income.household.area_id, income.as_of))


def _may(household: Household, by: User) -> Actor:
    actor = by.authority(Right.EDIT_HOUSEHOLDS, household.area_id)
    if forbidden := recused(by, household.recusal_keys):
        raise Refused(forbidden)
    return actor


def check(stated: Stated, household: Household) -> None:
    """Refuse what cannot be an income: unknown items, odd amounts, a letter stated twice over, a day to come."""
    if stated.as_of > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="as_of")
    unknown = set(stated.parts) - {item.code for item in known_items(household.area_id, stated.as_of)}
    if unknown:
        raise Refused(_("“%(code)s” is no item of income.") % {"code": min(unknown)})
    for code, amount in stated.parts.items():
        if not 0 <= amount < LARGEST:
            raise Refused(
                _("An amount is zero or more, and less than 100 million yuan."), field=f"item_{code}"
            )
        if len(code) > 1 and code[0] in stated.parts:
            raise Refused(
                _("State %(group)s either as one sum or item by item, not both.") % {"group": code[0]},
                field=f"item_{code[0]}",
            )


def _keep(
    household: Household, stated: Stated, period: Period, worked: Worked, rule: Rule, **how: Any
) -> Income:
    """Write the row under a Revision of its own."""
    revision = Revision.objects.create(
        kind=Revision.Kind.HAND,
        by=how["by"],
        area_id=household.area_id,
        as_of=stated.as_of,
        entered_on=clock.today(),
        reason=how["reason"],
        counts={"incomes": 1},
    )
    income = how["former"] or Income(household=household, from_day=period.first, until_day=period.last)
    income.parts = {code: str(amount) for code, amount in sorted(stated.parts.items())}
    income.members = worked.members
    income.rule = rule.told()
    income.net_income, income.net_per_head = worked.net.amount, worked.net_per_head.amount
    income.reference_income = worked.reference.amount
    income.reference_per_head = worked.reference_per_head.amount
    income.source, income.as_of, income.revision = Revision.Kind.HAND, stated.as_of, revision
    try:
        with transaction.atomic():
            income.save()
    except IntegrityError as clash:
        raise Refused(_("Somebody else has just stated this income: look at it again.")) from clash
    return income


def _note(verb: str, income: Income, actor: Actor, reason: str) -> None:
    """Write the entry; amounts are the household's own and only committed to."""
    record(
        Act(
            verb,
            "household",
            str(income.household_id),
            happened_on=income.as_of,
            entered_on=clock.today(),
            area=income.household.area_id,
            basis=reason,
            details={"from": income.from_day, "until": income.until_day, "revision": income.revision_id},
            personal={
                "parts": income.parts,
                "net_per_head": income.net_per_head,
                "reference_per_head": income.reference_per_head,
            },
        ),
        by=actor,
    )
