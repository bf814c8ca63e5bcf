"""Letters to households whose case ends without enrolment (结果告知书)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_decisions import CaseLetterQuerySet


class CaseLetter(models.Model):
    """A letter that is owed to a household since its case was ended by a move, and how it was delivered.

    `verb` is the move it tells of. `due_on` is the last day to deliver it, `until` the last day on which the household
    may ask for a second check.
    """

    class Way(models.TextChoices):
        """How the household learnt what the letter says."""

        HANDED = "handed", pgettext_lazy("letter", "handed over")
        READ_OUT = "read_out", pgettext_lazy("letter", "read out")
        PHONE = "phone", pgettext_lazy("letter", "by telephone")

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="letters", verbose_name=pgettext_lazy("case", "case")
    )
    verb = models.CharField(pgettext_lazy("case", "decision"), max_length=40)
    concluded_on = models.DateField(pgettext_lazy("case", "concluded on"))
    due_on = models.DateField(pgettext_lazy("case", "due on"), null=True, blank=True)
    until = models.DateField(pgettext_lazy("case", "second check until"))
    delivered_on = models.DateField(pgettext_lazy("case", "delivered on"), null=True, blank=True)
    way = models.CharField(pgettext_lazy("case", "way"), max_length=10, choices=Way.choices, blank=True)
    #: Who took it, in words, numbers of people masked; empty for the head of the household.
    taken_by = models.CharField(pgettext_lazy("case", "taken by"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("case", "delivered by"),
    )

    objects = CaseLetterQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "letter on a case")
        verbose_name_plural = pgettext_lazy("case", "letters on cases")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "verb", "concluded_on"], name="a_decision_is_told_in_one_letter"
            ),
            models.CheckConstraint(
                name="a_delivered_letter_on_a_case_says_how_and_by_whom",
                condition=Q(delivered_on__isnull=True, way="", by__isnull=True)
                | Q(delivered_on__isnull=False, by__isnull=False) & ~Q(way=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="letters_on_cases_owed",
                condition=Q(delivered_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.case_id}"
