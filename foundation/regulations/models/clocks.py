"""Clocks: how long something has been going on, with and without its pauses."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.regulations.models.values import Value
from foundation.regulations.units import SPANS, Unit


class Clock(models.Model):
    """A period that runs for one object by one rule, with the length that held on the day it began.

    The object is a plain reference (as in the ledger), because regulations stand below what runs by them.
    """

    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=64)
    rule = models.CharField(_("rule"), max_length=60)
    area = models.CharField(_("area code"), max_length=15)
    started_on = models.DateField(_("started on"))
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=20, choices=[(unit.value, unit.label) for unit in SPANS])
    value = models.ForeignKey(Value, models.PROTECT, related_name="+", verbose_name=_("value"))

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "rule"], name="a_rule_runs_once_for_an_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.object_type}:{self.object_id}"

    @property
    def span(self) -> Unit:
        """The unit in which this clock counts."""
        return Unit(self.unit)


class ClockEvent(models.Model):
    """Something that happened to a clock. Append-only: a database trigger refuses change and deletion."""

    class Kind(models.TextChoices):
        """What happened."""

        PAUSE = "pause", _("paused")
        RESUME = "resume", _("resumed")
        STOP = "stop", _("stopped")

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="events", verbose_name=_("clock"))
    kind = models.CharField(_("what happened"), max_length=6, choices=Kind.choices)
    on = models.DateField(_("happened on"))
    entered_on = models.DateField(_("entered on"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    actor = models.CharField(_("actor"), max_length=40)

    class Meta:
        verbose_name = _("event of a clock")
        verbose_name_plural = _("events of clocks")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["clock"], name="a_clock_stops_once", condition=Q(kind="stop")),
            models.CheckConstraint(name="a_pause_has_a_reason", condition=~Q(kind="pause", reason="")),
        ]
