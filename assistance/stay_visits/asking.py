"""Ask the village where a household lives for a visit; accept, refuse, or take it back.

row = ask(case, "看看老人身体情况", by=user)
accept(row, by=there)      # the household is lent to who accepts
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.helping.lending import acting
from assistance.lifecycle import RUNNING
from assistance.models import Case, StayVisit
from assistance.stay_visits import telling
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.loans import end_for_work, lend_for_work
from foundation.accounts.models import Area, Loan, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.working_days import deadline
from foundation.workflow.move import Request, create, move
from households.identity.masking import masked_name, masked_text
from households.models import Household
from households.models.households import HEAD

#: Within how many days the village that is asked goes there.
DAYS = "stay_visit_days"
#: Whose household is looked after: a case on its way, or one whose risk is removed.
LOOKED_AFTER = (*RUNNING, "removed", "ended")
#: A loan ends with the visit; so many days it lasts at most after it was accepted.
LONGEST = 60
_HOUSEHOLD = Household._meta.label_lower


def stay_village(case: Case) -> Area | None:
    """Return the other village of the county in which the household lives; None where it lives nowhere like that."""
    place = case.household.stay_area
    if place is None or len(place.code) != Level.VILLAGE or place.code == case.area_id:
        return None
    return place if place.code[: Level.COUNTY] == case.area_id[: Level.COUNTY] else None


def may_ask(case: Case, user: User) -> bool:
    """Say whether somebody may ask for a visit now."""
    if case.state not in LOOKED_AFTER or stay_village(case) is None:
        return False
    if not user.holds(Right.PREPARE_CASES, case.area_id) or recused(user, case.recusal_keys()):
        return False
    return not StayVisit.objects.waiting().filter(case=case).exists()


@transaction.atomic
def ask(case: Case, why: str, *, by: User) -> StayVisit:
    """Ask the village in which a household lives to visit it; `why` says what to look at."""
    locked = (
        Case.objects.select_for_update(of=("self",)).select_related("household__stay_area").get(pk=case.pk)
    )
    actor = by.authority(Right.PREPARE_CASES, locked.area_id)
    if forbidden := recused(by, locked.recusal_keys()):
        raise Refused(forbidden)
    place = stay_village(locked)
    if place is None:
        raise Refused(
            _("The register does not say that this household lives in another village of the county.")
        )
    if locked.state not in LOOKED_AFTER or locked.household.dissolved_on is not None:
        raise Refused(_("This household is not looked after any more."))
    if not why.strip():
        raise Refused(_("Say what they should look at: they know nothing of the household."), field="why")
    people = locked.household.residents.present()
    head = people.filter(relation=HEAD).first()
    today = clock.today()
    row = StayVisit(
        case=locked, to_area=place, head=masked_name(head.shown_name) if head else "", persons=people.count(),
        why=masked_text(why.strip())[:200], asked_on=today, due_on=_due(place.code, today),
    )  # fmt: skip
    try:
        with transaction.atomic():
            create(row, by=by, actor=actor, details={"case": locked.pk, "to": place.code})
    except IntegrityError as twice:
        raise Refused(_("A visit is asked for already: wait for it, or take the request back.")) from twice
    telling.tell_asked(row, by=by)
    return row


@transaction.atomic
def accept(row: StayVisit, reason: str = "", *, by: User) -> StayVisit:
    """Promise the visit: who accepts goes there, and sees the household until it is visited."""
    row.on_the_side_of(row.to_area_id)
    move(row, Request("accept", reason=reason, writes={"visitor": by.pk}), by=by)
    row.refresh_from_db()
    lend(row, by=by)
    telling.tell_answered(row, by=by)
    return row


@transaction.atomic
def refuse(row: StayVisit, reason: str, *, by: User) -> StayVisit:
    """Say that nobody goes, with a reason that the own village reads: the visit is theirs to make."""
    row.on_the_side_of(row.to_area_id)
    move(row, Request("refuse", reason=reason), by=by)
    take_back(row, by=by)
    telling.tell_answered(row, by=by)
    return row


@transaction.atomic
def withdraw(row: StayVisit, reason: str, *, by: User) -> StayVisit:
    """Take the request back: the household came home, or somebody of the own village went."""
    row.on_the_side_of(row.case.area_id)
    move(row, Request("withdraw", reason=reason), by=by)
    take_back(row, by=by)
    telling.forget(row, by=by)
    return row


def lend(row: StayVisit, *, by: User) -> None:
    """Let who goes there see the household, unless they see it already."""
    home, visitor = row.case.household, row.visitor
    if visitor is None or not visitor.is_active:
        return
    if visitor.holds(Right.VISIT_HOUSEHOLDS, home.area_id, of=home):
        return
    until = clock.today() + datetime.timedelta(LONGEST)
    lend_for_work(home, home.area_id, visitor, until, actor=acting(by, home.area_id), reason=_reason(row))


def take_back(row: StayVisit, *, by: User) -> None:
    """End the loan that was made for a request, if one runs."""
    for loan in loans_of(row):
        end_for_work(loan, actor=acting(by, loan.area_id))


def loans_of(row: StayVisit) -> list[Loan]:
    """Return the running loans that were made for a request."""
    rows = Loan.objects.filter(
        model=_HOUSEHOLD, object_id=str(row.case.household_id), reason=_reason(row), ended_on__isnull=True,
        until_day__gte=clock.today(),
    )  # fmt: skip
    return list(rows.select_related("borrower"))


def _reason(row: StayVisit) -> str:
    """Return why the household is lent, in the language of the record: loans are found by it."""
    return f"协助走访 {row.pk}"


def _due(area: str, today: datetime.date) -> datetime.date | None:
    found = value(DAYS, area=area, on=today)
    if found.silent or found.amount is None:
        return None
    mark_used(found)
    return deadline(today, found.amount, found.unit, area).day
