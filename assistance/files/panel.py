"""The file of the household on the page of its case: one press, and the way to the board of its village."""

from typing import Any

from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class FilePanel:
    """The section (assistance.panels.CasePanel)."""

    order = 900
    template = "assistance/_file.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the case; the file is made when it is asked for, because making it opens papers."""
        return {"case": case}


FILE = FilePanel()
