"""Skip a step of the chain where the chain lets it, with the reason on record (field.md 3.2)."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.enrolment.moved import follow
from assistance.models import Case
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow import courses
from foundation.workflow.courses import Standing
from foundation.workflow.paths import PathStep

#: Reasons of the shipped chains, in words; an area's own stand as the file writes them.
REASONS = {
    "compared_by_civil_affairs": pgettext_lazy(
        "case", "compared by civil affairs already (low-income household)"
    ),
}


def skippable(standing: Standing | None) -> list[PathStep]:
    """Return the open steps that may be skipped."""
    return [step for step in standing.open_steps() if step.skip_reasons] if standing else []


@transaction.atomic
def skip(case: Case, step: str, reason: str, *, by: User) -> Case:
    """Skip a step for one of the reasons that the chain names; the township answers for it."""
    case = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=case.pk)
    if case.state != "open" or step not in case.waits_for:
        raise Refused(_("Only a step that the case waits for can be skipped."), field="step")
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    courses.skip(case, step, reason, by=by, right=Right.REVIEW_CASES)
    follow([case], by=by)
    return case
