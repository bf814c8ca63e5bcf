"""The lists of assessments: the assessments themselves, and the households of one."""

from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.assessment.counting import holding
from assistance.assessment.criteria import NO, UNKNOWN, of_kept
from assistance.assessment.lifecycle import ASSESSED
from assistance.assessment.rule import rule_of
from assistance.assessment.telling import page_of
from assistance.assessment.words import ANSWERS
from assistance.models import AssessedHousehold, Assessment
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident, Standing
from households.models.households import HEAD

_TONES = {"stays": "plain", "leaves": "done", "object": "action"}


def assessments() -> Table:
    """Return the list of assessments, the newest first."""
    return Table(
        "assessments",
        title=pgettext_lazy("assessment", "Batch assessments"),
        columns=(
            Column("area", gettext_lazy("Area"), lambda row: row.area.name, "link", url=page_of),
            Column("whom", pgettext_lazy("assessment", "Who is assessed"), whom),
            Column("on", pgettext_lazy("assessment", "As of"), lambda row: row.on, "day", sort="on"),
            Column("state", gettext_lazy("State"), _state, "badge"),
            Column("rule", pgettext_lazy("assessment", "Rule"), lambda row: rule_of(row.rule).label),
            Column("declared", pgettext_lazy("assessment", "Declared on"), lambda row: row.declared_on, "day"),
        ),
        order=("-pk",),
        empty=gettext_lazy("No batch assessment yet. Township or county declares who is assessed, as of which day."),
    )  # fmt: skip


def rows_for(user: User, assessment: Assessment) -> Any:
    """Return the households of an assessment that `user` may see, with village and head."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = AssessedHousehold.objects.visible_to(user).filter(assessment=assessment)
    return holding(rows.select_related("household__area", "assessment")).prefetch_related(
        Prefetch("household__residents", heads, to_attr="heads")
    )


def households(form: str = "") -> Table:
    """Return the list of households of an assessment; `form` takes those that are ticked."""
    return Table(
        "assessed_households",
        title=pgettext_lazy("assessment", "Households of an assessment"),
        columns=(
            Column("head", gettext_lazy("Head of household"), head_of, "link", url=sheet_of),
            Column("result", pgettext_lazy("assessment", "Result"), result_badge, "badge"),
            Column("proposed", pgettext_lazy("assessment", "Proposed by the rule"),
                   lambda row: row.get_proposed_display()),
            Column("why", pgettext_lazy("assessment", "Reason"), lambda row: row.why or decisive(row)),
            Column("state", gettext_lazy("State"), lambda row: Badge(row.state_label), "badge"),
            Column("basis", pgettext_lazy("assessment", "Assessed as"), basis_of),
            Column("village", gettext_lazy("Village"), lambda row: row.household.area.name),
            Column("code", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        ),
        filters=(
            Filter("result", pgettext_lazy("assessment", "Result"), "choice", lambda rows, code: rows.filter(now=code),
                   lambda _user: AssessedHousehold.Result.choices),
            Filter("state", gettext_lazy("State"), "choice", lambda rows, code: rows.filter(state=code),
                   lambda _user: list(ASSESSED.states.items())),
            Filter("changed", pgettext_lazy("assessment", "Changed by the township"), "yesno", _changed),
            Filter("monitored", pgettext_lazy("assessment", "Monitored"), "yesno",
                   lambda rows, wanted: rows.filter(case__isnull=not wanted)),
            Filter("unknown", pgettext_lazy("assessment", "Something is unknown"), "yesno", _unknown),
            Filter("area", gettext_lazy("Area (code or name)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "household__area")), nameless=True),
        ),
        order=("household__area_id", "household__code", "pk"),
        empty=gettext_lazy("No household of this assessment is here, or none fits the filters."),
        form=form,
    )  # fmt: skip


def head_of(row: Any) -> str:
    """Return the name of the head, or the number of a household without one."""
    return next((str(head.shown_name) for head in row.household.heads), row.household.code)


def sheet_of(row: AssessedHousehold) -> str:
    """Return the address of a household's sheet."""
    return reverse("cases:assessed", args=[row.pk])


def basis_of(row: AssessedHousehold) -> str:
    """Return as what a household is in the set."""
    return str(Standing.Kind(row.basis).label)


def whom(row: Assessment) -> str:
    """Return who is assessed."""
    return "、".join(str(Standing.Kind(kind).label) for kind in row.whom)


def result_badge(row: AssessedHousehold) -> Badge:
    """Return what becomes of a household, in a pill."""
    code = row.result or row.proposed
    return Badge(AssessedHousehold.Result(code).label, _TONES[code])  # type: ignore[arg-type]


def decisive(row: AssessedHousehold) -> str:
    """Name what does not hold or is unknown of what leaving asks for; nothing where everything holds."""
    rule = rule_of(row.assessment.rule)
    asked = {each.code: each for each in rule.criteria if each.leaves}
    told = []
    for answer in (NO, UNKNOWN):
        named = [
            asked[each.code].label
            for each in of_kept(row.answers)
            if each.code in asked and each.answer == answer
        ]
        if named:
            told.append(f"{ANSWERS[answer]}：{'、'.join(named)}")
    return "；".join(told)


def _changed(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    other = ~Q(result="") & ~Q(result=F("proposed"))
    return rows.filter(other) if wanted else rows.exclude(other)


def _unknown(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    some = Q(answers__contains=[{"answer": UNKNOWN}])
    return rows.filter(some) if wanted else rows.exclude(some)


def _state(row: Assessment) -> Badge:
    if row.cancelled_on is not None:
        return Badge(pgettext_lazy("assessment", "called off"))
    if row.scored_on is None:
        return Badge(pgettext_lazy("assessment", "being judged"), "soon")
    return Badge(pgettext_lazy("assessment", "judged"), "done")
