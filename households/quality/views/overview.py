"""How the register stands: counts by area and rule, their course, and the count of every village as a list."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import padded
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within
from foundation.desk import focus
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table, answer
from households.models import QualityCount
from households.quality import checking, following, selectors
from households.quality.asked import by_code, rules
from households.quality.forms import CheckForm
from households.quality.sparkline import drawn


def _question(row: QualityCount) -> str:
    rule = by_code().get(row.rule)
    return str(rule.question) if rule else ""


def rule_choices(_user: User) -> list[tuple[str, str]]:
    """Return the rules to choose from: code, and the code with its question."""
    return [(rule.code, f"{rule.code} {rule.question}") for rule in rules()]


def by_rule(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Keep the rows of a rule."""
    return rows.filter(rule=code)


COUNTS = Table(
    "quality_counts",
    title=gettext_lazy("Data quality by village and rule"),
    columns=(
        Column(
            "area",
            gettext_lazy("Village"),
            lambda row: row.area.name,
            url=lambda row: f"{reverse('quality:area', args=[row.area_id])}?rule={row.rule}",
        ),
        Column("code", gettext_lazy("Area code"), lambda row: padded(row.area_id), "code", sort="area_id"),
        Column("rule", gettext_lazy("Rule"), lambda row: row.rule, "code", sort="rule"),
        Column("question", gettext_lazy("What is asked"), _question),
        Column("waiting", gettext_lazy("Waiting"), lambda row: row.waiting, "number", sort="waiting"),
        Column("since", gettext_lazy("Since"), lambda row: row.since, "day", sort="since"),
    ),
    filters=(
        Filter("rule", gettext_lazy("Rule"), "choice", by_rule, rule_choices),
        Filter(
            "area",
            gettext_lazy("Area (name or code)"),
            "text",
            lambda rows, text: rows.filter(in_place(text)),
        ),
    ),
    order=("-waiting", "pk"),
    empty=gettext_lazy("Nothing waits here. The register is checked every night and after each change."),
)


@door(Right.VIEW_HOUSEHOLDS)
def overview(request: StaffRequest) -> HttpResponse:
    """Show how the register stands in all areas of a person, or in the one they look at."""
    looked_at = focus.current(request)
    own = {looked_at} if looked_at else prefixes(request.user, Right.VIEW_HOUSEHOLDS)
    return answer_overview(request, own)


def answer_overview(request: StaffRequest, codes: set[str] | frozenset[str]) -> HttpResponse:
    """Show how the register stands below some areas; they lie in the person's scope."""
    area = Area.objects.visible_to(request.user).filter(code__in=codes).first() if len(codes) == 1 else None
    counts = QualityCount.objects.visible_to(request.user).filter(within("area__code", codes))
    points = selectors.course(counts)
    level = area.level if area else min((len(code) for code in codes), default=Level.COUNTY)
    return answer(
        request,
        "households/quality/overview.html",
        COUNTS.page(counts.newest().select_related("area"), request),
        area=area,
        whole=selectors.whole(counts),
        days=selectors.DAYS_BACK,
        areas=selectors.by_area(counts, selectors.below(level)),
        rules=selectors.by_rule(counts),
        points=points,
        line=drawn(points),
        may_check=bool(checkable(request.user)),
    )


def checkable(user: User) -> list[Area]:
    """Return the areas of a person's posts whose check they may ask for."""
    codes = {code for right in checking.RIGHTS for code in prefixes(user, right)}
    return list(Area.objects.visible_to(user).filter(code__in=codes).order_by("code"))


@door(*checking.RIGHTS)
@once
def check(request: StaffRequest) -> HttpResponse:
    """Ask for a check of one of one's areas now, and show it running."""
    form = CheckForm(request.POST or None, areas=checkable(request.user))
    if form.is_valid():
        area = form.cleaned_data["area"]
        done = attempt(
            request,
            form,
            lambda: following.ask(area, by=request.user, once=True),
            done=_("The check has been asked for. You may close this page meanwhile."),
            then=lambda job: reverse("desk:job", args=[job.uuid]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Check data quality"),
        submit=_("Check now"),
        cancel=reverse("quality:overview"),
        intro=_("It also runs by itself: every night, and after each change of the register."),
    )
