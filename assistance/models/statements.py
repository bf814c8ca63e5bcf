"""That a household withdraws: in a signed statement, or in a call that somebody wrote down (field.md 5.1)."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets import CaseStatementQuerySet


class CaseStatement(models.Model):
    """What a household stated, when, and who spoke. A signed paper lies among the papers of the case."""

    class Way(models.TextChoices):
        """How the household said so."""

        PAPER = "paper", pgettext_lazy("case", "signed statement")
        CALL = "call", pgettext_lazy("case", "recorded call")

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="statements", verbose_name=pgettext_lazy("case", "case")
    )
    way = models.CharField(pgettext_lazy("case", "how it was said"), max_length=10, choices=Way.choices)
    said_on = models.DateField(pgettext_lazy("case", "said on"))
    said_by = models.CharField(pgettext_lazy("case", "who said it"), max_length=60)
    words = models.CharField(pgettext_lazy("case", "what was said"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("case", "written down by"),
    )

    objects = CaseStatementQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "statement of the household")
        verbose_name_plural = pgettext_lazy("case", "statements of the household")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.way}"
