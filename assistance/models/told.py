"""Which last days of help were told as overdue: one row for each deadline, so that nobody hears of it twice."""

from django.db import models
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_help import ToldDeadlineQuerySet


class ToldDeadline(models.Model):
    """That a last day was over and who answers for it was told. Another last day of the same thing is another row."""

    class What(models.TextChoices):
        """What should have been there by then; `key` is the case, the measure or the removal."""

        PLAN = "plan", pgettext_lazy("case", "plan of help")
        FIRST = "first", pgettext_lazy("case", "first measure")
        ANSWER = "answer", pgettext_lazy("case", "answer of an office")
        AFTERCARE = "aftercare", pgettext_lazy("case", "after-care visit")

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("case", "case")
    )
    what = models.CharField(pgettext_lazy("case", "what is overdue"), max_length=10, choices=What.choices)
    key = models.BigIntegerField(pgettext_lazy("case", "number of its row"))
    due_on = models.DateField(pgettext_lazy("case", "due on"))
    told_on = models.DateField(pgettext_lazy("case", "told on"))

    objects = ToldDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "overdue deadline that was told")
        verbose_name_plural = pgettext_lazy("case", "overdue deadlines that were told")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["what", "key", "due_on"], name="a_deadline_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.key} {self.due_on}"
