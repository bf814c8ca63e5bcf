"""The list of what data checks doubt of monitored households."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.data_checks.counting import CHECKED, checks
from assistance.models import Case
from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table
from households.models import QualityFinding
from households.quality.asked import by_code
from households.quality.wording import Words, household_url


def with_cases(rows: QuerySet[QualityFinding]) -> QuerySet[QualityFinding]:
    """Return open findings with the key (`case_key`) and the origin of the newest case of their household."""
    cases = Case.objects.filter(household=OuterRef("household"), state__in=CHECKED).order_by("-pk")
    kept = rows.filter(gone_on__isnull=True).select_related("household", "resident", "area")
    return kept.annotate(
        case_key=Subquery(cases.values("pk")[:1]), case_origin=Subquery(cases.values("origin")[:1])
    )


def table() -> Table:
    """Return the list; lists of codes are asked once."""
    words = Words()
    return Table(
        "data_checks",
        title=pgettext_lazy("case", "Data checks"),
        columns=(
            Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "link",
                   url=lambda row: reverse("cases:case", args=[row.case_key])),
            Column("rule", gettext_lazy("Rule"), lambda row: row.rule, "code", sort="rule"),
            Column("sentence", gettext_lazy("What is wrong"), words.sentence, url=_mends),
            Column("do", gettext_lazy("What to do"), _what_to_do),
            Column("member", gettext_lazy("Member"), lambda row: row.resident.shown_name if row.resident else ""),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("found_on", gettext_lazy("Found on"), lambda row: row.found_on, "day", sort="found_on"),
            Column("state", gettext_lazy("State"), _state, "badge"),
            Column("reason", gettext_lazy("Why it is right"), lambda row: row.judged_reason),
        ),
        filters=(
            Filter("rule", gettext_lazy("Rule"), "choice", _by_number, _numbers),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text))),
            Filter("judged", gettext_lazy("Judged right"), "yesno",
                   lambda rows, yes: rows.filter(judged_on__isnull=not yes)),
            Filter("old", pgettext_lazy("case", "From before this platform"), "yesno", _from_before),
        ),
        order=("area_id", "household_id", "rule", "pk"),
        empty=pgettext_lazy(
            "case", "Nothing is doubted here. Cases are checked every night and after each act on them."
        ),
    )  # fmt: skip


def _mends(row: Any) -> str:
    """Return a page that every reader of the list may open: the case, or the household, which leads to its forms."""
    rule = by_code().get(row.rule)
    return rule.mends(row.facts) if rule and rule.mends else household_url(row.household_id)


def _what_to_do(row: QualityFinding) -> str:
    rule = by_code().get(row.rule)
    return str(rule.do) if rule else ""


def _state(row: QualityFinding) -> Badge:
    if row.judged_on:
        return Badge(gettext_lazy("right as it is"), "done")
    return Badge(gettext_lazy("waiting"), "soon")


def _by_number(rows: QuerySet[Any], number: str) -> QuerySet[Any]:
    """Keep the findings of a rule of the handbook, or of one question of it."""
    return rows.filter(rule__startswith=number)


def _numbers(_user: User) -> list[tuple[str, str]]:
    """Return the rules to choose from: numbers of the handbook, and each question below its number."""
    chosen: list[tuple[str, str]] = []
    for rule in checks():
        if not chosen or chosen[-1][0][:4] != rule.number:
            chosen.append((rule.number, rule.number))
        if rule.code != rule.number:
            chosen.append((rule.code, f"{rule.code} {rule.question}"))
    return chosen


def _from_before(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return (
        rows.filter(case_origin=Case.Origin.IMPORT)
        if wanted
        else rows.exclude(case_origin=Case.Origin.IMPORT)
    )
