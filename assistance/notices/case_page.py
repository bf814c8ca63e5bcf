"""What the page of a case shows of its meeting, its notice and objections, and the acts that lead there."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.acts import Act, offered
from assistance.models import Case, EvaluationItem, NoticeItem, Objection
from assistance.notices.drawing import place_of
from assistance.notices.lines import Style, lines_of
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class Panel:
    """Meeting, line, objections."""

    order = 40
    template = "assistance/_notice_panel.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the votes, the line as it hangs or would hang, and what was objected; nothing of an old register."""
        if case.origin == Case.Origin.IMPORT:
            return None
        items = EvaluationItem.objects.filter(case=case).select_related("evaluation").order_by("-pk")
        lines = NoticeItem.objects.filter(case=case).select_related("notice").order_by("-pk")
        shown = lines.first()
        would = None
        if shown is None and case.state == "open":
            would = lines_of([case], Style.WALL)[case.pk]
        objections = Objection.objects.filter(item__case=case).order_by("pk")
        return {
            "case": case,
            "items": list(items),
            "lines": list(lines),
            "would": would,
            "objections": list(objections),
            "sees_notice": user.holds(Right.VIEW_CASES, place_of(case)),
        }


class Acts:
    """The steps that a meeting and a notice take: the button leads to the one that holds this case."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the acts of `user` on the steps evaluate and post."""
        pages = {"evaluate": _meeting(case), "post": _notice(case)}
        labels = {"evaluate": _("Democratic evaluation"), "post": _("Public notice")}
        acts = [Act(act.verb, labels[act.verb], act.url, act.blocked) for act in offered(case, user, pages)]
        return acts + _objection(case, user)


def _objection(case: Case, user: User) -> list[Act]:
    """Return the way to the objection that holds a case back, for who settles it."""
    row = Objection.objects.open().filter(item__case=case).first()
    if row is None or not user.holds(Right.REVIEW_CASES, case.area_id):
        return []
    return [Act("settle", _("Settle the objection"), reverse("cases:objection", args=[row.pk]), leads=True)]


def _meeting(case: Case) -> str:
    item = EvaluationItem.objects.filter(case=case, result="").first()
    if item is not None:
        return reverse("cases:evaluation", args=[item.evaluation_id])
    return reverse("cases:call", args=[case.area_id])


def _notice(case: Case) -> str:
    item = NoticeItem.objects.filter(case=case, ended_on__isnull=True, left_on__isnull=True).first()
    if item is not None:
        return reverse("cases:notice", args=[item.notice_id])
    return reverse("cases:draw", args=[place_of(case)])


PANEL, ACTS = Panel(), Acts()
