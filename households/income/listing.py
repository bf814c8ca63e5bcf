"""All incomes of one household as a list: the table behind the chart, with everything an export needs."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.desk.tables import Column, Table
from foundation.regulations.lookup import value
from households.models import Household, Income
from households.querysets import IncomeQuerySet


def rows_for(user: User, household: Household) -> IncomeQuerySet:
    """Return the incomes of a household that `user` may see."""
    found: IncomeQuerySet = Income.objects.visible_to(user).filter(household=household)
    return found.select_related("household", "revision")


def line_on(area: str, day: datetime.date) -> Decimal | None:
    """Return the monitoring line in yuan a head and year; None where none is known."""
    answer = value("monitoring_line", area=area, on=day)
    return None if answer.silent else answer.amount


def table(household: Household) -> Table:
    """Return the list of a household's incomes, newest first."""
    return Table(
        "incomes",
        title=_("Income of household %(code)s") % {"code": household.code},
        columns=(
            Column("from", gettext_lazy("from"), lambda row: row.from_day, kind="day"),
            Column("until", gettext_lazy("until and including"), lambda row: row.until_day, kind="day"),
            Column("net", gettext_lazy("Net income per head"), lambda row: row.net_per_head, kind="money"),
            Column(
                "reference",
                gettext_lazy("Reference income per head"),
                lambda row: row.reference_per_head,
                kind="money",
            ),
            Column("line", gettext_lazy("Monitoring line"), _line, kind="money"),
            Column("members", gettext_lazy("Members counted"), lambda row: row.members, kind="number"),
            Column("whole", gettext_lazy("Net income"), lambda row: row.net_income, kind="money"),
            Column("as_of", gettext_lazy("As of"), lambda row: row.as_of, kind="day"),
            Column("source", gettext_lazy("Source"), lambda row: str(row.get_source_display())),
        ),
        order=("-until_day", "-from_day", "pk"),
        empty=gettext_lazy(
            "No income was worked out here yet: whoever checks the household states it item by item."
        ),
    )


def _line(row: Any) -> Decimal | None:
    return line_on(row.household.area_id, row.until_day)
