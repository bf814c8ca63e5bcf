"""What the household asked for and what was asked about it, as parts of the file: application and asset check."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.applying.attaching import PAPERS
from assistance.applying.printing import form_of
from assistance.checks.looking import check_name
from assistance.checks.printing import sheet_of
from assistance.files.attached import Bound, attached
from assistance.files.parts import Lack, Paper
from assistance.models import Application, AssetCheck, Case
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class ApplicationPart:
    """The application (申请及承诺书) that holds, and the written one that came on paper."""

    order, right, label = 45, Right.VIEW_CASES, gettext_lazy("Application")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return form and paper; once the step is taken, all that it needs was signed."""
        taken = "apply" not in case.waits_for
        for row in _applications(case, user):
            yield Paper(
                _("Application"), form_of(row, by=user), row.applied_on, ("application",) if taken else ()
            )
            yield from attached(row, PAPERS, user, Bound(_("Written application"), row.applied_on))

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: the chain asks for it."""
        return ()


class CheckPart:
    """The asset checks: for the village that they were made and what kind was hit, for the township in detail."""

    order, right, label = 50, Right.VIEW_CASES, gettext_lazy("Asset check")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return the result sheet of each check that came to a result."""
        rows = AssetCheck.objects.visible_to(user).done().filter(case=case)
        for check in rows.select_related("case__household", "case__area").order_by("pk"):
            title = _("Result of the %(name)s") % {"name": check_name(case.area_id)}
            yield Paper(title, sheet_of(check, by=user), check.asked_on, ("check_result",))

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: the chain asks for it."""
        return ()


def _applications(case: Case, user: User) -> Iterable[Application]:
    rows = Application.objects.visible_to(user).living().filter(case=case)
    found: Iterable[Application] = rows.select_related("household__area").order_by("pk")
    return found


APPLICATION, CHECK = ApplicationPart(), CheckPart()
