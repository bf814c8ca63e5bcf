"""What people are told of assessments: results to confirm, a notice that hangs, decisions to carry out."""

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import AssessedHousehold, Assessment
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify

KINDS = (
    NoticeKind(
        "assessments_to_confirm",
        _("Results of an assessment wait to be confirmed"),
        _("Households of an assessment to confirm or change: {count}."),
    ),
    NoticeKind(
        "assessments_to_review",
        _("Households of an assessment wait for the township's review"),
        _("Households of an assessment to review after their notice: {count}."),
    ),
    NoticeKind(
        "assessments_to_decide",
        _("Households of an assessment wait for the county"),
        _("Households of an assessment to decide about: {count}."),
    ),
    NoticeKind(
        "assessments_decided",
        _("The county decided about households of an assessment"),
        _("Households of an assessment to carry out: {count}."),
    ),
)


def page_of(assessment: Assessment) -> str:
    """Return the address of an assessment."""
    return reverse("cases:assessment", args=[assessment.pk])


def tell_scored(assessment: Assessment, *, by: User) -> None:
    """Tell every township how many of its households wait to be confirmed."""
    rows = AssessedHousehold.objects.filter(assessment=assessment, state="proposed")
    counted = Counter(code[: Level.TOWNSHIP] for code in rows.values_list("household__area", flat=True))
    for area, count in counted.items():
        people = holders(Right.REVIEW_CASES, area, but=by)
        notify(
            people, "assessments_to_confirm", place=page_of(assessment), group=str(assessment.pk), count=count
        )


#: State to which households came → who is told of it: kind, right, and the level of the area that is told.
_WAITS = {
    "heard": ("assessments_to_review", Right.REVIEW_CASES, Level.TOWNSHIP),
    "reviewed": ("assessments_to_decide", Right.DECIDE_CASES, Level.COUNTY),
    "decided": ("assessments_decided", Right.REVIEW_CASES, Level.TOWNSHIP),
}


def tell_waiting(rows: Sequence[AssessedHousehold], *, by: User) -> None:
    """Tell those whom households wait for now, one notice for each assessment and office."""
    counted = Counter(
        (row.state, row.assessment_id, row.area_id[: _WAITS[row.state][2]])
        for row in rows
        if row.state in _WAITS
    )
    for (state, key, area), count in counted.items():
        kind, right, _level = _WAITS[state]
        place = reverse("cases:assessment", args=[key])
        notify(holders(right, area, but=by), kind, place=place, group=str(key), count=count)
