"""The last four characters of ID numbers, by township: so that a search of a few finds a few, however many live."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models.households import Resident


class Tail(models.Model):
    """The keyed tail of a resident's number beside the township (nine digits) of the household.

    Written by the database itself (triggers of migration 0012) whenever a resident comes, goes, moves, or is given
    another identity; the change of index keys writes the other column (households.identity.rotation).
    """

    resident = models.OneToOneField(
        Resident, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="tail"
    )
    township = models.CharField(max_length=9)
    tail_a = models.BigIntegerField(null=True)
    tail_b = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("end of an ID number by township")
        verbose_name_plural = _("ends of ID numbers by township")
        indexes = [
            # Search for the last four of an ID number; the column that is not in use costs nothing.
            models.Index(
                fields=["township", "tail_a"],
                name="tail_a_by_township",
                condition=models.Q(tail_a__isnull=False),
            ),
            models.Index(
                fields=["township", "tail_b"],
                name="tail_b_by_township",
                condition=models.Q(tail_b__isnull=False),
            ),
        ]
