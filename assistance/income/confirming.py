"""Confirm an income sheet, withdraw it, or leave a draft unused; a confirmed one is stated in the register.

The sum is that of households.income.calculator by the area's rule of the day. A household whose income fell under the
line since the period before is reported by the existing way (alerts.reporting), with the kind of event behind it.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alerts import reporting
from alerts.models import Channel
from assistance.income import telling
from assistance.income.drafting import Said, period_of, write_lines
from assistance.income.rights import writer
from assistance.models import Case, IncomeChange, IncomeLine, IncomeSheet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Actor
from foundation.regulations.lookup import mark_used, value
from foundation.workflow.move import Request, move
from households.identity.masking import masked_text
from households.income import stating
from households.income.calculator import Worked, work_out
from households.income.rules import rule_for
from households.income.stating import Stated
from households.models import Income


@dataclass(frozen=True, slots=True)
class NewRisk:
    """A new risk that was seen: the kind of event (monitoring EventKind), and what happened in a few words."""

    kind: str = ""
    text: str = ""


@transaction.atomic
def confirm(sheet: IncomeSheet, said: Said, *, by: User, risk: NewRisk | None = None) -> IncomeSheet:
    """Take a draft as what the household earned and spent; the version before is superseded in the same act."""
    case = _locked(sheet.case)
    actor = writer(case, by)
    if said.members < 1:
        raise Refused(_("Say how many people live together: the income is divided by them."), field="members")
    write_lines(sheet, said, by=by, standing=True)
    lines = list(sheet.lines.all())
    if not lines:
        raise Refused(_("State at least one item: an empty sheet says nothing."))
    before = _holding(sheet)
    if before is not None:
        move(before, Request("supersede"), by=by)
        _answer_all(before)
    earlier = before.earlier if before is not None else _snapshot(_income(sheet))
    results = _results(sheet, case, lines, said.members)
    fell = _fell(sheet, results)
    risk = _demanded(risk or NewRisk(), results, case, by, fell=fell)
    income = _state(sheet, lines, said.members, actor, by)
    writes = results | {"earlier": earlier, "confirmed_by": by.pk, "revision": income.revision_id}
    details = {"from": sheet.from_day, "until": sheet.until_day, "number": sheet.number}
    move(sheet, Request("confirm", writes=writes, details=details), by=by)
    if risk.kind:
        told = reporting.Told(Channel.VISIT, clock.today(), risk.kind, risk.text)
        sheet.signal = reporting.report(case.household, told, by=by)
        IncomeSheet.objects.filter(pk=sheet.pk).update(signal=sheet.signal)
    elif fell:
        telling.tell_fell(sheet, by=by)
    return sheet


@transaction.atomic
def withdraw(sheet: IncomeSheet, reason: str, *, by: User, on: datetime.date | None = None) -> IncomeSheet:
    """Withdraw a confirmed sheet; the register gets back what it held before, unless somebody corrected it since."""
    actor = writer(_locked(sheet.case), by)
    said = masked_text(reason.strip())
    move(sheet, Request("withdraw", on=on, reason=said), by=by)
    _answer_all(sheet)
    income = _income(sheet)
    if income is None or income.revision_id != sheet.revision_id:
        return sheet
    if sheet.earlier is None:
        stating.take_back(income, actor=actor, reason=said)
        return sheet
    parts = {code: Decimal(amount) for code, amount in sheet.earlier["parts"].items()}
    stated = Stated(parts, sheet.earlier["members"], datetime.date.fromisoformat(sheet.earlier["as_of"]),
                    period_of(sheet))  # fmt: skip
    stating.keep(sheet.case.household, stated, actor=actor, by=by, reason=said)
    return sheet


@transaction.atomic
def drop(sheet: IncomeSheet, reason: str, *, by: User, on: datetime.date | None = None) -> IncomeSheet:
    """Leave a draft unused, with the reason; another one may be begun."""
    writer(sheet.case, by)
    return move(sheet, Request("drop", on=on, reason=masked_text(reason.strip())), by=by)


@transaction.atomic
def keep_amount(change: IncomeChange, note: str, *, by: User) -> IncomeChange:
    """Answer that the amount of the sheet is right although the lists say something else by now."""
    held = (
        IncomeChange.objects.select_for_update(of=("self",)).select_related("sheet__case").get(pk=change.pk)
    )
    writer(held.sheet.case, by)
    said = masked_text(note.strip())[:200]
    if not said:
        raise Refused(_("Say why the amount of the sheet is right."), field="note")
    if held.answer:
        raise Refused(_("This was answered already."))
    held.answer, held.note, held.answered_on, held.answered_by = "kept", said, clock.today(), by
    held.save(update_fields=["answer", "note", "answered_on", "answered_by"])
    telling.note_kept(held, by=by)
    return held


def worked_of(sheet: IncomeSheet, lines: list[IncomeLine], members: int, on: datetime.date) -> Worked:
    """Work a sheet out by the rule of a day."""
    parts = {line.code: line.amount for line in lines}
    return work_out(parts, members, rule_for(sheet.area_code, on))


def _results(sheet: IncomeSheet, case: Case, lines: list[IncomeLine], members: int) -> dict[str, Any]:
    """Return the columns that a sheet gets with its confirmation, with the line of the period's last day."""
    today = clock.today()
    rule, done = rule_for(case.area_id, today), worked_of(sheet, lines, members, today)
    line = value("monitoring_line", area=case.area_id, on=sheet.until_day)
    mark_used(line)
    return {
        "members": done.members, "rule": rule.told(), "confirmed_on": today,
        "line": None if line.silent else line.amount,
        "net_income": done.net.amount, "net_per_head": done.net_per_head.amount,
        "reference_income": done.reference.amount, "reference_per_head": done.reference_per_head.amount,
    }  # fmt: skip


