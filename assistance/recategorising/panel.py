"""Changes of category on the page of a case, and the way to propose one."""

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.acts import Act
from assistance.models import Case, Recategorisation
from assistance.recategorising.tables import category_words, state_badge
from assistance.recategorising.telling import page_of
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class RecategorisationPanel:
    """Every change that was proposed, the newest first; nothing where none was (assistance.panels.CasePanel)."""

    order = 22
    template = "assistance/recategorising/_panel.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the changes with what they change."""
        rows = list(Recategorisation.objects.filter(case=case).select_related("case__area"))
        if not rows:
            return None
        return {"rows": [(row, page_of(row), state_badge(row), *category_words(row)) for row in rows]}


class RecategorisationActs:
    """The township's way to propose, the county's to decide (assistance.acts.CaseActs)."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act of `user`: to propose, or to look at what waits."""
        if case.state != "enrolled":
            return []
        row = Recategorisation.objects.open().filter(case=case).first()
        if row is not None:
            label = pgettext("case", "Change of category, to be decided")
            return [Act("category", label, page_of(row), leads=user.holds(Right.DECIDE_CASES, case.area_id))]
        if not user.holds(Right.REVIEW_CASES, case.area_id) or recused(user, case.recusal_keys()):
            return []
        url = reverse("cases:propose_category", args=[case.pk])
        return [Act("propose_category", pgettext("case", "Propose another category"), url)]


PANEL, ACTS = RecategorisationPanel(), RecategorisationActs()
