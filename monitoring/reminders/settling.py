"""Answer a reminder: what the office did, and where the data was wrong, the row back to its department."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request, move
from monitoring.models import CorrectionTask, Delivery, Reminder
from monitoring.reminders.lifecycle import BY_PEOPLE
from monitoring.reminders.owners import answers
from monitoring.reminders.taking import deliveries_of
from monitoring.returning.returning import return_row

OUTCOMES: dict[str, Reminder.Outcome] = {
    "stop_aid": Reminder.Outcome.AID_STOPPED,
    "keep_aid": Reminder.Outcome.AID_KEPT,
    "data_wrong": Reminder.Outcome.DATA_WRONG,
    "reassess": Reminder.Outcome.REASSESSED,
}


@dataclass(frozen=True, slots=True)
class WrongRow:
    """The row of the finding that is wrong: one of its evidence."""

    delivery: int
    sheet: str
    line: int


@transaction.atomic
def settle(reminder: Reminder, asked: Request, *, by: User, wrong: WrongRow | None = None) -> Reminder:
    """Make one of the moves of people; wrong data needs the row, which goes back to its department.

    Refused for who does not answer for the office that the reminder is addressed to.
    """
    if asked.verb not in BY_PEOPLE:
        raise Refused(_("The platform does this by itself."))
    if not answers(by, reminder):
        raise Refused(_("This reminder is addressed to another office."))
    writes: dict[str, Any] = {"outcome": "", "settled_on": None, "correction": None}
    if asked.verb in OUTCOMES:
        rests_on = sorted(deliveries_of(reminder.finding))
        writes |= {
            "outcome": OUTCOMES[asked.verb].value,
            "settled_on": clock.today(),
            "rests_on": rests_on,
        }
    if asked.verb == "data_wrong":
        writes["correction"] = _back(reminder, wrong, asked.reason, by=by).pk
    wanted = Request(asked.verb, on=asked.on, reason=asked.reason, writes=writes)
    return move(reminder, wanted, by=by)


def _back(reminder: Reminder, wrong: WrongRow | None, reason: str, *, by: User) -> CorrectionTask:
    """Return the wrong row to its department."""
    rows = {(row["delivery"], row.get("sheet") or "", row["line"]) for row in reminder.finding.evidence}
    if wrong is None or (wrong.delivery, wrong.sheet, wrong.line) not in rows:
        raise Refused(_("Say which row is wrong: it goes back to the department that sent it."), field="row")
    delivery = Delivery.objects.select_related("dataset", "area").get(pk=wrong.delivery)
    return return_row(
        delivery,
        wrong.line,
        sheet=wrong.sheet,
        area=reminder.finding.area,
        reason=reason,
        by=by,
        right=Right.SETTLE_REMINDERS,
    )
