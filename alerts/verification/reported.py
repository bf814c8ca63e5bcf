"""What came of a visit: the report to the township, or that the household does not authorise the check.

Called in the transaction of the visit. A path may let who visits archive what shows no risk; then nobody reviews it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from alerts import selectors
from alerts.models import Alert
from alerts.notices import tell_reviewers
from alerts.verification import barriers, pieces
from alerts.verification.attempts import NEEDED, UNREACHABLE, attempts_of
from alerts.verification.moved import advance
from alerts.verification.path import path_of
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request
from households.models import Visit


@dataclass(frozen=True, slots=True)
class Reported:
    """What who visited thinks: the opinion, with `decline` the outcome code, and the reason in words.

    `mended` are the lines of the check list (keys of MissingPiece) that are there now, after a return.
    """

    opinion: str
    outcome: str = ""
    reason: str = ""
    mended: Collection[int] = ()


@transaction.atomic
def report_visit(alert: Alert, visit: Visit, reported: Reported, *, by: User) -> Alert:
    """Report a visit to the township, or end the alert where its path lets who visits archive it."""
    _check(alert, visit, reported)
    asked = Request(
        "report",
        reason=reported.reason,
        given={"visit": visit.pk},
        writes={
            "visit": visit.pk,
            "opinion": reported.opinion,
            "reported_outcome": reported.outcome,
            "recheck": "",
            "stands": False,
        },
        details={"visit": visit.pk, "opinion": reported.opinion, "outcome": reported.outcome},
    )
    advance(alert, asked, by=by)
    pieces.mend(alert, reported.mended, by=by)
    if _ends_here(alert):
        return _archived(alert, by=by)
    tell_reviewers(alert.township, by=by)
    return alert


@transaction.atomic
def report_unreachable(alert: Alert, reason: str, by: User) -> Alert:
    """Report to the township that nobody could be reached, resting on the last of the recorded attempts."""
    last = attempts_of(alert).order_by("happened_on", "pk").last()
    if last is None:
        raise Refused(_("Write the attempts down first: each is a visit that met nobody."))
    return report_visit(alert, last, Reported(Alert.Opinion.DECLINE, UNREACHABLE, reason), by=by)


@transaction.atomic
def withdraw_report(alert: Alert, reason: str, by: User) -> Alert:
    """Take a report back that the township has not judged: it was reported by mistake, or its visit is annulled."""
    writes = {"visit": None, "opinion": "", "reported_outcome": "", "recheck": "", "stands": False}
    return advance(alert, Request("withdraw", reason=reason, writes=writes, back_to="check"), by=by)


@transaction.atomic
def mark_unauthorised(alert: Alert, reason: str, by: User) -> Alert:
    """Say that the household does not authorise the check: the procedure stops, and goes on any day (field.md 5.1)."""
    barriers.check("mark_unauthorised", alert, by)
    return advance(alert, Request("mark_unauthorised", reason=reason), by=by)


def _check(alert: Alert, visit: Visit, reported: Reported) -> None:
    if visit.household_id != alert.household_id or not visit.counts:
        raise Refused(_("This visit was to another household, or counts no more."), field="visit")
    if reported.opinion not in Alert.Opinion.values:
        raise Refused(_("Choose what you think should follow."), field="opinion")
    declines = reported.opinion == Alert.Opinion.DECLINE
    if declines and reported.outcome not in dict(selectors.outcomes_of_visit(alert.area_id)):
        raise Refused(_("Choose an outcome from the list."), field="outcome")
    if not declines and reported.outcome:
        raise Refused(_("Only what is not to be enrolled has an outcome."), field="outcome")
    _check_met(alert, visit, reported)
    needed = path_of(alert).checkers
    if visit.visitors.count() < needed:
        told = _("In this area at least %(count)d people visit together: name who came along.")
        raise Refused(told % {"count": needed}, field="visitors")


def _check_met(alert: Alert, visit: Visit, reported: Reported) -> None:
    """Refuse conclusions about people nobody spoke with, and “could not be reached” before three attempts."""
    if reported.outcome == UNREACHABLE:
        tried = attempts_of(alert).count()
        if tried < NEEDED:
            told = _("“Could not be reached” needs %(needed)d recorded attempts; so far there are %(tried)d.")
            raise Refused(told % {"needed": NEEDED, "tried": tried}, field="outcome")
    elif visit.outcome == Visit.Outcome.NOBODY:
        raise Refused(
            _("Nobody was met: the attempt is written down, and the household is still to be visited."),
            field="opinion",
        )


def _ends_here(alert: Alert) -> bool:
    """Say whether who visited archives: no risk found, the path lets them, and nothing waits for an answer."""
    return (
        alert.opinion == Alert.Opinion.DECLINE
        and path_of(alert).archived
        and not barriers.before("archive", alert)
    )


def _archived(alert: Alert, *, by: User) -> Alert:
    writes = {"outcome": alert.reported_outcome, "closed_on": clock.today()}
    given = {"outcome": alert.reported_outcome}
    return advance(alert, Request("archive", given=given, writes=writes, details=given), by=by)
