"""What a review found missing: the check list of a returned report (退回补充清单)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.models.alerts import Alert
from alerts.querysets import PieceQuerySet


class MissingPiece(models.Model):
    """One line of the check list with which a report was sent back; whoever reports again ticks it off.

    `piece` is a code of the value `missing_pieces`; `note` says what exactly is missing.
    """

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="pieces", verbose_name=_("warning"))
    piece = models.CharField(_("missing"), max_length=30)
    note = models.CharField(_("what exactly"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    mended_on = models.DateField(_("completed on"), null=True, blank=True)
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("completed by"),
    )

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("alert", "missing piece")
        verbose_name_plural = pgettext_lazy("alert", "missing pieces")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.piece} {self.alert_id}"
