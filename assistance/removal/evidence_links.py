"""Where the evidence of each guard can be read: the check, the income, what is open, the help; as its reader may.

`linked(guards, removal.case, user, removal)` returns the same guards with an address where there is one to open.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from django.urls import reverse

from alerts.models import Alert
from assistance.models import AidRecord, BasisChange, Case, CaseRisk, IncomeSheet, Measure, Removal
from assistance.removal.evidence import QUESTIONNAIRE
from assistance.removal.guards import Guard
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Visit


class _Links:
    """Finds the page behind each guard; a page that the reader may not open is none."""

    def __init__(self, case: Case, user: User, removal: Removal | None) -> None:
        self.case, self.user, self.removal = case, user, removal

    def check(self, _guard: Guard) -> str:
        """Return the house check: the one that was judged by where a removal is judged, else the newest."""
        return self._check

    @cached_property
    def _check(self) -> str:
        rows = Visit.objects.visible_to(self.user).filter(household=self.case.household_id, state="recorded")
        if self.removal is not None and self.removal.state != "proposed":
            judged = self.removal.visit_id
            rows = rows.none() if judged is None else rows.filter(pk=judged)
        rows = rows.filter(questionnaire__code=QUESTIONNAIRE, outcome=Visit.Outcome.MET)
        return _page(
            "households:visit", rows.order_by("-happened_on", "-pk").values_list("pk", flat=True).first()
        )

    def income(self, guard: Guard) -> str:
        """Return where the newest income was collected: at a visit, else on a sheet of that period."""
        day = str(guard.facts["day"])
        visits = Visit.objects.visible_to(self.user).filter(
            household=self.case.household_id, state="recorded", outcome=Visit.Outcome.MET, happened_on=day
        )
        if visit := visits.order_by("-pk").values_list("pk", flat=True).first():
            return _page("households:visit", visit)
        sheets = IncomeSheet.objects.visible_to(self.user).filter(
            case=self.case, state="confirmed", until_day=day
        )
        return _page("cases:income_sheet", sheets.order_by("-pk").values_list("pk", flat=True).first())

    def risks(self, guard: Guard) -> str:
        """Return what is to be judged first, where the reader judges it or reads it; else the check."""
        if guard.holds or guard.why in ("ask_check", "risks_stay", "risks_new"):
            return self.check(guard)
        area = self.case.area_id
        judges = self.user.holds(Right.REVIEW_CASES, area)
        if judges or self.user.holds(Right.DECIDE_CASES, area):
            changes = BasisChange.objects.visible_to(self.user).unanswered().filter(case=self.case)
            if found := changes.order_by("pk").values_list("pk", flat=True).first():
                return _page("cases:basis", found)
        if judges:
            signals = CaseRisk.objects.visible_to(self.user).unanswered().filter(case=self.case)
            if found := signals.order_by("pk").values_list("pk", flat=True).first():
                return _page("cases:risk", found)
        alerts = Alert.objects.visible_to(self.user).open().filter(household=self.case.household_id)
        return _page("alerts:alert", alerts.order_by("pk").values_list("pk", flat=True).first())

    def measures(self, guard: Guard) -> str:
        """Return the record of the measure that the guard names: what a department answered, or what was paid."""
        day, name = str(guard.facts["day"]), str(guard.facts["name"])
        landed = Measure.objects.visible_to(self.user).filter(
            case=self.case, state="landed", landed_on=day, name=name
        )
        if found := landed.order_by("-pk").values_list("pk", flat=True).first():
            return _page("cases:measure", found)
        paid = (
            AidRecord.objects.visible_to(self.user).living().filter(case=self.case, landed_on=day, name=name)
        )
        return _page("cases:aid_record", paid.order_by("-pk").values_list("pk", flat=True).first())


def linked(guards: Sequence[Guard], case: Case, user: User, removal: Removal | None = None) -> list[Guard]:
    """Return guards with the address of their evidence where `user` may open it; a few small queries."""
    found = _Links(case, user, removal)
    ways: dict[str, Callable[[Guard], str]] = {
        **dict.fromkeys(("check", "expense", "guarantees", "labour"), found.check),
        **dict.fromkeys(("income", "income_now"), found.income),
        "risks": found.risks,
        "measures": found.measures,
    }
    return [replace(guard, url=_url(ways, guard)) for guard in guards]


def _url(ways: dict[str, Callable[[Guard], str]], guard: Guard) -> str:
    """Return the page of a guard's evidence; none where it says that there is none."""
    asks_more = guard.code in ("income", "income_now", "measures") and not guard.facts.get("day")
    way = ways.get(guard.code)
    return "" if way is None or asks_more else way(guard)


def _page(name: str, key: int | None) -> str:
    return "" if key is None else reverse(name, args=[key])
