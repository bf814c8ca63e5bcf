"""A wrong mark is cancelled (风险消除回退): the township proposes, the county decides; both stay in the history.

The township takes its proposal back as long as the county has not decided, which it does within the days of the value
rollback_answer_days.

A new risk after a removal is no roll-back: it is a new identification with a case of its own (domain.md 5.8).
"""

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.enrolment.moved import advance as advance_case
from assistance.models import Case, Removal
from assistance.removal.moved import advance
from assistance.removal.telling import forget_rollback, tell_rollback
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request
from households import standing


@transaction.atomic
def propose(removal: Removal, reason: str, *, by: User) -> Removal:
    """Propose to cancel a mark, because the household still needed help when it was made."""
    _check_free(removal)
    advance(removal, Request("propose_rollback", reason=reason), by=by)
    tell_rollback(removal, by=by)
    return removal


@transaction.atomic
def confirm(removal: Removal, reason: str, *, by: User) -> Removal:
    """Cancel the mark: the household is monitored again, as if it had never ceased to be."""
    _check_free(removal)
    advance(removal, Request("confirm_rollback", reason=reason), by=by)
    case = Case.objects.select_related("household", "standing__household").get(pk=removal.case_id)
    if case.standing is not None:
        standing.reopen(case.standing, by=by, reason=reason, right=Right.DECIDE_CASES)
    given = {"removal": removal.pk}
    asked = Request("roll_back", reason=reason, given=given, details=given, writes={"ended_on": None})
    advance_case(case, asked, by=by)
    forget_rollback(removal)
    return removal


@transaction.atomic
def reject(removal: Removal, reason: str, *, by: User) -> Removal:
    """Decide that the mark stands."""
    advance(removal, Request("reject_rollback", reason=reason), by=by)
    forget_rollback(removal)
    return removal


@transaction.atomic
def withdraw(removal: Removal, reason: str, *, by: User) -> Removal:
    """Take a proposed roll-back back before the county has decided: the mark stands as before."""
    advance(removal, Request("withdraw_rollback", reason=reason), by=by)
    forget_rollback(removal)
    return removal


def _check_free(removal: Removal) -> None:
    """Refuse where the household has a case of a new identification: the old one is history then."""
    if Case.objects.running().filter(household=removal.case.household_id).exists():
        raise Refused(_("This household has a running case already: the new identification counts."))
    if removal.case.household.dissolved_on is not None:
        raise Refused(_("This household is dissolved: nothing is opened for it any more."))
