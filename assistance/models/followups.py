"""Follow-ups (跟踪走访): the next visit that is owed to a monitored household, and those that were made; and the new
risks that visits reported by themselves."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from alerts.models import Signal
from assistance.models.cases import Case
from assistance.models.decided import Decided
from assistance.querysets import FollowUpQuerySet, SeenRiskQuerySet
from households.models import Visit


class FollowUp(models.Model):
    """One owed visit: open until a visit that met the household serves it, or the case is monitored no more.

    `level` is the risk level by which its days were counted; a case from before this platform has none.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="follow_ups", verbose_name=pgettext_lazy("case", "case")
    )
    counts_from = models.DateField(pgettext_lazy("follow-up", "counts from"))
    due_on = models.DateField(pgettext_lazy("follow-up", "due on"))
    level = models.CharField(
        pgettext_lazy("case", "risk level"), max_length=10, choices=Decided.RiskLevel.choices, blank=True
    )
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("follow-up", "visit"),
    )
    done_on = models.DateField(pgettext_lazy("follow-up", "done on"), null=True, blank=True)
    ended_on = models.DateField(pgettext_lazy("follow-up", "no longer owed since"), null=True, blank=True)
    #: When the township was told that it is overdue.
    told_on = models.DateField(pgettext_lazy("follow-up", "township told on"), null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("follow-up", "follow-up")
        verbose_name_plural = pgettext_lazy("follow-up", "follow-ups")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="a_case_is_owed_one_follow_up",
                condition=Q(done_on__isnull=True, ended_on__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, visit__isnull=True)
                | Q(done_on__isnull=False, visit__isnull=False),
                name="a_follow_up_is_done_by_a_visit",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="follow_ups_owed",
                condition=Q(done_on__isnull=True, ended_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on}"

    def is_late(self, on: datetime.date) -> bool:
        """Say whether it is owed and its day is over."""
        return self.done_on is None and self.ended_on is None and self.due_on < on


class SeenRisk(models.Model):
    """The report that a visit made by itself of a new risk: one at a time, gone when the visit says otherwise.

    Its signal stays with its warning, taken back; what the visit reports now is here.
    """

    visit = models.OneToOneField(
        Visit, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("follow-up", "visit")
    )
    signal = models.OneToOneField(
        Signal, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("follow-up", "reported as")
    )

    objects = SeenRiskQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("follow-up", "new risk that was seen")
        verbose_name_plural = pgettext_lazy("follow-up", "new risks that were seen")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.signal_id}"
