"""Amounts of findings: as commands send them (datasets.md section 6), and as a page writes them."""

from decimal import ROUND_HALF_UP, Decimal

from foundation.regulations.lookup import book
from foundation.regulations.units import MONEY, Unit, written
from monitoring.models import DeclaredStandard

_FEN, _SHARE = Decimal("0.01"), Decimal("0.0001")


def unit_of(standard: DeclaredStandard) -> Unit | None:
    """Return the unit in which a standard measures: that of its line; None where the line is no longer known."""
    subject = book().subjects.get(standard.line)
    return Unit(subject.unit) if subject is not None and subject.unit else None


def sent(amount: Decimal, unit: Unit | None) -> str:
    """Return an amount as a string: money with two decimals, shares with four, counts whole, yes as 1."""
    if unit in MONEY:
        return f"{amount.quantize(_FEN, ROUND_HALF_UP):f}"
    if unit is Unit.SHARE:
        return f"{amount.quantize(_SHARE, ROUND_HALF_UP):f}"
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount.normalize():f}"


def shown(amount: Decimal | None, unit: Unit | None) -> str:
    """Return an amount as a person reads it; empty where there is none."""
    if amount is None:
        return ""
    return written(amount, unit) if unit is not None else sent(amount, unit)
