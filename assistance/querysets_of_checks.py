"""The doors to applications and asset checks: everything begins at `visible_to(user)`."""

from typing import TYPE_CHECKING, Self

from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from assistance.models import Application, AssetCheck, AssetHit, PaperDemand  # noqa: F401  (in strings below)


class ApplicationQuerySet(ScopedQuerySet["Application"]):
    """Applications by the responsible village of their household: they name people."""

    area_field = "household__area__code"
    read_right = Right.VIEW_CASES

    def living(self) -> Self:
        """Keep what no later one took the place of."""
        return self.filter(dropped_on__isnull=True)


class PaperDemandQuerySet(ScopedQuerySet["PaperDemand"]):
    """Papers asked for, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def open(self) -> Self:
        """Keep what neither came nor was given up."""
        return self.filter(ended_on__isnull=True)


class AssetCheckQuerySet(ScopedQuerySet["AssetCheck"]):
    """Asset checks, seen as their case is; what single hits say in detail is for the township and above."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def done(self) -> Self:
        """Keep what came to a result."""
        return self.filter(finished_at__isnull=False, stopped="")


class AssetHitQuerySet(ScopedQuerySet["AssetHit"]):
    """Hits of asset checks, seen as their case is."""

    area_field = "asset_check__case__area__code"
    read_right = Right.VIEW_CASES

    def to_verify(self) -> Self:
        """Keep what nobody has verified."""
        return self.filter(verified_on__isnull=True)
