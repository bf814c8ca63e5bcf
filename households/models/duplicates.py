"""One person in two households: found by an import, decided by people (field.md 5.12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from households.models.households import Household
from households.models.identities import Identity
from households.models.revisions import Revision
from households.querysets import DuplicateQuerySet


class Duplicate(models.Model):
    """A pair: somebody is a living member of `household`, and a file names them in another one.

    The file's row was not taken; what it said of the other household stands in `claimed_code`, `claimed_area` and
    `claimed_name`. Found again by a later file, the pair stays the one it is.
    """

    identity = models.ForeignKey(
        Identity, models.PROTECT, related_name="duplicates", verbose_name=_("identity"), editable=False
    )
    household = models.ForeignKey(
        Household, models.CASCADE, related_name="duplicates", verbose_name=_("household")
    )
    claimed_code = models.CharField(_("household number in the file"), max_length=40)
    claimed_area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=_("village in the file")
    )
    claimed_name = models.CharField(_("name in the file"), max_length=60)
    found_on = models.DateField(_("found on"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="duplicates", editable=False)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("person in two households")
        verbose_name_plural = _("people in two households")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "identity", "household", "claimed_code", name="a_pair_of_households_is_found_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["household"],
                name="duplicate_waiting",
                condition=models.Q(decided_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} / {self.claimed_code}"
