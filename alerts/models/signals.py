"""Signals (线索): what an alert rests on."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.models.alerts import Alert
from alerts.models.channels import Channel
from alerts.querysets import SignalQuerySet
from households.models import Resident
from monitoring.models import DeclaredStandard, Finding
from monitoring.screening.terms import EventKind


class Signal(models.Model):
    """One reason for an alert: a finding, or what somebody typed after a visit or a call.

    `measured` is what the finding said when it last reached this alert: a closed alert keeps it, for the step-up.
    `cause` joins the proofs of one event (alerts.causes); `apart` says that a person separated it by hand.
    """

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="signals", verbose_name=_("warning"))
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="signals", verbose_name=_("finding")
    )
    standard = models.ForeignKey(
        DeclaredStandard, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("standard")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    event_kind = models.CharField(_("kind of event"), max_length=12, choices=EventKind.choices)
    day = models.DateField(_("day"))
    measured = models.DecimalField(_("measured"), max_digits=16, decimal_places=4, null=True, blank=True)
    line = models.DecimalField(_("line"), max_digits=16, decimal_places=4, null=True, blank=True)
    repeats = models.PositiveIntegerField(_("found again"), default=0)
    cause = models.CharField(_("cause"), max_length=60, blank=True)
    apart = models.BooleanField(_("separated by hand"), default=False)
    #: What was typed, numbers of people masked; and who told it.
    text = models.CharField(_("what was reported"), max_length=500, blank=True)
    reporter = models.CharField(_("reported by"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    attached_on = models.DateField(_("attached on"))
    detached_at = models.DateTimeField(_("detached at"), null=True, blank=True)
    detached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("detached by"),
    )
    detached_why = models.CharField(_("why it was detached"), max_length=200, blank=True)
    #: It came when a visit had been reported: somebody says what it means before the alert ends.
    after_visit = models.BooleanField(_("came after the visit"), default=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    retracted_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    retracted_why = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("alert", "signal")
        verbose_name_plural = pgettext_lazy("alert", "signals")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "finding"], name="a_finding_is_one_signal_of_an_alert"),
            models.CheckConstraint(
                name="a_signal_rests_on_a_finding_or_a_report",
                condition=Q(channel="feed", finding__isnull=False, standard__isnull=False, text="")
                | (~Q(channel="feed") & Q(finding__isnull=True, by__isnull=False) & ~Q(text="")),
            ),
        ]
        indexes = [
            # Reports by their words: few signals have any.
            GinIndex(OpClass(Upper("text"), "gin_trgm_ops"), name="signals_by_words", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id or self.channel} {self.alert_id}"

    @property
    def is_living(self) -> bool:
        """Whether it counts: neither taken back nor detached."""
        return self.retracted_at is None and self.detached_at is None
