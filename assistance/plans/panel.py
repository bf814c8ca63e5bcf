"""The plan board of a case: its risks with the measures against each, where the plan stands, and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.acts import Act
from assistance.catalogue.words import CatalogueWords
from assistance.lifecycle import HELD
from assistance.measures.rules import ASKING, may_plan
from assistance.measures.selectors import of_case, risks_of
from assistance.measures.wording import answer_told, badge, office_of
from assistance.models import Case, Measure, Plan
from assistance.plans.bare import bare_of, told
from assistance.plans.checking import open_risks, stands_against
from assistance.plans.clocks import due_of
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge, Tone

_TONES: dict[str, Tone] = {"submitted": "action", "approved": "done", "returned": "soon"}


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A measure on the board: `row` with its pill, who answers, and how it stands in a line."""

    row: Measure
    badge: Badge
    office: str
    told: str


@dataclass(frozen=True, slots=True)
class BoardRisk:
    """A risk with its measures; `bare` where none stands against it."""

    name: str
    lines: list[BoardLine]
    bare: bool


def plan_badge(plan: Plan) -> Badge:
    """Return where a plan stands, in a pill."""
    return Badge(plan.state_label, _TONES.get(plan.state, "plain"))


def board_of(case: Case) -> list[BoardRisk]:
    """Return the risks of a case with what stands against each; what only develops the household comes last."""
    measures = [row for row in of_case(case) if row.state != "withdrawn"]
    risks, words = risks_of([case])[case.pk], CatalogueWords(case.area_id)
    bare, found = open_risks(risks, measures), []
    for risk in risks:
        mine = [row for row in measures if stands_against(row, risk)]
        found.append(BoardRisk(words.risk(risk), [_line(row) for row in mine], risk in bare))
    other = [row for row in measures if row.risk_type not in risks]
    if other:
        found.append(BoardRisk(pgettext("plan", "development"), [_line(row) for row in other], False))
    return found


def _line(row: Measure) -> BoardLine:
    return BoardLine(row, badge(row), office_of(row), answer_told(row))


class PlanBoard:
    """The board, as a section of the page (assistance.panels.CasePanel)."""

    order = 5
    template = "assistance/help/_board.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the board once the case is decided or something is ticked; nothing before."""
        risks = board_of(case)
        if case.state not in HELD and not any(each.lines for each in risks):
            return None
        plans = list(Plan.objects.filter(case=case).order_by("-number"))
        return {
            "case": case,
            "risks": risks,
            "plan": next((row for row in plans if row.state == "approved"), None),
            "left_bare": told(bare_of(case), case.area_id),
            "plans": [(row, plan_badge(row)) for row in plans],
            "due": due_of([case])[case.pk],
            "may_plan": may_plan(case, user),
        }


class PlanActs:
    """Ticking, making the plan, and looking at one that waits (assistance.acts.CaseActs)."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return what `user` may do for the help of a case; a household that is monitored is helped first of all."""
        waiting = Plan.objects.waiting().filter(case=case).first()
        found = []
        if (
            waiting is not None
            and user.holds(Right.REVIEW_CASES, case.area_id)
            and waiting.made_by_id != user.pk
        ):
            page = reverse("cases:plan", args=[waiting.pk])
            found.append(Act("approve_plan", pgettext("plan", "Look at the plan"), page, leads=True))
        if not may_plan(case, user):
            return found
        ticking = Act(
            "tick_measures", pgettext("plan", "Tick measures"), reverse("cases:measures_of", args=[case.pk]),
            leads=case.state in ASKING and not self._answered(case),
        )  # fmt: skip
        found.append(ticking)
        if case.state in ASKING and waiting is None:
            ready = Measure.objects.filter(case=case).standing_on(clock.today()).exists()
            page = reverse("cases:plan_make", args=[case.pk])
            lacks = not Plan.objects.in_force().filter(case=case).exists()
            label = pgettext("plan", "Make the plan") if lacks else pgettext("plan", "Make a new version")
            leads = ready and (lacks or bool(bare_of(case)))
            found.append(Act("make_plan", label, page, leads=leads))
        return found

    @staticmethod
    def _answered(case: Case) -> bool:
        """Say whether every risk has a measure."""
        return not open_risks(risks_of([case])[case.pk], of_case(case))


BOARD, ACTS = PlanBoard(), PlanActs()
