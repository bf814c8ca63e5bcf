"""The check list of a returned case: what is missing and which step mends it, asked by who returns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.models import Case, CasePiece
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from foundation.regulations.working_days import deadline
from foundation.workflow.courses import Standing
from households.identity.masking import masked_text

LIST, DAYS = "missing_case_pieces", "case_completion_days"
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """One thing that is missing: the step that mends it, its code in the value `missing_case_pieces`, what exactly."""

    step: str
    piece: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that can be asked for: its code, its name, and the step that mends it."""

    piece: str
    name: str
    step: str


@dataclass(frozen=True, slots=True)
class ToldPiece:
    """A line of a check list in words."""

    row: CasePiece
    name: str
    step: str


def choices(area: str) -> list[Choice]:
    """Return what can be asked for in an area."""
    return [
        Choice(each["code"], in_language(each["zh"], each["en"]), each.get("step", ""))
        for each in value(LIST, area=area).items
    ]


def told(case: Case, standing: Standing | None) -> list[ToldPiece]:
    """Return the check list of a case in words, what is missing first."""
    names = {each.piece: each.name for each in choices(case.area_id)}
    steps = {step.code: step.label for step in standing.steps} if standing else {}
    rows = case.pieces.select_related("asked_by", "mended_by").order_by("pk")
    listed = [ToldPiece(row, names.get(row.piece, row.piece), steps.get(row.step, row.step)) for row in rows]
    return sorted(listed, key=lambda each: each.row.mended_on is not None)


def check(items: Sequence[ReturnItem], area: str, standing: Standing) -> None:
    """Refuse an empty check list, what the list of the area does not have, and steps that the chain does not have."""
    if not items:
        raise Refused(_("Say what is missing: tick at least one line."), field="items")
    known = {each.piece for each in choices(area)}
    steps = {step.code for step in standing.steps}
    for item in items:
        if item.piece not in known or item.step not in steps:
            raise Refused(_("Choose from the check list."), field="items")
        if item.piece == "other" and not item.note.strip():
            raise Refused(_("Say in a few words what is missing."), field="note")


def ask(case: Case, items: Sequence[ReturnItem], *, by: User) -> None:
    """Write the check list down with its own deadline; numbers of people in a note are masked."""
    today, rule = clock.today(), value(DAYS, area=case.area_id)
    last = None if rule.amount is None else deadline(today, int(rule.amount), rule.unit, case.area_id).day
    CasePiece.objects.bulk_create(
        CasePiece(
            case=case,
            step=item.step,
            piece=item.piece,
            note=masked_text(item.note.strip())[:LONGEST_NOTE],
            asked_on=today,
            asked_by=by,
            due_on=last,
        )
        for item in items
    )


def mended_by_step(cases: Collection[int], steps: Collection[str], *, by: User) -> int:
    """Tick off what steps mend that were taken again; returns how many lines."""
    rows = CasePiece.objects.missing().filter(case__in=list(cases), step__in=list(steps))
    return rows.update(mended_on=clock.today(), mended_by=by)


@transaction.atomic
def tick(piece: CasePiece, *, by: User) -> CasePiece:
    """Tick one line off that no step takes again, such as a photo of a notice that hung; who and when stays."""
    case = piece.case
    actor = by.authority(Right.PREPARE_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    today = clock.today()
    rows = CasePiece.objects.missing().filter(pk=piece.pk)
    if rows.update(mended_on=today, mended_by=by) != 1:
        raise Refused(_("This line is ticked off already: look at the case again."))
    act = Act(
        "case.piece_mended", "assistance.case", str(case.pk), today, today, area=case.area_id,
        details={"piece": piece.piece, "step": piece.step},
    )  # fmt: skip
    record(act, by=actor)
    piece.refresh_from_db()
    return piece
