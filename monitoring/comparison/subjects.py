"""Whom a finding is about, as far as a reader may know: names are masked where their work does not need them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from households.identity import showing
from households.identity.masking import masked_name
from households.models import Household, Resident
from monitoring.models import Finding


class Subjects:
    """Names and numbers for one reader.

    Who sees the households of an area reads names there, except an auditor, who reads them masked (field.md 2.0). Who
    answers for a department and knows no households reads a masked name and number: their own file has them whole.
    """

    def __init__(self, user: User) -> None:
        """Remember for whom."""
        self._user = user

    def opens(self, area: str) -> bool:
        """Say whether the reader may open the page of a household there."""
        return self._user.holds(Right.VIEW_HOUSEHOLDS, area)

    def names(self, area: str) -> bool:
        """Say whether the reader sees names in full there."""
        return self._user.is_built_in or any(
            duty.holds(Right.VIEW_HOUSEHOLDS)
            and area.startswith(duty.area)
            and duty.role is not Role.EXTERNAL_AUDITOR
            for duty in self._user.duties()
        )

    def name(self, resident: Resident) -> str:
        """Name a person."""
        shown = resident.shown_name
        return shown if self.names(resident.area_id) or resident.is_erased else masked_name(shown)

    def who(self, finding: Finding) -> str:
        """Name whom a finding is about: a person, or the household by its number."""
        if finding.resident is not None:
            return self.name(finding.resident)
        return self.household(finding.household)

    def household(self, household: Household) -> str:
        """Name a household by its number, where the reader may open it."""
        if not self.opens(household.area_id):
            return _("a household")
        return _("household %(code)s") % {"code": household.code}

    def number(self, finding: Finding) -> str:
        """Return the ID number of the person, masked; empty of a household."""
        person = finding.resident
        return "" if person is None else showing.masked_one(person.identity)

    def url(self, household: Household) -> str:
        """Return the address of a household's page; empty where it is not the reader's."""
        if not self.opens(household.area_id):
            return ""
        return reverse("households:household", args=[household.pk])


def masked_subject(finding: Finding) -> str:
    """Return whom a finding is about as commands print it: `household`, or a masked name."""
    return "household" if finding.resident is None else masked_name(finding.resident.shown_name)
