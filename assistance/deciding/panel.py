"""What was concluded and decided about a case, as a section of its page; and the acts of decisions on it."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.acts import Act, offered
from assistance.deciding.conclusion import holding, right_for
from assistance.deciding.correction_tables import badge, letter_badge
from assistance.deciding.kinds import RULES
from assistance.deciding.undoing import may_undo
from assistance.models import Case, CaseBatchItem, CaseLetter, Correction
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.words import Words


class Decisions:
    """Conclusion, papers, letter and corrections of a case (assistance.panels.CasePanel)."""

    order = 20
    template = "assistance/deciding/_panel.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return what stands; the section says too that nobody has confirmed anything yet."""
        held = holding([case]).get(case.pk)
        words = Words(held.day if held else None)
        stands = held or case
        papers = CaseBatchItem.objects.filter(case=case).exclude(result="").select_related("batch")
        letters = CaseLetter.objects.filter(case=case).order_by("-pk")
        corrections = Correction.objects.filter(case=case)
        # Whoever was lent the case reads what was decided; the papers behind it are the office's.
        sees = user.holds(Right.VIEW_CASES, case.area_id)
        return {
            "case": case,
            "held": held,
            "category": words.standing(stands.category, case.area_id) if stands.category else "",
            "risks": words.word("risk_types", stands.risk_types, case.area_id),
            "papers": papers.order_by("-pk"),
            "letters": [(row, letter_badge(row)) for row in letters if sees],
            "corrections": [(row, badge(row)) for row in corrections if sees],
            "sees": sees,
            "may_confirm": _may_confirm(case, user),
            "may_print": held is not None and user.holds(Right.VIEW_FINDINGS, case.area_id),
        }


def _may_confirm(case: Case, user: User) -> bool:
    mine = case.state == "open" and user.holds(right_for(case), case.area_id)
    return mine and not recused(user, case.recusal_keys())


class DecisionActs:
    """Review, approval, announcement, and what ends or mends them (assistance.acts.CaseActs)."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return what `user` may decide now; a review without a conclusion leads to the conclusion first."""
        pages = {rule.verb: f"{reverse(f'cases:{rule.word}_new')}?row={case.pk}" for rule in RULES.values()}
        pages |= {
            "refuse": reverse("cases:refuse", args=[case.pk]),
            "decline": reverse("cases:decline", args=[case.pk]),
            "propose_correction": reverse("cases:propose_correction", args=[case.pk]),
        }
        if may_undo(case, user):
            pages["undo_approval"] = reverse("cases:undo_approval", args=[case.pk])
        if case.state == "correcting" and (row := Correction.objects.open().filter(case=case).first()):
            # Both are decided where what the household said can be read.
            pages["confirm_correction"] = reverse("cases:correction", args=[row.pk])
        titles = {rule.verb: str(rule.title) for rule in RULES.values()}
        acts = [
            replace(act, label=titles.get(act.verb, act.label), leads=act.verb == "confirm_correction")
            for act in offered(case, user, pages)
        ]
        if not holding([case]):
            acts = [self._concluding_first(case, act) for act in acts]
        return acts

    @staticmethod
    def _concluding_first(case: Case, act: Act) -> Act:
        if act.verb not in ("review", "approve") or act.blocked:
            return act
        url = reverse("cases:conclusion", args=[case.pk])
        return Act(act.verb, _("Confirm category and risks"), url)


PANEL = Decisions()
ACTS = DecisionActs()
