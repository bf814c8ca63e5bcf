"""What people say of cases from before this platform: doubles, and the day that the old register did not keep."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_disasters import ImportedDayQuerySet, ImportedDoubleQuerySet
from households.models import Standing


class ImportedDouble(models.Model):
    """A standing from before this platform whose household has a case that runs, and what people made of the pair."""

    class Answer(models.TextChoices):
        """What becomes of the two."""

        SAME = "same", pgettext_lazy("imported", "the same: the running case ends as a duplicate")
        APART = "apart", pgettext_lazy("imported", "the running case goes on")

    standing = models.OneToOneField(
        Standing, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("case", "standing")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("case", "case")
    )
    answer = models.CharField(pgettext_lazy("imported", "answer"), max_length=10, choices=Answer.choices)
    reason = models.CharField(pgettext_lazy("imported", "reason"), max_length=200)
    answered_on = models.DateField(pgettext_lazy("imported", "answered on"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("imported", "answered by"),
    )

    objects = ImportedDoubleQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("imported", "doubtful double")
        verbose_name_plural = pgettext_lazy("imported", "doubtful doubles")

    def __str__(self) -> str:
        return f"{self.standing_id} {self.case_id}"


class ImportedDay(models.Model):
    """The exact day of an identification of which the old register kept the month alone, with who found it where.

    The standing stays as it was taken over, so every published count stays; the guards of a removal count by this day.
    One holds for a case at a time; what was taken back stays readable.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="imported_days", verbose_name=pgettext_lazy("case", "case")
    )
    day = models.DateField(pgettext_lazy("imported", "day of the identification"))
    #: Which paper says so, in words: its number, its page; the paper itself is attached.
    paper = models.CharField(pgettext_lazy("imported", "paper that says so"), max_length=200)
    stated_on = models.DateField(pgettext_lazy("imported", "put in on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("imported", "put in by"),
    )
    taken_back_on = models.DateField(pgettext_lazy("imported", "taken back on"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("imported", "taken back by"),
    )
    why_back = models.CharField(
        pgettext_lazy("imported", "why it was taken back"), max_length=200, blank=True
    )

    objects = ImportedDayQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("imported", "day of an imported identification")
        verbose_name_plural = pgettext_lazy("imported", "days of imported identifications")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="one_day_of_an_identification_holds",
                condition=Q(taken_back_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_day_taken_back_says_by_whom_and_why",
                condition=Q(taken_back_on__isnull=True, taken_back_by__isnull=True, why_back="")
                | Q(taken_back_on__isnull=False, taken_back_by__isnull=False) & ~Q(why_back=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.day}"

    @property
    def area_code(self) -> str:
        """The village of its case."""
        return self.case.area_id
