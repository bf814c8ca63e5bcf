"""The application on the page of its case, and what may be done there (CASE_PANELS, CASE_ACTS)."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.acts import Act, offered
from assistance.applying.papers import papers
from assistance.applying.taking import PURPOSE, STEP, application_of, authorisation_of, lacking
from assistance.applying.writing import authorisation_for
from assistance.models import Application, Case, PaperDemand
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Authorisation
from households.signing.selectors import Progress, progress


class ApplicationPanel:
    """What the household applied for and authorised, and what is still missing."""

    order = 20
    template = "assistance/applications/_panel.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return application, authorisation and papers, and what is missing while the step is open."""
        waits = STEP in case.waits_for
        row, allowed = application_of(case), authorisation_of(case) or authorisation_for(case.household)
        if row is None and not waits:
            return None
        return {
            "case": case,
            "application": row,
            "signed": progress(row) if row else Progress(),
            "authorisation": allowed,
            "authorised": progress(allowed) if allowed else Progress(),
            "may_read": user.holds(Right.VIEW_HOUSEHOLDS, case.area_id),
            "lacking": [each.label for each in lacking(case)] if waits else [],
            "waits": waits,
            "may_write": waits and may_write(case, user),
            "demands": [_demand(each) for each in PaperDemand.objects.filter(case=case)],
            "ask_url": ask_url(case),
            "needs_authorisation": waits and allowed is None,
        }


class ApplicationActs:
    """The step of the chain: write, sign, authorise."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act of the step, leading to what is missing first."""
        if STEP not in case.waits_for:
            return []
        label, url = next_step(case)
        return [replace(act, label=label) for act in offered(case, user, {STEP: url})]


def next_step(case: Case) -> tuple[str, str]:
    """Return what is to be done first to complete an application, and where: at the paper that is missing."""
    row, allowed = application_of(case), authorisation_for(case.household)
    if row is None:
        return _("Write the application"), reverse("cases:application_write", args=[case.pk])
    if row.complete_on is None:
        return _("Have it signed"), reverse("cases:application", args=[row.pk])
    if allowed is None:
        return _("Ask for the authorisation"), ask_url(case)
    return _("Have the authorisation signed"), _authorisation_url(allowed)


def ask_url(case: Case) -> str:
    """Return where the household is asked for the authorisation of the asset check."""
    return f"{reverse('authorisations:ask', args=[case.household_id])}?purposes={PURPOSE}"


def may_write(case: Case, user: User) -> bool:
    """Say whether somebody may write the application of a case."""
    return user.holds(Right.PREPARE_CASES, case.area_id) and not recused(user, case.household.recusal_keys)


def may_replace(row: Application, user: User) -> bool:
    """Say whether a new application may take the place of one: nobody has completed it."""
    case = row.case
    open_one = case is not None and STEP in case.waits_for and row.complete_on is None and row.is_living
    return open_one and case is not None and may_write(case, user)


def _authorisation_url(row: Authorisation) -> str:
    return reverse("authorisations:authorisation", args=[row.pk])


def _demand(row: PaperDemand) -> dict[str, Any]:
    declared = papers().get(row.paper)
    return {"row": row, "name": declared.name if declared else row.paper}


APPLICATION, ACTS = ApplicationPanel(), ApplicationActs()
