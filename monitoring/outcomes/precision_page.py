"""The precision of a standard as its page shows it: sums, a picture of the months, tables, and a sheet of them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.charts import Picture, Series
from foundation.desk.sheets import sheet
from foundation.desk.values_page import Asked
from households.income.chart import chart
from monitoring.models import DeclaredStandard
from monitoring.outcomes.precision import Counts, Precision, precision_of
from monitoring.outcomes.words import OutcomeNames


@dataclass(frozen=True, slots=True)
class Dimension:
    """One table of counts: what its lines are, and the lines; `open` where it shows without being asked."""

    label: str
    rows: list[tuple[str, Counts]]
    open: bool = False


def context_of(row: DeclaredStandard, asked: Asked, user: User) -> dict[str, Any]:
    """Return what the page shows of the precision; nothing for who reads no findings there."""
    if not row.opens_alert or not user.holds(Right.VIEW_FINDINGS):
        return {}
    found = precision_of(row.pk, asked.area.code, asked.on, user)
    if not found.whole.found:
        return {"precision": found}
    shown = picture(row, found, asked)
    return {
        "precision": found,
        "dimensions": dimensions(found),
        "outcomes": _outcomes(found.whole, asked.area.code),
        "chart": chart(
            [
                (label[-2:], Decimal(each.confirmed), Decimal(each.checked), None)
                for label, each in found.months
            ]
        ),
        "picture": shown.told(user, asked.area.code),
        "sentence": shown.sentence,
    }


def dimensions(found: Precision) -> list[Dimension]:
    """Return the four tables, the months first."""
    return [
        Dimension(_("Month"), found.months[::-1], open=True),
        Dimension(_("Township"), found.townships),
        Dimension(_("Dataset"), found.datasets),
        Dimension(_("Version of the standard"), found.versions),
    ]


def picture(row: DeclaredStandard, found: Precision, asked: Asked) -> Picture:
    """Return the months as the library draws them: what was checked, and what of it was confirmed."""
    said = {"checked": found.whole.checked, "confirmed": found.whole.confirmed, "share": found.whole.share}
    return Picture(
        title=_("Checked and confirmed: %(standard)s, %(area)s")
        % {"standard": row.label, "area": asked.area.name},
        sentence=_(
            "Chart of twelve months: of %(checked)d checked findings %(confirmed)d were confirmed (%(share)s). The "
            "table below has all numbers."
        )
        % said,
        unit=_("findings"),
        categories=[label[-2:] for label, _counts in found.months],
        series=[
            Series(_("Confirmed"), [Decimal(each.confirmed) for _label, each in found.months]),
            Series(_("Checked"), [Decimal(each.checked) for _label, each in found.months], tone="plain"),
        ],
    )


def workbook(row: DeclaredStandard, asked: Asked, user: User) -> bytes:
    """Return every table of the page as one XLSX, a line for each month, township, dataset and version."""
    found = precision_of(row.pk, asked.area.code, asked.on, user)
    names = OutcomeNames().choices(asked.area.code)
    heads = [
        _("grouped by"), _("which"), _("checked"), _("confirmed"), _("precision"), _("visits"),
        _("visits without finding"), _("households checked"), _("households enrolled"), _("enrolled of checked"),
        _("risk removed"), _("back within a year"),
        *(name for _code, name in names),
    ]  # fmt: skip
    title = _("Precision of %(standard)s: %(area)s, %(first)s to %(last)s") % {
        "standard": row.label,
        "area": asked.area.name,
        "first": found.first,
        "last": found.last,
    }
    return sheet(title, heads, _lines(found, [code for code, _name in names]), by=user)


def _lines(found: Precision, codes: list[str]) -> Iterator[list[str]]:
    for dimension in [Dimension(_("all"), [("", found.whole)]), *dimensions(found)]:
        for label, each in dimension.rows:
            homes = each.homes
            numbers = (
                each.checked, each.confirmed, each.share, each.visits, each.in_vain,
                homes.checked, homes.enrolled, homes.share, homes.removed, homes.returned,
            )  # fmt: skip
            outcomes = (each.outcomes.get(code, 0) for code in codes)
            yield [dimension.label, label, *(str(number) for number in (*numbers, *outcomes))]


def _outcomes(counts: Counts, area: str) -> list[tuple[str, int]]:
    """Name the outcomes that there were, the most frequent first."""
    names = OutcomeNames()
    listed = sorted(counts.outcomes.items(), key=lambda each: (-each[1], each[0]))
    return [(names.name(code, area), count) for code, count in listed]
