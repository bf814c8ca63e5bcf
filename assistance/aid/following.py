"""What aid follows: rolls that come or go, the night, an erased person, a case that is over."""

import datetime
from collections.abc import Collection, Sequence
from pathlib import Path

from django.db import connection
from django.db.models.functions import Left

from assistance.aid.feeds import feeds
from assistance.aid.job_kinds import HAND_IN, MATCH
from assistance.aid.promising import COMPARED
from assistance.models import AidExplanation, AidGap, AidRecord, Case
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from foundation.jobs import asking
from monitoring.models import Delivery

_SQL = (Path(__file__).parent.parent / "sql" / "follow_receipts.sql").read_text(encoding="utf-8")


def after_delivery(delivery: Delivery, *, by: User) -> None:
    """Compare again what the rows of a delivery may answer (monitoring.followers.DeliveryFollower)."""
    read = {feed.dataset for feed in feeds().values()}
    if delivery.dataset_id not in read:
        return
    if Case.objects.filter(area__code__startswith=delivery.area_id, state__in=COMPARED).exists():
        asking.enqueue(
            MATCH.code, {}, by=User.objects.built_in("system"), area=delivery.area_id,
            dedupe=f"match_aid:{delivery.area_id}",
        )  # fmt: skip


def night_work(*, by: User, on: datetime.date) -> None:
    """Ask in every county with cases for both kinds of work (foundation.accounts.next_day.NightWork)."""
    for county in _counties():
        for kind in (MATCH, HAND_IN):
            asking.enqueue(kind.code, {}, by=by, area=county, dedupe=f"{kind.code}:{county}")


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Ask nothing more of cases that left (CASE_FOLLOWERS); what begins for new ones is found in the night."""
    left = [case.pk for case in cases if case.state not in COMPARED]
    AidGap.objects.filter(case__in=left).delete()


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Let receipts lie where the case is now; stands behind what moves the cases (AFTER_REGISTER_CHANGE)."""
    given = {
        "model": AidRecord._meta.label_lower,
        "areas": [f"{area}%" for area in areas],
        "households": None if households is None else list(households),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, given)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank words about the household of a person who is erased; sums and days stay (AFTER_ERASURE)."""
    AidRecord.objects.filter(case__household__residents__in=residents).update(note="")
    spoken = AidRecord.objects.filter(case__household__residents__in=residents).exclude(acknowledged_by="")
    spoken.update(acknowledged_by="—")
    AidExplanation.objects.filter(case__household__residents__in=residents).update(reason="—")
    AidGap.objects.filter(resident__in=residents).delete()


def _counties() -> list[str]:
    cases = Case.objects.filter(state__in=COMPARED).annotate(county_code=Left("area_id", int(Level.COUNTY)))
    return sorted(set(cases.order_by().values_list("county_code", flat=True)))
