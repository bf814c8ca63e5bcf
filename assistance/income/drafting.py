"""Begin an income sheet with everything that is known, and write down what a person adds; nothing counts yet."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assistance.income.carrying import carried
from assistance.income.periods import offered
from assistance.income.reading import Fed, fed_of
from assistance.income.rights import writer
from assistance.models import Case, IncomeLine, IncomeSheet
from assistance.querysets_of_income import IncomeSheetQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Actor
from foundation.workflow.move import create
from households.identity.masking import masked_text
from households.income.members import counted
from households.income.periods import Period
from households.income.rules import rule_for
from households.income.stating import Stated, check
from households.models import Visit

Source = IncomeLine.Source


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the fields of one item: an amount in yuan (None: nothing), and a note."""

    amount: Decimal | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a sheet: items by code, people living together, and the lists as they saw them."""

    items: Mapping[str, Entered] = field(default_factory=dict)
    members: int = 0
    seen: str = ""


def period_of(sheet: IncomeSheet) -> Period:
    """Return the period of a sheet."""
    return Period(sheet.from_day, sheet.until_day)


def mark_of(fed: Mapping[str, Fed], lines: Iterable[IncomeLine]) -> str:
    """Return a short mark of what the lists say and what was saved, to notice that either is another by now."""
    told = [
        {code: f"{each.amount:.2f}" for code, each in sorted(fed.items())},
        sorted((line.code, f"{line.amount:.2f}", line.note) for line in lines),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


@transaction.atomic
def begin(case: Case, period: Period, *, by: User, visit: Visit | None = None) -> IncomeSheet:
    """Begin the sheet of a period that is over: filled from the lists, and with what visits and register know."""
    locked = _locked(case)
    actor = writer(locked, by)
    today = clock.today()
    if period not in offered(locked.area_id, today):
        raise Refused(
            _("Choose one of the periods: a sheet is written when its period is over."), field="period"
        )
    if _of(locked, period).filter(state="confirmed").exists():
        raise Refused(
            _("The sheet of this period is confirmed: correct it by a new version, with the reason.")
        )
    sheet = _begun(locked, period, by=by, visit=visit)
    _create(sheet, by, actor)
    known = carried(locked, period, today)
    members = known.members or counted(locked.household, rule_for(locked.area_id, today), today).suggested
    IncomeSheet.objects.filter(pk=sheet.pk).update(members=members)
    sheet.members = members
    fed = fed_of(locked.household, period)
    lines = [*_fed_lines(sheet, fed, by), *_carried_lines(sheet, fed, known.parts, known.day, by)]
    IncomeLine.objects.bulk_create(lines)
    return sheet


@transaction.atomic
def correct(sheet: IncomeSheet, reason: str, *, by: User) -> IncomeSheet:
    """Begin a new version of a confirmed sheet, with its amounts and what the lists say by now; it says why."""
    locked = _locked(sheet.case)
    actor = writer(locked, by)
    if sheet.state != "confirmed":
        raise Refused(
            _("Only a confirmed sheet is corrected; this one is “%(state)s”.") % {"state": sheet.state_label}
        )
    said = masked_text(reason.strip())[:300]
    if not said:
        raise Refused(_("Say why it is corrected."), field="reason")
    later = _begun(locked, period_of(sheet), by=by, visit=None)
    later.reason, later.members = said, sheet.members
    _create(later, by, actor)
    fed = fed_of(locked.household, period_of(sheet))
    lines = list(_fed_lines(later, fed, by))
    for line in sheet.lines.exclude(code__in=fed):
        former = line.source if line.source != Source.FED else Source.TYPED
        lines.append(IncomeLine(
            sheet=later, code=line.code, amount=line.amount, source=former, carried_on=line.carried_on, note=line.note,
            by=line.by, on=line.on,
        ))  # fmt: skip
    by_hand = {line.code: line for line in sheet.lines.filter(code__in=fed) if line.amount != line.fed_amount}
    for line in lines:
        if (before := by_hand.get(line.code)) is not None and line.source == Source.FED:
            line.amount, line.note, line.by, line.on = (
                before.amount,
                before.note or said[:200],
                before.by,
                before.on,
            )
    IncomeLine.objects.bulk_create(lines)
    return later


@transaction.atomic
def save(sheet: IncomeSheet, said: Said, *, by: User) -> IncomeSheet:
    """Keep what a person wrote down so far; amounts of the lists that changed meanwhile are shown first."""
    writer(sheet.case, by)
    write_lines(sheet, said, by=by)
    return sheet


def write_lines(sheet: IncomeSheet, said: Said, *, by: User, standing: bool = False) -> None:
    """Write the items of a draft. `standing`: the person stands for every amount from now on (confirming)."""
    held = IncomeSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if held.state != "draft":
        raise Refused(
            _("This sheet is “%(state)s”: nothing of it is written over.") % {"state": held.state_label}
        )
    fed = fed_of(sheet.case.household, period_of(sheet))
    before = {line.code: line for line in held.lines.all()}
    if said.seen != mark_of(fed, before.values()):
        raise Refused(
            _(
                "A department delivered something new, or somebody else saved this sheet: look at the amounts again."
            )
        )
    lines = [
        _line(sheet, code, entered, fed.get(code), before.get(code), by=by, standing=standing)
        for code, entered in said.items.items()
        if entered.amount is not None
    ]
    for code in sorted(fed.keys() - {line.code for line in lines}):
        raise Refused(
            _("The lists know an amount: type what came, 0 with a note where nothing did."),
            field=f"item_{code}",
        )
    parts = {line.code: line.amount for line in lines}
    check(Stated(parts, said.members, clock.today(), period_of(sheet)), sheet.case.household)
    held.lines.all().delete()
    IncomeLine.objects.bulk_create(lines)
    IncomeSheet.objects.filter(pk=sheet.pk).update(members=said.members or None)
    sheet.members = said.members or None


def _line(
    sheet: IncomeSheet,
    code: str,
    entered: Entered,
    fed: Fed | None,
    before: IncomeLine | None,
    *,
    by: User,
    standing: bool,
) -> IncomeLine:
    amount, note = entered.amount or Decimal(0), masked_text(entered.note.strip())[:200]
    if fed is not None and amount != fed.amount and not note:
        raise Refused(
            _("The lists say %(amount)s yuan: say in a note why it is another amount.")
            % {"amount": f"{fed.amount:,}"},
            field=f"note_{code}",
        )
    same = before is not None and before.amount == amount and before.note == note
    kept = before is not None and same and before.source == Source.CARRIED
    source = Source.FED if fed else Source.CARRIED if kept else Source.TYPED
    line = IncomeLine(
        sheet=sheet, code=code, amount=amount, source=source, note=note, by=by, on=clock.today()
    )
    if fed is not None:
        line.fed_amount, line.fed = fed.amount, fed.kept()
    if before is not None and same:
        line.carried_on = before.carried_on if kept else None
        if not standing or source == Source.TYPED:
            line.by, line.on = before.by, before.on
    return line


def _begun(case: Case, period: Period, *, by: User, visit: Visit | None) -> IncomeSheet:
    if visit is not None and visit.household_id != case.household_id:
        raise Refused(_("The visit is one to another household."))
    last = _of(case, period).aggregate(last=Max("number"))["last"] or 0
    reason = "" if not last else _("begun again")
    return IncomeSheet(
        case=case, from_day=period.first, until_day=period.last, number=last + 1, reason=reason, visit=visit,
        begun_on=clock.today(), begun_by=by,
    )  # fmt: skip


def _create(sheet: IncomeSheet, by: User, actor: Actor) -> None:
    details = {
        "case": sheet.case_id,
        "from": sheet.from_day,
        "until": sheet.until_day,
        "number": sheet.number,
    }
    try:
        with transaction.atomic():
            create(sheet, by=by, actor=actor, details=details)
    except IntegrityError as clash:
        raise Refused(_("A sheet of this period is being written already: go on with that one.")) from clash


def _fed_lines(sheet: IncomeSheet, fed: Mapping[str, Fed], by: User) -> Iterable[IncomeLine]:
    for code, each in fed.items():
        yield IncomeLine(
            sheet=sheet, code=code, amount=each.amount, source=Source.FED, fed_amount=each.amount, fed=each.kept(),
            by=by, on=clock.today(),
        )  # fmt: skip


def _carried_lines(
    sheet: IncomeSheet,
    fed: Mapping[str, Fed],
    parts: Mapping[str, Decimal],
    day: datetime.date | None,
    by: User,
) -> Iterable[IncomeLine]:
    """Yield what is carried over beside the lists; a letter stands either as one sum or item by item."""
    for code, amount in parts.items():
        one_sum = len(code) == 1 and any(each[0] == code for each in fed)
        under_sum = len(code) > 1 and code[0] in fed
        if code not in fed and not one_sum and not under_sum:
            yield IncomeLine(
                sheet=sheet,
                code=code,
                amount=amount,
                source=Source.CARRIED,
                carried_on=day,
                by=by,
                on=clock.today(),
            )


def _of(case: Case, period: Period) -> IncomeSheetQuerySet:
    return IncomeSheet.objects.filter(case=case, from_day=period.first, until_day=period.last)


def _locked(case: Case) -> Case:
    found: Case = (
        Case.objects.select_for_update(of=("self",)).select_related("household", "area").get(pk=case.pk)
    )
    return found
