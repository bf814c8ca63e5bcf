"""Not enrolled: the township refuses after its review, or the county declines. A letter to the household follows."""

from django.db import transaction

from assistance.enrolment.moved import advance
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.workflow.move import Request


@transaction.atomic
def refuse(case: Case, reason: str, *, by: User) -> Case:
    """End a case by the township's review (乡镇审核不通过); the reason stands in the letter."""
    return advance(case, _ending("refuse", reason), by=by)


@transaction.atomic
def decline(case: Case, reason: str, *, by: User) -> Case:
    """End a case by the county's decision (县级审定不予纳入); the reason stands in the letter."""
    return advance(case, _ending("decline", reason), by=by)


def _ending(verb: str, reason: str) -> Request:
    return Request(verb, reason=reason, writes={"ended_on": clock.today()})
