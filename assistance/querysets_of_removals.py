"""The doors to removals of risk: everything begins at `visible_to(user)`."""

from typing import TYPE_CHECKING, Self

from assistance.removal.lifecycle import MARKED, RUNNING
from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from assistance.models import (  # noqa: F401  (named in strings below)
        ContactChange,
        MeasureStatement,
        Removal,
    )


class RemovalQuerySet(ScopedQuerySet["Removal"]):
    """Removals, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def running(self) -> Self:
        """Keep what is on its way to the mark: at most one of a case."""
        return self.filter(state__in=RUNNING)

    def marked(self) -> Self:
        """Keep those that are marked today, also where a roll-back is proposed."""
        return self.filter(state__in=MARKED)

    def waiting_for(self, *steps: str) -> Self:
        """Keep what waits for one of these steps of its chain."""
        return self.running().filter(waits_for__overlap=list(steps))


class MeasureStatementQuerySet(ScopedQuerySet["MeasureStatement"]):
    """What townships state of measures, seen as its case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def standing(self) -> Self:
        """Keep what was not struck."""
        return self.filter(struck_on__isnull=True)


class ContactChangeQuerySet(ScopedQuerySet["ContactChange"]):
    """Other contacts after removals, seen as the case of the removal is."""

    area_field = "removal__case__area__code"
    read_right = Right.VIEW_CASES
