"""Letters to households (结果告知书): what came of the check, and how the household was told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.models.alerts import Alert
from alerts.querysets import LetterQuerySet


class Letter(models.Model):
    """A letter that is owed to a visited household since its warning came to an outcome, and how it was delivered.

    `due_on` is the last day to deliver it, `until` the last day on which the household may ask for a second check.
    """

    class Way(models.TextChoices):
        """How the household learnt what the letter says."""

        HANDED = "handed", pgettext_lazy("letter", "handed over")
        READ_OUT = "read_out", pgettext_lazy("letter", "read out")
        PHONE = "phone", pgettext_lazy("letter", "by telephone")

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="letters", verbose_name=_("warning"))
    outcome = models.CharField(_("outcome"), max_length=20)
    concluded_on = models.DateField(_("came to it on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    until = models.DateField(_("second check until"))
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices, blank=True)
    #: Who took it, in words, numbers of people masked; empty for the head of the household.
    taken_by = models.CharField(_("taken by"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("delivered by"),
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to a household")
        verbose_name_plural = _("letters to households")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "outcome", "concluded_on"], name="an_outcome_is_told_in_one_letter"
            ),
            models.CheckConstraint(
                name="a_delivered_letter_says_how_and_by_whom",
                condition=Q(delivered_on__isnull=True, way="", by__isnull=True)
                | Q(delivered_on__isnull=False, by__isnull=False) & ~Q(way=""),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="letters_owed", condition=Q(delivered_on__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.outcome}"
