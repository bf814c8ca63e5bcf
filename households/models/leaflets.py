"""Leaflets handed over to households (明白纸)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.models.households import Household
from households.querysets import LeafletTickQuerySet


class LeafletTick(models.Model):
    """A leaflet was handed over to a household: who did it and when. What was ticked by mistake stays, taken back.

    `edition` is the day from which the text that was printed then holds; a household gets each edition once.
    """

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="leaflets", verbose_name=_("household")
    )
    edition = models.DateField(_("text in force from"))
    given_on = models.DateField(_("handed over on"))
    entered_on = models.DateField(_("entered on"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed over by")
    )
    undone_on = models.DateField(_("taken back on"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    undone_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = LeafletTickQuerySet.as_manager()

    class Meta:
        verbose_name = _("leaflet handed over")
        verbose_name_plural = _("leaflets handed over")
        ordering = ["household", "-id"]
        constraints = [
            models.UniqueConstraint(
                "household",
                "edition",
                condition=Q(undone_on__isnull=True),
                name="a_household_gets_each_leaflet_once",
            ),
            models.CheckConstraint(
                name="a_leaflet_taken_back_says_by_whom",
                condition=Q(undone_on__isnull=True, undone_by__isnull=True, undone_reason="")
                | Q(undone_on__isnull=False, undone_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_leaflet_is_entered_when_it_was_handed_over_or_later",
                condition=Q(entered_on__gte=models.F("given_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.given_on}"
