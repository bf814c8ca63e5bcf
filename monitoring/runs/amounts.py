"""Findings in words: whom they are about, masked, and what was measured against which line."""

from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.regulations.lookup import book
from foundation.regulations.units import Comparator, Unit, written
from households.identity.masking import masked_name
from monitoring.models import Finding


def member_of(finding: Finding) -> str:
    """Name the member that a finding is about, masked; the household where it is about all of it."""
    return masked_name(finding.resident.name) if finding.resident else _("whole household")


def measured_of(finding: Finding) -> str:
    """Write what was measured, with its unit."""
    return written_as(finding, finding.measured)


def line_of(finding: Finding) -> str:
    """Write the line it was held against, with its unit and sign."""
    sign = f"{Comparator(finding.comparator).sign} " if finding.comparator else ""
    return f"{sign}{written_as(finding, finding.line)}"


def written_as(finding: Finding, amount: Decimal) -> str:
    """Write an amount in the unit of the finding's line."""
    return written(amount, unit_of(finding))


def unit_of(finding: Finding) -> Unit:
    """Return the unit of the line: of its value where there was one, else of its subject."""
    if finding.line_value is not None:
        return Unit(finding.line_value.unit)
    subject = book().subjects.get(finding.standard.line)
    return Unit(subject.units[0]) if subject else Unit.COUNT
