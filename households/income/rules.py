"""The area's dated rule of income: accounting period, who counts, cost shares, items left out, cost of working."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from foundation.regulations.book import Resolved
from foundation.regulations.lookup import book
from households.income.periods import Period, Variant

_COSTS = {
    "B1": "cost_ratio_crops",
    "B2": "cost_ratio_livestock",
    "B3": "cost_ratio_fruit",
    "B4": "cost_ratio_other",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds in an area on a day. Where the law is silent nothing is left out, supposed or deducted."""

    variant: Variant = Variant.BEFORE_MONTH
    #: Code of `income_members`: common_life, registered or resident.
    who_counts: str = "common_life"
    cost_ratios: Mapping[str, Decimal] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    work_cost: Decimal = Decimal(0)
    #: The answers that this rule was read from, silent ones left out.
    answers: tuple[Resolved, ...] = ()

    def period(self, on: datetime.date) -> Period:
        """Return the accounting period that a check on a day looks at."""
        return self.variant.period(on)

    def told(self) -> list[dict[str, Any]]:
        """Return the values used, as they are kept beside an income."""
        return [
            {
                "subject": answer.subject.key,
                "value": answer.value.pk if answer.value else None,
                "from": str(answer.value.from_day) if answer.value else "",
                "area": answer.value.area if answer.value else "",
            }
            for answer in self.answers
        ]


def rule_for(area: str, on: datetime.date) -> Rule:
    """Return the rule in force in `area` on a day."""
    law = book()
    names = ("income_period", "income_members", "income_left_out", "work_cost_share", *_COSTS.values())
    answers = {name: law.resolve(name, area, on) for name in names}
    period, members = answers["income_period"], answers["income_members"]
    return Rule(
        variant=Variant(period.code) if period.code else Variant.BEFORE_MONTH,
        who_counts=members.code or "common_life",
        cost_ratios={
            item: answers[name].amount or Decimal(0)
            for item, name in _COSTS.items()
            if not answers[name].silent
        },
        left_out=tuple(each["code"] for each in answers["income_left_out"].items),
        work_cost=answers["work_cost_share"].amount or Decimal(0),
        answers=tuple(answer for answer in answers.values() if not answer.silent),
    )
