"""What lines of meetings, notices and papers have in common: each names a case, a removal, or an assessed household."""

from typing import TYPE_CHECKING

from foundation.accounts.models import Area
from households.models import Household

if TYPE_CHECKING:
    from assistance.models.assessments import AssessedHousehold
    from assistance.models.cases import Case


class Line:
    """A line of a batch. The tables have a constraint that each names exactly one of the three.

    `matter` is what the household is before the village with: its case (also of a removal), or its assessment.
    """

    @property
    def matter(self) -> "Case | AssessedHousehold":
        """The case of a line, or the assessed household where the line is about an assessment."""
        found: Case | AssessedHousehold = self.case or self.assessed  # type: ignore[attr-defined]
        return found

    @property
    def household(self) -> Household:
        """The household of a line."""
        home: Household = self.matter.household
        return home

    @property
    def area_id(self) -> str:
        """The village in which the line needs its rights."""
        return self.matter.area_id

    @property
    def area(self) -> Area:
        """That village."""
        found: Area = self.matter.area
        return found

    @property
    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act on the line (field.md 5.8)."""
        return self.matter.recusal_keys()

    def told(self) -> dict[str, int]:
        """Return what the record says of a line: the key of its case, or of its assessed household."""
        name = "case" if self.case_id else "assessed"  # type: ignore[attr-defined]
        return {name: self.matter.pk}
