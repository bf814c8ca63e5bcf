"""What a decision writes beside the move: the columns of the case, and the standing of the household."""

from collections.abc import Sequence
from decimal import Decimal

from assistance.deciding.conclusion import holding
from assistance.models import Case, CaseBatch, CaseMember
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from households.standing import Held
from households.standing_many import Holding, already_held, hold_many

#: Columns of a case that a decision fills, and what they are before it.
UNDECIDED = {"category": "", "risk_types": [], "level": "", "no_labour": False, "decided_on": None}


def nothing(_cases: Sequence[Case], _batch: CaseBatch) -> None:
    """Write nothing: a review is its passage and its paper."""


def write_decisions(cases: Sequence[Case], _batch: CaseBatch) -> None:
    """Write what was concluded into the cases that the county approved; one statement for some hundreds."""
    held = holding(cases)
    for case in cases:
        row = held[case.pk]
        case.category, case.risk_types = row.category, row.risk_types
        case.level, case.no_labour = row.level, row.no_labour
    Case.objects.bulk_update(cases, ["category", "risk_types", "level", "no_labour"], batch_size=500)


def not_holdable(cases: Sequence[Case], _batch: CaseBatch) -> dict[int, Refused]:
    """Return by case why its household cannot be announced as monitored."""
    refused = already_held([_holding(case) for case in cases])
    return {case.pk: refused[case.household_id] for case in cases if case.household_id in refused}


def write_standings(cases: Sequence[Case], batch: CaseBatch) -> None:
    """Let announced households be monitored since the day of the decision, with the members who count."""
    held, members = holding(cases), dict[int, list[int]]()
    counted = CaseMember.objects.filter(case__in=[case.pk for case in cases], left_on__isnull=True)
    for key, resident in counted.values_list("case", "resident"):
        members.setdefault(key, []).append(resident)
    asked = []
    for case in cases:
        row = held.get(case.pk)
        asked.append(_holding(case, members.get(case.pk, []), row.net_per_head if row else None))
    standings = hold_many(asked, by=batch.by, right=Right.REVIEW_CASES)
    for case in cases:
        case.standing = standings[case.household_id]
    Case.objects.bulk_update(cases, ["standing"], batch_size=500)


def _holding(case: Case, members: Sequence[int] = (), net: Decimal | None = None) -> Holding:
    first = case.decided_on or case.opened_on
    held = Held(case.category, first, risk_types=list(case.risk_types), net_income_per_head=net)
    return Holding(case.household, held, tuple(members))
