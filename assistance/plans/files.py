"""The plan as a part of the file of a household (assistance.files.parts.FilePart)."""

from collections.abc import Iterable, Iterator

from django.utils.translation import pgettext, pgettext_lazy

from assistance.files.parts import Lack, Paper
from assistance.lifecycle import HELD
from assistance.models import Case, Plan
from assistance.plans.paper import sheet_bytes
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class PlanPart:
    """Every version that the township approved, the one that holds last."""

    order, right, label = 95, Right.VIEW_CASES, pgettext_lazy("plan", "Plan of help")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return the plans in the order of their versions."""
        rows = Plan.objects.filter(case=case, state__in=("approved", "superseded")).select_related(
            "case__household", "case__area"
        )
        for plan in rows.order_by("number"):
            yield Paper(
                pgettext("plan", "Plan of help for one household"), sheet_bytes(plan, user), plan.decided_on
            )

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Say that a monitored household has no plan that holds; of cases from before nothing is demanded."""
        if case.state not in HELD or case.origin == Case.Origin.IMPORT:
            return ()
        if Plan.objects.in_force().filter(case=case).exists():
            return ()
        why = pgettext("plan", "The county has decided, and the township has approved no plan yet.")
        return (Lack(pgettext("plan", "Plan of help for one household"), why),)


PLAN = PlanPart()
