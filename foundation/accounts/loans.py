"""Lend single records across areas, for a period, with a reason (never the bulk)."""

import datetime

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from foundation.accounts import clock
from foundation.accounts.models import Loan, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record, record_many


def _permission(model: str) -> str:
    app, name = model.split(".")
    return f"{app}.view_{name}"


@transaction.atomic
def lend(
    record_lent: models.Model, area: str, borrower: User, until: datetime.date, *, by: User, reason: str
) -> Loan:
    """Let `borrower` see one record of `area` until and including `until`."""
    actor = by.authority(Right.LEND_OBJECTS, area)
    if borrower.pk == by.pk:
        raise Refused(_("Nobody lends a record to themselves."), field="borrower")
    return lend_for_work(record_lent, area, borrower, until, actor=actor, reason=reason)


@transaction.atomic
def lend_for_work(
    record_lent: models.Model, area: str, borrower: User, until: datetime.date, *, actor: Actor, reason: str
) -> Loan:
    """Do the same for a stage function that sends `borrower` there, and has asked for its own right as `actor`.

    What of their own post goes with the loan stands in foundation.accounts.scope (GOES_WITH_A_LOAN).
    """
    today = clock.today()
    if borrower.is_built_in or not borrower.is_active:
        raise Refused(_("This account cannot sign in: choose somebody else."), field="borrower")
    if not reason.strip():
        raise Refused(_("Say why the record is lent."), field="reason")
    if until < today:
        raise Refused(_("The last day lies in the past."), field="until_day")
    model = record_lent._meta.label_lower
    loan = Loan.objects.create(
        borrower=borrower,
        model=model,
        object_id=str(record_lent.pk),
        area_id=area,
        from_day=today,
        until_day=until,
        reason=reason,
    )
    assign_perm(_permission(model), borrower, record_lent)
    record(
        Act(
            "record.lent",
            model,
            str(record_lent.pk),
            today,
            today,
            area=area,
            basis=reason,
            details={"staff": borrower.pk, "until": until, "loan": loan.pk},
        ),
        by=actor,
    )
    return loan


@transaction.atomic
def take_back(loan: Loan, *, by: User) -> None:
    """End a loan today; the borrower's next request no longer finds the record."""
    end_for_work(loan, actor=by.authority(Right.LEND_OBJECTS, loan.area_id))


@transaction.atomic
def end_for_work(loan: Loan, *, actor: Actor) -> None:
    """Do the same for the stage function whose work has ended; it has asked for its own right as `actor`."""
    today = clock.today()
    if Loan.objects.filter(pk=loan.pk, ended_on__isnull=True).update(ended_on=today) != 1:
        raise Refused(_("This loan has already ended."))
    _forget_permission(loan)
    record(
        Act(
            "record.taken_back",
            loan.model,
            loan.object_id,
            today,
            today,
            area=loan.area_id,
            details={"loan": loan.pk},
        ),
        by=actor,
    )


@transaction.atomic
def sweep_loans(*, by: User) -> int:
    """Forget the permissions of loans whose last day has passed; returns how many loans were closed.

    The door asks the loan's dates itself, so an unswept loan opens nothing: this only keeps the tables clean.
    """
    over = Loan.objects.filter(ended_on__isnull=True, until_day__lt=clock.today()).select_related("borrower")
    swept = list(over)
    for loan in swept:
        loan.ended_on = loan.until_day
    Loan.objects.bulk_update(swept, ["ended_on"], batch_size=1000)
    for loan in swept:
        _forget_permission(loan)
    day = clock.today()
    record_many(
        (
            Act(
                "record.loan_expired",
                loan.model,
                loan.object_id,
                loan.until_day,
                day,
                area=loan.area_id,
                details={"loan": loan.pk},
            )
            for loan in swept
        ),
        by=by.authority(Right.LEND_OBJECTS, ""),
    )
    return len(swept)


def night_work(*, by: User, on: datetime.date) -> None:
    """Close the loans that are over in the night that leads into the day `on` (next_day.NightWork)."""
    sweep_loans(by=by)


def _forget_permission(loan: Loan) -> None:
    """Remove guardian's permission unless another loan of the same record to the same person still runs."""
    still = Loan.objects.filter(
        borrower=loan.borrower_id,
        model=loan.model,
        object_id=loan.object_id,
        ended_on__isnull=True,
        until_day__gte=clock.today(),
    )
    if not still.exists():
        row = apps.get_model(loan.model)._base_manager.filter(pk=loan.object_id).first()
        if row is not None:
            remove_perm(_permission(loan.model), loan.borrower, row)