def _state(sheet: IncomeSheet, lines: list[IncomeLine], members: int, actor: Actor, by: User) -> Income:
    """State the income in the register, where pages, checks, guards of a removal and the national export read it."""
    parts = {line.code: line.amount for line in lines}
    reason = sheet.reason or pgettext("income", "income sheet of the period")
    stated = Stated(parts, members, clock.today(), period_of(sheet))
    return stating.keep(sheet.case.household, stated, actor=actor, by=by, reason=reason)


def _demanded(risk: NewRisk, results: dict[str, Any], case: Case, by: User, *, fell: bool) -> NewRisk:
    """Return what is to be reported: a risk that was seen, or what lies behind a fall under the line; else nothing.

    Who may not report a concern here reports nothing: the township is told of a fall instead.
    """
    if not by.holds(Right.REPORT_CONCERNS, case.area_id):
        return NewRisk()
    if fell and not risk.kind:
        raise Refused(
            _(
                "The income per head fell under the line of %(line)s yuan: say what lies behind it. A warning is "
                "opened, and the township checks it."
            )
            % {"line": f"{results['line']:,.0f}"},
            field="risk_kind",
        )
    text = risk.text.strip()
    if risk.kind and not text and not fell:
        raise Refused(_("Say in a few words what happened."), field="risk_text")
    said = _("Income per head under the line: %(reference)s yuan.") % {
        "reference": f"{results['reference_per_head']:,}"
    }
    return NewRisk(risk.kind, text or said)


def _fell(sheet: IncomeSheet, results: dict[str, Any]) -> bool:
    """Say whether the reference income lies under the line, and did not in the newest sheet of an earlier period."""
    if results["line"] is None or results["reference_per_head"] >= results["line"]:
        return False
    rows = IncomeSheet.objects.counting().filter(case=sheet.case_id, until_day__lt=sheet.until_day)
    before = rows.order_by("-until_day", "-pk").first()
    return before is not None and not before.is_below


def _answer_all(sheet: IncomeSheet) -> None:
    IncomeChange.objects.filter(sheet=sheet, answer="").update(answer="taken", answered_on=clock.today())


def _holding(sheet: IncomeSheet) -> IncomeSheet | None:
    rows = IncomeSheet.objects.select_for_update(of=("self",)).counting()
    return rows.filter(case=sheet.case_id, from_day=sheet.from_day, until_day=sheet.until_day).first()


def _income(sheet: IncomeSheet) -> Income | None:
    rows = Income.objects.select_for_update(of=("self",)).select_related("household")
    return rows.filter(
        household=sheet.case.household_id, from_day=sheet.from_day, until_day=sheet.until_day
    ).first()


def _snapshot(income: Income | None) -> dict[str, Any] | None:
    """Return what the register holds for the period before a first sheet does."""
    if income is None:
        return None
    return {"parts": dict(income.parts), "members": income.members, "as_of": income.as_of.isoformat()}


def _locked(case: Case) -> Case:
    found: Case = (
        Case.objects.select_for_update(of=("self",)).select_related("household", "area").get(pk=case.pk)
    )
    return found
