"""When nothing of the application is missing, the chain goes on by itself: what is missing is told by name."""

import enum

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.enrolment.chain import open_steps
from assistance.enrolment.moved import advance
from assistance.models import Application, Case, PaperDemand
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request
from households.authorisations.using import in_force
from households.models import Authorisation, Resident

#: The step of the chain, and what the household is asked to authorise.
STEP, PURPOSE = "apply", "asset_check"


class Lack(enum.StrEnum):
    """What an application may still lack."""

    APPLICATION = "application"
    SIGNATURES = "signatures"
    AUTHORISATION = "authorisation"
    PAPERS = "papers"

    @property
    def label(self) -> Promise:
        """The lack in words."""
        return _LABELS[self]


_LABELS: dict[Lack, Promise] = {
    Lack.APPLICATION: pgettext_lazy("application", "The application is not written yet."),
    Lack.SIGNATURES: pgettext_lazy("application", "The application is not signed by all yet."),
    Lack.AUTHORISATION: pgettext_lazy("application", "No authorisation in force covers every member."),
    Lack.PAPERS: pgettext_lazy("application", "Papers that were asked for have not come yet."),
}


def application_of(case: Case) -> Application | None:
    """Return the living application of a case."""
    return Application.objects.living().filter(case=case).first()


def authorisation_of(case: Case) -> Authorisation | None:
    """Return the authorisation in force that covers everybody whom a case counts."""
    members = Resident.objects.present().filter(
        cases_counted_in__case=case, cases_counted_in__left_on__isnull=True
    )
    return in_force(case.household, purpose=PURPOSE, members=members)


def lacking(case: Case) -> list[Lack]:
    """Return what a case still lacks for the step, by the documents that its own chain asks for there."""
    documents = _documents(case)
    found = []
    if "application" in documents:
        row = application_of(case)
        if row is None or row.complete_on is None:
            found.append(Lack.APPLICATION if row is None else Lack.SIGNATURES)
    if "authorisation" in documents and authorisation_of(case) is None:
        found.append(Lack.AUTHORISATION)
    if PaperDemand.objects.open().filter(case=case).exists():
        found.append(Lack.PAPERS)
    return found


@transaction.atomic
def take(case: Case, *, by: User) -> Case:
    """Let the application count as complete, with the authorisation that the case rests on from now on."""
    case = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=case.pk)
    if STEP not in case.waits_for:
        raise Refused(_("The application of this case is complete already."))
    if found := lacking(case):
        raise Refused(" ".join(str(each.label) for each in found))
    row, allowed = application_of(case), authorisation_of(case)
    given = row.pk if row else allowed.pk if allowed else 0
    writes = {"authorisation": allowed.pk} if allowed else {}
    told = {"application": row.pk if row else None, "authorisation": allowed.pk if allowed else None}
    return advance(case, Request(STEP, given={"application": given}, writes=writes, details=told), by=by)


def take_if_ready(case: Case, *, by: User) -> bool:
    """Do the same where nothing is missing and `by` may; says whether it was done."""
    if not by.holds(Right.PREPARE_CASES, case.area_id) or recused(by, case.household.recusal_keys):
        return False
    fresh = Case.objects.select_related("household").get(pk=case.pk)
    if STEP not in fresh.waits_for or lacking(fresh):
        return False
    take(fresh, by=by)
    return True


def _documents(case: Case) -> frozenset[str]:
    """Return the documents that the case's own chain asks for at the step."""
    step = next((each for each in open_steps([case]).get(case.pk, ()) if each.code == STEP), None)
    return frozenset(step.documents) if step else frozenset()
