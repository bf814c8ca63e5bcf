"""The doors to income sheets: everything begins at `visible_to(user)`."""

from typing import TYPE_CHECKING, Self

from django.db import models

from assistance.querysets_of_help import of_cases
from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from assistance.models import IncomeChange, IncomeLine, IncomeSheet  # noqa: F401  (named in strings below)
    from foundation.accounts.models import User


class IncomeSheetQuerySet(models.QuerySet["IncomeSheet"]):
    """Income sheets as their case is seen."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the sheets of cases that `user` may see, lent ones included."""
        return of_cases(self, "case", user, right)

    def counting(self) -> Self:
        """Keep the version that holds of each period."""
        return self.filter(state="confirmed")


class IncomeLineQuerySet(models.QuerySet["IncomeLine"]):
    """Items of sheets, seen as their case is."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the items of cases that `user` may see, lent ones included."""
        return of_cases(self, "sheet__case", user, right)


class IncomeChangeQuerySet(models.QuerySet["IncomeChange"]):
    """Changed sources of items, seen as their case is."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the changes of cases that `user` may see, lent ones included."""
        return of_cases(self, "sheet__case", user, right)

    def unanswered(self) -> Self:
        """Keep what waits for somebody to look, on sheets that hold."""
        return self.filter(answer="", sheet__state="confirmed")
