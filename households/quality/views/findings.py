"""Findings one by one: the list, judging one right as it is, and doubting it again."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.place_filter import in_place
from foundation.desk.staff_forms import ReasonForm
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from households.models import QualityFinding
from households.quality import judging
from households.quality.views.overview import by_rule, rule_choices
from households.quality.wording import Words, household_url


def _state(row: QualityFinding) -> Badge:
    if row.judged_on:
        return Badge(gettext_lazy("right as it is"), "done")
    return Badge(gettext_lazy("waiting"), "soon")


def _judged(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(judged_on__isnull=not wanted)


def _table(words: Words) -> Table:
    """Return the table of one request."""
    return Table(
        "quality_findings",
        title=gettext_lazy("Findings of data quality"),
        columns=(
            Column(
                "household",
                gettext_lazy("Household number"),
                lambda row: row.household.code,
                "code",
                url=lambda row: household_url(row.household_id),
            ),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column(
                "member", gettext_lazy("Member"), lambda row: row.resident.shown_name if row.resident else ""
            ),
            Column("rule", gettext_lazy("Rule"), lambda row: row.rule, "code", sort="rule"),
            Column("sentence", gettext_lazy("What is wrong"), words.sentence),
            Column("found_on", gettext_lazy("Found on"), lambda row: row.found_on, "day", sort="found_on"),
            Column("state", gettext_lazy("State"), _state, "badge"),
            Column("reason", gettext_lazy("Why it is right"), lambda row: row.judged_reason),
        ),
        filters=(
            Filter("rule", gettext_lazy("Rule"), "choice", by_rule, rule_choices),
            Filter(
                "area",
                gettext_lazy("Area (name or code)"),
                "text",
                lambda rows, text: rows.filter(in_place(text)),
            ),
            Filter("judged", gettext_lazy("Judged right"), "yesno", _judged),
        ),
        order=("area_id", "household_id", "rule", "pk"),
        empty=gettext_lazy("Nothing waits here. The register is checked every night and after each change."),
    )


@door(Right.VIEW_HOUSEHOLDS)
def findings(request: StaffRequest) -> HttpResponse:
    """List what is open in one's areas, judged or not."""
    rows = QualityFinding.objects.visible_to(request.user).open()
    rows = rows.select_related("household", "resident", "area")
    return answer(request, "households/quality/findings.html", _table(Words()).page(rows, request))


@door(Right.EDIT_HOUSEHOLDS, Right.REVIEW_CASES)
@once
def right(request: StaffRequest, pk: int) -> HttpResponse:
    """Judge a finding right as it is, with the reason."""
    return _decide(
        request,
        pk,
        judging.judge_right,
        title=_("Right as it is"),
        submit=_("It is right as it is"),
        done=_("This waits for nobody any more. It comes back when the facts change."),
        intro=_("Use this where the register is right although a rule doubts it."),
    )


@door(Right.EDIT_HOUSEHOLDS, Right.REVIEW_CASES)
@once
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back that a finding is right as it is."""
    return _decide(
        request,
        pk,
        judging.doubt_again,
        title=_("Doubt again"),
        submit=_("Doubt again"),
        done=_("This waits again."),
        intro=_("It comes back to the worklist of the village."),
    )


def _decide(
    request: StaffRequest, pk: int, act: Callable[..., QualityFinding], *, done: str, intro: str, **words: str
) -> HttpResponse:
    """Show the form of a decision on a finding, and take it."""
    rows = QualityFinding.objects.select_related("household", "resident")
    finding = get_visible_or_404(rows, request.user, pk=pk)
    form = ReasonForm(request.POST or None)
    back = reverse("quality:area", args=[finding.area_id])
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        answered = attempt(
            request,
            form,
            lambda: act(finding, by=request.user, reason=reason),
            done=done,
            then=lambda _row: back,
        )
        if answered:
            return answered
    about = " · ".join(
        each
        for each in (finding.household.code, finding.resident.shown_name if finding.resident else "")
        if each
    )
    return form_page(
        request, form, cancel=back, intro=f"{about}：{Words().sentence(finding)} {intro}", **words
    )
