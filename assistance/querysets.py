"""The doors to cases: everything begins at `visible_to(user)`."""

from typing import TYPE_CHECKING, Self

from assistance.lifecycle import RUNNING, UNDER_WAY
from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from assistance.models import (  # noqa: F401  (named in strings below)
        BasisChange,
        Case,
        CasePiece,
        CaseRisk,
        CaseStatement,
        FollowUp,
        SeenRisk,
    )
    from foundation.accounts.models import User


class CaseQuerySet(ScopedQuerySet["Case"]):
    """Cases by the responsible village of their household: they name people."""

    area_field = "area__code"
    read_right = Right.VIEW_CASES

    def running(self) -> Self:
        """Keep what has not left the chain: at most one of a household."""
        return self.filter(state__in=RUNNING)

    def under_way(self) -> Self:
        """Keep what is on the way to a decision or its announcement."""
        return self.filter(state__in=UNDER_WAY)

    def waiting_for(self, *steps: str) -> Self:
        """Keep what waits for one of these steps of its chain."""
        return self.under_way().filter(waits_for__overlap=list(steps))


class CasePieceQuerySet(ScopedQuerySet["CasePiece"]):
    """Lines of check lists, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def missing(self) -> Self:
        """Keep what nobody has ticked off."""
        return self.filter(mended_on__isnull=True)


class BasisChangeQuerySet(ScopedQuerySet["BasisChange"]):
    """Changed facts, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def unanswered(self) -> Self:
        """Keep what waits for an answer."""
        return self.filter(answered_on__isnull=True)


class CaseRiskQuerySet(ScopedQuerySet["CaseRisk"]):
    """New risks to judge, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def unanswered(self) -> Self:
        """Keep what waits for an answer."""
        return self.filter(answered_on__isnull=True)


class CaseStatementQuerySet(ScopedQuerySet["CaseStatement"]):
    """What households stated, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES


class FollowUpQuerySet(ScopedQuerySet["FollowUp"]):
    """Owed and made follow-ups, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def owed(self) -> Self:
        """Keep what waits for a visit: at most one of a case."""
        return self.filter(done_on__isnull=True, ended_on__isnull=True)


class SeenRiskQuerySet(ScopedQuerySet["SeenRisk"]):
    """New risks that visits reported, seen as the visit is."""

    area_field = "visit__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep those of visits that `user` may see, to lent households included."""
        from households.models import Visit  # noqa: PLC0415  (models are built on these querysets)

        return self.filter(visit__in=Visit.objects.visible_to(user, right))
