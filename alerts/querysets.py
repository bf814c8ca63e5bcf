"""The doors to alerts: everything begins at `visible_to(user)`."""

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from alerts.lifecycle import OPEN
from foundation.accounts.querysets import PeriodQuerySet, ScopedQuerySet
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from alerts.models import (  # noqa: F401  (named in strings below)
        Alert,
        BulkAct,
        BulkItem,
        Letter,
        MissingPiece,
        Relocation,
        Rule,
        Signal,
    )
    from foundation.accounts.models import User


class AlertQuerySet(ScopedQuerySet["Alert"]):
    """Alerts by the responsible village of their household: they name people."""

    area_field = "area__code"
    read_right = Right.VIEW_ALERTS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep what lies under one's areas; who works in one county or township names it, for its index."""
        rows = super().visible_to(user, right)
        codes = sorted(prefixes(user, right or self.read_right))
        if len(codes) != 1 or self.lent_to(user):
            return rows
        if len(codes[0]) >= Level.TOWNSHIP:
            return rows.filter(township=codes[0][: Level.TOWNSHIP])
        return rows.filter(county=codes[0]) if len(codes[0]) == Level.COUNTY else rows

    def open(self) -> Self:
        """Keep what has not ended: at most one of a household."""
        return self.filter(state__in=OPEN)

    def awake(self, on: datetime.date) -> Self:
        """Keep what is not put off to a later day."""
        return self.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lt=on))

    def quiet(self, on: datetime.date) -> Self:
        """Keep the closed ones whose silence still holds on a day."""
        return self.filter(state="closed", quiet_until__gte=on)


class SignalQuerySet(ScopedQuerySet["Signal"]):
    """Signals, seen as their alert is."""

    area_field = "alert__area__code"
    read_right = Right.VIEW_ALERTS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep signals of alerts that `user` may see, lent ones included."""
        from alerts.models import Alert  # noqa: PLC0415  (models are built on these querysets)

        inside = within(self.area_field, prefixes(user, right or self.read_right))
        lent = Alert.objects.lent_to(user)
        return self.filter(inside | Q(alert__in=lent)) if lent else self.filter(inside)

    def living(self) -> Self:
        """Keep what counts: neither taken back nor detached."""
        return self.filter(LIVING)


class PieceQuerySet(ScopedQuerySet["MissingPiece"]):
    """Lines of check lists, seen as their alert is."""

    area_field = "alert__area__code"
    read_right = Right.VIEW_ALERTS

    def missing(self) -> Self:
        """Keep what nobody has ticked off."""
        return self.filter(mended_on__isnull=True)


class RelocationQuerySet(ScopedQuerySet["Relocation"]):
    """Moves of signals, seen by whoever sees the alert that they came from."""

    area_field = "source__area__code"
    read_right = Right.VIEW_ALERTS

    def remembered_of(self, households: Collection[int]) -> Self:
        """Keep what is remembered of households for what is found again."""
        return self.filter(remembered=True, undone_on__isnull=True, source__household__in=households)


class RuleQuerySet(ScopedQuerySet["Rule"], PeriodQuerySet["Rule"]):  # type: ignore[override]
    """Rules of dispatch by their area, and those that hold on a day."""

    area_field = "area__code"
    read_right = Right.VIEW_ALERTS


class BulkActQuerySet(ScopedQuerySet["BulkAct"]):
    """Acts on many alerts: seen by whoever sees alerts in all of the area that the asker acted in."""

    area_field = "area__code"
    read_right = Right.VIEW_ALERTS


class BulkItemQuerySet(ScopedQuerySet["BulkItem"]):
    """What became of single alerts, seen as their alert is."""

    area_field = "alert__area__code"
    read_right = Right.VIEW_ALERTS

    def waiting(self) -> Self:
        """Keep what is not done yet."""
        return self.filter(result="")


class LetterQuerySet(ScopedQuerySet["Letter"]):
    """Letters to households, seen as their alert is."""

    area_field = "alert__area__code"
    read_right = Right.VIEW_ALERTS

    def owed(self) -> Self:
        """Keep what nobody has delivered."""
        return self.filter(delivered_on__isnull=True)


#: What counts of an alert.
LIVING = Q(retracted_at__isnull=True, detached_at__isnull=True)
