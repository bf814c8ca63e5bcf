"""Findings in words: whom they are about, masked, and what was measured against which line."""

from django.utils.translation import gettext as _

from foundation.regulations.units import Comparator
from households.identity.masking import masked_name
from monitoring.comparison.amounts import shown, unit_of
from monitoring.models import Finding


def member_of(finding: Finding) -> str:
    """Name the member that a finding is about, masked; the household where it is about all of it."""
    return masked_name(finding.resident.name) if finding.resident else _("whole household")


def measured_of(finding: Finding) -> str:
    """Write what was measured, with its unit."""
    return shown(finding.measured, unit_of(finding.standard))


def line_of(finding: Finding) -> str:
    """Write the line it was held against, with its unit and sign."""
    sign = f"{Comparator(finding.comparator).sign} " if finding.comparator else ""
    return f"{sign}{shown(finding.line, unit_of(finding.standard))}"
