"""What was decided where a household of the old register has a running case here already."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_disasters import ImportedDoubleQuerySet
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
