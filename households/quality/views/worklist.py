"""The worklist of a village: household by household what is wrong, where, and what to do next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.roles import Level, Right
from foundation.desk.paged import page_of
from households.models import Household, QualityFinding
from households.quality.selectors import grouped, rules_of, with_findings
from households.quality.views.overview import answer_overview

PAGE_SIZE = 20
_SALT = "quality.worklist"


@door(Right.VIEW_HOUSEHOLDS)
def area(request: StaffRequest, code: str) -> HttpResponse:
    """Show the worklist of a village, or how the register stands in a larger area."""
    found = get_object_or_404(Area.objects.visible_to(request.user, Right.VIEW_HOUSEHOLDS), code=code)
    if found.level < Level.VILLAGE:
        return answer_overview(request, {found.code})
    return _worklist(request, found)


def _worklist(request: StaffRequest, village: Area) -> HttpResponse:
    judged = request.GET.get("shown") == "judged"
    everything = QualityFinding.objects.visible_to(request.user).filter(area__code__startswith=village.code)
    waiting, settled = everything.waiting(), everything.open().filter(judged_on__isnull=False)
    findings = settled if judged else waiting
    present = rules_of(findings)
    rule = request.GET.get("rule", "")
    if rule in {each.code for each, _count in present}:
        findings = findings.filter(rule=rule)
    else:
        rule = ""
    households = with_findings(
        Household.objects.visible_to(request.user).filter(area__code__startswith=village.code), findings
    )
    context = {
        "area": village,
        "judged": judged,
        "count_waiting": waiting.count(),
        "count_judged": settled.count(),
        "rules": present,
        "rule": rule,
        "may_judge": request.user.holds(Right.EDIT_HOUSEHOLDS, village.code),
        **_page(request, households, findings),
    }
    return render(request, "households/quality/worklist.html", context)


def _page(request: StaffRequest, households: Any, findings: Any) -> dict[str, Any]:
    """Return one page of households with their findings, and the ways to the pages beside it."""
    page = page_of(request, households, ("code", "pk"), size=PAGE_SIZE, salt=_SALT)
    return {
        "groups": grouped(page.rows, findings, request.user),
        "next_url": page.next_url,
        "previous_url": page.previous_url,
    }
