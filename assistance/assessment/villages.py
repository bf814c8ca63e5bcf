"""Where assessed households wait for a meeting or a notice of their village, and the page that takes them on."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from assistance.assessment.moved import waiting_for_meeting, waiting_for_notice
from assistance.models import AssessedHousehold, Assessment, EvaluationItem, NoticeItem
from assistance.notices.drawing import place_of
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place, what its households wait for ("meeting" or "notice"), how many, and the page that takes them on."""

    area: Area
    step: str
    count: int
    url: str


def villages_of(assessment: Assessment, user: User) -> list[Waiting]:
    """Return where households of an assessment wait for a meeting or a notice that `user` may hold."""
    meetings = Counter(
        waiting_for_meeting(user)
        .filter(assessment=assessment)
        .order_by()
        .values_list("household__area", flat=True)
    )
    ready = waiting_for_notice(user).filter(assessment=assessment).select_related("household")
    places: dict[str, str] = {}
    notices: Counter[str] = Counter()
    for row in ready:
        notices[places.setdefault(row.area_id, place_of(row))] += 1
    areas = Area.objects.visible_to(user, Right.PREPARE_CASES).in_bulk([*meetings, *notices])
    found = [("meeting", "cases:call", meetings), ("notice", "cases:draw", notices)]
    return [
        Waiting(areas[code], step, counted[code], reverse(page, args=[code]))
        for step, page, counted in found
        for code in sorted(counted)
        if code in areas
    ]


def waits_at(row: AssessedHousehold, user: User) -> str:
    """Return the page on which the next step of a household is taken, where that is a meeting or a notice; else ""."""
    if not user.holds(Right.PREPARE_CASES, row.area_id):
        return ""
    if row.state == "confirmed":
        item = EvaluationItem.objects.filter(assessed=row, result="").first()
        return (
            reverse("cases:evaluation", args=[item.evaluation_id])
            if item
            else reverse("cases:call", args=[row.area_id])
        )
    if row.state in ("evaluated", "posted"):
        line = NoticeItem.objects.filter(assessed=row, ended_on__isnull=True, left_on__isnull=True).first()
        return (
            reverse("cases:notice", args=[line.notice_id])
            if line
            else reverse("cases:draw", args=[place_of(row)])
        )
    return ""
