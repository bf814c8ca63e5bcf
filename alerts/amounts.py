"""Amounts of findings: exact for who reads findings, a band for the doorstep, plain text for commands.

Before an authorisation a village assistant sees which kind of event, which month and an amount band; exact sums never
leave the township (field.md 3.19).
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.regulations.lookup import book
from foundation.regulations.units import MONEY, Unit, written
from monitoring.comparison.amounts import sent
from monitoring.screening.book import standards

#: Where one band of yuan ends and the next begins.
_STEPS = (5_000, 10_000, 30_000, 100_000)


def unit_of(standard: str) -> Unit:
    """Return the unit of the line of a standard; of one that is no longer declared nothing but a number is known."""
    declared = standards().get(standard)
    subject = book().subjects.get(declared.line) if declared else None
    return Unit(subject.units[0]) if subject else Unit.COUNT


def shown(amount: Decimal, standard: str) -> str:
    """Write an amount as a page shows it to who may read findings; empty where the answer is yes."""
    unit = unit_of(standard)
    return "" if unit is Unit.YES_NO else written(amount, unit)


def band(amount: Decimal, standard: str) -> str:
    """Write the band of an amount of money; empty for what is not money."""
    if unit_of(standard) not in MONEY:
        return ""
    least = max((step for step in _STEPS if amount >= step), default=0)
    most = next((step for step in _STEPS if amount < step), None)
    if most is None:
        return _("%(least)s yuan or more") % {"least": f"{least:,}"}
    if not least:
        return _("below %(most)s yuan") % {"most": f"{most:,}"}
    return _("%(least)s to %(most)s yuan") % {"least": f"{least:,}", "most": f"{most:,}"}


def text(amount: Decimal | None, standard: str) -> str | None:
    """Write an amount for commands (datasets.md section 6): money 12345.60, shares 0.3500, everything else whole."""
    return None if amount is None else sent(amount, unit_of(standard))
