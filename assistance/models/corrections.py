"""Corrections of wrong identifications (识别不准整改): proposed by the township, decided by the county."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_decisions import CaseCorrectionQuerySet


class Correction(models.Model):
    """That an enrolled household was wrongly identified: why, what it said to it, and what the county decided.

    Confirmed, its notice is posted (`noticed_on`, `notice_place`), and what was paid already is handed to departments
    (`handed_over`, in words).
    """

    class HeardBy(models.TextChoices):
        """How the household was heard."""

        HOME = "home", pgettext_lazy("case", "at home")
        OFFICE = "office", pgettext_lazy("case", "at the office")
        PHONE = "phone", pgettext_lazy("case", "by telephone")
        REFUSED = "refused", pgettext_lazy("case", "invited, and said nothing")

    class Outcome(models.TextChoices):
        """What the county decided."""

        CONFIRMED = "confirmed", pgettext_lazy("case", "wrongly identified")
        REJECTED = "rejected", pgettext_lazy("case", "identification stands")

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="corrections", verbose_name=pgettext_lazy("case", "case")
    )
    reason = models.CharField(pgettext_lazy("case", "why it was wrong"), max_length=200)
    heard_on = models.DateField(pgettext_lazy("case", "heard on"))
    heard_by = models.CharField(pgettext_lazy("case", "heard how"), max_length=10, choices=HeardBy.choices)
    heard = models.CharField(pgettext_lazy("case", "what the household said"), max_length=500)
    proposed_on = models.DateField(pgettext_lazy("case", "proposed on"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("case", "proposed by"),
    )
    outcome = models.CharField(
        pgettext_lazy("case", "outcome"), max_length=10, choices=Outcome.choices, blank=True
    )
    decided_on = models.DateField(pgettext_lazy("case", "decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("case", "decided by"),
    )
    decision = models.CharField(pgettext_lazy("case", "reason of the decision"), max_length=200, blank=True)
    noticed_on = models.DateField(pgettext_lazy("case", "notice posted on"), null=True, blank=True)
    notice_place = models.CharField(
        pgettext_lazy("case", "where the notice is posted"), max_length=100, blank=True
    )
    handed_over = models.CharField(pgettext_lazy("case", "handed to departments"), max_length=300, blank=True)

    objects = CaseCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "correction of an identification")
        verbose_name_plural = pgettext_lazy("case", "corrections of identifications")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_correction_of_a_case_is_open", condition=Q(outcome="")
            ),
            models.CheckConstraint(
                name="a_decided_correction_says_by_whom",
                condition=Q(outcome="", decided_on__isnull=True, decided_by__isnull=True)
                | Q(decided_on__isnull=False, decided_by__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome or 'open'} {self.case_id}"

    @property
    def area_code(self) -> str:
        """Significant code of the village."""
        return str(self.case.area_id)
