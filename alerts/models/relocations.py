"""Signals that turned out to belong to another household (非本户), and what is remembered of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alerts.models.alerts import Alert
from alerts.querysets import RelocationQuerySet


class Relocation(models.Model):
    """Some signals of one alert moved to the alert of another household, by one person, with the reason.

    `residents` keeps whom each signal was about, by its key: in the other household nobody of the first is named.
    `remembered`: the data name the wrong household, so that what is found again goes to the right one by itself.
    """

    source = models.ForeignKey(Alert, models.PROTECT, related_name="moved_away", verbose_name=_("moved from"))
    target = models.ForeignKey(Alert, models.PROTECT, related_name="moved_here", verbose_name=_("moved to"))
    signals = ArrayField(models.BigIntegerField(), verbose_name=_("signals"))
    residents = models.JSONField(_("members"), default=dict)
    remembered = models.BooleanField(_("remembered for what is found again"), default=False)
    #: How many rows went back to the departments that had delivered them.
    returned = models.PositiveSmallIntegerField(_("rows returned to departments"), default=0)
    #: Whether the alert that they came from ended by it.
    ended_source = models.BooleanField(_("ended the other warning"), default=False)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("moved by")
    )
    on = models.DateField(_("moved on"))
    undone_on = models.DateField(_("taken back on"), null=True, blank=True)

    objects = RelocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of signals")
        verbose_name_plural = _("moves of signals")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["source"], name="matches_remembered", condition=Q(remembered=True, undone_on=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
