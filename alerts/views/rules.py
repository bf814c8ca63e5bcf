"""Rules that dispatch and assign by themselves: the list, one of them, and ending it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from alerts.models import Rule
from alerts.rules import keeping, running
from alerts.rules.forms import RuleForm
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.columns import Badge
from foundation.desk.once import once
from foundation.desk.tables import Column, Table, answer
from monitoring.screening.book import standards


def _state(row: Rule) -> Badge:
    if row.rests_since is not None:
        return Badge(_("rests: its keeper has left the post"), "overdue")
    today = clock.today()
    if row.until_day is not None and row.until_day < today:
        return Badge(_("ended"))
    return Badge(_("works"), "done") if row.from_day <= today else Badge(_("begins later"), "soon")


def _standards(row: Rule) -> str:
    known = standards()
    return "、".join(str(known[code]) if code in known else code for code in row.standards) or _("any")


RULES = Table(
    "alert_rules",
    title=gettext_lazy("Rules of dispatch"),
    columns=(
        Column("kind", gettext_lazy("What is done"), lambda row: row.get_kind_display(), "link",
               url=lambda row: reverse("alerts:rule", args=[row.pk])),
        Column("area", gettext_lazy("Area"), lambda row: row.area.name),
        Column("standards", gettext_lazy("Warning standards"), _standards),
        Column("bands", gettext_lazy("Priority bands"), lambda row: "、".join(row.bands) or _("any")),
        Column("most", gettext_lazy("Most open"), lambda row: row.most_open, "number"),
        Column("from", gettext_lazy("From"), lambda row: row.from_day, "day"),
        Column("until", gettext_lazy("Until"), lambda row: row.until_day, "day"),
        Column("state", gettext_lazy("State"), _state, "badge"),
    ),
    order=("kind", "-pk"),
    empty=gettext_lazy(
        "No rules yet. Without one, people dispatch and assign every warning; a rule does it at the end of each night."
    ),
)  # fmt: skip


@door(Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
@require_GET
def rules(request: StaffRequest) -> HttpResponse:
    """List the rules of one's areas."""
    rows = Rule.objects.visible_to(request.user).select_related("area")
    kinds = [(kind.value, kind.label) for kind in Rule.Kind if request.user.holds(keeping.NEEDS[kind])]
    return answer(request, "alerts/rules.html", RULES.page(rows, request), kinds=kinds)


@door(Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
@once
def rule_new(request: StaffRequest) -> HttpResponse:
    """Make a rule; `kind` says of what."""
    held = [kind for kind in Rule.Kind if request.user.holds(keeping.NEEDS[kind])]
    kind = request.GET.get("kind") or held[0]
    if kind not in held:
        raise Http404(_("There is no such act."))
    form = RuleForm(request.POST or None, kind=kind, user=request.user)
    return _asked(request, form, Rule(kind=kind))


@door(Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
@once
def rule(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a rule; it works with the rights of who changed it last."""
    row = get_visible_or_404(Rule.objects.select_related("area", "kept_by"), request.user, pk=pk)
    first: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
    form = RuleForm(request.POST or None, kind=row.kind, user=request.user, initial=first)
    return _asked(request, form, row)


@door(Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
@require_POST
@once
def rule_end(request: StaffRequest, pk: int) -> HttpResponse:
    """End a rule."""
    row = get_visible_or_404(Rule.objects, request.user, pk=pk)
    form = RuleForm(kind=row.kind, user=request.user)
    done = attempt(
        request,
        form,
        lambda: keeping.end(row, by=request.user),
        done=_("The rule has ended."),
        then="alerts:rules",
    )
    return done or redirect("alerts:rule", pk=pk)


_FIELDS = ("area", "standards", "bands", "most_open", "from_day", "until_day")


def _asked(request: StaffRequest, form: RuleForm, row: Rule) -> HttpResponse:
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: keeping.keep(form.written_to(row), by=request.user),
            done=lambda kept: (
                _("The rule is kept. It works from tonight; now it would take %(count)d warnings.")
                % {"count": running.fitting(kept, on=clock.today()).count()}
            ),
            then="alerts:rules",
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Rule: %(kind)s") % {"kind": row.get_kind_display()},
        submit=_("Keep the rule"),
        cancel=reverse("alerts:rules"),
        template="alerts/rule.html",
        intro=_(
            "It works at the end of each night with your rights, and you are told every day what it did."
        ),
        rule=row,
    )
