"""What was said about a standard, as its page shows it, with the answers; and the line on the list of who answers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.desk.columns import Badge
from foundation.desk.home import MOST_ITEMS, State, WorkItem
from foundation.desk.values_page import Asked
from foundation.workflow.models import Passage
from foundation.workflow.offers import Offer, offers
from monitoring.models import DeclaredStandard, TuningRequest

#: So many are shown, the newest first; the record has them all.
MOST = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One word about a standard: who answered what, and what the reader may do with it."""

    row: TuningRequest
    state: Badge
    answer: str
    offers: list[Offer]


def context_of(row: DeclaredStandard, asked: Asked, user: User) -> dict[str, Any]:
    """Return what was said about a standard in an area, as much as the reader may see."""
    rows = TuningRequest.objects.visible_to(user).filter(
        within("area__code", [asked.area.code]), standard=row
    )
    found = list(rows.select_related("area", "asked_by")[:MOST])
    answers = _answers(found)
    return {
        "opens_findings": user.holds(Right.VIEW_FINDINGS),
        "tunings": [
            Said(
                each,
                Badge(each.state_label, "soon" if each.state == "open" else "done"),
                answers.get(str(each.pk), ""),
                offers(each, user),
            )
            for each in found
        ],
    }


def _answers(rows: list[TuningRequest]) -> dict[str, str]:
    passages = Passage.objects.filter(
        model=TuningRequest._meta.label_lower, object_id__in=[str(row.pk) for row in rows]
    )
    return dict(passages.exclude(verb="ask").order_by("pk").values_list("object_id", "reason"))


def to_answer(user: User) -> list[WorkItem]:
    """Name the standards of which somebody says that they need tuning, for who runs the comparison."""
    if not user.holds(Right.RUN_COMPARISON):
        return []
    rows = TuningRequest.objects.visible_to(user, Right.RUN_COMPARISON).filter(state="open")
    counts = (
        rows.order_by("standard_id")
        .values("standard_id", county=Left("area_id", Level.COUNTY.value))
        .annotate(count=Count("pk"))
    )
    names = {each.pk: each.label for each in DeclaredStandard.objects.all()}
    return [
        WorkItem(
            title=_("%(standard)s: %(count)d times said to need tuning")
            % {"standard": names[each["standard_id"]], "count": each["count"]},
            url=f"{reverse('monitoring:standard', args=[each['standard_id']])}?area={each['county']}#tuning",
            why=_("People who met what it finds say that it is wrong: change it, or say why it stays."),
            due=None,
            state=State.LATER,
        )
        for each in counts[:MOST_ITEMS]
    ]
