"""A mistaken click (field.md 5.27): who approved a case takes it back on the same day, before the announcement."""

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.deciding.writing import UNDECIDED
from assistance.enrolment.moved import advance
from assistance.models import Case, CaseBatchItem
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.models import Passage
from foundation.workflow.move import Request
from foundation.workflow.offers import history


def approved_by(case: Case) -> Passage | None:
    """Return the approval that holds of a case; None where it is not approved."""
    if case.state != "approved":
        return None
    return history(case).filter(verb="approve").order_by("-pk").first()


def may_undo(case: Case, user: User) -> bool:
    """Say whether somebody may still take the approval of a case back."""
    made = approved_by(case)
    return made is not None and made.by_id == user.pk and made.entered_on == clock.today()


@transaction.atomic
def undo_approval(case: Case, reason: str, *, by: User) -> Case:
    """Take an approval back: its case waits for the decision again, and has left its batch."""
    if case.state == "approved" and not may_undo(case, by):
        raise Refused(
            _(
                "Only who approved it takes it back, on the same day. Later a wrong identification is corrected, with "
                "its hearing and notice."
            )
        )
    advance(case, Request("undo_approval", reason=reason, writes=UNDECIDED, back_to="decide"), by=by)
    items = CaseBatchItem.objects.done().filter(case=case, removal__isnull=True, batch__kind="approval")
    items.update(result=CaseBatchItem.Result.UNDONE, why=reason.strip()[:300])
    return case
