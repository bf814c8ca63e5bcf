"""The doors to income sheets: everything begins at `visible_to(user)`."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from assistance.models import IncomeChange, IncomeLine, IncomeSheet  # noqa: F401  (named in strings below)
    from foundation.accounts.models import User

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


def _of_cases(rows: Rows, path: str, user: "User", right: Right | None) -> Rows:
    """Keep rows of cases in scope or lent; `path` leads to the case."""
    from assistance.models import Case  # noqa: PLC0415  (models are built on these querysets)

    inside = within(f"{path}__area__code", prefixes(user, right or Right.VIEW_CASES))
    lent = Case.objects.lent_to(user)
    return rows.filter(inside | Q(**{f"{path}__in": lent}) if lent else inside)


class IncomeSheetQuerySet(models.QuerySet["IncomeSheet"]):
    """Income sheets as their case is seen."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the sheets of cases that `user` may see, lent ones included."""
        return _of_cases(self, "case", user, right)

    def counting(self) -> Self:
        """Keep the version that holds of each period."""
        return self.filter(state="confirmed")


class IncomeLineQuerySet(models.QuerySet["IncomeLine"]):
    """Items of sheets, seen as their case is."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the items of cases that `user` may see, lent ones included."""
        return _of_cases(self, "sheet__case", user, right)


class IncomeChangeQuerySet(models.QuerySet["IncomeChange"]):
    """Changed sources of items, seen as their case is."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the changes of cases that `user` may see, lent ones included."""
        return _of_cases(self, "sheet__case", user, right)

    def unanswered(self) -> Self:
        """Keep what waits for somebody to look, on sheets that hold."""
        return self.filter(answer="", sheet__state="confirmed")
