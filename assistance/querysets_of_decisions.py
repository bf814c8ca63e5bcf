"""The doors to what is decided about cases: conclusions, batches, letters, corrections."""

from typing import TYPE_CHECKING, Self

from assistance.querysets_of_notices import LineQuerySet
from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from assistance.models import (  # noqa: F401  (named in strings below)
        CaseBatch,
        CaseBatchItem,
        CaseLetter,
        Conclusion,
        Correction,
        Recategorisation,
    )


class ConclusionQuerySet(ScopedQuerySet["Conclusion"]):
    """Conclusions, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def holding(self) -> Self:
        """Keep the one of each case that holds."""
        return self.filter(superseded=False)


class CaseBatchQuerySet(ScopedQuerySet["CaseBatch"]):
    """Batches by the township or county that decides; they name nobody, their items do."""

    area_field = "area__code"
    read_right = Right.VIEW_CASES


class CaseBatchItemQuerySet(LineQuerySet["CaseBatchItem"]):
    """Lines of batches."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def waiting(self) -> Self:
        """Keep what is still to be decided."""
        return self.filter(result="")

    def done(self) -> Self:
        """Keep what was decided and not taken back."""
        return self.filter(result="done")


class CaseLetterQuerySet(ScopedQuerySet["CaseLetter"]):
    """Letters to households, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def owed(self) -> Self:
        """Keep what nobody has delivered."""
        return self.filter(delivered_on__isnull=True)


class CaseCorrectionQuerySet(ScopedQuerySet["Correction"]):
    """Corrections of wrong identifications, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def open(self) -> Self:
        """Keep what the county has not decided."""
        return self.filter(outcome="")


class RecategorisationQuerySet(ScopedQuerySet["Recategorisation"]):
    """Changes of category, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def open(self) -> Self:
        """Keep what waits for the county."""
        return self.filter(state="proposed")
