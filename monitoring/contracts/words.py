"""Contracts in words: what a cell may hold, how often a delivery is due, by which text. In the language of the page."""

from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.regulations.sources import UNDATED, Source, SourceKind
from foundation.regulations.units import in_language, plain
from monitoring.contracts.contract import Column, Contract, Rhythm
from monitoring.contracts.terms import NUMBERS, CellType


def accepts(column: Column) -> str:
    """Say what a cell of the column may hold, in one line."""
    if column.codes:
        return "、".join(str(code) for code in column.codes)
    said = [str(column.type.label)]
    if column.type in NUMBERS:
        said += [column.unit] if column.unit and column.type is not CellType.MONEY else []
        said += [_bounds(column)]
    return "，".join(part for part in said if part)


def notes(column: Column) -> list[str]:
    """Say what else one has to know of the column."""
    said = []
    if column.empty:
        said.append(_("An empty cell counts as “%(value)s”.") % {"value": column.empty})
    if column.otherwise:
        said.append(_("Any other word counts as “%(value)s”.") % {"value": column.otherwise})
    if column.may_be_future:
        said.append(_("The day may lie in the future."))
    return said


def rhythm(due: Rhythm) -> str:
    """Say how often a delivery is expected, and by when."""
    if due.by_day is None:
        return str(due.every.label)
    return _("%(every)s, by day %(day)s of the month after it") % {
        "every": due.every.label,
        "day": due.by_day,
    }


def day_of(contract: Contract) -> str:
    """Say which column dates a row, or what does instead."""
    if contract.day:
        return contract.day
    if contract.kind == "roll":
        return _("the last day of the period")
    return _("none: the newer period counts, then the later receipt")


def source(legal: Source) -> str:
    """Name the legal basis in one line, or say why there is none."""
    if legal.kind is SourceKind.PROPOSAL:
        return in_language(legal.reason_zh, legal.reason_en)
    issued = _("without a date") if legal.issued == UNDATED else legal.issued
    title = f"《{legal.title}》" if legal.kind is SourceKind.DOCUMENT else legal.title
    return " · ".join(part for part in (title, legal.number, legal.clause, legal.issuer, issued) if part)


def share(part: Decimal) -> str:
    """Write a share as a person reads it: 20 %."""
    return f"{plain(part * 100):f} %"


def _bounds(column: Column) -> str:
    if column.most is not None and column.least is not None:
        return f"{plain(column.least):f}–{plain(column.most):f}"
    if column.least == 0:
        return _("not below zero")
    return "" if column.least is None else _("from %(least)s") % {"least": f"{plain(column.least):f}"}
