"""What a return found missing: the check list of a returned case (退回补充清单)."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets import CasePieceQuerySet


class CasePiece(models.Model):
    """One line of the check list with which a case was sent back to a step; ticked off when the step is taken again.

    `piece` is a code of the value `missing_case_pieces`; `step` the step of the path that can mend it.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="pieces", verbose_name=pgettext_lazy("case", "case")
    )
    step = models.CharField(pgettext_lazy("case", "step"), max_length=40)
    piece = models.CharField(pgettext_lazy("case", "missing"), max_length=30)
    note = models.CharField(pgettext_lazy("case", "what exactly"), max_length=200, blank=True)
    asked_on = models.DateField(pgettext_lazy("case", "asked on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("case", "asked by"),
    )
    due_on = models.DateField(pgettext_lazy("case", "due on"), null=True, blank=True)
    mended_on = models.DateField(pgettext_lazy("case", "completed on"), null=True, blank=True)
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("case", "completed by"),
    )

    objects = CasePieceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "missing piece")
        verbose_name_plural = pgettext_lazy("case", "missing pieces")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.piece} {self.case_id}"
