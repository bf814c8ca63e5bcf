"""What came to a case from outside and waits for an answer, as a section of its page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts import amounts
from assistance.models import BasisChange, Case, CaseRisk
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from monitoring.models import DeclaredStandard


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A changed basis in words: what was said, what is said now."""

    row: BasisChange
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ToldRisk:
    """A new risk in words."""

    row: CaseRisk
    what: str
    said: str


def told_change(row: BasisChange, names: dict[str, str], *, exact: bool) -> ToldChange:
    """Put a change into words, with sums for who may read findings."""
    if row.kind == BasisChange.Kind.MEMBERS:
        return ToldChange(row, str(row.get_kind_display()), _persons(row.old), _persons(row.new))
    if row.kind == BasisChange.Kind.TWO_CASES:
        return ToldChange(row, str(row.get_kind_display()), _case(row.old), _case(row.new))
    what = f"{names.get(row.old['standard'], '')}：{row.get_kind_display()}"
    old = _said(row.old, exact=exact)
    return ToldChange(row, what, old, _said(row.new, exact=exact) if row.new else _("nothing any more"))


def _case(told: dict[str, int]) -> str:
    """Name a case; whose it is stands on its own page."""
    case = Case.objects.filter(pk=told["case"]).first()
    return "" if case is None else _("Case %(number)s") % {"number": case.number}


def _persons(told: dict[str, int]) -> str:
    count = int(told.get("persons", 0))
    return ngettext("%(count)d person", "%(count)d persons", count) % {"count": count}


def _said(told: dict[str, str], *, exact: bool) -> str:
    """Say day (or month) and amount (or band) of a fact."""
    code, measured = told["standard"], Decimal(told["measured"])
    amount = amounts.shown(measured, code) if exact else amounts.band(measured, code)
    day = told["day"] if exact else told["day"][:7]
    return f"{day} {amount}".strip()


class Asked:
    """Changed facts and new risks of a case (assistance.panels.CasePanel)."""

    order = 5
    template = "assistance/_asked.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return what waits for an answer first, and what was answered; nothing where nothing came."""
        changes = list(BasisChange.objects.filter(case=case).select_related("finding", "answered_by"))
        risks = list(CaseRisk.objects.filter(case=case).select_related("finding__standard", "answered_by"))
        if not changes and not risks:
            return None
        exact = user.holds(Right.VIEW_FINDINGS, case.area_id)
        codes = {row.old.get("standard", "") for row in changes}
        names = {each.pk: each.label for each in DeclaredStandard.objects.filter(pk__in=codes)}
        reviews = user.holds(Right.REVIEW_CASES, case.area_id)
        return {
            "changes": [told_change(row, names, exact=exact) for row in _first_open(changes)],
            "risks": [
                ToldRisk(row, row.finding.standard.label, _risk(row, exact=exact))
                for row in _first_open(risks)
            ],
            "may_answer": reviews or user.holds(Right.DECIDE_CASES, case.area_id),
            "may_judge": reviews,
            "open": sum(row.answered_on is None for row in [*changes, *risks]),
        }


def _first_open(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.answered_on is not None)


def _risk(row: CaseRisk, *, exact: bool) -> str:
    finding = row.finding
    if finding is None:
        return ""
    told = {"standard": finding.standard_id, "measured": str(finding.measured), "day": str(finding.day)}
    return _said(told, exact=exact)


ASKED = Asked()
