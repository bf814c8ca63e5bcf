"""The door to datasets: departments see their own, the offices that work with all of them see all."""

from typing import TYPE_CHECKING, Self

from django.db import models

from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from foundation.accounts.models import User
    from monitoring.models import Dataset  # noqa: F401  (named in the string below)


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Datasets lie in no area; what narrows them is the department of the reader's posting."""

    def visible_to(self, user: "User", right: Right = Right.VIEW_DATASETS) -> Self:
        """Keep what `user` may see: of every department with a posting outside departments, else of their own."""
        if user.is_built_in:
            return self
        departments = {duty.department for duty in user.duties() if duty.holds(right)}
        if None in departments:
            return self
        return self.filter(department__in=departments)

    def declared(self) -> Self:
        """Keep the datasets that a file still declares."""
        return self.filter(withdrawn=False)
