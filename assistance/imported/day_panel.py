"""The day of an imported identification on the page of its case, and the way to put it in."""

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.acts import Act
from assistance.imported.dating import may_put_in, month_of
from assistance.models import Case, ImportedDay
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class ImportedDayPanel:
    """The section (assistance.panels.CasePanel)."""

    order = 26
    template = "assistance/imported/_panel.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the days that were put in; nothing for cases of this platform, and where no day is asked for."""
        if case.origin != Case.Origin.IMPORT:
            return None
        rows = list(ImportedDay.objects.filter(case=case).select_related("by"))
        may = may_put_in(case, user)
        if not rows and not may:
            return None
        return {
            "case": case,
            "rows": rows,
            "month": month_of(case),
            "may": may and not any(row.taken_back_on is None for row in rows),
        }


class ImportedDayActs:
    """The way to the form (assistance.acts.CaseActs)."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act of the county, as long as no day is put in."""
        if not may_put_in(case, user) or ImportedDay.objects.holding().filter(case=case).exists():
            return []
        label = pgettext("imported", "Put in the exact day of identification")
        return [Act("imported_day", label, reverse("cases:put_imported_day", args=[case.pk]))]


PANEL, ACTS = ImportedDayPanel(), ImportedDayActs()
