"""Reminders about aid that goes on (提醒): one for each finding of a standard that opens no alert."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Department
from foundation.workflow.models import Stateful
from monitoring.models.comparison import Finding
from monitoring.models.corrections import CorrectionTask
from monitoring.querysets import ReminderQuerySet
from monitoring.reminders.lifecycle import REMINDER


class Reminder(Stateful):
    """A finding that an office must answer, and what it answered.

    It is addressed to a `department`, or where there is none to the township office. `rests_on` are the deliveries
    that the finding stood on when it was answered: found on another one after that, it opens again.
    """

    class Outcome(models.TextChoices):
        """What the office did (field.md D)."""

        AID_STOPPED = "aid_stopped", _("aid stopped")
        AID_KEPT = "aid_kept", _("aid kept")
        DATA_WRONG = "data_wrong", _("data wrong")
        REASSESSED = "reassessed", _("household re-assessed")

    lifecycle = REMINDER

    finding = models.OneToOneField(
        Finding, models.PROTECT, related_name="reminder", verbose_name=_("finding")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("addressed to")
    )
    opened_on = models.DateField(_("open since"))
    settled_on = models.DateField(_("answered on"), null=True, blank=True)
    outcome = models.CharField(_("answer"), max_length=12, choices=Outcome.choices, blank=True)
    rests_on = ArrayField(
        models.BigIntegerField(), verbose_name=_("deliveries it stood on"), default=list, blank=True
    )
    #: The row that went back to its department, where the data was wrong.
    correction = models.ForeignKey(
        CorrectionTask,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name=_("row to be corrected"),
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_a_day",
                condition=Q(settled_on__isnull=True, outcome="")
                | (Q(settled_on__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(fields=["department"], name="reminders_to_answer", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.finding.standard.label} · {self.pk}"

    @property
    def area_code(self) -> str:
        """The village of the household: the right to answer is needed there."""
        return self.finding.area_id

    def recusal_keys(self) -> frozenset[str]:
        """The household: its own people and kin do not answer."""
        return frozenset(self.finding.household.recusal_keys)
