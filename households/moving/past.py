"""Where households belonged on earlier days: figures of those days count them there, and once on every day."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from foundation.accounts import clock
from foundation.accounts.scope import within
from households.models import FormerArea


def somebody_moved_since(on: datetime.date) -> bool:
    """Say whether any household belonged somewhere else at the end of a day; one short query, none for today."""
    return on < clock.today() and FormerArea.objects.filter(until__gt=on).exists()


def within_on(codes: Iterable[str], on: datetime.date) -> Q:
    """Return the condition that the household of a row lay under one of `codes` at the end of a day."""
    codes = list(codes)
    now = within("household__area__code", codes)
    if on >= clock.today():
        return now
    left = FormerArea.objects.filter(until__gt=on)
    before = left.filter(household=OuterRef("household")).filter(
        Q(until__lt=OuterRef("until")) | Q(until=OuterRef("until"), pk__lt=OuterRef("pk"))
    )
    were_there = left.filter(~Exists(before), within("area__code", codes))
    return Q(now, ~Q(household__in=left.values("household"))) | Q(
        household__in=were_there.values("household")
    )


def area_on(on: datetime.date) -> Coalesce | F:
    """Return the village to which the household of a row belonged at the end of a day."""
    if on >= clock.today():
        return F("household__area__code")
    left = FormerArea.objects.filter(household=OuterRef("household"), until__gt=on).order_by("until", "pk")
    return Coalesce(Subquery(left.values("area")[:1]), F("household__area__code"))
