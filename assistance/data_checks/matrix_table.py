"""The matrix of data checks as a list: a row for the area and each area below it, a column for each rule."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.data_checks.counting import Matrix
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.desk.tables import Column, Filter, Table


class Counts:
    """What waits by area and rule; the area itself has the sums."""

    def __init__(self, found: Matrix, area: Area) -> None:
        """Take the numbers of a matrix below `area`."""
        self.numbers = found.numbers
        self._homes = {row.area.code: row.households for row in found.rows} | {area.code: found.households}
        self._sums = {row.area.code: row.total for row in found.rows} | {area.code: found.total}
        self._cells = {
            (row.area.code, cell.number): cell.count for row in found.rows for cell in row.cells
        } | {(area.code, cell.number): cell.count for cell in found.sums}

    def areas(self, user: User) -> QuerySet[Area]:
        """Return the areas that have a row, as far as `user` reads their cases."""
        return Area.objects.visible_to(user, Right.VIEW_CASES).filter(code__in=self._homes)

    def households(self, area: Area) -> int:
        """Return in how many households of an area something waits."""
        return self._homes[area.code]

    def total(self, area: Area) -> int:
        """Return how much waits in an area."""
        return self._sums[area.code]

    def of(self, area: Area, number: str) -> int:
        """Return how much of one rule waits in an area."""
        return self._cells.get((area.code, number), 0)


def table(counts: Counts) -> Table:
    """Return the list; rules of which nothing waits anywhere have no column, as on the page of data checks."""
    return Table(
        "data_check_matrix",
        title=pgettext_lazy("case", "Data checks by area and rule"),
        columns=(
            Column("area", gettext_lazy("Area"), lambda row: row.name, "link",
                   url=lambda row: reverse("cases:data_checks_of", args=[row.code])),
            Column("code", gettext_lazy("Area code"), lambda row: row.code, "code"),
            Column("households", gettext_lazy("Households"), counts.households, "number"),
            Column("total", pgettext_lazy("case", "All"), counts.total, "number"),
            *(_rule(counts, number) for number in counts.numbers),
        ),
        filters=(
            # The numbers are counted for it before there is a row (assistance.views.data_checks).
            Filter("old", pgettext_lazy("case", "Which cases"), "choice", lambda rows, _value: rows,
                   lambda _user: [("yes", pgettext_lazy("case", "Cases from before this platform"))]),
        ),
        order=("code", "pk"),
        page_size=100,
        empty=gettext_lazy(
            "Of what is asked, nothing contradicts itself here. "
            "Cases are checked every night and after each act on them."
        ),
    )  # fmt: skip


def _rule(counts: Counts, number: str) -> Column:
    return Column(number.lower().replace("-", "_"), number, lambda row: counts.of(row, number), "number")
